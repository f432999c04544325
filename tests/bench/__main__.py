"""Measure what the product promises to be quick at: `make bench`. Prints; asserts nothing.

`python -m tests.bench starting` measures one room alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.bench import printing, recapping, starting, storing

ROOMS = {"starting": starting, "storing": storing, "printing": printing, "recapping": recapping}


def main(names: list[str]) -> None:
    """Print the figures of these rooms, or of all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["SOPDESK_NO_DIALOGS"] = "1"
    # An installed program finds its bytecode compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        for name in names or ROOMS:
            for figure in ROOMS[name].figures(Path(folder)):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
