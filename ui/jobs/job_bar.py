"""How far a long task is, at the foot of the window, with a way to cancel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from sopdesk.foundation.wording import tr
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from ui.jobs.child_job import ChildJob

_WIDTH = 150


class JobBar(QWidget):
    """Hidden while nothing is done; shows one task at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("job_bar")
        self._job: ChildJob | None = None
        self._label = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_WIDTH)
        self._bar.setTextVisible(False)
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("job_cancel")
        cancel.setStyleSheet("padding: 0 10px;")
        cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(10)
        for part in (self._label, self._bar, cancel):
            row.addWidget(part)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether a task runs."""
        return self._job is not None

    def watch(self, job: ChildJob, words: str) -> None:
        """Show this task until it ends, which is told here before anywhere joined later."""
        self._job = job
        self._label.setText(words)
        self._bar.setRange(0, 0)
        job.progressed.connect(self._on_progressed)
        for ended in (job.done, job.failed, job.cancelled):
            ended.connect(self._on_ended)
        self.show()

    def stop(self) -> None:
        """End the task that runs, because the window closes."""
        if self._job is not None:
            self._job.stop()
            self._on_ended()

    def _on_progressed(self, done: int, count: int) -> None:
        self._bar.setRange(0, count)
        self._bar.setValue(done)

    def _on_cancel_clicked(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_ended(self, _outcome: object = None) -> None:
        if self._job is not None:
            self._job.deleteLater()
        self._job = None
        self.hide()
