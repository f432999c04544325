"""What lies at a place of a page: pure questions to the sheet's values, in millimetres."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.markup import plain
from sopdesk.sheet.values import Rect
from ui.editor.sheet.geometry import distance_to, grown, holds, is_inside

if TYPE_CHECKING:
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.values import Connector, LaneBand, Page, Point, RowBand, Shape, Sheet, Text

CELL_COLUMNS = ("number", "activity", "requirements", "duration", "outputs", "remarks")
"""Columns of the flow table whose cells hold text, by the role of that text."""


class Placed(NamedTuple):
    """A shape and the page it stands on."""

    page: int
    shape: Shape


class Cell(NamedTuple):
    """A cell of the flow table: its column, its step and its place."""

    column: str
    step: str
    rect: Rect


def find_shape(sheet: Sheet, procedure: int, symbol: str) -> Placed | None:
    """Return where a symbol of a flow table stands."""
    for index, page in enumerate(sheet.pages):
        shape = find_shape_on(page, symbol) if page.procedure == procedure else None
        if shape is not None:
            return Placed(index, shape)
    return None


def find_shape_on(page: Page, symbol: str) -> Shape | None:
    """Return a symbol's shape on a page."""
    return next((shape for shape in page.shapes if shape.id == symbol), None)


def shape_at(page: Page, point: Point, reach: float = 0.0) -> Shape | None:
    """Return the topmost shape that covers the point, or comes within `reach` of it."""
    for shape in reversed(page.shapes):
        if holds(grown(shape.rect, reach), point) and is_inside(shape.outline, point, reach):
            return shape
    return None


def connector_at(page: Page, point: Point, reach: float) -> Connector | None:
    """Return the nearest flow within `reach`; its label belongs to it."""
    for connector in page.connectors:
        if connector.label_rect and holds(connector.label_rect, point):
            return connector
    nearest = min(page.connectors, key=lambda c: distance_to(c.points, point), default=None)
    if nearest is None or distance_to(nearest.points, point) > reach:
        return None
    return nearest


def label_at(page: Page, point: Point) -> Connector | None:
    """Return the flow whose label covers the point."""
    for connector in page.connectors:
        if connector.label_rect and holds(grown(connector.label_rect, 0.5), point):
            return connector
    return None


def lane_at(page: Page, x: float) -> LaneBand | None:
    """Return the lane at this x."""
    return next((lane for lane in page.lanes if lane.left <= x < lane.right), None)


def row_at(page: Page, y: float) -> RowBand | None:
    """Return the row, or the part of one, at this y."""
    return next((row for row in page.rows if row.top <= y < row.bottom), None)


def text_at(page: Page, point: Point) -> Text | None:
    """Return the text whose cell covers the point: the one nearest to it, of several in a cell."""
    found = [text for text in page.texts if holds(text.cell, point)]
    return min(found, key=lambda text: math.dist(text.rect.center, point), default=None)


def box_at(page: Page, point: Point) -> str | None:
    """Return the role of the smallest named area that covers the point."""
    found = [box for box in page.boxes if holds(box.rect, point)]
    return min(found, key=lambda box: box.rect.width * box.rect.height).role if found else None


def column_spans(page: Page, look: SheetLook) -> dict[str, tuple[float, float]]:
    """Return left and right of each text column on a page, told by the words of its heading."""
    said: dict[Rect, str] = {}
    for text in page.texts:
        if text.role == "heading":
            said[text.cell] = said.get(text.cell, "") + _letters(text.text)
    spans = {}
    for key in CELL_COLUMNS:
        word = _letters(plain(look.label(f"column_{key}")))
        cell = next((cell for cell, words in said.items() if words == word), None)
        if cell is not None:
            spans[key] = cell.left, cell.right
    return spans


def _letters(text: str) -> str:
    return "".join(text.split())


def cell_at(page: Page, point: Point, look: SheetLook) -> Cell | None:
    """Return the text cell of the flow table at the point, empty ones too."""
    row = row_at(page, point[1])
    if row is None:
        return None
    for text in page.texts:
        if text.role in CELL_COLUMNS and text.step and holds(text.cell, point):
            return Cell(text.role, text.step, text.cell)
    for key, (left, right) in column_spans(page, look).items():
        if left <= point[0] < right:
            return Cell(key, row.step, Rect(left, row.top, right, row.bottom))
    return None


def cell_on(page: Page, step: str, column: str, look: SheetLook) -> Cell | None:
    """Return the cell of a step in a text column, or the part of it on this page."""
    row = next((row for row in page.rows if row.step == step), None)
    if row is None:
        return None
    for text in page.texts:
        if text.role == column and text.step == step:
            return Cell(column, step, text.cell)
    span = column_spans(page, look).get(column)
    return Cell(column, step, Rect(span[0], row.top, span[1], row.bottom)) if span else None


def flow_of_pentagon(page: Page, shape: Shape) -> int | None:
    """Return a flow that goes through an off-page symbol."""
    return next((c.flow for c in page.connectors if shape.id in (c.source, c.target)), None)
