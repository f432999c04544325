"""A disk that fails during a save leaves the earlier revision whole and one clear sentence."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from forked import in_child, needs_fork
from neighbours import left_beside

from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage import changes, changing, connecting, guard
from sopdesk.storage.connecting import reading
from sopdesk.storage.office_file import OfficeFile, create, open_file
from sopdesk.storage.opened import Opened
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Sop(identity=Identity(title="Surat masuk"))
STEPS = tuple(Step(activity=f"Menerima surat ke-{number}. " * 40) for number in range(200))
LARGE = replace(SMALL, procedures=(Procedure(steps=STEPS),))


def assert_unchanged(file: OfficeFile) -> None:
    assert file.load(SMALL.uuid).sop == SMALL
    assert [revision.rev for revision in file.revisions(SMALL.uuid)] == [1]
    assert left_beside(file.path) == []
    assert verify(file.path).is_sound


def test_a_full_disk_leaves_the_old_revision(file: OfficeFile) -> None:
    rev = file.add(SMALL)
    writing = file._opened.database()
    (pages,) = writing.execute("PRAGMA page_count").fetchone()
    writing.execute(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(UserError, match="disk_full"):
        file.save(LARGE, rev)

    assert_unchanged(file)
    assert file.save(LARGE, rev) == rev + 1
    assert file.load(SMALL.uuid).sop == LARGE


def save_within(path: Path, room: int) -> str:
    """Save while no file may grow beyond the office file's size and so many bytes."""
    import resource

    with open_file(path) as file:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, hard))
        try:
            file.save(LARGE, 1)
        except UserError as fault:
            assert left_beside(path) == []
            return fault.code
        return "saved"


@needs_fork
@pytest.mark.parametrize("room", [0, 100, 4096, 20_000])
def test_a_file_that_cannot_grow_leaves_the_old_revision_and_nothing_beside_it(
    file: OfficeFile, room: int
) -> None:
    file.add(SMALL)

    assert in_child(save_within, file.path, room) == "disk_full"

    assert_unchanged(file)


def verify_within(path: Path, most_bytes: int) -> str:
    """Read a file whose save was cut off while no file may be longer than so many bytes."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        verify(path)
    except UserError as fault:
        return fault.code
    return "read"


@needs_fork
@pytest.mark.parametrize("most_bytes", [0, 100, 20_000])
def test_a_file_is_not_called_unwritten_where_only_its_copy_finds_no_room(
    path: Path, most_bytes: int
) -> None:
    cut_off(path)

    assert in_child(verify_within, path, most_bytes) == "copy_no_room"
    assert in_child(verify_within, path, 10_000_000) == "read"


def cut_off(path: Path) -> None:
    """Leave a file as a process leaves it that dies while it writes."""
    with create(path) as file:
        file.add(SMALL)
    copy = path.with_name("copy.db")
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE sops SET title = hex(randomblob(200000))")
        shutil.copy(path, copy)
        shutil.copy(f"{path}-journal", f"{copy}-journal")
        connection.execute("ROLLBACK")
    connection.close()
    copy.replace(path)
    os.rename(f"{copy}-journal", f"{path}-journal")


def create_within(path: Path, room: int) -> str:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        create(path)
    except UserError as fault:
        return fault.code
    return "made"


@needs_fork
@pytest.mark.parametrize("room", [0, 100, 20_000])
def test_a_new_file_that_finds_no_room_is_not_left_behind(path: Path, room: int) -> None:
    assert in_child(create_within, path, room) in ("disk_full", "file_disturbed")

    assert list(path.parent.iterdir()) == []


def test_a_savelock_that_finds_no_room_says_that_the_disk_is_full(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(SMALL)

    def refuse(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(UserError, match="disk_full"):
        file.save(LARGE, 1)
    monkeypatch.undo()

    assert_unchanged(file)


class Faulty:
    """A database whose commit reports a fault, before it happened or after."""

    def __init__(self, database: object, has_happened: bool) -> None:
        self._database = database
        self._has_happened = has_happened

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)

    def commit(self) -> None:
        if self._has_happened:
            self._database.commit()  # type: ignore[attr-defined]
        fault = sqlite3.OperationalError("disk I/O error")
        fault.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise fault


def test_a_fault_that_comes_after_the_commit_is_a_save(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    rev = file.add(SMALL)
    faulty = Faulty(file._opened.database(), has_happened=True)
    monkeypatch.setattr(Opened, "database", lambda opened: faulty)

    assert file.save(LARGE, rev) == rev + 1

    assert file.load(SMALL.uuid).sop == LARGE


def test_a_fault_that_comes_before_the_commit_is_none(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    rev = file.add(SMALL)
    faulty = Faulty(file._opened.database(), has_happened=False)
    monkeypatch.setattr(Opened, "database", lambda opened: faulty)

    with pytest.raises(UserError, match="file_disturbed"):
        file.save(LARGE, rev)

    assert_unchanged(file)


def test_a_commit_that_cannot_be_found_again_is_not_believed(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    rev = file.add(SMALL)
    monkeypatch.setattr(changing, "_has_arrived", lambda opened, change: False)

    with pytest.raises(UserError, match="save_lost"):
        file.save(LARGE, rev)


def test_a_value_that_does_not_read_back_is_not_saved(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    rev = file.add(SMALL)
    monkeypatch.setattr(changes, "sha256", lambda sop: "0" * 64)

    with pytest.raises(RuntimeError, match="read back"):
        file.save(LARGE, rev)

    monkeypatch.undo()
    assert_unchanged(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file where it is")
@pytest.mark.parametrize("replaced", [False, True])
def test_a_save_into_a_file_that_is_no_longer_there_is_refused(
    file: OfficeFile, replaced: bool
) -> None:
    # Its bytes would go where nobody finds them again.
    rev = file.add(SMALL)
    elsewhere = file.path.with_name("dipindah.db")
    file.path.rename(elsewhere)
    if replaced:
        shutil.copy(elsewhere, file.path)

    with pytest.raises(UserError, match="file_moved"):
        file.save(LARGE, rev)

    elsewhere.replace(file.path)
    assert_unchanged(file)
    assert file.save(LARGE, rev) == rev + 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file where it is")
@pytest.mark.parametrize("replaced", [False, True])
def test_the_first_change_of_a_large_file_that_is_no_longer_there_is_refused(
    file: OfficeFile, replaced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rev = file.add(SMALL)
    elsewhere = file.path.with_name("dipindah.db")
    monkeypatch.setattr(guard, "SMALL_BYTES", 0)
    with open_file(file.path) as large:
        file.path.rename(elsewhere)
        if replaced:
            shutil.copy(elsewhere, file.path)
        before = file.path.read_bytes() if replaced else None

        with pytest.raises(UserError, match="file_moved"):
            large.save(LARGE, rev)

    assert (file.path.read_bytes() if replaced else None) == before
    elsewhere.replace(file.path)
    assert_unchanged(file)


def test_a_reader_in_the_way_makes_a_save_say_that_the_file_is_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    with create(path) as file, open_file(path, writable=False) as reader:
        file.add(SMALL)
        with reading(reader._connection) as connection:
            connection.execute("SELECT * FROM sops").fetchall()
            with pytest.raises(UserError, match="file_locked"):
                file.save(LARGE, 1)

        assert_unchanged(file)
        assert file.save(LARGE, 1) == 2
