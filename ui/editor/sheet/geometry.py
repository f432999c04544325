"""Rectangles, paths and points of a page, in millimetres."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.values import Point


def holds(rect: Rect, point: Point) -> bool:
    """Return whether the rectangle covers the point."""
    return rect.left <= point[0] <= rect.right and rect.top <= point[1] <= rect.bottom


def grown(rect: Rect, by: float) -> Rect:
    """Return the rectangle with a margin around it."""
    return Rect(rect.left - by, rect.top - by, rect.right + by, rect.bottom + by)


def united(rects: Sequence[Rect]) -> Rect:
    """Return the bounds of one or more rectangles."""
    return Rect(
        min(rect.left for rect in rects),
        min(rect.top for rect in rects),
        max(rect.right for rect in rects),
        max(rect.bottom for rect in rects),
    )


def distance_to(points: Sequence[Point], point: Point) -> float:
    """Return how far a path passes from the point."""
    return min(
        (_to_segment(start, end, point) for start, end in itertools.pairwise(points)),
        default=math.inf,
    )


def _to_segment(start: Point, end: Point, point: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    if not length:
        return math.dist(start, point)
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length
    share = max(0.0, min(1.0, share))
    return math.dist((start[0] + along[0] * share, start[1] + along[1] * share), point)


def is_inside(outline: Sequence[Point], point: Point, reach: float) -> bool:
    """Return whether a convex outline covers the point, or its edge is within `reach`."""
    sides = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        for a, b in itertools.pairwise((*outline, outline[0]))
    ]
    if all(side >= 0 for side in sides) or all(side <= 0 for side in sides):
        return True
    return reach > 0 and distance_to((*outline, outline[0]), point) <= reach
