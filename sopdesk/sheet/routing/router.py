"""All links of a grid routed together: each in turn, then again and again while it gets better.

The method is that of rip-up and reroute: lay every link on its best route given the others, short
ones first; then take up those that cross or detour, alone or with a rival, and lay them again,
keeping only what makes the whole cheaper. Between rounds every used track gets a free one on either
side, so that a route can slip in between two others.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.routing.grid import ENTRIES, EXITS, Grid, Link
from sopdesk.sheet.routing.occupancy import Occupancy, Path
from sopdesk.sheet.routing.search import CROSSING, Found, Search
from sopdesk.sheet.routing.tracks import Axis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.document.values import Side

ROUNDS = 3
FIRST_TRACKS = 3
MOST_PLAIN_BENDS = 2
EFFORT = 8
MOST_EFFORT = 200
MOST_IN_VAIN = 20
"""How many routes are laid again in a round, for each link and in all, and how often in vain."""


class Routes(NamedTuple):
    """One path for each link, on the lines of two axes that hold no unused track but spare ones."""

    across: Axis
    down: Axis
    paths: tuple[Path, ...]


@lru_cache(maxsize=512)
def route(grid: Grid) -> Routes:
    """Return the routes of a grid's links; pure, deterministic and remembered.

    No route passes a node; two routes share a line only where they have the same target (their
    ends) or the same exit (their beginnings). Every link gets a route: where more of them are tied
    to one side of a node than it has ports, some go by other sides, and at the last over others.
    """
    board = _laid(grid)
    for _ in range(ROUNDS):
        board.stretch()
        if not board.improve():
            break
    return _routes(board)


@lru_cache(maxsize=512)
def sketch(grid: Grid) -> Routes:
    """Return routes as `route` does, each the best given those before it, and no more."""
    return _routes(_laid(grid))


def _laid(grid: Grid) -> _Board:
    board = _Board(grid)
    board.lay(sorted(range(len(grid.links)), key=lambda i: (_reach(grid, grid.links[i]), i)))
    return board


def _routes(board: _Board) -> Routes:
    return Routes(board.across, board.down, tuple(path for _, path in sorted(board.paths.items())))


def _reach(grid: Grid, link: Link) -> tuple[int, int]:
    """Return how far a link goes in bands and lanes; one band down is the natural way."""
    source, target = grid.nodes[link.source], grid.nodes[link.target]
    lanes = max(0, source.first - target.last, target.first - source.last)
    return abs(target.band - source.band - 1), lanes


class _Board:
    """The grid with what has been laid on it so far."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.across = Axis.of(grid.lanes, FIRST_TRACKS)
        self.down = Axis.of(grid.bands, FIRST_TRACKS)
        self.occupancy = Occupancy(grid, self.across, self.down)
        self.paths: dict[int, Path] = {}
        self.owns: dict[int, float] = {}
        links = grid.links
        self._kin = [
            [
                j
                for j, other in enumerate(links)
                if j != i
                and (
                    other.target == link.target
                    or (other.source, other.label) == (link.source, link.label)
                )
            ]
            for i, link in enumerate(links)
        ]
        self._touching = [
            [
                j
                for j, other in enumerate(links)
                if j != i and {other.source, other.target} & {link.source, link.target}
            ]
            for i, link in enumerate(links)
        ]
        self._exits = [_exit_groups(links, link.source) for link in links]

    def lay(self, order: Iterable[int]) -> None:
        """Lay the links in this order, making room where there is none."""
        for index in order:
            self.put(index, self._found(index))

    def _found(self, index: int) -> Found:
        """Return a link's best route, with more room where there is none.

        Where more lines are tied to a side than its three ports hold, other sides serve, and at
        the very last a line that another link has.
        """
        found = self.find(index)
        if found is not None:
            return found
        self.widen()
        link = self.grid.links[index]
        empty = Occupancy(self.grid, self.across, self.down)
        alone = Search(self.grid, self.across, self.down, empty, {})
        found = (
            self.find(index)
            or self._search(index).best(link, EXITS, ENTRIES)
            or alone.best(link, EXITS, ENTRIES)
        )
        if found is None:
            raise AssertionError(link)
        return found

    def find(self, index: int, limit: float = float("inf")) -> Found | None:
        """Return a link's best route now, if it costs less than `limit`."""
        link = self.grid.links[index]
        entries = (link.entry,) if link.entry else ENTRIES
        return self._search(index).best(link, self._free_exits(index), entries, limit)

    def _search(self, index: int) -> Search:
        target = self.grid.links[index].target
        joins = {j: (self.paths[j], self.grid.links[j].target == target)
                 for j in self._kin[index] if j in self.paths}  # fmt: skip
        return Search(self.grid, self.across, self.down, self.occupancy, joins)

    def _free_exits(self, index: int) -> Sequence[Side]:
        """Return the sides that a link may leave at: up to three exits take three sides."""
        link = self.grid.links[index]
        if link.exit:
            return (link.exit,)
        if len(self._exits[index]) > len(EXITS):
            return EXITS
        used = {
            self._side_of(j)
            for j, other in enumerate(self.grid.links)
            if other.source == link.source and other.label != link.label and j in self.paths
        }
        return [side for side in EXITS if side not in used]

    def _side_of(self, index: int) -> Side:
        (x1, _), (x2, _) = self.paths[index][:2]
        return EXITS[0] if x1 == x2 else EXITS[1] if x2 > x1 else EXITS[2]

    def put(self, index: int, found: Found) -> None:
        """Lay a link's route."""
        self.paths[index] = found.path
        self.owns[index] = found.own
        self.occupancy.add(index, found.path)

    def take(self, index: int) -> Found:
        """Take a link's route up and return it."""
        found = Found(0.0, self.owns.pop(index), self.paths.pop(index))
        self.occupancy.remove(index, found.path)
        return found

    def stretch(self) -> None:
        """Drop unused tracks and put a free one on either side of each used one."""
        columns = rows = 0
        for path in self.paths.values():
            for (x1, y1), (x2, y2) in pairwise(path):
                columns |= 1 << x1 if x1 == x2 else 0
                rows |= 1 << y1 if y1 == y2 else 0
        self._move(self.across.stretched(columns), self.down.stretched(rows))

    def widen(self) -> None:
        """Put two more tracks into every alley, keeping those that are there."""
        everything = (1 << max(self.across.length, self.down.length)) - 1
        self._move(self.across.stretched(everything), self.down.stretched(everything))

    def _move(
        self, across: tuple[Axis, tuple[int, ...]], down: tuple[Axis, tuple[int, ...]]
    ) -> None:
        (self.across, xs), (self.down, ys) = across, down
        self.paths = {i: tuple((xs[x], ys[y]) for x, y in path) for i, path in self.paths.items()}
        self.occupancy = Occupancy(self.grid, self.across, self.down)
        for index, path in self.paths.items():
            self.occupancy.add(index, path)

    def improve(self) -> bool:
        """Lay again what crosses or detours; tell whether anything got better."""
        better = False
        effort = min(EFFORT * len(self.grid.links), MOST_EFFORT)
        in_vain = 0
        for index in range(len(self.grid.links)):
            if self._is_plain(index):
                continue
            better |= self._again((index,))
            for order in self._tangles(index):
                effort -= len(order)
                if effort < 0 or in_vain > MOST_IN_VAIN:
                    return better
                is_better = self._again(order)
                in_vain = 0 if is_better else in_vain + 1
                better |= is_better
        return better

    def _is_plain(self, index: int) -> bool:
        """Tell whether a route is as good as any: at most one bend and no crossing."""
        return len(self.paths[index]) <= 3 and not self.occupancy.crossings(self.paths[index])

    def _tangles(self, index: int) -> Iterator[tuple[int, ...]]:
        """Yield what to lay again with a link, first to last: rivals, then those in their way.

        In the way of a route is what else leaves or enters its symbols, since it may hold the side
        that the route would take.
        """
        has_crossings = self.occupancy.crossings(self.paths[index]) > 0
        if has_crossings or len(self.paths[index]) > MOST_PLAIN_BENDS + 2:
            yield (index, *self._touching[index])
            for neighbour in self._touching[index]:
                yield (neighbour, index)
        if not has_crossings:
            return
        path = self.paths[index]
        for rival in [j for j, p in self.paths.items() if j != index and _cross(path, p)]:
            both = dict.fromkeys((*self._touching[rival], *self._touching[index]))
            others = [j for j in both if j not in (index, rival)]
            yield (index, rival, *others)
            yield (rival, index, *others)

    def _again(self, order: tuple[int, ...]) -> bool:
        """Take these up and lay them in this order; put them back unless that is cheaper."""
        before = self._cost(order)
        old = {index: self.take(index) for index in order}
        laid: list[int] = []
        for index in order:
            found = self.find(index, before - sum(self.owns[i] for i in laid))
            if found is None:
                break
            self.put(index, found)
            laid.append(index)
        if len(laid) == len(order) and self._cost(order) < before - 1e-6:
            return True
        for index in laid:
            self.take(index)
        for index, found in old.items():
            self.put(index, found)
        return False

    def _cost(self, links: tuple[int, ...]) -> float:
        """Return what these links cost together."""
        return sum(self.owns[i] + CROSSING * self.occupancy.crossings(self.paths[i]) for i in links)


def _exit_groups(links: Sequence[Link], source: int) -> set[str]:
    return {link.label for link in links if link.source == source}


def _cross(path: Path, other: Path) -> int:
    """Return how often two routes cross."""
    count = 0
    for (x1, y1), (x2, y2) in pairwise(path):
        for (u1, v1), (u2, v2) in pairwise(other):
            if y1 == y2 and u1 == u2:
                count += min(x1, x2) < u1 < max(x1, x2) and min(v1, v2) < y1 < max(v1, v2)
            elif x1 == x2 and v1 == v2:
                count += min(u1, u2) < x1 < max(u1, u2) and min(y1, y2) < v1 < max(y1, y2)
    return count
