"""What a new office file must know: whose SOPs these are. Everything else can be set later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from sopdesk.document.office import Office
from sopdesk.foundation.wording import tr
from ui.dialogs.fields import LinesField, buttons, form, hint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class NewOfficeDialog(QDialog):
    """Asks for letterhead, address and city."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New office file"))
        self.setMinimumWidth(500)
        self._lines = LinesField(
            (), 4, tr("REGENCY GOVERNMENT OF …\nSECRETARIAT\nORGANISATION DIVISION")
        )
        self._address = LinesField((), 2)
        self._city = QLineEdit()
        fields = form()
        fields.addRow(tr("Letterhead"), self._lines)
        fields.addRow(tr("Address"), self._address)
        fields.addRow(tr("City"), self._city)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(
            hint(
                tr(
                    "All SOPs of one office lie in one file. These lines stand on every sheet; "
                    "logo, paper and more can be set later under Office Settings."
                )
            )
        )
        column.addLayout(fields)
        column.addWidget(buttons(self, tr("Choose Place…")))

    def office(self) -> Office:
        """Return the office as it was typed."""
        return Office(
            lines=self._lines.lines(),
            address=self._address.lines(),
            city=self._city.text().strip(),
        )
