"""What is told when a damaged SOP is opened, and the ways to bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sopdesk.foundation.faults import UserError
    from ui.window.history_commands import HistoryCommands
    from ui.window.safety_commands import SafetyCommands


class DamagedSop(QObject):
    """Tells of the damage, and leads to the history or the backups."""

    def __init__(self, history: HistoryCommands, safety: SafetyCommands, window: QWidget) -> None:
        super().__init__(window)
        self._history, self._safety, self._window = history, safety, window

    def tell(self, fault: UserError) -> None:
        """Tell of a `sop_damaged`, and take the way that is chosen."""
        answers = [tr("History…"), tr("Backups…"), tr("Close")]
        chosen = asking.choose(self._window, word_fault(fault), "", answers, safe=2, default=2)
        if chosen == 0:
            self._history.bring_back_damaged(str(fault.facts["uuid"]))
        elif chosen == 1:
            self._safety.show_backups()
