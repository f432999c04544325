"""Where each symbol stands in its step's row: over which columns, and in which band.

A row has one band, or as many as the most symbols stacked in one of its cells. A lane is one
column, or several where a page has no height for a stack of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.remembering import remember

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopdesk.document.values import Procedure, Symbol


class _Cell(NamedTuple):
    row: int
    lane: int


class Place(NamedTuple):
    """A symbol in its step's row: its band there and the columns it covers."""

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


def place_symbols(procedure: Procedure, columns: int = 1) -> PlacedSymbols:
    """Return where each symbol stands in its row, each lane being so many columns.

    Symbols of one cell stand in the order of the procedure's list, side by side in its columns and
    then below each other; one that has its cells for itself covers all their columns and stands in
    the middle of its row.
    """
    return _placed(procedure, columns)


@remember(256)
def _placed(procedure: Procedure, columns: int) -> PlacedSymbols:
    cells = _cells_by_id(procedure)
    filled, spots = _filled(cells, columns)
    bands = [1] * len(procedure.steps)
    for (row, _), count in filled.items():
        bands[row] = max(bands[row], count)
    places = []
    for symbol in procedure.symbols:
        own, (band, column) = cells[symbol.id], spots[symbol.id]
        row = own[0].row
        if column is None and all(filled[cell] == 1 for cell in own):
            band = (bands[row] - 1) // 2
        first, last = own[0].lane * columns, (own[-1].lane + 1) * columns - 1
        if column is not None:
            first = last = first + column
        places.append(Place(symbol, row, band, first, last))
    return PlacedSymbols(tuple(bands), tuple(places), {place.symbol.id: place for place in places})


def _cells_by_id(procedure: Procedure) -> dict[str, list[_Cell]]:
    """Return the cells that each symbol covers, from left to right."""
    lanes = {lane.id: index for index, lane in enumerate(procedure.lanes)}
    rows = {step.id: index for index, step in enumerate(procedure.steps)}
    return {
        symbol.id: sorted(_Cell(rows[symbol.step], lanes[lane]) for lane in symbol.lanes)
        for symbol in procedure.symbols
    }


def _filled(
    cells_by_id: Mapping[str, Sequence[_Cell]], columns: int
) -> tuple[Mapping[_Cell, int], dict[str, tuple[int, int | None]]]:
    """Return how many bands each cell fills, and each symbol's band and column there.

    The column is None where a symbol covers all that its cells have.
    """
    shares = Counter(cell for cells in cells_by_id.values() for cell in cells)
    filled: Counter[_Cell] = Counter()
    last_column: dict[_Cell, int] = {}
    spots: dict[str, tuple[int, int | None]] = {}
    for name, cells in cells_by_id.items():
        column, band = None, max(filled[cell] for cell in cells)
        if len(cells) == 1 and shares[cells[0]] > 1:
            column = (last_column.get(cells[0], -1) + 1) % columns
            band -= 1 if column else 0
        spots[name] = band, column
        for cell in cells:
            filled[cell] = band + 1
            last_column[cell] = columns - 1 if column is None else column
    return filled, spots
