"""What can be chosen for a text, and the list that offers it while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

from sopdesk.document.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QRect

_MOST_SHOWN = 10
LIST_STYLE = "QListWidget::item { padding: 3px 4px; }"


class Choice(NamedTuple):
    """An entry of a field's list: what is read, what it writes, and what more is meant by it."""

    shown: str
    text: str
    meant: object = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a cell. Each part of a line between `separators` is one choice.

    Where they are `closed` nothing else makes sense, and the first that fits is taken by Enter.
    Unasked they are offered only once `least` characters are typed.
    """

    entries: tuple[Choice, ...] = ()
    separators: str = ""
    closed: bool = False
    least: int = 1

    @classmethod
    def of(
        cls, texts: Iterable[str], separators: str = "", closed: bool = False, least: int = 1
    ) -> Choices:
        """Return choices that are read as they are written, in one line and without marks."""
        entries = (Choice(plain(text).replace("\n", " "), text) for text in texts)
        return cls(tuple(entries), separators, closed, least)

    def fitting(self, part: str, is_asked: bool) -> list[Choice]:
        """Return those that hold every word of what is typed, all of them when asked for.

        What begins as typed comes first, so that a letter or two are enough. What is typed whole
        is offered again only beside others that it must stand before, or where more is meant.
        """
        typed = plain(part).strip().lower()
        if not is_asked and len(typed) < self.least:
            return []
        words = () if is_asked else typed.split()
        lowered = [(entry.shown.lower(), entry) for entry in self.entries]
        ranked = [one for one in lowered if all(word in one[0] for word in words)]
        ranked.sort(key=lambda one: _rank(one[0], typed))
        found = [entry for _, entry in ranked]
        others = [e for e in found if e.meant is not None or e.text.lower() != part.strip().lower()]
        return found if others and (is_asked or self.closed) else others

    def part_of(self, line: str, at: int) -> tuple[int, int]:
        """Return where the part of the line around a place begins and ends, blanks left out."""
        start = max((line.rfind(mark, 0, at) + 1 for mark in self.separators), default=0)
        ends = [place for mark in self.separators if (place := line.find(mark, at)) >= 0]
        end = min(ends, default=len(line))
        while start < at and line[start].isspace():
            start += 1
        return start, end


def _rank(shown: str, typed: str) -> int:
    return 0 if shown.startswith(typed) else 1 if typed in shown else 2


class ChoiceList(QListWidget):
    """The list under a field; it never takes the focus, so typing goes on."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self._entries: Sequence[Choice] = ()
        # The style's own frame is lost on a dark ground.
        self.setStyleSheet(LIST_STYLE + "QListWidget { border: 1px solid palette(mid); }")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(field.accessibleName())

    @property
    def chosen(self) -> Choice | None:
        """The entry that the list stands on."""
        return self._entries[self.currentRow()] if self.currentRow() >= 0 else None

    def offer(self, entries: Sequence[Choice], line: QRect, preselected: bool) -> None:
        """Show these under a line of the field, or above it where there is more room."""
        self._entries = entries
        self.clear()
        self.addItems([entry.shown for entry in entries])
        self.setCurrentRow(0 if preselected else -1)
        rows = min(len(entries), _MOST_SHOWN)
        height = rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2
        window = self._field.window()
        width = max(line.width(), min(self.sizeHintForColumn(0) + 30, window.width()))
        below = self._field.mapTo(window, line.bottomLeft())
        above = self._field.mapTo(window, line.topLeft())
        y = below.y() + 2
        if y + height > window.height():
            y = max(0, above.y() - height - 2)
        x = min(below.x(), max(0, window.width() - width))
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go on in the list, round its ends; up from none is the last."""
        row = self.currentRow()
        self.setCurrentRow(self.count() - 1 if row < 0 and by < 0 else (row + by) % self.count())
