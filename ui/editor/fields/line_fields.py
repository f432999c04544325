"""The two fields that the identity form is made of: one line, and one item a line.

`edited` is emitted for what the user types alone; `texts` are one an item, and `show_texts` leaves
the cursor where it makes sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.editor.fields.choice_list import Choice, ChoiceList
from ui.editor.fields.emphasis import Emphasis

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QResizeEvent

_SOFT_BREAK = "\N{LINE SEPARATOR}"
"""A line's end inside an item: what Shift+Enter writes, and Enter does not."""


class LineField(QLineEdit):
    """One line of text."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: Callable[[], list[str]] | None = None
        self._list: ChoiceList | None = None
        self._emphasis = Emphasis(self)
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self.left)

    def set_choices(self, choices: Callable[[], list[str]]) -> None:
        """Offer these while one types."""
        self._choices = choices

    def _on_text_edited(self, typed: str) -> None:
        self.edited.emit()
        words = self._choices() if self._choices is not None else []
        others = (word for word in words if word.lower() != typed.lower())
        fitting = [Choice(word, word) for word in others if typed.lower() in word.lower()]
        if not typed or not fitting:
            self._close_list()
            return
        if self._list is None:
            self._list = ChoiceList(self)
            self._list.itemClicked.connect(lambda _: self._choose())
        self._list.offer(fitting, preselected=False)

    def _choose(self) -> None:
        chosen = self._list.chosen if self._list is not None else None
        self._close_list()
        if chosen is not None:
            self.setText(chosen.text)
            self.edited.emit()

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the list while it shows, take from it by Enter, close it by Esc.

        Without a list Enter goes on to the next field.
        """
        key = event.key()
        if self._list is not None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif self._list is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif self._list is not None and key == Qt.Key.Key_Escape:
            self._close_list()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        elif not self._emphasis.take(event):
            super().keyPressEvent(event)
            self._emphasis.tidy(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list along."""
        self._close_list()
        super().focusOutEvent(event)

    def texts(self) -> tuple[str, ...]:
        """Return the line."""
        return (self.text(),)

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show a line."""
        text = " ".join(texts)
        if text != self.text():
            place = self.cursorPosition() if self.hasFocus() else 0
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the SOP's one history."""
        return _is_history_key(event) or super().event(event)


class LinesField(QPlainTextEdit):
    """One item a line, as tall as its text; Shift+Enter breaks the line inside an item."""

    edited = Signal()
    left = Signal()

    def __init__(self, least_lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._is_showing = False
        self._emphasis = Emphasis(self)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def texts(self) -> tuple[str, ...]:
        """Return one text per block."""
        blocks, block = [], self.document().begin()
        while block.isValid():
            blocks.append(block.text().replace(_SOFT_BREAK, "\n"))
            block = block.next()
        return tuple(blocks)

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show items, unless they are what is typed already, blank lines apart."""
        if tuple(text for text in self.texts() if text.strip()) == texts:
            return
        self._is_showing = True
        at = self.textCursor().position()
        self.setPlainText("\n".join(text.replace("\n", _SOFT_BREAK) for text in texts))
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._is_showing = False
        self._fit()

    def _on_text_changed(self) -> None:
        self._fit()
        if not self._is_showing:
            self.edited.emit()

    def sizeHint(self) -> QSize:
        """Return the height of the text, wrapped as it is."""
        lines = max(self._least_lines, self._line_count())
        height = lines * self.fontMetrics().lineSpacing() + 2 * self.frameWidth() + 12
        return QSize(120, height)

    def minimumSizeHint(self) -> QSize:
        """Return the same; the form scrolls, the field does not."""
        return QSize(60, self.sizeHint().height())

    def _line_count(self) -> int:
        count, block = 0, self.document().begin()
        while block.isValid():
            count += max(1, block.layout().lineCount())
            block = block.next()
        return count

    def _fit(self) -> None:
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow or shrink as the lines wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write, or mark what is selected as bold or italic."""
        if not self._emphasis.take(event):
            super().keyPressEvent(event)
            self._emphasis.tidy(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field is left."""
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the SOP's one history."""
        return _is_history_key(event) or super().event(event)


def _is_history_key(event: QEvent) -> bool:
    """Return whether a key asks for undo or redo, and let the window's actions have it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    if not (event.matches(keys.Undo) or event.matches(keys.Redo)):
        return False
    event.ignore()
    return True
