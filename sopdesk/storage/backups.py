"""Backups of an office file as the rest of the program sees them: made, listed and restored."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.atomic import replacing
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import login_name
from sopdesk.storage import savelock
from sopdesk.storage.backup_folder import (
    Backup,
    Reason,
    check_room,
    fill,
    folders_of,
    keep,
    kept_in,
)
from sopdesk.storage.connecting import connect
from sopdesk.storage.copying import Contents, copy_to, pour
from sopdesk.storage.journal import COMPANIONS, beside
from sopdesk.storage.opening import is_same_file, located, open_guarded
from sopdesk.storage.outranking import outrank, saves_in
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.storage.opened import Opened

__all__ = ["Backup", "Backups", "Reason", "newest_good_backup", "send_copy"]

_DAMAGED = (
    "file_missing", "file_empty", "file_foreign", "file_foreign_database", "file_altered",
    "file_damaged", "file_endless",
)  # fmt: skip
"""What is wrong with a file that can no longer be written to, only replaced."""


class Backups:
    """The backups of one office file, in its folder for them or in the user's."""

    def __init__(self, path: str | os.PathLike[str], folder: Path | None = None) -> None:
        """Name the file, and a folder for its backups other than the usual ones."""
        self.path = located(path)
        self._folder = folder

    def list(self) -> tuple[Backup, ...]:
        """Return the backups, the newest first; those that cannot be reached are left out."""
        return kept_in(folders_of(self.path) if self._folder is None else (self._folder,))

    def make(self, reason: Reason) -> Backup:
        """Make a backup of the file as it is on the disk; the caller does not hold the savelock.

        Raises:
            UserError: of opening the file, of the savelock and of `backup_folder.keep`. The file
                and its other backups are unchanged.
        """
        with self._held() as connection:
            return keep(connection, self.path, reason, self._folder)

    def restore(self, backup: Backup, author: str | None = None) -> None:
        """Let the file hold again what it held when the backup was made.

        In the history of an SOP that becomes another by it, this is a save of `author`, by default
        the system's user.

        The file as it is now goes into the backups first. The exchange is one transaction, so that
        a crash leaves the one or the other, and other sessions see it as they see a save. A file
        that is missing, or too damaged to be written to, is replaced as a whole.

        Whoever has an SOP open that has become another gets a conflict when saving it: a restored
        SOP gets a number of saves that the file has never had.

        Raises:
            UserError: `backup_damaged` (it is no longer what it was), `backup_no_room`,
                `backup_unwritable`, `file_locked`, `file_read_only`, `disk_full`,
                `file_disturbed`, `target_in_use`. The file is unchanged.
        """
        with _unpacked(backup) as source:
            opened = self._opened()
            if opened is None:
                with savelock.held(self.path), worded(self.path):
                    self._replace(source)
                return
            with closing(opened), savelock.held(self.path), worded(self.path):
                name = login_name() if author is None else author
                self._exchange(source, opened.database().conn, name)

    @contextlib.contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        # Opened first, since opening a file of an older version takes the savelock itself.
        with closing(self._writable()) as opened, savelock.held(self.path):
            yield opened.database().conn

    def _writable(self) -> Opened:
        opened = open_guarded(self.path, for_writing=True)
        if opened.is_read_only:
            opened.close()
            raise UserError("file_read_only", path=str(self.path))
        return opened

    def _opened(self) -> Opened | None:
        """Open the file to write over it; None where it can only be replaced."""
        try:
            opened = self._writable()
            try:
                opened.check_whole()
            except UserError:
                opened.close()
                raise
        except UserError as fault:
            if fault.code not in _DAMAGED:
                raise
            return None
        return opened

    def _exchange(self, source: sqlite3.Connection, live: sqlite3.Connection, author: str) -> None:
        """Pour the source into the open file: on Windows a file in use cannot be replaced."""
        keep(live, self.path, "restore", self._folder)
        check_room(self.path.parent, self.path.stat().st_size, self.path)
        save_id = outrank(source, saves_in(live), author)
        try:
            pour(source, live, self.path)
        except sqlite3.Error:  # It may come after the commit has happened.
            if not _holds(live, save_id):
                raise
        if not _holds(live, save_id):
            raise UserError("save_lost", path=str(self.path))

    def _replace(self, source: sqlite3.Connection) -> None:
        """Put the source in the place of a file that is damaged or gone."""
        if self.path.exists():
            kept = fill(self.path, "restore", self._folder, self._copy_as_it_is)
            self._put_away_companions(kept)
        with replacing(self.path) as temporary:
            copy_to(source, temporary, self.path)

    def _copy_as_it_is(self, target: Path) -> Contents:
        # Reading it outside SQLite drops this process's locks on it: no save is under way, since
        # we hold the savelock, and nothing can be read from such a file.
        shutil.copyfile(self.path, target)
        return Contents(0, is_sound=False)

    def _put_away_companions(self, kept: Backup) -> None:
        """Take a journal that was left beside the file to its copy: it would be rolled into ours.

        Raises:
            UserError: `target_in_use`.
        """
        for suffix in COMPANIONS:
            companion = beside(self.path, suffix)
            try:
                if companion.exists():
                    shutil.move(companion, beside(kept.path, suffix))
            except OSError as error:
                raise UserError("target_in_use", path=str(self.path)) from error


def newest_good_backup(path: str | os.PathLike[str]) -> Backup | None:
    """Return the newest backup of a file in which everything is sound now; None without one."""
    for backup in Backups(path).list():
        with contextlib.suppress(UserError):
            if backup.is_sound:
                with _unpacked(backup):
                    return backup
    return None


def send_copy(path: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Write a copy of an office file, of one moment and checked, for a mail or a flash disk.

    What stands at `target` is replaced. The file itself may be in use, or read-only.

    Raises:
        UserError: of opening the file, of `copying.copy_to` and of `atomic.replacing`;
            `out_is_office_file` (the target is the file itself, or one that is in use). The target
            is as it was.
    """
    source, place = located(path), located(target)
    if is_same_file(place, source) or any(
        os.path.lexists(beside(place, suffix)) for suffix in COMPANIONS
    ):
        raise UserError("out_is_office_file", path=str(place))
    with closing(open_guarded(source, for_writing=False)) as opened, replacing(place) as temporary:
        copy_to(opened.connection, temporary, source)


@contextlib.contextmanager
def _unpacked(backup: Backup) -> Iterator[sqlite3.Connection]:
    """Open a private copy of a backup, brought to this version, that may be written to.

    Raises:
        UserError: `backup_damaged`, it does not hold what it held when it was made; `file_missing`,
            `file_unreadable`, `file_newer`, `disk_full`.
    """
    with contextlib.ExitStack() as stack:
        prefix = "sopdesk-"
        folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
        copy = Path(stack.enter_context(folder), backup.path.name)
        copy.touch()
        try:
            opened = stack.enter_context(closing(open_guarded(backup.path, for_writing=False)))
            found = copy_to(opened.connection, copy, backup.path)
        except UserError as fault:
            if fault.code not in _DAMAGED or fault.code == "file_missing":
                raise
            raise UserError("backup_damaged", path=str(backup.path)) from fault
        if found != (backup.sops, backup.is_sound):
            raise UserError("backup_damaged", path=str(backup.path))
        yield stack.enter_context(closing(connect(copy, "rw")))


def _holds(connection: sqlite3.Connection, save_id: str) -> bool:
    with contextlib.suppress(sqlite3.Error):
        return bool(connection.execute("SELECT save_id FROM file").fetchone() == (save_id,))
    return False
