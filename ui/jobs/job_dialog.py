"""A long task that the clerk must wait for, as when there is no open file to go on with.

The window stays painted, and the task can be cancelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.jobs.child_job import ChildJob
from ui.plain_words import PlainLabel
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.foundation.faults import UserError

SHOWN_AFTER_MS = 400
"""What is over sooner shows no dialog."""
_WIDTH = 380


def carry_out(job: Mapping[str, Any], words: str, parent: QWidget | None) -> Any | None:  # noqa: ANN401
    """Do a task of `sopdesk.jobs.child` and return what it made; None where it was cancelled.

    Raises:
        UserError: as the task does.
    """
    dialog = JobDialog(job, words, parent)
    try:
        return dialog.wait()
    finally:
        dialog.deleteLater()


class JobDialog(QDialog):
    """Shows how far a task is; closing it cancels the task."""

    def __init__(self, job: Mapping[str, Any], words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("job_dialog")
        self.setWindowTitle("SOPDesk")
        self._made: Any = None
        self._fault: UserError | None = None
        self._has_ended = False
        self._loop = QEventLoop(self)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._job = ChildJob(job, self)
        self._job.progressed.connect(self._on_progressed)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._end)
        box = QDialogButtonBox()
        box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(words))
        column.addWidget(self._bar)
        column.addWidget(box)
        self.setFixedWidth(_WIDTH)

    def wait(self) -> Any | None:  # noqa: ANN401
        """Begin the task and return what it made when it has ended; None where it was cancelled.

        Raises:
            UserError: as the task does.
        """
        self._job.start()
        with waiting():
            QTimer.singleShot(SHOWN_AFTER_MS, self._loop, self._loop.quit)
            self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self._has_ended:
            self.setModal(True)
            self.show()
            self._loop.exec()
        if self._fault is not None:
            raise self._fault
        return self._made

    def reject(self) -> None:
        """Cancel the task."""
        self._job.cancel()

    def _on_progressed(self, done: int, count: int) -> None:
        self._bar.setRange(0, count)
        self._bar.setValue(done)

    def _on_done(self, made: object) -> None:
        self._made = made
        self._end()

    def _on_failed(self, fault: UserError) -> None:
        self._fault = fault
        self._end()

    def _end(self) -> None:
        self._has_ended = True
        self.hide()
        self._loop.quit()
