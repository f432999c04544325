"""The button at the library's head that picks which statuses show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from ui import theme
from ui.statuses import status_word

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class StatusFilter(QToolButton):
    """A button whose menu picks statuses; checked while it hides some SOPs."""

    statuses_changed = Signal(object)
    """The statuses that show, as a set; empty for all."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("library_filter")
        self.setIcon(theme.icon("filter"))
        self.setToolTip(tr("Filter by status"))
        self.setAccessibleName(tr("Filter by status"))
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._all = menu.addAction(tr("All statuses"))
        self._all.triggered.connect(self._clear)
        menu.addSeparator()
        self._choices: list[tuple[Status, QAction]] = []
        for status in Status:
            choice = menu.addAction(status_word(status))
            choice.setCheckable(True)
            choice.toggled.connect(self._on_toggled)
            self._choices.append((status, choice))
        self.setMenu(menu)

    def _clear(self) -> None:
        for _status, choice in self._choices:
            choice.setChecked(False)

    def _on_toggled(self) -> None:
        chosen = {status for status, choice in self._choices if choice.isChecked()}
        self.setChecked(bool(chosen))
        self.statuses_changed.emit(chosen)
