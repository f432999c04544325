"""Another program puts the file into WAL mode while it is open here: saving goes on, in our mode.

In WAL mode every connection holds the file as long as it is open, so that each of ours must let go.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork

from sopdesk.document.values import Sop
from sopdesk.storage.office_file import OfficeFile, open_file
from sopdesk.storage.watching import Watch

if TYPE_CHECKING:
    from pathlib import Path

OURS, THEIRS = b"\x01\x01", b"\x02\x02"


def mode(path: Path) -> bytes:
    return path.read_bytes()[18:20]


def put_into_wal_mode(path: Path) -> None:
    """Do it in another process: SQLite's locks are told apart by process."""

    def change() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("UPDATE file SET made_by = 'WAL'")

    Child(change).result()
    assert mode(path) == THEIRS


@pytest.fixture
def saved(file: OfficeFile) -> OfficeFile:
    """A file that has been saved into: the connection that writes believes in our mode."""
    file.add(Sop())
    return file


@needs_fork
def test_each_save_is_in_our_mode(saved: OfficeFile) -> None:
    put_into_wal_mode(saved.path)

    for count in (2, 3):
        saved.add(Sop())
        assert Child(mode, saved.path).result() == OURS
        assert len(saved.entries()) == count


@needs_fork
def test_who_reads_in_another_process_keeps_nobody_from_saving(saved: OfficeFile) -> None:
    put_into_wal_mode(saved.path)
    assert len(saved.entries()) == 1

    def save() -> None:
        with open_file(saved.path) as file:
            file.add(Sop())

    Child(save).result()

    assert len(saved.entries()) == 2


@needs_fork
def test_who_watches_keeps_nobody_from_saving(saved: OfficeFile) -> None:
    with closing(Watch(saved)) as watch:
        put_into_wal_mode(saved.path)
        assert watch.has_changed()

        saved.add(Sop())

        assert Child(mode, saved.path).result() == OURS
        assert watch.has_changed()
        assert not watch.has_changed()


def test_what_another_file_has_left_in_wal_mode_is_cleared_away(
    path: Path, saved: OfficeFile
) -> None:
    saved.close()
    left = path.with_name(f"{path.name}-wal")
    left.write_bytes(b"left of another" * 500)

    with open_file(path) as file:
        file.add(Sop())
        assert len(file.entries()) == 2

    assert not left.exists()
