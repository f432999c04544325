"""Tracks put together: which of an alley share a place, and in what order places follow.

Tracks of one alley that nowhere run side by side share a place; the rest keep their order. No
room is known here yet.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.remembering import remember
from sopdesk.sheet.spacing import GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.routing.tracks import Axis

Interval = tuple[float, float]


class Packed(NamedTuple):
    """The tracks of one axis put together: for each used line its place in its alley.

    `counts` says how many places each alley has, `split` how many of them lie before the rule in
    its middle.
    """

    place: dict[int, int]
    counts: tuple[int, ...]
    split: tuple[int, ...]


@remember(512)
def pack_columns(routes: Routes) -> Packed:
    """Return the places of the upright tracks in the channels between lanes."""
    down = routes.down
    runs: dict[int, list[Interval]] = defaultdict(list)
    pulls: dict[int, int] = defaultdict(int)
    for path in routes.paths:
        for index, ((x1, y1), (x2, y2)) in enumerate(pairwise(path)):
            if x1 == x2:
                runs[x1].append(_whole_gutters(down, min(y1, y2), max(y1, y2)))
                for neighbour in (path[index - 1 : index], path[index + 2 : index + 3]):
                    pulls[x1] += sum(1 if x > x1 else -1 for x, _ in neighbour)
    place, counts = _pack(routes.across, runs, 0.0)
    return Packed(place, counts, _split_columns(routes.across, counts, pulls))


def _split_columns(across: Axis, counts: Sequence[int], pulls: dict[int, int]) -> tuple[int, ...]:
    """Return how many places of each channel lie left of the lanes' border."""
    last = len(counts) - 1
    split = []
    for alley, count in enumerate(counts):
        if alley in (0, last):
            split.append(0 if alley == 0 else count)
        else:
            to_right = sum(pulls[line] for line in across.alley(alley) if line in pulls) > 0
            split.append(count // 2 if to_right else (count + 1) // 2)
    return tuple(split)


def _whole_gutters(axis: Axis, low: int, high: int) -> Interval:
    """Return an interval that covers whole the gutters that its ends lie in."""
    is_cell, alley, _ = axis.place(low)
    start = low if is_cell else axis.alley(alley)[0]
    is_cell, alley, _ = axis.place(high)
    return start, high if is_cell else axis.alley(alley)[-1]


def pack_rows(routes: Routes, x_of: Callable[[int], float]) -> Packed:
    """Return the places of the level tracks in the gutters between bands.

    Above a gutter's rule stand the lines that go elsewhere than into the band below, so that a
    row's height is the same whether or not a step follows.
    """
    runs: dict[int, list[Interval]] = defaultdict(list)
    staying: set[int] = set()
    for path in routes.paths:
        _, goal, _ = routes.down.place(path[-1][1])
        for (x1, y1), (x2, y2) in pairwise(path):
            if y1 == y2:
                runs[y1].append((min(x_of(x1), x_of(x2)), max(x_of(x1), x_of(x2))))
                if routes.down.place(y1)[1] != goal:
                    staying.add(y1)
    place, counts = _pack(routes.down, runs, GAP)
    split = tuple(
        max((place[line] + 1 for line in routes.down.alley(alley) if line in staying), default=0)
        if alley
        else 0
        for alley in range(len(counts))
    )
    return Packed(place, counts, split)


def _pack(
    axis: Axis, runs: dict[int, list[Interval]], apart: float
) -> tuple[dict[int, int], tuple[int, ...]]:
    """Give each used track the first place behind all earlier ones that run beside it."""
    place: dict[int, int] = {}
    counts = []
    for alley in range(len(axis.counts)):
        used = [line for line in axis.alley(alley) if line in runs]
        for index, line in enumerate(used):
            beside = (k for k in used[:index] if _meet(runs[k], runs[line], apart))
            place[line] = max((place[k] + 1 for k in beside), default=0)
        counts.append(max((place[line] + 1 for line in used), default=0))
    return place, tuple(counts)


def _meet(some: list[Interval], others: list[Interval], apart: float) -> bool:
    return any(a - apart <= d and c - apart <= b for a, b in some for c, d in others)
