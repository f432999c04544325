"""The transaction of a change: locked, all or nothing, and read back before it counts."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage import savelock
from sopdesk.storage.changes import Change
from sopdesk.storage.guard import check_thoroughly, patience
from sopdesk.storage.units import unit_paths
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

    from sopdesk.storage.opened import Opened

_LOOKS = 3


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
        _undo(opened, is_held)
        raise
    _commit(opened, database, change, is_held)


def _undo(opened: Opened, is_held: Callable[[], bool]) -> None:
    """Let nothing stay of a change that failed; only who holds the file may roll back."""
    opened.stop_writing()
    if opened.has_journal and is_held():
        opened.roll_back()


def _commit(
    opened: Opened, database: Database, change: Change, is_held: Callable[[], bool]
) -> None:
    """Commit, and believe what is read back: an error may come after the commit has happened."""
    try:
        database.commit()
    except sqlite3.Error:
        _undo(opened, is_held)
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
