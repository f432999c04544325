"""Who else has the open office file, and which SOP: asked now and then, never waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.storage.office_file import OfficeFile
    from sopdesk.storage.presence import Colleague, Presence
    from ui.file_thread import Asked, FileThread

TOUCH_MS = 30_000
BEGIN_MS = 2_000
"""So long after a file is opened the others are told: the clerk should see the file first."""


class _Attendance:
    """This session's word to the others, in the file thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._presence: Presence | None = None

    def touch(self, file: OfficeFile, sop: str | None) -> tuple[Colleague, ...]:
        """Tell the others which SOP is open here, and return who they are."""
        if self._presence is None:
            from sopdesk.storage.presence import Presence

            self._presence = Presence(file.path, self._name)
            if not file.is_read_only:
                self._presence.begin()
        self._presence.touch([sop] if sop is not None else [])
        return self._presence.others()

    def rename(self, name: str) -> None:
        """Be there under another name from the next touch on."""
        self.leave()
        self._name, self._presence = name, None

    def leave(self) -> None:
        """Tell the others that we have gone."""
        if self._presence is not None:
            self._presence.leave()


class Colleagues(QObject):
    """The other sessions on the open file, and the word of this one to them.

    `name` is who the others are told that we are.
    """

    changed = Signal()
    """Who is there, or which SOPs they have open, may have changed."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._thread: FileThread | None = None
        self._attendance = _Attendance(name)
        self._sop: str | None = None
        self._asked: Asked[Sequence[Colleague]] | None = None
        self.others: tuple[Colleague, ...] = ()
        """The other sessions, by name."""
        self._timer = QTimer(self, interval=TOUCH_MS)
        self._timer.timeout.connect(self.touch)
        self._soon = QTimer(self, singleShot=True, interval=BEGIN_MS)
        self._soon.timeout.connect(self.touch)

    def begin(self, thread: FileThread | None) -> None:
        """Be among those who have this thread's file open, soon; nowhere for None."""
        self._thread, self._attendance = thread, _Attendance(self._name)
        if thread is not None:
            thread.at_end(self._attendance.leave)
            self._timer.start()
            self._soon.start()

    def end(self) -> None:
        """Ask no more; the others are told when the thread ends."""
        self._timer.stop()
        self._soon.stop()
        self._thread = self._asked = self._sop = None
        self._show(())

    def rename(self, name: str) -> None:
        """Tell the others soon that we are called so."""
        if name == self._name:
            return
        self._name = name
        if self._thread is not None:
            attendance = self._attendance
            self._thread.ask(lambda _file: attendance.rename(name))
            self._soon.start()

    def look_at(self, uuid: str | None) -> None:
        """Tell the others soon which SOP is open here."""
        if uuid != self._sop:
            self._sop = uuid
            if self._thread is not None:
                self._soon.start()

    def touch(self) -> None:
        """Tell the others that we are here, and ask who else is, unless that is going on."""
        if self._thread is None or self._asked is not None:
            return
        attendance, sop = self._attendance, self._sop
        self._asked = self._thread.ask(lambda file: attendance.touch(file, sop))
        self._asked.then(self._on_answered)

    def names_on(self, uuid: str) -> tuple[str, ...]:
        """Return who else has this SOP open, by name."""
        return tuple(dict.fromkeys(one.name for one in self.others if uuid in one.sops))

    def _on_answered(self, asked: Asked[Sequence[Colleague]]) -> None:
        if asked is not self._asked:  # of the file before
            return
        self._asked = None
        if asked.fault is None:
            self._show(tuple(asked.result()))

    def _show(self, others: tuple[Colleague, ...]) -> None:
        before, self.others = self.others, others
        if _known(before) != _known(others):
            self.changed.emit()


def _known(others: Sequence[Colleague]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.name, one.host, one.sops) for one in others]
