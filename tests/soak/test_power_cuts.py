"""A power cut at any moment loses nothing that was said to be saved."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from disk import Event, watched
from office import clear, found_rev, make, numbered
from power import Disk
from unprotected import with_synchronous

from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scaling import Scale

    from sopdesk.document.values import Sop

FATES = ("dropped", "kept", "torn", "any")
MOST_SAVES = 100
STATES_OF_THE_CONTROL = 160


def recorded(path: Path, sop: Sop, most_events: int) -> tuple[bytes, list[Event]]:
    """Save until so much has been done to the disk; return the file as it was before, and all that.

    What was done to other files than this and its journal does not count.
    """
    before = path.read_bytes()
    with open_file(path) as file, watched(path.parent) as disk:
        for rev in range(1, MOST_SAVES):
            disk.tell(str(file.save(numbered(sop, rev + 1), rev)))
            done = [event for event in disk.events if event.kind == "told" or is_of(event, path)]
            if len(done) - rev >= most_events:
                return before, done
    raise AssertionError("the saves hardly wrote")


def is_of(event: Event, path: Path) -> bool:
    return event.name.startswith(path.name)


def states(
    before: bytes, name: str, events: list[Event], fates: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield after each event what the disk may hold, and the save that had been acknowledged."""
    disk, told, chance = Disk({name: before}), 1, random.Random(11)
    for event in events:
        if event.kind == "told":
            told = int(event.name)
            continue
        disk.do(event)
        for fate in fates:
            yield told, disk.after_cut(chance, fate)


def replay(path: Path, sop: Sop, least: int, fates: tuple[str, ...] = FATES) -> Counter[str]:
    """Cut the power everywhere in some saves, and open each of at least so many states."""
    before, events = recorded(path, sop, -(-least // len(fates)))
    outcomes: Counter[str] = Counter()
    for told, files in states(before, path.name, events, fates):
        clear(path)
        for name, content in files.items():
            path.with_name(name).write_bytes(content)
        try:
            rev = found_rev(path, sop)
        except UserError:
            outcomes["corrupt"] += 1
        else:
            outcomes["lost" if rev < told else "whole"] += 1
    return outcomes


def test_power_cut(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    path = folder / "kantor.db"
    (sop,) = make(path)

    outcomes = replay(path, sop, scale.count(10_000))

    tell(states=outcomes.total(), lost=outcomes["lost"], corrupt=outcomes["corrupt"])
    assert outcomes.total() >= scale.count(10_000)
    assert set(outcomes) == {"whole"}


@pytest.mark.parametrize("synchronous", ["FULL", "OFF"])
def test_power_cut_control(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[..., None], synchronous: str
) -> None:
    with_synchronous(monkeypatch, synchronous)
    path = folder / "kantor.db"
    (sop,) = make(path)

    outcomes = replay(path, sop, STATES_OF_THE_CONTROL, ("dropped",))

    tell(
        f"synchronous={synchronous}",
        states=outcomes.total(), lost=outcomes["lost"], corrupt=outcomes["corrupt"],
    )  # fmt: skip
    assert outcomes["lost"] + outcomes["corrupt"] > 0
