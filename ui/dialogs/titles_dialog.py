"""Titles of SOPs that are to be written, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import LinesField, buttons, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class TitlesDialog(QDialog):
    """Asks for titles, `titles` first; they are pasted as easily as typed."""

    def __init__(
        self, unit: tuple[str, ...], parent: QWidget | None, titles: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Register titles"))
        self.setMinimumWidth(520)
        self._titles = LinesField(titles, 10, tr("One title a line"))
        self._titles.setAccessibleName(tr("One title a line"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(
            hint(
                tr("These SOPs count in the recap as “Planned” until their steps are written.")
                + (f"\n{tr('Unit')}: {' › '.join(unit)}" if unit else "")
            )
        )
        column.addWidget(self._titles)
        column.addWidget(buttons(self, tr("Register")))

    def titles(self) -> tuple[str, ...]:
        """Return the titles in the order typed, each once."""
        return tuple(dict.fromkeys(self._titles.lines()))
