"""The identity sheet: letterhead, fields, approval and the six lists of an SOP."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.dates import PartialDate, print_date
from sopdesk.document.office import MOST_LOGO_PIXELS
from sopdesk.sheet.blocks import (
    PADDING_X_MM,
    Item,
    line_items,
    set_items,
)
from sopdesk.sheet.identity_bands import Band, Cell, Head, Row, flow
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.typeset import natural_width_mm, set_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.document.office import Office, PrintCustoms
    from sopdesk.document.values import Approval, Closing, Identity
    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.values import Rect

FIELDS = ("number", "created_on", "revised_on", "effective_on", "approved_by", "title")
"""Beside the letterhead, from above."""

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
    identity: Identity, office: Office, look: SheetLook, frame: Rect
) -> tuple[Block, ...]:
    """Return the identity sheet as one block in the frame, or as several where it needs more pages.

    Nothing is cut: a list goes on under its heading, and where letterhead and fields alone are
    higher than a page, they are set below each other. On a page of its own the sheet is set up to
    2 pt larger than the flow table, as long as it stays on that page.
    """
    for enlarged in _enlarged(look):
        blocks = flow(_bands(identity, office, enlarged, frame), frame)
        if len(blocks) == 1:
            return blocks
    return flow(_bands(identity, office, look, frame), frame)


@remember(64)
def _enlarged(look: SheetLook) -> tuple[SheetLook, ...]:
    """Return the look larger, as large as may be first; the same ones for the same look."""
    if look.identity_on_same_page:
        return ()
    sizes = (look.size_pt + 2, look.size_pt + 1)
    return tuple([replace(look, size_pt=size) for size in sizes if size <= _LARGEST_PT])


def _bands(identity: Identity, office: Office, look: SheetLook, frame: Rect) -> Iterator[Band]:
    """Yield what stands below each other, set at the look's size."""
    width = frame.width
    half = width * _LETTERHEAD_SHARE
    letterhead = _letterhead(identity.institution, identity.unit, office, look, half)
    head = _head(letterhead, _fields(identity, look, half, width))
    if head.height <= frame.height:
        yield head
    else:  # Over the whole width, as rows, which break over pages.
        lines = _letterhead(identity.institution, identity.unit, office, look, width)
        yield Row((Cell(0.0, width, lines),), ("letterhead",))
        yield from _fields(identity, look, 0.0, width)
    for pair in PAIRS:
        yield _pair(identity, look, pair, width)


def _head(letterhead: tuple[Item, ...], fields: Sequence[Row]) -> Head:
    """Put the letterhead beside the fields; what it is higher is room for the signature."""
    cell = Cell(0.0, fields[0].cells[0].left, letterhead)
    missing = cell.height - sum([row.height for row in fields])
    rows = [
        _with_room(row, missing) if "approved_by" in row.roles and missing > 0 else row
        for row in fields
    ]
    return Head(cell, tuple(rows))


def _with_room(row: Row, more: float) -> Row:
    """Return the row of the approval with more room for the signature."""
    label, value = row.cells
    items = tuple(
        item if item.line is not None else item._replace(height=item.height + more)
        for item in value.items
    )
    return Row((label, value._replace(items=items)), row.roles)


@remember(16)
def _letterhead(
    institution: tuple[str, ...],
    unit: tuple[str, ...],
    office: Office,
    look: SheetLook,
    width: float,
) -> tuple[Item, ...]:
    inner = width - 2 * PADDING_X_MM
    items: list[Item] = []
    if office.logo and (size := picture_size(office.logo)):
        items += [_logo(office.logo, size, inner), Item(_LOGO_GAP_MM)]
    for line in institution or office.letterhead(unit):
        items += line_items(line, look, inner, bold=True, align="center", enlarged_pt=_ENLARGED_PT)
    if office.address:
        items.append(Item(_LETTERHEAD_GAP_MM))
    for line in office.address:
        items += line_items(line, look, inner, align="center")
    return tuple(items)


def picture_size(png: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as a PNG's head says, or None where there is no PNG.

    None too for one of more pixels than a logo that was ever stored: whoever unpacks it would run
    out of memory, and a file from outside can have it in a few kilobytes.
    """
    if len(png) < 24 or not png.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    return (width, height) if 0 < width * height <= MOST_LOGO_PIXELS else None


def _logo(png: bytes, size: tuple[int, int], inner: float) -> Item:
    widest, highest = _LOGO_MM
    scale = min(min(widest, inner) / size[0], highest / size[1])
    return Item(size[1] * scale, picture=png, picture_mm=size[0] * scale)


class _Label(NamedTuple):
    """A field's name set, and as it is repeated where the field goes on."""

    items: tuple[Item, ...]
    continued: tuple[Item, ...]


@remember(16)
def _field_labels(look: SheetLook, room: float) -> tuple[float, dict[str, _Label]]:
    """Return how wide the names of fields stand in a table as wide as `room`, and each of them."""
    texts = {key: look.label(key) for key in FIELDS}
    widest = max([natural_width_mm(text, look.font, look.size_pt) for text in texts.values()])
    width = min(widest + 2 * PADDING_X_MM, room * _WIDEST_LABEL_SHARE)
    inner, continued = width - 2 * PADDING_X_MM, look.label("continued")
    labels = {
        key: _Label(
            line_items(text, look, inner),
            line_items(f"{text} {continued}", look, inner)[-_MOST_CONTINUED:],
        )
        for key, text in texts.items()
    }
    return width, labels


def _fields(identity: Identity, look: SheetLook, left: float, right: float) -> list[Row]:
    """Return the rows of label and value."""
    width, labels = _field_labels(look, right - left)
    middle = left + width
    inner = right - middle - 2 * PADDING_X_MM
    values = {
        "number": line_items(identity.number, look, inner, bold=True),
        "created_on": line_items(_date(identity.created_on, look), look, inner),
        "revised_on": line_items(_revision(identity, look), look, inner),
        "effective_on": line_items(_date(identity.effective_on, look), look, inner),
        "approved_by": signature_items(identity.approved_by, look, inner),
        "title": line_items(identity.title, look, inner, bold=True),
    }
    rows = []
    for key, value in values.items():
        items, continued = labels[key]
        is_centered = key != "approved_by"
        cells = (
            Cell(left, middle, items, continued, is_centered, _LEAST_ROW_MM),
            Cell(middle, right, value, (), is_centered, _LEAST_ROW_MM),
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
    items: tuple[str, ...] = getattr(identity, name)
    lines = set_list(items, look.list_style(name), look.font, look.size_pt, inner)
    heading, continued = _list_label(look, name, inner)
    return Cell(left, right, heading + set_items(lines, look), continued, False, _LEAST_LIST_MM)


@remember(96)
def _list_label(look: SheetLook, name: str, width: float) -> _Label:
    label = look.label(name)
    continued = _heading(f"{label} {look.label('continued')}", look, width)
    return _Label(_heading(label, look, width), continued[-_MOST_CONTINUED:])


def _heading(text: str, look: SheetLook, width: float) -> tuple[Item, ...]:
    items = line_items(text, look, width, bold=True)
    last = [item._replace(height=item.height + _HEADING_GAP_MM) for item in items[-1:]]
    return (*items[:-1], *last)
