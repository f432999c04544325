"""What lies at a place of a page: pure questions to the sheet's values, in millimetres."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from sopdesk.document.markup import plain
from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        if holds(grown(shape.rect, reach), point) and _is_inside(shape.outline, point, reach):
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


def holds(rect: Rect, point: Point) -> bool:
    """Return whether the rectangle covers the point."""
    return rect.left <= point[0] <= rect.right and rect.top <= point[1] <= rect.bottom


def grown(rect: Rect, by: float) -> Rect:
    """Return the rectangle with a margin around it."""
    return Rect(rect.left - by, rect.top - by, rect.right + by, rect.bottom + by)


def united(rects: Sequence[Rect]) -> Rect:
    """Return the bounds of one or more rectangles."""
    return Rect(
        min(rect.left for rect in rects),
        min(rect.top for rect in rects),
        max(rect.right for rect in rects),
        max(rect.bottom for rect in rects),
    )


def distance_to(points: Sequence[Point], point: Point) -> float:
    """Return how far a path passes from the point."""
    return min(
        (_to_segment(start, end, point) for start, end in itertools.pairwise(points)),
        default=math.inf,
    )


def _to_segment(start: Point, end: Point, point: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    if not length:
        return math.dist(start, point)
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length
    share = max(0.0, min(1.0, share))
    return math.dist((start[0] + along[0] * share, start[1] + along[1] * share), point)


def _is_inside(outline: Sequence[Point], point: Point, reach: float) -> bool:
    """Return whether a convex outline covers the point, or its edge is within `reach`."""
    sides = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        for a, b in itertools.pairwise((*outline, outline[0]))
    ]
    if all(side >= 0 for side in sides) or all(side <= 0 for side in sides):
        return True
    return reach > 0 and distance_to((*outline, outline[0]), point) <= reach


Direction = Literal["left", "right", "up", "down"]


def neighbour(sheet: Sheet, procedure: int, symbol: str, direction: Direction) -> str | None:
    """Return the nearest symbol in a direction, straight ahead before aside."""
    here = find_shape(sheet, procedure, symbol)
    if here is None:
        return None
    origin = _desk_center(here, sheet.paper.height)
    best: tuple[float, str] | None = None
    for other in _symbols(sheet, procedure):
        x, y = _desk_center(other, sheet.paper.height)
        ahead, aside = _turned(x - origin[0], y - origin[1], direction)
        if other.shape.id != symbol and ahead > 1.0:
            cost = ahead + 3 * abs(aside)
            if best is None or cost < best[0]:
                best = cost, other.shape.id
    return best[1] if best else None


def _symbols(sheet: Sheet, procedure: int) -> list[Placed]:
    return [
        Placed(index, shape)
        for index, page in enumerate(sheet.pages)
        if page.procedure == procedure
        for shape in page.shapes
        if shape.letter is None
    ]


def _desk_center(placed: Placed, page_height: float) -> Point:
    x, y = placed.shape.rect.center
    return x, y + placed.page * page_height


def _turned(dx: float, dy: float, direction: Direction) -> tuple[float, float]:
    """Return (ahead, aside) of a vector as seen in the direction."""
    if direction == "down":
        return dy, dx
    if direction == "up":
        return -dy, dx
    return (dx, dy) if direction == "right" else (-dx, dy)
