"""The office file as the rest of the program sees it: values in, values out; the one door."""

from __future__ import annotations

import contextlib
import os
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.document.office import Office
from sopdesk.foundation.person import login_name
from sopdesk.storage.adding import ImportReport, sort_out
from sopdesk.storage.assembling import Stored
from sopdesk.storage.changing import changing
from sopdesk.storage.creating import make_file
from sopdesk.storage.entries import Entry
from sopdesk.storage.lineage import read_ledger
from sopdesk.storage.office_reader import OfficeReader
from sopdesk.storage.opening import located, open_guarded, open_stand_in
from sopdesk.storage.revisions import Deleted, Revision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sopdesk.document.values import Sop
    from sopdesk.storage.adding import Bringing
    from sopdesk.storage.changes import Change
    from sopdesk.storage.lineage import Ledger
    from sopdesk.storage.opened import Opened

__all__ = [
    "Deleted",
    "Entry",
    "ImportReport",
    "OfficeFile",
    "Revision",
    "Stored",
    "create",
    "open_file",
]


def create(
    path: str | os.PathLike[str], office: Office | None = None, author: str | None = None
) -> OfficeFile:
    """Make an empty office file and open it; what is there already is never overwritten.

    `author` as for `open_file`.

    Raises:
        UserError: `file_exists`, `target_folder_missing`, `target_unwritable`, `disk_full`. No file
            is left behind.
    """
    target = Path(os.path.abspath(path))
    make_file(target, Office() if office is None else office)
    return open_file(target, author=author)


def open_file(
    path: str | os.PathLike[str], *, writable: bool = True, author: str | None = None
) -> OfficeFile:
    """Open an office file that has passed every check, for one thread.

    `author` is the name that the saves bear, by default that of the system's user.
    Where the file or its folder takes no writing it opens all the same, and `is_read_only` says so.

    Raises:
        UserError: `file_missing`, `file_is_folder`, `file_empty`, `file_unreadable`,
            `file_foreign`, `file_foreign_database`, `file_altered`, `file_newer`, `file_damaged`,
            `file_wal`, `file_locked`, `file_disturbed`; `file_beside_taken`, `file_beside_foreign`
            (what lies beside it as its journal is none); `copy_no_room`, where it can be read only
            through a copy; where a file of an older version cannot be kept before it is migrated,
            `backup_no_room`, `backup_unwritable`. The file is unchanged.
    """
    return OfficeFile(open_guarded(located(path), for_writing=writable), author)


class OfficeFile(OfficeReader):
    """An open office file. Whatever changes it holds the savelock for a moment, not in between.

    Every method that changes something raises those of `changing` beside those of a reader, and
    `file_another`: somebody has put the file of another office in the place of this one.
    """

    def __init__(
        self, opened: Opened, author: str | None = None, stand_in: Path | None = None
    ) -> None:
        """Take over a guarded connection; to an office file that stands in for another, or none."""
        super().__init__(opened)
        self.stand_in = stand_in
        """Where what is shown here can be read, if `path` itself cannot be opened."""
        self.author = author
        """The name that the saves bear from now on; None for the system's user."""

    def again(self) -> OfficeFile:
        """Open the same once more, for another thread.

        Raises:
            UserError: as `open_file` does; `file_another`, what stands there now is the file of
                another office.
        """
        if self.stand_in is not None:
            stand_in = open_stand_in(self.path, self.stand_in)
            return OfficeFile(stand_in, self.author, self.stand_in)
        file = open_file(self.path, writable=not self.is_read_only, author=self.author)
        try:
            file.expect(self._listed)
        except BaseException:
            file.close()
            raise
        return file

    def save_office(self, office: Office) -> None:
        """Save the office's settings over those that `office` returned last.

        Raises:
            UserError: `office_conflict`, another has saved them since; `office_damaged`.
        """
        if self._office_rev == 0 or self._office_fault is not None:
            self.office()
        with self._changing() as change:
            change.save_office(office, self._office_rev)
        self._office_rev += 1

    def restore_office(self, office: Office) -> None:
        """Write the office's settings anew where those in the file are damaged."""
        with self._changing() as change:
            change.restore_office(office)
        self.office()

    def add(self, sop: Sop, position: int | None = None) -> int:
        """Put a new SOP into the file, at the end or at a position; return its number of saves."""
        with self._changing() as change:
            (rev,) = change.insert([sop], position)
        return rev

    def add_new(self, sops: Iterable[Sop]) -> ImportReport:
        """Put SOPs from elsewhere at the end; all come in or none, and none overwrites another."""
        with self._changing() as change:
            report = change.ask(lambda connection: sort_out(connection, sops))
            change.insert(report.added, cause="import")
        return report

    def bring_in(self, sort_out: Callable[[Ledger], Bringing]) -> None:
        """Let SOPs of another file come in as `sort_out` says, given what is here; all or none."""
        with self._changing() as change:
            bringing = sort_out(change.ask(read_ledger))
            for sop, rev in bringing.taken:
                change.update(sop, rev, "merge", bringing.authors[sop.uuid])
            for sop, position in sorted(bringing.beside, key=itemgetter(1), reverse=True):
                change.insert([sop], position, "merge", bringing.authors)
            change.insert(bringing.added, None, "merge", bringing.authors)

    def save(self, sop: Sop, rev: int, aside: Iterable[Sop] = ()) -> int:
        """Save an SOP over its save number `rev`; return the number of this save.

        `aside` are versions of it that lost against another's: they become revisions before this
        one, marked so, so that they can be found again. When this returns, all is on the disk and
        has been read back.

        Raises:
            UserError: `save_conflict` (another has saved it since), `sop_deleted`.
        """
        with self._changing() as change:
            for version in aside:
                rev = change.update(version, rev, "aside")
            rev = change.update(sop, rev)
        self._damaged.discard(sop.uuid)
        return rev

    def delete(self, uuid: str, unsaved: Iterable[Sop] = ()) -> None:
        """Take an SOP out of the office's list; its revisions stay in the file.

        `unsaved` are versions of it that were never saved, the newest last: they become revisions
        before it goes, whatever another has saved or deleted meanwhile, and the last comes back.
        """
        with self._changing() as change:
            for version in unsaved:
                change.put(version)
            change.delete(uuid)

    def move(self, uuid: str, position: int) -> None:
        """Put an SOP at another position of the office's order, counted from 1."""
        with self._changing() as change:
            change.move(uuid, position)

    def undelete(self, uuid: str) -> int:
        """Put an SOP that was deleted back at the end, as it was; return its number of saves.

        Raises:
            UserError: `sop_not_deleted` (another has brought it back), `revision_damaged`.
        """
        with self._changing() as change:
            return change.undelete(uuid)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Change]:
        author = login_name() if self.author is None else self.author
        with changing(self._opened, author) as change:
            change.ask(self._check_office)
            yield change
