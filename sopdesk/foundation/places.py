"""Where the program keeps what is this user's on this computer, beside the office files."""

from __future__ import annotations

import os
from pathlib import Path


def user_folder() -> Path:
    """Return the folder of this user's data of the program; it need not be there yet."""
    if os.name == "nt":
        usual = Path.home() / "AppData" / "Local"
        return Path(os.environ.get("LOCALAPPDATA") or usual, "SOPDesk")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share", "SOPDesk")
