"""Whatever call to the disk fails, nothing is lost, and nothing sound is called damaged."""

from __future__ import annotations

import errno
import itertools
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from disk import FAULTS, watched
from office import clear, copy, found_rev, make, numbered
from unprotected import without_second_look

from sopdesk.foundation.faults import UserError
from sopdesk.storage import connecting, copying, savelock
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scaling import Scale

    from sopdesk.document.values import Sop

RIGHT = {
    "file_disturbed",
    "disk_full",
    "file_locked",
    "file_read_only",
    "file_unreadable",
    "save_lost",
}
"""What may be said of a sound file on a disk that fails."""

GOOD = {"lost": 0, "corrupt": 0, "wrong verdict": 0}

STEP_OF_THE_CONTROL = 3
EVERY_DAY = 10
"""Of the places where a call may fail, every so manieth is tried."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(copying, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.2)


def save_once(path: Path, uuid: str) -> str:
    """Open the file and save over its first revision; return what the clerk is told."""
    try:
        with open_file(path) as file:
            stored = file.load(uuid)
            file.save(numbered(stored.sop, 2), stored.rev)
    except UserError as fault:
        return fault.code
    return "saved"


def judged(path: Path, sop: Sop, told: str, *, for_good: bool) -> str:
    """Return what came of a save, now that the disk is well again."""
    try:
        rev = found_rev(path, sop)
    except UserError:
        return "corrupt"
    if rev == 1:
        return "lost" if told == "saved" else "refused" if told in RIGHT else "wrong verdict"
    if told == "saved":
        return "saved"
    # On a disk that stays out of order nobody can look whether a save has arrived.
    return "not known" if for_good and told in RIGHT else "wrong verdict"


def all_faults() -> list[tuple[str, int, bool]]:
    return [(call, code, always) for call in FAULTS for code in FAULTS[call] for always in (0, 1)]


def outcomes_of(
    folder: Path, call: str, code: int, *, for_good: bool = False, step: int = 1
) -> Counter[str]:
    """Save with the first call of a kind failing, then with a later one, until none is left."""
    source, path = folder / "asal.db", folder / "kantor.db"
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    for at in itertools.count(1, step):
        copy(source, path)
        with watched(folder) as disk:
            disk.fail(call, code, at, for_good=for_good)
            told = save_once(path, sop.uuid)
            disk.mend()
        if not disk.met:
            break
        outcomes[judged(path, sop, told, for_good=for_good)] += 1
    return outcomes


@pytest.mark.parametrize(("call", "code", "for_good"), all_faults())
def test_io_faults(
    folder: Path, scale: Scale, tell: Callable[..., None], call: str, code: int, for_good: bool
) -> None:
    step = 1 if scale.is_whole else EVERY_DAY

    outcomes = outcomes_of(folder, call, code, for_good=for_good, step=step)

    tell(faults=outcomes.total(), **{**GOOD, **outcomes})
    assert outcomes.total() > 0
    assert set(outcomes) <= {"saved", "refused", "not known"}


def test_io_faults_control_without_a_second_look(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_second_look(monkeypatch)

    outcomes = outcomes_of(folder, "xRead", sqlite3.SQLITE_IOERR_READ, step=STEP_OF_THE_CONTROL)

    tell("damage believed at the first look", **{**GOOD, **outcomes})
    assert outcomes["wrong verdict"] > 0


ASKED = ("stat", "lstat", "open", "unlink", "replace")
"""What the program itself asks the system of files."""


def outcomes_of_asking(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> Counter[str]:
    """Save with the first question of a kind failing, then with a later one, until none is left."""
    source, path = folder / "asal.db", folder / "kantor.db"
    clear(source)
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    real = getattr(os, call)
    for at in itertools.count(1):
        copy(source, path)
        calls = itertools.count(1)
        has_failed = False

        def failing(
            *facts: object, at: int = at, calls: Iterator[int] = calls, **more: object
        ) -> object:
            nonlocal has_failed
            if str(facts[0]).startswith(str(folder)) and next(calls) == at:
                has_failed = True
                raise OSError(code, os.strerror(code), facts[0])
            return real(*facts, **more)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing)
            told = save_once(path, sop.uuid)
        if not has_failed:
            break
        outcomes[judged(path, sop, told, for_good=False)] += 1
    return outcomes


@pytest.mark.parametrize("call", ASKED)
def test_io_faults_in_what_the_program_asks(
    folder: Path,
    scale: Scale,
    tell: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    call: str,
) -> None:
    outcomes: Counter[str] = Counter()
    for code in (errno.EIO, errno.ESTALE, errno.EACCES)[: None if scale.is_whole else 1]:
        outcomes += outcomes_of_asking(folder, monkeypatch, call, code)

    tell(faults_of_asking=outcomes.total(), **{**GOOD, **outcomes})
    assert outcomes.total() > 0
    assert set(outcomes) <= {"saved", "refused"}


INJECTED = {
    "pread64": ("EIO",),
    "pwrite64": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO",),
    "unlink": ("EIO", "EACCES"),
    "openat": ("EACCES", "EIO", "ENOSPC"),
    "fcntl": ("ENOLCK", "EACCES"),
}
CHILD = """
import sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from test_io_faults import save_once
from sopdesk.storage import connecting, savelock
connecting.BUSY_SECONDS = savelock.WAIT_SECONDS = 0.2
print(save_once(Path(sys.argv[1]), sys.argv[2]))
"""


def saved_under_strace(path: Path, sop: Sop, call: str, error: str, at: int) -> tuple[str, bool]:
    """Save in a process whose `at`-th call of a kind on the file fails; say whether one failed."""
    log = path.with_name("strace.log")
    beside = [f"{path}-journal", str(savelock.lock_path(path)), str(path.parent)]
    watch = [word for name in (str(path), *beside) for word in ("-P", name)]
    inject = f"inject={call}:error={error}:when={at}"
    ran = subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", log, *watch, "-e", f"trace={call}", "-e", inject),
            *(sys.executable, "-c", CHILD, path, sop.uuid, *filter(None, sys.path)),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(path.parent.parent)},
    )
    has_failed = "(INJECTED)" in log.read_text(errors="replace")
    words = re.findall(r"^\w+$", ran.stdout, re.MULTILINE)
    return words[-1] if words else ran.stderr[-300:], has_failed


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
@pytest.mark.parametrize(
    ("call", "error"), [(call, error) for call, errors in INJECTED.items() for error in errors]
)
def test_io_faults_of_the_system(
    folder: Path, scale: Scale, tell: Callable[..., None], call: str, error: str
) -> None:
    if not scale.is_whole:
        pytest.skip("a process for each call takes minutes: in the whole run only")
    source, path = folder / "asal.db", folder / "kantor.db"
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    for at in itertools.count(1):
        copy(source, path)
        told, has_failed = saved_under_strace(path, sop, call, error, at)
        if not has_failed:
            break
        outcomes[judged(path, sop, told, for_good=False)] += 1

    tell(faults_of_the_system=outcomes.total(), **{**GOOD, **outcomes})
    assert outcomes.total() > 0
    assert set(outcomes) <= {"saved", "refused"}
