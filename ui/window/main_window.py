"""The main window: it assembles session, panels and commands, and asks before it closes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from sopdesk.foundation.wording import tr, word_fault
from ui.session import Session
from ui.toast import Toast
from ui.window.actions import Actions
from ui.window.file_commands import FileCommands
from ui.window.file_drop import FileDrop
from ui.window.help_commands import HelpCommands
from ui.window.menus import fill_menu_bar
from ui.window.recovery_commands import RecoveryCommands
from ui.window.submenus import LanguageMenu, RecentMenu
from ui.window.toolbar import Toolbar
from ui.window.unexpected import rescue_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from sopdesk.foundation.faults import UserError
    from ui.settings import Settings
    from ui.window.desk import Desk

_FIRST_SIZE = (1360, 820)
_SMALL_SCREEN = 1600
"""On a screen narrower than this the window begins with all of it."""


class MainWindow(QMainWindow):
    """One office file in one window; without a file it shows the welcome page."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._settings = settings
        self.session = Session(self, settings.user_name)
        self.commands = Actions(self.session, self)
        self.toast = Toast(self)
        self.files = FileCommands(self.session, settings, self.toast, self)
        self.recovery = RecoveryCommands(self.session, self.files, self.toast, self)
        self._help = HelpCommands(self.commands, self)
        self._drop = FileDrop(self)
        self._statuses = QMenu(tr("Status"), self)
        self._statuses.setEnabled(False)
        self._recent = RecentMenu(settings, self)
        self._stack = QStackedWidget()
        self.desk: Desk | None = None
        self._assemble()
        self._listen()
        self._restore()

    def _assemble(self) -> None:
        language = LanguageMenu(self._settings, self)
        language.language_chosen.connect(self._on_language_chosen)
        submenus = {"recent": self._recent, "status": self._statuses, "language": language}
        fill_menu_bar(self, self.commands, submenus)
        self._stack.addWidget(QWidget())
        self.setCentralWidget(self._stack)

    def _listen(self) -> None:
        for commands in (self.files, self.recovery, self._help):
            self.commands.connect_to(commands.handlers())
        self._recent.file_chosen.connect(self.files.open)
        self._drop.file_dropped.connect(self.files.open)
        self.files.recent_changed.connect(self._recent.renew)
        self.files.file_opened.connect(lambda: QTimer.singleShot(0, self, self.recovery.offer))
        self.session.fault_found.connect(self._on_fault_found)
        self.session.held_up.connect(self._on_held_up)
        self.session.works_left.connect(self.toast.withdraw_offers)
        self.session.file_changed.connect(self._on_file_changed)
        self.session.saved_changed.connect(self._on_saved_changed)
        self._on_file_changed()

    # What is shown

    def show_welcome(self) -> None:
        """Show the page that offers how to begin."""
        from ui.window.welcome import Welcome

        recent = [path for path in self._settings.recent_files if os.path.isfile(path)]
        welcome = Welcome(self.commands, recent)
        welcome.file_chosen.connect(self.files.open)
        self._stack.setCurrentIndex(self._stack.addWidget(welcome))

    def _on_file_changed(self) -> None:
        file = self.session.file
        path = Path(file.path) if file is not None else None
        # With its folder: an office has the same name in many.
        named = f"{path.stem}[*] – {path.parent.name or path.parent}" if path else ""
        self.setWindowTitle(f"{named} — SOPDesk" if named else "SOPDesk")
        if file is not None:
            self.desk = self.desk or self._make_desk()
            self._stack.setCurrentWidget(self.desk.workspace)

    def _make_desk(self) -> Desk:
        from ui.window.desk import Desk

        made = Desk(
            self.session,
            self._settings,
            self.commands,
            self._statuses,
            self.files,
            self.toast,
            self,
        )
        self.addToolBar(Toolbar(self, self.commands))
        self.setStatusBar(made.status_line)
        self._stack.addWidget(made.workspace)
        self._drop.watch(made.workspace)
        self.recovery.know_keeper(made.keeper)
        self.files.saves.know_keeper(made.keeper)
        rescue_by(made.keeper.flush)
        made.workspace.banner.compare_asked.connect(self.files.saves.compare)
        made.workspace.banner.elsewhere_asked.connect(self.files.saves.save_elsewhere)
        return made

    def _on_saved_changed(self) -> None:
        self.setWindowModified(bool(self.session.unsaved_titles))

    def _on_fault_found(self, fault: UserError) -> None:
        desk = self.desk
        if fault.code == "sop_damaged" and desk is not None:
            # Not from within what has found it: a file may just be opening.
            QTimer.singleShot(0, desk, lambda: desk.damaged_sop.tell(fault))
        else:
            # Of a gesture that cannot be made a glance is enough; damage stays in the banner.
            known = self.session.soundness.fault
            is_in_banner = known is not None and known.code == fault.code
            self.toast.say(word_fault(fault), stays="path" in fault.facts and not is_in_banner)

    def _on_held_up(self, fault: UserError, again: Callable[[], object]) -> None:
        self.toast.say(word_fault(fault), tr("Try Again"), again, stays=True)

    def _on_language_chosen(self) -> None:
        self.toast.say(tr("The language changes when SOPDesk is opened again."))

    # Remembering and leaving

    def _restore(self) -> None:
        geometry = self._settings.layout("window")
        if not geometry.isEmpty() and self.restoreGeometry(geometry):
            return
        room = self.screen().availableSize()
        self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        if room.width() < _SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, remember the layout, close the file."""
        if not self.files.saves.leave():
            event.ignore()
            return
        self._settings.keep_layout("window", self.saveGeometry())
        if self.desk is not None:
            self.desk.jobs.bar.stop()
            self.desk.workspace.keep_layout()
        self._settings.last_sop = self.session.sop.uuid if self.session.sop is not None else ""
        self.session.use_file(None)
        if self.desk is not None:
            self.desk.keeper.end()
        event.accept()
