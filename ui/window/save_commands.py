"""What is done to save: at once, on the way out, and where it cannot be done as it was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.moments import time_word
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sopdesk.foundation.faults import UserError
    from sopdesk.storage.office_file import OfficeFile
    from ui.recovery.keeper import DraftKeeper
    from ui.session import SaveReport, Saving, Session
    from ui.toast import Toast

_AWAY = ("file_missing", "file_unreadable")
"""Faults that speak of a file that is opened, and not of the work that was to be saved."""
_MOMENT_MS = 400
"""So long the keyboard may wait for a save: most take a tenth of it."""


class SaveCommands(QObject):
    """Saves, says what became of it, and settles with the clerk what could not be saved.

    `show` shows the office file at a path, opened by what it is given, and says whether it did.
    """

    def __init__(
        self,
        session: Session,
        toast: Toast,
        show: Callable[[Callable[[], OfficeFile], Path], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._toast = toast
        self._show = show
        self._window = window
        self._saving: Saving | None = None
        self._keeper: DraftKeeper | None = None

    def know_keeper(self, keeper: DraftKeeper) -> None:
        """Learn who keeps the recovery copies of the unsaved work."""
        self._keeper = keeper

    def save(self) -> None:
        """Have all unsaved work saved, and say so when it is.

        What takes no longer than a moment is done on return; all else goes on by itself.
        """
        saving = self._session.save()
        if saving is not self._saving:
            self._saving = saving
            saving.then(self._conclude)
        saving.wait(_MOMENT_MS)

    def _conclude(self, report: SaveReport, *, is_leaving: bool = False) -> bool:
        """Say what became of a save, settle what was not saved; say whether all is in the file.

        On the way out what has no way of its own is left to be told together.
        """
        self._saving = None
        self._say_saved(report)
        for _uuid, fault in report.faults:
            # It holds for all of them: asked once.
            if fault.code == "file_another" and not is_leaving:
                way = tr("Save My Work as a New Office File…")
                return self._is_wanted(way, fault) and self.save_elsewhere()
        settled = [self._settle(uuid, fault, is_leaving) for uuid, fault in report.faults]
        return all(settled)

    def _say_saved(self, report: SaveReport) -> None:
        """Say that work is saved, and of how many cells it is not, since they cannot be read."""
        time, count = time_word(datetime.now(UTC)), self._session.unread_count
        if report.saved and count:
            words = tr(
                "Saved at {time}, but for cells that cannot be read yet: {count}.",
                time=time,
                count=count,
            )
        elif report.saved:
            words = tr("Saved at {time}.", time=time)
        elif report.faults:
            return
        elif count:
            words = tr(
                "Everything is saved, but for cells that cannot be read yet: {count}.", count=count
            )
        else:
            words = tr("Everything is saved.")
        self._toast.say(words)

    def _settle(self, uuid: str, fault: UserError, is_leaving: bool) -> bool:
        """Offer the way out of a failed save; say whether the work is safe in the file now."""
        if fault.code == "save_conflict":
            # Over a dialog that stands open nothing else is asked: the banner waits.
            return QApplication.activeModalWidget() is None and self.compare(uuid)
        if fault.code == "sop_deleted":
            return self._is_wanted(tr("Put It Back"), fault) and self._session.put_back(uuid)
        if fault.code == "file_locked":
            return self._is_wanted(tr("Try Again"), fault) and self.save_now([uuid])
        if not is_leaving:
            safe = tr("Your work stays open here; save it again once the file can be reached.")
            asking.tell(self._window, word_fault(fault), safe if fault.code in _AWAY else "")
        return False

    def _is_wanted(self, way: str, fault: UserError) -> bool:
        """Tell why something was not saved, and ask whether this way out shall be taken."""
        answers = [way, tr("Not Now")]
        return asking.choose(self._window, word_fault(fault), "", answers, safe=1) == 0

    def save_elsewhere(self) -> bool:
        """Ask for a place, put all unsaved SOPs there in a new office file, and go on in it.

        The way out where the file of another office has come in the place of the one that was open.
        What stands in red beside them stands there again. Say whether the work is in a file now.
        """
        from ui.window import elsewhere

        session = self._session
        session.commit_asked.emit()
        path = elsewhere.ask_for_place(session, self._window)
        if path is None:
            return False
        left = {work.sop.uuid: work.unread for work in session.works_to_keep if work.is_dirty}
        if not self._show(lambda: elsewhere.make_file(path, session), path):
            return False
        for uuid, unread in left.items():
            session.recall_unread(uuid, unread)
        return True

    def save_now(self, only: Collection[str] | None = None) -> bool:
        """Save and wait for it, with the window painted; say whether all is in the file."""
        return self._conclude(self._saved(only))

    def _saved(self, only: Collection[str] | None = None) -> SaveReport:
        with waiting():
            return self._session.save(only).wait()

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
        if self._keeper is not None:
            self._keeper.leave_none()
        if not self._session.unsaved_titles:
            return True
        answer = asking.choose(
            self._window,
            tr("Save your changes before closing?"),
            f"{self._unsaved()}\n\n{tr('Without saving, the changes in these SOPs are lost.')}",
            [tr("Save"), tr("Don’t Save"), tr("Cancel")],
            safe=0,
        )
        if answer == 0:
            report = self._saved()
            return self._conclude(report, is_leaving=True) or self._leave_unsaved(report)
        return answer == 1

    def _unsaved(self) -> str:
        titles = self._session.unsaved_titles
        return "\n".join(f"•  {title or tr('(untitled)')}" for title in titles)

    def _leave_unsaved(self, report: SaveReport) -> bool:
        """Tell why saving on the way out failed, and ask how to go; say whether to go.

        No answer loses anything: who wants that says it before saving.
        """
        if self._keeper is None:
            return False
        left = {sop.uuid for sop in self._session.unsaved_sops}
        why = dict.fromkeys(word_fault(fault) for uuid, fault in report.faults if uuid in left)
        safe = tr(
            "Nothing is lost: close now, and this work stays on this computer as a recovery copy. "
            "SOPDesk offers it when it is started again."
        )
        answer = asking.choose(
            self._window,
            tr("Not everything could be saved."),
            "\n\n".join((*why, self._unsaved(), safe)),
            [
                tr("Close and Keep a Recovery Copy"),
                tr("Save My Work as a New Office File…"),
                tr("Cancel"),
            ],
            safe=2,
        )
        if answer == 0:
            return self._keeper.leave_copies()
        return answer == 1 and self.save_elsewhere()
