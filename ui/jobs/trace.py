"""What a task leaves when it is done: ending its process may come too late by a moment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopdesk.storage.office_file import OfficeFile

_CHANGING = ("import", "merge", "restore")
"""Tasks that write into the office file itself."""


class Trace:
    """Remembers how things stood before a task, which does what it does at one stroke."""

    def __init__(self, task: Mapping[str, Any], file: OfficeFile) -> None:
        """Look at what the task is to write: the file at `out`, or the open office file."""
        from sopdesk.storage.watching import Watch

        self.out = Path(task["out"]) if "out" in task else None
        self._before = self._signature()
        self._watch = Watch(file) if task["task"] in _CHANGING else None

    @property
    def is_written(self) -> bool:
        """Whether the task has written `out`, complete as it always is."""
        return self._signature() != self._before

    def is_file_changed(self) -> bool:
        """Say whether the office file was changed: by the task, or by anybody who saved."""
        return self._watch is not None and self._watch.has_changed()

    def close(self) -> None:
        """Let go of the office file."""
        if self._watch is not None:
            self._watch.close()

    def _signature(self) -> tuple[int, int, int] | None:
        try:
            found = self.out.stat() if self.out is not None else None
        except OSError:
            return None
        return found and (found.st_ino, found.st_size, found.st_mtime_ns)
