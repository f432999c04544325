"""What of the open file is damaged: looked for in the file thread while the clerk works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopdesk.foundation.faults import UserError
    from sopdesk.storage.office_file import OfficeFile
    from ui.file_thread import Asked, FileThread

BEGIN_MS = 1_000
"""So long after a file is opened the check begins: the clerk should see the file first."""
SLICE_MS = 25
"""Between two slices; what else is asked of the file gets its turn there."""
AGAIN_MS = 30_000
"""After a fault of the file itself, such as a share that is away, it begins anew so much later."""
_DAMAGE = ("file_damaged", "file_altered")
"""Faults that do not pass: the file has to be rescued, or restored."""


class _Check:
    """One walk through the file, in the file thread, a few SOPs at a time."""

    def __init__(self) -> None:
        self._walk: Iterator[int] | None = None
        self._found: list[str] = []

    def go_on(self, file: OfficeFile) -> list[str] | None:
        """Look at some more; return those of them that are damaged, None after the last."""
        if self._walk is None:
            self._walk = file.check_sops(self._note)
        self._found = []
        return self._found if next(self._walk, None) is not None else None

    def _note(self, fault: UserError) -> None:
        self._found.append(str(fault.facts["uuid"]))


class Soundness(QObject):
    """Knows the damaged SOPs, from the check and from what could not be opened.

    It knows too whether the file itself is: one that is large is not read as a whole before it is
    shown, so that damage is met later, by whatever comes upon it.
    """

    changed = Signal()
    """What is known to be damaged may have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: FileThread | None = None
        self._check = _Check()
        self._asked: Asked[list[str] | None] | None = None
        self._damaged: set[str] = set()
        self.fault: UserError | None = None
        """How the file itself is damaged, as far as it is known; it stays until that is mended."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def begin(self, thread: FileThread | None, known: Iterable[str] = ()) -> None:
        """Check this thread's file from the start, soon; none for None.

        `known` are the uuids of SOPs that are known to be damaged.
        """
        self._damaged, self.fault = set(known), None
        self._thread, self._check, self._asked = thread, _Check(), None
        if thread is not None:
            self._timer.start(BEGIN_MS)

    def begin_anew(self) -> None:
        """Forget what was found, because the file holds something else now, and check it."""
        self.begin(self._thread)
        self.changed.emit()

    def end(self) -> None:
        """Check no more, and forget what was found."""
        self._timer.stop()
        self._thread = self._asked = None
        self._damaged.clear()
        self.fault = None

    def is_damaged(self, uuid: str) -> bool:
        """Whether this SOP is known to be damaged."""
        return uuid in self._damaged

    def note(self, uuid: str, *, is_damaged: bool) -> None:
        """Learn what was found when an SOP was opened or saved."""
        if is_damaged != (uuid in self._damaged):
            self._damaged ^= {uuid}
            self.changed.emit()

    def learn(self, fault: UserError) -> None:
        """Learn from a fault that somebody met in this file; all but damage is passed over."""
        if fault.code == "sop_damaged":
            self.note(str(fault.facts["uuid"]), is_damaged=True)
        elif fault.code in _DAMAGE and self.fault is None:
            self.fault = fault
            self.changed.emit()

    def _go_on(self) -> None:
        if self._thread is not None:
            self._asked = self._thread.ask(self._check.go_on)
            self._asked.then(self._on_answered)

    def _on_answered(self, asked: Asked[list[str] | None]) -> None:
        if asked is not self._asked:  # of the file before
            return
        self._asked = None
        if asked.fault is not None:
            self.learn(asked.fault)
            self._check = _Check()
            self._timer.start(AGAIN_MS)
            return
        found = asked.result()
        if found is None:
            return
        if not self._damaged.issuperset(found):
            self._damaged.update(found)
            self.changed.emit()
        self._timer.start(SLICE_MS)
