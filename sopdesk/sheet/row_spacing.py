"""Where level lines stand between the bands' symbols, and how high rows are for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.spacing import BORDER, CLEAR, GAP, spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.packing import Packed
    from sopdesk.sheet.page_grid import PageGrid
    from sopdesk.sheet.routing.tracks import Axis

ARROW_RUN = 3.2
"""Above a symbol, so that an arrow has a stroke behind its head."""

_LEAST_BELOW = 2.4
_LEAST_ABOVE = 2.8
_LEAST_BETWEEN = 5.4
"""Below symbols, above them, and between two bands of a row, where no line runs."""


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


def least_height(halves: Sequence[float]) -> float:
    """Return the height of a row's bands and strips whose lines and labels take no more room."""
    between = _LEAST_BETWEEN * (len(halves) - 1)
    return _LEAST_ABOVE + 2 * sum(halves) + between + _LEAST_BELOW


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
            return top + spot(bottom - top, count, place, self._clear(index), self._run(index))
        border = self._borders[index]
        if place < before:
            top = self._bottom_of(index - 1)
            return top + spot(border - top, before, place, self._clear(index), BORDER)
        room = self._top_of(index) - border
        return border + spot(room, count - before, place - before, BORDER, self._run(index))

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
