"""The savelock is held by one at a time, and given up by the dead and the silent only."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from forked import Child, in_child, needs_fork

from sopdesk.foundation.faults import UserError
from sopdesk.storage import processes, savelock
from sopdesk.storage.savelock import held, lock_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(savelock, "_LOOK_SECONDS", 0.01)


def try_to_hold(path: Path) -> str:
    try:
        with held(path):
            return "held"
    except UserError as fault:
        return fault.code


def grow_old(lock: Path, seconds: float) -> None:
    found = lock.stat()
    os.utime(lock, (found.st_atime, found.st_mtime - seconds))


def test_the_lock_stands_beside_the_file_while_it_is_held(path: Path) -> None:
    with held(path):
        assert [found.name for found in path.parent.iterdir()] == [f".{path.name}.savelock"]

    assert list(path.parent.iterdir()) == []


def test_the_lock_goes_when_the_work_fails(path: Path) -> None:
    with pytest.raises(KeyError), held(path):
        raise KeyError

    assert list(path.parent.iterdir()) == []


def test_another_waits_and_then_says_that_it_is_locked(path: Path) -> None:
    with held(path):
        assert try_to_hold(path) == "file_locked"

    assert try_to_hold(path) == "held"


def test_another_goes_on_as_soon_as_the_lock_is_free(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 60)
    outcome: list[str] = []
    waiting = threading.Thread(target=lambda: outcome.append(try_to_hold(path)))
    with held(path):
        waiting.start()

    waiting.join(30)

    assert outcome == ["held"]


@needs_fork
def test_another_process_is_kept_out(path: Path) -> None:
    with held(path):
        assert in_child(try_to_hold, path) == "file_locked"


def hold_for_good(path: Path, holding: int) -> None:
    with held(path):
        os.write(holding, b"!")
        threading.Event().wait()


@needs_fork
def test_the_lock_of_a_dead_process_of_this_machine_is_broken_at_once(path: Path) -> None:
    told, holding = os.pipe()
    child = Child(hold_for_good, path, holding)
    os.read(told, 1)
    assert try_to_hold(path) == "file_locked"

    child.kill()

    assert lock_path(path).exists()
    assert try_to_hold(path) == "held"
    assert list(path.parent.iterdir()) == []


ELSEWHERE = b'{"host": "meja-lain", "pid": 1, "start": "x"}'


@pytest.mark.parametrize(
    ("token", "seconds"),
    [
        (ELSEWHERE, savelock.STALE_SECONDS),
        (b"", savelock.TORN_SECONDS),
        (ELSEWHERE[:20], savelock.TORN_SECONDS),
        (b"\xff", savelock.TORN_SECONDS),
        (b'{"host": "x", "pid": 1e999, "start": ""}', savelock.TORN_SECONDS),
        (b"[" * 50_000, savelock.TORN_SECONDS),
    ],
)
def test_a_lock_that_nobody_here_can_vouch_for_counts_until_it_is_old(
    path: Path, token: bytes, seconds: float
) -> None:
    lock_path(path).write_bytes(token)
    assert try_to_hold(path) == "file_locked"
    grow_old(lock_path(path), seconds - 3)
    assert try_to_hold(path) == "file_locked"

    grow_old(lock_path(path), 4)

    assert try_to_hold(path) == "held"
    assert list(path.parent.iterdir()) == []


def test_a_lock_of_far_ahead_was_left_by_a_clock_that_was_wrong(path: Path) -> None:
    lock_path(path).write_bytes(ELSEWHERE)
    grow_old(lock_path(path), -savelock.STALE_SECONDS + 3)
    assert try_to_hold(path) == "file_locked"

    grow_old(lock_path(path), -400_000_000)

    assert try_to_hold(path) == "held"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices among its files")
@pytest.mark.parametrize("kind", ["pipe", "device", "nothing", "folder"])
def test_what_is_no_file_in_the_locks_place_is_told_at_once(
    path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(savelock.time, "sleep", lambda seconds: pytest.fail("waited"))
    if kind == "pipe":
        os.mkfifo(lock_path(path))
    elif kind == "folder":
        lock_path(path).mkdir()
    else:
        lock_path(path).symlink_to("/dev/zero" if kind == "device" else "gone")

    assert try_to_hold(path) == "file_beside_taken"


def test_a_disk_that_takes_half_a_token_is_full(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, token: write(handle, token[:9]))

    assert try_to_hold(path) == "disk_full"
    assert list(path.parent.iterdir()) == []


def test_a_full_disk_where_nothing_can_be_removed_either_is_told_as_full(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_place: Path, missing_ok: bool = False) -> None:
        raise OSError("a scanner holds it")

    monkeypatch.setattr(os, "write", lambda _handle, _token: 0)
    monkeypatch.setattr(type(path), "unlink", refuse)
    assert try_to_hold(path) == "disk_full"


def test_a_holder_that_works_long_keeps_its_lock_fresh(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched = threading.Event()

    def note(lock: Path) -> None:
        assert lock == lock_path(path)
        touched.set()

    monkeypatch.setattr(savelock, "TOUCH_SECONDS", 0.01)
    monkeypatch.setattr(os, "utime", note)

    with held(path):
        assert touched.wait(30)


def test_who_was_thought_dead_while_writing_its_token_has_no_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def be_slow(handle: int, token: bytes) -> int:
        lock_path(path).unlink()
        lock_path(path).write_bytes(ELSEWHERE)
        return write(handle, token)

    monkeypatch.setattr(os, "write", be_slow)

    assert try_to_hold(path) == "file_locked"
    assert lock_path(path).read_bytes() == ELSEWHERE


def test_a_lock_taken_anew_since_it_was_judged_is_put_back(path: Path) -> None:
    lock = lock_path(path)
    lock.write_bytes(b"of another who came first")

    assert savelock._remove(lock, b"of the one that was judged") is False

    assert lock.read_bytes() == b"of another who came first"
    assert [found.name for found in path.parent.iterdir()] == [lock.name]


def test_a_holder_whose_lock_was_broken_leaves_the_next_ones_alone(path: Path) -> None:
    with held(path):
        lock_path(path).write_bytes(b"of the next")

    assert lock_path(path).read_bytes() == b"of the next"


def test_a_number_used_again_is_another_process() -> None:
    pid, start = processes.this_process()

    assert processes.started(pid) == start
    holder = savelock._holder(savelock._token())
    assert holder == (processes.this_host(), pid, start)
    assert processes.has_ended(*holder) is False
    assert processes.has_ended(*holder._replace(start="earlier")) is bool(start)


@needs_fork
def test_an_ended_process_has_no_start() -> None:
    child = Child(int)
    child.result()

    assert processes.started(child.pid) in ("", None)


def test_a_folder_that_is_gone_says_that_nothing_can_be_saved(tmp_path: Path) -> None:
    assert try_to_hold(tmp_path / "tidak" / "kantor.db") == "file_read_only"
