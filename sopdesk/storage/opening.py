"""Opening an office file: guarded, in the right mode, from a private copy where it must be."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sopdesk.foundation.faults import UserError
from sopdesk.storage import header, savelock
from sopdesk.storage.connecting import connect, database_on
from sopdesk.storage.guard import check_schema, check_sound, check_whole
from sopdesk.storage.migrations import VERSION, migrate
from sopdesk.storage.verdicts import worded


@dataclass(slots=True)
class Opened:
    """A guarded connection to the file at `path`; `close` also lets go of a private copy."""

    path: Path
    connection: sqlite3.Connection
    is_read_only: bool
    _is_checked: bool
    _key: header.FileKey
    _copy: tempfile.TemporaryDirectory[str] | None = None
    _is_open: bool = True

    def check_whole(self) -> None:
        """Check what was left to check when the file was opened; before the first change.

        Raises:
            UserError: `file_damaged`, `file_locked`, `file_disturbed`.
        """
        if not self._is_checked:
            with worded(self.path):
                check_whole(self.connection, self.path)
            self._is_checked = True

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        self.connection.close()
        header.forget(self._key)
        if self._copy is not None:
            self._copy.cleanup()


def located(path: str | os.PathLike[str]) -> Path:
    """Return the absolute path of a file, through a link to it.

    The savelock and SQLite's journal stand beside the file itself: whoever comes by a link must
    find the same ones.
    """
    return Path(os.path.realpath(path) if os.path.islink(path) else os.path.abspath(path))


def open_guarded(path: Path, *, for_writing: bool) -> Opened:
    """Open the file at a path that `located` gave; to read only, where it takes no writing.

    A file of an older version is migrated. Where the file or its folder may not be written, that
    happens to a private copy, as does the rolling back of a save that was interrupted.

    Raises:
        UserError: those of `header.looking_at` and `guard`; `file_wal` (a mode that another
            program left, and no right to change it); `file_locked`, `file_disturbed`. The file is
            unchanged.
    """
    try:
        return _open(path, for_writing)
    except UserError as fault:
        # Transient faults of a disk or network come out of SQLite as damage: look twice.
        if fault.code not in ("file_damaged", "file_disturbed"):
            raise
        return _open(path, for_writing)


def _open(path: Path, for_writing: bool) -> Opened:
    with header.looking_at(path, for_writing=for_writing) as (head, key), worded(path):
        if head.is_writable:
            connection, is_checked = _ready_to_write(path, path)
            return Opened(path, connection, False, is_checked, key)
        if head.is_wal:
            raise UserError("file_wal", path=str(path))
        if (ready := _ready_to_read(path)) is not None:
            connection, is_checked = ready
            return Opened(path, connection, True, is_checked, key)
        copy = _private_copy(path)
        try:
            connection, is_checked = _ready_to_write(Path(copy.name, path.name), path)
        except BaseException:
            copy.cleanup()
            raise
        connection.execute("PRAGMA query_only=ON")
        return Opened(path, connection, True, is_checked, key, copy)


def _ready_to_write(path: Path, named: Path) -> tuple[sqlite3.Connection, bool]:
    """Connect, check, migrate; say also whether the whole was checked."""
    connection = connect(path, "rw")
    try:
        version = check_schema(connection, named)
        is_checked = check_sound(connection, path, named)
        if version < VERSION:
            check_whole(connection, named)
            with savelock.held(path):
                migrate(database_on(connection))
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        if mode != "delete":
            raise UserError("file_wal", path=str(named))
    except BaseException:
        connection.close()
        raise
    return connection, is_checked


def _ready_to_read(path: Path) -> tuple[sqlite3.Connection, bool] | None:
    """Connect and check; None where only a copy can be read."""
    connection = connect(path, "ro")
    try:
        if check_schema(connection, path) == VERSION:
            return connection, check_sound(connection, path, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            connection.close()
            raise
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _private_copy(path: Path) -> tempfile.TemporaryDirectory[str]:
    """Copy a file and the journal beside it into a folder of our own, both of one moment.

    Copying opens the file outside SQLite. That harms no lock here: a connection of this process
    that may write would have rolled back or migrated the file, and then none needs a copy.
    """
    folder = tempfile.TemporaryDirectory(prefix="sopdesk-", ignore_cleanup_errors=True)
    sources = [path, path.with_name(f"{path.name}-journal")]
    for _ in range(5):
        before = [_trace(source) for source in sources]
        for source in sources:
            Path(folder.name, source.name).unlink(missing_ok=True)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(source, Path(folder.name, source.name))
        if before == [_trace(source) for source in sources]:
            return folder
    folder.cleanup()
    raise UserError("file_locked", path=str(path))


def _trace(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
