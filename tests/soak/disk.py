"""The disk as SQLite sees it, seen and disturbed: each call of its VFS passes through here.

The functions of the default VFS are wrapped in the process's own SQLite library, so the program
under test is the one that is shipped. What `strace` shows of system calls this shows without it,
and fast enough for every day.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CREATE, _MAIN_DB, _MAIN_JOURNAL = 0x4, 0x100, 0x800

_METHODS = (
    ("xClose", "v"), ("xRead", "vviq"), ("xWrite", "vviq"), ("xTruncate", "vq"), ("xSync", "vi"),
    ("xFileSize", "vv"), ("xLock", "vi"), ("xUnlock", "vi"), ("xCheckReservedLock", "vv"),
    ("xFileControl", "viv"), ("xSectorSize", "v"), ("xDeviceCharacteristics", "v"),
    ("xShmMap", "viiiv"), ("xShmLock", "viii"), ("xShmBarrier", "v"), ("xShmUnmap", "vi"),
    ("xFetch", "vqiv"), ("xUnfetch", "vqv"),
)  # fmt: skip
"""The methods of an open file in the order of `sqlite3_io_methods`, and what they are given."""

_TYPES = {"v": ctypes.c_void_p, "i": ctypes.c_int, "q": ctypes.c_longlong, "s": ctypes.c_char_p}


def _type(arguments: str) -> Any:
    return ctypes.CFUNCTYPE(ctypes.c_int, *(_TYPES[letter] for letter in arguments))


class _Methods(ctypes.Structure):
    _fields_ = [("iVersion", ctypes.c_int), *((name, ctypes.c_void_p) for name, _ in _METHODS)]


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("iVersion", ctypes.c_int), ("szOsFile", ctypes.c_int), ("mxPathname", ctypes.c_int),
        ("pNext", ctypes.c_void_p), ("zName", ctypes.c_char_p), ("pAppData", ctypes.c_void_p),
        ("xOpen", ctypes.c_void_p), ("xDelete", ctypes.c_void_p),
    ]  # fmt: skip


_OPEN = _type("vsviv")
_DELETE = _type("vsi")


class Event(NamedTuple):
    """What was done to a file: `create`, `write`, `truncate`, `sync`, `delete`, or `told`."""

    kind: str
    name: str = ""
    offset: int = 0
    data: bytes = b""


FAULTS = {
    "xOpen": (sqlite3.SQLITE_CANTOPEN,),
    "xRead": (sqlite3.SQLITE_IOERR_READ,),
    "xWrite": (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_FULL),
    "xSync": (sqlite3.SQLITE_IOERR_FSYNC,),
    "xDelete": (sqlite3.SQLITE_IOERR_DELETE,),
    "xLock": (sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_BUSY),
    "xFileSize": (sqlite3.SQLITE_IOERR_FSTAT,),
}
"""By call, the errors that SQLite makes of EACCES, EIO, ENOSPC, ENOLCK."""


class Disk:
    """What is written in `folder`, in order; and, if asked for, one call or all from it on fail."""

    def __init__(self, folder: str) -> None:
        self.events: list[Event] = []
        self.met = 0
        self._folder = folder.encode()
        self._calls = 0
        self._fault: tuple[str, int, int, bool] | None = None

    def fail(self, call: str, code: int, at: int, *, for_good: bool) -> None:
        """Let the `at`-th call of a kind fail from now on, or it and all after it."""
        self._fault, self._calls, self.met = (call, code, at, for_good), 0, 0

    def mend(self) -> None:
        """Let nothing fail any more."""
        self._fault = None

    def tell(self, text: str) -> None:
        """Note that something was said to the clerk at this moment."""
        self.events.append(Event("told", text))

    def is_ours(self, name: bytes | None) -> bool:
        """Say whether a file lies in the folder that is looked at."""
        return name is not None and name.startswith(self._folder)

    def answer(self, call: str) -> int:
        """Return the error of a call that is to fail, 0 for one that is not."""
        if self._fault is None or self._fault[0] != call:
            return 0
        self._calls += 1
        _, code, at, for_good = self._fault
        if self._calls == at or (for_good and self._calls > at):
            self.met += 1
            return code
        return 0

    def note(self, kind: str, name: bytes, offset: int = 0, data: bytes = b"") -> None:
        """Note what was done to a file."""
        self.events.append(Event(kind, os.path.basename(name).decode(), offset, data))


def _library() -> Any:
    """Return the SQLite library that Python itself uses, or skip the test that wants it."""
    name = ctypes.util.find_library("sqlite3")
    library = ctypes.CDLL(name) if name else None
    version = getattr(library, "sqlite3_libversion", None)
    if version is None:
        pytest.skip("Python's SQLite is no library of its own here")
    version.restype = ctypes.c_char_p
    if version().decode() != sqlite3.sqlite_version:
        pytest.skip("Python's SQLite is not the system's here")
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
    return library


@contextmanager
def watched(folder: object, vfs_name: str | None = None) -> Iterator[Disk]:
    """See and disturb what SQLite does to the files of a folder, in connections made meanwhile."""
    vfs = _library().sqlite3_vfs_find(vfs_name.encode() if vfs_name else None).contents
    disk = Disk(str(folder))
    shim = _Shim(vfs, disk)
    before = vfs.xOpen, vfs.xDelete
    vfs.xOpen, vfs.xDelete = shim.addresses()
    try:
        yield disk
    finally:
        vfs.xOpen, vfs.xDelete = before


_shims: list[_Shim] = []


class _Shim:
    """The wrapped functions; kept alive for good, since a file that is open may still call them."""

    def __init__(self, vfs: _Vfs, disk: Disk) -> None:
        _shims.append(self)
        self._disk = disk
        self._open, self._delete = _OPEN(vfs.xOpen), _DELETE(vfs.xDelete)
        self._callbacks = _OPEN(self._on_open), _DELETE(self._on_delete)
        self._names: dict[int, bytes] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept: list[object] = []

    def addresses(self) -> tuple[int, int]:
        first, second = (ctypes.cast(one, ctypes.c_void_p).value for one in self._callbacks)
        assert first is not None
        assert second is not None
        return first, second

    def _on_open(self, vfs: int, name: bytes | None, file: int, flags: int, out: int) -> int:
        if not self._disk.is_ours(name):
            return int(self._open(vfs, name, file, flags, out))
        assert name is not None
        if code := self._disk.answer("xOpen"):
            ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))[0] = None
            return code
        is_new = bool(flags & _CREATE) and not os.path.exists(name)
        code = int(self._open(vfs, name, file, flags, out))
        if code == 0 and flags & (_MAIN_DB | _MAIN_JOURNAL):
            if is_new:
                self._disk.note("create", name)
            self._names[file] = name
            place = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
            place[0] = ctypes.addressof(self._table(place[0]))
        return code

    def _on_delete(self, vfs: int, name: bytes, sync: int) -> int:
        if not self._disk.is_ours(name):
            return int(self._delete(vfs, name, sync))
        if code := self._disk.answer("xDelete"):
            return code
        code = int(self._delete(vfs, name, sync))
        if code == 0:
            self._disk.note("delete", name, sync)
        return code

    def _table(self, original: int) -> _Methods:
        """Return a copy of a table of methods in which those that matter are wrapped."""
        if original not in self._tables:
            table = _Methods.from_buffer_copy(_Methods.from_address(original))
            for name, arguments in _METHODS:
                if name in FAULTS or name == "xTruncate":
                    real = _type(arguments)(getattr(table, name))
                    wrapped = _type(arguments)(self._wrapped(name, real))
                    self._kept += [real, wrapped]
                    setattr(table, name, ctypes.cast(wrapped, ctypes.c_void_p).value)
            self._tables[original] = table
        return self._tables[original]

    def _wrapped(self, call: str, real: Any) -> Callable[..., int]:
        note = getattr(self, f"_note_{call[1:].lower()}", None)

        def wrapper(file: int, *arguments: Any) -> int:
            if code := self._disk.answer(call):
                return code
            code = int(real(file, *arguments))
            if code == 0 and note is not None:
                note(self._names[file], *arguments)
            return code

        return wrapper

    def _note_write(self, name: bytes, data: int, size: int, offset: int) -> None:
        self._disk.note("write", name, offset, ctypes.string_at(data, size))

    def _note_truncate(self, name: bytes, size: int) -> None:
        self._disk.note("truncate", name, size)

    def _note_sync(self, name: bytes, _flags: int) -> None:
        self._disk.note("sync", name)
