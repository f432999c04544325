"""Bold and italics while a text is typed: the marks of `markup` put around a word, or removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from sopdesk.document.markup import Run, marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

    from ui.editor.marked_lines import Lines

ITALIC, BOLD = 1, 2
"""How many asterisks a mark has; both together are three."""
_DASH = "- "
_KEYS = {Qt.Key.Key_I: ITALIC, Qt.Key.Key_B: BOLD}


class Emphasised(NamedTuple):
    """What replaces `text[start:end]`; the words themselves begin `marks` characters later."""

    start: int
    end: int
    text: str
    marks: int


def emphasis_of(event: QKeyEvent) -> int | None:
    """Return what Ctrl+B or Ctrl+I asks for, None for any other key."""
    is_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return _KEYS.get(Qt.Key(event.key())) if is_ctrl else None


def emphasise(line: str, start: int, end: int, mark: int) -> Emphasised | None:
    """Return the words from `start` to `end` of a line with a mark more, or without it.

    Without a selection it is the word at `start`; None where there is none.
    """
    if start == end:
        start, end = _word_at(line, start)
    while start < end and line[start] in " *":
        start += 1
    while start < end and line[end - 1] in " *":
        end -= 1
    if start == end:
        return None
    before = len(line[:start]) - len(line[:start].rstrip("*"))
    after = len(line[end:]) - len(line[end:].lstrip("*"))
    old = min(before, after, ITALIC + BOLD)
    new = old ^ mark
    stars = "*" * new
    return Emphasised(start - old, end + old, f"{stars}{line[start:end]}{stars}", new)


def emphasise_cells(cells: Sequence[Lines], mark: int) -> list[str]:
    """Return the texts of whole cells with a mark more; without it, where all words bear it.

    The dash before a part of an activity stays outside of the marks.
    """
    said = [run for lines in cells for line in lines for run in line if run.text.strip("- ")]
    is_on = not all(run.is_bold if mark == BOLD else run.is_italic for run in said)
    return ["\n".join(_with(line, mark, is_on) for line in lines) for lines in cells]


def _with(line: tuple[Run, ...], mark: int, is_on: bool) -> str:
    text = "".join(run.text for run in line)
    dash = _DASH if text.startswith(_DASH) else ""
    left = len(dash)
    parts = []
    for run in line:
        words, left = run.text[left:], max(0, left - len(run.text))
        is_bold, is_italic = (is_on, run.is_italic) if mark == BOLD else (run.is_bold, is_on)
        parts.append(Run(words, is_bold, is_italic))
    return dash + marked(run for run in parts if run.text)


def _word_at(line: str, place: int) -> tuple[int, int]:
    for word in re.finditer(r"[^\s*]+", line):
        if word.start() <= place <= word.end():
            return word.span()
    return place, place


def emphasise_in_line(field: QLineEdit, mark: int) -> None:
    """Mark or unmark what is selected in a field of one line, as typing would."""
    start = field.selectionStart() if field.hasSelectedText() else field.cursorPosition()
    done = emphasise(field.text(), start, start + len(field.selectedText()), mark)
    if done is not None:
        field.setSelection(done.start, done.end - done.start)
        field.insert(done.text)
        field.setSelection(done.start + done.marks, len(done.text) - 2 * done.marks)
        field.textEdited.emit(field.text())


def emphasise_in_lines(field: QPlainTextEdit, mark: int) -> None:
    """Mark or unmark what is selected in a field of many lines, where it is within one of them."""
    cursor = field.textCursor()
    block = field.document().findBlock(cursor.selectionStart())
    first = block.position()
    start, end = cursor.selectionStart() - first, cursor.selectionEnd() - first
    done = emphasise(block.text(), start, end, mark) if end <= len(block.text()) else None
    if done is not None:
        cursor.setPosition(first + done.start)
        cursor.setPosition(first + done.end, cursor.MoveMode.KeepAnchor)
        cursor.insertText(done.text)
        cursor.setPosition(first + done.start + done.marks)
        words = len(done.text) - 2 * done.marks
        cursor.movePosition(cursor.MoveOperation.Right, cursor.MoveMode.KeepAnchor, words)
        field.setTextCursor(cursor)
