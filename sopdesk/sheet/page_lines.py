"""The lines of one page of a flow table: routed, and packed closely, before labels take their room.

What is written in rows does not matter to them, so an edit of a text asks for them anew in no time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.density import PLAIN, Density, at_density
from sopdesk.sheet.lane_spacing import ColumnPlaces
from sopdesk.sheet.packing import Packed, pack_columns, pack_rows
from sopdesk.sheet.page_grid import PageGrid, page_grid
from sopdesk.sheet.page_labels import LabelSpot, label_spots
from sopdesk.sheet.row_spacing import BandRoom, Heights, needed_heights
from sopdesk.sheet.symbols import offpage_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.sheet.pentagons import Pentagon
    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.table import Table

_EMPTY_HALF_MM = 0.75
"""Half the height of a band without symbols, so that a line runs through it."""

_MOST_SPREAD = 2.0
"""How much farther off its line a label stands, at most, on a page that is drawn smaller."""


class OnPage(NamedTuple):
    """What stands in the lanes of a page: the symbols of some rows, and pentagons."""

    rows: tuple[int, ...]
    at_foot: tuple[Pentagon, ...]
    at_head: tuple[Pentagon, ...]


class PageLines(NamedTuple):
    """A page's routes and where they stand; each band's symbols reach `halves` off its middle."""

    grid: PageGrid
    routes: Routes
    columns: Packed
    rows: Packed
    x_of: ColumnPlaces
    halves: tuple[float, ...]

    def least_height(self) -> float:
        """Return the height of all symbols, pentagons and lines in mm, without room for labels."""
        rooms = tuple(map(BandRoom, self.halves))
        return needed_heights(self.grid, self.rows, rooms).of_bands(range(len(rooms)), rooms)


class PageLabels(NamedTuple):
    """Where a page's labels stand, and what room its bands then have and need."""

    spots: tuple[LabelSpot, ...]
    rooms: tuple[BandRoom, ...]
    needs: Heights


@lru_cache(maxsize=512)
def page_lines(
    table: Table, page: OnPage, router: Callable[[Grid], Routes], density: Density = PLAIN
) -> PageLines:
    """Return the lines of a page; remembered by the identity of the table."""
    table = at_density(table, density)
    grid = page_grid(table.procedure, *page, density.columns)
    routes = router(grid.grid)
    columns = pack_columns(routes)
    column_mm = table.lane_mm / density.columns
    x_of = ColumnPlaces(routes.across, columns, 0.0, column_mm, table.measures.width)
    packed = pack_rows(routes, x_of)
    return PageLines(grid, routes, columns, packed, x_of, band_halves(table, grid))


@lru_cache(maxsize=512)
def page_labels(
    table: Table, page: OnPage, router: Callable[[Grid], Routes], density: Density = PLAIN
) -> PageLabels:
    """Return the labels of a page; remembered by the identity of the table."""
    lines = page_lines(table, page, router, density)
    dense = at_density(table, density)
    spread = min(_MOST_SPREAD, 1.0 / density.zoom)
    spots = label_spots(dense, lines.grid, lines.routes, lines.x_of, lines.halves, spread)
    rooms = _rooms(lines.halves, spots)
    return PageLabels(spots, rooms, needed_heights(lines.grid, lines.rows, rooms))


def band_halves(table: Table, page: PageGrid) -> tuple[float, ...]:
    """Return half the height of each band's highest symbol; an empty band keeps a line's room."""
    halves = [0.0] * len(page.band_rows)
    for name, node in zip(page.ids, page.grid.nodes, strict=True):
        _, height = table.sizes.get(name) or offpage_size(table.measures)
        halves[node.band] = max(halves[node.band], height / 2)
    return tuple(half or _EMPTY_HALF_MM for half in halves)


def _rooms(halves: Sequence[float], labels: Sequence[LabelSpot]) -> tuple[BandRoom, ...]:
    """Return what each band needs for its symbols, and above and below them for labels."""
    above, below = [0.0] * len(halves), [0.0] * len(halves)
    for spot in labels:
        half = halves[spot.band] - spot.apart
        above[spot.band] = max(above[spot.band], -spot.rect.top - half)
        below[spot.band] = max(below[spot.band], spot.rect.bottom - half)
    return tuple(map(BandRoom, halves, above, below))
