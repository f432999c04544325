"""Many open an old file at once and some die over it: it arrives, and its backups open."""

from __future__ import annotations

import random
import select
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from forked import Child, needs_fork
from office import clear, copy, make, numbered

from sopdesk.storage import copying, guard, migrations, opening, savelock
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from scaling import Scale

    from sopdesk.document.values import Sop

OPENERS = 4
LATER = """
CREATE TABLE forms (id INTEGER PRIMARY KEY, sop_id INTEGER NOT NULL REFERENCES sops (id));
INSERT INTO forms (sop_id) SELECT id FROM sops;
CREATE INDEX forms_by_sop ON forms (sop_id);
"""
"""What a later version does to a file of this one."""


def become_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be a later one, with one more migration."""
    version = migrations.VERSION + 1
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, LATER))
    for module in (migrations, guard, copying, opening):
        monkeypatch.setattr(module, "VERSION", version)


def load(path: Path, uuid: str) -> Sop:
    with open_file(path) as file:
        return file.load(uuid).sop


def open_at_once(path: Path, sop: Sop, chance: random.Random) -> None:
    """Let four open the file at once; kill some of them over it."""
    children = [Child(load, path, sop.uuid) for _ in range(OPENERS)]
    doomed = chance.sample(children, chance.randint(0, OPENERS - 1))
    for child in doomed:
        select.select([], [], [], chance.uniform(0, 0.02))
        child.kill()
    for child in children:
        if child not in doomed:
            assert child.result() == numbered(sop, 1)


def forms_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM forms").fetchone()
    return int(count)


@needs_fork
def test_migration(
    folder: Path, scale: Scale, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, path = folder / "asal.db", folder / "kantor.db"
    (sop,) = make(source)
    become_later(monkeypatch)
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 120.0)
    chance, runs, backups = random.Random(3), scale.count(300), 0

    for _ in range(runs):
        clear(path)
        copy(source, path)
        open_at_once(path, sop, chance)
        assert load(path, sop.uuid) == numbered(sop, 1)
        assert forms_in(path) == 1
        assert verify(path).is_sound
        for backup in Backups(path).list():
            backups += 1
            assert load(backup.path, sop.uuid) == numbered(sop, 1)

    tell("migration", runs=runs, opened_at_once=runs * OPENERS, arrived=runs, backups=backups)
    assert backups >= runs
