"""How tall a row must be for its wrapped texts.

Excel would find out by itself when it opens the file, but not for merged cells, and other programs
show one line only; so each row is given its height.
"""

from __future__ import annotations

from functools import lru_cache

from sopdesk.sheet.faces import face_of, text_width_mm

_CHARACTER_MM = 1.852
"""A column of width 1: seven pixels at 96 dpi, the widest digit of the default font."""

_PADDING_MM = 1.5
_SAFETY = 1.04
_LINE_HEIGHT = 1.28
_TALLEST_PT = 409.0
"""Excel's limit. What is longer stays in the cell, and shows when it is edited."""


def row_height_pt(lines: int, size_pt: float) -> float:
    """Return the height of a row of so many lines, in points."""
    return min(lines * size_pt * _LINE_HEIGHT + 2.5, _TALLEST_PT)


@lru_cache(maxsize=4096)
def line_count(text: str, width: float, size_pt: float, is_bold: bool) -> int:
    """Return how many lines the text takes in a column so many characters wide."""
    if len(text) * 1.6 < width and "\n" not in text:
        return 1
    room = width * _CHARACTER_MM - _PADDING_MM
    face = face_of("sans", is_bold)
    return sum(_wrapped(line, room, size_pt * _SAFETY, face) for line in text.split("\n"))


def _wrapped(line: str, room: float, size_pt: float, face: str) -> int:
    """Count the lines of one paragraph: words are kept whole where they fit."""
    lines, used = 1, 0.0
    space = text_width_mm(" ", face, size_pt)
    for word in line.split(" "):
        wide = text_width_mm(word, face, size_pt)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
        if used > room:
            lines += int(used // room)
            used %= room
    return lines
