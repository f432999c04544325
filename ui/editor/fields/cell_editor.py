"""A field for one cell's text: grows while one types, completes, and leaves by Enter or Tab.

The step table opens it in a cell, the canvas over a text of the sheet; neither validates here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from ui.editor.fields.choice_list import Choices
from ui.editor.fields.emphasis import Emphasis
from ui.editor.fields.offering import Offering
from ui.editor.fields.text_block import text_block
from ui.editor.keys import Command, command_of
from ui.plain_text import PlainTextField

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ui.editor.fields.choice_list import Choice

PADDING_PX = 4


class CellEditor(PlainTextField):
    """Plain text in a cell. `left` says that the user is done with it, and where to go next."""

    left = Signal(str)
    commanded = Signal(object)
    """A `Command` that was asked for while typing; the text is to be kept first."""
    undo_asked = Signal()

    def __init__(self, parent: QWidget, choices: Choices | None = None) -> None:
        super().__init__(parent)
        self._choices = choices or Choices()
        self._offering = Offering(self, lambda: self._part().selectedText(), self.rect)
        self._offering.taken.connect(self._take)
        self._emphasis = Emphasis(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 0; }")
        self.document().setDocumentMargin(PADDING_PX)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(False)
        self._least = QRect()
        self._filled = self._source = ""
        self.selects_on_fill = False
        """Whether typing is to replace the text."""
        self.textChanged.connect(self._on_text_changed)

    def fill(self, text: str) -> None:
        """Begin with this text, the cursor at its end."""
        self._filled = self._source = text
        self.setPlainText(text)
        if self.selects_on_fill:
            self.selectAll()
        else:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def follow(self, text: str) -> None:
        """Take over what the cell says by now, the cursor where it was; never over typed text."""
        if text == self._source or self.is_changed:
            return
        cursor, place = self.textCursor(), self.textCursor().position()
        self._filled = self._source = text
        self.setPlainText(text)
        cursor.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def note_written(self, text: str) -> None:
        """Know that what is typed here has been written, and that the cell reads `text` now."""
        self._filled, self._source = self.toPlainText(), text

    @property
    def is_changed(self) -> bool:
        """Whether the text is another than it began with, or than was written."""
        return self.toPlainText() != self._filled

    # Its size

    def fit_into(self, cell: QRect) -> None:
        """Cover the cell, and more of what is below while the text needs it."""
        self._least = QRect(cell)  # Qt owns the one it gives, and it does not last.
        self._grow()

    def _on_text_changed(self) -> None:
        self._grow()
        if self._offering.is_open or (self.is_changed and self.hasFocus()):
            self._offering.offer(self._choices)

    def _grow(self) -> None:
        if self._least.isNull():
            return
        height = max(self._least.height(), self._needed_height())
        place = QRect(self._least.topLeft(), QSize(self._least.width(), height))
        holder = self.parentWidget()
        if holder is not None and place.bottom() > holder.height():
            place.moveBottom(max(height, holder.height()) - 1)
        self.setGeometry(place)

    def _needed_height(self) -> int:
        width = max(20, self._least.width() - 2 * PADDING_PX)
        height = text_block(self.toPlainText(), width, self.font()).height
        return round(height) + 2 * PADDING_PX + 4

    # Its keys

    def event(self, event: QEvent) -> bool:
        """Take Tab, and leave the window's shortcuts alone but for undo and redo of typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                event.accept()
                return True
            if command_of(event, while_typing=True) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, break the line, choose from the list, or write."""
        if self._offering.take_key(event):
            return
        if self._leave_by(event) or self._command_by(event):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_choices()
            return
        if not self._emphasis.take(event):
            super().keyPressEvent(event)
            self._emphasis.tidy(event)

    def _leave_by(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        breaks = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers in breaks:
            self.insertPlainText("\n")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self.left.emit("down")
        elif key == Qt.Key.Key_Tab and not modifiers:
            self.left.emit("right")
        elif key == Qt.Key.Key_Backtab:
            self.left.emit("left")
        elif key == Qt.Key.Key_Escape:
            self.left.emit("cancel")
        else:
            return False
        return True

    def _command_by(self, event: QKeyEvent) -> bool:
        command = command_of(event, while_typing=True)
        if isinstance(command, Command):
            self.commanded.emit(command)
            return True
        is_undo = event.key() == Qt.Key.Key_Z and (
            event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if is_undo and not self.document().isUndoAvailable():
            self.undo_asked.emit()
            return True
        return False

    # Its list

    def show_choices(self) -> None:
        """Open the list of what can stand here."""
        self._offering.offer(self._choices, is_asked=True)

    def _part(self) -> QTextCursor:
        """Return a cursor that selects what a choice replaces."""
        cursor = self.textCursor()
        block = cursor.block()
        start, end = self._choices.part_of(block.text(), cursor.positionInBlock())
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _take(self, chosen: Choice) -> None:
        self._part().insertText(chosen.text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list along."""
        self._offering.close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QEvent) -> None:
        """Take the list along."""
        self._offering.close()
