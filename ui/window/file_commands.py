"""What is done with office files: make, open, save, leave."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject, Signal
from PySide6.QtWidgets import QApplication

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import login_name
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.storage.office_file import OfficeFile
    from ui.session import SaveReport, Saving, Session
    from ui.settings import Settings
    from ui.toast import Toast

OFFICE_FILES = "{} (*.db)"
BIG_BYTES = 200_000_000
"""A file of more than this gets a hint when it is opened."""
_MOMENT_MS = 400
"""So long the keyboard may wait for a save: most take a tenth of it."""


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
        self._saving: Saving | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {
            "new_file": self.new_file,
            "open_file": self.ask_and_open,
            "save": self.save,
            "office_settings": self.edit_office,
            "recap_settings": lambda: self.edit_office("recap"),
            "own_name": self.ask_name,
            "quit": self._window.close,
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
        if path is None or not self.leave():
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
        if not self.leave():
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

    # Saving

    def save(self) -> None:
        """Have all unsaved work saved, and say so when it is.

        What takes no longer than a moment is done on return; all else goes on by itself.
        """
        saving = self._session.save()
        if saving is not self._saving:
            self._saving = saving
            saving.then(self._conclude)
        saving.wait(_MOMENT_MS)

    def _conclude(self, report: SaveReport) -> bool:
        """Say what became of a save, settle what was not saved; say whether all is in the file."""
        self._saving = None
        if report.saved:
            self._toast.say(tr("Saved at {time}.", time=_time_of_day()))
        elif not report.faults:
            self._toast.say(tr("Everything is saved."))
        for _uuid, fault in report.faults:
            if fault.code == "file_another":  # It holds for all of them: asked once.
                return self._offer_elsewhere(fault)
        settled = [self._settle(uuid, fault) for uuid, fault in report.faults]
        return all(settled)

    def _settle(self, uuid: str, fault: UserError) -> bool:
        """Offer the way out of a failed save; say whether the work is safe in the file now."""
        if fault.code == "save_conflict":
            # Over a dialog that stands open nothing else is asked: the banner waits.
            return QApplication.activeModalWidget() is None and self.compare(uuid)
        if fault.code == "sop_deleted":
            answers = [tr("Put It Back"), tr("Not Now")]
            chosen = asking.choose(self._window, word_fault(fault), "", answers, safe=1)
            return chosen == 0 and self._session.put_back(uuid)
        if fault.code == "file_locked":
            answers = [tr("Try Again"), tr("Not Now")]
            chosen = asking.choose(self._window, word_fault(fault), "", answers, safe=1)
            return chosen == 0 and self._save_now([uuid])
        asking.tell(self._window, word_fault(fault))
        return False

    def _offer_elsewhere(self, fault: UserError) -> bool:
        answers = [tr("Save My Work as a New Office File…"), tr("Not Now")]
        chosen = asking.choose(self._window, word_fault(fault), "", answers, safe=1)
        return chosen == 0 and self.save_elsewhere()

    def save_elsewhere(self) -> bool:
        """Ask for a place, put all unsaved SOPs there in a new office file, and go on in it.

        The way out where the file of another office has come in the place of the one that was open.
        Say whether the work is in a file now.
        """
        from ui.window import elsewhere

        self._session.commit_asked.emit()
        path = elsewhere.ask_for_place(self._session, self._window)
        return path is not None and self._show(
            lambda: elsewhere.make_file(path, self._session), path
        )

    def _save_now(self, only: Collection[str] | None = None) -> bool:
        """Save and wait for it, with the window painted; say whether all is in the file."""
        with waiting():
            report = self._session.save(only).wait()
        return self._conclude(report)

    def compare(self, uuid: str) -> bool:
        """Show both versions of an SOP that another has saved too, and save what is chosen.

        As often as somebody is faster again it is shown again. Say whether the work is in the file.
        """
        from ui.conflict.dialog import ConflictDialog

        session = self._session
        session.commit_asked.emit()
        session.wait_for_save()
        while (versions := session.sharing.versions(uuid)) is not None:
            dialog = ConflictDialog(versions, self._window)
            if not asking.run(dialog):
                return False
            if dialog.is_to_be_copied:
                title = session.title_of(uuid)
                return session.save_beside(uuid, tr("{title} (my version)", title=title))
            with waiting():
                report = session.sharing.resolve(uuid, dialog.sop(), versions.foreign).wait()
            other = [found for found in report.faults if found[1].code != "save_conflict"]
            if not report.faults or other:
                return self._conclude(report)
        return True

    def leave(self) -> bool:
        """Ask once about unsaved work, with each title; say whether the file may be left.

        What stands in red in a step table cannot be saved; it is there again when the file is
        opened on this computer. A save that goes on is waited for.
        """
        self._session.commit_asked.emit()
        with waiting():
            self._session.wait_for_save()
        titles = self._session.unsaved_titles
        if not titles:
            return True
        listed = "\n".join(f"•  {title or tr('(untitled)')}" for title in titles)
        answer = asking.choose(
            self._window,
            tr("Save your changes before closing?"),
            f"{listed}\n\n{tr('Without saving, the changes in these SOPs are lost.')}",
            [tr("Save"), tr("Don’t Save"), tr("Cancel")],
            safe=0,
        )
        return self._save_now() if answer == 0 else answer == 1

    # The office

    def edit_office(self, page: str = "letterhead") -> None:
        """Show the office's settings, on one of their pages."""
        from ui.dialogs.office_dialog import OfficeDialog

        before = self._session.office
        dialog = OfficeDialog(before, page, self._window)
        if asking.run(dialog) and self._session.save_office(dialog.office(), before):
            self._toast.say(tr("The office settings are saved."))

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
        return recent[0].parent if recent and recent[0].parent.is_dir() else Path.home()


def _hints(path: Path, is_read_only: bool) -> list[str]:
    """Return what is good to know of a file that has just been opened."""
    hints = [tr("This file is read-only. You can read and print it.")] if is_read_only else []
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


def _time_of_day() -> str:
    return QDateTime.currentDateTime().toString("HH.mm")
