"""Where upright lines stand between the lanes' symbols, and how wide lanes are for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.spacing import BORDER, CLEAR, GAP, spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.packing import Packed
    from sopdesk.sheet.routing.tracks import Axis

TIGHT_CLEAR = 2.0
_TIGHT_BORDER = GAP / 2
"""To symbols and to the border between lanes where these are narrow, before lines come closer."""

_SLACK = 0.005
"""Too little to be seen or told."""

_LEAST_ASIDE = 1.4
"""Beside symbols where no line runs."""


def aside_mm(columns: Packed) -> float:
    """Return the room that each lane needs at either side of its symbols."""
    most = 0
    for count, left in zip(columns.counts, columns.split, strict=True):
        most = max(most, left, count - left)
    return CLEAR + (most - 1) * GAP + BORDER if most else _LEAST_ASIDE


def tight_aside(aside: float) -> float:
    """Return the least room in which lines that ask for this much keep their distances."""
    return aside - (CLEAR - TIGHT_CLEAR) - (BORDER - _TIGHT_BORDER)


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
        self._places: dict[int, float] = {}

    @property
    def is_tight(self) -> bool:
        """Whether lines may come closer to each other or to symbols, for want of room."""
        return any(each.symbol < TIGHT_CLEAR - _SLACK for each in self._margins.values())

    def _halves(self) -> Iterator[tuple[int, int]]:
        """Yield how many lines stand left and right of each border."""
        for count, left in zip(self._columns.counts, self._columns.split, strict=True):
            yield left, count - left

    def center(self, lane: int) -> float:
        """Return the middle of a lane."""
        return self._left + (lane + 0.5) * self._lane

    def __call__(self, line: int) -> float:
        """Return where a line stands: a track, or a cell's middle or next to it."""
        place = self._places.get(line)
        if place is None:
            place = self._places[line] = self._place(line)
        return place

    def _place(self, line: int) -> float:
        is_cell, index, offset = self._across.place(line)
        if is_cell:
            near, far = -self._symbol / 2, self._symbol / 2
            return self.center(index) + (near, -GAP, 0.0, GAP, far)[offset]
        place, before = self._columns.place[line], self._columns.split[index]
        border = self._left + index * self._lane
        if place < before:
            symbol, gap, rule = self._margins[before]
            return border - self._aside + spot(self._aside, before, place, symbol, rule, gap)
        after = self._columns.counts[index] - before
        symbol, gap, rule = self._margins[after]
        return border + spot(self._aside, after, place - before, rule, symbol, gap)


class _Margins(NamedTuple):
    """What lines beside symbols keep: to the symbols, between them, and to the lanes' border."""

    symbol: float
    gap: float
    border: float


def _margins(room: float, count: int) -> _Margins:
    """Return what `count` lines keep in a room: all they ask for, less at its edges, or less."""
    least = TIGHT_CLEAR + (count - 1) * GAP + _TIGHT_BORDER
    if room < least - 1e-6:
        scale = room / least
        return _Margins(TIGHT_CLEAR * scale, GAP * scale, _TIGHT_BORDER * scale)
    wishes = CLEAR - TIGHT_CLEAR, BORDER - _TIGHT_BORDER
    share = max(0.0, min(1.0, (room - least) / sum(wishes)))
    return _Margins(TIGHT_CLEAR + share * wishes[0], GAP, _TIGHT_BORDER + share * wishes[1])
