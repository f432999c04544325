"""Many open a file of a released version at once and some die over it: it arrives as it was."""

from __future__ import annotations

import random
import select
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from forked import Child, needs_fork
from office import clear, copy

from sopdesk.storage import savelock
from sopdesk.storage.backups import Backups
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify
from tests.storage.released.make import contents_of, file_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from scaling import Scale

    from sopdesk.document.values import Sop

OPENERS = 4
RELEASED = range(1, VERSION)


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


@needs_fork
def test_migration(
    folder: Path, scale: Scale, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "kantor.db"
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 120.0)
    chance, runs, backups = random.Random(3), scale.count(300), 0

    for run in range(runs):
        version = RELEASED[run % len(RELEASED)]
        sops = contents_of(version)[1][:-1]
        clear(path)
        copy(file_of(version), path)
        open_at_once(path, sops, chance)
        assert load(path) == sops
        assert version_of(path) == VERSION
        assert verify(path).is_sound
        for backup in Backups(path).list():
            backups += 1
            assert version_of(backup.path) == version
            assert load(backup.path, writable=False) == sops

    tell("migration", runs=runs, opened_at_once=runs * OPENERS, arrived=runs, backups=backups)
    assert backups >= runs
