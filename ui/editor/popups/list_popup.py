"""A small panel over the editor in which one entry of a list is found by typing and chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from ui.editor.fields.choice_list import LIST_STYLE
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QListWidgetItem


class ListPopup(QFrame):
    """A title, a field and the list that it searches; Enter chooses, Esc leaves all as it was.

    It closes when the focus goes elsewhere, and else gives it back to where it was.
    """

    def __init__(
        self,
        title: str,
        hint: str,
        list_name: str,
        items: Iterable[QListWidgetItem],
        window: QWidget,
        above: QWidget | None = None,
    ) -> None:
        """Make it of items whose texts are searched; `above` stands between title and field."""
        super().__init__(window)
        self._came_from = QApplication.focusWidget()
        self.setStyleSheet(
            "ListPopup { background: palette(base); border: 1px solid palette(mid); }"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = _field(hint)
        self._list = _list(list_name, items)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.addWidget(PlainLabel(title))
        if above is not None:
            column.addWidget(above)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self.resize(380, 300)
        self._field.textChanged.connect(self._on_text_changed)
        self._list.itemClicked.connect(lambda _: self._accept())
        self._field.installEventFilter(self)

    # What each kind of it says

    def choose(self, row: int) -> None:
        """Do what the entry in this row stands for; the panel is gone by then."""
        raise NotImplementedError

    def is_exactly(self, row: int, typed: str) -> bool:
        """Return whether what was typed, in small letters, names the entry in this row alone."""
        return self._list.item(row).text().lower() == typed

    # Coming and going

    def open_at(self, place: QPoint) -> None:
        """Show at a place of the screen, inside the window, the cursor in the field."""
        window = self.parentWidget()
        assert window is not None
        inside = window.mapFromGlobal(place)
        self.move(
            max(0, min(inside.x(), window.width() - self.width())),
            max(0, min(inside.y(), window.height() - self.height())),
        )
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and not self.isAncestorOf(new):
            self._leave(gives_back=False)

    def _leave(self, gives_back: bool = True) -> None:
        QApplication.instance().focusChanged.disconnect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()
        self.deleteLater()
        if gives_back and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)

    # Its keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, choose by Enter from any of the fields."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrow keys walk through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self, text: str) -> None:
        """Show what fits, words may stand anywhere; stand on what is named, or the first."""
        typed = text.strip().lower().rstrip(".")
        fitting: list[int] = []
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(typed not in item.text().lower())
            if typed and not item.isHidden():
                fitting.append(row)
        exact = (row for row in fitting if self.is_exactly(row, typed))
        self._list.setCurrentRow(next(exact, fitting[0] if fitting else -1))

    def _step(self, by: int) -> None:
        row = self._list.currentRow() + by
        while 0 <= row < self._list.count():
            if not self._list.item(row).isHidden():
                self._list.setCurrentRow(row)
                return
            row += by

    def _accept(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self._leave()
            self.choose(row)


def _field(hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(hint)
    return field


def _list(name: str, items: Iterable[QListWidgetItem]) -> QListWidget:
    entries = QListWidget()
    entries.setAccessibleName(name)
    entries.setStyleSheet(LIST_STYLE)
    entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    entries.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    for item in items:
        entries.addItem(item)
    return entries
