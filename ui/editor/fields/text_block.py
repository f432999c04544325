"""Wrapped text in pixels, measured and painted alike, remembered per text, width and font."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextOption

from ui.editor.fields.marked_lines import plain_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from sopdesk.document.markup import Run
    from ui.editor.fields.marked_lines import Lines


class TextBlock:
    """Lines of text broken at a width; words break only where they are wider than it."""

    def __init__(self, lines: Lines, width: int, font: QFont) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layouts: list[tuple[float, QTextLayout]] = []
        self.height = 0.0
        for line in lines:
            layout = QTextLayout("".join(run.text for run in line) or " ", font)
            layout.setTextOption(option)
            layout.setFormats(_faces(line))
            self._layouts.append((self.height, layout))
            self.height += _break_lines(layout, max(width, 10))

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Draw in the painter's pen, the top left at a place."""
        for top, layout in self._layouts:
            layout.draw(painter, at + QPointF(0, top))


def text_block(
    text: str, width: int, font: QFont, lines_of: Callable[[str], Lines] = plain_lines
) -> TextBlock:
    """Return the block of a text, laid out once; `lines_of` says how it is read."""
    return _remembered(text, width, font.key(), lines_of)


@lru_cache(maxsize=6000)
def _remembered(
    text: str, width: int, font_key: str, lines_of: Callable[[str], Lines]
) -> TextBlock:
    font = QFont()
    font.fromString(font_key)
    return TextBlock(lines_of(text), width, font)


def _faces(line: tuple[Run, ...]) -> list[QTextLayout.FormatRange]:
    """Return where a line is bold or italic, counted as Qt counts: in 16-bit units."""
    ranges: list[QTextLayout.FormatRange] = []
    start = 0
    for run in line:
        length = len(run.text.encode("utf-16-le")) // 2
        if run.is_bold or run.is_italic:
            face = QTextLayout.FormatRange()
            face.start, face.length = start, length
            face.format = _format(run)
            ranges.append(face)
        start += length
    return ranges


def _format(run: Run) -> QTextCharFormat:
    face = QTextCharFormat()
    if run.is_bold:
        face.setFontWeight(QFont.Weight.Bold)
    if run.is_italic:
        face.setFontItalic(True)
    return face


def _break_lines(layout: QTextLayout, width: int) -> float:
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return height
