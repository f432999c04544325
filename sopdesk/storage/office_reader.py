"""Reading an open office file: values out, and which of them are damaged."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self

from sopdesk.document.office import Office
from sopdesk.foundation.faults import UserError
from sopdesk.storage.assembling import Stored, id_of, read_sops
from sopdesk.storage.entries import Entry, read_entries
from sopdesk.storage.lineage import is_of_another_office, read_ledger
from sopdesk.storage.offices import read_office
from sopdesk.storage.revisions import (
    Deleted,
    Revision,
    read_deleted,
    read_revision,
    read_revisions,
)
from sopdesk.storage.search import find

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from types import TracebackType

    from sopdesk.document.values import Sop
    from sopdesk.storage.lineage import Ledger
    from sopdesk.storage.offices import StoredOffice
    from sopdesk.storage.opened import Opened

_BATCH = 100
"""SOPs that are read at once: few enough not to keep others from saving."""
_FEW = 10
"""SOPs that are checked at once: few enough for nobody to feel it."""


class OfficeReader:
    """What an open office file says. It is always an `OfficeFile`: that is the door.

    Every method raises `UserError`: `file_locked` (another kept it busy too long),
    `file_disturbed`, `file_damaged`.
    """

    def __init__(self, opened: Opened) -> None:
        """Take over a guarded connection."""
        self.path = opened.path
        self.is_read_only = opened.is_read_only
        self._opened = opened
        self._office_rev = 0
        self._office_fault: UserError | None = None
        self._damaged: set[str] = set()
        self._listed: Collection[str] = ()

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._opened.connection

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        self._opened.close()

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    @property
    def backup_fault(self) -> UserError | None:
        """Why the backup before the day's first change could not be made; the change was saved."""
        return self._opened.daily_backup.fault

    def office(self, on_damage: Callable[[UserError], None] | None = None) -> Office:
        """Return the office and its settings.

        Where they are damaged and there is `on_damage`, it is told so (`office_damaged`), and those
        of a new office are returned; they are not written over before `restore_office`.

        Raises:
            UserError: `office_damaged`, where there is no `on_damage`.
        """
        try:
            stored = self._opened.read(self._stored_office)
        except UserError as fault:
            if fault.code != "office_damaged":
                raise
            self._office_fault = fault
            if on_damage is None:
                raise
            on_damage(fault)
            return Office()
        self._office_fault, self._office_rev = None, stored.rev
        return stored.office

    def entries(self) -> list[Entry]:
        """Return the list of SOPs in the office's order.

        Raises:
            UserError: `file_another`, as `expect`, where none of those listed before was ever in
                the file that stands there now.
        """

        def found(connection: sqlite3.Connection) -> list[Entry]:
            self._check_office(connection)
            return read_entries(connection, self._damaged)

        entries = self._opened.read(found)
        self._listed = [entry.uuid for entry in entries]
        return entries

    def expect(self, uuids: Collection[str]) -> None:
        """Be the file of the office whose SOPs these are; nothing is read or changed in another's.

        Raises:
            UserError: `file_another`, the file of another office stands in its place.
        """
        self._listed = uuids
        self._opened.read(self._check_office)

    def load(self, uuid: str) -> Stored:
        """Return an SOP.

        Raises:
            UserError: `sop_missing`, `sop_damaged`.
        """
        loaded = self._load(lambda connection: _ids(connection, uuid))
        if not loaded:
            raise self._fault("sop_missing")
        return loaded[0]

    def load_all(self, on_damage: Callable[[UserError], None] | None = None) -> Iterator[Stored]:
        """Yield every SOP in the office's order, each as it is when its turn comes.

        Where there is `on_damage`, it is told each SOP that is damaged (`sop_damaged`), and the
        others go on.

        Raises:
            UserError: `sop_damaged`, where there is no `on_damage`.
        """
        found = self._opened.read(_all_ids)
        for start in range(0, len(found), _BATCH):
            yield from self._load_batch(found[start : start + _BATCH], on_damage)

    def check_sops(
        self, on_damage: Callable[[UserError], object] = lambda fault: None
    ) -> Iterator[int]:
        """Look for SOPs that are not what was saved; yield after some how many have been seen.

        `entries` marks those found from then on, and `on_damage` is told each (`sop_damaged`). A
        window asks for the next when it is idle.
        """
        found = self._opened.read(_all_ids)
        for start in range(0, len(found), _FEW):
            for _ in self._load_batch(found[start : start + _FEW], on_damage):
                pass
            yield min(start + _FEW, len(found))

    def search(self, text: str) -> list[str]:
        """Return the uuids of the SOPs that hold every word of the text, the best hits first."""

        def found(connection: sqlite3.Connection) -> list[str]:
            try:
                return find(connection, text)
            except sqlite3.OperationalError as error:
                # So FTS5 words damage of its index where it is no damage of the file.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR:
                    raise
                raise self._fault("file_damaged") from error

        return self._opened.read(found)

    def revisions(self, uuid: str) -> list[Revision]:
        """Return what is kept of an SOP's saves, the newest first, also after its deletion."""
        return self._opened.read(lambda connection: read_revisions(connection, uuid))

    def last_revision(self, uuid: str) -> Revision | None:
        """Return the newest of an SOP's saves, of a deleted one its deletion; None without any."""
        found = self._opened.read(lambda connection: read_revisions(connection, uuid, most=1))
        return found[0] if found else None

    def load_revision(self, uuid: str, rev: int) -> Sop:
        """Return an SOP as its save number `rev` left it.

        Raises:
            UserError: `revision_missing` (not kept), `revision_damaged`.
        """
        sop = self._opened.read(lambda connection: read_revision(connection, uuid, rev))
        if sop is None:
            raise UserError("revision_missing", rev=rev)
        return sop

    def ledger(self) -> Ledger:
        """Return what the file knows of the saves of each SOP, also of those taken out."""
        return self._opened.read(read_ledger)

    def deleted(self) -> list[Deleted]:
        """Return the SOPs that were taken out and can come back, the last one first."""
        return self._opened.read(read_deleted)

    def _load(self, ids_in: Callable[[sqlite3.Connection], Sequence[int]]) -> list[Stored]:
        """Load some SOPs, noting which are damaged.

        Raises:
            UserError: `sop_damaged`, of the first.
        """

        def found(connection: sqlite3.Connection) -> list[Stored]:
            return read_sops(connection, ids_in(connection), self.path)

        try:
            loaded = self._opened.read(found)
        except UserError as fault:
            if fault.code == "sop_damaged":
                self._damaged.add(str(fault.facts["uuid"]))
            raise
        self._damaged.difference_update(stored.sop.uuid for stored in loaded)
        return loaded

    def _load_batch(
        self, ids: Sequence[int], on_damage: Callable[[UserError], object] | None
    ) -> Iterator[Stored]:
        try:
            yield from self._load(lambda _: ids)
        except UserError as fault:
            if fault.code != "sop_damaged" or on_damage is None:
                raise
            if len(ids) == 1:
                on_damage(fault)
                return
            for one in ids:
                yield from self._load_batch([one], on_damage)

    def _check_office(self, connection: sqlite3.Connection) -> None:
        if self._listed and is_of_another_office(connection, self._listed):
            raise self._fault("file_another")

    def _stored_office(self, connection: sqlite3.Connection) -> StoredOffice:
        try:
            stored = read_office(connection)
        except (ValueError, KeyError, TypeError, UserError) as error:
            raise self._fault("office_damaged") from error
        if not stored.is_sound:
            raise self._fault("office_damaged")
        return stored

    def _fault(self, code: str) -> UserError:
        return UserError(code, path=str(self.path))


def _ids(connection: sqlite3.Connection, uuid: str) -> list[int]:
    found = id_of(connection, uuid)
    return [] if found is None else [found]


def _all_ids(connection: sqlite3.Connection) -> list[int]:
    return [key for (key,) in connection.execute("SELECT id FROM sops ORDER BY position")]
