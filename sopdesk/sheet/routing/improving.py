"""Rip-up and reroute: take up routes that cross or detour, lay them again, keep what is cheaper."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sopdesk.sheet.routing.costs import OFF_MIDDLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.routing.board import Board
    from sopdesk.sheet.routing.occupancy import Path

_EFFORT = 8
_MOST_EFFORT = 200
_MOST_IN_VAIN = 20
"""How many routes are laid again in a round, for each link and in all, and how often in vain."""

_MOST_TOGETHER = 24
"""How many routes are taken up together; where more meet in one symbol, each is laid alone."""

_WORTH = 0.2
"""What a change must be able to save, where a bend costs 1."""
_MOST_PLAIN_BENDS = 2


class Improvement:
    """Rounds of laying again what crosses or detours; what failed is not tried a second time."""

    def __init__(self, board: Board) -> None:
        """Begin with the board's routes."""
        self._board = board
        self._failed: dict[tuple[int, ...], float] = {}

    def round(self) -> bool:
        """Lay again what crosses or detours; tell whether anything got better."""
        board = self._board
        better = False
        effort = min(_EFFORT * len(board.grid.links), _MOST_EFFORT)
        in_vain = 0
        for index in range(len(board.grid.links)):
            if self._is_plain(index):
                continue
            better |= self._again((index,))
            for order in self._tangles(index):
                effort -= len(order)
                if effort < 0 or in_vain > _MOST_IN_VAIN:
                    return better
                is_better = len(order) <= _MOST_TOGETHER and self._again(order)
                in_vain = 0 if is_better else in_vain + 1
                better |= is_better
        return better

    def _is_plain(self, index: int) -> bool:
        """Tell whether a route is as good as any: a bend at most, no crossing, middle to middle."""
        board, path = self._board, self._board.paths[index]
        is_simple = len(path) <= 3 and board.owns[index] < len(path) - 2 + OFF_MIDDLE
        return is_simple and not board.crossings(index)

    def _tangles(self, index: int) -> Iterator[tuple[int, ...]]:
        """Yield what to lay again with a link, first to last: rivals, then those in their way.

        In the way of a route is what else leaves or enters its symbols, since it may hold the side
        that the route would take.
        """
        board, touching = self._board, self._board.touching
        path = board.paths[index]
        has_crossings = board.crossings(index) > 0
        if not has_crossings and len(path) <= _MOST_PLAIN_BENDS + 2:
            return
        yield (index, *touching[index])
        if not has_crossings:
            yield from ((neighbour, index) for neighbour in touching[index])
            return
        for rival in [j for j, p in board.paths.items() if j != index and cross(path, p)]:
            both = dict.fromkeys((*touching[rival], *touching[index]))
            others = [j for j in both if j not in (index, rival)]
            yield (index, rival, *others)
            yield (rival, index, *others)

    def _again(self, order: tuple[int, ...]) -> bool:
        """Take these up and lay them in this order; put them back unless that is cheaper."""
        board = self._board
        before = board.cost(order)
        least = sum(map(board.ideal, order))
        if before - least < _WORTH or abs(self._failed.get(order, -1.0) - before) < _WORTH:
            return False
        old = {index: board.take(index) for index in order}
        laid: list[int] = []
        spent = 0.0
        for index in order:
            least -= board.ideal(index)
            found = board.find(index, before - least - spent)
            if found is None:
                break
            board.put(index, found)
            spent += found.own
            laid.append(index)
        if len(laid) == len(order) and board.cost(order) < before - 1e-6:
            return True
        for index in laid:
            board.take(index)
        for index, found in old.items():
            board.put(index, found)
        self._failed[order] = before
        return False


def cross(path: Path, other: Path) -> int:
    """Return how often two routes cross."""
    count = 0
    for (x1, y1), (x2, y2) in pairwise(path):
        for (u1, v1), (u2, v2) in pairwise(other):
            if y1 == y2 and u1 == u2:
                count += min(x1, x2) < u1 < max(x1, x2) and min(v1, v2) < y1 < max(v1, v2)
            elif x1 == x2 and v1 == v2:
                count += min(u1, u2) < x1 < max(u1, u2) and min(y1, y2) < v1 < max(y1, y2)
    return count
