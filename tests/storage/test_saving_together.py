"""Several processes save at once: each save is acknowledged, or is a conflict that is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork

from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import OfficeFile, create, open_file
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
