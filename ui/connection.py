"""The way to the open office file: at once from the window, or in turn through the file thread."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from sopdesk.foundation.faults import UserError
from ui.file_thread import FileThread
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.storage.office_file import OfficeFile

T = TypeVar("T")


class Connection(QObject):
    """The open office file, and a thread that has it open too, for whatever may wait for others.

    `name` is whose the saves are.
    """

    fault_found = Signal(object)
    """A `UserError` that the clerk should be told; nothing was changed."""
    held_up = Signal(object, object)
    """A `UserError` as in `fault_found` that passes by itself, and what to call to try again."""
    backup_noted = Signal()
    """`backup_fault` has changed."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.file: OfficeFile | None = None
        """The file as the window has it open; None where none is."""
        self.file_thread: FileThread | None = None
        self.backup_fault: UserError | None = None
        """Why the backup before the day's first change could not be made; the saves were."""

    def turn_to(self, file: OfficeFile | None) -> None:
        """Have this file open from now on, and close the one before when its thread has ended."""
        before, self.file = self.file, file
        if file is not None:
            file.author = self.name
        if self.file_thread is not None:
            self.file_thread.stop()
            self.file_thread.deleteLater()
        self.file_thread = self._new_thread(file) if file is not None else None
        if before is not None:
            before.close()
        self._note_backup(None)

    def reopen(self) -> None:
        """Connect anew to the file, because its share was away; without success all stays."""
        before = self.file
        if before is None:
            return
        with contextlib.suppress(UserError):
            self.file = before.again()
            before.close()

    def rename(self, name: str) -> None:
        """Save under this name from now on."""
        self.name = name
        if self.file is not None and self.file_thread is not None:
            self.file.author = name
            self.file_thread.ask(lambda file: setattr(file, "author", name))

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed: a read-only file, or none."""
        return self.file is None or self.file.is_read_only

    def check_writable(self) -> None:
        """Return if the file can be changed.

        Raises:
            UserError: there is none, or it is read-only.
        """
        if self.file is None:
            raise UserError("no_file")
        if self.file.is_read_only:
            raise UserError("file_read_only", path=str(self.file.path))

    def attempt(self, act: Callable[[], T], again: Callable[[], object] | None = None) -> T | None:
        """Return what `act` returns, None where it cannot be done; the clerk is told.

        Where others kept the file busy for too long the clerk is offered to call `again`.
        """
        try:
            return act()
        except UserError as fault:
            if fault.code == "file_locked" and again is not None:
                self.held_up.emit(fault, again)
            else:
                self.fault_found.emit(fault)
            return None

    def do_in_file(
        self, act: Callable[[OfficeFile], T], again: Callable[[], object] | None = None
    ) -> T | None:
        """Do something with the file that may have to wait for others; otherwise like `attempt`.

        `act` runs in the file thread, after the saves that were asked for before; the window stays
        painted.
        """
        thread = self.file_thread

        def wait() -> T:
            self.check_writable()
            assert thread is not None
            asked = thread.ask(act)
            with waiting():
                thread.wait_until(lambda: asked.is_answered)
            return asked.result()

        return self.attempt(wait, again)

    def _new_thread(self, file: OfficeFile) -> FileThread:
        def open_again() -> OfficeFile:
            again = file.again()
            again.author = self.name  # it may have changed since
            return again

        thread = FileThread(open_again, parent=self)
        thread.backup_failed.connect(self._on_backup_failed, Qt.ConnectionType.QueuedConnection)
        return thread

    def _on_backup_failed(self, fault: UserError | None) -> None:
        if self.sender() is self.file_thread:
            self._note_backup(fault)

    def _note_backup(self, fault: UserError | None) -> None:
        self.backup_fault = fault
        self.backup_noted.emit()
