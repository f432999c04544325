"""Show the program on an office file: its window, or without a screen what it prints.

Usage: show.py FILE.db
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ui.start import has_screen


def main(office_file: str) -> int:
    """Open the window on the file; without a screen write sheets and recap beside it."""
    if _opens_windows():
        return _sopdesk(office_file)
    print(
        "There is no screen for the window; the example is printed into files instead.", flush=True
    )
    folder = Path(office_file).parent
    for command, output in (("print", folder / "sop.pdf"), ("recap", folder / "rekap.xlsx")):
        failed = _sopdesk(command, office_file, "-o", str(output))
        if failed:
            return failed
    return 0


def _opens_windows() -> bool:
    """Return whether somebody would see the window: Qt's own offscreen platform shows none."""
    named = {name: word for name, word in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return has_screen(sys.platform, named)


def _sopdesk(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "ui.start", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
