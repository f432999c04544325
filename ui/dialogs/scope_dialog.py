"""Which SOPs are meant: this one, those that the library shows, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    Scope = tuple[str, Sequence[str]]


class ScopeDialog(QDialog):
    """Offers sets of SOPs, each in words and as uuids; the first is chosen."""

    def __init__(self, title: str, scopes: Sequence[Scope], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        self._scopes = scopes
        self._choice = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for index, (words, _uuids) in enumerate(scopes):
            button = QRadioButton(words)
            button.setChecked(index == 0)
            self._choice.addButton(button, index)
            column.addWidget(button)
        column.addSpacing(8)
        column.addWidget(buttons(self, tr("Choose Place…")))

    def uuids(self) -> Sequence[str]:
        """Return the uuids of the set that was chosen."""
        return self._scopes[self._choice.checkedId()][1]
