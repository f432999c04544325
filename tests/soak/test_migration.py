"""Many open a file of a released version at once and some die over it: it arrives as it was."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork
from office import copy

from sopdesk.foundation.faults import UserError
from sopdesk.storage import migrations, opening, savelock
from sopdesk.storage.backups import Backups
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify
from tests.storage.released.make import contents_of, file_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scaling import Scale
    from sqlite_utils import Database

    from sopdesk.document.values import Sop

OPENERS = 4
RELEASED = range(1, VERSION)

pytestmark = [needs_fork, pytest.mark.usefixtures("short_waits")]


def load(path: Path, *, writable: bool = True) -> list[Sop]:
    with open_file(path, writable=writable) as file:
        return [stored.sop for stored in file.load_all()]


def open_at_once(path: Path, sops: list[Sop], chance: random.Random) -> None:
    """Let four open the file at once; kill some of them over it."""
    children = [Child(load, path) for _ in range(OPENERS)]
    doomed = chance.sample(children, chance.randint(0, OPENERS - 1))
    for child in doomed:
        select.select([], [], [], chance.uniform(0, 0.02))
        child.kill()
    for child in children:
        if child not in doomed:
            assert child.result() == sops


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def assert_arrived(path: Path, sops: list[Sop], version: int) -> int:
    """Look that a file is of today's version with its SOPs; return how many backups it has."""
    assert load(path) == sops
    assert version_of(path) == VERSION
    assert verify(path).is_sound
    backups = Backups(path).list()
    for backup in backups:
        assert version_of(backup.path) == version
        assert load(backup.path, writable=False) == sops
    return len(backups)


def test_migration(
    folder: Path, scale: Scale, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "kantor.db"
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 120.0)
    chance, runs, backups = random.Random(3), scale.count(300), 0

    for run in range(runs):
        version = RELEASED[run % len(RELEASED)]
        sops = contents_of(version)[1][:-1]
        copy(file_of(version), path)
        open_at_once(path, sops, chance)
        backups += assert_arrived(path, sops, version)

    tell(
        old_versions=len(RELEASED), runs=runs, opened_at_once=runs * OPENERS, arrived=runs,
        backups=backups,
    )  # fmt: skip
    assert backups >= runs


def test_migration_control_without_a_transaction(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "kantor.db"
    monkeypatch.setattr(opening, "migrate", partial(migrate_and_die, path))
    stranded = 0

    for version in RELEASED:
        copy(file_of(version), path)
        assert "died" in Child(load, path).failure()
        with pytest.raises(UserError, match="file_altered"):
            load(path)
        stranded += 1

    tell("no transaction", kills=len(RELEASED), stranded=stranded)


def migrate_and_die(path: Path, database: Database) -> None:
    """Migrate as a script does that nobody has put into a transaction; die over the file itself."""
    (seen,) = database.execute("PRAGMA user_version").fetchone()
    (_, _, file) = database.execute("PRAGMA database_list").fetchone()
    for script in migrations.MIGRATIONS[seen:]:
        database.conn.executescript(script)
        if file == str(path):
            os.kill(os.getpid(), signal.SIGKILL)
    database.execute(f"PRAGMA user_version = {VERSION}")
