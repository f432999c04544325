"""What stands beside an office file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def left_beside(path: Path) -> list[str]:
    """The names in an office file's folder and in that of its backups that should not be there.

    That is, but for the file itself and whole backups: journals, locks and what is half-written.
    """
    backups = path.with_name(f"{path.name}.cadangan")
    found = [*path.parent.iterdir(), *(backups.iterdir() if backups.is_dir() else ())]
    is_backup = {place for place in found if place.parent == backups and " SOP" in place.name}
    return [place.name for place in found if place not in {path, backups, *is_backup}]
