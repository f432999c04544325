"""Which files a task must not write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable


def refuse_office_file(out: Path | str, files: Iterable[Path | str]) -> None:
    """Keep a slip of the pen from replacing an office file by an output.

    Raises:
        UserError: `out_is_office_file`, for one of the `files` that are read or by its ending.
    """
    target = Path(out)
    is_read = target.exists() and any(
        Path(file).exists() and target.samefile(file) for file in files
    )
    if is_read or target.suffix.lower() == ".db":
        raise UserError("out_is_office_file", path=str(out))
