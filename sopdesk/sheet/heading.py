"""The heading of a flow table: words over columns and groups, actors over lanes, column numbers.

A heading is repeated on each page, so it never takes more than a part of it: what is longer is set
smaller, or upright, and at the very last ends in an ellipsis.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.blocks import Block, Drawing, line_items, shortened, stack_height
from sopdesk.sheet.columns import HEADING_PADDING_MM as PADDING_MM
from sopdesk.sheet.faces import ascent_mm, descent_mm, leading_mm
from sopdesk.sheet.typeset import break_text, natural_width_mm, widest_word_mm
from sopdesk.sheet.values import Rect, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.values import Lane
    from sopdesk.sheet.blocks import Item
    from sopdesk.sheet.columns import Columns
    from sopdesk.sheet.look import SheetLook

STANDARD = ("requirements", "duration", "outputs")
"""The columns under the heading of the standard of quality."""

_EASY_PADDING_MM = 1.2
"""Beside the lines of a heading, where none of its words needs the room."""

_LEAST_ROW_MM = 5.6
_TALLEST_UPRIGHT_MM = 34.0
_UPRIGHT_PADDING_MM = 1.5
_ELLIPSIS = "…"
_TOP_SHARE = 0.1
_GROUPS_SHARE = 0.25
_BELOW_SHARE = 0.65
"""Of the page's height, at most for the heading's first row, for all groups, and for groups and
names together."""

_MOST_GROUPS = 4
"""Rows of groups; what lies deeper stands in the last of them."""

_SMALLER_PT = (0.0, 0.5, 1.0, 1.5, 2.0)
"""By how much names of actors may be set smaller before they stand upright."""

_LEAST_GROUP_PT = 5.5
_STEP_PT = 0.5
"""How small names of groups may be set to be shown whole, and in what steps."""


class _Cell(NamedTuple):
    """A heading's cell over rows `first` to `last` and from `left` to `right`."""

    left: float
    right: float
    first: int
    last: int
    text: str
    role: str
    smaller_pt: float = 0.0
    is_upright: bool = False
    most_mm: float = float("inf")
    """How high its row may become for it."""


def lane_word_mm(lanes: tuple[Lane, ...], look: SheetLook) -> float:
    """Return the lane width at which no word of an actor's name breaks."""
    words = (widest_word_mm(lane.name, look.font, look.size_pt, True) for lane in lanes)
    return max(words, default=0.0) + 2 * PADDING_MM


@lru_cache(maxsize=64)
def lay_heading(lanes: tuple[Lane, ...], look: SheetLook, columns: Columns) -> Block:
    """Return the heading as wide as the table, its outer rules included.

    Names of actors stand upright where their words are wider than the lanes.
    """
    lanes = tuple(replace(lane, group=_shallow(lane.group)) for lane in lanes)
    depth = max((len(lane.group) for lane in lanes), default=0)
    cells = [_bounded(cell, look, depth) for cell in _cells(lanes, look, columns, depth)]
    heights = _row_heights(cells, look, depth + 2 + look.number_row)
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    drawing = Drawing()
    for cell in cells:
        rect = Rect(cell.left, tops[cell.first], cell.right, tops[cell.last + 1])
        _draw(drawing, cell, rect, look)
    width = columns.spans[-1][2]
    drawing.across(0.0, width, 0.0)
    drawing.down(width, 0.0, tops[-1])
    return drawing.block(width, tops[-1])


def _shallow(group: tuple[str, ...]) -> tuple[str, ...]:
    last = _MOST_GROUPS - 1
    return (*group[:last], " / ".join(group[last:])) if len(group) > _MOST_GROUPS else group


def _bounded(cell: _Cell, look: SheetLook, depth: int) -> _Cell:
    height = look.paper.frame.height
    groups = _GROUPS_SHARE if depth else 0.0
    if cell.role == "group":
        return _whole(cell._replace(most_mm=height * groups / depth), look)
    share = _TOP_SHARE if cell.first == cell.last == 0 else _BELOW_SHARE - groups
    return cell._replace(most_mm=height * share)


def _whole(cell: _Cell, look: SheetLook) -> _Cell:
    """Return a group's cell, smaller or upright where it would not show all of its words."""
    steps = range(1 + max(0, int((look.size_pt - _LEAST_GROUP_PT) / _STEP_PT)))
    for is_upright, step in product((False, True), steps):
        tried = cell._replace(is_upright=is_upright, smaller_pt=step * _STEP_PT)
        if _is_whole(tried, look):
            return tried
    return cell


def _is_whole(cell: _Cell, look: SheetLook) -> bool:
    if not cell.is_upright:
        return stack_height(_all_items(cell, look)) + 2 * PADDING_MM <= cell.most_mm
    room = cell.most_mm - 2 * _UPRIGHT_PADDING_MM
    size_pt = look.size_pt - cell.smaller_pt
    return len(break_text(cell.text, look.font, size_pt, room, True)) <= _upright_lines(cell, look)


def _cells(
    lanes: tuple[Lane, ...], look: SheetLook, columns: Columns, depth: int
) -> Iterator[_Cell]:
    last = depth + 1
    for is_standard, group in groupby(columns.spans, lambda span: span[0] in STANDARD):
        spans = list(group)
        if is_standard:
            left, right = spans[0][1], spans[-1][2]
            yield _Cell(left, right, 0, 0, look.label("column_standard"), "heading")
        for key, left, right in spans:
            if key == "lanes":
                yield _Cell(left, right, 0, 0, look.label("column_lanes"), "heading")
                yield from _lane_cells(lanes, look, left, right, depth)
            else:
                first = 1 if is_standard else 0
                yield _turned(
                    _Cell(left, right, first, last, look.label(f"column_{key}"), "heading"), look
                )
    if look.number_row:
        for number, (left, right) in enumerate(_edges(lanes, columns), 1):
            yield _Cell(left, right, last + 1, last + 1, f"({number})", "heading")


def _edges(lanes: tuple[Lane, ...], columns: Columns) -> Iterator[tuple[float, float]]:
    """Yield left and right of every column, each lane for itself."""
    for key, left, right in columns.spans:
        if key == "lanes" and lanes:
            step = (right - left) / len(lanes)
            yield from ((left + i * step, left + (i + 1) * step) for i in range(len(lanes)))
        else:
            yield left, right


def _lane_cells(
    lanes: tuple[Lane, ...], look: SheetLook, left: float, right: float, depth: int
) -> Iterator[_Cell]:
    """Yield the groups above the lanes, and the lanes' names below."""
    if not lanes:
        yield _Cell(left, right, 1, depth + 1, "", "lane")
        return
    step = (right - left) / len(lanes)
    for level in range(depth):
        at = 0
        for path, members in groupby(lanes, lambda lane, k=level: lane.group[: k + 1]):  # type: ignore[misc]
            count = len(list(members))
            if len(path) > level:
                yield _Cell(
                    left + at * step, left + (at + count) * step, level + 1, level + 1,
                    path[level], "group",
                )  # fmt: skip
            at += count
    smaller = _smaller_pt(lanes, look, step)
    for index, lane in enumerate(lanes):
        x = left + index * step
        first = 1 + len(lane.group)
        cell = _Cell(x, x + step, first, depth + 1, lane.name, "lane", smaller)
        yield _turned(cell, look)


def _smaller_pt(lanes: tuple[Lane, ...], look: SheetLook, width: float) -> float:
    """Return by how much all names of actors are set smaller so that their words fit."""
    words = [widest_word_mm(lane.name, look.font, 1.0, True) for lane in lanes]
    room = width - 2 * PADDING_MM
    for smaller in _SMALLER_PT:
        if max(words) * (look.size_pt - smaller) <= room:
            return smaller
    return 0.0


def _turned(cell: _Cell, look: SheetLook) -> _Cell:
    """Return the cell upright where a word of it is wider, so small that a line is not."""
    word = widest_word_mm(cell.text, look.font, look.size_pt - cell.smaller_pt, True)
    width = cell.right - cell.left
    if word <= width - 2 * PADDING_MM + 1e-6:
        return cell
    most_pt = width / leading_mm(look.font, 1.0)
    return cell._replace(is_upright=True, smaller_pt=max(0.0, look.size_pt - most_pt))


def _row_heights(cells: list[_Cell], look: SheetLook, rows: int) -> list[float]:
    """Return the heights of the heading's rows; what needs more than one row stretches the last."""
    heights = [_LEAST_ROW_MM] * rows
    for cell in sorted(cells, key=lambda c: c.last - c.first):
        missing = _height(cell, look) - sum(heights[cell.first : cell.last + 1])
        heights[cell.last] += max(0.0, missing)
    return heights


def _height(cell: _Cell, look: SheetLook) -> float:
    size_pt = look.size_pt - cell.smaller_pt
    if cell.is_upright:
        longest = natural_width_mm(cell.text, look.font, size_pt, True)
        widest = widest_word_mm(cell.text, look.font, size_pt, True)
        length = max(widest, min(longest, _upright_room(cell, look)))
        return min(length + 2 * _UPRIGHT_PADDING_MM, cell.most_mm)
    return stack_height(_items(cell, look)) + 2 * PADDING_MM


def _upright_room(cell: _Cell, look: SheetLook) -> float:
    """Return how long upright lines are, so that they lie side by side in the lane."""
    size_pt = look.size_pt - cell.smaller_pt
    lines = _upright_lines(cell, look)
    length = natural_width_mm(cell.text, look.font, size_pt, True)
    room = max(_TALLEST_UPRIGHT_MM, length / lines)
    while (
        room < cell.most_mm and len(break_text(cell.text, look.font, size_pt, room, True)) > lines
    ):
        room *= 1.1
    return room


def _upright_lines(cell: _Cell, look: SheetLook) -> int:
    """Return how many upright lines lie side by side in the cell."""
    leading = leading_mm(look.font, look.size_pt - cell.smaller_pt)
    return max(1, int((cell.right - cell.left - PADDING_MM) / leading))


@lru_cache(maxsize=256)
def _items(cell: _Cell, look: SheetLook) -> tuple[Item, ...]:
    return shortened(_all_items(cell, look), cell.most_mm - 2 * PADDING_MM, look)


def _all_items(cell: _Cell, look: SheetLook) -> tuple[Item, ...]:
    width = cell.right - cell.left
    word = widest_word_mm(cell.text, look.font, look.size_pt - cell.smaller_pt, True)
    inner = min(max(word, width - 2 * _EASY_PADDING_MM), width - 2 * PADDING_MM)
    return line_items(
        cell.text, look, inner, bold=True, align="center", enlarged_pt=-cell.smaller_pt
    )


def _draw(drawing: Drawing, cell: _Cell, rect: Rect, look: SheetLook) -> None:
    drawing.across(rect.left, rect.right, rect.bottom)
    drawing.down(rect.left, rect.top, rect.bottom)
    if cell.is_upright:
        drawing.texts.extend(_upright(cell, rect, look))
    else:
        drawing.stack(_items(cell, look), rect, cell.role, padding=PADDING_MM)


def _upright(cell: _Cell, rect: Rect, look: SheetLook) -> Iterator[Text]:
    """Yield the lines of a name that reads upwards, side by side in the middle of its cell."""
    size_pt = look.size_pt - cell.smaller_pt
    room = rect.height - 2 * _UPRIGHT_PADDING_MM
    lines = break_text(cell.text, look.font, size_pt, room, True)
    if len(lines) > (fitting := _upright_lines(cell, look)):
        more = break_text(_ELLIPSIS, look.font, size_pt, room, True)
        lines = (*lines[: fitting - 1], *more)
    leading = leading_mm(look.font, size_pt)
    ascent, descent = ascent_mm(look.font, size_pt), descent_mm(look.font, size_pt)
    x = (rect.left + rect.right - len(lines) * leading) / 2 + (leading + ascent - descent) / 2
    for line in lines:
        if line.runs:
            y = (rect.top + rect.bottom + line.width_mm) / 2
            ink = Rect(x - ascent, y - line.width_mm, x + descent, y)
            yield Text(x, y, size_pt, line.runs, cell.role, ink, rect, None, 90)
        x += leading


def lane_edges(lanes: tuple[Lane, ...], columns: Columns) -> tuple[float, ...]:
    """Return the x of every upright rule of the table, the outer ones included."""
    edges = [left for left, _ in _edges(lanes, columns)]
    return (*edges, columns.spans[-1][2])
