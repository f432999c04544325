"""What lies beside a file for SQLite to roll back by: looked at first, since SQLite obeys it."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL = "-journal"
WAL = "-wal"
HELD = (JOURNAL, WAL)
"""By the ends of their names, what belongs to a file that was left in the middle of something."""
COMPANIONS = (*HELD, "-shm")
"""All that SQLite keeps beside a file."""

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_END_BYTES = 16


def beside(path: Path, ending: str) -> Path:
    """Return where a companion of the file at `path` stands."""
    return path.with_name(f"{path.name}{ending}")


def has_wal(path: Path) -> bool:
    """Say whether SQLite will read the file at `path` in WAL mode, whatever its header says.

    So it does beside a WAL that holds anything, be it one that another file has left.
    """
    try:
        return beside(path, WAL).stat().st_size > 0
    except OSError:
        return False


def refuse_what_is_no_file(path: Path) -> None:
    """Refuse a companion that SQLite would read from for ever, as a pipe or a device.

    Raises:
        UserError: `file_beside_taken`.
    """
    for ending in COMPANIONS:
        companion = beside(path, ending)
        with contextlib.suppress(OSError):
            if not stat.S_ISREG(companion.lstat().st_mode):
                raise UserError("file_beside_taken", path=str(path), beside=companion.name)


def refuse_any(path: Path) -> None:
    """Refuse every companion beside the place of a new file: it was left of one that has gone.

    Raises:
        UserError: `file_beside_taken`.
    """
    for ending in COMPANIONS:
        companion = beside(path, ending)
        if os.path.lexists(companion):
            raise UserError("file_beside_taken", path=str(path), beside=companion.name)


def refuse_what_removes(path: Path, named: Path) -> None:
    """Refuse a journal that names another file at its end, before it is rolled back.

    SQLite notes there which file holds a transaction over several files together, and removes that
    file after the rollback, whatever it is. None of ours has such a transaction: who sends a file
    with such a journal could name any file of the clerk's. `named` is the file to tell of.

    Raises:
        UserError: `file_beside_foreign`.
    """
    with contextlib.suppress(OSError), open(beside(path, JOURNAL), "rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END_BYTES))
        end = stream.read(_END_BYTES)
        length = int.from_bytes(end[:4], "big")
        if end.endswith(_MAGIC) and 0 < length <= size - _END_BYTES:
            companion = beside(named, JOURNAL).name
            raise UserError("file_beside_foreign", path=str(named), beside=companion)
