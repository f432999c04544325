"""What can be chosen for a text, and the list that offers it while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_SHOWN = 10
LIST_STYLE = "QListWidget::item { padding: 3px 4px; }"


class Choice(NamedTuple):
    """An entry of a cell's list: what is read, and what it writes."""

    shown: str
    text: str


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
        """Return choices that are read as they are written."""
        return cls(tuple(Choice(text, text) for text in texts), separators, closed, least)

    def part_of(self, line: str, at: int) -> tuple[int, int]:
        """Return where the part of the line around a place begins and ends, blanks left out."""
        start = max((line.rfind(mark, 0, at) + 1 for mark in self.separators), default=0)
        ends = [place for mark in self.separators if (place := line.find(mark, at)) >= 0]
        end = min(ends, default=len(line))
        while start < at and line[start].isspace():
            start += 1
        return start, end


class ChoiceList(QListWidget):
    """The list under a field; it never takes the focus, so typing goes on."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self._entries: Sequence[Choice] = ()
        self.setStyleSheet(LIST_STYLE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(field.accessibleName())

    @property
    def chosen(self) -> Choice | None:
        """The entry that the list stands on."""
        return self._entries[self.currentRow()] if self.currentRow() >= 0 else None

    def offer(self, entries: Sequence[Choice], preselected: bool) -> None:
        """Show these under the field, or above it where there is more room."""
        self._entries = entries
        self.clear()
        self.addItems([entry.shown for entry in entries])
        self.setCurrentRow(0 if preselected else -1)
        rows = min(len(entries), _MOST_SHOWN)
        height = rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2
        width = max(self._field.width(), self.sizeHintForColumn(0) + 30)
        window = self._field.window()
        below = self._field.mapTo(window, self._field.rect().bottomLeft())
        above = self._field.mapTo(window, self._field.rect().topLeft())
        y = below.y() + 2
        if y + height > window.height():
            y = max(0, above.y() - height - 2)
        x = min(below.x(), max(0, window.width() - width))
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go on in the list, round its ends."""
        self.setCurrentRow((self.currentRow() + by) % self.count())
