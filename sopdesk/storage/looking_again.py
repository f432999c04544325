"""Looking again at what seemed damaged: believed is only what is found while nobody saves.

A disk or network that is disturbed for a moment looks like damage. So does half a save of another,
where a share drops SQLite's locks and reading cannot keep it off.
"""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING, TypeVar

from sopdesk.foundation.faults import UserError
from sopdesk.storage import savelock
from sopdesk.storage.journal import JOURNAL, beside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

_Trace = tuple[int, int] | None

MAY_PASS = (
    "file_damaged", "file_disturbed", "file_altered", "sop_damaged", "office_damaged",
    "revision_damaged",
)  # fmt: skip
"""What a disturbance may look like."""

_PAUSE_SECONDS = 0.03


def look_again(path: Path, look: Callable[[], T]) -> T:
    """Return what a further look at the file at `path` finds.

    It is repeated while saves come between, for as long as the savelock of another is waited for.

    Raises:
        UserError: what the last look raises.
    """
    deadline = time.monotonic() + savelock.WAIT_SECONDS
    while True:
        was_saved, before = savelock.is_held(path), _traces(path)
        try:
            return look()
        except UserError as fault:
            was_quiet = not was_saved and _traces(path) == before
            if fault.code not in MAY_PASS or was_quiet or time.monotonic() > deadline:
                raise
        pause()


def pause() -> None:
    """Let another's save go on for a moment."""
    time.sleep(_PAUSE_SECONDS * random.uniform(0.5, 1.5))


def _traces(path: Path) -> tuple[_Trace, ...]:
    """Return what tells of a save: of its savelock, its journal and the file, time and size."""
    return tuple(map(_trace, (savelock.lock_path(path), beside(path, JOURNAL), path)))


def _trace(path: Path) -> _Trace:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
