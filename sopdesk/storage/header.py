"""What can be told of a file before SQLite sees it: there, ours, writable.

On POSIX, opening and closing a file drops the locks that SQLite holds on it in the same process.
So a file is read here only while this process has no connection to it; the rest is `os.stat`.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.document.ids import new_id
from sopdesk.foundation.faults import UserError
from sopdesk.storage import journal
from sopdesk.storage.savelock import lock_path
from sopdesk.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_LAST_SCHEMA_FORMAT = 4
_PAGE_BYTES = 4096
_OUR_TABLES = (b"CREATE TABLE procedure_notes", b"CREATE TABLE sop_items")
"""What pages behind the first one say of the tables, in each file of ours."""
_LOOKED_THROUGH = 64 * _PAGE_BYTES
_LARGEST = 2**31
"""Of what a damaged header says no more is believed."""
_BINARY = getattr(os, "O_BINARY", 0)

FileKey = tuple[int, int]
_connected: Counter[FileKey] = Counter()
_connected_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Header:
    """What the first look at a file says; `missing` counts the bytes cut off at its end.

    One of ours that no longer begins as any database does has no beginning.
    """

    is_writable: bool
    is_wal: bool
    missing: int = 0
    has_beginning: bool = True


@contextlib.contextmanager
def looking_at(path: Path, *, for_writing: bool) -> Iterator[tuple[Header, FileKey]]:
    """Look at a file that is about to be connected to; no other thread connects meanwhile.

    When the block ends well the file counts as connected to, until `forget` is called.

    Raises:
        UserError: `file_missing`, `file_is_folder`, `file_empty`, `file_unreadable`,
            `file_beside_taken` (what has the name of its journal is no file), `file_foreign` (no
            database), `file_foreign_database` (another program's), `file_damaged` (its header is
            cut off, or names a format that there is not).
    """
    with _connected_guard:
        key = _examine(path)
        if _connected[key]:
            yield Header(for_writing and _may_write(path), is_wal=False), key
        else:
            yield _read_header(path, for_writing), key
        _connected[key] += 1


def forget(key: FileKey) -> None:
    """Note that a connection to the file has been closed."""
    with _connected_guard:
        _connected[key] -= 1


def _examine(path: Path) -> FileKey:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UserError("file_missing", path=str(path)) from error
    except OSError as error:
        raise UserError("file_unreadable", path=str(path)) from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError("file_is_folder", path=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise UserError("file_foreign", path=str(path))
    if found.st_size == 0:
        raise UserError("file_empty", path=str(path))
    journal.refuse_what_is_no_file(path)
    return found.st_dev, found.st_ino


def _read_header(path: Path, for_writing: bool) -> Header:
    handle, is_writable = _open(path, for_writing)
    try:
        head = os.read(handle, _HEADER_BYTES)
        size = os.fstat(handle).st_size
        is_headless = not head.startswith(_MAGIC) and _is_ours_behind(handle, size)
    except OSError as error:
        raise UserError("file_unreadable", path=str(path)) from error
    finally:
        os.close(handle)
    if is_headless:
        return Header(is_writable=False, is_wal=False, has_beginning=False)
    if not head.startswith(_MAGIC):
        raise UserError("file_foreign", path=str(path))
    # Of a schema format that it does not know SQLite only says that something is wrong.
    if len(head) < _HEADER_BYTES or int.from_bytes(head[44:48], "big") > _LAST_SCHEMA_FORMAT:
        raise UserError("file_damaged", path=str(path))
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise UserError("file_foreign_database", path=str(path))
    return Header(
        is_writable and _may_make_files(path),
        is_wal=2 in head[18:20] or journal.has_wal(path),
        missing=max(0, _whole_size(head) - size),
    )


def _is_ours_behind(handle: int, size: int) -> bool:
    """Say whether the pages behind the first are those of an office file."""
    if size % _PAGE_BYTES:
        return False
    os.lseek(handle, _PAGE_BYTES, os.SEEK_SET)
    found = os.read(handle, _LOOKED_THROUGH)
    return any(words in found for words in _OUR_TABLES)


def _whole_size(head: bytes) -> int:
    """Return how many bytes the file has by its own word; 0 where that is none that can be."""
    page_bytes = int.from_bytes(head[16:18], "big")
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    whole = page_bytes * int.from_bytes(head[28:32], "big")
    return whole if whole <= _LARGEST else 0


def _open(path: Path, for_writing: bool) -> tuple[int, bool]:
    """Open for writing too where that is wanted and allowed."""
    if for_writing:
        with contextlib.suppress(OSError):
            return os.open(path, os.O_RDWR | _BINARY), True
    try:
        return os.open(path, os.O_RDONLY | _BINARY), False
    except OSError as error:
        raise UserError("file_unreadable", path=str(path)) from error


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and _may_make_files(path)


def _may_make_files(path: Path) -> bool:
    """Say whether the journal and the savelock can be made; only trying tells, on Windows."""
    try:
        make_probe(path)
    except OSError:
        return False
    return True


def make_probe(path: Path) -> None:
    """Make a file beside this one, with a name as long as any that stands there, and remove it.

    Raises:
        OSError: that cannot be done, and nothing is left.
    """
    lock = lock_path(path)
    probe = lock.with_name(f"{lock.name}-{new_id()}")
    os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    probe.unlink()
