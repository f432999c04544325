"""A network share as two computers see it: each mounts the folder, and knows only its own locks.

A mount is a file system in user space (FUSE) that passes every call on to the folder; it speaks the
kernel's protocol itself. Locks are not passed on: the kernel keeps them for each mount by itself.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest
from forked import Child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LARGEST_REQUEST = 2**20
_MOST_WRITTEN = 2**17
_ROOT = 1
_PROTOCOL = 7, 31
_UNCACHED = 1
_DETACH = 2

_HEAD = struct.Struct("=IIQQIIII")
_ANSWER = struct.Struct("=IiQ")
_ATTRIBUTES = struct.Struct("=6Q10I")
_ENTRY = struct.Struct("=4Q2I")
_OPENED = struct.Struct("=QII")
_INIT = struct.Struct("=IIIIHHIIHHI28x")
_DIRENT = struct.Struct("=QQII")

_SIZE, _MTIME, _ATIME = 8, 32, 16
"""What a request to change a file's attributes wants changed."""

_SILENT = 2, 36, 42
"""Requests that want no answer: to forget a file, or many, and to interrupt another request."""


@contextmanager
def mounted_twice(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Mount a folder in two places that know nothing of each other's locks.

    Skips the test where that may not be done.
    """
    with ExitStack() as mounts:
        one, other = (folder.with_name(f"{folder.name}-{number}") for number in (1, 2))
        for place in (one, other):
            mounts.enter_context(_mounted(folder, place))
        yield one, other


@contextmanager
def _mounted(folder: Path, place: Path) -> Iterator[None]:
    place.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        device = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        pytest.skip("no file systems in user space here")
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    target = os.fsencode(place)
    if libc.mount(b"sopdesk", target, b"fuse", ctypes.c_ulong(0), options.encode()):
        os.close(device)
        pytest.skip("this user may not mount a file system")
    server = Child(_Server(folder, device).run)
    os.close(device)
    try:
        yield
    finally:
        libc.umount2(target, _DETACH)
        server.result()


class _Server:
    """Answers the kernel's requests; a file is known to it by the number of its inode plus one."""

    def __init__(self, folder: Path, device: int) -> None:
        self._device = device
        self._paths = {_ROOT: str(folder)}
        self._lists: dict[int, list[str]] = {}
        self._calls: dict[int, Callable[[int, bytes], bytes]] = {
            1: self._lookup, 3: self._attributes, 4: self._change, 9: self._make_folder,
            10: partial(self._remove, os.unlink), 11: partial(self._remove, os.rmdir),
            12: partial(self._rename, 8), 14: self._open, 15: self._read, 16: self._write,
            17: self._room, 18: self._close, 20: self._sync, 25: self._nothing, 26: self._begin,
            27: self._open_folder, 28: self._list, 29: self._nothing, 30: self._nothing,
            34: self._nothing, 35: self._create, 38: self._nothing,
            45: partial(self._rename, 16),
        }  # fmt: skip

    def run(self) -> None:
        """Answer until the folder is mounted no more."""
        while True:
            try:
                request = os.read(self._device, _LARGEST_REQUEST)
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return
                if error.errno in (errno.EINTR, errno.ENOENT):
                    continue
                raise
            _, call, unique, node, *_ = _HEAD.unpack_from(request)
            if call not in _SILENT:
                self._answer(unique, *self._result(call, node, request[_HEAD.size :]))

    def _result(self, call: int, node: int, body: bytes) -> tuple[int, bytes]:
        if call not in self._calls:
            return errno.ENOSYS, b""
        try:
            return 0, self._calls[call](node, body)
        except OSError as error:
            return error.errno or errno.EIO, b""

    def _answer(self, unique: int, error: int, body: bytes) -> None:
        os.write(self._device, _ANSWER.pack(_ANSWER.size + len(body), -error, unique) + body)

    def _begin(self, _node: int, _body: bytes) -> bytes:
        return _INIT.pack(*_PROTOCOL, 0, 0, 12, 9, _MOST_WRITTEN, 1, 0, 0, 0)

    def _nothing(self, _node: int, _body: bytes) -> bytes:
        return b""

    # Names

    def _path(self, node: int, name: bytes) -> str:
        return os.path.join(self._paths[node], os.fsdecode(name.split(b"\0")[0]))

    def _entry(self, path: str) -> bytes:
        found = os.lstat(path)
        node = found.st_ino + 1
        self._paths[node] = path
        return _ENTRY.pack(node, 0, 0, 0, 0, 0) + _attributes_of(found)

    def _lookup(self, node: int, body: bytes) -> bytes:
        return self._entry(self._path(node, body))

    def _make_folder(self, node: int, body: bytes) -> bytes:
        path = self._path(node, body[8:])
        os.mkdir(path, struct.unpack_from("=I", body)[0])
        return self._entry(path)

    def _remove(self, remove: Callable[[str], None], node: int, body: bytes) -> bytes:
        remove(self._path(node, body))
        return b""

    def _rename(self, start: int, node: int, body: bytes) -> bytes:
        (folder,) = struct.unpack_from("=Q", body)
        before, after, *_ = body[start:].split(b"\0")
        path = self._path(folder, after)
        os.rename(self._path(node, before), path)
        self._entry(path)
        return b""

    def _open_folder(self, node: int, _body: bytes) -> bytes:
        self._lists[node] = os.listdir(self._paths[node])
        return _OPENED.pack(0, 0, 0)

    def _list(self, node: int, body: bytes) -> bytes:
        _, start, size = struct.unpack_from("=QQI", body)
        found = b""
        for place, name in enumerate(self._lists[node][start:], start + 1):
            raw = os.fsencode(name)
            one = _DIRENT.pack(1, place, len(raw), 0) + raw + bytes(-len(raw) % 8)
            if len(found) + len(one) > size:
                break
            found += one
        return found

    # What is in a file

    def _open(self, node: int, body: bytes) -> bytes:
        (flags,) = struct.unpack_from("=I", body)
        return _OPENED.pack(os.open(self._paths[node], flags & ~os.O_CREAT), _UNCACHED, 0)

    def _create(self, node: int, body: bytes) -> bytes:
        flags, mode = struct.unpack_from("=II", body)
        path = self._path(node, body[16:])
        handle = os.open(path, flags | os.O_CREAT, mode)
        return self._entry(path) + _OPENED.pack(handle, _UNCACHED, 0)

    def _read(self, _node: int, body: bytes) -> bytes:
        handle, place, size = struct.unpack_from("=QQI", body)
        return os.pread(handle, size, place)

    def _write(self, _node: int, body: bytes) -> bytes:
        handle, place, size = struct.unpack_from("=QQI", body)
        return struct.pack("=II", os.pwrite(handle, body[40 : 40 + size], place), 0)

    def _sync(self, _node: int, body: bytes) -> bytes:
        os.fsync(struct.unpack_from("=Q", body)[0])
        return b""

    def _close(self, _node: int, body: bytes) -> bytes:
        os.close(struct.unpack_from("=Q", body)[0])
        return b""

    # What is told of a file

    def _attributes(self, node: int, body: bytes) -> bytes:
        flags, _, handle = struct.unpack_from("=IIQ", body)
        found = os.fstat(handle) if flags else os.lstat(self._paths[node])
        return struct.pack("=QII", 0, 0, 0) + _attributes_of(found)

    def _change(self, node: int, body: bytes) -> bytes:
        wanted, _, _handle, size = struct.unpack_from("=IIQQ", body)
        path = self._paths[node]
        if wanted & _SIZE:
            os.truncate(path, size)
        if wanted & (_MTIME | _ATIME):
            os.utime(path)
        return struct.pack("=QII", 0, 0, 0) + _attributes_of(os.lstat(path))

    def _room(self, node: int, _body: bytes) -> bytes:
        found = os.statvfs(self._paths[node])
        return struct.pack(
            "=5Q4I24x", found.f_blocks, found.f_bfree, found.f_bavail, found.f_files,
            found.f_ffree, found.f_bsize, found.f_namemax, found.f_frsize, 0,
        )  # fmt: skip


def _attributes_of(found: os.stat_result) -> bytes:
    times = found.st_atime_ns, found.st_mtime_ns, found.st_ctime_ns
    return _ATTRIBUTES.pack(
        found.st_ino, found.st_size, found.st_blocks, *(time // 10**9 for time in times),
        *(time % 10**9 for time in times), found.st_mode, found.st_nlink, found.st_uid,
        found.st_gid, 0, found.st_blksize, 0,
    )  # fmt: skip
