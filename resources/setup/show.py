"""Show the program on an office file: its window, or without a screen what it prints.

Usage: show.py FILE.db
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main(office_file: str) -> int:
    """Open the window on the file; without a screen write sheets and recap beside it."""
    if has_screen():
        return _sopdesk(office_file)
    print("There is no screen, so no window; the example is printed into files instead:")
    folder = Path(office_file).parent
    for command, output in (("print", folder / "sop.pdf"), ("recap", folder / "rekap.xlsx")):
        failed = _sopdesk(command, office_file, "-o", str(output))
        if failed:
            return failed
        print(f"  {output}")
    return 0


def has_screen() -> bool:
    """Return whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _sopdesk(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "ui.start", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
