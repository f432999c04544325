"""All that works on an open file: panels, status line, and the commands that need a file.

Built when the first file opens, so that the window's first frame does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.storage.drafts import Drafts
from ui.findings.found import Found
from ui.jobs.job_runner import JobRunner
from ui.recovery.keeper import DraftKeeper
from ui.window.damaged_sop import DamagedSop
from ui.window.exchange_commands import ExchangeCommands
from ui.window.history_commands import HistoryCommands
from ui.window.merge_commands import MergeCommands
from ui.window.output_commands import OutputCommands
from ui.window.recovery_commands import drafts_folder
from ui.window.safety_commands import SafetyCommands
from ui.window.sop_commands import SopCommands
from ui.window.status_line import StatusLine
from ui.window.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from ui.session import Session
    from ui.settings import Settings
    from ui.toast import Toast
    from ui.window.actions import Actions
    from ui.window.file_commands import FileCommands


class Desk(QObject):
    """Makes the parts, gives the actions their handlers, and lets the parts know each other."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        status_menu: QMenu,
        files: FileCommands,
        toast: Toast,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        found = Found(session)
        self.jobs = JobRunner(session, toast, window)
        self.workspace = Workspace(session, found, settings, actions, toast)
        self.status_line = StatusLine(session, found, actions, self.jobs.bar)
        self.keeper = DraftKeeper(
            session, Drafts(drafts_folder()), self.workspace.editor.as_typed, self
        )
        library = self.workspace.library
        self.outputs = OutputCommands(
            session, settings, self.jobs, lambda: library.shown, toast, window
        )
        self.exchange = ExchangeCommands(session, self.jobs, toast, window)
        self.history = HistoryCommands(session, toast, window)
        self.merging = MergeCommands(session, self.jobs, toast, window)
        self.safety = SafetyCommands(session, files, self.jobs, toast, window)
        self.workspace.banner.rescue_asked.connect(self.safety.ask_and_rescue)
        self.workspace.banner.backups_asked.connect(self.safety.show_backups)
        self.damaged_sop = DamagedSop(self.history, self.safety, window)
        sops = SopCommands(session, status_menu, self.history.undelete, toast, window)
        for handlers in (
            self.workspace.handlers(),
            self.outputs.handlers(),
            self.exchange.handlers(),
            self.history.handlers(),
            self.merging.handlers(),
            self.safety.handlers(),
            sops.handlers(library),
            {"undo": session.undo, "redo": session.redo},
        ):
            actions.connect_to(handlers)
        actions.require("merge_report", lambda: self.merging.has_report)
        self.merging.reported.connect(actions.refresh)
        library.menu_asked.connect(lambda place: sops.show_menu(actions, place))
        sops.sop_begun.connect(lambda: self.workspace.editor.edit_identity("title"))
