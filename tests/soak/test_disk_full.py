"""A full disk leaves the old revision whole and says so, wherever in a save it gets full."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import pytest
from forked import Child, needs_fork
from office import copy, found_rev, make, numbered
from unprotected import without_journal

from sopdesk.foundation.faults import UserError
from sopdesk.storage.drafts import Draft, Drafts
from sopdesk.storage.office_file import open_file
from ui.recovery.keeper import DraftKeeper
from ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from scaling import Scale

    from sopdesk.document.values import Sop

pytestmark = needs_fork

STEP_BYTES = 1_000
LARGEST_ROOM = 400_000
LONGEST_SECONDS = 2.0
RIGHT = {"disk_full", "done"}
NEWER, OLDER = 2, 9
"""The revision that is saved here, and work of earlier on that has never been."""


class Outcome(NamedTuple):
    """What the clerk was told of a save and of a draft before it, and after how long."""

    save: str
    draft: str
    seconds: float


def save_within(path: Path, sop: Sop, most_bytes: int) -> Outcome:
    """Save where no file may grow beyond so many bytes."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    return save(path, sop)


def save(path: Path, sop: Sop) -> Outcome:
    """Keep a draft of new work beside that of older work, and save it, over the first revision."""
    begin = time.monotonic()
    drafts = Drafts(drafts_of(path))
    draft = told_of(lambda: drafts.keep(draft_of(path, sop, NEWER)))
    told = told_of(lambda: save_newer(path, sop))
    return Outcome(told, draft, time.monotonic() - begin)


def save_newer(path: Path, sop: Sop) -> None:
    with open_file(path) as file:
        file.save(numbered(sop, NEWER), 1)


def told_of(work: Callable[[], object]) -> str:
    try:
        work()
    except UserError as fault:
        return fault.code
    return "done"


def drafts_of(path: Path) -> Path:
    """Return where the drafts of a file are kept here: on the same disk, which is the worst."""
    return path.parent / "salinan"


def draft_of(path: Path, sop: Sop, rev: int) -> Draft:
    return Draft(path, sop.uuid, 1, sop, numbered(sop, rev), datetime.now(UTC))


def prepare(source: Path, path: Path, sop: Sop) -> None:
    """Put the file there, and a draft of older work that a session before has left."""
    copy(source, path)
    shutil.rmtree(drafts_of(path), ignore_errors=True)
    Drafts(drafts_of(path)).keep(draft_of(path, sop, OLDER))


def judged(path: Path, sop: Sop, told: Outcome) -> str:
    """Return what came of a save, now that there is room."""
    rev = found_rev(path, sop)
    if told.save not in RIGHT or (rev == NEWER) is not (told.save == "done"):
        return f"wrong: {told.save}, save {rev}"
    kept = [draft.sop for draft in Drafts(drafts_of(path)).of(path)]
    if kept != [numbered(sop, NEWER if told.draft == "done" else OLDER)]:
        return f"wrong: {told.draft}, drafts {len(kept)}"
    return "saved" if told.save == "done" else "refused"


def rooms(source: Path, scale: Scale) -> range:
    step = STEP_BYTES if scale.is_whole else 10 * STEP_BYTES
    return range(0, source.stat().st_size + 20 * STEP_BYTES, step)


def test_disk_full(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    source, path = folder / "asal.db", folder / "kantor.db"
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    slowest = 0.0

    for most_bytes in rooms(source, scale):
        prepare(source, path, sop)
        told = Child(save_within, path, sop, most_bytes).result()
        outcomes[judged(path, sop, told)] += 1
        slowest = max(slowest, told.seconds)

    tell(rooms=outcomes.total(), **outcomes, slowest=f"{slowest:.2f} s")
    assert set(outcomes) == {"saved", "refused"}
    assert not scale.is_whole or slowest < LONGEST_SECONDS


def test_disk_full_control_without_a_journal(
    folder: Path, scale: Scale, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_journal(monkeypatch)
    source, path = folder / "asal.db", folder / "kantor.db"
    (sop,) = make(source)

    for most_bytes in rooms(source, scale):
        prepare(source, path, sop)
        Child(save_within, path, sop, most_bytes).result()
        try:
            found_rev(path, sop)
        except UserError as fault:
            tell("no journal", corrupt=1, told=fault.code)
            return

    raise AssertionError("without a journal a full disk did no harm: the test proves nothing")


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Mount a disk of so many bytes, in memory; skip the test where that may not be done."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def filled(disk: Path, room: int = 0) -> Iterator[None]:
    """Leave so many bytes on a disk."""
    found = os.statvfs(disk)
    (disk / "isi").write_bytes(bytes(max(found.f_bavail * found.f_frsize - room, 0)))
    try:
        yield
    finally:
        (disk / "isi").unlink()


def test_disk_full_on_a_small_disk(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    source = folder / "asal.db"
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with small_disk(folder / "disk", source.stat().st_size + LARGEST_ROOM) as disk:
        path = disk / "kantor.db"
        for room in range(0, LARGEST_ROOM, 4096 if scale.is_whole else 40_960):
            prepare(source, path, sop)
            with filled(disk, room):
                told = save(path, sop)
            outcomes[judged(path, sop, told)] += 1
            slowest = max(slowest, told.seconds)

    tell(rooms=outcomes.total(), **outcomes, slowest=f"{slowest:.2f} s")
    assert set(outcomes) == {"saved", "refused"}
    assert not scale.is_whole or slowest < LONGEST_SECONDS


def test_disk_full_under_a_window(
    folder: Path, scale: Scale, tell: Callable[..., None], qapp: QApplication
) -> None:
    """The window's own session saves in vain, says so, keeps the draft, and saves it later."""
    source = folder / "asal.db"
    (sop,) = make(source)
    with small_disk(folder / "disk", source.stat().st_size + LARGEST_ROOM) as disk:
        path, drafts = copy(source, disk / "kantor.db"), Drafts(folder / "salinan")
        with session_on(path, drafts) as (session, keeper):
            session.apply("", lambda found: numbered(found, NEWER))
            keeper.flush()
            begin = time.monotonic()
            with filled(disk):
                report = session.save().wait()
            seconds = time.monotonic() - begin
            keeper.flush()
            assert [fault.code for _, fault in report.faults] == ["disk_full"]
            assert [draft.sop for draft in drafts.of(path)] == [numbered(sop, NEWER)]

            assert session.save().wait().faults == ()
            keeper.flush()
        assert drafts.of(path) == ()
        assert found_rev(path, sop) == NEWER

    tell(windows=1, message_after=f"{seconds:.2f} s")
    assert not scale.is_whole or seconds < LONGEST_SECONDS


@contextmanager
def session_on(path: Path, drafts: Drafts) -> Iterator[tuple[Session, DraftKeeper]]:
    """Let a window's session look at the first SOP of a file, with its keeper of drafts."""
    session = Session()
    session.use_file(open_file(path))
    session.open_sop(session.entries[0].uuid)
    keeper = DraftKeeper(session, drafts, lambda: None)
    try:
        yield session, keeper
    finally:
        keeper.end()
        session.use_file(None)
