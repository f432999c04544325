"""How close a page's lines come to each other and to symbols where lanes have too little room."""

from __future__ import annotations

from itertools import pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.values import Connector, Shape

    _Bounds = tuple[str, tuple[Sequence[float], Sequence[float]]]
    """A symbol's id, and from where to where it stands across a line and along it."""

_SLACK = 0.005
"""Too little to be seen or told."""


class _Line(NamedTuple):
    at: float
    start: float
    end: float
    ends: tuple[str, str]


def least_spacing_mm(
    connectors: Sequence[Connector],
    shapes: Sequence[Shape],
    apart_mm: float,
    clear_mm: float,
    *,
    are_rows_tight: bool = False,
) -> float:
    """Return the least distance between upright lines below `apart_mm`, or from one to a symbol.

    The symbol is a foreign one, by its bounds, and nearer than `clear_mm`. Infinite where all keep
    their distance. Level lines are told only where `are_rows_tight`: else rows grow until these
    have the room they need.
    """
    least = inf
    for axis in (0, 1) if are_rows_tight else (0,):
        lines = sorted(_lines(connectors, axis))
        bounds = [(shape.id, (shape.rect[axis::2], shape.rect[1 - axis :: 2])) for shape in shapes]
        gaps = (gap for gap in _gaps(lines, apart_mm) if gap < apart_mm - _SLACK)
        offs = (off for off in _offs(lines, bounds, clear_mm) if off < clear_mm - _SLACK)
        least = min(least, *gaps, *offs, inf)
    return least


def _lines(connectors: Iterable[Connector], axis: int) -> Iterator[_Line]:
    """Yield the upright lines (axis 0) or the level ones (axis 1)."""
    for connector in connectors:
        ends = connector.source, connector.target
        for a, b in pairwise(connector.points):
            if a[axis] == b[axis]:
                along = sorted((a[1 - axis], b[1 - axis]))
                yield _Line(a[axis], along[0], along[1], ends)


def _gaps(lines: Sequence[_Line], apart_mm: float) -> Iterator[float]:
    """Yield how far lines are apart that run side by side; one on another is no gap."""
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            gap = other.at - one.at
            if gap >= apart_mm:
                break
            if gap > _SLACK and one.start < other.end and other.start < one.end:
                yield gap


def _offs(lines: Sequence[_Line], bounds: Sequence[_Bounds], clear_mm: float) -> Iterator[float]:
    """Yield how far lines pass symbols that they neither leave nor enter."""
    for name, ((near, far), (first, last)) in bounds:
        for at, start, end, ends in lines:
            aside, over = max(near - at, at - far), max(first - end, start - last)
            if max(aside, over) < clear_mm and name not in ends:
                yield hypot(max(aside, 0.0), max(over, 0.0))
