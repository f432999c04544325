"""How one SOP's sheet differs from those of its office."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.foundation.wording import tr
from ui.dialogs.fields import buttons, hint, page, scrolled
from ui.dialogs.sheet_fields import ListsField, WordsField
from ui.dialogs.sheet_form import SheetForm
from ui.dialogs.sizes import on_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop


class SheetDialog(QDialog):
    """Sheet, printed words and marks of the lists of one SOP, over those of the office."""

    def __init__(self, sop: Sop, office: Office, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sheet of this SOP"))
        self._form = SheetForm(sop.sheet, office.sheet)
        usual = DEFAULT_LABELS | dict(office.sheet.labels)
        headings = tr("Printed in this office"), tr("Printed on this SOP")
        self._words = WordsField(sop.sheet.labels, usual, headings)
        self._lists = ListsField(sop.identity.list_styles, office.list_styles)
        tabs = QTabWidget()
        tabs.setAccessibleName(self.windowTitle())
        tabs.addTab(scrolled(page(self._form)), tr("Sheet"))
        tabs.addTab(self._words, tr("Printed words"))
        tabs.addTab(self._lists, tr("Lists"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(hint(tr("What is left “As the office” follows the office settings.")))
        column.addWidget(tabs)
        column.addWidget(buttons(self, tr("Apply")))
        # Qt's own first size leaves a third of the screen, and cuts the longest choice.
        self.resize(on_screen(self, parent, self.sizeHint()))

    def over(self, sop: Sop) -> Sop:
        """Return the SOP with the settings as they were chosen."""
        identity = dataclasses.replace(sop.identity, list_styles=self._lists.styles())
        sheet = self._form.settings(self._words.words())
        return dataclasses.replace(sop, identity=identity, sheet=sheet)
