"""An open file: one connection that reads, and one that is made when something is changed.

Where a share drops locks silently, a connection that may write would take the journal of another's
save for that of a dead one and roll it back while it is being written. So reading never writes
here: only who holds the savelock does, and rolls back what a dead one has left.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sopdesk.foundation.faults import UserError
from sopdesk.storage import header, journal, savelock
from sopdesk.storage.connecting import connect, database_on, reading
from sopdesk.storage.daily import DailyBackup
from sopdesk.storage.guard import check_schema, check_whole, patience, schema_cookie
from sopdesk.storage.looking_again import MAY_PASS, look_again
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database

T = TypeVar("T")


class Guarded(NamedTuple):
    """A connection that reads and has passed the guard, and what the guard has seen.

    `version` is that of the file's tables, `schema` the `schema_cookie` of that moment,
    `is_checked` whether the whole file has been checked.
    """

    connection: sqlite3.Connection
    version: int
    schema: int
    is_checked: bool


@dataclass(slots=True)
class Opened:
    """A guarded connection to the file at `path`; `close` also lets go of a private copy.

    `daily_backup` is what there is to say of that, all else as in `Guarded`.
    """

    path: Path
    connection: sqlite3.Connection
    version: int
    _schema: int
    is_checked: bool
    is_read_only: bool
    _key: header.FileKey
    _copy: tempfile.TemporaryDirectory[str] | None = None
    _writing: Database | None = None
    daily_backup: DailyBackup = field(init=False)
    _is_open: bool = True

    def __post_init__(self) -> None:
        """Begin without a backup of today."""
        self.daily_backup = DailyBackup(self.path)
        self._let_go_of_wal()

    def read(self, query: Callable[[sqlite3.Connection], T], seconds: float | None = None) -> T:
        """Return what a query says of one moment of the file.

        What looks like damage is looked at again, from the disk, while nobody saves: only what is
        found then is called so.

        Raises:
            UserError: what the query raises; `file_locked`, `file_disturbed`, `file_damaged`,
                `file_endless`.
        """
        try:
            return self.ask(query, seconds)
        except UserError as fault:
            if fault.code not in MAY_PASS:
                raise
        with contextlib.ExitStack() as held:
            look = partial(self._ask_the_disk, query, seconds)
            return look() if self._keeps_off(held) else look_again(self.path, look)

    def ask(self, query: Callable[[sqlite3.Connection], T], seconds: float | None = None) -> T:
        """Return what a query says of one moment of the file, at the first look.

        Raises:
            UserError: as `read`; damage may be a disturbance.
        """
        limit = () if seconds is None else (seconds,)
        with worded(self.path):
            try:
                with reading(self.connection, *limit) as connection:
                    if (schema := schema_cookie(connection)) != self._schema:
                        self._check_schema_again(schema)
                    return query(connection)
            finally:
                self._let_go_of_wal()

    def check_whole(self) -> None:
        """Check what was left to check when the file was opened; before the first change.

        Raises:
            UserError: `file_damaged`, `file_locked`, `file_disturbed`.
        """
        if not self.is_checked:
            self.read(lambda connection: check_whole(connection, self.path), patience(self.path))
            self.is_checked = True

    def database(self) -> Database:
        """Return the connection that writes; the caller holds the savelock.

        What a save that was cut off left beside the file is rolled back now.

        Raises:
            UserError: `file_moved`: at its path stands none, or another; `file_wal`, `file_newer`,
                `file_altered`, `file_reopen`, `file_beside_foreign`: another program has been here;
                `file_locked`, `file_disturbed`, `file_damaged`.
        """
        with worded(self.path):
            self._check_place()
            journal.refuse_what_removes(self.path, self.path)
            if self._writing is None:
                self._writing = database_on(connect(self.path, "rw"))
            connection = self._writing.conn
            connection.execute("PRAGMA shrink_memory")
            if check_schema(connection, self.path) != self.version:
                raise UserError("file_reopen", path=str(self.path))
            # Asked for last: SQLite answers from memory before it has read that another program
            # has put the file into WAL mode, and would save in it.
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            if mode != "delete":
                raise UserError("file_wal", path=str(self.path))
            return self._writing

    @property
    def has_journal(self) -> bool:
        """Whether a change is going on, or was cut off by an error of the disk, or by death."""
        return journal.beside(self.path, journal.JOURNAL).exists()

    def roll_back(self) -> None:
        """Roll back what was cut off, where that can be done; the caller holds the savelock.

        After an error of the disk SQLite leaves that to the next who writes; until then nobody
        could read the file.
        """
        with contextlib.suppress(UserError, sqlite3.Error):
            connection = self.database().conn
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()

    def stop_writing(self) -> None:
        """Close the connection that writes, after a fault: what it was about to do is undone."""
        if self._writing is not None:
            with contextlib.suppress(sqlite3.Error):
                self._writing.conn.close()
            self._writing = None

    def close(self) -> None:
        """Close the connections; a second call does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        self.stop_writing()
        self.connection.close()
        header.forget(self._key)
        if self._copy is not None:
            self._copy.cleanup()

    def _check_place(self) -> None:
        """See that our file stands at its path: what is saved into another nobody reads here."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError as error:
            raise UserError("file_moved", path=str(self.path)) from error
        if (found.st_dev, found.st_ino) != self._key:
            raise UserError("file_moved", path=str(self.path))

    def _let_go_of_wal(self) -> None:
        """Let go of a file that another program has put into WAL mode, once it has been read.

        In that mode every connection holds the file for as long as it is open, and nobody could
        bring it back to ours.
        """
        if not self.is_read_only and journal.beside(self.path, journal.WAL).exists():
            self.connection.close()
            self.connection = connect(self.path, "ro")

    def _check_schema_again(self, schema: int) -> None:
        """See that the tables are still ours: another program may have come in since."""
        if check_schema(self.connection, self.path) != self.version:
            raise UserError("file_reopen", path=str(self.path))
        self._schema = schema

    def _ask_the_disk(
        self, query: Callable[[sqlite3.Connection], T], seconds: float | None = None
    ) -> T:
        with worded(self.path):
            self.connection.execute("PRAGMA shrink_memory")  # forgets every page that was read
        return self.ask(query, seconds)

    def _keeps_off(self, held: contextlib.ExitStack) -> bool:
        """Hold the savelock where that can be, and roll back what a dead one left; say whether."""
        if self.is_read_only:
            return False
        try:
            held.enter_context(savelock.held(self.path))
        except UserError:
            return False
        self.roll_back()
        return True
