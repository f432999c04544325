"""Which files a task must not write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.opening import is_same_file

if TYPE_CHECKING:
    from collections.abc import Iterable


_ENDINGS = (".db", ".db-journal")
"""Of an office file, and of what SQLite needs to roll an interrupted save back."""


def refuse_office_file(out: Path | str, files: Iterable[Path | str]) -> None:
    """Keep a slip of the pen from replacing an office file by an output.

    Raises:
        UserError: `out_is_office_file`, for one of the `files` that are read or by its ending.
    """
    is_read = any(is_same_file(out, file) for file in files)
    if is_read or Path(out).suffix.lower() in _ENDINGS:
        raise UserError("out_is_office_file", path=str(out))
