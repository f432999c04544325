"""Which lines are taken, as bits: a question about a whole segment is one operation on integers.

Along each horizontal line, bit x says that something lies at column x; along each vertical line,
bit y. Symbols block; routes occupy. Ends and corners count as occupied, so that two routes never
touch.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.routing.tracks import Axis

Path = tuple[tuple[int, int], ...]
"""A route's port, corners and port as (x, y) lines."""


def span(a: int, b: int) -> int:
    """Return bits a to b, both included, in either order."""
    low, high = (a, b) if a < b else (b, a)
    return ((1 << (high - low + 1)) - 1) << low


class Occupancy:
    """Symbols and routes on a grid of lines; routes come and go."""

    def __init__(self, grid: Grid, across: Axis, down: Axis) -> None:
        """Block the cells of the grid's nodes, edges included."""
        self.across, self.down = across, down
        self._paths: dict[int, Path] = {}
        self.blocked_across = [0] * down.length
        self.blocked_down = [0] * across.length
        for node in grid.nodes:
            left, right = across.cell(node.first), across.far(node.last)
            top, bottom = down.cell(node.band), down.far(node.band)
            level, upright = span(left, right), span(top, bottom)
            for y in range(top, bottom + 1):
                self.blocked_across[y] |= level
            for x in range(left, right + 1):
                self.blocked_down[x] |= upright
        self.taken_across = [0] * down.length
        self.taken_down = [0] * across.length
        self.columns_at = [0] * down.length
        """For each y, the columns x at which a vertical run lies."""
        self.rows_at = [0] * across.length
        """For each x, the rows y at which a horizontal run lies."""
        self._across: list[dict[int, int]] = [{} for _ in range(down.length)]
        self._down: list[dict[int, int]] = [{} for _ in range(across.length)]

    def add(self, link: int, path: Path) -> None:
        """Lay a link's route."""
        self._paths[link] = path
        for (x1, y1), (x2, y2) in pairwise(path):
            if y1 == y2:
                self._put(self._across, self.taken_across, self.rows_at, link, y1, (x1, x2))
            else:
                self._put(self._down, self.taken_down, self.columns_at, link, x1, (y1, y2))

    def remove(self, link: int, path: Path) -> None:
        """Take a link's route up again."""
        del self._paths[link]
        for (x1, y1), (_, y2) in pairwise(path):
            if y1 == y2:
                self._lift(self._across, self.taken_across, self.rows_at, link, y1)
            else:
                self._lift(self._down, self.taken_down, self.columns_at, link, x1)

    def bring_to(self, paths: dict[int, Path]) -> None:
        """Take up and lay what differs, so that these links' routes are laid and no others."""
        for link, path in [*self._paths.items()]:
            if paths.get(link) != path:
                self.remove(link, path)
        for link, path in paths.items():
            if link not in self._paths:
                self.add(link, path)

    def without(self, paths: dict[int, Path]) -> tuple[dict[int, int], dict[int, int]]:
        """Return what is taken along the lines that these links' routes use, by others than them.

        The first mapping is by horizontal line, the second by vertical line; a line that none of
        the routes uses is absent.
        """
        found: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for path in paths.values():
            for (x1, y1), (_, y2) in pairwise(path):
                runs, line, result = self._down, x1, found[1]
                if y1 == y2:
                    runs, line, result = self._across, y1, found[0]
                if line not in result:
                    result[line] = _union(b for k, b in runs[line].items() if k not in paths)
        return found

    def crossings(self, path: Path, joints: Collection[tuple[int, int]] = ()) -> int:
        """Return how many runs a route crosses; a trunk that several share counts once.

        At the `joints` others turn that it may join: there they meet it and do not cross it.
        """
        count = -sum(_is_inside(joint, run) for run in pairwise(path) for joint in joints)
        for (x1, y1), (x2, y2) in pairwise(path):
            if y1 == y2:
                between = span(x1, x2) & ~(1 << x1) & ~(1 << x2)
                count += (self.columns_at[y1] & between).bit_count()
            else:
                between = span(y1, y2) & ~(1 << y1) & ~(1 << y2)
                count += (self.rows_at[x1] & between).bit_count()
        return count

    @staticmethod
    def _put(
        runs: list[dict[int, int]], taken: list[int], crossing: list[int],
        link: int, line: int, run: tuple[int, int],
    ) -> None:  # fmt: skip
        bits = span(*run)
        runs[line][link] = runs[line].get(link, 0) | bits
        taken[line] |= bits
        flag = 1 << line
        first, end = min(run), max(run) + 1
        crossing[first:end] = [lines | flag for lines in crossing[first:end]]

    @staticmethod
    def _lift(
        runs: list[dict[int, int]], taken: list[int], crossing: list[int], link: int, line: int
    ) -> None:
        bits = runs[line].pop(link, 0)
        taken[line] = _union(runs[line].values())
        _unmark(crossing, line, bits & ~taken[line])


def _is_inside(point: tuple[int, int], run: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """Tell whether a point lies on a run between its ends."""
    (x, y), ((x1, y1), (x2, y2)) = point, run
    if y1 == y2:
        return y == y1 and min(x1, x2) < x < max(x1, x2)
    return x == x1 and min(y1, y2) < y < max(y1, y2)


def _unmark(crossing: list[int], line: int, bits: int) -> None:
    flag = ~(1 << line)
    while bits:
        low = bits & -bits
        crossing[low.bit_length() - 1] &= flag
        bits ^= low


def _union(parts: Iterable[int]) -> int:
    bits = 0
    for part in parts:
        bits |= part
    return bits
