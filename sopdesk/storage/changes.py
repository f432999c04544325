"""One change of an office file: locked, all or nothing, and read back before it counts."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from sopdesk.document.form import from_form, sha256, to_form
from sopdesk.document.ids import new_id
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import short_name
from sopdesk.storage import savelock
from sopdesk.storage.assembling import id_of, read_sops
from sopdesk.storage.guard import check_thoroughly, patience
from sopdesk.storage.offices import write_office
from sopdesk.storage.revisions import (
    REVISION_COLUMNS,
    Act,
    Cause,
    Event,
    is_return,
    read_deleted,
    read_revision,
    repeat_revision,
    revision_row,
    thin,
    timestamp,
)
from sopdesk.storage.rows import COLUMNS, Row, Saving, merged, rows_of
from sopdesk.storage.search import SEARCH_COLUMNS, search_row
from sopdesk.storage.units import UnitTree, unit_paths
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.storage.opened import Opened

_HANGING = ("sop_items", "closings", "procedures")
"""The tables below `sops`; what is below `procedures` goes with its rows."""


@contextlib.contextmanager
def changing(opened: Opened, author: str) -> Iterator[Change]:
    """Hold the file for one change by `author`; committed when the block ends well, else undone.

    Raises:
        UserError: `file_read_only`, `file_locked`, `file_moved` (no longer at its path),
            `disk_full`, `file_disturbed`, `file_damaged`, those of `Opened.database`, or what the
            block raises: nothing has changed. `save_lost`: what was saved cannot be found again.
    """
    if opened.is_read_only:
        raise UserError("file_read_only", path=str(opened.path))
    opened.check_whole()
    try:
        with savelock.held(opened.path) as is_held, worded(opened.path):
            yield from _changing(opened, author, is_held)
    except UserError as fault:
        if fault.code == "file_damaged":
            _find_again(opened)
        raise


def _changing(opened: Opened, author: str, is_held: Callable[[], bool]) -> Iterator[Change]:
    try:
        database = opened.database()
        opened.daily_backup.make(database.conn)
        database.execute("BEGIN IMMEDIATE")
        change = Change(database, opened.path, author)
        yield change
        change.note()
        if not is_held():
            raise UserError("file_locked", path=str(opened.path))
    except BaseException:
        opened.stop_writing()
        raise
    _commit(opened, database, change)


def _commit(opened: Opened, database: Database, change: Change) -> None:
    """Commit, and believe what is read back: an error may come after the commit has happened."""
    try:
        database.commit()
    except sqlite3.Error:
        opened.stop_writing()
        if not _has_arrived(opened, change):
            raise
    else:
        if not _has_arrived(opened, change):
            raise UserError("save_lost", path=str(opened.path))


def _has_arrived(opened: Opened, change: Change) -> bool:
    """Say whether the change is found by the connection that reads, which has no part in it."""
    for _ in range(_LOOKS):
        with contextlib.suppress(UserError):
            return opened.ask(change.is_in)
    return False


def _find_again(opened: Opened) -> None:
    """Look for the damage that a change has met.

    Raises:
        UserError: `file_disturbed`, the file is sound: what was damaged was only being read.
    """

    def look(connection: sqlite3.Connection) -> None:
        check_thoroughly(connection, opened.path)
        unit_paths(connection)

    opened.read(look, patience(opened.path))
    raise UserError("file_disturbed", path=str(opened.path))


_LOOKS = 3
_TOO_MUCH = ("exchange_too_long", "exchange_too_many")


class Change:
    """What can be done to the SOPs and the office within one transaction."""

    def __init__(self, database: Database, path: Path, author: str) -> None:
        """Name the change and whose it is; the transaction is open."""
        self._act = Act(new_id(), timestamp(), short_name(author))
        self._database = database
        self._path = path
        self._units = UnitTree(database)
        self._saved: dict[str, str] = {}

    def is_in(self, connection: sqlite3.Connection) -> bool:
        """Say whether a connection to the same file finds this change in it."""
        found = connection.execute("SELECT save_id FROM file").fetchone()
        return found == (self._act.save_id,) and all(
            connection.execute("SELECT save_id, sha256 FROM sops WHERE uuid = ?", [uuid]).fetchone()
            == (self._act.save_id, form)
            for uuid, form in self._saved.items()
        )

    def note(self) -> None:
        """Write into the file that this change was its last."""
        self._units.prune()
        self._database.execute(
            "UPDATE file SET save_id = ?, saved_at = ?", [self._act.save_id, self._act.saved_at]
        )

    def save_office(self, office: Office, rev: int) -> None:
        """Write the office over its save number `rev`.

        Raises:
            UserError: `office_conflict`, another has saved it since.
        """
        if not write_office(self._database, office, rev, self._act.save_id):
            raise UserError("office_conflict", path=str(self._path))

    def restore_office(self, office: Office) -> None:
        """Write the office over what is damaged, whatever its save number."""
        row = self._database.execute("SELECT rev FROM office").fetchone()
        write_office(self._database, office, row[0] if row else 0, self._act.save_id)

    def insert(
        self,
        sops: Sequence[Sop],
        position: int | None = None,
        cause: Cause = "",
        authors: Mapping[str, str] | None = None,
    ) -> list[int]:
        """Put SOPs into the file, at the end or from a position on; return their numbers of saves.

        An SOP that was in the file before and was deleted goes on counting where it stopped.
        `authors` are those, by uuid, who wrote what comes from another file.
        """
        end = self._first_free("position")
        at = end if position is None else min(max(position, 1), end)
        self._shift(at, len(sops))
        first = self._first_free("id")
        savings = [
            self._added(sop, first + index, at + index, cause, authors or {})
            for index, sop in enumerate(sops)
        ]
        self._put_in(self._rows(savings), savings, "added")
        return [saving.rev for saving in savings]

    def update(self, sop: Sop, rev: int, cause: Cause = "", author: str | None = None) -> int:
        """Write an SOP over its save number `rev`; return the number of this one.

        `author` wrote what comes from another file.

        Raises:
            UserError: `save_conflict` (another has saved it since), `sop_deleted`, `sop_too_much`.
        """
        sop_id, position = self._find(sop)
        form = sha256(sop)
        if not cause and is_return(self._database.conn, sop.uuid, form):
            cause = "restore"
        act = self._act_of(cause, author)
        saving = self._saving(sop, sop_id, position, rev + 1, act, form)
        rows = self._rows([saving])
        (row,) = rows.pop("sops")
        if not self._overwrite(row, rev):
            raise UserError("save_conflict", title=sop.identity.title)
        self._clear(sop_id)
        self._put_in(rows, [saving], "saved")
        thin(self._database, sop.uuid, datetime.fromisoformat(self._act.saved_at))
        return saving.rev

    def delete(self, uuid: str) -> None:
        """Take an SOP out; its revisions stay, with one more that says so."""
        found = self._database.execute(
            "SELECT id, position, rev FROM sops WHERE uuid = ?", [uuid]
        ).fetchone()
        if found is None:
            return
        sop_id, position, rev = found
        repeat_revision(self._database.conn, uuid, rev, rev + 1, "deleted", self._act)
        self._clear(sop_id)
        self._database.execute("DELETE FROM sops WHERE id = ?", [sop_id])
        self._saved.pop(uuid, None)
        self._shift(position + 1, -1)

    def undelete(self, uuid: str) -> int:
        """Put an SOP that was taken out back at the end; return the number of this save.

        Raises:
            UserError: `sop_not_deleted`, `revision_damaged`.
        """
        connection = self._database.conn
        found = [deleted.rev for deleted in read_deleted(connection) if deleted.uuid == uuid]
        sop = read_revision(connection, uuid, found[0]) if found else None
        if sop is None:
            raise UserError("sop_not_deleted", path=str(self._path))
        (rev,) = self.insert([sop])
        return rev

    def move(self, uuid: str, position: int) -> None:
        """Put an SOP at another position of the office's order, counted from 1."""
        found = self._database.execute(
            "SELECT id, position FROM sops WHERE uuid = ?", [uuid]
        ).fetchone()
        if found is None:
            return
        sop_id, before = found
        after = min(max(position, 1), self._first_free("position") - 1)
        self._shift(before + 1, -1)
        self._shift(after, 1)
        self._database.execute("UPDATE sops SET position = ? WHERE id = ?", [after, sop_id])

    def _added(
        self, sop: Sop, sop_id: int, position: int, cause: Cause, authors: Mapping[str, str]
    ) -> Saving:
        last = self._last_rev(sop.uuid)
        act = self._act_of(cause or ("restore" if last else ""), authors.get(sop.uuid))
        return self._saving(sop, sop_id, position, last + 1, act, sha256(sop))

    def _saving(
        self, sop: Sop, sop_id: int, position: int, rev: int, act: Act, form: str
    ) -> Saving:
        _refuse_what_is_too_much(sop)
        unit_id = self._units.id_of(sop.identity.unit)
        return Saving(sop, sop_id, position, unit_id, rev, act, form)

    def _act_of(self, cause: Cause, author: str | None) -> Act:
        name = self._act.author if author is None else short_name(author)
        return self._act._replace(author=name, cause=cause)

    def _rows(self, savings: Sequence[Saving]) -> dict[str, list[Row]]:
        key = self._first_free("id", "procedures")
        parts = []
        for saving in savings:
            parts.append(rows_of(saving, key))
            key += len(saving.sop.procedures)
        return merged(parts)

    def _put_in(self, rows: dict[str, list[Row]], savings: Sequence[Saving], event: Event) -> None:
        """Insert the rows of SOPs, one statement a table, and what the search and history hold."""
        for table, found in rows.items():
            self._insert(table, COLUMNS[table], found)
        self._insert("sop_search", SEARCH_COLUMNS, [search_row(saving) for saving in savings])
        self._insert(
            "revisions", REVISION_COLUMNS, [revision_row(saving, event) for saving in savings]
        )
        self._read_back([saving.id for saving in savings])
        self._saved.update({saving.sop.uuid: saving.sha256 for saving in savings})

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

    def _read_back(self, ids: Sequence[int]) -> None:
        """Stop a save that could not be loaded again while the clerk still has the work open."""
        try:
            read_sops(self._database.conn, ids, self._path)
        except UserError as fault:
            raise RuntimeError("an SOP does not read back as it was written") from fault

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        # A list of names before lists of values spares sqlite-utils a dictionary a row.
        if rows:
            self._database.table(table).insert_all([columns, *rows])

    def _find(self, sop: Sop) -> tuple[int, int]:
        sop_id = id_of(self._database.conn, sop.uuid)
        if sop_id is None:
            raise UserError("sop_deleted", title=sop.identity.title)
        (position,) = self._database.execute(
            "SELECT position FROM sops WHERE id = ?", [sop_id]
        ).fetchone()
        return sop_id, int(position)

    def _last_rev(self, uuid: str) -> int:
        (rev,) = self._database.execute(
            "SELECT coalesce(max(rev), 0) FROM revisions WHERE sop_uuid = ?", [uuid]
        ).fetchone()
        return int(rev)

    def _first_free(self, column: str, table: str = "sops") -> int:
        (last,) = self._database.execute(
            f"SELECT coalesce(max({column}), 0) FROM {table}"
        ).fetchone()
        return int(last) + 1

    def _shift(self, position: int, by: int) -> None:
        """Move the SOPs from a position on; positions stay without gaps."""
        self._database.execute(
            "UPDATE sops SET position = position + ? WHERE position >= ?", [by, position]
        )


def _refuse_what_is_too_much(sop: Sop) -> None:
    """Refuse an SOP whose revision or export could not be read back.

    Raises:
        UserError: `sop_too_much`, a text is longer or a list has more items than a form may hold.
    """
    try:
        from_form(to_form(sop), "sop")
    except UserError as error:
        if error.code in _TOO_MUCH:
            path = error.facts["path"]
            raise UserError("sop_too_much", title=sop.identity.title, path=path) from error
