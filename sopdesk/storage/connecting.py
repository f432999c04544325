"""Connections to an office file: how they are addressed, limited and set."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from sopdesk.document.form.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from sqlite_utils import Database

Mode = Literal["rw", "ro"]

BUSY_SECONDS = 15.0
"""How long to wait for another who reads or writes."""

READING_SECONDS = 4.0
"""The processor's time that a block of reading may take; all of an office takes a tenth of it."""

_STEPS_BETWEEN_LOOKS = 20_000
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_TRANSACTION,
}
_READING_PRAGMAS = {
    "application_id", "user_version", "schema_version", "data_version", "page_size", "page_count",
    "quick_check", "integrity_check", "foreign_key_check", "shrink_memory",
}  # fmt: skip
"""What a connection to read may ask for, once it is set up; with an argument or without."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_FILE,  # bytes in a value or row
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 2**20,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 20,  # a cascade of deletes counts as one
}
_PRAGMAS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "recursive_triggers=OFF",
    "foreign_keys=ON",
)


_text = partial(str, encoding="utf-8", errors="replace")
"""How texts are read: one that is damaged must get as far as the hash, which names its SOP."""


def uri_of(path: PurePath, mode: Mode) -> str:
    """Return the SQLite address of an absolute path, with an empty authority.

    Everything is quoted, since an unquoted `#` or `?` opens another file. Drive letters become
    `file:///C:/...`, UNC paths `file:////server/...`. Never `rwc`: a file that has vanished must
    not come back empty.
    """
    posix = path.as_posix()
    rooted = posix if posix.startswith("/") else f"/{posix}"
    return f"file://{quote(os.fsencode(rooted))}?mode={mode}"


def connect(path: PurePath, mode: Mode) -> sqlite3.Connection:
    """Open a connection whose transactions are begun and ended by hand, for one thread.

    `synchronous=EXTRA`: in a replay of power cuts FULL lost commits, since it does not wait for the
    journal's removal to reach the disk.

    Raises:
        sqlite3.Error: there is no such file, or it is no database.
    """
    connection = sqlite3.connect(
        uri_of(path, mode), uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    connection.text_factory = _text
    try:
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if mode == "rw":
            connection.execute("PRAGMA synchronous=EXTRA")
        else:
            connection.execute("PRAGMA query_only=ON")
            connection.set_authorizer(_allow_reading)
    except BaseException:  # a damaged schema is quoted in a message that may not decode
        connection.close()
        raise
    return connection


def _allow_reading(action: int, first: str | None, *_: str | None) -> int:
    """Let a statement through that can only read: whatever a file's schema may have in it.

    SQLite asks for an update of its schema table when it learns the columns of a virtual table,
    which the search and `json_each` are; nothing is written then.
    """
    is_allowed = (
        action in _READING
        or (action == sqlite3.SQLITE_PRAGMA and first in _READING_PRAGMAS)
        or (action == sqlite3.SQLITE_UPDATE and first == "sqlite_master")
    )
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


@contextlib.contextmanager
def reading(
    connection: sqlite3.Connection, seconds: float = READING_SECONDS
) -> Iterator[sqlite3.Connection]:
    """See one moment of the file in all queries of the block; nobody writes to it meanwhile.

    Raises:
        sqlite3.OperationalError: `SQLITE_INTERRUPT`, a query kept the processor busy for longer
            than so many seconds. Waiting for a slow disk or network does not count.
    """
    end = time.thread_time() + seconds
    connection.set_progress_handler(lambda: time.thread_time() > end, _STEPS_BETWEEN_LOOKS)
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        if connection.in_transaction:
            # Not committed: SQLite says then, once more, that a page could not be read before.
            connection.execute("ROLLBACK")
        connection.set_progress_handler(None, 0)


def database_on(connection: sqlite3.Connection) -> Database:
    """Return sqlite-utils over a connection; tables are made and rows written through it.

    It is imported here, at the first write, since that takes as long as a window needs to appear.
    """
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)
