"""The five symbols: how large they are and what outline they have, in mm."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Kind
from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.typeset import break_text, widest_word_mm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.values import Symbol
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.typeset import TextLine
    from sopdesk.sheet.values import Point, Rect

OFFPAGE = "offpage"
_WIDTH_MM = 14.0
_WIDEST_MM = 24.0
_LEAST_WIDENING_SCALE = 0.7
"""Below this lanes have no room for symbols that are wider for their words."""

_HEIGHTS_MM = {Kind.START: 6.4, Kind.PROCESS: 7.0, Kind.DECISION: 9.0, Kind.END: 6.4}
_LEAST_HEIGHTS_MM = {Kind.START: 3.2, Kind.PROCESS: 3.3, Kind.DECISION: 5.4, Kind.END: 3.2}
"""However narrow symbols are, lines `GAP` off the middle of their sides end on them."""

_OFFPAGE_MM = 7.0
_INSET_MM = 0.9
_INSET_SHARE = 0.065
"""Around the text in a symbol: this much, or where it is narrow this share of its width."""

_ARC_STEPS = 12
_DIAMOND_SHARE = 0.6
_MOST_DIAMOND_SHARE = 0.85
"""Of a diamond's width, for its text; the second where a letter alone takes more."""

_GRAIN_MM = 0.2
"""In how small steps a capsule grows for its text."""

_SMALLER = 0.94
_LEAST_TEXT_PT = 1.5
"""In what steps, and down to what, the text in a symbol gets smaller that a page cannot hold."""


class Measures(NamedTuple):
    """The measures that all symbols of a table share: `scale` is 1 where lanes have room."""

    width: float
    scale: float
    text_pt: float


def measures_of(symbols: Iterable[Symbol], look: SheetLook, scale: float) -> Measures:
    """Return the measures of a table's symbols; long words make all of them wider."""
    text_pt = max(5.5, min(look.size_pt - 1.5, 8.0) * math.sqrt(scale))
    width = _WIDTH_MM * scale
    if scale < _LEAST_WIDENING_SCALE:
        return Measures(width, scale, text_pt)
    for symbol in symbols:
        if symbol.text and len(symbol.lanes) == 1:
            word = widest_word_mm(symbol.text, look.font, text_pt) + 2 * _INSET_MM
            needed = word / _DIAMOND_SHARE if symbol.kind is Kind.DECISION else word
            width = max(width, min(needed, _WIDEST_MM * scale))
    return Measures(width, scale, text_pt)


def text_lines(
    symbol: Symbol, look: SheetLook, text_pt: float, width: float
) -> tuple[TextLine, ...]:
    """Return the lines of the text in a symbol of this width."""
    share = _DIAMOND_SHARE if symbol.kind is Kind.DECISION else 1.0
    return break_text(symbol.text, look.font, text_pt, width * share - 2 * _inset(width))


def _inset(width: float) -> float:
    return min(_INSET_MM, _INSET_SHARE * width)


def height_mm(symbol: Symbol, look: SheetLook, measures: Measures, width: float) -> float:
    """Return how high a symbol of this width is, so that its text stays inside its outline."""
    height = max(_HEIGHTS_MM[symbol.kind] * measures.scale, _LEAST_HEIGHTS_MM[symbol.kind])
    widest, block = text_block(symbol, look, measures, width)
    if not block:
        return height
    inset = _inset(width)
    if symbol.kind is Kind.DECISION:
        return max(height, block / (1 - min((widest + inset) / width, _MOST_DIAMOND_SHARE)))
    height = max(height, block + 2 * inset)
    if symbol.kind in (Kind.START, Kind.END):
        while not _is_in_capsule(widest, block, width, height):
            height += _GRAIN_MM
    return height


def low_enough(
    symbol: Symbol, look: SheetLook, measures: Measures, width: float, most_mm: float
) -> Measures:
    """Return the measures with a text so small that this symbol is at most `most_mm` high."""
    while measures.text_pt > _LEAST_TEXT_PT and height_mm(symbol, look, measures, width) > most_mm:
        measures = measures._replace(text_pt=measures.text_pt * _SMALLER)
    return measures


def _is_in_capsule(text: float, block: float, width: float, height: float) -> bool:
    """Tell whether the corners of a text stand inside a capsule's arcs."""
    radius = min(width, height) / 2
    dx = max(0.0, text / 2 - (width / 2 - radius))
    dy = max(0.0, block / 2 - (height / 2 - radius))
    return dx * dx + dy * dy <= radius * radius or text >= width


def text_block(
    symbol: Symbol, look: SheetLook, measures: Measures, width: float
) -> tuple[float, float]:
    """Return width and height of the text in a symbol of this width."""
    lines = text_lines(symbol, look, measures.text_pt, width)
    widest = max((line.width_mm for line in lines), default=0.0)
    return widest, len(lines) * leading_mm(look.font, measures.text_pt)


def offpage_size(measures: Measures) -> tuple[float, float]:
    """Return width and height of an off-page connector, never wider than the lanes' symbols."""
    side = _OFFPAGE_MM * max(measures.scale, 0.75)
    return min(side, measures.width), side


@lru_cache(maxsize=4096)
def outline(kind: str, rect: Rect) -> tuple[Point, ...]:
    """Return a symbol's convex outline inside its rectangle, clockwise from its top left."""
    left, top, right, bottom = rect
    x, y = rect.center
    if kind == Kind.DECISION:
        return ((x, top), (right, y), (x, bottom), (left, y))
    if kind in (Kind.START, Kind.END):
        return _capsule(rect)
    if kind == OFFPAGE:
        shoulder = top + 0.6 * rect.height
        return ((left, top), (right, top), (right, shoulder), (x, bottom), (left, shoulder))
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _capsule(rect: Rect) -> tuple[Point, ...]:
    """Return two half circles, at the left and right of a wide symbol, else above and below."""
    radius = min(rect.height, rect.width) / 2
    x, y = rect.center
    if rect.width >= rect.height:
        arcs = ((rect.right - radius, y, -90), (rect.left + radius, y, 90))
    else:
        arcs = ((x, rect.top + radius, 180), (x, rect.bottom - radius, 0))
    points: list[Point] = []
    for center_x, center_y, start in arcs:
        for step in range(_ARC_STEPS + 1):
            angle = math.radians(start + 180 * step / _ARC_STEPS)
            points.append(
                (center_x + radius * math.cos(angle), center_y + radius * math.sin(angle))
            )
    return tuple(points)


def edge_x(shape: tuple[Point, ...], y: float, to_right: bool) -> float:
    """Return where a horizontal line at `y` meets the outline on that side."""
    found = [x for x, _ in _meets(shape, y, 1)]
    return max(found) if to_right else min(found)


def edge_y(shape: tuple[Point, ...], x: float, to_bottom: bool) -> float:
    """Return where a vertical line at `x` meets the outline above or below."""
    found = [y for _, y in _meets(shape, x, 0)]
    return max(found) if to_bottom else min(found)


def _meets(shape: tuple[Point, ...], at: float, axis: int) -> list[Point]:
    """Return the points of the outline whose coordinate on `axis` (0 is x) is `at`."""
    found: list[Point] = []
    for a, b in zip(shape, shape[1:] + shape[:1], strict=True):
        start, end = a[axis], b[axis]
        if start < at > end or start > at < end:
            continue
        if start == end:
            found += [a, b]
            continue
        share = (at - start) / (end - start)
        found.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
    return found
