"""One page of a flow table, planned: symbols placed, flows routed, rows as high as they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sopdesk.sheet.cells import text_height_mm
from sopdesk.sheet.density import PLAIN, Density
from sopdesk.sheet.lane_spacing import aside_mm
from sopdesk.sheet.page_lines import OnPage, page_labels, page_lines
from sopdesk.sheet.page_parts import part_lines, part_text_height
from sopdesk.sheet.same_rows import same_in_lanes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.sheet.packing import Packed
    from sopdesk.sheet.page_grid import PageGrid
    from sopdesk.sheet.page_labels import LabelSpot
    from sopdesk.sheet.page_parts import Part
    from sopdesk.sheet.pentagons import Pentagon
    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.row_spacing import BandRoom, Heights
    from sopdesk.sheet.table import Table


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
    at_foot: tuple[Pentagon, ...],
    at_head: tuple[Pentagon, ...],
    router: Callable[[Grid], Routes],
    density: Density = PLAIN,
) -> PagePlan:
    """Return the plan of the page that holds these parts, pentagons at its foot and its head.

    Remembered by the identity of the table; `router` is `route`, or `sketch` for a first guess.
    """
    page = OnPage(tuple(part.row for part in parts if part.part == 1), at_foot, at_head)
    alike = same_in_lanes(table)
    grid, routes, columns, packed, *_ = page_lines(alike, page, router, density)
    labels, rooms, needs = page_labels(alike, page, router, density)
    heights = _heights(table, parts, grid, rooms, needs, density.zoom)
    by_id = {pentagon.id: pentagon for pentagon in (*at_foot, *at_head)}
    return PagePlan(
        parts, by_id, grid, routes, columns, packed, rooms, labels, needs, heights, density
    )


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
