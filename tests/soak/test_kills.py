"""Killing a process while it saves loses nothing that was acknowledged."""

from __future__ import annotations

import os
import random
import select
import time
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork
from office import found_rev, make, numbered
from unprotected import without_journal

from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import open_file
from sopdesk.storage.savelock import lock_path
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scaling import Scale

    from sopdesk.document.values import Sop

LONGEST_SECONDS = 2.0
KILLS_OF_THE_CONTROL = 100

pytestmark = [needs_fork, pytest.mark.usefixtures("short_waits")]


def save_and_tell(path: Path, sop: Sop, rev: int, telling: int) -> None:
    """Save without end, telling the number of each save that was acknowledged."""
    with open_file(path) as file:
        while True:
            rev = file.save(numbered(sop, rev + 1), rev)
            os.write(telling, rev.to_bytes(4, "big"))


def kill_while_saving(path: Path, sop: Sop, rev: int, chance: random.Random) -> int:
    """Let a process save and kill it; return the last save that it acknowledged."""
    hearing, telling = os.pipe()
    child = Child(save_and_tell, path, sop, rev, telling)
    os.close(telling)
    last = os.read(hearing, 4)
    select.select([], [], [], chance.uniform(0, 0.015))
    child.kill()
    while heard := os.read(hearing, 4):
        last = heard
    os.close(hearing)
    return int.from_bytes(last, "big")


def test_kill_9_during_save(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    path = folder / "kantor.db"
    (sop,) = make(path)
    chance = random.Random(7)
    kills, in_a_save, rev, slowest = scale.count(2000), 0, 1, 0.0

    for _ in range(kills):
        told = kill_while_saving(path, sop, rev, chance)
        in_a_save += lock_path(path).exists()
        begin = time.monotonic()
        rev = found_rev(path, sop)
        slowest = max(slowest, time.monotonic() - begin)
        assert told <= rev <= told + 1

    assert verify(path).is_sound
    tell(
        kills=kills, in_a_save=in_a_save, saves=rev - 1, lost=0, corrupt=0,
        slowest_next_open=f"{slowest:.2f} s",
    )  # fmt: skip
    assert in_a_save > kills // 20, "hardly any process was killed while it saved"
    assert not scale.is_whole or slowest < LONGEST_SECONDS


def test_kill_9_control_without_a_journal(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "kantor.db"
    (sop,) = make(path)
    chance, rev = random.Random(7), 1
    without_journal(monkeypatch)

    for kills in range(1, KILLS_OF_THE_CONTROL + 1):
        told = kill_while_saving(path, sop, rev, chance)
        try:
            rev = found_rev(path, sop)
        except UserError as fault:
            tell("no journal", kills=kills, corrupt=1, told=fault.code)
            return
        assert told <= rev <= told + 1

    raise AssertionError("without a journal no kill did harm: the test proves nothing")
