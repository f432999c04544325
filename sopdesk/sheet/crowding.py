"""A page whose one row has more symbols and pentagons than its height holds, drawn so that it does.

What is tried first keeps most: columns in lanes that are wide enough, then smaller symbols, and at
last lines closer than they should be, which the sheet says.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from sopdesk.sheet.density import Density, at_density
from sopdesk.sheet.lane_spacing import aside_mm, tight_aside
from sopdesk.sheet.page_grid import page_grid
from sopdesk.sheet.page_lines import OnPage, PageLines, band_halves, page_lines
from sopdesk.sheet.page_plan import plan_page
from sopdesk.sheet.routing.router import route
from sopdesk.sheet.row_spacing import least_height
from sopdesk.sheet.same_rows import same_in_lanes
from sopdesk.sheet.spacing import BORDER, CLEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.page_parts import Part
    from sopdesk.sheet.page_plan import PagePlan
    from sopdesk.sheet.pentagons import Pentagon
    from sopdesk.sheet.table import Table

_SYMBOLS = (1.0, 0.86, 0.72, 0.6, 0.5)
"""How much smaller symbols get while lines keep their distances."""

_LEAST_SCALE = 0.4
"""Symbols smaller than this, beside their usual size, leave no room for lines at their sides."""

_ZOOM = 0.9
"""In what steps all of a page gets smaller."""

_LEAST_ROOM_MM = 10.0
"""Where a heading leaves a page no height at all."""

Pentagons = tuple["Pentagon", ...]


def plan_in_height(
    table: Table, parts: tuple[Part, ...], foot: Pentagons, head: Pentagons, room_mm: float
) -> PagePlan:
    """Return the routed plan of a page; symbols and pentagons of a single row fit `room_mm`.

    A page of several rows may be too high, since it can hand rows on.
    """
    if len(parts) > 1:
        return plan_page(table, parts, foot, head, route)
    room_mm = max(room_mm, _LEAST_ROOM_MM)
    plans = (
        plan_page(table, parts, foot, head, route, density)
        for density in _densities(table)
        if _may_hold(table, OnPage(_rows(parts), foot, head), density, room_mm)
    )
    return next(plan for plan in plans if plan.bands_height <= room_mm + 1e-6)


def _densities(table: Table) -> Iterator[Density]:
    """Yield ever denser ways to draw a page, without end."""
    least = min(1.0, _LEAST_SCALE / table.measures.scale)
    sizes = [size for size in _SYMBOLS if size >= least]
    for size in sizes:
        yield from _in_columns(table, Density(symbols=size))
    for step in count(1):
        yield from _in_columns(table, Density(symbols=sizes[-1], zoom=_ZOOM**step))


def _in_columns(table: Table, density: Density) -> Iterator[Density]:
    """Yield a density with one column in each lane, then with more while they have room."""
    dense = at_density(table, density)
    column_mm = dense.measures.width + 2 * tight_aside(CLEAR + BORDER)
    for columns in range(1, max(1, int(dense.lane_mm / column_mm)) + 1):
        yield density._replace(columns=columns)


def _rows(parts: tuple[Part, ...]) -> tuple[int, ...]:
    return tuple(part.row for part in parts if part.part == 1)


def _may_hold(table: Table, page: OnPage, density: Density, room_mm: float) -> bool:
    """Tell whether a page so dense is low enough before its labels, its lines with their room."""
    dense, zoom = at_density(table, density), density.zoom
    grid = page_grid(table.procedure, *page, density.columns)
    if least_height(band_halves(dense, grid)) * zoom > room_mm:
        return False
    lines = page_lines(same_in_lanes(table), page, route, density)
    return lines.least_height() * zoom <= room_mm + 1e-6 and _is_roomy(dense, lines, density)


def _is_roomy(dense: Table, lines: PageLines, density: Density) -> bool:
    """Tell whether lines have the room beside symbols that they ask for, or lanes may give it."""
    aside = (dense.lane_mm / density.columns - dense.measures.width) / 2
    return density.may_widen or tight_aside(aside_mm(lines.columns)) <= aside + 1e-6
