"""What SQLite's errors, and rows that nobody can have saved, mean to a clerk."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from sopdesk.foundation.atomic import FULL
from sopdesk.foundation.faults import UserError
from sopdesk.storage.room import is_used_up

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
    sqlite3.SQLITE_INTERRUPT: "file_endless",
    sqlite3.SQLITE_AUTH: "file_altered",
}
_EXTENDED = {
    # Another's save was cut off since we opened for reading: only opening again makes a copy.
    sqlite3.SQLITE_READONLY_ROLLBACK: "file_disturbed",
    sqlite3.SQLITE_READONLY_DBMOVED: "file_moved",
}


_FAILED_WRITES = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC)
"""What SQLite says of a quota or of a limit too; the first, when it has noticed that before."""


class Damaged(ValueError):
    """Rows hold what no save has written."""


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether SQLite complains of what a file holds, not of its disk or of who else has it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _CODES.get(code) == "file_damaged"


@contextlib.contextmanager
def worded(path: Path, place: Path | None = None) -> Iterator[None]:
    """Turn faults of the file at `path`, the disk or the network into a `UserError`.

    What is written stands at `place`, where that is not `path`. What else SQLite complains of is a
    bug of the program and passes through.
    """
    try:
        yield
    except (UnicodeDecodeError, Damaged) as error:  # SQLite quotes a damaged schema in its message
        raise UserError("file_damaged", path=str(path)) from error
    except OSError as error:  # A share that goes answers nothing that is asked of its files.
        is_full = error.errno in FULL
        raise UserError("disk_full" if is_full else "file_disturbed", path=str(path)) from error
    except MemoryError as error:  # What we have saved never takes so much.
        raise UserError("file_endless", path=str(path)) from error
    except sqlite3.Error as error:
        full_code = getattr(error, "sqlite_errorcode", 0)
        code = _EXTENDED.get(full_code) or _CODES.get(full_code & 0xFF)
        if full_code in _FAILED_WRITES and is_used_up(place or path):
            code = "disk_full"
        if code is None:
            raise
        raise UserError(code, path=str(path)) from error
