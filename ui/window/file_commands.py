"""What is done with whole office files: make one, open one, set its office."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import login_name
from sopdesk.foundation.wording import tr
from ui.dialogs import asking
from ui.waiting import waiting
from ui.window.save_commands import SaveCommands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.document.office import Office
    from sopdesk.storage.office_file import OfficeFile
    from ui.session import Session
    from ui.settings import Settings
    from ui.toast import Toast

OFFICE_FILES = "{} (*.db)"
BIG_BYTES = 200_000_000
"""A file of more than this gets a hint when it is opened."""


class FileCommands(QObject):
    """The commands of the File menu that work on the office file."""

    recent_changed = Signal()
    file_opened = Signal()
    """Another office file is shown."""

    def __init__(self, session: Session, settings: Settings, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._toast = toast
        self._window = window
        self.saves = SaveCommands(session, toast, self._show, window)
        self._unsaved_office: tuple[Office, Office] | None = None
        """Settings that could not be saved, behind those that they were made from."""
        session.file_changed.connect(self._forget_unsaved_office)
        session.office_changed.connect(self._on_office_changed)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {
            "new_file": self.new_file,
            "open_file": self.ask_and_open,
            "save": self.saves.save,
            "quit": self._window.close,
            "office_settings": self.edit_office,
            "recap_settings": lambda: self.edit_office("recap"),
            "own_name": self.ask_name,
        }

    # Opening

    def new_file(self) -> None:
        """Ask for the office and a place, make an empty office file there and show it."""
        from ui.dialogs.new_office_dialog import NewOfficeDialog

        dialog = NewOfficeDialog(self._window)
        if not asking.run(dialog):
            return
        proposed = self._folder() / f"{tr('SOP of our office')}.db"
        path = asking.save_path(
            self._window,
            tr("New office file"),
            proposed,
            OFFICE_FILES.format(tr("Office file")),
            may_replace=False,
        )
        if path is None or not self.saves.leave():
            return
        from sopdesk.storage.office_file import create

        self._show(lambda: create(path, dialog.office()), path)

    def ask_and_open(self) -> None:
        """Ask for an office file and show it."""
        path = asking.open_path(
            self._window,
            tr("Open office file"),
            self._folder(),
            OFFICE_FILES.format(tr("Office file")),
        )
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Show an office file in place of the one that is open; say whether it is shown."""
        if not self.saves.leave():
            return False
        from sopdesk.storage.office_file import open_file

        return self._show(lambda: open_file(path), path)

    def look_at(self, open_it: Callable[[], OfficeFile], path: Path) -> bool:
        """Show a file that is only looked at, and that the next start does not come back to."""
        return self._show(open_it, path, is_remembered=False)

    def _show(
        self, open_it: Callable[[], OfficeFile], path: Path, *, is_remembered: bool = True
    ) -> bool:
        session = self._session
        try:
            with waiting():
                session.use_file(open_it())
                self._show_an_sop()
        except UserError as fault:
            if fault.code == "file_missing":
                self._settings.forget_file(path.absolute())
                self.recent_changed.emit()
            return self._resolve(fault, path)
        if is_remembered:
            self._settings.remember_file(path)
            self.recent_changed.emit()
        hints = _hints(path, session.is_read_only)
        if hints:
            self._toast.say("\n".join(hints))
        self.file_opened.emit()
        return True

    def _resolve(self, fault: UserError, path: Path) -> bool:
        """Say why a file did not open, and offer the ways out; say whether it is open now."""
        from ui.window.file_trouble import FileTrouble

        return FileTrouble(self.open, self.look_at, self._window).resolve(fault, path)

    def _show_an_sop(self) -> None:
        """Show the SOP that was looked at last, else the first one of the file."""
        uuids = [entry.uuid for entry in self._session.entries]
        last = self._settings.last_sop
        if uuids:
            self._session.open_sop(last if last in uuids else uuids[0])

    # The office

    def edit_office(self, page: str = "letterhead") -> None:
        """Show the office's settings, on one of their pages.

        What was typed the last time and could not be saved stands there again, over what is there.
        """
        from sopdesk.document.office import office_over
        from ui.dialogs.office_dialog import OfficeDialog

        before = self._session.office
        (base, typed), self._unsaved_office = self._unsaved_office or (before, before), None
        dialog = OfficeDialog(office_over(before, base, typed), page, self._window)
        if not asking.run(dialog):
            return
        if self._session.save_office(dialog.office(), before):
            self._toast.say(tr("The office settings are saved."))
        else:
            self._unsaved_office = before, dialog.office()

    def _on_office_changed(self) -> None:
        """Forget settings that were saved after all: who changes them later is not gone over."""
        if self._unsaved_office is not None and self._unsaved_office[1] == self._session.office:
            self._forget_unsaved_office()

    def _forget_unsaved_office(self) -> None:
        self._unsaved_office = None

    def ask_name(self) -> None:
        """Ask for the name that colleagues see and that saves bear, and use it at once."""
        from ui.dialogs.name_dialog import NameDialog

        settings = self._settings
        dialog = NameDialog(settings.chosen_name, login_name(), self._window)
        if asking.run(dialog):
            settings.user_name = dialog.name()
            self._session.rename(settings.user_name)

    def _folder(self) -> Path:
        """Return where the clerk works: beside the open file, or the last one."""
        if self._session.file is not None:
            return Path(self._session.file.path).parent
        recent = self._settings.recent_files
        return recent[0].parent if recent and os.path.isdir(recent[0].parent) else Path.home()


def _hints(path: Path, is_read_only: bool) -> list[str]:
    """Return what is good to know of a file that has just been opened."""
    read_only = tr(
        "This file is read-only. You can read and print it; to change it, make a copy of it with "
        "File → Send a Copy."
    )
    hints = [read_only] if is_read_only else []
    with contextlib.suppress(OSError):  # a share that has just gone is told of elsewhere
        size = path.stat().st_size
        if size > BIG_BYTES:
            hints.append(
                tr(
                    "This file is large ({size} MB): opening, saving and backups take longer, "
                    "mostly on a network folder. Nothing is wrong with it.",
                    size=size // 1_000_000,
                )
            )
    return hints
