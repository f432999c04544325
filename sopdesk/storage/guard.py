"""What a connected file must pass before anything in it is believed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.migrations import VERSION, shape, shape_of_version
from sopdesk.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path


def check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file's tables, having checked that they are ours and sound.

    The schema must be exactly the one that our own scripts make: no views, triggers, generated
    columns or indexes of others, since those are code that runs when the file is read.

    Raises:
        UserError: `file_foreign_database`, `file_newer`, `file_altered` (another program changed
            its tables), `file_damaged`.
        sqlite3.Error: the file cannot be read.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise UserError("file_foreign_database", path=str(path))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise UserError("file_newer", path=str(path), version=_maker(connection))
    if version < 1 or shape(connection) != shape_of_version(version):
        raise UserError("file_altered", path=str(path))
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise UserError("file_damaged", path=str(path))
    return int(version)


def _maker(connection: sqlite3.Connection) -> str:
    """Return the version of the program that made the file; every version has that column."""
    try:
        row = connection.execute("SELECT made_by FROM file").fetchone()
    except sqlite3.Error:
        return "?"
    return str(row[0])[:20] if row else "?"
