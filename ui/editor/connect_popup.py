"""Lanjut ke: choose by keyboard where the selected symbol leads, and with which label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document.values import Kind
from sopdesk.foundation.wording import tr
from ui.editor.choice_list import LIST_STYLE
from ui.editor.choices import target_text
from ui.editor.kind_icons import kind_icon
from ui.editor.words import NO, YES, free_label, number_of
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure, Symbol
    from ui.editor.commands import Commands


class ConnectPopup(QFrame):
    """A small panel over the editor; Enter connects, Esc leaves everything as it was.

    It closes when the focus goes elsewhere, and else gives it back to where it was.
    """

    def __init__(self, commands: Commands, source: Symbol, window: QWidget) -> None:
        super().__init__(window)
        self._came_from = QApplication.focusWidget()
        self.setObjectName("connect_popup")
        self.setAccessibleName(tr("Next step"))
        self.setStyleSheet(
            "#connect_popup { background: palette(base); border: 1px solid palette(mid); }"
        )
        self._commands, self._source = commands, source
        procedure = commands.procedure
        assert procedure is not None
        self._targets = [symbol for symbol in procedure.symbols if symbol.id != source.id]
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Number or words of the step"))
        self._field.setAccessibleName(tr("Number or words of the step"))
        self._list = QListWidget(self)
        self._list.setAccessibleName(tr("Steps"))
        self._list.setStyleSheet(LIST_STYLE)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for symbol in self._targets:
            text = target_text(procedure, symbol)
            self._list.addItem(QListWidgetItem(kind_icon(symbol.kind), text))
        self._label = self._label_box(procedure)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        title = tr("Step {number} goes on to", number=number_of(procedure, source.step))
        column.addWidget(PlainLabel(title))
        if self._label is not None:
            column.addWidget(self._label)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self.resize(380, 300)
        self._field.textChanged.connect(self._on_text_changed)
        self._list.itemClicked.connect(lambda _: self._accept())
        self._field.installEventFilter(self)
        self._on_text_changed("")

    def _label_box(self, procedure: Procedure) -> QComboBox | None:
        """Return the choice of the exit's label, for a decision alone."""
        if self._source.kind is not Kind.DECISION:
            return None
        box = QComboBox(self)
        box.setEditable(True)
        box.setAccessibleName(tr("Label of the arrow"))
        used = [flow.label for flow in procedure.flows if flow.label]
        box.addItems(list(dict.fromkeys((YES, NO, *used))))
        box.setEditText(free_label(procedure, self._source.id))
        return box

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, connect by Enter from any of the fields."""
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

    def _on_text_changed(self, typed: str) -> None:
        """Show what fits: a number means its step first, words may stand anywhere."""
        procedure, wanted = self._commands.procedure, typed.strip().lower().rstrip(".")
        first = None
        for row, symbol in enumerate(self._targets):
            item = self._list.item(row)
            item.setHidden(bool(wanted) and wanted not in item.text().lower())
            is_it = procedure is not None and number_of(procedure, symbol.step) == wanted
            if wanted and not item.isHidden() and (first is None or is_it):
                first = row
                if is_it:
                    break
        self._list.setCurrentRow(-1 if first is None else first)

    def _step(self, by: int) -> None:
        row = self._list.currentRow() + by
        while 0 <= row < self._list.count():
            if not self._list.item(row).isHidden():
                self._list.setCurrentRow(row)
                return
            row += by

    def _accept(self) -> None:
        row = self._list.currentRow()
        if row < 0:
            return
        label = self._label.currentText().strip() if self._label is not None else None
        target = self._targets[row].id
        self._leave()
        self._commands.connect(self._source.id, target, label)
