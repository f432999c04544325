"""The labels of a decision's exits as text: how they are set, and how they stand in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.stacking import stacked
from sopdesk.sheet.typeset import break_text, widest_word_mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.typeset import TextLine
    from sopdesk.sheet.values import Rect, Text

_WIDEST_MM = 13.0
_NARROW_MM = 8.0
_WIDEST_WORD_MM = 24.0
_LEAST_PT = 5.5
_BROKEN_MM = (6.0, 4.4, 3.2, 2.4, 1.8, 1.2)
"""How narrow a label gets, its words broken, where lanes leave no room for a word."""

_MARGINS_MM = 1.5
"""Beside a label, to its line and to the rule that comes next."""


class Label(NamedTuple):
    """A label set: its lines, its size, and its width and height in mm."""

    lines: tuple[TextLine, ...]
    size_pt: float
    width: float
    height: float


def set_label(text: str, look: SheetLook) -> Label:
    """Return a label as it is set best: broken where it is long, never inside a word."""
    return next(settings(text, look))


def settings(text: str, look: SheetLook) -> Iterator[Label]:
    """Yield a label as it is set best, then narrower, then smaller, at last in broken words."""
    size = max(6.0, min(look.size_pt - 1.5, 8.0))
    yield _set_whole(text, look, size, _WIDEST_MM)
    yield _set_whole(text, look, size, _NARROW_MM)
    yield _set_whole(text, look, _LEAST_PT, _NARROW_MM)
    for room in _BROKEN_MM:
        yield _set(text, look, _LEAST_PT, room)


def _set_whole(text: str, look: SheetLook, size: float, room: float) -> Label:
    word = min(widest_word_mm(text, look.font, size), _WIDEST_WORD_MM)
    return _set(text, look, size, max(room, word))


def _set(text: str, look: SheetLook, size: float, room: float) -> Label:
    lines = break_text(text, look.font, size, room)
    width = max((line.width_mm for line in lines), default=0.0)
    return Label(lines, size, width, len(lines) * leading_mm(look.font, size))


def side_room(text: str, look: SheetLook) -> float:
    """Return the room beside a symbol in which a label of a side exit stands whole."""
    return set_label(text, look).width + _MARGINS_MM


def label_texts(label: Label, rect: Rect, area: Rect, look: SheetLook) -> Iterator[Text]:
    """Return the lines of a label in its rectangle; `area` is the cell that they stay in."""
    return stacked(label.lines, look.font, label.size_pt, rect, "label", cell=area, left=rect.left)
