"""The two fields that the identity form is made of: one line, and one item a line.

`edited` is emitted for what the user types alone; `texts` are one an item, and `show_texts` leaves
the cursor where it makes sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.editor.fields.choice_list import Choices
from ui.editor.fields.emphasis import Emphasis
from ui.editor.fields.offering import Offering
from ui.plain_text import PlainTextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from ui.editor.fields.choice_list import Choice

_SOFT_BREAK = "\N{LINE SEPARATOR}"
"""A line's end inside an item: what Shift+Enter writes, and Enter does not."""


class LineField(QLineEdit):
    """One line of text."""

    edited = Signal()
    left = Signal()
    taken = Signal(object)
    """A `Choice` of the list has been written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: Callable[[], Choices] = Choices
        self.offering = Offering(self, self.text, self.rect)
        self.offering.taken.connect(self._take)
        self._emphasis = Emphasis(self)
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self.left)

    def set_choices(self, choices: Callable[[], Choices]) -> None:
        """Offer these while one types."""
        self._choices = choices

    def _on_text_edited(self) -> None:
        self.edited.emit()
        self.offering.offer(self._choices())

    def _take(self, chosen: Choice) -> None:
        self.setText(chosen.text)
        self.edited.emit()
        self.taken.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take from the list, open it by Alt+Down, or write; Enter goes on to the next field."""
        if self.offering.take_key(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        elif _asks_for_list(event) and not self.isReadOnly():
            self.offering.offer(self._choices(), is_asked=True)
        elif not self._emphasis.take(event):
            super().keyPressEvent(event)
            self._emphasis.tidy(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on by Tab, with the choice that the list stands on."""
        if is_next:
            self.offering.take()
        return super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list along."""
        self.offering.close()
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


class LinesField(PlainTextField):
    """One item a line, as tall as its text; Shift+Enter breaks the line inside an item."""

    edited = Signal()
    left = Signal()
    taken = Signal(object)
    """A `Choice` of the list has been written."""

    def __init__(self, least_lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._is_showing = False
        self._choices: Callable[[], Choices] = Choices
        self.offering = Offering(self, self._item, self._line)
        self.offering.taken.connect(self._take)
        self._emphasis = Emphasis(self)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def set_choices(self, choices: Callable[[], Choices]) -> None:
        """Offer these for an item while one types it."""
        self._choices = choices

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
        if self._is_showing:
            return
        self.edited.emit()
        if self.hasFocus():
            self.offering.offer(self._choices())

    def _item(self) -> str:
        return self.textCursor().block().text()

    def _line(self) -> QRect:
        """Return where the line with the cursor stands, as wide as the field."""
        cursor = self.cursorRect()
        return QRect(0, cursor.top(), self.width(), cursor.height() + self.frameWidth())

    def _take(self, chosen: Choice) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(chosen.text.replace("\n", _SOFT_BREAK))
        self.taken.emit(chosen)

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
        """Take from the list, open it by Alt+Down, write, or mark as bold or italic."""
        if self.offering.take_key(event):
            return
        if _asks_for_list(event) and not self.isReadOnly():
            self.offering.offer(self._choices(), is_asked=True)
        elif not self._emphasis.take(event):
            super().keyPressEvent(event)
            self._emphasis.tidy(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on by Tab, with the choice that the list stands on."""
        if is_next:
            self.offering.take()
        return super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field is left."""
        self.offering.close()
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the SOP's one history."""
        return _is_history_key(event) or super().event(event)


def _asks_for_list(event: QKeyEvent) -> bool:
    return (
        event.key() == Qt.Key.Key_Down
        and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        == Qt.KeyboardModifier.AltModifier
    )


def _is_history_key(event: QEvent) -> bool:
    """Return whether a key asks for undo or redo, and let the window's actions have it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    if not (event.matches(keys.Undo) or event.matches(keys.Redo)):
        return False
    event.ignore()
    return True
