"""The identity sheet: letterhead, fields, approval and the six lists of an SOP."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.dates import PartialDate, print_date
from sopdesk.sheet.blocks import (
    PADDING_X_MM,
    PADDING_Y_MM,
    Block,
    Drawing,
    Item,
    line_items,
    set_items,
    stack_height,
)
from sopdesk.sheet.identity_bands import Band, Cell, Fixed, Row, flow
from sopdesk.sheet.typeset import natural_width_mm, set_list
from sopdesk.sheet.values import Box, Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.document.office import Office, PrintCustoms
    from sopdesk.document.values import Approval, Closing, Identity
    from sopdesk.sheet.look import SheetLook

PAIRS = (
    ("legal_basis", "qualifications"),
    ("related", "equipment"),
    ("warnings", "records"),
)
"""The boxes below the letterhead, left and right."""

_LETTERHEAD_SHARE = 0.5
_WIDEST_LABEL_SHARE = 0.45
_LEAST_ROW_MM = 6.8
"""Enough for a pen."""

_MOST_CONTINUED = 3
"""Lines of a heading that is repeated."""

_LEAST_LIST_MM = 18.0
_HEADING_GAP_MM = 0.8
_LOGO_MM = (34.0, 24.0)
_LOGO_GAP_MM = 2.0
_LETTERHEAD_GAP_MM = 1.0
_ENLARGED_PT = 1.0
"""How much larger the letterhead is than the sheet's size."""

_LARGEST_PT = 11.0
_MOST_SIGNATURE_MM = 60.0
_LEAST_CODE_MM = 22.0
"""Room for the square code of an electronic signature, 20 mm and its quiet edge."""

_BLANKS_FOR_A_PEN = 3
"""To each blank that stands for a missing day or month."""


def lay_identity(
    identity: Identity,
    office: Office,
    look: SheetLook,
    width_mm: float,
    first_height_mm: float,
    page_height_mm: float,
) -> tuple[Block, ...]:
    """Return the identity sheet as one block, or as several where it needs more pages.

    All are `width_mm` wide. The first is at most `first_height_mm` high, and empty when not even
    the letterhead fits there; the others at most `page_height_mm`. Nothing is cut: a list goes on
    under its heading, and where letterhead and fields alone are higher than a page, they are set
    below each other. On a page of its own the sheet is set up to 2 pt larger than the flow table,
    as long as it stays on that page.
    """
    for enlarged in _enlarged(look):
        blocks = _lay(identity, office, enlarged, (width_mm, first_height_mm, page_height_mm))
        if len(blocks) == 1:
            return blocks
    return _lay(identity, office, look, (width_mm, first_height_mm, page_height_mm))


def _enlarged(look: SheetLook) -> Iterator[SheetLook]:
    if not look.identity_on_same_page:
        for size_pt in (look.size_pt + 2, look.size_pt + 1):
            if size_pt <= _LARGEST_PT:
                yield replace(look, size_pt=size_pt)


def _lay(
    identity: Identity, office: Office, look: SheetLook, room: tuple[float, float, float]
) -> tuple[Block, ...]:
    """Lay the sheet at the look's size; `room` is width, first height and page height."""
    width, first_height, page_height = room
    fields = _fields(identity, look, width)
    letterhead = _letterhead(identity, office, look, width * _LETTERHEAD_SHARE)
    lists = [_pair(identity, look, pair, width) for pair in PAIRS]
    head = _head(fields, letterhead, width)
    bands: list[Band] = [Fixed(head), *lists]
    if head.height > page_height:
        bands = [*_stacked(identity, office, look, width), *lists]
    return flow(bands, width, first_height, page_height)


def _head(fields: Sequence[Row], letterhead: Sequence[Item], width: float) -> Block:
    """Put the letterhead beside the fields; what it is higher is room for the signature."""
    half = width * _LETTERHEAD_SHARE
    missing = stack_height(letterhead) + 2 * PADDING_Y_MM - sum(row.height for row in fields)
    drawing, y = Drawing(), 0.0
    for row in fields:
        shown = _with_room(row, missing) if "approved_by" in row.roles and missing > 0 else row
        shown.draw(drawing, y)
        y += shown.height
    rect = Rect(0.0, 0.0, half, y)
    drawing.across(0.0, half, 0.0)
    drawing.down(0.0, 0.0, y)
    drawing.stack(letterhead, rect, "identity")
    drawing.boxes.insert(0, Box("letterhead", rect))
    return drawing.block(width, y)


def _with_room(row: Row, more: float) -> Row:
    """Return the row of the approval with more room for the signature."""
    label, value = row.cells
    items = tuple(
        item if item.line is not None else item._replace(height=item.height + more)
        for item in value.items
    )
    return Row((label, value._replace(items=items)), row.roles)


def _stacked(identity: Identity, office: Office, look: SheetLook, width: float) -> Iterable[Row]:
    """Return letterhead and fields as rows over the whole width, which break over pages."""
    yield Row((Cell(0.0, width, _letterhead(identity, office, look, width)),), ("letterhead",))
    yield from _fields(identity, look, width, left=0.0)


def _letterhead(
    identity: Identity, office: Office, look: SheetLook, width: float
) -> tuple[Item, ...]:
    inner = width - 2 * PADDING_X_MM
    items: list[Item] = []
    if office.logo and (size := picture_size(office.logo)):
        items += [_logo(office.logo, size, inner), Item(_LOGO_GAP_MM)]
    for line in identity.institution or (*office.lines, *identity.unit):
        items += line_items(line, look, inner, bold=True, align="center", enlarged_pt=_ENLARGED_PT)
    if office.address:
        items.append(Item(_LETTERHEAD_GAP_MM))
    for line in office.address:
        items += line_items(line, look, inner, align="center")
    return tuple(items)


def picture_size(png: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as a PNG's head says, or None where there is no PNG."""
    if len(png) < 24 or not png.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    return (width, height) if width and height else None


def _logo(png: bytes, size: tuple[int, int], inner: float) -> Item:
    widest, highest = _LOGO_MM
    scale = min(min(widest, inner) / size[0], highest / size[1])
    return Item(size[1] * scale, picture=png, picture_mm=size[0] * scale)


def _fields(
    identity: Identity, look: SheetLook, width: float, left: float | None = None
) -> list[Row]:
    """Return the rows of label and value, from `left`, or beside the letterhead."""
    left = width * _LETTERHEAD_SHARE if left is None else left
    keys = ("number", "created_on", "revised_on", "effective_on", "approved_by", "title")
    widest = max(natural_width_mm(look.label(key), look.font, look.size_pt) for key in keys)
    widest = min(widest + 2 * PADDING_X_MM, (width - left) * _WIDEST_LABEL_SHARE)
    middle, inner = left + widest, width - left - widest - 2 * PADDING_X_MM
    values = {
        "number": line_items(identity.number, look, inner, bold=True),
        "created_on": line_items(_date(identity.created_on, look), look, inner),
        "revised_on": line_items(_revision(identity, look), look, inner),
        "effective_on": line_items(_date(identity.effective_on, look), look, inner),
        "approved_by": signature_items(identity.approved_by, look, inner),
        "title": line_items(identity.title, look, inner, bold=True),
    }
    rows = []
    for key in keys:
        label = line_items(look.label(key), look, widest - 2 * PADDING_X_MM)
        continued = f"{look.label(key)} {look.label('continued')}"
        again = line_items(continued, look, widest - 2 * PADDING_X_MM)[-_MOST_CONTINUED:]
        is_centered = key != "approved_by"
        cells = (
            Cell(left, middle, label, again, is_centered, _LEAST_ROW_MM),
            Cell(middle, width, values[key], (), is_centered, _LEAST_ROW_MM),
        )
        rows.append(Row(cells, (key, key)))
    return rows


def _date(date: PartialDate | None, look: SheetLook) -> str:
    printed = print_date(date, look.customs.date_form, look.customs.empty_date)
    return re.sub("  +", lambda blanks: blanks[0] * _BLANKS_FOR_A_PEN, printed)


def _revision(identity: Identity, look: SheetLook) -> str:
    """Return number and date, `01/13-03-2018`, or the one that there is."""
    if not identity.revision:
        return _date(identity.revised_on, look)
    if identity.revised_on is None:
        return identity.revision
    return f"{identity.revision}/{print_date(identity.revised_on, 'digits')}"


def signature_items(
    approval: Approval | Closing, look: SheetLook, width: float
) -> tuple[Item, ...]:
    """Return position, room for the signature, name, rank and employee number, centred."""
    items: list[Item] = []
    for line in approval.position:
        items += line_items(line, look, width, align="center")
    items.append(Item(_signature_room_mm(look.customs)))
    items += line_items(approval.name, look, width, bold=True, align="center", is_underlined=True)
    items += line_items(approval.rank, look, width, align="center")
    if approval.employee_id:
        employee = f"{look.label('employee_id')} {approval.employee_id}"
        items += line_items(employee, look, width, align="center")
    return tuple(items)


def _signature_room_mm(customs: PrintCustoms) -> float:
    least = _LEAST_CODE_MM if customs.signature == "code" else 0.0
    return min(max(customs.signature_mm, least), _MOST_SIGNATURE_MM)


def _pair(identity: Identity, look: SheetLook, pair: tuple[str, str], width: float) -> Row:
    half = width * _LETTERHEAD_SHARE
    left, right = pair
    return Row(
        (
            _list_cell(identity, look, left, (0.0, half)),
            _list_cell(identity, look, right, (half, width)),
        ),
        pair,
    )


def _list_cell(identity: Identity, look: SheetLook, name: str, sides: tuple[float, float]) -> Cell:
    left, right = sides
    inner = right - left - 2 * PADDING_X_MM
    label = look.label(name)
    items: tuple[str, ...] = getattr(identity, name)
    lines = set_list(items, look.list_style(name), look.font, look.size_pt, inner)
    return Cell(
        left,
        right,
        _heading(label, look, inner) + set_items(lines, look),
        _heading(f"{label} {look.label('continued')}", look, inner)[-_MOST_CONTINUED:],
        least_height=_LEAST_LIST_MM,
    )


def _heading(text: str, look: SheetLook, width: float) -> tuple[Item, ...]:
    items = line_items(text, look, width, bold=True)
    return tuple(
        item._replace(height=item.height + _HEADING_GAP_MM * (item is items[-1])) for item in items
    )
