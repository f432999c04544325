"""A grid with the routes that have been laid on it so far."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from sopdesk.sheet.routing.costs import CROSSING
from sopdesk.sheet.routing.grid import ENTRIES, EXITS
from sopdesk.sheet.routing.occupancy import Occupancy
from sopdesk.sheet.routing.search import Found, Search
from sopdesk.sheet.routing.tracks import Axis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sopdesk.document.values import Side
    from sopdesk.sheet.routing.grid import Grid, Link
    from sopdesk.sheet.routing.occupancy import Path

FIRST_TRACKS = 3
"""In an alley, until routes need more."""


class Board:
    """Routes come and go; their lines are those of two axes, which grow where room is needed."""

    def __init__(self, grid: Grid, across: Axis | None = None, down: Axis | None = None) -> None:
        """Begin with no route, on these axes or on ones with a few tracks in every alley."""
        self.grid = grid
        self.across = across or Axis.of(grid.lanes, FIRST_TRACKS)
        self.down = down or Axis.of(grid.bands, FIRST_TRACKS)
        self.paths: dict[int, Path] = {}
        self.owns: dict[int, float] = {}
        """What each route costs by itself, its crossings left out."""
        links = grid.links
        leaving: dict[int, list[int]] = defaultdict(list)
        ending: dict[int, list[int]] = defaultdict(list)
        for index, link in enumerate(links):
            leaving[link.source].append(index)
            for node in {link.source, link.target}:
                ending[node].append(index)
        self.siblings = [_others(i, leaving[link.source]) for i, link in enumerate(links)]
        """For each link the others that leave the same symbol."""
        self.touching = [
            _others(i, {*ending[link.source], *ending[link.target]}) for i, link in enumerate(links)
        ]
        """For each link the others that leave or enter one of its symbols."""
        self._kin = [
            [j for j in near if _may_join(link, links[j])]
            for link, near in zip(links, self.touching, strict=True)
        ]
        self._ideals: dict[int, float] = {}
        self._bare: Occupancy | None = None
        self._laid: Occupancy | None = None
        self._has_moved = True
        """Whether lines have moved since the routes were last asked what they take."""

    @property
    def occupancy(self) -> Occupancy:
        """What the routes take, on the axes as they are now."""
        if self._laid is None or self._has_moved:
            self._laid = self._on_axes(self._laid)
            self._laid.bring_to(self.paths)
            self._has_moved = False
        return self._laid

    def _on_axes(self, known: Occupancy | None) -> Occupancy:
        """Return an occupancy on the axes as they are now; the known one where they are the same.

        Where nothing new was laid, lines move and come to stand where they were.
        """
        if known is not None and known.across is self.across and known.down is self.down:
            return known
        return Occupancy(self.grid, self.across, self.down)

    def find(
        self,
        index: int,
        limit: float = float("inf"),
        exits: Collection[Side] = (),
        entries: Collection[Side] = (),
    ) -> Found | None:
        """Return a link's best route now, if it costs less than `limit`.

        It leaves and enters at these sides, or at any that are free and not fixed otherwise.
        """
        link = self.grid.links[index]
        entries = (link.entry,) if link.entry else entries or ENTRIES
        return self._search(index).best(link, exits or self.free_exits(index), entries, limit)

    def find_any(self, index: int) -> Found:
        """Return a link's best route with more room, where there was none.

        A way out may be far from the symbol, as where wide ones stand above or below. Where more
        lines are tied to a side than its three ports hold, other sides serve, and at the very last
        a line that another link has.
        """
        link = self.grid.links[index]
        found = None
        if self._search(index).has_ports(link):
            self.widen()
            entries = (link.entry,) if link.entry else ENTRIES
            found = (
                self.find(index)
                or self._search(index).best(link, self.free_exits(index), entries, is_far=True)
                or self._search(index).any_way(link, self.free_exits(index), entries)
                or self._search(index).best(link, EXITS, ENTRIES, is_tied=True)
            )
        found = found or self._alone().best(link, EXITS, ENTRIES, is_tied=True)
        if found is None:
            raise AssertionError(link)
        return found

    def ideal(self, index: int) -> float:
        """Return a bound below what a link's route can cost: that of one without any other."""
        if index not in self._ideals:
            link = self.grid.links[index]
            exits = (link.exit,) if link.exit else EXITS
            entries = (link.entry,) if link.entry else ENTRIES
            found = self._alone().best(link, exits, entries)
            self._ideals[index] = found.cost - 0.1 if found else 0.0
        return self._ideals[index]

    def _alone(self) -> Search:
        self._bare = self._on_axes(self._bare)
        return Search(self.grid, self.across, self.down, self._bare, {}, ())

    def _search(self, index: int) -> Search:
        target = self.grid.links[index].target
        joins = {j: (self.paths[j], self.grid.links[j].target == target)
                 for j in self._kin[index] if j in self.paths}  # fmt: skip
        joints = self._joints(index)
        return Search(self.grid, self.across, self.down, self.occupancy, joins, joints)

    def free_exits(self, index: int) -> Sequence[Side]:
        """Return the sides that a link may leave at: up to three exits take three sides.

        A side that the user fixed for another exit is taken before that one is laid. Where a symbol
        has more exits than sides, those with labels go first.
        """
        link = self.grid.links[index]
        if link.exit:
            return (link.exit,)
        others = [j for j in self.siblings[index] if self.grid.links[j].label != link.label]
        if len(self._labels(others)) >= len(EXITS):
            others = [j for j in others if link.label and self.grid.links[j].label]
            if len(self._labels(others)) >= len(EXITS):
                return EXITS
        used = {_side_of(self.paths[j]) for j in others if j in self.paths}
        used.update(fixed for j in others if (fixed := self.grid.links[j].exit))
        free = [side for side in EXITS if side not in used]
        return self._own_sides(index, others, free) or free

    def _own_sides(self, index: int, others: Sequence[int], free: Sequence[Side]) -> list[Side]:
        """Return the sides at which a link's exit leaves already, if other exits need the rest."""
        own = {
            _side_of(self.paths[j])
            for j in self.siblings[index]
            if j in self.paths and j not in others
        }
        if not own:
            return []
        settled = [j for j in others if j in self.paths or self.grid.links[j].exit]
        waiting = self._labels(others) - self._labels(settled)
        kept = [side for side in free if side in own]
        return kept if len(free) - len(kept) <= len(waiting) else []

    def _labels(self, links: Collection[int]) -> set[str]:
        return {self.grid.links[i].label for i in links}

    def put(self, index: int, found: Found) -> None:
        """Lay a link's route."""
        self.paths[index] = found.path
        self.owns[index] = found.own
        if self._laid is not None and not self._has_moved:
            self._laid.add(index, found.path)

    def take(self, index: int) -> Found:
        """Take a link's route up and return it."""
        found = Found(0.0, self.owns.pop(index), self.paths.pop(index))
        if self._laid is not None and not self._has_moved:
            self._laid.remove(index, found.path)
        return found

    def cost(self, links: Collection[int]) -> float:
        """Return what the routes of these links cost together."""
        return sum(self.owns[i] + CROSSING * self.crossings(i) for i in links)

    def crossings(self, index: int) -> int:
        """Return how many runs a link's route crosses, those that join it left out."""
        return self.occupancy.crossings(self.paths[index], self._joints(index))

    def _joints(self, index: int) -> set[tuple[int, int]]:
        """Return the corners at which a link's route may join others.

        Where one turns first that leaves its symbol with a label, a line across would leave that no
        room.
        """
        return {
            corner
            for j in self._kin[index]
            if j in self.paths
            for corner in self.paths[j][2 if self.grid.links[j].label else 1 : -1]
        }

    def stretch(self) -> None:
        """Drop unused tracks and put a free one on either side of each used one."""
        columns = rows = 0
        for path in self.paths.values():
            for (x1, y1), (x2, y2) in pairwise(path):
                columns |= 1 << x1 if x1 == x2 else 0
                rows |= 1 << y1 if y1 == y2 else 0
        self._move(self.across.stretched(columns), self.down.stretched(rows))

    def widen(self) -> None:
        """Put several free tracks beside each used one, and into every alley."""
        self.stretch()
        everything = (1 << max(self.across.length, self.down.length)) - 1
        self._move(self.across.stretched(everything), self.down.stretched(everything))

    def _move(
        self, across: tuple[Axis, tuple[int, ...]], down: tuple[Axis, tuple[int, ...]]
    ) -> None:
        (self.across, xs), (self.down, ys) = across, down
        self.paths = {i: tuple((xs[x], ys[y]) for x, y in path) for i, path in self.paths.items()}
        self._has_moved = True


def _others(index: int, links: Collection[int]) -> list[int]:
    return sorted(j for j in links if j != index)


def _may_join(link: Link, other: Link) -> bool:
    """Tell whether two links may share a line: at one target, or from one exit."""
    is_one_exit = (other.source, other.label) == (link.source, link.label)
    return other.target == link.target or is_one_exit


def _side_of(path: Path) -> Side:
    (x1, _), (x2, _) = path[:2]
    return EXITS[0] if x1 == x2 else EXITS[1] if x2 > x1 else EXITS[2]
