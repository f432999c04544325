"""How densely a page is drawn whose one row has more symbols and pentagons than its height holds.

Rows that lines or pentagons make too high are handed on to the next page; a row that is alone
cannot be. Its lanes then are several columns, in which pentagons, and symbols of one cell, stand
side by side; then its symbols get smaller; at last all of them is drawn smaller, lines closer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.remembering import remember
from sopdesk.sheet.symbols import measures_of
from sopdesk.sheet.table import sized_symbols

if TYPE_CHECKING:
    from sopdesk.sheet.table import Table


class Density(NamedTuple):
    """A page's density: columns in a lane, and how much smaller symbols, then all of it, get."""

    columns: int = 1
    symbols: float = 1.0
    zoom: float = 1.0

    @property
    def may_widen(self) -> bool:
        """Whether lanes get wider for the page's lines, as for any other."""
        return self.columns == 1 and self.zoom == 1.0


PLAIN = Density()


def at_density(table: Table, density: Density) -> Table:
    """Return the table as such a page sees it, with lanes as wide as they are before its zoom."""
    return table if density == PLAIN else _at(table, *density)


@remember(64)
def _at(table: Table, columns: int, symbols: float, zoom: float) -> Table:
    measures, lane_mm = table.measures, table.lane_mm / zoom
    if symbols < 1.0:
        measures = measures_of(table.procedure.symbols, table.look, measures.scale * symbols)
    room = table.symbols_room * symbols / zoom
    own_measures, sizes = sized_symbols(
        table.procedure, table.look, measures, lane_mm, room, columns
    )
    return replace(
        table, lane_mm=lane_mm, measures=measures, own_measures=own_measures, sizes=sizes
    )
