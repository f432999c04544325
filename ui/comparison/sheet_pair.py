"""Two sheets beside each other, scrolled together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.pages_view import PagesView
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from sopdesk.sheet.values import Sheet


class SheetPair(QWidget):
    """The pages of two versions; where the one is scrolled to, the other follows."""

    def __init__(self, sheets: tuple[Sheet, Sheet], names: tuple[str, str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._views = PagesView(), PagesView()
        for view, sheet, name in zip(self._views, sheets, names, strict=True):
            view.setAccessibleName(name)
            view.set_sheet(sheet)
            column = QVBoxLayout()
            column.setSpacing(4)
            label = PlainLabel(name)
            label.setContentsMargins(10, 6, 10, 2)
            column.addWidget(label)
            column.addWidget(view, 1)
            row.addLayout(column, 1)
        for one, other in (self._views, self._views[::-1]):
            bar, follower = one.verticalScrollBar(), other.verticalScrollBar()
            bar.valueChanged.connect(follower.setValue)
