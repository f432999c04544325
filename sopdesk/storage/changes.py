"""What one change of an office file can do: to its SOPs, their order, and the office."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sopdesk.document.form import from_form, sha256, to_form
from sopdesk.document.ids import new_id
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import short_name
from sopdesk.storage.acts import Act
from sopdesk.storage.assembling import id_of, read_sops
from sopdesk.storage.offices import write_office
from sopdesk.storage.revisions import (
    Event,
    is_return,
    read_deleted,
    read_revision,
    repeat_revision,
    revision_row,
    thin,
    timestamp,
)
from sopdesk.storage.rows import Saving
from sopdesk.storage.units import UnitTree
from sopdesk.storage.writing import SopTables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.storage.acts import Cause

T = TypeVar("T")

_TOO_MUCH = ("exchange_too_long", "exchange_too_many")


class _Row(NamedTuple):
    """Where an SOP stands, and the number of its last save."""

    id: int
    position: int
    rev: int


class Change:
    """What can be done to the SOPs and the office within one transaction."""

    def __init__(self, database: Database, path: Path, author: str) -> None:
        """Name the change and whose it is; the transaction is open."""
        self._act = Act(new_id(), timestamp(), short_name(author))
        self._database = database
        self._path = path
        self._units = UnitTree(database)
        self._tables = SopTables(database)
        self._saved: dict[str, str] = {}

    def is_in(self, connection: sqlite3.Connection) -> bool:
        """Say whether a connection to the same file finds this change in it."""
        found = connection.execute("SELECT save_id FROM file").fetchone()
        return found == (self._act.save_id,) and all(
            connection.execute("SELECT save_id, sha256 FROM sops WHERE uuid = ?", [uuid]).fetchone()
            == (self._act.save_id, form)
            for uuid, form in self._saved.items()
        )

    def ask(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a query says of the file as this change finds it, and has changed it."""
        return query(self._database.conn)

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
        end = self._tables.first_free("position")
        at = end if position is None else min(max(position, 1), end)
        self._tables.shift(at, len(sops))
        first = self._tables.first_free("id")
        savings = [
            self._added(sop, first + index, at + index, cause, authors or {})
            for index, sop in enumerate(sops)
        ]
        self._tables.insert(savings)
        self._note_saved(savings, "added")
        return [saving.rev for saving in savings]

    def update(self, sop: Sop, rev: int, cause: Cause = "", author: str | None = None) -> int:
        """Write an SOP over its save number `rev`; return the number of this one.

        `author` wrote what comes from another file.

        Raises:
            UserError: `save_conflict` (another has saved it since), `sop_deleted`, `sop_too_much`.
        """
        found = self._row(sop.uuid)
        if found is None:
            raise UserError("sop_deleted", title=sop.identity.title)
        form = sha256(sop)
        if not cause and is_return(self._database.conn, sop.uuid, form):
            cause = "restore"
        act = self._act_of(cause, author)
        saving = self._saving(sop, found.id, found.position, rev + 1, act, form)
        if not self._tables.overwrite(saving, rev):
            raise UserError("save_conflict", title=sop.identity.title)
        self._note_saved([saving], "saved")
        thin(self._database, sop.uuid, datetime.fromisoformat(self._act.saved_at))
        return saving.rev

    def put(self, sop: Sop) -> int:
        """Write an SOP over whatever the file has of it, at the end where it has none.

        Return the number of this save.
        """
        found = self._row(sop.uuid)
        return self.insert([sop])[0] if found is None else self.update(sop, found.rev)

    def delete(self, uuid: str) -> None:
        """Take an SOP out; its revisions stay, with one more that says so."""
        found = self._row(uuid)
        if found is None:
            return
        repeat_revision(self._database.conn, uuid, found.rev, found.rev + 1, "deleted", self._act)
        self._tables.delete(found.id)
        self._saved.pop(uuid, None)
        self._tables.shift(found.position + 1, -1)

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
        found = self._row(uuid)
        if found is None:
            return
        after = min(max(position, 1), self._tables.first_free("position") - 1)
        self._tables.shift(found.position + 1, -1)
        self._tables.shift(after, 1)
        self._database.execute("UPDATE sops SET position = ? WHERE id = ?", [after, found.id])

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

    def _note_saved(self, savings: Sequence[Saving], event: Event) -> None:
        """Put what has been written into the history, once it can be loaded again."""
        self._tables.add_revisions([revision_row(saving, event) for saving in savings])
        self._read_back([saving.id for saving in savings])
        self._saved.update({saving.sop.uuid: saving.sha256 for saving in savings})

    def _read_back(self, ids: Sequence[int]) -> None:
        """Stop a save that could not be loaded again while the clerk still has the work open."""
        try:
            read_sops(self._database.conn, ids, self._path)
        except UserError as fault:
            raise RuntimeError("an SOP does not read back as it was written") from fault

    def _row(self, uuid: str) -> _Row | None:
        """Return the row of an SOP, which a damaged index does not make another one's."""
        sop_id = id_of(self._database.conn, uuid)
        if sop_id is None:
            return None
        found = self._database.execute(
            "SELECT id, position, rev FROM sops WHERE id = ?", [sop_id]
        ).fetchone()
        return _Row(*found)

    def _last_rev(self, uuid: str) -> int:
        (rev,) = self._database.execute(
            "SELECT coalesce(max(rev), 0) FROM revisions WHERE sop_uuid = ?", [uuid]
        ).fetchone()
        return int(rev)


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
