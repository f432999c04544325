"""Measure what the product promises to be quick at: `make bench`. Prints; asserts nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.bench import printing, recapping, starting, storing


def main() -> None:
    """Print the figures, room by room."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["SOPDESK_NO_DIALOGS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        for room in (starting, storing, printing, recapping):
            for figure in room.figures(Path(folder)):
                print(figure.line(), flush=True)


main()
