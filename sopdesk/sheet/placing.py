"""Where each symbol stands in its step's row: over which lanes, and in which band.

A row has one band, or as many as the most symbols stacked in one of its cells.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.remembering import remember

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure, Symbol


class Place(NamedTuple):
    """A symbol in its step's row: its band there and the lanes it covers."""

    symbol: Symbol
    row: int
    band: int
    first: int
    last: int


class PlacedSymbols(NamedTuple):
    """A procedure's symbols placed: for each row how many bands it has and what stands in it."""

    bands: tuple[int, ...]
    places: tuple[Place, ...]
    by_id: dict[str, Place]


@remember(256)
def place_symbols(procedure: Procedure) -> PlacedSymbols:
    """Return where each symbol stands in its row.

    Symbols of one cell are stacked in the order of the procedure's list; one that has its cells
    for itself stands in the middle of its row.
    """
    lanes = {lane.id: index for index, lane in enumerate(procedure.lanes)}
    rows = {step.id: index for index, step in enumerate(procedure.steps)}
    levels: dict[str, int] = {}
    filled: dict[tuple[int, int], int] = defaultdict(int)
    for symbol in procedure.symbols:
        cells = [(rows[symbol.step], lanes[lane]) for lane in symbol.lanes]
        levels[symbol.id] = max(filled[cell] for cell in cells)
        for cell in cells:
            filled[cell] = levels[symbol.id] + 1
    bands = [1] * len(procedure.steps)
    for (row, _), count in filled.items():
        bands[row] = max(bands[row], count)
    places = []
    for symbol in procedure.symbols:
        row = rows[symbol.step]
        columns = sorted(lanes[lane] for lane in symbol.lanes)
        stack = max(filled[row, column] for column in columns)
        is_alone = all(filled[row, column] == 1 for column in columns)
        shift = (bands[row] - stack) // 2 if is_alone else 0
        places.append(Place(symbol, row, levels[symbol.id] + shift, columns[0], columns[-1]))
    return PlacedSymbols(tuple(bands), tuple(places), {place.symbol.id: place for place in places})
