"""Rectangles, level and upright lines, and convex outlines in the plane; all in mm."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Numbers = Sequence[float]
    Outline = Sequence[Numbers]

EPS = 0.011
"""What rounding may do."""


def is_inside(rect: Numbers, area: Numbers) -> bool:
    """Tell whether a rectangle lies in an area."""
    return (
        rect[0] >= area[0] - EPS
        and rect[1] >= area[1] - EPS
        and rect[2] <= area[2] + EPS
        and rect[3] <= area[3] + EPS
    )


def overlap(a: Numbers, b: Numbers, slack: float = 0.0) -> bool:
    """Tell whether two rectangles share more than `slack` each way."""
    return (
        a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack
    )


def bounds(points: Sequence[Numbers]) -> tuple[float, float, float, float]:
    """Return the rectangle around some points."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def distance(a: Numbers, b: Numbers) -> float:
    """Return how far two rectangles are apart; a level or upright line is one too."""
    dx = max(a[0] - b[2], b[0] - a[2], 0.0)
    dy = max(a[1] - b[3], b[1] - a[3], 0.0)
    return float((dx * dx + dy * dy) ** 0.5)


def close(rects: Sequence[Numbers], reach: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs, by index, of rectangles that are less than `reach` apart each way."""
    active: list[int] = []
    for one in sorted(range(len(rects)), key=lambda i: rects[i][1]):
        left, top, right, _ = rects[one]
        active = [i for i in active if rects[i][3] + reach > top]
        for other in active:
            if rects[other][0] - reach < right and left < rects[other][2] + reach:
                yield (other, one) if other < one else (one, other)
        active.append(one)


def cuts(a: Numbers, b: Numbers, outline: Outline) -> bool:
    """Tell whether a level or upright line runs through the inside of a convex outline."""
    axis = 1 if a[1] == b[1] else 0
    meets = []
    for p, q in pairwise([*outline, outline[0]]):
        low, high = sorted((p[axis], q[axis]))
        if low < high and low <= a[axis] <= high:
            share = (a[axis] - p[axis]) / (q[axis] - p[axis])
            meets.append(p[1 - axis] + (q[1 - axis] - p[1 - axis]) * share)
    if not meets:
        return False
    low, high = sorted((a[1 - axis], b[1 - axis]))
    return min(high, max(meets)) - max(low, min(meets)) > 0.02


def off(point: Numbers, outline: Outline) -> float:
    """Return how far a point is from the edge of an outline."""
    best = float("inf")
    for (x1, y1), (x2, y2) in pairwise([*outline, outline[0]]):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        share = ((point[0] - x1) * dx + (point[1] - y1) * dy) / length if length else 0.0
        share = min(1.0, max(0.0, share))
        x, y = x1 + share * dx, y1 + share * dy
        best = min(best, ((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5)
    return best


def meets(rect: Numbers, outline: Outline) -> bool:
    """Tell whether a rectangle and a convex outline overlap (separating axis theorem)."""
    corners = _corners(rect)
    axes = [(1.0, 0.0), (0.0, 1.0)]
    axes += [(b[1] - a[1], a[0] - b[0]) for a, b in pairwise([*outline, outline[0]])]
    for ax, ay in axes:
        mine = [x * ax + y * ay for x, y in corners]
        theirs = [x * ax + y * ay for x, y in outline]
        if max(mine) <= min(theirs) + 1e-6 or max(theirs) <= min(mine) + 1e-6:
            return False
    return True


def beside(rect: Numbers, outline: Outline) -> float:
    """Return how far a rectangle is from a convex outline, 0 where they overlap."""
    if meets(rect, outline):
        return 0.0
    corners = min(off(corner, outline) for corner in _corners(rect))
    return min(corners, *(distance(rect, (x, y, x, y)) for x, y in outline))


def holds(outline: Outline, rect: Numbers, slack: float) -> bool:
    """Tell whether a rectangle stands in a convex outline, or out of it by `slack` at most."""
    cx, cy = (sum(p[i] for p in outline) / len(outline) for i in (0, 1))
    for x, y in _corners(rect):
        for (x1, y1), (x2, y2) in pairwise([*outline, outline[0]]):
            dx, dy = x2 - x1, y2 - y1
            length = (dx * dx + dy * dy) ** 0.5
            if not length:
                continue
            side = ((x - x1) * dy - (y - y1) * dx) / length
            middle = ((cx - x1) * dy - (cy - y1) * dx) / length
            if side * middle < 0 and abs(side) > slack:
                return False
    return True


def _corners(rect: Numbers) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = rect
    return (left, top), (right, top), (right, bottom), (left, bottom)
