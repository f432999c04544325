"""A full disk leaves the old revision whole and says so, wherever in a save it gets full."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork
from office import copy, found_rev, make, numbered

from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scaling import Scale

    from sopdesk.document.values import Sop

pytestmark = needs_fork

STEP_BYTES = 1_000
LONGEST_SECONDS = 2.0
RIGHT = {"disk_full", "file_disturbed", "file_read_only", "saved"}


def save_within(path: Path, sop: Sop, most_bytes: int) -> tuple[str, float]:
    """Save where no file may grow beyond so many bytes; return what is told, and after how long."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    return save(path, sop)


def save(path: Path, sop: Sop) -> tuple[str, float]:
    begin = time.monotonic()
    try:
        with open_file(path) as file:
            stored = file.load(sop.uuid)
            file.save(numbered(sop, stored.rev + 1), stored.rev)
        told = "saved"
    except UserError as fault:
        told = fault.code
    return told, time.monotonic() - begin


def judged(path: Path, sop: Sop, told: str) -> str:
    """Return what came of a save, now that there is room."""
    rev = found_rev(path, sop)
    if told not in RIGHT or (rev == 2) is not (told == "saved"):
        return f"wrong: {told}, save {rev}"
    return "saved" if told == "saved" else "refused"


def test_disk_full(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    source, path = folder / "asal.db", folder / "kantor.db"
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    step = STEP_BYTES if scale.is_whole else 10 * STEP_BYTES

    for most_bytes in range(0, source.stat().st_size + 20 * STEP_BYTES, step):
        copy(source, path)
        told, seconds = Child(save_within, path, sop, most_bytes).result()
        outcomes[judged(path, sop, told)] += 1
        slowest = max(slowest, seconds)

    tell("disk full", rooms=outcomes.total(), slowest=f"{slowest:.2f} s", **outcomes)
    assert set(outcomes) == {"saved", "refused"}
    assert not scale.is_whole or slowest < LONGEST_SECONDS


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


def test_disk_full_on_a_small_disk(folder: Path, tell: Callable[..., None]) -> None:
    source = folder / "asal.db"
    (sop,) = make(source)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with small_disk(folder / "disk", source.stat().st_size + 400_000) as disk:
        path = disk / "kantor.db"
        for room in range(0, 400_000, 20_000):
            copy(source, path)
            (disk / "isi").write_bytes(bytes(max(free_bytes(disk) - room, 0)))
            told, seconds = save(path, sop)
            (disk / "isi").unlink()
            outcomes[judged(path, sop, told)] += 1
            slowest = max(slowest, seconds)

    tell("disk full, a small one", rooms=outcomes.total(), slowest=f"{slowest:.2f} s", **outcomes)
    assert set(outcomes) <= {"saved", "refused"}
    assert outcomes["refused"] > 0


def free_bytes(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize
