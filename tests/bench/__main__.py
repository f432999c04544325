"""Measure what the product promises to be good and quick at: `make bench`.

`python -m tests.bench drawing` measures one room alone. Exits 1 where something is counted that
must not be there at all; times and ratios are printed and not judged.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.bench import drawing, printing, recapping, starting, storing

ROOMS = {
    "starting": starting,
    "storing": storing,
    "drawing": drawing,
    "printing": printing,
    "recapping": recapping,
}


def main(names: list[str]) -> int:
    """Print the figures of these rooms, or of all; return 1 where one is broken."""
    is_broken = False
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["SOPDESK_NO_DIALOGS"] = "1"
    # An installed program finds its bytecode compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        for name in names or ROOMS:
            for figure in ROOMS[name].figures(Path(folder)):
                print(figure.line(), flush=True)
                is_broken |= figure.is_broken
    return int(is_broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
