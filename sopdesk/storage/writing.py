"""SOPs as they are written: one statement a table, within the write transaction of the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.storage.revisions import REVISION_COLUMNS
from sopdesk.storage.rows import COLUMNS, merged, rows_of
from sopdesk.storage.search import SEARCH_COLUMNS, search_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from sopdesk.storage.rows import Row, Saving

_HANGING = ("sop_items", "closings", "procedures")
"""The tables below `sops`; what is below `procedures` goes with its rows."""


class SopTables:
    """The tables of the SOPs, of the words to search in, and of the history.

    A caller that puts an SOP in writes a revision of it too, or the file does not pass as sound.
    """

    def __init__(self, database: Database) -> None:
        """Write through this connection."""
        self._database = database

    def insert(self, savings: Sequence[Saving]) -> None:
        """Write SOPs that are not in the list.

        Raises:
            UserError: `exchange_...`, a sheet setting that could not be read back.
        """
        self._fill(self._rows(savings), savings)

    def overwrite(self, saving: Saving, rev: int) -> bool:
        """Write an SOP over its save number `rev`; say whether it stood there.

        Where another number stands there, nothing is written.

        Raises:
            UserError: as `insert`.
        """
        rows = self._rows([saving])
        (row,) = rows.pop("sops")
        if not self._overwrite(row, rev):
            return False
        self._clear(saving.id)
        self._fill(rows, [saving])
        return True

    def delete(self, sop_id: int) -> None:
        """Take an SOP out of the list; its revisions stay."""
        self._clear(sop_id)
        self._database.execute("DELETE FROM sops WHERE id = ?", [sop_id])

    def add_revisions(self, rows: Sequence[Row]) -> None:
        """Put saves into the history, as `revision_row` makes them."""
        self._insert("revisions", REVISION_COLUMNS, rows)

    def first_free(self, column: str, table: str = "sops") -> int:
        """Return one more than the largest number in a column."""
        (last,) = self._database.execute(
            f"SELECT coalesce(max({column}), 0) FROM {table}"
        ).fetchone()
        return int(last) + 1

    def shift(self, position: int, by: int) -> None:
        """Move the SOPs from a position on; the caller sees that positions have no gaps."""
        self._database.execute(
            "UPDATE sops SET position = position + ? WHERE position >= ?", [by, position]
        )

    def _rows(self, savings: Sequence[Saving]) -> dict[str, list[Row]]:
        key = self.first_free("id", "procedures")
        parts = []
        for saving in savings:
            parts.append(rows_of(saving, key))
            key += len(saving.sop.procedures)
        return merged(parts)

    def _fill(self, rows: dict[str, list[Row]], savings: Sequence[Saving]) -> None:
        for table, found in rows.items():
            self._insert(table, COLUMNS[table], found)
        self._insert("sop_search", SEARCH_COLUMNS, [search_row(saving) for saving in savings])

    def _overwrite(self, row: Row, rev: int) -> bool:
        """Write an SOP's own row over its save number `rev`; say whether that was the last.

        The row stays, since what else refers to it must not go with every save.
        """
        facts = dict(zip(COLUMNS["sops"], row, strict=True))
        names = ", ".join(f"{name} = :{name}" for name in facts if name != "id")
        sql = f"UPDATE sops SET {names} WHERE id = :id AND rev = :before"
        return self._database.execute(sql, {**facts, "before": rev}).rowcount == 1

    def _clear(self, sop_id: int) -> None:
        """Delete all that hangs on an SOP's row."""
        for table in _HANGING:
            self._database.execute(f"DELETE FROM {table} WHERE sop_id = ?", [sop_id])
        self._database.execute("DELETE FROM sop_search WHERE rowid = ?", [sop_id])

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        # A list of names before lists of values spares sqlite-utils a dictionary a row.
        if rows:
            self._database.table(table).insert_all([columns, *rows])
