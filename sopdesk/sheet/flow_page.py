"""One planned page of a flow table, drawn: its cells, symbols, connectors and labels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.broken_rules import broken_at
from sopdesk.sheet.density import at_density
from sopdesk.sheet.flow_labels import label_texts
from sopdesk.sheet.hops import with_hops
from sopdesk.sheet.lane_spacing import TIGHT_CLEAR, ColumnPlaces
from sopdesk.sheet.nearness import least_spacing_mm
from sopdesk.sheet.page_plan import bands_of_parts
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.row_grid import RowGrid
from sopdesk.sheet.row_spacing import RowPlaces
from sopdesk.sheet.spacing import GAP
from sopdesk.sheet.stacking import stacked
from sopdesk.sheet.symbols import OFFPAGE, edge_x, edge_y, offpage_size, outline, text_lines
from sopdesk.sheet.typeset import break_text
from sopdesk.sheet.values import Connector, LaneBand, Rect, RowBand, Rule, Shape, Text
from sopdesk.sheet.zooming import Zoom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopdesk.sheet.page_plan import PagePlan
    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.table import Table
    from sopdesk.sheet.values import Point

_LETTER_SHARE = 0.75
"""Of a pentagon's height, from its top: where its letter stands in the middle."""


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """What a page of a flow table holds below its heading, in mm of the page.

    `least_spacing` is how close lines come for want of room, else infinite.
    """

    lanes: tuple[LaneBand, ...] = ()
    rows: tuple[RowBand, ...] = ()
    rules: tuple[Rule, ...] = ()
    shapes: tuple[Shape, ...] = ()
    connectors: tuple[Connector, ...] = ()
    texts: tuple[Text, ...] = ()
    least_spacing: float = inf


class _InLanes(NamedTuple):
    """What is drawn in a page's lanes."""

    shapes: tuple[Shape, ...]
    connectors: tuple[Connector, ...]
    texts: tuple[Text, ...]
    least_spacing: float


@remember(256)
def draw_page(table: Table, plan: PagePlan, left: float, top: float) -> FlowDrawing:
    """Return a planned page of the table without its heading; rows begin at `(left, top)`."""
    tops = [round(y, 4) for y in accumulate(plan.heights, initial=top)]
    grid = RowGrid(table, plan.parts, left, tops)
    near, far = table.columns.of("lanes")
    area = Rect(left + near, tops[0], left + far, tops[-1])
    is_zoomed = plan.density.zoom < 1.0
    drawn = _zoomed(table, plan, area) if is_zoomed else _drawn(table, plan, area, tops)
    labels = [each.label_rect for each in drawn.connectors if each.label_rect]
    return FlowDrawing(
        tuple(grid.lanes()),
        tuple(grid.rows()),
        tuple(broken_at(labels, grid.rules())),
        drawn.shapes,
        drawn.connectors,
        (*grid.texts(), *drawn.texts),
        drawn.least_spacing,
    )


def _drawn(table: Table, plan: PagePlan, area: Rect, tops: Sequence[float]) -> _InLanes:
    """Return what stands and runs in the lanes, which together are `area`."""
    table = at_density(table, plan.density)
    x_of = ColumnPlaces(
        plan.routes.across, plan.columns, area.left, table.lane_mm / plan.density.columns,
        table.measures.width,
    )  # fmt: skip
    middles, borders = _band_places(plan, tops)
    y_of = RowPlaces(plan.grid, plan.routes.down, plan.rows, middles, plan.rooms, borders)
    shapes = tuple(_shapes(table, plan, x_of, middles))
    labels = [_label_rect(spot.rect, area.left, middles[spot.band]) for spot in plan.labels]
    texts = [*_symbol_texts(table, shapes)]
    for spot, rect in zip(plan.labels, labels, strict=True):
        texts += label_texts(spot.label, rect, area, table.look)
    label_of = {
        leg: rect for spot, rect in zip(plan.labels, labels, strict=True) for leg in spot.legs
    }
    connectors = with_hops(list(_connectors(table, plan, shapes, (x_of, y_of), label_of)))
    spacing = least_spacing_mm(connectors, shapes, GAP, TIGHT_CLEAR) if x_of.is_tight else inf
    return _InLanes(shapes, tuple(connectors), tuple(texts), spacing)


def _zoomed(table: Table, plan: PagePlan, area: Rect) -> _InLanes:
    """Return what stands and runs in the lanes of a crowded page, smaller than it was planned."""
    zoom = Zoom((area.left, area.top), plan.density.zoom)
    whole = Rect(
        area.left,
        area.top,
        area.left + area.width / zoom.factor,
        area.top + area.height / zoom.factor,
    )
    drawn = _drawn(table, plan, whole, (whole.top, whole.bottom))
    shapes = tuple(map(zoom.shape, drawn.shapes))
    connectors = tuple(map(zoom.connector, drawn.connectors))
    spacing = least_spacing_mm(connectors, shapes, GAP, TIGHT_CLEAR, are_rows_tight=True)
    return _InLanes(shapes, connectors, tuple(map(zoom.text, drawn.texts)), spacing)


def _band_places(plan: PagePlan, tops: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the middle of each band, and for each gutter the rule in it or the rows' outer end.

    What a row is higher than its bands need lies half above its own and half below, so that strips
    of pentagons stand at the very head and foot of the page.
    """
    grid, needs, rooms = plan.grid, plan.needs, plan.rooms
    middles = [0.0] * len(grid.band_rows)
    borders = [tops[0]] * (len(grid.band_rows) + 1)
    borders[-1] = tops[-1]
    for index, bands in enumerate(bands_of_parts(plan.parts, grid)):
        if not bands:
            continue
        slack = (plan.heights[index] / plan.density.zoom - needs.of_bands(bands, rooms)) / 2
        y = borders[bands[0]] = tops[index]
        own = [band for band in bands if grid.band_rows[band] >= 0]
        for band in bands:
            y += slack if band in own[:1] else 0.0
            y += needs.above[band] + rooms[band].half
            middles[band] = round(y, 4)
            y += rooms[band].half + needs.below[band]
            y += slack if band in own[-1:] else 0.0
    return middles, borders


def _shapes(
    table: Table, plan: PagePlan, x_of: ColumnPlaces, middles: Sequence[float]
) -> Iterator[Shape]:
    """Yield the page's symbols and pentagons."""
    kinds = {symbol.id: symbol.kind for symbol in table.procedure.symbols}
    for name, node in zip(plan.grid.ids, plan.grid.grid.nodes, strict=True):
        x, y = (x_of.center(node.first) + x_of.center(node.last)) / 2, middles[node.band]
        width, height = table.sizes.get(name) or offpage_size(table.measures)
        left, right = round(x - width / 2, 4), round(x + width / 2, 4)
        rect = Rect(left, round(y - height / 2, 4), right, round(y + height / 2, 4))
        if name in kinds:
            yield Shape(name, kinds[name], rect, outline(kinds[name], rect))
        else:
            letter = plan.pentagons[name].letter
            yield Shape(name, OFFPAGE, rect, outline(OFFPAGE, rect), letter)


def _symbol_texts(table: Table, shapes: Sequence[Shape]) -> Iterator[Text]:
    """Yield the texts in symbols, and the letters in pentagons."""
    font, size_pt = table.look.font, table.measures.text_pt
    symbols = {symbol.id: symbol for symbol in table.procedure.symbols}
    for name, _, rect, _, letter in shapes:
        if letter is None:
            symbol, (width, _) = symbols[name], table.sizes[name]
            own_pt = table.measures_of(name).text_pt
            lines = text_lines(symbol, table.look, own_pt, width)
            yield from stacked(lines, font, own_pt, rect, "symbol", step=symbol.step)
        else:
            lines = break_text(letter, font, size_pt, float("inf"))
            broad = rect._replace(bottom=rect.top + _LETTER_SHARE * rect.height)
            yield from stacked(lines, font, size_pt, broad, "letter", cell=rect)


def _label_rect(rect: Rect, x: float, y: float) -> Rect:
    """Return a label's place on the page; it is given from the lanes' left and a band's middle."""
    return Rect(x + rect.left, y + rect.top, x + rect.right, y + rect.bottom)


def _connectors(
    table: Table,
    plan: PagePlan,
    shapes: Sequence[Shape],
    places: tuple[ColumnPlaces, RowPlaces],
    label_of: Mapping[int, Rect],
) -> Iterator[Connector]:
    """Yield the page's flows without hops; `label_of` says where their labels stand, by leg."""
    outlines = {shape.id: shape.outline for shape in shapes}
    flows = table.procedure.flows
    legs = zip(plan.grid.legs, plan.routes.paths, strict=True)
    for index, (leg, path) in enumerate(legs):
        points = _points(path, outlines[leg.source], outlines[leg.target], places)
        has_arrow = flows[leg.flow].line == "arrow"
        rect = label_of.get(index)
        yield Connector(
            leg.source, leg.target, leg.flow, points, has_arrow, leg.label, rect, jumps=()
        )


def _points(
    path: Path,
    source: tuple[Point, ...],
    target: tuple[Point, ...],
    places: tuple[ColumnPlaces, RowPlaces],
) -> tuple[Point, ...]:
    """Return a path in mm, its ends on the outlines of its symbols."""
    x_of, y_of = places
    points = [(round(x_of(x), 4), round(y_of(y), 4)) for x, y in path]
    points[0] = _on_edge(points[0], source, path[0], path[1])
    points[-1] = _on_edge(points[-1], target, path[-1], path[-2])
    return tuple(points)


def _on_edge(
    point: Point, shape: tuple[Point, ...], port: tuple[int, int], beside: tuple[int, int]
) -> Point:
    """Return the point of the outline at which a line from `beside` meets it."""
    x, y = point
    if port[1] == beside[1]:
        return round(edge_x(shape, y, beside[0] > port[0]), 4), y
    return x, round(edge_y(shape, x, beside[1] > port[1]), 4)
