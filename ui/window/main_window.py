"""The main window: it assembles session, panels and commands, and asks before it closes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from sopdesk.foundation.wording import tr, word_fault
from ui.findings.found import Found
from ui.jobs.job_runner import JobRunner
from ui.session import Session
from ui.window.actions import Actions
from ui.window.exchange_commands import ExchangeCommands
from ui.window.file_commands import FileCommands
from ui.window.file_drop import FileDrop
from ui.window.help_commands import HelpCommands
from ui.window.menus import add_toolbar, fill_menu_bar
from ui.window.output_commands import OutputCommands
from ui.window.sop_commands import SopCommands
from ui.window.status_line import StatusLine
from ui.window.submenus import LanguageMenu, RecentMenu
from ui.window.toasts import Toast
from ui.window.welcome import Welcome

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from sopdesk.foundation.faults import UserError
    from ui.settings import Settings
    from ui.window.workspace import Workspace

_FIRST_SIZE = (1360, 820)
_SMALL_SCREEN = 1600
"""On a screen narrower than this the window begins with all of it."""


class MainWindow(QMainWindow):
    """One office file in one window; without a file it shows the welcome page."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._settings = settings
        self.session = Session(self)
        self._found = Found(self.session)
        self.commands = Actions(self.session, self)
        self.toast = Toast(self)
        self.files = FileCommands(self.session, settings, self.toast, self)
        self._jobs = JobRunner(self.session, self.toast, self)
        self.exchange = ExchangeCommands(self.session, self._jobs, self.toast, self)
        self._sops = SopCommands(self.session, self.toast, self)
        self.outputs = OutputCommands(self.session, settings, self._jobs, self.toast, self)
        self._help = HelpCommands(self.commands, self)
        self._drop = FileDrop(self)
        self._recent = RecentMenu(settings, self)
        self._welcome = Welcome(self.commands)
        self._stack = QStackedWidget()
        self._workspace: Workspace | None = None
        self._assemble()
        self._listen()
        self._restore()

    def _assemble(self) -> None:
        language = LanguageMenu(self._settings, self)
        language.language_chosen.connect(self._on_language_chosen)
        submenus = {
            "recent": self._recent,
            "status": self._sops.status_menu,
            "language": language,
        }
        fill_menu_bar(self, self.commands, submenus)
        self._toolbar = add_toolbar(self, self.commands)
        self._stack.addWidget(QWidget())
        self._stack.addWidget(self._welcome)
        self.setCentralWidget(self._stack)
        self.setStatusBar(StatusLine(self.session, self._found, self.commands, self._jobs.bar))

    def _listen(self) -> None:
        for commands in (self.files, self.exchange, self.outputs, self._help):
            self.commands.connect_to(commands.handlers())
        self.commands.connect_to({"undo": self.session.undo, "redo": self.session.redo})
        self._recent.file_chosen.connect(self.files.open)
        self._welcome.file_chosen.connect(self.files.open)
        self._drop.file_dropped.connect(self.files.open)
        self._sops.sop_begun.connect(self._on_sop_begun)
        self.files.recent_changed.connect(self._recent.renew)
        self.session.fault_found.connect(self._on_fault_found)
        self.session.file_changed.connect(self._on_file_changed)
        self.session.saved_changed.connect(self._on_saved_changed)
        self._on_file_changed()

    # What is shown

    def show_welcome(self) -> None:
        """Show the page that offers how to begin."""
        self._welcome.show_recent([path for path in self._settings.recent_files if path.is_file()])
        self._stack.setCurrentWidget(self._welcome)
        self._show_tools(False)

    def _on_file_changed(self) -> None:
        file = self.session.file
        name = Path(file.path).stem if file is not None else ""
        self.setWindowTitle(f"{name}[*] — SOPDesk" if name else "SOPDesk")
        if file is not None:
            self._stack.setCurrentWidget(self._workspace or self._make_workspace())
            self._show_tools(True)

    def _show_tools(self, shown: bool) -> None:
        """Show what is good for nothing without a file."""
        self._toolbar.setVisible(shown)
        self.statusBar().setVisible(shown)

    def _make_workspace(self) -> Workspace:
        """Build the panels when the first file is there: the first frame is not kept waiting."""
        from ui.window.workspace import Workspace

        made = Workspace(self.session, self._found, self._settings, self.commands)
        self.commands.connect_to(self._sops.handlers(made.library))
        self.commands.connect_to(made.handlers())
        self.outputs.know_library(lambda: made.library.shown)
        made.library.menu_asked.connect(lambda place: self._sops.show_menu(self.commands, place))
        self._stack.addWidget(made)
        self._drop.watch(made)
        self._workspace = made
        return made

    def _on_saved_changed(self) -> None:
        self.setWindowModified(bool(self.session.unsaved_titles))

    def _on_fault_found(self, fault: UserError) -> None:
        self.toast.say(word_fault(fault))

    def _on_sop_begun(self) -> None:
        if self._workspace is not None:
            self._workspace.editor.edit_identity("title")

    def _on_language_chosen(self) -> None:
        self.toast.say(tr("The language changes when SOPDesk is opened again."))

    # Remembering and leaving

    def _restore(self) -> None:
        geometry = self._settings.layout("window")
        if not geometry.isEmpty() and self.restoreGeometry(geometry):
            return
        self.resize(*_FIRST_SIZE)
        if self.screen().availableSize().width() < _SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work, remember the layout, close the file."""
        if not self.files.leave():
            event.ignore()
            return
        self._jobs.bar.stop()
        self._settings.keep_layout("window", self.saveGeometry())
        if self._workspace is not None:
            self._workspace.keep_layout()
        self._settings.last_sop = self.session.sop.uuid if self.session.sop is not None else ""
        self.session.use_file(None)
        event.accept()
