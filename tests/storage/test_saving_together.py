"""Several processes save at once, or die while saving: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import random
import select
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork
from neighbours import left_beside

from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage import connecting, savelock
from sopdesk.storage.office_file import OfficeFile, create, open_file
from sopdesk.storage.savelock import lock_path
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_fork

STEPS = tuple(Step(activity=f"Menerima surat ke-{number}. " * 5) for number in range(20))


def sop_named(title: str) -> Sop:
    return Sop(identity=Identity(title=title), procedures=(Procedure(steps=STEPS),))


def retitled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


def save_many(path: Path, uuid: str, name: str, count: int) -> tuple[list[str], int]:
    """Save an SOP so often under new titles; return those acknowledged, and count conflicts."""
    acknowledged: list[str] = []
    conflicts = 0
    with open_file(path) as file:
        while len(acknowledged) < count:
            stored = file.load(uuid)
            title = f"{name} {len(acknowledged)}"
            try:
                file.save(retitled(stored.sop, title), stored.rev)
            except UserError as fault:
                if fault.code != "save_conflict":
                    raise
                conflicts += 1
            else:
                acknowledged.append(title)
    return acknowledged, conflicts


def test_two_processes_save_different_sops_without_a_conflict(file: OfficeFile) -> None:
    sops = [sop_named("satu"), sop_named("dua")]
    for sop in sops:
        file.add(sop)

    children = [Child(save_many, file.path, sop.uuid, sop.identity.title, 12) for sop in sops]
    outcomes = [child.result() for child in children]

    assert [conflicts for _, conflicts in outcomes] == [0, 0]
    for sop, (titles, _) in zip(sops, outcomes, strict=True):
        stored = file.load(sop.uuid)
        assert (stored.rev, stored.sop.identity.title) == (13, titles[-1])


def test_two_processes_save_one_sop_and_every_save_is_acknowledged_or_a_conflict(
    file: OfficeFile,
) -> None:
    sop = sop_named("bersama")
    file.add(sop)

    children = [Child(save_many, file.path, sop.uuid, name, 9) for name in ("kiri", "kanan")]
    outcomes = [child.result() for child in children]

    acknowledged = {title for titles, _ in outcomes for title in titles}
    kept = {revision.title for revision in file.revisions(sop.uuid)}
    assert file.load(sop.uuid).rev == 1 + len(acknowledged)
    assert kept == acknowledged | {"bersama"}
    assert verify(file.path).is_sound


def save_and_tell(path: Path, uuid: str, telling: int) -> None:
    """Save without end, telling the number of each save that was acknowledged."""
    with open_file(path) as file:
        stored = file.load(uuid)
        rev = stored.rev
        while True:
            rev = file.save(retitled(stored.sop, f"ke-{rev + 1}"), rev)
            os.write(telling, rev.to_bytes(4, "big"))


def test_killing_a_process_while_it_saves_loses_nothing_acknowledged(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Some die between making the lock and writing the token: that is no reason to wait here.
    monkeypatch.setattr(savelock, "TORN_SECONDS", 0.05)
    monkeypatch.setattr(savelock, "_LOOK_SECONDS", 0.02)
    sop = sop_named("ke-1")
    file.add(sop)
    chance = random.Random(7)
    left_locked = 0

    for _ in range(40):
        hearing, telling = os.pipe()
        child = Child(save_and_tell, file.path, sop.uuid, telling)
        os.close(telling)
        last = os.read(hearing, 4)
        select.select([], [], [], chance.uniform(0, 0.02))
        child.kill()
        while heard := os.read(hearing, 4):
            last = heard
        os.close(hearing)
        left_locked += lock_path(file.path).exists()

        found = verify(file.path)
        assert found.is_sound, found.faults
        with open_file(file.path) as opened:
            stored = opened.load(sop.uuid)
            assert stored.rev >= int.from_bytes(last, "big")
            assert stored.sop.identity.title == f"ke-{stored.rev}"
            opened.save(retitled(sop, f"ke-{stored.rev + 1}"), stored.rev)

    assert left_locked > 0, "no process was killed while it saved"
    assert left_beside(file.path) == []


def save_when_told(path: Path, sop: Sop, opened: int, go: int, count: int) -> int:
    with open_file(path) as file:
        os.write(opened, b"!")
        os.read(go, 1)
        rev = 1
        for number in range(count):
            rev = file.save(retitled(sop, f"{sop.identity.title} {number}"), rev)
        return rev


def test_the_savelock_holds_where_a_share_drops_sqlites_locks(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    sops = [sop_named("satu"), sop_named("dua")]
    for sop in sops:
        file.add(sop)
    path = file.path
    file.close()
    address = connecting.uri_of
    monkeypatch.setattr(
        connecting, "uri_of", lambda path, mode: f"{address(path, mode)}&vfs=unix-none"
    )
    told, opened = os.pipe()
    waiting, go = os.pipe()

    children = [Child(save_when_told, path, sop, opened, waiting, 25) for sop in sops]
    for _ in sops:
        os.read(told, 1)
    os.write(go, b"!!")

    assert [child.result() for child in children] == [26, 26]
    monkeypatch.undo()
    found = verify(path)
    assert (found.faults, found.sops) == ((), 2)
    for end in (told, opened, waiting, go):
        os.close(end)


@pytest.mark.parametrize("made_at_once", [3])
def test_one_of_many_who_make_the_same_file_gets_it(path: Path, made_at_once: int) -> None:
    children = [Child(make_or_refuse, path, number) for number in range(made_at_once)]
    outcomes = [child.result() for child in children]

    assert sorted(outcomes) == ["file_exists"] * (made_at_once - 1) + ["made"]
    with open_file(path) as file:
        assert len(file.entries()) == 1


def make_or_refuse(path: Path, number: int) -> str:
    try:
        with create(path) as file:
            file.add(sop_named(str(number)))
    except UserError as fault:
        return fault.code
    return "made"
