"""A long task in a child process: the window stays free, and cancelling ends it at once.

No output is ever half-written, so that ending the process leaves every file as it was.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_STOP_MS = 2000


class ChildJob(QObject):
    """One task. It ends in exactly one of `done`, `failed` and `cancelled`."""

    progressed = Signal(int, int)
    """How many of how many are done."""
    done = Signal(object)
    """What the task made, as it says itself."""
    failed = Signal(object)
    """The `UserError` that ended it."""
    cancelled = Signal()

    def __init__(self, job: Mapping[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._output = b""
        self._outcome: Mapping[str, Any] | None = None
        self._is_cancelled = False
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        self._process.setProcessEnvironment(environment)
        self._process.setWorkingDirectory(str(_ROOT))
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Begin the task."""
        self._process.start(sys.executable, ["-m", "sopdesk.jobs"])
        self._process.write(json.dumps(self._job).encode())
        self._process.closeWriteChannel()

    def cancel(self) -> None:
        """End the task; what it was to write is as it was before."""
        self._is_cancelled = True
        self._process.kill()

    def stop(self) -> None:
        """End the task without a word, because the window closes."""
        self.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(_STOP_MS)

    def _on_output(self) -> None:
        self._output += self._process.readAllStandardOutput().data()
        *lines, self._output = self._output.split(b"\n")
        for line in lines:
            self._on_line(line)

    def _on_line(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            _log.warning("no report of the task: %r", line)
            return
        if "progress" in said:
            self.progressed.emit(*said["progress"])
        else:
            self._outcome = said

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end()

    def _on_finished(self) -> None:
        self._on_output()
        self._end()

    def _end(self) -> None:
        outcome = self._outcome or {}
        if "done" in outcome:  # Even where cancelling came too late: it is there now.
            self.done.emit(outcome["done"])
        elif self._is_cancelled:
            self.cancelled.emit()
        else:
            fault = outcome.get("fault") or {"code": "job_ended", "facts": {}}
            self.failed.emit(UserError(fault["code"], **fault["facts"]))
