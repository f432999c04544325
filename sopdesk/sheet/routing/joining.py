"""Where routes may share their way: at their ends into one symbol, or where one exit begins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopdesk.sheet.routing.occupancy import Path


def joins_cleanly(path: Path, other: Path, at_end: bool) -> bool:
    """Tell whether two routes share nothing but their end, or their beginning.

    Where they part, each may go its own way once; they never touch again.
    """
    if at_end:
        path, other = path[::-1], other[::-1]
    same = 0
    for a, b in zip(path, other, strict=False):
        if a != b:
            break
        same += 1
    if same == 0:
        return not _touch(path, other)
    if same == len(path) or same == len(other):
        return same == len(path) == len(other)
    fork = path[same - 1]
    mine, others = path[same], other[same]
    rest, other_rest = list(path[same:]), list(other[same:])
    if _same_way(fork, mine, others):
        if _distance(fork, mine) < _distance(fork, others):
            other_rest = [mine, *other_rest]
        else:
            rest = [others, *rest]
        return not _touch(rest, other_rest, but=min(mine, others, key=lambda p: _distance(fork, p)))
    return not _touch([fork, *rest], [fork, *other_rest], but=fork)


def _same_way(fork: tuple[int, int], a: tuple[int, int], b: tuple[int, int]) -> bool:
    return _sign(a[0] - fork[0]) == _sign(b[0] - fork[0]) and _sign(a[1] - fork[1]) == _sign(
        b[1] - fork[1]
    )


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _distance(a: tuple[int, int], b: tuple[int, int]) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _touch(
    path: Path | list[tuple[int, int]],
    other: Path | list[tuple[int, int]],
    but: tuple[int, int] | None = None,
) -> bool:
    """Tell whether runs of the two along one line meet, at more than the point `but`."""
    for a, b in pairwise(path):
        for c, d in pairwise(other):
            for fixed, free in ((0, 1), (1, 0)):
                if a[fixed] == b[fixed] == c[fixed] == d[fixed]:
                    low = max(min(a[free], b[free]), min(c[free], d[free]))
                    high = min(max(a[free], b[free]), max(c[free], d[free]))
                    if low < high:
                        return True
                    point = (a[0], low) if fixed == 0 else (low, a[1])
                    if low == high and point != but:
                        return True
    return False
