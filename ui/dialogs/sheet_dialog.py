"""How one SOP's sheet differs from those of its office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import buttons, hint
from ui.dialogs.sheet_form import SheetForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import SheetSettings


class SheetDialog(QDialog):
    """The sheet settings of one SOP over those of the office."""

    def __init__(self, sheet: SheetSettings, office: SheetSettings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sheet of this SOP"))
        self.setMinimumWidth(680)
        self._form = SheetForm(sheet, office)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(hint(tr("What is left “As the office” follows the office settings.")))
        column.addWidget(self._form)
        column.addWidget(buttons(self, tr("Apply")))

    def settings(self) -> SheetSettings:
        """Return the settings as they were chosen."""
        return self._form.settings()
