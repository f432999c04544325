"""Bold and italics while a text is typed: of what is selected, or of what is typed next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from sopdesk.document.markup import Run, marked
from ui.editor.fields.selected_line import selected_line
from ui.editor.keys import is_typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

    from ui.editor.fields.marked_lines import Lines

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

    None where there are no words.
    """
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


class Emphasis:
    """Ctrl+B and Ctrl+I in one field.

    What is selected is marked or unmarked. Without a selection the cursor steps over a mark beside
    it; where there is none, the next letter gets marks of its own, so that no marks ever stand
    around nothing.
    """

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        self._words = selected_line(field)
        self._waiting = 0
        self._waits_at: object = None

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for, before the field does; say whether that was all."""
        mark = emphasis_of(event)
        if mark is not None:
            self._toggle(mark)
        elif self._awaited() and is_typed(event):
            self._type(event.text())
        else:
            return False
        return True

    def tidy(self, event: QKeyEvent) -> None:
        """Remove the marks around nothing that a deletion has left; what is typed next has them."""
        is_deleting = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if not is_deleting and not event.matches(QKeySequence.StandardKey.Cut):
            return
        line, start, end = self._words.state()
        before, after = _stars_around(line, start)
        if start == end and before and after:
            at = start - before
            self._words.replace(at, start + after, "*" * (before ^ after), at)
            self._wait_for(before)

    def _toggle(self, mark: int) -> None:
        line, start, end = self._words.state()
        if start == end:
            self._toggle_next(mark)
            return
        done = emphasise(line, start, end, mark) if end <= len(line) else None
        if done is not None:
            first = done.start + done.marks
            last = done.start + len(done.text) - done.marks
            self._words.replace(done.start, done.end, done.text, first, last)

    def _toggle_next(self, mark: int) -> None:
        """Step over a mark beside the cursor, or let what is typed next have it, or not."""
        line, start, _ = self._words.state()
        waiting = self._awaited()
        before, after = _stars_around(line, start)
        if waiting or not (before | after) & mark:
            self._wait_for(waiting ^ mark)
        elif after & mark:
            self._words.select(start + after, start + after)
            self._wait_for(after ^ mark)
        else:
            self._words.select(start - before, start - before)
            self._wait_for(before ^ mark)

    def _type(self, letter: str) -> None:
        """Write a letter between marks of its own; a space before the first word needs none.

        Marks turn a face on or off, so that what is in its own and in those beside it cancels out.
        """
        line, place, _ = self._words.state()
        if letter.isspace():
            self._words.replace(place, place, letter, place + len(letter))
            self._wait_for(self._waiting)
            return
        before, after = _stars_around(line, place)
        left, right = "*" * (before ^ self._waiting), "*" * (after ^ self._waiting)
        start = place - before
        at = start + len(left) + len(letter)
        self._words.replace(start, place + after, f"{left}{letter}{right}", at)

    def _wait_for(self, mark: int) -> None:
        self._waiting, self._waits_at = mark, self._words.state()

    def _awaited(self) -> int:
        """Return the mark of the next letter; 0 once the cursor or the text has changed."""
        return self._waiting if self._words.state() == self._waits_at else 0


def _stars_around(line: str, place: int) -> tuple[int, int]:
    """Return how many asterisks of marks end and begin at a place; an escaped one is a letter."""
    before = re.search(r"(?<![*\\])\*{1,3}$", line[:place])
    after = re.match(r"\*{1,3}(?!\*)", line[place:])
    return len(before[0]) if before else 0, len(after[0]) if after else 0
