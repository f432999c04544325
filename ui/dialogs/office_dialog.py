"""The office's settings: what stands alike on all its sheets, and how it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import buttons
from ui.dialogs.office_pages import (
    CustomsPage,
    LabelsPage,
    LetterheadPage,
    ListsPage,
    OfficePage,
    RecapPage,
    SheetPage,
    UnitsPage,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.office import Office

_ROW = 32
_PAGES = (
    ("letterhead", "Letterhead", LetterheadPage),
    ("sheet", "Sheet", SheetPage),
    ("labels", "Printed words", LabelsPage),
    ("lists", "Lists", ListsPage),
    ("customs", "Dates and working time", CustomsPage),
    ("units", "Units", UnitsPage),
    ("recap", "Recap", RecapPage),
)


class OfficeDialog(QDialog):
    """The pages of the settings, chosen at the left; it begins on the page named."""

    def __init__(self, office: Office, page: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Office settings"))
        self.resize(860, 500)
        self._office = office
        self._pages: list[OfficePage] = [make(office) for _key, _title, make in _PAGES]
        stack = QStackedWidget()
        titles = QListWidget()
        titles.setObjectName("pages")
        titles.setAccessibleName(tr("Office settings"))
        titles.setFixedWidth(200)
        titles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for (_key, title, _make), shown in zip(_PAGES, self._pages, strict=True):
            titles.addItem(tr(title))
            titles.item(titles.count() - 1).setSizeHint(QSize(0, _ROW))
            stack.addWidget(shown.widget)
        titles.currentRowChanged.connect(stack.setCurrentIndex)
        titles.setCurrentRow([key for key, _title, _make in _PAGES].index(page))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(titles)
        row.addWidget(stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(buttons(self, tr("Save")))

    def office(self) -> Office:
        """Return the office as the fields have it."""
        office = self._office
        for part in self._pages:
            office = part.over(office)
        return office
