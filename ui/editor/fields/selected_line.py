"""The line of a field in which something is selected: read and written alike in every field."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class SelectedLine(Protocol):
    """A line of text, and what of it is selected; places are counted from its first letter."""

    def state(self) -> tuple[str, int, int]:
        """Return the line, and where in it the selection begins and ends."""

    def select(self, start: int, end: int) -> None:
        """Select a part; put the cursor there where it is empty."""

    def replace(self, start: int, end: int, text: str, first: int, last: int | None = None) -> None:
        """Replace a part as if typed, and select another."""


def selected_line(field: QLineEdit | QPlainTextEdit) -> SelectedLine:
    """Return the line of a field that is typed into."""
    return _Line(field) if isinstance(field, QLineEdit) else _Block(field)


class _Line:
    """The text of a field of one line."""

    def __init__(self, field: QLineEdit) -> None:
        self._field = field

    def state(self) -> tuple[str, int, int]:
        """Return the text, and where what is selected in it begins and ends."""
        field = self._field
        start = field.selectionStart() if field.hasSelectedText() else field.cursorPosition()
        return field.text(), start, start + len(field.selectedText())

    def select(self, start: int, end: int) -> None:
        """Select a part; put the cursor there where it is empty."""
        self._field.setCursorPosition(start)
        self._field.setSelection(start, end - start)

    def replace(self, start: int, end: int, text: str, first: int, last: int | None = None) -> None:
        """Replace a part as if typed, and select another."""
        self.select(start, end)
        self._field.insert(text)
        self.select(first, first if last is None else last)
        self._field.textEdited.emit(self._field.text())


class _Block:
    """The line of a field of many in which the selection begins."""

    def __init__(self, field: QPlainTextEdit) -> None:
        self._field = field

    def state(self) -> tuple[str, int, int]:
        """Return the line, and where in it the selection begins and ends; it may end behind it."""
        cursor = self._field.textCursor()
        block = self._field.document().findBlock(cursor.selectionStart())
        start, end = (
            at - block.position() for at in (cursor.selectionStart(), cursor.selectionEnd())
        )
        return block.text(), start, end

    def select(self, start: int, end: int) -> None:
        """Select a part; put the cursor there where it is empty."""
        cursor = self._field.textCursor()
        first = self._field.document().findBlock(cursor.selectionStart()).position()
        cursor.setPosition(first + start)
        cursor.setPosition(first + end, cursor.MoveMode.KeepAnchor)
        self._field.setTextCursor(cursor)

    def replace(self, start: int, end: int, text: str, first: int, last: int | None = None) -> None:
        """Replace a part as if typed, and select another."""
        self.select(start, end)
        self._field.insertPlainText(text)
        self.select(first, first if last is None else last)
