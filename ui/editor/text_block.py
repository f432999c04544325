"""Wrapped text in pixels, measured and painted alike, remembered per text, width and font."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


class TextBlock:
    """A text broken into lines of a width; words break only where they are wider than it."""

    def __init__(self, text: str, width: int, font: QFont) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layouts: list[tuple[float, QTextLayout]] = []
        self.height = 0.0
        for line in text.split("\n"):
            layout = QTextLayout(line or " ", font)
            layout.setTextOption(option)
            self._layouts.append((self.height, layout))
            self.height += _break_lines(layout, max(width, 10))

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Draw in the painter's pen, the top left at a place."""
        for top, layout in self._layouts:
            layout.draw(painter, at + QPointF(0, top))


def text_block(text: str, width: int, font: QFont) -> TextBlock:
    """Return the block of a text, laid out once."""
    return _remembered(text, width, font.key())


@lru_cache(maxsize=6000)
def _remembered(text: str, width: int, font_key: str) -> TextBlock:
    font = QFont()
    font.fromString(font_key)
    return TextBlock(text, width, font)


def _break_lines(layout: QTextLayout, width: int) -> float:
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return height
