"""On which side of the chain of steps each jump goes, so that few of them cross.

Most links lead from a band to the next one in use and make a chain from top to bottom. It parts the
page in two, and two links that jump between bands which interleave must cross if they run on the
same side. To choose sides so that few do is to find a large cut in the graph of those conflicts:
the problem of a drawing on two pages of a book. The cut is improved by flips of one jump or two.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Side
from sopdesk.sheet.routing.costs import CROSSING, LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.sheet.routing.grid import Grid, Link

_PASSES = 6
"""How often all flips are tried, as long as some still helps."""

_ONE_EXIT = 4.0
"""What two exits of a symbol on the same side count."""

_NEIGHBOURS = 1.0
"""What a way in and a way out on the same side of a symbol count."""

_FIXED = 1000.0
"""What a side that is fixed counts: more than all else together."""


class Jump(NamedTuple):
    """A link that passes over bands: its first and last, as places in the order of those in use.

    `lean` is what its way on the left costs more than one on the right.
    """

    link: int
    low: int
    high: int
    lean: float


def wished_sides(grid: Grid) -> dict[int, Side]:
    """Return for each link that jumps the side on which it should leave and enter."""
    jumps = _jumps(grid)
    rivals = _rivals(grid, jumps)
    longest = sorted(range(len(jumps)), key=lambda i: (jumps[i].low - jumps[i].high, i))
    cuts = [_cut(order, jumps, rivals) for order in (longest, range(len(jumps)))]
    best = min(cuts, key=lambda cut: _cost(cut, jumps, rivals))
    return {jump.link: Side.LEFT if best[i] > 0 else Side.RIGHT for i, jump in enumerate(jumps)}


def _jumps(grid: Grid) -> list[Jump]:
    rank = {band: i for i, band in enumerate(sorted({node.band for node in grid.nodes}))}
    firsts, lasts = [grid.lanes] * len(rank), [0] * len(rank)
    for node in grid.nodes:
        at = rank[node.band]
        firsts[at], lasts[at] = min(firsts[at], node.first), max(lasts[at], node.last)
    found = []
    for index, link in enumerate(grid.links):
        source, target = grid.nodes[link.source], grid.nodes[link.target]
        start, end = rank[source.band], rank[target.band]
        if end - start == 1 or link.source == link.target:
            continue
        low, high = min(start, end), max(start, end)
        left = source.first + target.first - 2 * min(firsts[low : high + 1])
        right = 2 * max(lasts[low : high + 1]) - source.last - target.last
        found.append(Jump(index, low, high, LENGTH * (left - right) + _tied(link)))
    return found


def _tied(link: Link) -> float:
    """Return how a side that is fixed pulls a link."""
    sides = (link.exit, link.entry)
    return _FIXED * (sides.count(Side.RIGHT) - sides.count(Side.LEFT))


def _rivals(grid: Grid, jumps: Sequence[Jump]) -> list[dict[int, float]]:
    """Return for each jump those that it should not share a side with, and what that counts."""
    found: list[dict[int, float]] = [{} for _ in jumps]
    for (i, one), (j, other) in combinations(enumerate(jumps), 2):
        weight = _conflict(grid, one, other)
        if weight:
            found[i][j] = found[j][i] = weight
    return found


def _conflict(grid: Grid, one: Jump, other: Jump) -> float:
    a, b = grid.links[one.link], grid.links[other.link]
    if a.target == b.target:
        return 0.0
    if a.source == b.source:
        return 0.0 if a.label == b.label else _ONE_EXIT
    if one.low < other.low < one.high < other.high or other.low < one.low < other.high < one.high:
        return CROSSING
    return _NEIGHBOURS if a.source == b.target or b.source == a.target else 0.0


def _cut(
    order: Iterable[int], jumps: Sequence[Jump], rivals: Sequence[dict[int, float]]
) -> list[int]:
    """Return a side for each jump, 1 for left and -1 for right, taking them in this order."""
    sides = [0] * len(jumps)
    pulls = [jump.lean for jump in jumps]
    """What being on the left costs each jump more than being on the right, as things stand."""

    def put(i: int, side: int) -> None:
        for j, weight in rivals[i].items():
            pulls[j] += weight * (side - sides[i])
        sides[i] = side

    for i in order:
        put(i, -1 if pulls[i] > 0 else 1)
    for _ in range(_PASSES):
        is_settled = True
        for i in range(len(jumps)):
            if sides[i] * pulls[i] > 1e-9:
                put(i, -sides[i])
                is_settled = False
            for j, weight in rivals[i].items():
                gain = sides[i] * pulls[i] + sides[j] * pulls[j]
                if j < i and gain - 2 * weight * sides[i] * sides[j] > 1e-9:
                    put(i, -sides[i])
                    put(j, -sides[j])
                    is_settled = False
        if is_settled:
            break
    return sides


def _cost(sides: Sequence[int], jumps: Sequence[Jump], rivals: Sequence[dict[int, float]]) -> float:
    return sum(
        jump.lean * (sides[i] > 0)
        + sum(weight for j, weight in rivals[i].items() if j < i and sides[i] == sides[j])
        for i, jump in enumerate(jumps)
    )
