"""One page of a flow table, planned: symbols placed, flows routed, rows as high as they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import Part as CellPart
from sopdesk.sheet.cells import lines_of, text_height_mm
from sopdesk.sheet.page_labels import LabelSpot, label_spots
from sopdesk.sheet.placing import PageGrid, Pentagon, page_grid
from sopdesk.sheet.spacing import (
    BandRoom,
    ColumnPlaces,
    Heights,
    Packed,
    needed_heights,
    pack_columns,
    pack_rows,
)
from sopdesk.sheet.symbols import offpage_size
from sopdesk.sheet.table import text_height

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.table import Table
    from sopdesk.sheet.typeset import TextLine


_TELLING = ("activity", "requirements", "outputs", "remarks", "duration")
_MOST_CONTINUED = 3
"""Lines, for the word that says so; a column that is narrower goes on without."""


_EMPTY_HALF_MM = 0.75


class Part(NamedTuple):
    """A row, or one of the parts of a row that is higher than a page; lines from `first` on."""

    row: int
    part: int = 1
    parts: int = 1
    first: int = 0
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a flow table, routed: its parts of rows and how high each is in mm."""

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

    @property
    def height(self) -> float:
        """The height of all rows."""
        return sum(self.heights)

    @property
    def foot_height(self) -> float:
        """The height of the strip of pentagons at the foot, a part of the last row's."""
        bands = len(self.grid.band_rows)
        return self.needs.of_bands(range(bands - self.grid.foot, bands), self.rooms)


def part_lines(table: Table, part: Part, column: str) -> tuple[TextLine, ...]:
    """Return the lines of a column that stand in a part; later parts say what they go on with."""
    lines = table.lines[part.row][column]
    if part.lines is None:
        return lines
    if part.part > 1 and column == "number":
        return lines
    own = lines[part.first : part.first + part.lines]
    is_told = part.part > 1 and column == _telling_column(table)
    return continued_lines(table) + own if is_told else own


def continued_lines(table: Table) -> tuple[TextLine, ...]:
    """Return the lines that stand above the texts of a row's later parts, none where too narrow."""
    column = _telling_column(table)
    if column is None:
        return ()
    left, right = table.columns.of(column)
    cell = (CellPart((table.look.label("continued"),)),)
    lines = lines_of(cell, table.look.font, table.look.size_pt, right - left)
    return lines if len(lines) <= _MOST_CONTINUED else ()


def _telling_column(table: Table) -> str | None:
    """Return the column whose texts say that a row is continued."""
    columns = table.look.columns
    return next((column for column in _TELLING if column in columns), None)


def part_text_height(table: Table, part: Part) -> float:
    """Return the height that a part's texts need."""
    if part.lines is None:
        return text_height(table, part.row)
    columns = table.lines[part.row]
    count = max(len(part_lines(table, part, column)) for column in columns)
    return text_height_mm(count, table.look)


@lru_cache(maxsize=512)
def plan_page(
    table: Table,
    parts: tuple[Part, ...],
    outs: tuple[Pentagon, ...],
    ins: tuple[Pentagon, ...],
    router: Callable[[Grid], Routes],
) -> PagePlan:
    """Return the plan of the page that holds these parts, pentagons at its foot and its head.

    Remembered by the identity of the table; `router` is `route`, or `sketch` for a first guess.
    """
    rows = tuple(part.row for part in parts if part.part == 1)
    grid = page_grid(table.procedure, rows, outs, ins)
    routes = router(grid.grid)
    columns = pack_columns(routes)
    x_of = ColumnPlaces(routes.across, columns, 0.0, table.lane_mm, table.measures.width)
    packed = pack_rows(grid, routes, x_of)
    halves = _halves(table, grid)
    labels = label_spots(table, grid, routes, x_of, halves)
    rooms = _rooms(halves, labels)
    needs = needed_heights(grid, packed, rooms)
    heights = _heights(table, parts, grid, rooms, needs)
    by_id = {pentagon.id: pentagon for pentagon in (*outs, *ins)}
    return PagePlan(parts, by_id, grid, routes, columns, packed, rooms, labels, needs, heights)


def _halves(table: Table, page: PageGrid) -> list[float]:
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
) -> tuple[float, ...]:
    """Return the heights of a page's parts; strips belong to its first and last part."""
    bands: dict[int, list[int]] = {index: [] for index in range(len(parts))}
    at = {part.row: index for index, part in enumerate(parts) if part.part == 1}
    for band, row in enumerate(page.band_rows):
        strip = 0 if band < page.head else len(parts) - 1
        bands[at[row] if row >= 0 else strip].append(band)
    heights = [
        max(part_text_height(table, part), needs.of_bands(bands[index], rooms))
        for index, part in enumerate(parts)
    ]
    for merged in table.merged:
        covered = [i for i, part in enumerate(parts) if part.row in merged.rows]
        if covered and parts[covered[0]].row == merged.rows.start:
            count = len(table.lines[merged.rows.start][merged.column])
            missing = text_height_mm(count, table.look) - sum(heights[i] for i in covered)
            heights[covered[-1]] += max(0.0, missing)
    return tuple(heights)
