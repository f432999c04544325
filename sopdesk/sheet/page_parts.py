"""What is put on the pages of a flow table: its rows, in parts where they are too high.

A row higher than a page is cut into parts inside its texts; its symbols stand in the first.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import PADDING_Y_MM
from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.page_plan import Part, continued_lines, part_text_height
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.table import text_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.table import Table

_ROW_ROOM_MM = 5.2
_BAND_ROOM_MM = 5.4
"""What a row and a band take beside symbols, at least."""


class Least(NamedTuple):
    """What a part needs at least: for its texts, and for its symbols with the room around them."""

    texts: float
    symbols: float

    def height(self, strip: float = 0.0) -> float:
        """Return the part's height, a strip of pentagons included."""
        return max(self.texts, self.symbols + strip)


@remember(64)
def parts_of(table: Table, capacity: float) -> tuple[Part, ...]:
    """Return the rows, those higher than `capacity` mm in parts."""
    parts = []
    for row in range(len(table.lines)):
        if text_height(table, row) <= capacity:
            parts.append(Part(row))
        else:
            parts += _split(table, row, capacity)
    return tuple(parts)


def _split(table: Table, row: int, capacity: float) -> Iterator[Part]:
    """Yield the parts of a row that is higher than a page."""
    look = table.look
    most = max(1, int((capacity - 2 * PADDING_Y_MM) / leading_mm(look.font, look.size_pt)))
    following = max(1, most - len(continued_lines(table)))
    count = max(map(len, table.lines[row].values()))
    starts = [0, *range(most, count, following)]
    for number, (start, end) in enumerate(pairwise((*starts, count)), 1):
        yield Part(row, number, len(starts), start, end - start)


@remember(64)
def leasts_of(table: Table, parts: tuple[Part, ...]) -> tuple[Least, ...]:
    """Return what each part needs at least."""
    placed = place_symbols(table.procedure)
    highest: dict[tuple[int, int], float] = {}
    for place in placed.places:
        band = place.row, place.band
        highest[band] = max(highest.get(band, 0.0), table.sizes[place.symbol.id][1])
    symbols = [_ROW_ROOM_MM + _BAND_ROOM_MM * (bands - 1) for bands in placed.bands]
    for (row, _), height in highest.items():
        symbols[row] += height
    return tuple(
        Least(part_text_height(table, part), symbols[part.row] if part.part == 1 else 0.0)
        for part in parts
    )
