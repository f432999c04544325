"""Where a route may begin and end: the open ports of a symbol's sides.

A side has three ports, the middle one and one line off it to either side. Two of them are used at
most, so that the label of an exit has room beside its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Side
from sopdesk.sheet.routing.costs import ASIDE, OFF_MIDDLE
from sopdesk.sheet.routing.grid import ENTRIES, EXITS
from sopdesk.sheet.routing.occupancy import span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sopdesk.sheet.routing.grid import Link, Node
    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.routing.planes import Plane

Point = tuple[int, int]


_UPRIGHT = (Side.TOP, Side.BOTTOM)
_ONWARD = (Side.RIGHT, Side.BOTTOM)
"""The sides that a line leaves up or down, and those that it leaves to higher places."""


class End(NamedTuple):
    """An open port as a search sees it: a point on a symbol's edge, its side, and what it costs.

    The route's run there lies on `line` of `plane` and ends `at` that place; `reach` holds as bits
    the places up to the first obstacle.
    """

    point: Point
    side: Side
    cost: float
    plane: Plane
    other: Plane
    line: int
    at: int
    reach: int

    @property
    def is_upright(self) -> bool:
        """Whether a line leaves it up or down."""
        return self.side in _UPRIGHT

    def near(self) -> int:
        """Return as bits the places in the alley next to the port, up to the first obstacle."""
        _, cell, _ = self.plane.axis.places[self.at]
        alley = self.plane.axis.alley(cell + 1 if self.side in _ONWARD else cell)
        return self.reach & span(alley[0], alley[-1])


class Ports:
    """The ports that are open to one link, given all other routes."""

    def __init__(
        self,
        nodes: Sequence[Node],
        rows: Plane,
        columns: Plane,
        joins: Collection[tuple[Path, bool]],
    ) -> None:
        """Take what lies on level and on upright lines.

        `joins` holds the routes that may be joined, and whether at their end or at their start.
        """
        self._nodes, self._rows, self._columns = nodes, rows, columns
        self._kin = {point for path, _ in joins for point in (path[0], path[-1])}
        self._not_to_leave = {path[0] for path, at_end in joins if at_end}
        self._not_to_leave |= {path[-1] for path, _ in joins}
        self._not_to_enter = {path[-1] for path, at_end in joins if not at_end}
        self._not_to_enter |= {path[0] for path, _ in joins}

    def leaving(self, link: Link, sides: Collection[Side], is_tied: bool) -> list[End]:
        """Return the ports of the link's source on these sides.

        Where sides `is_tied`, a side may have all its ports in use.
        """
        return self._open(link.source, EXITS, sides, self._not_to_leave, is_tied)

    def entering(
        self, link: Link, sides: Collection[Side], outs: Collection[End], is_tied: bool
    ) -> list[End]:
        """Return the ports of the link's target on these sides; `outs` are those of its source."""
        foreign = self._not_to_enter | {out.point for out in outs}
        return self._open(link.target, ENTRIES, sides, foreign, is_tied)

    def _open(
        self,
        node: int,
        order: tuple[Side, ...],
        sides: Collection[Side],
        foreign: Collection[Point],
        is_tied: bool,
    ) -> list[End]:
        """Return the ports that nobody else has; beside a middle that is taken, its neighbours.

        At the `foreign` points another route may be joined, but not with this end.
        """
        found = []
        for side in order:
            if side not in sides:
                continue
            for point in self._middles(self._nodes[node], side):
                end = self._end(point, side, 0.0)
                if end:
                    found.append(end)
                if not end or point in foreign:
                    found += self._beside(point, side, is_tied)
        return found

    def _middles(self, node: Node, side: Side) -> list[Point]:
        """Return the middle ports of a side; above and below there is one in each broad lane."""
        across, down = self._rows.axis, self._columns.axis
        if side not in _UPRIGHT:
            x = across.cell(node.first) if side is Side.LEFT else across.far(node.last)
            return [(x, down.middle(node.band))]
        y = down.cell(node.band) if side is Side.TOP else down.far(node.band)
        return [(across.middle(lane), y) for lane in node.broad]

    def _beside(self, middle: Point, side: Side, is_tied: bool) -> list[End]:
        """Return the ports beside a middle; none where only one is left, unless sides are tied.

        With a line at each of a side's ports, the middle one would have no room for its label.
        """
        (x, y), (dx, dy) = middle, (1, 0) if side in _UPRIGHT else (0, 1)
        points = (x - dx, y - dy), (x + dx, y + dy)
        ends = [self._end(point, side, OFF_MIDDLE) for point in points]
        used = [not end or end.point in self._kin for end in ends]
        if any(used) and not is_tied:
            ends = [end for end, is_used in zip(ends, used, strict=True) if is_used]
        return [end for end in ends if end]

    def _end(self, point: Point, side: Side, off_middle: float) -> End | None:
        """Return a port with what lies ahead of it, or None where somebody else has it."""
        if side in _UPRIGHT:
            plane, other, cost = self._columns, self._rows, off_middle
            line, at = point
        else:
            plane, other, cost = self._rows, self._columns, ASIDE + off_middle
            at, line = point
        reach = plane.reach(line, at, side in _ONWARD)
        return None if reach is None else End(point, side, cost, plane, other, line, at, reach)
