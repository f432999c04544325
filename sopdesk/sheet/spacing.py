"""From tracks to millimetres: how much room lanes and rows need for their lines, and where each is.

Tracks of one alley that nowhere run side by side share a place. The rest keep their order and at
least `GAP` between them, `CLEAR` to symbols and `BORDER` to the table's rules, so that lanes get
wider and rows higher before lines come too close.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.remembering import remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sopdesk.sheet.placing import PageGrid
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.routing.tracks import Axis

GAP = 1.5
CLEAR = 2.5
BORDER = 1.1
_TIGHT_CLEAR = 2.0
_TIGHT_BORDER = GAP / 2
"""To symbols and to the border between lanes where these are narrow, before lines come closer."""

ARROW_RUN = 3.2
"""Above a symbol, so that an arrow has a stroke behind its head."""

_SLACK = 0.005
"""Too little to be seen or told."""

_LEAST_ASIDE = 1.4
_LEAST_BELOW = 2.4
_LEAST_ABOVE = 2.8
_LEAST_BETWEEN = 5.4

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


def pack_rows(page: PageGrid, routes: Routes, x_of: Callable[[int], float]) -> Packed:
    """Return the places of the level tracks in the gutters between bands."""
    runs: dict[int, list[Interval]] = defaultdict(list)
    for path in routes.paths:
        for (x1, y1), (x2, y2) in pairwise(path):
            if y1 == y2:
                runs[y1].append((min(x_of(x1), x_of(x2)), max(x_of(x1), x_of(x2))))
    place, counts = _pack(routes.down, runs, GAP)
    last = len(counts) - 1
    split = tuple(
        0 if alley == 0 else count if alley == last else (count + 1) // 2
        for alley, count in enumerate(counts)
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


def aside_mm(columns: Packed) -> float:
    """Return the room that each lane needs at either side of its symbols."""
    most = 0
    for count, left in zip(columns.counts, columns.split, strict=True):
        most = max(most, left, count - left)
    return CLEAR + (most - 1) * GAP + BORDER if most else _LEAST_ASIDE


class ColumnPlaces:
    """Where every line across stands, for lanes of one width from `left` on."""

    def __init__(
        self,
        across: Axis,
        columns: Packed,
        left: float,
        lane_mm: float,
        symbol_mm: float,
    ) -> None:
        """Take the measures; `symbol_mm` is the width of the lanes' symbols."""
        self._across, self._columns = across, columns
        self._left, self._lane = left, lane_mm
        self._aside = max(0.0, (lane_mm - symbol_mm) / 2)
        self._symbol = symbol_mm
        counts = {half for halves in self._halves() for half in halves if half}
        self._margins = {count: _margins(self._aside, count) for count in counts}

    @property
    def least_spacing(self) -> float:
        """How close lines come to each other or to symbols for want of room; else infinite."""
        found = []
        for halves in self._halves():
            sides = [(half, self._margins[half]) for half in halves if half]
            tight = [side for side in sides if side[1].symbol < _TIGHT_CLEAR - _SLACK]
            found += [margins.symbol for _, margins in tight]
            found += [margins.gap for half, margins in tight if half > 1]
            found += [sum(margins.border for _, margins in sides)] if tight and sides[1:] else []
        return min(found, default=float("inf"))

    def _halves(self) -> Iterator[tuple[int, int]]:
        """Yield how many lines stand left and right of each border."""
        for count, left in zip(self._columns.counts, self._columns.split, strict=True):
            yield left, count - left

    def center(self, lane: int) -> float:
        """Return the middle of a lane."""
        return self._left + (lane + 0.5) * self._lane

    def __call__(self, line: int) -> float:
        """Return where a line stands: a track, or a cell's middle or next to it."""
        is_cell, index, offset = self._across.place(line)
        if is_cell:
            near, far = -self._symbol / 2, self._symbol / 2
            return self.center(index) + (near, -GAP, 0.0, GAP, far)[offset]
        place, before = self._columns.place[line], self._columns.split[index]
        border = self._left + index * self._lane
        if place < before:
            symbol, gap, rule = self._margins[before]
            return border - self._aside + _spot(self._aside, before, place, symbol, rule, gap)
        after = self._columns.counts[index] - before
        symbol, gap, rule = self._margins[after]
        return border + _spot(self._aside, after, place - before, rule, symbol, gap)


class _Margins(NamedTuple):
    """What lines beside symbols keep: to the symbols, between them, and to the lanes' border."""

    symbol: float
    gap: float
    border: float


def _margins(room: float, count: int) -> _Margins:
    """Return what `count` lines keep in a room: all they ask for, less at its edges, or less."""
    least = _TIGHT_CLEAR + (count - 1) * GAP + _TIGHT_BORDER
    if room < least - 1e-6:
        scale = room / least
        return _Margins(_TIGHT_CLEAR * scale, GAP * scale, _TIGHT_BORDER * scale)
    wishes = CLEAR - _TIGHT_CLEAR, BORDER - _TIGHT_BORDER
    share = max(0.0, min(1.0, (room - least) / sum(wishes)))
    return _Margins(_TIGHT_CLEAR + share * wishes[0], GAP, _TIGHT_BORDER + share * wishes[1])


def tight_aside(aside: float) -> float:
    """Return the least room in which lines that ask for this much keep their distances."""
    return aside - (CLEAR - _TIGHT_CLEAR) - (BORDER - _TIGHT_BORDER)


def _spot(
    room: float, count: int, index: int, before: float, after: float, gap: float = GAP
) -> float:
    """Return the place of one of `count` lines in a room, what is left over shared between them."""
    slack = room - before - (count - 1) * gap - after
    return before + index * gap + slack * (index + 1) / (count + 1)


class BandRoom(NamedTuple):
    """What one band needs: half its highest symbol, and above and below it where labels stand."""

    half: float
    above: float = 0.0
    below: float = 0.0


class Heights(NamedTuple):
    """What each row of a page needs, and the room above each band and below the last."""

    above: tuple[float, ...]
    below: tuple[float, ...]

    def of_bands(self, bands: Sequence[int], rooms: Sequence[BandRoom]) -> float:
        """Return the height of these neighbouring bands with their rooms."""
        return sum(self.above[b] + 2 * rooms[b].half + self.below[b] for b in bands)


def needed_heights(page: PageGrid, rows: Packed, rooms: Sequence[BandRoom]) -> Heights:
    """Return the least room above and below each band for its tracks and labels."""
    bands = len(page.band_rows)
    above, below = [0.0] * bands, [0.0] * bands
    for gutter in range(bands + 1):
        count, before = rows.counts[gutter], rows.split[gutter]
        under = rooms[gutter - 1].below if gutter else 0.0
        over = rooms[gutter].above if gutter < bands else 0.0
        clear, run = max(CLEAR, under), max(ARROW_RUN, over)
        if _is_inner(page, gutter):
            need = clear + (count - 1) * GAP + run if count else under + over
            below[gutter - 1], above[gutter] = 0.0, max(_LEAST_BETWEEN, need)
            continue
        if gutter:
            need = clear + (before - 1) * GAP + BORDER if before else max(_LEAST_BELOW, under)
            below[gutter - 1] = need
        if gutter < bands:
            after = count - before
            need = BORDER + (after - 1) * GAP + run if after else max(_LEAST_ABOVE, over)
            above[gutter] = need
    return Heights(tuple(above), tuple(below))


def _is_inner(page: PageGrid, gutter: int) -> bool:
    """Tell whether no rule runs through a gutter: inside a row, or between it and a strip."""
    if not 0 < gutter < len(page.band_rows):
        return False
    upper, lower = page.band_rows[gutter - 1], page.band_rows[gutter]
    return upper == lower or -1 in (upper, lower)


class RowPlaces:
    """Where every line down stands, given the middle of each band."""

    def __init__(
        self,
        page: PageGrid,
        down: Axis,
        rows: Packed,
        middles: Sequence[float],
        rooms: Sequence[BandRoom],
        borders: Sequence[float],
    ) -> None:
        """Take the bands' middles and, for each gutter, the y of the rule in it (or outer end)."""
        self._page, self._down, self._rows = page, down, rows
        self._middles, self._rooms, self._borders = middles, rooms, borders

    def __call__(self, line: int) -> float:
        """Return where a line stands: a track, or a band's middle or next to it."""
        is_cell, index, offset = self._down.place(line)
        if is_cell:
            half = self._rooms[index].half
            return self._middles[index] + (-half, -GAP, 0.0, GAP, half)[offset]
        place, before = self._rows.place[line], self._rows.split[index]
        count = self._rows.counts[index]
        if _is_inner(self._page, index):
            top, bottom = self._bottom_of(index - 1), self._top_of(index)
            return top + _spot(bottom - top, count, place, self._clear(index), self._run(index))
        border = self._borders[index]
        if place < before:
            top = self._bottom_of(index - 1)
            return top + _spot(border - top, before, place, self._clear(index), BORDER)
        room = self._top_of(index) - border
        return border + _spot(room, count - before, place - before, BORDER, self._run(index))

    def _clear(self, gutter: int) -> float:
        """Return how far lines in a gutter keep off the symbols above it, and off their labels."""
        return max(CLEAR, self._rooms[gutter - 1].below)

    def _run(self, gutter: int) -> float:
        """Return how far lines in a gutter keep off the symbols below it, and off their labels."""
        return max(ARROW_RUN, self._rooms[gutter].above)

    def _top_of(self, band: int) -> float:
        return self._middles[band] - self._rooms[band].half

    def _bottom_of(self, band: int) -> float:
        return self._middles[band] + self._rooms[band].half
