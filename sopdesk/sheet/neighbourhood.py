"""What stands and runs in and beside one band, for a label to keep off.

x is in mm from the lanes' left, y in mm from the band's middle. Upright lines are known here to the
millimetre before rows have heights, and level lines in gutters keep off whatever labels take: so a
place that is free here is free on the page.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.values import Point, Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

FAR = 1e4
"""Where a line is that leaves the neighbourhood."""

Outline = tuple[Point, ...]


class View(NamedTuple):
    """What labels keep off, along runs of one direction: for upright runs x and y are swapped."""

    lines: list[Rect]
    solids: list[Rect]
    outlines: list[Outline]


class Neighbourhood:
    """A band with what stands and runs there; `free` is how far off its middle costs no height."""

    def __init__(self, width: float, rules: Sequence[float], free: float) -> None:
        """Take the width of all lanes and the x of the rules beside them."""
        self.width, self.rules, self.free = width, rules, free
        self.level, self.upright = View([], [], []), View([], [], [])

    def add_line(self, rect: Rect) -> None:
        """Add a level or upright line, as a rectangle without width or height."""
        self.level.lines.append(rect)
        self.upright.lines.append(swapped(rect))

    def add_solid(self, rect: Rect) -> None:
        """Add a text, a label, or a symbol that fills its bounds."""
        self.level.solids.append(rect)
        self.upright.solids.append(swapped(rect))

    def add_outline(self, outline: Outline) -> None:
        """Add a symbol by its convex outline."""
        self.level.outlines.append(outline)
        self.upright.outlines.append(tuple((y, x) for x, y in outline))

    def near(self, window: Rect) -> Neighbourhood:
        """Return the same with its symbols, and of the rest only what meets a window."""
        found = self.empty()
        for view, mine, part in (
            (found.level, self.level, window),
            (found.upright, self.upright, swapped(window)),
        ):
            view.lines.extend(line for line in mine.lines if meets(line, part))
            view.solids.extend(solid for solid in mine.solids if meets(solid, part))
            view.outlines.extend(mine.outlines)
        return found

    def without_lines(self) -> Neighbourhood:
        """Return the same with its symbols, texts and labels only."""
        found = self.empty()
        for view, mine in ((found.level, self.level), (found.upright, self.upright)):
            view.solids.extend(mine.solids)
            view.outlines.extend(mine.outlines)
        return found

    def empty(self) -> Neighbourhood:
        """Return the same with nothing in it."""
        return Neighbourhood(self.width, self.rules, self.free)


def meets(rect: Rect, window: Rect) -> bool:
    """Tell whether two rectangles have a point in common."""
    return (
        rect.left <= window.right
        and window.left <= rect.right
        and rect.top <= window.bottom
        and window.top <= rect.bottom
    )


def swapped(rect: Rect) -> Rect:
    """Return a rectangle with x and y swapped."""
    return Rect(rect.top, rect.left, rect.bottom, rect.right)


def extent(outline: Outline, low: float, high: float) -> tuple[float, float] | None:
    """Return from where to where a convex outline reaches between two levels, if it does."""
    found = []
    for (x1, y1), (x2, y2) in pairwise((*outline, outline[0])):
        if low < y1 < high:
            found.append(x1)
        for y in (low, high):
            if (y1 < y) != (y2 < y):
                found.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    return (min(found), max(found)) if found else None
