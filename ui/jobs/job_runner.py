"""One long task at a time: begun, shown at the foot of the window, told when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.jobs.child_job import ChildJob
from ui.jobs.job_bar import JobBar
from ui.jobs.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.foundation.faults import UserError
    from ui.session import Session
    from ui.toast import Toast


class JobRunner(QObject):
    """Runs tasks on the open office file; SOPs with unsaved work go along as they stand."""

    def __init__(self, session: Session, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._toast = toast
        self._window = window
        self.bar = JobBar()

    @property
    def is_free(self) -> bool:
        """Whether a task can begin; if not, the clerk is told."""
        if self.bar.is_busy:
            self._toast.say(tr("Another file is being made. Wait for it or cancel it."))
        return not self.bar.is_busy

    def run(self, task: Mapping[str, Any], words: str, on_done: Callable[[object], object]) -> None:
        """Begin a task of `sopdesk.jobs.child`; `on_done` gets what it made.

        It is about the open file, or about `file` in the task. A fault is told; of a cancelled
        task is said whether it left anything behind.
        """
        file = self._session.file
        if file is None:
            return
        from sopdesk.document.form import to_form

        task = {"author": self._session.name, **task}
        unsaved = [to_form(sop) for sop in self._session.unsaved_sops]
        source = file.path if file.stand_in is None else file.stand_in
        job = ChildJob({"file": str(source), **task, "unsaved": unsaved}, self)
        trace = Trace(task, file)
        # Watched first: no progress is shown beside a dialog that tells how it ended.
        self.bar.watch(job, words)
        for ended in (job.done, job.failed):
            ended.connect(lambda _outcome: trace.close())
        job.done.connect(on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(lambda: self._on_cancelled(trace))
        job.start()

    def _on_failed(self, fault: UserError) -> None:
        asking.tell(self._window, word_fault(fault))

    def _on_cancelled(self, trace: Trace) -> None:
        """Say that nothing was changed, where that is sure."""
        if trace.out is not None and trace.is_written:
            told = tr("Too late to cancel: {name} is ready.", name=trace.out.name)
        elif trace.is_file_changed():
            self._session.reread()
            told = tr(
                "Cancelled, but the office file has changed meanwhile: the task was done already, "
                "or somebody has saved. The list shows what the file holds now."
            )
        else:
            told = tr("Cancelled. Nothing was changed.")
        trace.close()
        self._toast.say(told)
