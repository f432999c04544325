"""The units of an office as a tree of rows: those that it lists, and those that only SOPs name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.storage.verdicts import Damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sqlite_utils import Database

UnitPath = tuple[str, ...]

_PRUNE = """
DELETE FROM units WHERE position IS NULL
  AND NOT EXISTS (SELECT 1 FROM units AS child WHERE child.parent_id = units.id)
  AND NOT EXISTS (SELECT 1 FROM sops WHERE sops.unit_id = units.id)
"""


def unit_paths(connection: sqlite3.Connection) -> dict[int, UnitPath]:
    """Return the path of every unit by the id of its row.

    Raises:
        Damaged: a unit's parents go round in a circle, or one is missing.
    """
    rows = {
        key: (parent, name)
        for key, parent, name in connection.execute("SELECT id, parent_id, name FROM units")
    }
    paths: dict[int, UnitPath] = {}
    for key in rows:
        _add_path(key, rows, paths)
    return paths


def _add_path(
    key: int, rows: dict[int, tuple[int | None, str]], paths: dict[int, UnitPath]
) -> None:
    """Climb from a unit to one whose path is known, then name all on the way down."""
    way: list[int] = []
    above: int | None = key
    while above is not None and above not in paths:
        if len(way) > len(rows) or above not in rows:
            raise Damaged("a unit without an outermost one")
        way.append(above)
        above = rows[above][0]
    path = () if above is None else paths[above]
    for below in reversed(way):
        path = (*path, rows[below][1])
        paths[below] = path


def listed_units(connection: sqlite3.Connection) -> tuple[UnitPath, ...]:
    """Return the units that the office lists, in its order."""
    paths = unit_paths(connection)
    found = connection.execute(
        "SELECT id FROM units WHERE position IS NOT NULL ORDER BY position"
    ).fetchall()
    return tuple(paths[key] for (key,) in found)


class UnitTree:
    """The tree within a write transaction: finds a path's row, and grows where it has none."""

    def __init__(self, database: Database) -> None:
        """Read the tree."""
        self._database = database
        self._ids = {path: key for key, path in unit_paths(database.conn).items()}

    def id_of(self, path: UnitPath) -> int | None:
        """Return the id of a path's row, made if need be; None for the empty path."""
        if not path:
            return None
        if path not in self._ids:
            units = self._database.table("units")
            units.insert({"parent_id": self.id_of(path[:-1]), "name": path[-1]})
            self._ids[path] = int(units.last_rowid or 0)
        return self._ids[path]

    def list_in_order(self, paths: Iterable[UnitPath]) -> None:
        """Make these the units that the office lists, in this order; each counts once."""
        self._database.execute("UPDATE units SET position = NULL")
        for position, path in enumerate(paths):
            self._database.execute(
                "UPDATE units SET position = ? WHERE id = ?", [position, self.id_of(path)]
            )

    def prune(self) -> None:
        """Drop the units that nobody names any more, from the leaves upwards."""
        while self._database.execute(_PRUNE).rowcount > 0:
            pass
