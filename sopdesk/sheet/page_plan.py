"""One page of a flow table, planned: symbols placed, flows routed, rows as high as they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sopdesk.sheet.cells import text_height_mm
from sopdesk.sheet.density import PLAIN, Density, at_density
from sopdesk.sheet.lane_spacing import ColumnPlaces, aside_mm
from sopdesk.sheet.packing import Packed, pack_columns, pack_rows
from sopdesk.sheet.page_grid import PageGrid, page_grid
from sopdesk.sheet.page_labels import LabelSpot, label_spots
from sopdesk.sheet.page_parts import part_lines, part_text_height
from sopdesk.sheet.row_spacing import BandRoom, Heights, needed_heights
from sopdesk.sheet.symbols import offpage_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.sheet.page_parts import Part
    from sopdesk.sheet.pentagons import Pentagon
    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.table import Table


_EMPTY_HALF_MM = 0.75
"""Half the height of a band without symbols, so that a line runs through it."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a flow table, routed: its parts of rows and how high each is in mm.

    All else is in mm as its `density` has it, before its zoom.
    """

    parts: tuple[Part, ...]
    pentagons: dict[str, Pentagon]
    grid: PageGrid
    routes: Routes
    columns: Packed
    rows: Packed
    rooms: tuple[BandRoom, ...]
    labels: tuple[LabelSpot, ...]
    needs: Heights
    heights: tuple[float, ...]
    density: Density = PLAIN

    @property
    def aside(self) -> float:
        """The room that lines ask for beside symbols; columns of a lane ask for none."""
        return aside_mm(self.columns) if self.density.may_widen else 0.0

    @property
    def bands_height(self) -> float:
        """The height of all symbols, pentagons and lines on the page."""
        bands = range(len(self.grid.band_rows))
        return self.needs.of_bands(bands, self.rooms) * self.density.zoom

    @property
    def height(self) -> float:
        """The height of all rows."""
        return sum(self.heights)

    @property
    def foot_height(self) -> float:
        """The height of the strip of pentagons at the foot, a part of the last row's."""
        bands = len(self.grid.band_rows)
        return self.needs.of_bands(range(bands - self.grid.foot, bands), self.rooms)


@lru_cache(maxsize=512)
def plan_page(
    table: Table,
    parts: tuple[Part, ...],
    outs: tuple[Pentagon, ...],
    ins: tuple[Pentagon, ...],
    router: Callable[[Grid], Routes],
    density: Density = PLAIN,
) -> PagePlan:
    """Return the plan of the page that holds these parts, pentagons at its foot and its head.

    Remembered by the identity of the table; `router` is `route`, or `sketch` for a first guess.
    """
    table = at_density(table, density)
    rows = tuple(part.row for part in parts if part.part == 1)
    grid = page_grid(table.procedure, rows, outs, ins, density.columns)
    routes = router(grid.grid)
    columns = pack_columns(routes)
    column_mm = table.lane_mm / density.columns
    x_of = ColumnPlaces(routes.across, columns, 0.0, column_mm, table.measures.width)
    packed = pack_rows(routes, x_of)
    halves = band_halves(table, grid)
    labels = label_spots(table, grid, routes, x_of, halves)
    rooms = _rooms(halves, labels)
    needs = needed_heights(grid, packed, rooms)
    heights = _heights(table, parts, grid, rooms, needs, density.zoom)
    by_id = {pentagon.id: pentagon for pentagon in (*outs, *ins)}
    return PagePlan(
        parts, by_id, grid, routes, columns, packed, rooms, labels, needs, heights, density
    )


def band_halves(table: Table, page: PageGrid) -> list[float]:
    """Return half the height of each band's highest symbol; an empty band keeps a line's room."""
    halves = [0.0] * len(page.band_rows)
    for name, node in zip(page.ids, page.grid.nodes, strict=True):
        _, height = table.sizes.get(name) or offpage_size(table.measures)
        halves[node.band] = max(halves[node.band], height / 2)
    return [half or _EMPTY_HALF_MM for half in halves]


def _rooms(halves: Sequence[float], labels: Sequence[LabelSpot]) -> tuple[BandRoom, ...]:
    """Return what each band needs for its symbols, and above and below them for labels."""
    above, below = [0.0] * len(halves), [0.0] * len(halves)
    for spot in labels:
        half = halves[spot.band] - spot.apart
        above[spot.band] = max(above[spot.band], -spot.rect.top - half)
        below[spot.band] = max(below[spot.band], spot.rect.bottom - half)
    return tuple(map(BandRoom, halves, above, below))


def _heights(
    table: Table,
    parts: Sequence[Part],
    page: PageGrid,
    rooms: Sequence[BandRoom],
    needs: Heights,
    zoom: float,
) -> tuple[float, ...]:
    """Return the heights of a page's parts; a merged cell that needs more stretches its last."""
    heights = [
        max(part_text_height(table, part), needs.of_bands(bands, rooms) * zoom)
        for part, bands in zip(parts, bands_of_parts(parts, page), strict=True)
    ]
    for merged in table.merged:
        covered = [i for i, part in enumerate(parts) if part.row in merged.rows]
        if covered and parts[covered[0]].row == merged.rows.start:
            count = len(part_lines(table, parts[covered[0]], merged.column))
            missing = text_height_mm(count, table.look) - sum(heights[i] for i in covered)
            heights[covered[-1]] += max(0.0, missing)
    return tuple(heights)


def bands_of_parts(parts: Sequence[Part], page: PageGrid) -> list[list[int]]:
    """Return the bands of each part; strips of pentagons belong to the first and the last."""
    bands: list[list[int]] = [[] for _ in parts]
    at = {part.row: index for index, part in enumerate(parts) if part.part == 1}
    for band, row in enumerate(page.band_rows):
        strip = 0 if band < page.head else len(parts) - 1
        bands[at[row] if row >= 0 else strip].append(band)
    return bands
