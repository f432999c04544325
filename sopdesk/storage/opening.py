"""Opening an office file: guarded, in the right mode, from a private copy where it must be."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import time
from functools import partial
from pathlib import Path

from sopdesk.foundation.atomic import FULL
from sopdesk.foundation.faults import UserError
from sopdesk.storage import header, journal, own_schema, savelock
from sopdesk.storage.backup_folder import keep
from sopdesk.storage.connecting import connect, database_on, reading
from sopdesk.storage.guard import (
    check_schema,
    check_sound,
    check_whole,
    patience,
    schema_cookie,
)
from sopdesk.storage.looking_again import MAY_PASS, look_again, pause
from sopdesk.storage.migrations import VERSION, migrate
from sopdesk.storage.opened import Guarded, Opened
from sopdesk.storage.verdicts import worded

_LARGEST_COPIED = 2**31
"""Of a damaged file's bytes: one that claims more is none that an office has written."""


def located(path: str | os.PathLike[str]) -> Path:
    """Return the absolute path of a file, through a link to it.

    The savelock and SQLite's journal stand beside the file itself: whoever comes by a link must
    find the same ones.
    """
    return Path(os.path.realpath(path) if os.path.islink(path) else os.path.abspath(path))


def is_same_file(one: Path | str, other: Path | str) -> bool:
    """Say whether both names lead to one file that is there."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def open_guarded(path: Path, *, for_writing: bool, despite_damage: bool = False) -> Opened:
    """Open the file at a path that `located` gave; to read only, where it takes no writing.

    A save that was interrupted is rolled back, a file in the WAL mode of another program brought
    back from it, one of an older version migrated: in place after a copy has stood the test, or in
    a private copy where the file or its folder may not be written. `despite_damage` is for reading
    what can still be read; one of an older version is then left as it is, and where the file's
    schema itself is damaged or altered, ours stands in for it in a private copy.

    Raises:
        UserError: those of `header.looking_at` and `guard`; `file_wal` (a mode that another
            program keeps it in), `file_locked`, `file_disturbed`; `copy_no_room`, for a private
            copy; `backup_no_room` or `backup_unwritable`, before a migration. The file is
            unchanged.
    """
    look = partial(_open, path, for_writing, despite_damage)
    try:
        return look()
    except UserError as fault:
        if fault.code not in MAY_PASS:
            raise
    try:
        return look_again(path, look)
    except UserError as fault:
        is_for_rescue = despite_damage and fault.code in ("file_damaged", "file_altered")
        if not is_for_rescue or path.stat().st_size > _LARGEST_COPIED:
            raise
        return _open_by_our_schema(path)


def _open_by_our_schema(path: Path) -> Opened:
    with header.looking_at(path, for_writing=False) as (head, key), worded(path):
        copy = _brought_up_in_a_copy(path, True, head.missing, is_schema_damaged=True)
        return _in_a_copy(path, key, copy, despite_damage=True)


def _open(path: Path, for_writing: bool, despite_damage: bool) -> Opened:
    with header.looking_at(path, for_writing=for_writing) as (head, key), worded(path):
        if not head.has_beginning:
            raise UserError("file_damaged", path=str(path))
        # SQLite reads nothing of a file that is too short: a copy is made as long as it was.
        missing = head.missing if despite_damage else 0
        found = None if head.is_wal or missing else _guarded(path, path, despite_damage)
        if found is not None:
            return Opened(path, *found, not head.is_writable or found.version > VERSION, key)
        if head.is_writable:
            with savelock.held(path):
                _brought_up_in_a_copy(path).cleanup()
                _bring_up(path, path)
                return _ready(path, path, False, key)
        copy = _brought_up_in_a_copy(path, despite_damage, missing)
        return _in_a_copy(path, key, copy, despite_damage)


def _in_a_copy(
    path: Path,
    key: header.FileKey,
    copy: tempfile.TemporaryDirectory[str],
    despite_damage: bool,
) -> Opened:
    """Open what has been brought up in a folder of our own, which goes with it."""
    try:
        return _ready(path, Path(copy.name, path.name), True, key, copy, despite_damage)
    except BaseException:
        copy.cleanup()
        raise


def open_stand_in(
    path: Path, stand_in: Path, folder: tempfile.TemporaryDirectory[str] | None = None
) -> Opened:
    """Open an office file that stands for the one at `path`, which cannot be opened; to read only.

    A `folder` goes when what is returned is closed.

    Raises:
        UserError: as `open_guarded` does.
    """
    with header.looking_at(path, for_writing=False) as (_, key), worded(path):
        return _ready(path, stand_in, True, key, folder)


def _ready(
    path: Path,
    source: Path,
    is_read_only: bool,
    key: header.FileKey,
    copy: tempfile.TemporaryDirectory[str] | None = None,
    despite_damage: bool = False,
) -> Opened:
    """Open what has been brought up."""
    if (found := _guarded(source, path, despite_damage)) is None:
        raise UserError("file_locked", path=str(path))  # another was cut off just now
    return Opened(path, *found, is_read_only, key, copy)


def _guarded(source: Path, named: Path, despite_damage: bool = False) -> Guarded | None:
    """Connect to read and let the guard look; None where the file must be brought up first."""
    connection = connect(source, "ro")
    try:
        with reading(connection, patience(source)):
            version = check_schema(connection, named)
            if version >= VERSION or despite_damage:
                is_checked = not despite_damage and check_sound(connection, source, named)
                return Guarded(connection, version, schema_cookie(connection), is_checked)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            connection.close()
            raise
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _bring_up(source: Path, named: Path) -> None:
    """Roll back what was interrupted, leave WAL mode, check the whole, migrate an older file."""
    _recover(source, named)
    with (
        contextlib.closing(connect(source, "ro")) as connection,
        reading(connection, patience(source)),
    ):
        version = check_schema(connection, named)
        check_sound(connection, source, named)
        check_whole(connection, named)
    if version < VERSION:
        with contextlib.closing(connect(source, "rw")) as connection:
            if source == named:
                keep(connection, named, "migration")
            migrate(database_on(connection))


def _recover(source: Path, named: Path) -> None:
    """Let SQLite finish or undo what it finds beside the file, and set the journal's mode."""
    journal.refuse_what_removes(source, named)
    with contextlib.closing(connect(source, "rw")) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    if mode != "delete":
        raise UserError("file_wal", path=str(named))


def _brought_up_in_a_copy(
    path: Path, despite_damage: bool = False, missing: int = 0, is_schema_damaged: bool = False
) -> tempfile.TemporaryDirectory[str]:
    """Return a folder of our own with the file as it should be; the file stays as it is.

    Where it is to be read `despite_damage` it is only recovered, since what is damaged cannot be
    migrated, and the bytes that are missing at its end are put there, empty. Where its schema is
    damaged, it gets ours.

    Raises:
        UserError: `copy_no_room`, and what is wrong with the file.
    """
    folder = _own_folder(path)
    copy = Path(folder.name, path.name)
    try:
        with worded(path, copy):
            _copy_of_one_moment(path, copy.parent)
            if despite_damage:
                os.truncate(copy, copy.stat().st_size + missing)
                if is_schema_damaged:
                    with contextlib.suppress(sqlite3.Error):
                        _recover(copy, path)  # a journal goes first: it may hold what is damaged
                    own_schema.put_in(copy)
                _recover(copy, path)
            else:
                _bring_up(copy, path)
    except BaseException as error:
        folder.cleanup()
        if _is_for_want_of_room(error):
            raise UserError("copy_no_room", path=str(path)) from error
        raise
    return folder


def _own_folder(path: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="sopdesk-", ignore_cleanup_errors=True)
    except OSError as error:  # none of the system's places for such takes a file
        raise UserError("copy_no_room", path=str(path)) from error


def _is_for_want_of_room(error: BaseException) -> bool:
    return (isinstance(error, UserError) and error.code == "disk_full") or (
        isinstance(error, OSError) and error.errno in FULL
    )


def _copy_of_one_moment(path: Path, folder: Path) -> None:
    """Copy a file and the journals beside it while nobody writes to them, where there is room.

    Copying opens the file outside SQLite. That harms no lock here: a connection of this process
    would have brought the file up already, and then none needs a copy.
    """
    sources = [path, *(journal.beside(path, ending) for ending in journal.HELD)]
    deadline = time.monotonic() + savelock.WAIT_SECONDS
    while True:
        before = [_trace(source) for source in sources]
        if sum(size for _, size in filter(None, before)) > shutil.disk_usage(folder).free:
            raise UserError("copy_no_room", path=str(path))
        for source in sources:
            Path(folder, source.name).unlink(missing_ok=True)
            _copy(source, Path(folder, source.name))
        if before == [_trace(source) for source in sources]:
            return
        if time.monotonic() > deadline:
            raise UserError("file_locked", path=str(path))
        pause()


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        return
    except OSError as error:
        code = "disk_full" if error.errno in FULL else "file_unreadable"
        raise UserError(code, path=str(source)) from error


def _trace(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
