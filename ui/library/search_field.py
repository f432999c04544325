"""The field that the library is searched with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SearchField(QLineEdit):
    """The search field; Down leaves it for the list, Esc empties it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("library_search")
        self.setAccessibleName(tr("Search SOPs"))
        self.setPlaceholderText(tr("Search titles and contents"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field, empty it, or write."""
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
