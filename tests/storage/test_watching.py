"""Another's save is noticed once, a file that is gone is told apart from one that is replaced."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Sop
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import OfficeFile, open_file
from sopdesk.storage.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def watch(file: OfficeFile) -> Iterator[Watch]:
    with closing(Watch(file)) as begun:
        yield begun


def test_nothing_has_changed_at_first(watch: Watch) -> None:
    assert not watch.has_changed()
    assert watch.is_there()
    assert not watch.is_replaced()


def test_anothers_save_is_noticed_once(file: OfficeFile, watch: Watch) -> None:
    with open_file(file.path) as other:
        for _ in range(3):
            other.add(Sop())
            assert watch.has_changed()
            assert not watch.has_changed()


def test_a_restored_backup_is_noticed(file: OfficeFile, watch: Watch) -> None:
    shelf = Backups(file.path)
    backup = shelf.make("merge")
    file.add(Sop())
    assert watch.has_changed()

    shelf.restore(backup)

    assert watch.has_changed()
    assert not watch.is_replaced()
    assert file.entries() == []


def test_a_save_under_way_is_not_waited_for_and_noticed_when_it_is_done(
    file: OfficeFile, watch: Watch
) -> None:
    with closing(sqlite3.connect(file.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE file SET saved_at = saved_at || ' '")
        assert watch._connection is not None
        assert watch._connection.execute("PRAGMA busy_timeout").fetchone() == (0,)
        assert not watch.has_changed()
        other.execute("COMMIT")
    assert watch.has_changed()


def test_a_file_that_is_gone_has_not_changed_and_is_noticed_when_it_is_back(
    file: OfficeFile, watch: Watch
) -> None:
    away = file.path.with_name("away.db")
    file.path.rename(away)
    assert not watch.is_there()
    assert not watch.is_replaced()
    assert not watch.has_changed()

    away.rename(file.path)

    assert watch.is_there()
    assert not watch.is_replaced()


def test_another_file_in_its_place_is_told_apart(file: OfficeFile, watch: Watch) -> None:
    other = file.path.with_name("other.db")
    shutil.copyfile(file.path, other)
    other.replace(file.path)

    assert watch.has_changed()
    assert watch.is_there()
    assert watch.is_replaced()


def test_a_connection_that_broke_is_made_anew_and_counts_as_a_change(
    file: OfficeFile, watch: Watch
) -> None:
    class Broken:
        def execute(self, _: str) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        def close(self) -> None:
            pass

    watch.close()
    watch._connection = Broken()  # type: ignore[assignment]
    assert not watch.has_changed()
    assert watch.has_changed()
    assert not watch.has_changed()
