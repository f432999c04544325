"""Which files a task must not write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage import journal
from sopdesk.storage.opening import is_same_file, located
from sopdesk.storage.savelock import lock_path

if TYPE_CHECKING:
    from collections.abc import Iterable


_ENDING = ".db"
_ENDINGS = (_ENDING, *(f"{_ENDING}{ending}" for ending in journal.COMPANIONS))
"""Of an office file, and of what SQLite needs to finish a save or to undo it."""


def refuse_office_file(out: Path | str, files: Iterable[Path | str]) -> None:
    """Keep a slip of the pen from replacing an office file by an output, or what stands beside it.

    Raises:
        UserError: `out_is_office_file`, for one of the `files` that are read or what belongs beside
            it, and for any by its ending.
    """
    is_taken = any(_is_at(out, place) for file in files for place in _places_of(located(file)))
    if is_taken or Path(out).suffix.lower() in _ENDINGS:
        raise UserError("out_is_office_file", path=str(out))


def _places_of(file: Path) -> tuple[Path, ...]:
    """Return where an office file stands, and all that a save puts beside it."""
    beside = (journal.beside(file, ending) for ending in journal.COMPANIONS)
    return file, lock_path(file), *beside


def _is_at(out: Path | str, place: Path) -> bool:
    """Say whether what is written to `out` comes to stand at a place, where nothing may be yet."""
    return is_same_file(out, place) or os.path.realpath(out) == os.path.realpath(place)
