"""Where lines cross, the level one hops over the upright one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.values import Connector, Point


def with_hops(connectors: Sequence[Connector]) -> list[Connector]:
    """Return the connectors with the places where each hops, in the order of its way.

    Lines that only touch, as where two join, do not cross.
    """
    uprights = sorted(
        {
            (a[0], min(a[1], b[1]), max(a[1], b[1]))
            for connector in connectors
            for a, b in pairwise(connector.points)
            if a[0] == b[0]
        }
    )
    return [_hopping(connector, uprights) for connector in connectors]


def _hopping(connector: Connector, uprights: Sequence[tuple[float, float, float]]) -> Connector:
    """Return a connector with its hops over upright lines, which are given from left to right."""
    jumps: list[Point] = []
    for start, end in pairwise(connector.points):
        if start[1] != end[1]:
            continue
        y, left, right = start[1], min(start[0], end[0]), max(start[0], end[0])
        near = uprights[bisect_right(uprights, (left, inf)) : bisect_left(uprights, (right,))]
        places = {x for x, top, bottom in near if top < y < bottom}
        jumps += [(x, y) for x in sorted(places, reverse=end[0] < start[0])]
    return connector._replace(jumps=tuple(jumps))
