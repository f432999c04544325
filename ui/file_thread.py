"""The thread that works on the office file, so that the window never waits for a share or a lock.

It has an `OfficeFile` of its own, since a connection serves one thread, and does one thing after
another in the order asked. Answers come back in the window's thread.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import traceback
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.storage.office_file import OfficeFile

T = TypeVar("T")

_log = logging.getLogger(__name__)

_STOP_SECONDS = 2.0
"""How long to wait for the thread at the end; on a share that has gone it may hang for minutes."""


class Asked(Generic[T]):
    """Something asked of the file thread, answered once, in the window's thread."""

    def __init__(self, work: Callable[[OfficeFile], T]) -> None:
        """Take what is to be done; it runs in the file thread and must touch nothing of Qt."""
        self.work = work
        self.is_done = False
        self.is_answered = False
        self.fault: UserError | None = None
        self.bug: Exception | None = None
        self.value: object = None
        self._calls: list[Callable[[Asked[T]], object]] = []

    def result(self) -> T:
        """Return what the work returned; only once it is answered.

        Raises:
            UserError: what the work raised, or what kept the file from being opened.
        """
        if self.fault is not None:
            raise self.fault
        return cast("T", self.value)

    def then(self, call: Callable[[Asked[T]], object]) -> None:
        """Call this with the answer."""
        if self.is_answered:
            call(self)
        else:
            self._calls.append(call)

    def answer(self) -> None:
        """Tell those who wait for it; the file thread's owner calls this."""
        self.is_answered = True
        calls, self._calls = self._calls, []
        for call in calls:
            call(self)


class FileThread(QObject):
    """The thread of one open office file. It opens the file when it is first asked for something.

    After a fault of the file itself (a share that went away, a file that was replaced) the file is
    opened anew for what is asked next. A fault of the program is raised in the window's thread the
    first time it is met; whoever has asked learns of it each time, as `program_fault`.
    """

    answered = Signal()
    """Something asked has its answer, and those who wait for it have been told."""
    backup_failed = Signal(object)
    """Why the day's backup cannot be made (a `UserError`), None where it can be again; told from
    within the thread."""
    _worked = Signal(object)

    def __init__(self, open_file: Callable[[], OfficeFile], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_file = open_file
        self._backup_fault: UserError | None = None
        self._queue: queue.SimpleQueue[Asked[object] | None] = queue.SimpleQueue()
        self._open: list[Asked[object]] = []
        self._last: list[Callable[[], object]] = []
        self._is_stopped = False
        self._bugs: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="office file", daemon=True)
        self._worked.connect(self._on_worked, Qt.ConnectionType.QueuedConnection)

    def ask(self, work: Callable[[OfficeFile], T]) -> Asked[T]:
        """Have this done after all that was asked before; return at once."""
        asked: Asked[T] = Asked(work)
        if self._is_stopped:
            self._fail(cast("Asked[object]", asked))
            return asked
        if self._thread.ident is None:
            self._thread.start()
        self._open.append(cast("Asked[object]", asked))
        self._queue.put(cast("Asked[object]", asked))
        return asked

    def wait_until(self, is_reached: Callable[[], bool], at_most_ms: int | None = None) -> bool:
        """Return when this has come true, or after so long; say whether it has come true.

        The window is painted meanwhile. What is typed and clicked waits until this returns.
        """
        loop, timer = QEventLoop(), QTimer(singleShot=True)
        self.answered.connect(loop.quit)
        timer.timeout.connect(loop.quit)
        if at_most_ms is not None:
            timer.start(at_most_ms)
        while not is_reached() and (at_most_ms is None or timer.isActive()):
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.answered.disconnect(loop.quit)
        return is_reached()

    def at_end(self, call: Callable[[], object]) -> None:
        """Have this called in the thread as its last, whether or not the file can be reached."""
        self._last.append(call)

    def stop(self) -> None:
        """Finish what was asked and close the file; what hangs is given up, and fails."""
        self._is_stopped = True
        self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join(_STOP_SECONDS)
        for asked in tuple(self._open):
            if asked.is_done:
                self._on_worked(asked)
            else:
                self._open.remove(asked)
                self._fail(asked)

    def _fail(self, asked: Asked[object]) -> None:
        asked.fault = UserError("no_file")
        asked.answer()
        self.answered.emit()

    def _on_worked(self, asked: Asked[object]) -> None:
        if asked not in self._open:
            return
        self._open.remove(asked)
        try:
            asked.answer()
        finally:
            self.answered.emit()
        if asked.bug is not None and self._is_new(asked.bug):
            raise asked.bug

    def _is_new(self, bug: Exception) -> bool:
        """Whether this fault of the program was not met before; else it is only logged.

        What looks at the file every other second would tell the same one again and again.
        """
        place = traceback.extract_tb(bug.__traceback__)[-1]
        what = f"{type(bug).__name__} in {place.filename}:{place.lineno}"
        if what in self._bugs:
            _log.warning("the same fault again: %s", what)
            return False
        self._bugs.add(what)
        return True

    # In the thread

    def _run(self) -> None:
        file: OfficeFile | None = None
        while (asked := self._queue.get()) is not None:
            file = self._work(file, asked)
            asked.is_done = True
            with contextlib.suppress(RuntimeError):  # the window is gone, and this thread was slow
                self._worked.emit(asked)
            del asked  # what it holds must not live on while the thread waits
        for call in self._last:
            call()
        if file is not None:
            file.close()

    def _tell_of_backup(self, fault: UserError | None) -> None:
        if fault is not self._backup_fault:
            self._backup_fault = fault
            with contextlib.suppress(RuntimeError):
                self.backup_failed.emit(fault)

    def _work(self, file: OfficeFile | None, asked: Asked[object]) -> OfficeFile | None:
        try:
            if file is None:
                file = self._open_file()
            asked.value = asked.work(file)
            self._tell_of_backup(file.backup_fault)
        except UserError as fault:
            asked.fault = fault
            if file is not None and fault.code.startswith("file_") and fault.code != "file_locked":
                file.close()
                return None
        except Exception as bug:
            # It is raised again in the window's thread, where faults of the program are shown.
            asked.bug, asked.fault = bug, UserError("program_fault")
        return file
