"""The borders between the flow table's columns: where they stand, and what moving one means.

A border that moves gives to the column at its one side what it takes from the other; so all other
columns stay where they are, as far as the sheet leaves them there. Millimetres of the page.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, NamedTuple

from ui.editor.sheet.hits import column_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopdesk.document.values import Sop
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.values import Page, Point

_LEAST_MM = {"lanes": 5.0}
_LEAST_TEXT_MM = 7.0
"""What a column of texts keeps at least; each lane less."""
_GRAIN_MM = {"lanes": 0.1}
_TEXT_GRAIN_MM = 0.5
_SAME_MM = 0.05


class Column(NamedTuple):
    """A column beside a border: from where to where it reaches, and how many parts it has.

    The lanes are one column of as many equal parts.
    """

    key: str
    left: float
    right: float
    parts: int = 1

    @property
    def least(self) -> float:
        """The least width of a part."""
        return _LEAST_MM.get(self.key, _LEAST_TEXT_MM)


class Border(NamedTuple):
    """A border at `x`, from `top` to `bottom`; `parts` of its left column are left of it."""

    x: float
    top: float
    bottom: float
    left: Column
    right: Column
    parts: int


def borders_of(page: Page, look: SheetLook) -> list[Border]:
    """Return the borders that can be moved on a page, those within the lanes too; none elsewhere.

    The edges of the table stay: it is as wide as the paper lets it be.
    """
    if not (page.lanes and page.rows):
        return []
    spans = column_spans(page, look)
    spans["lanes"] = page.lanes[0].left, page.lanes[-1].right
    columns = [
        Column(key, *spans[key], parts=len(page.lanes) if key == "lanes" else 1)
        for key in look.columns
        if key in spans
    ]
    tops = {text.cell.top for text in page.texts if text.role == "heading"}
    reach = min(tops, default=page.rows[0].top), page.rows[-1].bottom
    return [
        border
        for left, right in itertools.pairwise(columns)
        if abs(left.right - right.left) < _SAME_MM
        for border in _between(left, right, *reach)
    ]


def _between(left: Column, right: Column, top: float, bottom: float) -> list[Border]:
    """Return the border of two columns, and those between the parts of the left one."""
    part = (left.right - left.left) / left.parts
    return [
        Border(left.left + part * count, top, bottom, left, right, count)
        for count in range(1, left.parts + 1)
    ]


def border_at(borders: Sequence[Border], point: Point, reach: float) -> Border | None:
    """Return the nearest border within `reach` of a point."""
    near = [b for b in borders if abs(b.x - point[0]) <= reach and b.top <= point[1] <= b.bottom]
    return min(near, key=lambda border: abs(border.x - point[0]), default=None)


def widths_at(border: Border, x: float) -> dict[str, float]:
    """Return the widths in mm that bring a border to `x`, or as near as both columns allow.

    They are in the form of the sheet's settings: that of the lanes is the width of each.
    """
    left, right = border.left, border.right
    whole = right.right - left.left
    most = (whole - right.least * right.parts) / left.parts
    grain = _GRAIN_MM.get(left.key, _TEXT_GRAIN_MM)
    asked = round((x - left.left) / border.parts / grain) * grain
    width = round(max(left.least, min(asked, most)), 2)
    return {left.key: width, right.key: round((whole - width * left.parts) / right.parts, 2)}


def place_at(border: Border, x: float) -> float:
    """Return where the border would stand."""
    return border.left.left + widths_at(border, x)[border.left.key] * border.parts


def with_widths(sop: Sop, widths: Mapping[str, float | None]) -> Sop:
    """Return the SOP with these widths of its sheet's columns; None leaves one to the sheet."""
    merged = {**dict(sop.sheet.widths_mm), **widths}
    kept = tuple((key, width) for key, width in merged.items() if width is not None)
    if kept == sop.sheet.widths_mm:
        return sop
    return dataclasses.replace(sop, sheet=dataclasses.replace(sop.sheet, widths_mm=kept))


def are_fixed(sop: Sop, border: Border) -> bool:
    """Return whether the SOP fixes the width of a column beside the border."""
    return not {border.left.key, border.right.key}.isdisjoint(dict(sop.sheet.widths_mm))
