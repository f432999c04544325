"""The office file as the rest of the program sees it: values in, values out."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sopdesk.document.office import Office
from sopdesk.foundation.faults import UserError
from sopdesk.storage.adding import ImportReport, sort_out
from sopdesk.storage.assembling import Stored, read_sops
from sopdesk.storage.changes import changing
from sopdesk.storage.connecting import database_on, reading
from sopdesk.storage.creating import make_file
from sopdesk.storage.entries import Entry, read_entries
from sopdesk.storage.offices import read_office
from sopdesk.storage.opening import Opened, located, open_guarded
from sopdesk.storage.revisions import Revision, read_revision, read_revisions
from sopdesk.storage.search import find
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from sqlite_utils import Database

    from sopdesk.document.values import Sop
    from sopdesk.storage.changes import Change

__all__ = [
    "Entry",
    "ImportReport",
    "OfficeFile",
    "Revision",
    "Stored",
    "create",
    "open_file",
]

_BATCH = 100
"""SOPs that are read at once: few enough not to keep others from saving."""


def create(path: str | os.PathLike[str], office: Office | None = None) -> OfficeFile:
    """Make an empty office file and open it; what is there already is never overwritten.

    Raises:
        UserError: `file_exists`, `target_folder_missing`, `target_unwritable`, `disk_full`. No file
            is left behind.
    """
    target = Path(os.path.abspath(path))
    make_file(target, Office() if office is None else office)
    return open_file(target)


def open_file(path: str | os.PathLike[str], *, writable: bool = True) -> OfficeFile:
    """Open an office file that has passed every check, for one thread.

    Where the file or its folder takes no writing it opens all the same, and `is_read_only` says so.

    Raises:
        UserError: `file_missing`, `file_is_folder`, `file_empty`, `file_unreadable`,
            `file_foreign`, `file_foreign_database`, `file_altered`, `file_newer`, `file_damaged`,
            `file_wal`, `file_locked`, `file_disturbed`. The file is unchanged.
    """
    return OfficeFile(open_guarded(located(path), for_writing=writable))


class OfficeFile:
    """An open office file. Whatever changes it holds the savelock for a moment, not in between.

    Every method that reads raises `UserError`: `file_locked` (another kept it busy too long),
    `file_disturbed`, `file_damaged`; every one that writes those of `changes.changing` too, and
    `file_read_only`.
    """

    def __init__(self, opened: Opened) -> None:
        """Take over a guarded connection."""
        self.path = opened.path
        self.is_read_only = opened.is_read_only
        self._opened = opened
        self._connection = opened.connection
        self._office_rev = 0

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

    # Reading

    def office(self) -> Office:
        """Return the office and its settings.

        Raises:
            UserError: `office_damaged`.
        """
        with self._reading():
            try:
                stored = read_office(self._connection)
            except (ValueError, KeyError, TypeError, UserError) as error:
                raise UserError("office_damaged", path=str(self.path)) from error
        if not stored.is_sound:
            raise UserError("office_damaged", path=str(self.path))
        self._office_rev = stored.rev
        return stored.office

    def entries(self) -> list[Entry]:
        """Return the list of SOPs in the office's order."""
        with self._reading():
            try:
                return read_entries(self._connection)
            except (ValueError, KeyError) as error:
                raise UserError("file_damaged", path=str(self.path)) from error

    def load(self, uuid: str) -> Stored:
        """Return an SOP.

        Raises:
            UserError: `sop_missing`, `sop_damaged`.
        """
        with self._reading():
            found = self._connection.execute("SELECT id FROM sops WHERE uuid = ?", [uuid])
            loaded = read_sops(self._connection, [key for (key,) in found], self.path)
        if not loaded:
            raise UserError("sop_missing", path=str(self.path))
        return loaded[0]

    def load_all(self) -> Iterator[Stored]:
        """Yield every SOP in the office's order, each as it is when its turn comes.

        Raises:
            UserError: `sop_damaged`.
        """
        with self._reading():
            found = self._connection.execute("SELECT id FROM sops ORDER BY position").fetchall()
        for start in range(0, len(found), _BATCH):
            with self._reading():
                batch = [key for (key,) in found[start : start + _BATCH]]
                loaded = read_sops(self._connection, batch, self.path)
            yield from loaded

    def search(self, text: str) -> list[str]:
        """Return the uuids of the SOPs that hold every word of the text, the best hits first."""
        with self._reading():
            try:
                return find(self._connection, text)
            except sqlite3.OperationalError as error:
                # So FTS5 words damage of its index where it is no damage of the file.
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR:
                    raise
                raise UserError("file_damaged", path=str(self.path)) from error

    def revisions(self, uuid: str) -> list[Revision]:
        """Return what is kept of an SOP's saves, the newest first, also after its deletion."""
        with self._reading():
            try:
                return read_revisions(self._connection, uuid)
            except ValueError as error:
                raise UserError("file_damaged", path=str(self.path)) from error

    def load_revision(self, uuid: str, rev: int) -> Sop:
        """Return an SOP as its save number `rev` left it.

        Raises:
            UserError: `revision_missing` (not kept), `revision_damaged`.
        """
        with self._reading():
            sop = read_revision(self._connection, uuid, rev)
        if sop is None:
            raise UserError("revision_missing", rev=rev)
        return sop

    # Writing

    def save_office(self, office: Office) -> None:
        """Save the office's settings over those that `office` returned last.

        Raises:
            UserError: `office_conflict`, another has saved them since.
        """
        if self._office_rev == 0:
            self.office()
        with self._changing() as change:
            change.save_office(office, self._office_rev)
        self._office_rev += 1

    def add(self, sop: Sop, position: int | None = None) -> int:
        """Put a new SOP into the file, at the end or at a position; return its number of saves."""
        with self._changing() as change:
            (rev,) = change.insert([sop], position)
        return rev

    def add_new(self, sops: Iterable[Sop]) -> ImportReport:
        """Put SOPs from elsewhere at the end; all come in or none, and none overwrites another."""
        with self._changing() as change:
            report = sort_out(self._connection, sops)
            change.insert(report.added)
        return report

    def save(self, sop: Sop, rev: int, aside: Iterable[Sop] = ()) -> int:
        """Save an SOP over its save number `rev`; return the number of this save.

        `aside` are versions of it that lost against another's: they become revisions before this
        one, so that they can be found again. When this returns, all is on the disk and has been
        read back.

        Raises:
            UserError: `save_conflict` (another has saved it since), `sop_deleted`.
        """
        with self._changing() as change:
            for version in (*aside, sop):
                rev = change.update(version, rev)
        return rev

    def delete(self, uuid: str) -> None:
        """Take an SOP out of the office's list; its revisions stay in the file."""
        with self._changing() as change:
            change.delete(uuid)

    def move(self, uuid: str, position: int) -> None:
        """Put an SOP at another position of the office's order, counted from 1."""
        with self._changing() as change:
            change.move(uuid, position)

    # How

    @cached_property
    def _database(self) -> Database:
        return database_on(self._connection)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Change]:
        if self.is_read_only:
            raise UserError("file_read_only", path=str(self.path))
        self._opened.check_whole()
        with changing(self._database, self.path) as change:
            yield change

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with worded(self.path), reading(self._connection):
            yield
