"""Where a share drops SQLite's locks silently, the savelock alone keeps the file whole."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest
from forked import Child, needs_fork
from office import copy, make, retitled
from share import mounted_twice
from unprotected import without_savelock

from sopdesk.foundation.faults import UserError
from sopdesk.storage import connecting, savelock
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from scaling import Scale

    from sopdesk.document.values import Sop

WRITERS = 4
SAVES = 4
ARRIVED, DISTURBED = str(1 + SAVES), "file_disturbed"
RUNS = 200
RUNS_OF_THE_CONTROL = 40

pytestmark = needs_fork


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 120.0)


@pytest.fixture
def dropped_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite's locks hold nobody back."""
    address = connecting.uri_of
    monkeypatch.setattr(
        connecting, "uri_of", lambda path, mode: f"{address(path, mode)}&vfs=unix-none"
    )


class Worn(NamedTuple):
    """An office file with an SOP for each writer, and as a sound one to begin from each time."""

    source: Path
    path: Path
    sops: list[Sop]

    @classmethod
    def made_in(cls, folder: Path) -> Worn:
        """Make it; the file to write to stands alone in a folder."""
        shared = folder / "bersama"
        shared.mkdir()
        return cls(folder / "asal.db", shared / "kantor.db", make(folder / "asal.db", WRITERS))

    def outcome(self, places: Sequence[Path]) -> str:
        """Let several write to the file at once, each from one of the places where it is seen.

        Returns:
            `whole`, if all of it arrived; `file_disturbed` and by what, if the file is whole and
            one of them, or of those who read meanwhile, was told of a disturbance; else what went
            wrong.
        """
        copy(self.source, self.path)
        writers = zip(self.sops, itertools.cycle(places), strict=False)
        children = [Child(seen_by, place, sop, self.sops) for sop, place in writers]
        children += [Child(seen_by_reader, place, self.sops[:2]) for place in places]
        seen = {child.result() for child in children}
        disturbances = sorted(seen - {ARRIVED})
        if not all(map(is_harmless, disturbances)):
            return f"they saw {disturbances}"
        try:
            is_sound = verify(self.path).is_sound
        except UserError as fault:
            return fault.code
        return "corrupt" if not is_sound else ", ".join(disturbances) or "whole"


def is_harmless(outcome: str) -> bool:
    return outcome == "whole" or outcome.startswith(DISTURBED)


def seen_by(path: Path, sop: Sop, others: list[Sop]) -> str:
    """Save an SOP again and again, reading what the others save meanwhile."""

    def save_and_read() -> str:
        with open_file(path) as file:
            rev = 1
            for number in range(SAVES):
                rev = file.save(retitled(sop, f"{number}"), rev)
                file.load(others[number % len(others)].uuid)
                file.entries()
        return str(rev)

    return told_of(save_and_read)


def seen_by_reader(path: Path, sops: list[Sop]) -> str:
    """Open the file again and again as who may only read, while the others save."""

    def read() -> str:
        for sop in sops:
            with open_file(path, writable=False) as file:
                file.load(sop.uuid)
                file.entries()
        return ARRIVED

    return told_of(read)


def told_of(work: Callable[[], str]) -> str:
    """Return what comes of some work, or what the clerk is told."""
    try:
        return work()
    except UserError as fault:
        return f"{fault.code} by {getattr(fault.__cause__, 'sqlite_errorname', fault.__cause__)}"
    except Exception as error:
        return repr(error)


def runs_until_harm(worn: Worn, places: Sequence[Path]) -> int:
    """Return in which run something broke, as it must in a control."""
    for run in range(1, RUNS_OF_THE_CONTROL + 1):
        if not is_harmless(worn.outcome(places)):
            return run
    raise AssertionError("without the savelock nothing broke: the test proves nothing")


@pytest.mark.usefixtures("dropped_locks")
def test_broken_locks(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    worn, runs = Worn.made_in(folder), scale.count(RUNS)

    outcomes = [worn.outcome([worn.path]) for _ in range(runs)]

    tell(runs=runs, corrupt=runs - outcomes.count("whole"))
    assert set(outcomes) == {"whole"}


@pytest.mark.usefixtures("dropped_locks")
def test_broken_locks_control_without_the_savelock(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    worn = Worn.made_in(folder)
    without_savelock(monkeypatch)

    tell("no savelock", runs=runs_until_harm(worn, [worn.path]), corrupt=1)


def test_two_mounts(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    if not scale.is_whole:
        pytest.skip("minutes of a file system in Python: in the whole run only")
    worn = Worn.made_in(folder)
    with mounted_twice(worn.path.parent) as mounts:
        places = [mount / worn.path.name for mount in mounts]
        outcomes = Counter(worn.outcome(places) for _ in range(RUNS))

    corrupt = sum(count for outcome, count in outcomes.items() if not is_harmless(outcome))
    tell(runs_on_two_mounts=RUNS, corrupt=corrupt, **outcomes)
    assert all(map(is_harmless, outcomes))


def test_two_mounts_control_without_the_savelock(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    worn = Worn.made_in(folder)
    without_savelock(monkeypatch)
    with mounted_twice(worn.path.parent) as mounts:
        runs = runs_until_harm(worn, [mount / worn.path.name for mount in mounts])

    tell("no savelock, two mounts", runs=runs, corrupt=1)
