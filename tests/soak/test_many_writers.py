"""Many processes save at once: every save is acknowledged or shown as a conflict."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from forked import Child, needs_fork
from office import make, retitled
from unprotected import without_turns

from sopdesk.foundation.faults import UserError
from sopdesk.storage import connecting, revisions, savelock
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from scaling import Scale

WRITERS = 8
SOPS = 12
EDITS_OF_THE_CONTROL = 160


class Outcome(NamedTuple):
    """The saves of a writer that were acknowledged, as (uuid, rev, title), and what else it saw."""

    acknowledged: list[tuple[str, int, str]]
    faults: Counter[str]


def edit(path: Path, name: str, edits: int) -> Outcome:
    """Change SOPs at random, each as it is when it is loaded."""
    chance, outcome = random.Random(name), Outcome([], Counter())
    with open_file(path) as file:
        uuids = [entry.uuid for entry in file.entries()]
        for number in range(edits):
            try:
                stored = file.load(chance.choice(uuids))
                title = f"{name} {number}"
                rev = file.save(retitled(stored.sop, title), stored.rev)
            except UserError as fault:
                outcome.faults[fault.code] += 1
            else:
                outcome.acknowledged.append((stored.sop.uuid, rev, title))
    return outcome


def edited_by_all(path: Path, edits: int) -> list[Outcome]:
    """Let every writer make so many edits, all at once."""
    children = [Child(edit, path, f"juru {number}", edits) for number in range(WRITERS)]
    return [child.result() for child in children]


def faults_in(outcomes: list[Outcome]) -> Counter[str]:
    return sum((found.faults for found in outcomes), Counter[str]())


@needs_fork
def test_many_writers(
    folder: Path, scale: Scale, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "KEPT_NEWEST", 10_000)
    for module, name in ((connecting, "BUSY_SECONDS"), (savelock, "WAIT_SECONDS")):
        monkeypatch.setattr(module, name, 120.0)
    path, edits = folder / "kantor.db", scale.count(10_000) // WRITERS
    uuids = [sop.uuid for sop in make(path, SOPS)]

    outcomes = edited_by_all(path, edits)

    acknowledged = {(uuid, rev): title for found in outcomes for uuid, rev, title in found[0]}
    faults = faults_in(outcomes)
    tell(
        edits=edits * WRITERS, acknowledged=len(acknowledged), conflicts=faults["save_conflict"],
        busy=faults["file_locked"],
    )  # fmt: skip
    assert set(faults) <= {"save_conflict"}
    assert len(acknowledged) + faults.total() == edits * WRITERS
    with open_file(path) as file:
        kept = {(uuid, found.rev): found.title for uuid in uuids for found in file.revisions(uuid)}
    assert {key: title for key, title in kept.items() if key[1] > 1} == acknowledged
    assert verify(path).is_sound


@needs_fork
def test_many_writers_control_without_turns(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_turns(monkeypatch)
    path, edits = folder / "kantor.db", EDITS_OF_THE_CONTROL // WRITERS
    make(path, SOPS)

    faults = faults_in(edited_by_all(path, edits))

    tell("deferred transactions", edits=edits * WRITERS, busy=faults["file_locked"])
    assert faults["file_locked"] > 0
