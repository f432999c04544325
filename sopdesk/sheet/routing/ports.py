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
    from collections.abc import Collection, Iterator, Sequence

    from sopdesk.sheet.routing.grid import Link, Node
    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.routing.planes import Plane
    from sopdesk.sheet.routing.tracks import Axis

Point = tuple[int, int]


class Port(NamedTuple):
    """Where a route may end: a point on a symbol's edge, its side, and what it costs."""

    x: int
    y: int
    side: Side
    cost: float

    @property
    def is_upright(self) -> bool:
        """Whether a line leaves it up or down."""
        return self.side in (Side.TOP, Side.BOTTOM)

    def beside(self) -> tuple[Port, Port]:
        """Return the two ports one line off the middle."""
        dx, dy = (1, 0) if self.is_upright else (0, 1)
        cost = self.cost + OFF_MIDDLE
        return (
            Port(self.x - dx, self.y - dy, self.side, cost),
            Port(self.x + dx, self.y + dy, self.side, cost),
        )


class End(NamedTuple):
    """A port as a search sees it: the plane and line of its first run, and how far that gets.

    `at` is the port's place on the line; `reach` holds as bits the places up to the first obstacle,
    `near` those of them in the alley next to the port.
    """

    port: Port
    plane: Plane
    other: Plane
    line: int
    at: int
    reach: int
    near: int


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
        foreign = self._not_to_enter | {out.port[:2] for out in outs}
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
        across, down = self._rows.axis, self._columns.axis
        found = []
        for side in order:
            if side not in sides:
                continue
            for port in _middles(self._nodes[node], side, across, down):
                end = self._end(port)
                if end:
                    found.append(end)
                if not end or port[:2] in foreign:
                    found += self._beside(port, is_tied)
        return found

    def _beside(self, port: Port, is_tied: bool) -> list[End]:
        """Return the ports beside a middle; none where only one is left, unless sides are tied.

        With a line at each of a side's ports, the middle one would have no room for its label.
        """
        ends = [self._end(each) for each in port.beside()]
        used = [not end or end.port[:2] in self._kin for end in ends]
        if any(used) and not is_tied:
            ends = [end for end, is_used in zip(ends, used, strict=True) if is_used]
        return [end for end in ends if end]

    def _end(self, port: Port) -> End | None:
        """Return a port with what lies ahead of it, or None where somebody else has it."""
        plane, other, line, at = self._rows, self._columns, port.y, port.x
        if port.is_upright:
            plane, other, line, at = other, plane, at, line
        if plane.is_taken(line, at, at):
            return None
        goes_on = port.side in (Side.BOTTOM, Side.RIGHT)
        reach = plane.ahead(line, at) if goes_on else plane.behind(line, at)
        _, cell, _ = plane.axis.places[at]
        alley = plane.axis.alley(cell + 1 if goes_on else cell)
        return End(port, plane, other, line, at, reach, reach & span(alley[0], alley[-1]))


def _middles(node: Node, side: Side, across: Axis, down: Axis) -> Iterator[Port]:
    """Yield the middle ports of a side; a wide symbol has one above and below in each lane."""
    if side is Side.LEFT:
        yield Port(across.cell(node.first), down.middle(node.band), side, ASIDE)
    elif side is Side.RIGHT:
        yield Port(across.far(node.last), down.middle(node.band), side, ASIDE)
    else:
        y = down.cell(node.band) if side is Side.TOP else down.far(node.band)
        for lane in range(node.first, node.last + 1):
            yield Port(across.middle(lane), y, side, 0.0)
