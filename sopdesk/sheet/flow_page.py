"""One planned page of a flow table, drawn: its cells, symbols, connectors and labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from sopdesk.sheet.blocks import RULE_MM
from sopdesk.sheet.cells import PADDING_X_MM
from sopdesk.sheet.faces import ascent_mm, descent_mm, leading_mm
from sopdesk.sheet.flow_labels import label_texts
from sopdesk.sheet.heading import lane_edges
from sopdesk.sheet.hops import with_hops
from sopdesk.sheet.page_plan import part_lines
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.spacing import ColumnPlaces, RowPlaces
from sopdesk.sheet.symbols import (
    OFFPAGE,
    edge_x,
    edge_y,
    offpage_size,
    outline,
    text_lines,
)
from sopdesk.sheet.typeset import break_text
from sopdesk.sheet.values import Connector, LaneBand, Rect, RowBand, Rule, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.sheet.page_plan import PagePlan
    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.table import Table
    from sopdesk.sheet.typeset import TextLine
    from sopdesk.sheet.values import Point


@dataclass(slots=True)
class FlowDrawing:
    """What a page of a flow table holds, in mm of the page."""

    lanes: list[LaneBand] = field(default_factory=list)
    rows: list[RowBand] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    least_spacing: float = float("inf")


@remember(256)
def draw_page(table: Table, plan: PagePlan, left: float, top: float) -> FlowDrawing:
    """Return a planned page of the table without its heading; rows begin at `(left, top)`."""
    tops = [round(y, 4) for y in accumulate(plan.heights, initial=top)]
    drawing = FlowDrawing()
    _draw_grid(drawing, table, plan, left, tops)
    _draw_cells(drawing, table, plan, left, tops)
    x_of = ColumnPlaces(
        plan.routes.across, plan.columns, left + table.lanes_left, table.lane_mm,
        table.measures.width,
    )  # fmt: skip
    drawing.least_spacing = x_of.least_spacing
    middles, borders = _band_places(plan, tops)
    y_of = RowPlaces(plan.grid, plan.routes.down, plan.rows, middles, plan.rooms, borders)
    _draw_shapes(drawing, table, plan, x_of, middles)
    _draw_flows(drawing, table, plan, x_of, y_of)
    near, far = table.columns.of("lanes")
    _draw_labels(drawing, table, plan, Rect(left + near, tops[0], left + far, tops[-1]), middles)
    drawing.connectors = with_hops(drawing.connectors)
    return drawing


def _draw_grid(
    drawing: FlowDrawing, table: Table, plan: PagePlan, left: float, tops: Sequence[float]
) -> None:
    lanes, step = table.procedure.lanes, table.lane_mm
    start = left + table.lanes_left
    drawing.lanes += [
        LaneBand(lane.id, round(start + i * step, 4), round(start + (i + 1) * step, 4))
        for i, lane in enumerate(lanes)
    ]
    ids = [step.id for step in table.procedure.steps]
    drawing.rows += [
        RowBand(ids[part.row], part.part, part.parts, tops[i], tops[i + 1])
        for i, part in enumerate(plan.parts)
    ]
    for x in lane_edges(lanes, table.columns):
        drawing.rules.append(Rule((left + x, tops[0]), (left + x, tops[-1]), RULE_MM))
    for index, y in enumerate(tops[1:], 1):
        for a, b in _open_spans(table, plan, index):
            drawing.rules.append(
                Rule((left + a - RULE_MM / 2, y), (left + b + RULE_MM / 2, y), RULE_MM)
            )


def _open_spans(table: Table, plan: PagePlan, index: int) -> Iterator[tuple[float, float]]:
    """Yield the stretches of the rule below a part that no merged cell covers."""
    start: float | None = None
    end = 0.0
    for key, left, right in table.columns.spans:
        if index < len(plan.parts) and _is_covered(table, key, plan.parts[index].row):
            if start is not None:
                yield start, end
            start = None
        else:
            start = left if start is None else start
            end = right
    if start is not None:
        yield start, end


def _is_covered(table: Table, column: str, row: int) -> bool:
    return any(m.column == column and row in m.rows and row != m.rows.start for m in table.merged)


def _draw_cells(
    drawing: FlowDrawing, table: Table, plan: PagePlan, left: float, tops: Sequence[float]
) -> None:
    steps = table.procedure.steps
    for index, part in enumerate(plan.parts):
        for key, near, far in table.columns.spans:
            if key == "lanes":
                continue
            lines = part_lines(table, part, key)
            if not lines:
                continue
            end = index + 1
            merged = table.merged_from(part.row, key)
            while merged and end < len(plan.parts) and plan.parts[end].row in merged.rows:
                end += 1
            cell = Rect(left + near, tops[index], left + far, tops[end])
            is_centered = key in ("number", "duration")
            drawing.texts += _cell_texts(table, lines, cell, key, steps[part.row].id, is_centered)


def _cell_texts(
    table: Table,
    lines: Sequence[TextLine],
    cell: Rect,
    role: str,
    step: str,
    is_centered: bool,
) -> Iterator[Text]:
    """Yield a cell's lines, in the middle of its height."""
    look = table.look
    leading = leading_mm(look.font, look.size_pt)
    ascent, descent = ascent_mm(look.font, look.size_pt), descent_mm(look.font, look.size_pt)
    y = (cell.top + cell.bottom - len(lines) * leading) / 2 + (leading + ascent - descent) / 2
    for line in lines:
        if line.runs:
            x = cell.left + PADDING_X_MM
            if is_centered:
                x = (cell.left + cell.right - line.width_mm) / 2
            rect = Rect(x, y - ascent, x + line.width_mm, y + descent)
            yield Text(x, y, look.size_pt, line.runs, role, rect, cell, step)
        y += leading


def _band_places(plan: PagePlan, tops: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the middle of each band, and for each gutter the rule in it or the rows' outer end.

    What a row is higher than its bands need lies half above its own and half below, so that strips
    of pentagons stand at the very head and foot of the page.
    """
    grid, needs, rooms = plan.grid, plan.needs, plan.rooms
    part_of = {part.row: i for i, part in enumerate(plan.parts) if part.part == 1}
    groups: dict[int, list[int]] = {}
    for band, row in enumerate(grid.band_rows):
        strip = 0 if band < grid.head else len(plan.parts) - 1
        groups.setdefault(part_of[row] if row >= 0 else strip, []).append(band)
    middles = [0.0] * len(grid.band_rows)
    borders = [tops[0]] * (len(grid.band_rows) + 1)
    borders[-1] = tops[-1]
    for index, bands in groups.items():
        slack = (plan.heights[index] - needs.of_bands(bands, rooms)) / 2
        y = borders[bands[0]] = tops[index]
        own = [band for band in bands if grid.band_rows[band] >= 0]
        for band in bands:
            y += slack if band in own[:1] else 0.0
            y += needs.above[band] + rooms[band].half
            middles[band] = round(y, 4)
            y += rooms[band].half + needs.below[band]
            y += slack if band in own[-1:] else 0.0
    return middles, borders


def _draw_shapes(
    drawing: FlowDrawing,
    table: Table,
    plan: PagePlan,
    x_of: ColumnPlaces,
    middles: Sequence[float],
) -> None:
    symbols = {symbol.id: symbol for symbol in table.procedure.symbols}
    for name, node in zip(plan.grid.ids, plan.grid.grid.nodes, strict=True):
        x = (x_of.center(node.first) + x_of.center(node.last)) / 2
        width, height = table.sizes.get(name) or offpage_size(table.measures)
        y = middles[node.band]
        rect = Rect(
            round(x - width / 2, 4), round(y - height / 2, 4), round(x + width / 2, 4),
            round(y + height / 2, 4),
        )  # fmt: skip
        if name in symbols:
            symbol = symbols[name]
            drawing.shapes.append(Shape(name, symbol.kind, rect, outline(symbol.kind, rect)))
            lines = text_lines(symbol, table.look, table.measures.text_pt, width)
            drawing.texts += _inside(table, lines, rect, "symbol", symbol.step)
        else:
            letter = plan.pentagons[name].letter
            shape = Shape(name, OFFPAGE, rect, outline(OFFPAGE, rect), letter)
            drawing.shapes.append(shape)
            shoulder = Rect(rect.left, rect.top, rect.right, rect.top + 0.75 * rect.height)
            drawing.texts += _letter(table, letter, shoulder, rect)


def _inside(
    table: Table, lines: Sequence[TextLine], rect: Rect, role: str, step: str | None
) -> Iterator[Text]:
    """Yield lines in the middle of a rectangle, at the size of texts in symbols."""
    font, size = table.look.font, table.measures.text_pt
    leading, ascent, descent = (f(font, size) for f in (leading_mm, ascent_mm, descent_mm))
    x, y = rect.center
    y += -len(lines) * leading / 2 + (leading + ascent - descent) / 2
    for line in lines:
        half = line.width_mm / 2
        bounds = Rect(x - half, y - ascent, x + half, y + descent)
        yield Text(x - half, y, size, line.runs, role, bounds, rect, step)
        y += leading


def _letter(table: Table, letter: str, shoulder: Rect, cell: Rect) -> Iterator[Text]:
    lines = break_text(letter, table.look.font, table.measures.text_pt, float("inf"))
    for text in _inside(table, lines, shoulder, "letter", None):
        yield text._replace(cell=cell)


def _draw_flows(
    drawing: FlowDrawing, table: Table, plan: PagePlan, x_of: ColumnPlaces, y_of: RowPlaces
) -> None:
    outlines = {shape.id: shape.outline for shape in drawing.shapes}
    flows = table.procedure.flows
    for leg, path in zip(plan.grid.legs, plan.routes.paths, strict=True):
        points = _points(path, outlines[leg.source], outlines[leg.target], x_of, y_of)
        has_arrow = flows[leg.flow].line == "arrow"
        drawing.connectors.append(
            Connector(leg.source, leg.target, leg.flow, points, has_arrow, leg.label, None, ())
        )


def _draw_labels(
    drawing: FlowDrawing, table: Table, plan: PagePlan, area: Rect, middles: Sequence[float]
) -> None:
    for spot in plan.labels:
        x, y, rect = area.left, middles[spot.band], spot.rect
        rect = Rect(x + rect.left, y + rect.top, x + rect.right, y + rect.bottom)
        drawing.texts += label_texts(spot.label, rect, area, table.look)
        for index in spot.legs:
            drawing.connectors[index] = drawing.connectors[index]._replace(label_rect=rect)


def _points(
    path: Path,
    source: tuple[Point, ...],
    target: tuple[Point, ...],
    x_of: ColumnPlaces,
    y_of: RowPlaces,
) -> tuple[Point, ...]:
    """Return a path in mm, its ends on the outlines of its symbols."""
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
