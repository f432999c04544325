"""How the cells of the recap look: one named style per kind, shared by all its cells.

Named styles cost half the time of setting each cell, and the clerk can change one in Excel for all.
"""

from __future__ import annotations

from functools import partial
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

PREFIX = "Rekap "
"""Begins the name of each style, since Excel has styles of its own called Title, Note and Total."""

BODY_PT = 10.0
SIZES_PT = {"title": 14.0}
BOLD = frozenset(
    (
        "title", "heading", "unit", "subunit", "sum", "sum number", "sum counter", "strong note",
        "signed name",
    )
)  # fmt: skip

ONE_LINE = frozenset(("faint",))
"""Shrunk to fit rather than wrapped: what repeats a heading shall make no row taller."""

_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADES = {
    "heading": "D9E2EC", "unit": "E8EDF2", "subunit": "F4F6F8",
    "sum": "F4F6F8", "sum number": "F4F6F8", "sum counter": "F4F6F8",
}  # fmt: skip


def _style(
    name: str,
    place: Literal["left", "center", "right"] = "left",
    *,
    boxed: bool = True,
    color: str = "000000",
    underlined: bool = False,
    number_format: str = "General",
) -> NamedStyle:
    return NamedStyle(
        name=PREFIX + name,
        font=Font(
            name="Arial",
            size=SIZES_PT.get(name, BODY_PT),
            color=color,
            bold=name in BOLD,
            underline="single" if underlined else None,
        ),
        fill=PatternFill("solid", fgColor=_SHADES[name]) if name in _SHADES else PatternFill(),
        border=_BOX if boxed else Border(),
        alignment=Alignment(
            horizontal=place,
            vertical="center" if name in ("title", "heading") else "top",
            indent=1 if place == "right" else 0,
            wrap_text=name not in ONE_LINE,
            shrink_to_fit=name in ONE_LINE,
        ),
        number_format=number_format,
    )


STYLES = (
    partial(_style, "title", "center", boxed=False),
    partial(_style, "heading", "center"),
    partial(_style, "unit"),
    partial(_style, "subunit"),
    partial(_style, "text"),
    partial(_style, "faint", color="707070"),
    partial(_style, "number", "right"),
    partial(_style, "counter", "right", number_format='0"."'),
    partial(_style, "sum"),
    partial(_style, "sum number", "right"),
    partial(_style, "sum counter", "right", number_format='0"."'),
    # 421 is Indonesian: the months keep their Indonesian names in an English Excel.
    partial(_style, "date in words", number_format="[$-421]dd mmmm yyyy"),
    partial(_style, "date in digits", number_format="dd-mm-yyyy"),
    partial(_style, "note", boxed=False),
    partial(_style, "strong note", boxed=False),
    partial(_style, "signature", "center", boxed=False),
    partial(_style, "signed name", "center", boxed=False, underlined=True),
)
"""Makers of the styles: a workbook takes possession of a style that it is given."""
