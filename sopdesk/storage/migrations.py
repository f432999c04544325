"""How a file of an older version gets the tables of this one.

Each migration is an SQL script; a file's `user_version` says how many it has seen. A script that
has been released is never changed: the tables of every version follow from the scripts, and the
guard compares a file with them.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

import sopdesk
from sopdesk.storage.schema import APPLICATION_ID, SCHEMA_1, SCHEMA_2

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS: tuple[str, ...] = (SCHEMA_1, SCHEMA_2)
VERSION = len(MIGRATIONS)

Shape = frozenset[tuple[str, str, str, str]]
"""What a schema consists of: type, name, table and SQL of each part."""

_SEARCH_PARTS = "sop_search_"
_STATISTICS = ("sqlite_stat1", "sqlite_stat4")
_MOST_PARTS = 500


def migrate(database: Database) -> None:
    """Bring an open file, or an empty one, to `VERSION`; all or nothing, once, whoever comes first.

    The caller holds the file's savelock and has no transaction open. sqlite-utils' own migrations
    are not used: they run one deferred transaction each, and two processes would collide.

    Raises:
        sqlite3.Error: the file is as it was.
    """
    connection = database.conn
    # Rebuilding a table would cascade into its children; the check below makes up for it.
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        (seen,) = connection.execute("PRAGMA user_version").fetchone()
        for script in MIGRATIONS[seen:]:
            database.executescript(script)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.IntegrityError("a migration left a row without its parent")
        if seen < VERSION:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            connection.execute("UPDATE file SET made_by = ?", [sopdesk.__version__])
        connection.execute("COMMIT")
    finally:
        database.rollback()
        connection.execute("PRAGMA foreign_keys=ON")


def shape_of_version(version: int) -> Shape:
    """Return the schema that a file of this version has, made by its scripts in memory."""
    return _shape_after(MIGRATIONS[:version])


@cache
def _shape_after(scripts: tuple[str, ...]) -> Shape:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for script in scripts:
            connection.executescript(script)
        return shape(connection)
    finally:
        connection.close()


def shape(connection: sqlite3.Connection) -> Shape:
    """Return the schema of an open file, to compare with `shape_of_version`.

    The tables that full-text search keeps for itself count by name only: their SQL is SQLite's own
    and differs between its versions. Statistics, which an SQLite browser may leave, do not count.
    """
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT ?", [_MOST_PARTS]
    ).fetchall()
    return frozenset(
        (kind, name, table, "" if name.startswith(_SEARCH_PARTS) else sql)
        for kind, name, table, sql in (map(_as_text, row) for row in rows)
        if name not in _STATISTICS
    )


def _as_text(value: object) -> str:
    """Return a part of a schema as text, though damage may have made something else of it."""
    return value if isinstance(value, str) else "" if value is None else repr(value)
