"""What a connected file must pass before anything in it is believed.

`path` is the one to tell the clerk; `real_path`, where it is asked for, may be that of a copy.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.connecting import READING_SECONDS
from sopdesk.storage.migrations import VERSION, shape, shape_of_version
from sopdesk.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path

SMALL_BYTES = 4 * 2**20
_LISTED = ("file", "office", "office_items", "units", "sops")
"""The tables that the list of SOPs comes from."""

_SECONDS_PER_BYTE = 0.1 / 2**20
"""Thirty times what a check takes, so that a slow machine checks a large file to the end."""

_READER_BITS = 16


def patience(path: Path) -> float:
    """Return the processor's time in seconds that checking a file of this size may take.

    Of one that has gone, or cannot be asked, it is that for a small one: reading tells the rest.
    """
    try:
        return patience_with(os.stat(path).st_size)
    except OSError:
        return READING_SECONDS


def patience_with(size: int) -> float:
    """Return the processor's time in seconds that checking so many bytes may take."""
    return READING_SECONDS + size * _SECONDS_PER_BYTE


def check_schema(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file's tables, having checked that they are ours.

    The schema must be exactly the one that our own scripts make: no views, triggers, generated
    columns or indexes of others, since those are code that runs when the file is read. A file of a
    later version than ours may have tables and plain indexes beside these, where it says that we
    may read it: the upper 16 bits of its `user_version` name the oldest version that may.

    Raises:
        UserError: `file_foreign_database`, `file_newer`, `file_altered` (another program changed
            its tables).
        sqlite3.Error: the file cannot be read.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise UserError("file_foreign_database", path=str(path))
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    version, oldest_reader = number % (1 << _READER_BITS), number >> _READER_BITS
    if version > VERSION:
        if not (0 < oldest_reader <= VERSION and _has_ours(connection)):
            raise UserError("file_newer", path=str(path), version=maker(connection))
    elif version < 1 or shape(connection) != shape_of_version(version):
        raise UserError("file_altered", path=str(path))
    return int(version)


def schema_cookie(connection: sqlite3.Connection) -> int:
    """Return the number that SQLite counts up with every change of a file's schema."""
    (cookie,) = connection.execute("PRAGMA schema_version").fetchone()
    return int(cookie)


def _has_ours(connection: sqlite3.Connection) -> bool:
    """Say whether all our tables are there as we know them, and beside them nothing that acts.

    Whatever other tables compute is computed when they are read or written, which we never do.
    """
    found, ours = shape(connection), shape_of_version(VERSION)
    return ours <= found and all(
        kind in ("table", "index") and "virtual" not in sql.lower()
        for kind, _, _, sql in found - ours
    )


def check_sound(connection: sqlite3.Connection, real_path: Path, path: Path) -> bool:
    """Check a small file as a whole, of a large one what the list of SOPs comes from; say which.

    The rest of a large file waits for the first change: its check would be felt at every start.
    What is read meanwhile is sound, since every SOP has its hash. The caller holds the read
    transaction.

    Raises:
        UserError: `file_damaged`.
        sqlite3.Error: the file cannot be read.
    """
    if _size(connection, real_path, path) <= SMALL_BYTES:
        check_whole(connection, path)
        return True
    for table in _LISTED:
        _check_quickly(connection, path, f"PRAGMA quick_check({table})")
    return False


def _size(connection: sqlite3.Connection, real_path: Path, path: Path) -> int:
    """Return the file's size in bytes, having checked that no byte of its last page is missing."""
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    size = os.stat(real_path).st_size
    if size < pages * page_bytes:
        raise UserError("file_damaged", path=str(path))
    return size


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Check that the whole file is sound; the caller holds the read transaction.

    Raises:
        UserError: `file_damaged`.
        sqlite3.Error: the file cannot be read.
    """
    _check_quickly(connection, path, "PRAGMA quick_check(1)")


def check_thoroughly(connection: sqlite3.Connection, path: Path) -> None:
    """Check that the whole file is sound, and that its indexes lead to every row.

    A quick check leaves them out; reading does without a damaged one, but no change can.

    Raises:
        UserError: `file_damaged`.
        sqlite3.Error: the file cannot be read.
    """
    _check_quickly(connection, path, "PRAGMA integrity_check(1)")


def _check_quickly(connection: sqlite3.Connection, path: Path, pragma: str) -> None:
    if connection.execute(pragma).fetchone() != ("ok",):
        raise UserError("file_damaged", path=str(path))


def maker(connection: sqlite3.Connection) -> str:
    """Return the version of the program that made the file; every version has that column."""
    try:
        row = connection.execute("SELECT made_by FROM file").fetchone()
    except sqlite3.Error:
        return "?"
    return str(row[0])[:20] if row else "?"
