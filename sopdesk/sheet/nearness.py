"""How close a page's lines come to each other and to symbols where lanes have too little room."""

from __future__ import annotations

from itertools import pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.sheet.values import Connector, Shape

_SLACK = 0.005
"""Too little to be seen or told."""


class _Upright(NamedTuple):
    x: float
    top: float
    bottom: float
    ends: tuple[str, str]


def least_spacing_mm(
    connectors: Sequence[Connector], shapes: Sequence[Shape], apart_mm: float, clear_mm: float
) -> float:
    """Return the least distance between upright lines below `apart_mm`, or from one to a symbol.

    The symbol is a foreign one, by its bounds, and nearer than `clear_mm`. Infinite where all keep
    their distance. Level lines are left out: rows grow until these have the room they need.
    """
    uprights = sorted(
        _Upright(a[0], min(a[1], b[1]), max(a[1], b[1]), (connector.source, connector.target))
        for connector in connectors
        for a, b in pairwise(connector.points)
        if a[0] == b[0]
    )
    found = (
        *(gap for gap in _gaps(uprights, apart_mm) if gap < apart_mm - _SLACK),
        *(off for off in _offs(uprights, shapes, clear_mm) if off < clear_mm - _SLACK),
    )
    return min(found, default=inf)


def _gaps(uprights: Sequence[_Upright], apart_mm: float) -> Iterator[float]:
    """Yield how far lines are apart that run side by side; one on another is no gap."""
    for index, one in enumerate(uprights):
        for other in uprights[index + 1 :]:
            gap = other.x - one.x
            if gap >= apart_mm:
                break
            if gap > _SLACK and one.top < other.bottom and other.top < one.bottom:
                yield gap


def _offs(
    uprights: Sequence[_Upright], shapes: Sequence[Shape], clear_mm: float
) -> Iterator[float]:
    """Yield how far lines pass symbols that they neither leave nor enter."""
    for shape in shapes:
        left, top, right, bottom = shape.rect
        for x, above, below, ends in uprights:
            aside, over = max(left - x, x - right), max(top - below, above - bottom)
            if max(aside, over) < clear_mm and shape.id not in ends:
                yield hypot(max(aside, 0.0), max(over, 0.0))
