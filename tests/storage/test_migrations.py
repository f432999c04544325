"""A file of an older version arrives whole at this one, whoever opens it and however."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork
from neighbours import left_beside

import sopdesk
from sopdesk.document.values import Identity, Sop
from sopdesk.foundation.faults import UserError
from sopdesk.storage import backup_folder, copying, guard, migrations, opening
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database

VERSION = migrations.VERSION
LATER = VERSION + 1
MAIL = Sop(identity=Identity(title="Surat masuk"))
REBUILD = """
CREATE TABLE forms (id INTEGER PRIMARY KEY, sop_id INTEGER NOT NULL REFERENCES sops (id));
INSERT INTO forms (sop_id) SELECT id FROM sops;
ALTER TABLE units ADD COLUMN head TEXT NOT NULL DEFAULT '';
"""
ORPHAN = "CREATE TABLE forms (sop_id INTEGER REFERENCES sops (id)); INSERT INTO forms VALUES (77);"
HALF_WRONG = "CREATE TABLE forms (id INTEGER); DROP TABLE nowhere;"


@pytest.fixture
def old_file(path: Path) -> Path:
    with create(path) as file:
        file.add(MAIL)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE file SET made_by = '0.0.1'")
    return path


@pytest.fixture
def then(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the program be a later one, with one more migration."""

    def use(script: str) -> None:
        monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, script))
        for module in (migrations, guard, copying, opening):
            monkeypatch.setattr(module, "VERSION", LATER)

    return use


def facts(path: Path) -> tuple[object, ...]:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (made_by,) = connection.execute("SELECT made_by FROM file").fetchone()
        found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'forms'")
        return version, made_by, found.fetchone() is not None


def test_an_old_file_is_migrated_when_it_is_opened_to_write(
    old_file: Path, then: Callable[[str], None]
) -> None:
    then(REBUILD)

    with open_file(old_file) as file:
        assert file.load(MAIL.uuid).sop == MAIL
        assert file.save(MAIL, 1) == 2

    assert facts(old_file) == (LATER, sopdesk.__version__, True)
    open_file(old_file, writable=False).close()


def test_an_old_file_that_is_only_read_stays_as_it_is(
    old_file: Path, then: Callable[[str], None]
) -> None:
    before = old_file.read_bytes()
    then(REBUILD)

    with open_file(old_file, writable=False) as file:
        assert file.load(MAIL.uuid).sop == MAIL
        assert file._connection.execute("SELECT count(*) FROM forms").fetchone() == (1,)

    assert old_file.read_bytes() == before


@pytest.mark.parametrize("script", [ORPHAN, HALF_WRONG])
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    old_file: Path, then: Callable[[str], None], script: str
) -> None:
    then(script)

    with pytest.raises(sqlite3.Error):
        open_file(old_file)

    assert facts(old_file) == (VERSION, "0.0.1", False)
    assert [found.name for found in old_file.parent.iterdir()] == [old_file.name]


@needs_fork
def test_several_who_open_an_old_file_at_once_migrate_it_once(
    old_file: Path, then: Callable[[str], None]
) -> None:
    then(REBUILD)

    def open_and_load(path: Path) -> Sop:
        with open_file(path) as file:
            return file.load(MAIL.uuid).sop

    children = [Child(open_and_load, old_file) for _ in range(4)]

    assert [child.result() for child in children] == [MAIL] * 4
    with closing(sqlite3.connect(old_file)) as connection:
        assert connection.execute("SELECT count(*) FROM forms").fetchone() == (1,)
    assert [backup.reason for backup in Backups(old_file).list()] == ["migration"]
    assert left_beside(old_file) == []


def test_the_file_as_it_was_is_in_the_backups_and_can_be_restored(
    old_file: Path, then: Callable[[str], None]
) -> None:
    then(REBUILD)
    open_file(old_file).close()

    (backup,) = Backups(old_file).list()

    assert (backup.reason, backup.sops, backup.is_sound) == ("migration", 1, True)
    assert facts(backup.path) == (VERSION, "0.0.1", False)
    with open_file(old_file) as file:
        file.save(replace(MAIL, identity=Identity(title="Surat keluar")), 1)
        Backups(old_file).restore(backup)
        assert file.load(MAIL.uuid).sop == MAIL
    assert facts(old_file) == (LATER, sopdesk.__version__, True)
    assert facts(backup.path) == (VERSION, "0.0.1", False)


def test_without_a_backup_there_is_no_migration(
    old_file: Path, then: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_folder, "ROOM", 10**12)
    before = old_file.read_bytes()
    then(REBUILD)

    with pytest.raises(UserError, match="backup_no_room"):
        open_file(old_file)

    assert old_file.read_bytes() == before
    assert left_beside(old_file) == []


@needs_fork
@pytest.mark.parametrize("statements", [2, 4, 6, 8, 10])
def test_a_migration_that_is_killed_leaves_the_file_as_it_was(
    old_file: Path, then: Callable[[str], None], statements: int
) -> None:
    then(REBUILD)

    child = Child(migrate_and_die, old_file, statements)
    _, status = os.waitpid(child.pid, 0)
    assert os.WIFSIGNALED(status)

    (backup,) = Backups(old_file).list()
    assert facts(backup.path) == (VERSION, "0.0.1", False)
    with open_file(old_file) as file:
        assert file.load(MAIL.uuid).sop == MAIL
    assert facts(old_file) == (LATER, sopdesk.__version__, True)
    assert verify(old_file).is_sound
    assert left_beside(old_file) == []


def migrate_and_die(path: Path, statements: int) -> None:
    """Open the file, and die after so many statements of its migration, which reach the disk."""

    def migrate(database: Database) -> None:
        is_in_place = database.execute("PRAGMA database_list").fetchone()[2] == str(path)
        left = iter(range(statements))
        database.execute("PRAGMA cache_size = 1")
        if is_in_place:
            database.conn.set_trace_callback(
                lambda _: None if next(left, None) is not None else os.kill(os.getpid(), 9)
            )
        migrations.migrate(database)

    opening.migrate = migrate
    open_file(path)


def test_an_old_file_that_another_program_changed_is_not_migrated(
    old_file: Path, then: Callable[[str], None]
) -> None:
    with closing(sqlite3.connect(old_file)) as connection:
        connection.execute("CREATE TABLE mine (id INTEGER)")
    then(REBUILD)

    with pytest.raises(UserError, match="file_altered"):
        open_file(old_file)

    assert facts(old_file) == (VERSION, "0.0.1", False)
