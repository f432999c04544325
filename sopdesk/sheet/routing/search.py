"""The best route for one link, given all others: patterns of few bends, tried in that order.

A pattern is a sequence of runs from a port of the source to a port of the target. All routes of up
to two bends are tried, and those of three and four whose outer corners lie in the alleys next to
the symbols; in a table whose symbols are few in a row this holds the best one nearly always (VLSI
routers use pattern routing for the same reason). What is said of across holds of down: a `Plane`
is one direction, and each pattern is written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.routing.costs import BEND, CROSSING, ROW
from sopdesk.sheet.routing.grid import ENTRIES, EXITS
from sopdesk.sheet.routing.joining import joins_cleanly
from sopdesk.sheet.routing.maze import ways
from sopdesk.sheet.routing.occupancy import span
from sopdesk.sheet.routing.planes import Plane, bits_of
from sopdesk.sheet.routing.ports import Ports

if TYPE_CHECKING:
    from collections.abc import Collection

    from sopdesk.document.values import Side
    from sopdesk.sheet.routing.grid import Grid, Link
    from sopdesk.sheet.routing.occupancy import Occupancy, Path
    from sopdesk.sheet.routing.ports import End
    from sopdesk.sheet.routing.tracks import Axis

_PATIENCE = 80
_LAST_PATIENCE = 6000
"""How many routes of four bends are looked at for a link that has some route, or none yet."""


class Found(NamedTuple):
    """A route, what it costs, and what of that is its own: all but the crossings."""

    cost: float
    own: float
    path: Path

    @property
    def is_crossing(self) -> bool:
        """Whether it crosses any route."""
        return self.cost - self.own > CROSSING / 2


class Search:
    """Looks for one link's best route; made anew for each link, since it knows whom it may join."""

    def __init__(
        self,
        grid: Grid,
        across: Axis,
        down: Axis,
        occupancy: Occupancy,
        joins: dict[int, tuple[Path, bool]],
        joints: Collection[tuple[int, int]],
    ) -> None:
        """Take the others' lines; `joins` maps a link to its path and whether its end is shared.

        At the `joints` such paths turn, and may be met without being crossed.
        """
        self._joins = list(joins.values())
        lines, columns = occupancy.without({j: path for j, (path, _) in joins.items()})
        columns_at, rows_at = _but_joints(occupancy, joints)
        rows = Plane(across, occupancy.taken_across, lines, occupancy.blocked_across,
                     columns_at, 1.0)  # fmt: skip
        upright = Plane(down, occupancy.taken_down, columns, occupancy.blocked_down,
                        rows_at, ROW)  # fmt: skip
        self._ports = Ports(grid.nodes, rows, upright, self._joins)
        self._best: Found | None = None
        self._limit = float("inf")
        self._tried = 0
        self._is_far = False

    def best(
        self,
        link: Link,
        exits: Collection[Side],
        entries: Collection[Side],
        limit: float = float("inf"),
        is_tied: bool = False,
        is_far: bool = False,
    ) -> Found | None:
        """Return the cheapest route that leaves and enters at these sides, or None.

        None also where no route costs less than `limit`. Routes that go `is_far` turn in any alley
        that they reach, not only in those next to the symbols.
        """
        self._best, self._limit, self._is_far = None, limit, is_far
        is_tied = is_tied or bool(link.exit or link.entry)
        outs = self._ports.leaving(link, exits, is_tied)
        intos = self._ports.entering(link, entries, outs, is_tied)
        pairs = [(out, into) for out in outs for into in intos if out.point != into.point]
        even = [pair for pair in pairs if pair[0].plane is pair[1].plane]
        odd = [pair for pair in pairs if pair[0].plane is not pair[1].plane]
        patterns = (self._straight, self._one_bend, self._two_bends, self._three_bends,
                    self._four_bends)  # fmt: skip
        for bends, pattern in enumerate(patterns):
            for out, into in odd if bends % 2 else even:
                cost = bends * BEND + out.cost + into.cost
                if cost < self._limit:
                    pattern(out, into, cost)
            if self._limit <= (bends + 1) * BEND:
                break
        return self._best

    def any_way(
        self, link: Link, exits: Collection[Side], entries: Collection[Side]
    ) -> Found | None:
        """Return a route of few bends that leaves and enters at these sides, if there is any."""
        self._best, self._limit = None, float("inf")
        is_tied = bool(link.exit or link.entry)
        outs = self._ports.leaving(link, exits, is_tied)
        for out in outs:
            for into in self._ports.entering(link, entries, outs, is_tied):
                for corners in ways(out, into):
                    bends = len(corners) * BEND
                    self._offer(out, into, corners, bends + out.cost + into.cost, 0)
        return self._best

    def has_ports(self, link: Link) -> bool:
        """Tell whether a link's symbols have a port left for it, at any side."""
        outs = self._ports.leaving(link, EXITS, is_tied=True)
        return bool(outs and self._ports.entering(link, ENTRIES, outs, is_tied=True))

    def _straight(self, out: End, into: End, cost: float) -> None:
        plane, start, end = out.plane, out.at, into.at
        if out.line != into.line:
            return
        reaches = out.reach >> (end + (-1 if end > start else 1)) & 1
        is_free = not plane.taken(out.line) & span(start, end)
        if out.side is not into.side and reaches and is_free:
            self._offer(out, into, (), cost + plane.length(start, end),
                        plane.crossings(out.line, start, end))  # fmt: skip

    def _one_bend(self, out: End, into: End, cost: float) -> None:
        line, corner = out.line, into.line
        if not (out.reach >> corner & 1 and into.reach >> line & 1):
            return
        cost += out.plane.length(out.at, corner) + into.plane.length(line, into.at)
        crossings = out.plane.crossings(line, out.at, corner)
        crossings += into.plane.crossings(corner, line, into.at)
        self._offer(out, into, ((corner, line),), cost, crossings)

    def _two_bends(self, out: End, into: End, cost: float) -> None:
        plane, other, line, last = out.plane, out.other, out.line, into.line
        if line == last:
            return
        cost += other.length(line, last)
        for at in bits_of(out.reach & into.reach & plane.tracks):
            price = cost + plane.length(out.at, at) + plane.length(at, into.at)
            if price < self._limit and other.is_free(at, line, last):
                crossings = (
                    plane.crossings(line, out.at, at)
                    + other.crossings(at, line, last)
                    + plane.crossings(last, at, into.at)
                )
                self._offer(out, into, ((at, line), (at, last)), price, crossings)

    def _three_bends(self, out: End, into: End, cost: float) -> None:
        plane, other, line, last = out.plane, out.other, out.line, into.line
        if out.is_upright:
            firsts, seconds = self._outer(out), into.reach & other.tracks
        else:
            firsts, seconds = out.reach & plane.tracks, self._outer(into)
        for second in bits_of(seconds & ~(1 << line)):
            crossed = other.crossings(last, second, into.at)
            way = cost + other.length(line, second) + other.length(second, into.at)
            if way + crossed * CROSSING >= self._limit:
                continue
            may_cross = way + (crossed + 1) * CROSSING < self._limit
            for first in bits_of(firsts & plane.around(second, last, may_cross)):
                price = way + plane.length(out.at, first) + plane.length(first, last)
                if price < self._limit and other.is_free(first, line, second):
                    crossings = (
                        crossed
                        + plane.crossings(line, out.at, first)
                        + other.crossings(first, line, second)
                        + plane.crossings(second, first, last)
                    )
                    corners = ((first, line), (first, second), (last, second))
                    self._offer(out, into, corners, price, crossings)

    def _four_bends(self, out: End, into: End, cost: float) -> None:
        plane, line, last = out.plane, out.line, into.line
        for first in bits_of(self._outer(out)):
            gone = cost + plane.length(out.at, first)
            crossed_first = plane.crossings(line, out.at, first)
            for third in bits_of(self._outer(into) & ~(1 << first)):
                crossed = crossed_first + plane.crossings(last, third, into.at)
                way = gone + plane.length(first, third) + plane.length(third, into.at)
                if way + crossed * CROSSING >= self._limit:
                    continue
                if self._is_tired:
                    return
                self._between(out, into, (first, third), way, crossed)

    def _outer(self, end: End) -> int:
        """Return as bits where a route may have its corner next to one of its ends."""
        return end.reach & end.plane.tracks if self._is_far else end.near()

    @property
    def _is_tired(self) -> bool:
        """Whether enough routes of four bends have been looked at."""
        return self._tried > (_PATIENCE if self._limit < float("inf") else _LAST_PATIENCE)

    def _between(
        self, out: End, into: End, alleys: tuple[int, int], way: float, crossed: int
    ) -> None:
        """Try all middle runs of a route of four bends whose outer corners are given."""
        plane, other, line, last = out.plane, out.other, out.line, into.line
        first, third = alleys
        may_cross = way + (crossed + 1) * CROSSING < self._limit
        seconds = other.around(first, line, may_cross) & other.tracks
        for second in bits_of(seconds & other.around(third, last, may_cross)):
            self._tried += 1
            price = way + other.length(line, second) + other.length(second, last)
            if price < self._limit and plane.is_free(second, first, third):
                crossings = (
                    crossed
                    + other.crossings(first, line, second)
                    + plane.crossings(second, first, third)
                    + other.crossings(third, second, last)
                )
                corners = ((first, line), (first, second), (third, second), (third, last))
                self._offer(out, into, corners, price, crossings)

    def _offer(
        self,
        out: End,
        into: End,
        corners: tuple[tuple[int, int], ...],
        own: float,
        crossings: int,
    ) -> None:
        """Keep a route if it is the cheapest; corners are (place, line) of the out's plane."""
        cost = own + crossings * CROSSING
        if cost >= self._limit:
            return
        turned = [(b, a) for a, b in corners] if out.is_upright else corners
        path = (out.point, *turned, into.point)
        for place, (other, at_end) in enumerate(self._joins):
            if not joins_cleanly(path, other, at_end):
                # What bars this route most likely bars the next one, too.
                self._joins.insert(0, self._joins.pop(place))
                return
        self._best, self._limit = Found(cost, own, path), cost


def _but_joints(
    occupancy: Occupancy, joints: Collection[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """Return what lies across each line, without the corners at which it may be joined."""
    if not joints:
        return occupancy.columns_at, occupancy.rows_at
    columns_at, rows_at = list(occupancy.columns_at), list(occupancy.rows_at)
    for x, y in joints:
        columns_at[y] &= ~(1 << x)
        rows_at[x] &= ~(1 << y)
    return columns_at, rows_at
