"""What is done with whole SOPs: new, planned, duplicated, deleted; their status and their sheet."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from sopdesk.document.ids import new_uuid
from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from ui.dialogs import asking
from ui.statuses import status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Sop
    from ui.library.library_panel import LibraryPanel
    from ui.session import Session
    from ui.toast import Toast
    from ui.window.actions import Actions


class SopCommands(QObject):
    """The commands of the SOP menu, and the library's context menu made of them."""

    sop_begun = Signal()
    """An empty SOP is shown; its title is to be typed next."""

    def __init__(
        self,
        session: Session,
        status_menu: QMenu,
        undelete: Callable[[str, int | None], object],
        toast: Toast,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._undelete = undelete
        self._toast = toast
        self._window = window
        self._titles_left: tuple[str, ...] = ()
        session.file_changed.connect(self._forget_titles)
        self._statuses = QActionGroup(self)
        self.status_menu = status_menu
        self._fill_status_menu()
        session.sop_changed.connect(self._on_sop_changed)
        self._on_sop_changed(session.sop)

    def handlers(self, library: LibraryPanel) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call; a new SOP belongs to the library's current unit."""
        return {
            "new_sop": lambda: self.add_new(library.unit),
            "plan_titles": lambda: self.plan_titles(library.unit),
            "copy_sop": self.copy_sop,
            "sheet_settings": self.edit_sheet,
            "delete_sop": self.delete_sop,
        }

    def add_new(self, unit: tuple[str, ...] = ()) -> None:
        """Put an empty SOP of this unit at the end of the file and show it."""
        from sopdesk.document.edits import new_sop

        if self._session.add(new_sop(unit=unit)):
            self.sop_begun.emit()

    def plan_titles(self, unit: tuple[str, ...]) -> None:
        """Ask for titles, one a line, and register them as planned SOPs of this unit.

        Those that could not be registered the last time stand there again.
        """
        from sopdesk.document.edits import new_sop
        from ui.dialogs.titles_dialog import TitlesDialog

        there = {entry.title for entry in self._session.entries}
        left = [title for title in self._titles_left if title not in there]
        self._titles_left = ()
        dialog = TitlesDialog(unit, self._window, left)
        if not asking.run(dialog):
            return
        planned = [
            dataclasses.replace(new_sop(title=title, unit=unit), status=Status.PLANNED)
            for title in dialog.titles()
        ]
        if planned and self._session.add(*planned):
            self._toast.say(tr("Titles registered: {count}.", count=len(planned)))
        else:
            self._titles_left = dialog.titles()

    def _forget_titles(self) -> None:
        self._titles_left = ()

    def copy_sop(self) -> None:
        """Put a copy of the SOP behind it, as a draft without number and dates, and show it."""
        sop = self._session.sop
        if sop is None:
            return
        if self._session.add(copy_of(sop), position=self._session.position_behind(sop.uuid)):
            self._toast.say(tr("This is the copy. Give it its own title and number."))

    def delete_sop(self) -> None:
        """Take the SOP out of the file; undo and a word at the foot put it back."""
        session = self._session
        session.commit_asked.emit()
        sop = session.sop
        if sop is None:
            return
        behind = session.position_behind(sop.uuid)
        position = behind - 1 if behind is not None else None
        unread = {work.sop.uuid: work.unread for work in session.works_to_keep}.get(sop.uuid, ())

        def take_back() -> None:
            if session.position_behind(sop.uuid) is None:
                if self._undelete(sop.uuid, position):
                    session.recall_unread(sop.uuid, unread)
            else:  # It is there: undo and the word at the foot were both used.
                session.open_sop(sop.uuid)

        names = ", ".join(session.colleagues.names_on(sop.uuid))
        if session.delete(sop.uuid):
            told = tr("“{title}” is deleted.", title=sop.identity.title or tr("(untitled)"))
            if names:
                told += f" {tr('{names} has it open.', names=names)}"
            session.undo_next_by(tr("Delete SOP"), take_back)
            self._toast.say(told, tr("Undo"), take_back)

    def edit_sheet(self) -> None:
        """Show how this SOP's sheet differs from the office's."""
        from ui.dialogs.sheet_dialog import SheetDialog

        sop = self._session.sop
        if sop is None:
            return
        dialog = SheetDialog(sop, self._session.office, self._window)
        if asking.run(dialog):
            self._session.apply(tr("Change the sheet"), dialog.over)

    def show_menu(self, actions: Actions, place: QPoint) -> None:
        """Show the library's context menu."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("new_sop", "copy_sop"):
            menu.addAction(actions[name])
        menu.addMenu(self.status_menu)
        menu.addAction(actions["export_pdf"])
        menu.addAction(actions["history"])
        menu.addSeparator()
        menu.addAction(actions["delete_sop"])
        menu.popup(place)

    def _fill_status_menu(self) -> None:
        for status in Status:
            choice = self.status_menu.addAction(status_word(status))
            choice.setCheckable(True)
            choice.setData(status.value)
            self._statuses.addAction(choice)
        self._statuses.triggered.connect(lambda choice: self.set_status(Status(choice.data())))

    def set_status(self, status: Status) -> None:
        """Give the SOP this status."""
        self._session.apply(
            tr("Change the status"), lambda sop: dataclasses.replace(sop, status=status)
        )

    def _on_sop_changed(self, sop: Sop | None) -> None:
        self.status_menu.setEnabled(sop is not None and not self._session.is_read_only)
        for choice in self._statuses.actions():
            choice.setChecked(sop is not None and choice.data() == sop.status.value)


def copy_of(sop: Sop) -> Sop:
    """Return a new draft like this SOP: what is a sheet's own, number and dates, starts empty."""
    identity = dataclasses.replace(
        sop.identity,
        title=tr("{title} (copy)", title=sop.identity.title),
        number="",
        created_on=None,
        revised_on=None,
        effective_on=None,
        revision="",
    )
    return dataclasses.replace(
        sop, identity=identity, status=Status.DRAFT, uuid=new_uuid(), origin=None
    )
