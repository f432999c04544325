"""What seems damaged is looked at again; believed is what is found while nobody saves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from forked import in_child, needs_fork

from sopdesk.foundation.faults import UserError
from sopdesk.storage import looking_again, opening, processes, savelock
from sopdesk.storage.journal import JOURNAL, beside
from sopdesk.storage.looking_again import look_again
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopdesk.storage.office_file import OfficeFile


class Looks:
    """Looks of which the first few find damage; what happens during each can be told."""

    def __init__(self, damaged: int, meanwhile: Callable[[int], object] = lambda _: None) -> None:
        self.count = 0
        self._damaged = damaged
        self._meanwhile = meanwhile

    def __call__(self) -> str:
        self.count += 1
        self._meanwhile(self.count)
        if self.count <= self._damaged:
            raise UserError("file_damaged", path="")
        return "sound"


def test_what_is_found_while_nobody_saves_is_believed(file: OfficeFile) -> None:
    look = Looks(damaged=9)

    with pytest.raises(UserError, match="file_damaged"):
        look_again(file.path, look)

    assert look.count == 1


def test_what_is_no_damage_is_told_at_once(file: OfficeFile) -> None:
    def refuse() -> None:
        raise UserError("file_newer", path="")

    with savelock.held(file.path), pytest.raises(UserError, match="file_newer"):
        look_again(file.path, refuse)


def test_while_another_saves_it_is_looked_again(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Looks(damaged=5)
    monkeypatch.setattr(looking_again, "pause", lambda: None)

    with savelock.held(file.path):
        assert look_again(file.path, look) == "sound"

    assert look.count == 6


@pytest.mark.parametrize("part", ["file", "journal", "savelock"])
def test_where_a_save_came_between_it_is_looked_again(
    path: Path, file: OfficeFile, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_again, "pause", lambda: None)
    places = {
        "file": path, "journal": beside(path, JOURNAL), "savelock": savelock.lock_path(path),
    }  # fmt: skip

    def save(count: int) -> None:
        with open(places[part], "ab") as stream:
            stream.write(b"x")

    look = Looks(damaged=3, meanwhile=save)

    assert look_again(path, look) == "sound"
    assert look.count == 4


def test_no_longer_than_a_savelock_is_waited_for(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with savelock.held(file.path):
        monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.0)
        with pytest.raises(UserError, match="file_damaged"):
            look_again(file.path, Looks(damaged=10**9))


@needs_fork
def test_a_savelock_whose_holder_has_died_keeps_nobody_waiting(file: OfficeFile) -> None:
    pid, start = in_child(processes.this_process)
    holder = {"host": processes.this_host(), "pid": pid, "start": start}
    savelock.lock_path(file.path).write_text(json.dumps(holder), encoding="utf-8")
    look = Looks(damaged=9)

    with pytest.raises(UserError, match="file_damaged"):
        look_again(file.path, look)

    assert look.count == 1


def test_a_file_that_was_brought_up_is_opened_before_another_may_save(
    path: Path, file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.close()
    content = bytearray(path.read_bytes())
    content[18:20] = b"\x02\x02"  # the WAL mode of another program
    path.write_bytes(content)
    held: list[bool] = []
    ready = opening._ready

    def noted(*facts: object) -> object:
        held.append(savelock.lock_path(path).exists())
        return ready(*facts)

    monkeypatch.setattr(opening, "_ready", noted)

    open_file(path).close()

    assert held == [True]
