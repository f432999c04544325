"""The mutex of a save: a small file beside the office file, made with an exclusive create.

It is the layer that holds where a network share drops SQLite's locks silently. Whoever holds it
writes a token into it (machine, process, its start) and touches it now and then. It is broken at
once when its process was one of this machine and has died; else when nobody has touched it for
long, by the clock of the file's server.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import stat
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.ids import new_id
from sopdesk.foundation.atomic import FULL
from sopdesk.foundation.faults import UserError
from sopdesk.storage import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WAIT_SECONDS = 15.0
TOUCH_SECONDS = 10.0
STALE_SECONDS = 120.0
TORN_SECONDS = 5.0
"""After so long a lock without a whole token is stale: its maker died before writing it."""

_LARGEST_TOKEN = 4096
_PAUSE_SECONDS = 0.03
_LOOK_SECONDS = 1.0


def lock_path(path: Path) -> Path:
    """Return where the savelock of the office file at `path` stands while somebody saves."""
    return path.with_name(f".{path.name}.savelock")


@contextlib.contextmanager
def held(path: Path) -> Iterator[Callable[[], bool]]:
    """Hold the savelock of the office file at `path`; not to be nested.

    Yields:
        What says whether it is still held: who slept for long has been thought dead.

    Raises:
        UserError: `file_locked` (another held it all the while), `file_read_only` (the folder takes
            no files), `file_beside_taken` (what has the lock's name is no file), `disk_full`.
    """
    lock = lock_path(path)
    token = _token()
    _take(lock, token, path)
    done = threading.Event()
    toucher = threading.Thread(target=_keep_touching, args=(lock, done), daemon=True)
    try:
        toucher.start()
        yield lambda: _is_ours(lock, token)
    finally:
        done.set()
        if toucher.ident is not None:
            toucher.join()
        _release(lock, token)


def is_held(path: Path) -> bool:
    """Say whether somebody saves just now; who died over it on another machine counts as doing so.

    It is for who may not write beside the file, and cannot ask the server's clock.
    """
    try:
        holder = _holder(_token_in(lock_path(path)))
    except OSError:
        return False
    return holder is None or not processes.has_ended(*holder)


def _token() -> bytes:
    pid, start = processes.this_process()
    holder = {"host": processes.this_host(), "pid": pid, "start": start, "id": new_id()}
    return json.dumps(holder).encode()


def _take(lock: Path, token: bytes, path: Path) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    next_look = 0.0
    while True:
        if _create(lock, token, path):
            return
        now = time.monotonic()
        if now >= deadline:
            raise UserError(
                "file_locked" if os.path.lexists(lock) else "file_read_only", path=str(path)
            )
        if now >= next_look:
            next_look = now + _LOOK_SECONDS
            if _break_if_abandoned(lock):
                continue
        time.sleep(_PAUSE_SECONDS * random.uniform(0.5, 1.5))


def _create(lock: Path, token: bytes, path: Path) -> bool:
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    except FileExistsError:
        _refuse_what_is_no_file(lock, path)
        return False
    except OSError as error:
        if error.errno in FULL:
            raise UserError("disk_full", path=str(path)) from error
        _refuse_what_is_no_file(lock, path)
        if os.name == "nt" and isinstance(error, PermissionError):
            return False  # Windows says so too while another removes the lock
        raise UserError("file_read_only", path=str(path)) from error
    try:
        if os.write(handle, token) < len(token):
            raise OSError(errno.ENOSPC, "half a token", str(lock))
    except OSError as error:
        os.close(handle)
        with contextlib.suppress(OSError):  # what is left of it is stale in moments
            lock.unlink()
        raise UserError("disk_full", path=str(path)) from error
    os.close(handle)
    return _is_ours(lock, token)


def _refuse_what_is_no_file(lock: Path, path: Path) -> None:
    """Tell at once what nobody will ever remove: no session puts a folder or a link there."""
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(lock.lstat().st_mode):
            raise UserError("file_beside_taken", path=str(path), beside=lock.name)


def _is_ours(lock: Path, token: bytes) -> bool:
    """Say whether the token stands there: another may have thought us dead while we wrote it."""
    try:
        return lock.read_bytes() == token
    except FileNotFoundError:
        return False
    except OSError:
        return True  # it was written, and reading it is only disturbed


def _keep_touching(lock: Path, done: threading.Event) -> None:
    while not done.wait(TOUCH_SECONDS):
        with contextlib.suppress(OSError):
            os.utime(lock)


def _release(lock: Path, token: bytes) -> None:
    """Remove our lock; leave another's, which stands there if ours was broken."""
    for _ in range(20):
        try:
            if lock.read_bytes() == token:
                lock.unlink()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(_PAUSE_SECONDS)  # Windows: another is just reading it
        else:
            return


def _break_if_abandoned(lock: Path) -> bool:
    """Remove the lock if its holder is gone; say whether it was removed."""
    try:
        token = _token_in(lock)
        holder = _holder(token)
        is_abandoned = (
            _is_silent(lock, TORN_SECONDS)
            if holder is None
            else processes.has_ended(*holder) or _is_silent(lock, STALE_SECONDS)
        )
    except OSError:
        return False
    return is_abandoned and _remove(lock, token)


def _token_in(lock: Path) -> bytes:
    """Return what stands in a lock.

    Raises:
        OSError: it cannot be read, or is no file: a pipe or a link to a device might never end.
    """
    if not stat.S_ISREG(lock.lstat().st_mode):
        raise OSError(f"no file: {lock}")
    with open(lock, "rb") as stream:
        return stream.read(_LARGEST_TOKEN)


class _Holder(NamedTuple):
    host: str
    pid: int
    start: str


def _holder(token: bytes) -> _Holder | None:
    """Read a token; None where it is not, or not wholly, written."""
    try:
        facts = json.loads(token)
        return _Holder(str(facts["host"]), int(facts["pid"]), str(facts["start"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _is_silent(lock: Path, seconds: float) -> bool:
    """Say whether nobody has touched the lock for so long.

    A touch of far ahead is none: the clock was wrong then, as on the machine that a flash disk
    comes from, and waiting for that time could take years.
    """
    age = _age_seconds(lock)
    return age > seconds or age < -STALE_SECONDS


def _age_seconds(lock: Path) -> float:
    """Return the time since the last touch by the clock that stamps both: the server's."""
    probe = lock.with_name(f"{lock.name}-{new_id()}")
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        return probe.stat().st_mtime - lock.stat().st_mtime
    finally:
        probe.unlink(missing_ok=True)


def _remove(lock: Path, token: bytes) -> bool:
    """Take the lock away by renaming it, then look whether it is the one that was judged.

    Between judging and renaming another may have broken it and taken it anew: then it is put back.
    """
    aside = lock.with_name(f"{lock.name}-{new_id()}")
    try:
        os.rename(lock, aside)
        found = _token_in(aside)
        if found != token:
            with contextlib.suppress(FileExistsError):
                handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
                os.write(handle, found)
                os.close(handle)
        aside.unlink()
    except OSError:
        return False
    return found == token
