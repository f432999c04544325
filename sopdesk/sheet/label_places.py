"""Where a label stands beside its own line, clear of all else in its neighbourhood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain, pairwise
from math import dist, hypot, inf
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.neighbourhood import FAR, extent, meets, swapped
from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.flow_labels import Label
    from sopdesk.sheet.neighbourhood import Neighbourhood, Outline
    from sopdesk.sheet.values import Point

_AWAY_MM = 0.3
"""Between a label and anything else."""

_OFF_MM = 0.7
"""Between a label and its line: as far as a hop rises, and farther than an arrow head reaches."""

_OFFS_MM = (_OFF_MM, 1.3, 2.2)
"""Beside the line's first run, where a diamond's slope leaves room for a label that is higher."""

_PAST_LINES_MM = (_OFF_MM, 1.0, 1.3, 1.6, 1.9, 2.2)
"""The same where another line may run between, since little room is left there."""

_BACK_MM = 6.0
"""How far a label may begin back over that slope, as long as it reaches the line."""

_NEAR_MM = 11.5
"""How far from its symbol a label may begin."""

_FAR_MM = 11.99
"""How far off its symbol's outline a label may be at most."""

_PAST_MM = 1.1
"""How far past the end of a short first run a label may begin, and still be seen to belong."""

_FARTHER_MM = 0.1
"""How much farther off than its own line any other is, so that a label is seen to belong."""

_OWN_MM = 0.2
"""How close a line is that counts as the label's own, since flows of one exit share it."""

_ON_RULE = 3.0
_AT_RULE = 1.0
_NEXT_RUN = 2.0
_OTHER_SIDE = 0.1
_HIGHER = 0.5
"""What counts as distance: standing on a rule or touching it, close to one, at a later run, beneath
or left, and each mm that makes the row higher."""

_SLACK_MM = 1e-6
_RULE_MM = 0.8
"""Between a label and a rule that it does not stand on, where there is room."""


_Interval = tuple[float, float]
_Place = tuple[float, Rect]
"""What a label's place costs, and the place."""


class Way(NamedTuple):
    """What a label stands beside: a path from its symbol's outline on, and the symbol's bounds.

    Off the outline, where one is given, no label is farther than it may be. Beside the path it
    stands `spread` times as far as usual.
    """

    points: tuple[Point, ...]
    symbol: Rect
    outline: Outline = ()
    spread: float = 1.0


def place_label(
    label: Label,
    way: Way,
    around: Neighbourhood,
    others: Sequence[Rect] = (),
    *,
    is_next: bool = True,
) -> Rect | None:
    """Return the best free place beside the way by which a flow leaves its symbol, or None.

    Unless it `is_next` to its line, another line may run between the two. `others` are lines that
    must be farther off than the label's own, as those of other exits.
    """
    window = _window(label, way)
    around = around.near(window)
    others = [rect for rect in others if meets(rect, window)]
    crosswise = [swapped(rect) for rect in others]
    best: _Place | None = None
    for strip in _strips(label, way, is_next):
        if best and strip.cost >= best[0]:
            break
        foreign = others if strip.is_level else crosswise
        best = _slide(label, strip, around, foreign, way.outline, is_next, best)
    return best[1] if best else None


def _window(label: Label, way: Way) -> Rect:
    """Return where all is that can bar a label: it begins near its symbol."""
    reach = _NEAR_MM + _OFFS_MM[-1] * way.spread + 1.0
    x, y = reach + label.width, reach + label.height
    left, top, right, bottom = way.symbol
    return Rect(left - x, top - y, right + x, bottom + y)


def apart_mm(rect: Rect, path: Sequence[Point]) -> float:
    """Return how far other lines keep off a label, so that its own path is nearer."""
    return _FARTHER_MM + min(
        max(
            min(a[0], b[0]) - rect.right, rect.left - max(a[0], b[0]),
            min(a[1], b[1]) - rect.bottom, rect.top - max(a[1], b[1]), _AWAY_MM,
        )
        for a, b in pairwise(path)
    )  # fmt: skip


class _Strip(NamedTuple):
    """One side of a run: the label slides along it from `start`, between `low` and `high` across.

    `line` is where the run itself lies across, `sign` tells which way it goes and `length` how far.
    The label begins between `least` and `most` from its start, `off` beside the run.
    """

    cost: float
    is_level: bool
    start: float
    sign: int
    length: float
    least: float
    most: float
    line: float
    off: float
    low: float
    high: float


def _strips(label: Label, way: Way, is_next: bool) -> Iterator[_Strip]:
    """Yield both sides of the runs near the symbol, the cheapest first."""
    gone = 0.0
    offs = _OFFS_MM if is_next else _PAST_LINES_MM
    for index, (start, end) in enumerate(pairwise(way.points)):
        is_level = start[1] == end[1]
        along = 0 if is_level else 1
        length = abs(end[along] - start[along])
        sign = 1 if end[along] > start[along] else -1
        least, most = _OFF_MM, length
        if index == 0:
            least = -min(_BACK_MM, label.width if is_level else label.height)
            most += _PAST_MM
        most = min(most, _reach(way.symbol, start, sign, along, gone))
        line = start[1 - along]
        for usual in offs[: 1 if index and is_next else None]:
            off = usual * way.spread
            for side, (low, high) in enumerate(_sides(label, line, off, is_level)):
                cost = gone + usual + _OTHER_SIDE * side + _NEXT_RUN * index
                yield _Strip(
                    cost, is_level, start[along], sign, length, least, most, line, off, low, high
                )
        gone += length


def _reach(symbol: Rect, start: Point, sign: int, along: int, gone: float) -> float:
    """Return how far from a run's start a label is near its symbol: to the exit or to a corner."""
    edge = symbol[along + 2] if sign > 0 else symbol[along]
    corner = sign * (edge - start[along]) - abs(start[1 - along] - symbol.center[1 - along])
    return _NEAR_MM + max(corner, -gone)


def _sides(
    label: Label, line: float, off: float, is_level: bool
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return from where to where across a label stands on either side, the better side first."""
    size = label.height if is_level else label.width
    before, after = (line - off - size, line - off), (line + off, line + off + size)
    return (before, after) if is_level else (after, before)


class _Barred:
    """Where along a run no label may begin: between the ends of bars, in rising order, apart."""

    def __init__(self, bars: Sequence[_Interval], end: float) -> None:
        """Take the bars, and where a run ends, past which nothing may be between it and a label."""
        self._starts: list[float] = []
        self._ends: list[float] = []
        for start, stop in sorted(bars):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], stop)
            else:
                self._starts.append(start)
                self._ends.append(stop)
        past = [stop - _AWAY_MM for _, stop in bars]
        self._last = min([at for at in past if at > end], default=inf)

    def is_free(self, at: float) -> bool:
        """Tell whether a label may begin there."""
        bar = bisect_left(self._starts, at) - 1
        return at <= self._last and (bar < 0 or self._ends[bar] <= at)


def _slide(
    label: Label,
    strip: _Strip,
    around: Neighbourhood,
    others: Sequence[Rect],
    symbol: Outline,
    is_next: bool,
    best: _Place | None,
) -> _Place | None:
    """Return the cheapest free place on a strip, or the best so far where that is cheaper."""
    if not strip.is_level and (strip.low < 0.0 or strip.high > around.width):
        return best
    size = label.width if strip.is_level else label.height
    least, most = strip.least, strip.most
    walls = _walls(strip, around, is_next) + _beyond(strip, others)
    if strip.is_level:
        walls += ((-FAR, 0.0), (around.width, FAR))
    bars = [bar for bar in _bars(strip, size, walls) if bar[1] >= least and bar[0] <= most]
    barred = _Barred(bars, strip.length + _OWN_MM)
    wishes = [_OFF_MM, *chain.from_iterable(bars)]
    if strip.is_level:
        near = [x for x in around.rules if abs(x - strip.start) < size + _NEAR_MM]
        rules = [(x - more, x + more) for x in near for more in (0.0, _RULE_MM - _AWAY_MM)]
        wishes += chain.from_iterable(_bars(strip, size, rules))
    within = [(abs(at - _OFF_MM), at) for at in wishes if least <= at <= most]
    for distance, at in sorted(within):
        cost = strip.cost + distance
        if best and cost > best[0]:
            break
        if barred.is_free(at):
            rect = _rect(strip, at, size)
            found = cost + _dislike(rect, around), rect
            if (best is None or found < best) and _is_near(rect, symbol):
                best = found
    return best


def _is_near(rect: Rect, outline: Outline) -> bool:
    """Tell whether a rectangle is no farther off a convex outline, if any, than it may be."""
    left, top, right, bottom = rect
    corners = ((left, top), (left, bottom), (right, top), (right, bottom))
    edges = zip(outline, (*outline[1:], *outline[:1]), strict=True)
    return (
        not outline
        or any(
            hypot(max(left - x, 0.0, x - right), max(top - y, 0.0, y - bottom)) <= _FAR_MM
            for x, y in outline
        )
        or any(_to_edge(corner, *edge) <= _FAR_MM for edge in edges for corner in corners)
    )


def _to_edge(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is off a straight edge."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = (point[0] - start[0]) * dx + (point[1] - start[1]) * dy
    share = max(0.0, min(1.0, along / (dx * dx + dy * dy or 1.0)))
    return dist(point, (start[0] + share * dx, start[1] + share * dy))


def _walls(strip: _Strip, around: Neighbourhood, is_next: bool) -> list[_Interval]:
    """Return from where to where along the run something stands in the strip."""
    view = around.level if strip.is_level else around.upright
    low, high = strip.low - _AWAY_MM, strip.high + _AWAY_MM
    walls = _across(view.solids, low, high)
    walls += filter(None, [extent(outline, low, high) for outline in view.outlines])
    if is_next:
        low, high = min(low, strip.line + _OWN_MM), max(high, strip.line - _OWN_MM)
    return walls + _across(view.lines, low, high)


def _across(rects: Iterable[Rect], low: float, high: float) -> list[_Interval]:
    """Return from where to where those reach along that lie between two places across."""
    return [(left, right) for left, top, right, bottom in rects if top < high and low < bottom]


def _beyond(strip: _Strip, others: Sequence[Rect]) -> list[_Interval]:
    """Return from where to where along the run another line would be as near as the label's own."""
    apart = strip.off + _FARTHER_MM
    more = apart - _AWAY_MM
    near = _across(others, strip.low - apart, strip.high + apart)
    return [(left - more, right + more) for left, right in near]


def _bars(strip: _Strip, size: float, walls: Iterable[_Interval]) -> list[_Interval]:
    """Return between which distances from the run's start a label may not begin for the walls."""
    start, away = strip.start, _AWAY_MM
    if strip.sign > 0:
        return [(low - start - size - away, high - start + away) for low, high in walls]
    return [(start - high - size - away, start - low + away) for low, high in walls]


def _rect(strip: _Strip, at: float, size: float) -> Rect:
    near = strip.start + at if strip.sign > 0 else strip.start - at - size
    rect = Rect(near, strip.low, near + size, strip.high)
    return rect if strip.is_level else swapped(rect)


def _dislike(rect: Rect, around: Neighbourhood) -> float:
    """Return what is wrong with a free place."""
    higher = max(0.0, -rect.top - around.free) + max(0.0, rect.bottom - around.free)
    left, _, right, _ = rect
    if _has_between(around.rules, left - _AWAY_MM, right + _AWAY_MM):
        return _HIGHER * higher + _ON_RULE
    at_rule = _has_between(around.rules, left - _RULE_MM, right + _RULE_MM)
    return _HIGHER * higher + _AT_RULE * at_rule


def _has_between(rules: Sequence[float], left: float, right: float) -> bool:
    """Tell whether one of the rules, in rising order, is between left and right, not at either."""
    first = bisect_right(rules, left + _SLACK_MM)
    return first < len(rules) and rules[first] < right - _SLACK_MM
