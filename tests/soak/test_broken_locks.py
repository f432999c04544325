"""Where a share drops SQLite's locks silently, the savelock alone keeps the file whole."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from forked import Child, needs_fork
from office import clear, make, retitled

from sopdesk.foundation.faults import UserError
from sopdesk.storage import changes, connecting, opened, savelock
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest
    from scaling import Scale

    from sopdesk.document.values import Sop

WRITERS = 4
SAVES = 6
RUNS_OF_THE_CONTROL = 20


def save_and_read(path: Path, sop: Sop, others: list[Sop]) -> int:
    """Save an SOP again and again, reading what the others save meanwhile."""
    with open_file(path) as file:
        rev = 1
        for number in range(SAVES):
            rev = file.save(retitled(sop, f"{number}"), rev)
            file.load(others[number % len(others)].uuid)
            file.entries()
    return rev


def what_came_of_it(path: Path) -> str:
    """Let several write to one file at once; say whether all of it arrived and is whole."""
    clear(path)
    sops = make(path, WRITERS)
    children = [Child(outcome_of, path, sop, sops) for sop in sops]
    outcomes = [child.result() for child in children]
    if outcomes != [str(1 + SAVES)] * WRITERS:
        return f"writers saw {set(outcomes)}"
    try:
        found = verify(path)
    except UserError as fault:
        return fault.code
    return "whole" if found.is_sound else "corrupt"


def outcome_of(path: Path, sop: Sop, others: list[Sop]) -> str:
    try:
        return str(save_and_read(path, sop, others))
    except Exception as error:
        return repr(error)


def drop_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    address = connecting.uri_of
    monkeypatch.setattr(
        connecting, "uri_of", lambda path, mode: f"{address(path, mode)}&vfs=unix-none"
    )


@needs_fork
def test_broken_locks(
    folder: Path, scale: Scale, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 120.0)
    drop_locks(monkeypatch)
    path, runs = folder / "kantor.db", scale.count(200)

    outcomes = [what_came_of_it(path) for _ in range(runs)]

    tell("broken locks", runs=runs, corrupt=runs - outcomes.count("whole"))
    assert set(outcomes) == {"whole"}


@needs_fork
def test_broken_locks_control_without_the_savelock(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def held(path: Path) -> Iterator[Callable[[], bool]]:
        yield lambda: True

    for module in (changes, opened):
        monkeypatch.setattr(module.savelock, "held", held)
    drop_locks(monkeypatch)
    path, runs = folder / "kantor.db", 0

    while runs < RUNS_OF_THE_CONTROL:
        runs += 1
        if what_came_of_it(path) != "whole":
            break
    else:
        raise AssertionError("without the savelock nothing broke: the test proves nothing")

    tell("broken locks, control: no savelock", runs=runs, corrupt=1)
