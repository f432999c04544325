"""What SQLite's errors mean to a clerk."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CODES = {
    sqlite3.SQLITE_BUSY: "file_locked",
    sqlite3.SQLITE_LOCKED: "file_locked",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "file_read_only",
    sqlite3.SQLITE_PERM: "file_unreadable",
    sqlite3.SQLITE_CANTOPEN: "file_unreadable",
    sqlite3.SQLITE_IOERR: "file_disturbed",
    sqlite3.SQLITE_CORRUPT: "file_damaged",
    sqlite3.SQLITE_NOTADB: "file_damaged",
    sqlite3.SQLITE_TOOBIG: "file_damaged",
}


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's result code without its extension; 0 where the error carries none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextlib.contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turn SQLite's faults of the file at `path`, the disk or the network into a `UserError`.

    What else SQLite complains of is a bug of the program and passes through.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = _CODES.get(primary_code(error))
        if code is None:
            raise
        raise UserError(code, path=str(path)) from error
