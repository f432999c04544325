"""Earlier saves of an SOP, and the SOPs that were deleted: looked at, compared, brought back."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.moments import moment_word
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import Deleted, OfficeFile, Revision
    from ui.history.history_dialog import HistoryDialog
    from ui.history.versions import Versions
    from ui.session import Session
    from ui.toast import Toast


class HistoryCommands(QObject):
    """The commands of the SOP menu that look back; nothing is ever overwritten silently."""

    def __init__(self, session: Session, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._toast = toast
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {"history": self.show_history, "deleted_sops": self.show_deleted}

    def show_history(self) -> None:
        """Show the saves of the SOP that is open; bring back the one that is chosen."""
        from ui.history.versions import Versions

        session = self._session
        session.commit_asked.emit()
        file, now = session.file, session.sop
        if file is None or now is None:
            return
        try:
            with waiting():
                versions = Versions(file, now.uuid)
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return
        dialog = self._history_of(now, versions)
        if asking.run(dialog) and dialog.restored is not None:
            self.bring_back(*dialog.restored)

    def _history_of(self, now: Sop | None, versions: Versions) -> HistoryDialog:
        from ui.history.history_dialog import HistoryDialog

        session = self._session
        return HistoryDialog(
            now,
            versions,
            session.lay_out,
            session.title_of,
            self._window,
            can_restore=not session.is_read_only,
        )

    def bring_back_damaged(self, uuid: str) -> None:
        """Show the saves of a damaged SOP; save the one that is chosen over the damage."""
        from ui.history.versions import Versions

        session, file = self._session, self._session.file
        rev = next((entry.rev for entry in session.entries if entry.uuid == uuid), None)
        if file is None or rev is None:
            return
        try:
            with waiting():
                versions = Versions(file, uuid)
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return
        dialog = self._history_of(None, versions)
        if asking.run(dialog) and dialog.restored is not None:
            revision, sop = dialog.restored
            if session.do_in_file(lambda file: file.save(sop, rev)) and session.open_sop(uuid):
                session.reread()
                moment = moment_word(revision.saved_at)
                self._toast.say(tr("The SOP is again as it was saved {moment}.", moment=moment))

    def bring_back(self, revision: Revision, sop: Sop) -> None:
        """Let the open SOP be as that save left it: an edit that undo takes back, not saved yet."""
        moment = moment_word(revision.saved_at)

        def earlier(now: Sop) -> Sop:
            return dataclasses.replace(sop, uuid=now.uuid, origin=now.origin)

        session = self._session
        if session.apply(_bringing_back(), earlier):
            told = tr("As it was saved {moment}. Save to keep it so.", moment=moment)
            self._toast.say(told, tr("Undo"), partial(self._take_back, session.sop))
        else:
            self._toast.say(tr("The SOP is already as that save left it."))

    def _take_back(self, brought: Sop | None) -> None:
        """Undo what was brought back, while it is the last that was done."""
        session = self._session
        session.commit_asked.emit()
        # Text in red, and a deletion, are undone before it and leave this SOP as it is.
        if session.sop is brought and session.undo_label == _bringing_back():
            session.undo()
        else:
            self._toast.say(tr("Something else was changed since. Undo takes back step by step."))

    # Deleted SOPs

    def show_deleted(self) -> None:
        """Show the SOPs that were taken out of the file; put back the one that is chosen."""
        from ui.history.deleted_dialog import DeletedDialog

        session, file = self._session, self._session.file
        if file is None:
            return
        try:
            with waiting():
                deleted = file.deleted()
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return

        def load(one: Deleted) -> Sop:
            return file.load_revision(one.uuid, one.rev)

        dialog = DeletedDialog(
            deleted, load, session.lay_out, self._window, can_restore=not session.is_read_only
        )
        chosen = dialog.chosen if asking.run(dialog) else None
        if chosen is not None and self.undelete(chosen.uuid):
            title = chosen.title or tr("(untitled)")
            self._toast.say(tr("“{title}” is in the list again.", title=title))

    def undelete(self, uuid: str, position: int | None = None) -> bool:
        """Put a deleted SOP back, at the end or at its old position, and show it.

        Where a colleague was faster, theirs is shown and nothing is changed. Say whether it was put
        back.
        """

        def put_back(file: OfficeFile) -> bool:
            try:
                file.undelete(uuid)
            except UserError as fault:
                if fault.code != "sop_not_deleted":
                    raise
                return False
            if position is not None:
                file.move(uuid, position)
            return True

        session = self._session
        is_ours = session.do_in_file(put_back, lambda: self.undelete(uuid, position))
        if is_ours is None:
            return False
        session.reread()
        if not is_ours:
            title = session.title_of(uuid) or tr("(untitled)")
            self._toast.say(tr("A colleague has put “{title}” back already.", title=title))
        return session.open_sop(uuid) and is_ours


def _bringing_back() -> str:
    return tr("Bring back an earlier save")
