"""What stands around a flow table: its title above, its notes and a second signature below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.sheet.blocks import (
    PADDING_X_MM,
    PADDING_Y_MM,
    Block,
    Drawing,
    line_items,
    shortened,
    stack_height,
)
from sopdesk.sheet.identity import signature_items
from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.document.values import Closing
    from sopdesk.sheet.blocks import Item
    from sopdesk.sheet.look import SheetLook

_TITLE_SHARE = 0.2
"""Of the page's height, at most for a title; it ends in an ellipsis where it is longer."""

_ABOVE_NOTES_MM = 2.0
_ABOVE_SIGNATURE_MM = 5.0
"""Between what stands above and the notes, or the second signature."""

_WIDEST_SIGNATURE_MM = 90.0


def lay_title(title: str, look: SheetLook, width_mm: float) -> Block:
    """Return the title above a flow table, bold and centred; an empty one has no height."""
    items = line_items(title, look, width_mm, bold=True, align="center")
    items = shortened(items, look.paper.frame.height * _TITLE_SHARE, look)
    return _free_block(items, "title", width_mm) if items else Block(width_mm, 0.0)


def lay_tail(
    notes: tuple[str, ...],
    closing: Closing | None,
    look: SheetLook,
    width_mm: float,
    page_mm: float,
) -> tuple[Block, ...]:
    """Return notes, each from its own line, and the second signature at the right below them.

    Nothing gives no block; what is higher than a page is several, each at most `page_mm` high. A
    signature is torn only where it is higher than a page itself.
    """
    pieces = [*_notes(notes, look, width_mm, page_mm)]
    if closing is not None:
        pieces += _closing(closing, look, width_mm, page_mm)
    blocks: list[Block] = []
    for piece in pieces:
        if blocks and blocks[-1].height + piece.height <= page_mm:
            blocks[-1] = _joined(blocks[-1], piece)
        else:
            blocks.append(piece)
    return tuple(blocks)


def _notes(notes: Iterable[str], look: SheetLook, width: float, page_mm: float) -> Iterator[Block]:
    items = [item for note in notes for item in line_items(note, look, width)]
    for part in _parts(items, page_mm, _ABOVE_NOTES_MM):
        yield _free_block(part, "note", width, above=_ABOVE_NOTES_MM)


def _closing(closing: Closing, look: SheetLook, width: float, page_mm: float) -> Iterator[Block]:
    wide = min(width, _WIDEST_SIGNATURE_MM)
    inner = wide - 2 * PADDING_X_MM
    items = line_items(closing.place_date, look, inner, align="center")
    items += signature_items(closing, look, inner)
    for part in _parts(items, page_mm, _ABOVE_SIGNATURE_MM):
        yield _free_block(part, "closing", width, width - wide, above=_ABOVE_SIGNATURE_MM)


def _parts(items: Sequence[Item], page_mm: float, above: float) -> Iterator[Sequence[Item]]:
    """Yield the items in parts that a page can hold."""
    room, start, height = page_mm - above - PADDING_Y_MM, 0, 0.0
    for place, item in enumerate(items):
        if place > start and height + item.height > room:
            yield items[start:place]
            start, height = place, 0.0
        height += item.height
    if items:
        yield items[start:]


def _free_block(
    items: Sequence[Item],
    role: str,
    width: float,
    left: float = 0.0,
    above: float = PADDING_Y_MM,
) -> Block:
    """Return items without rules around them, with room above and below."""
    height = above + stack_height(items) + PADDING_Y_MM
    rect = Rect(left, 0.0, width, height)
    drawing = Drawing()
    drawing.box(role, rect)
    named = "identity" if role == "closing" else role
    drawing.stack(items, rect, named, top=above, padding=0.0)
    return drawing.block(width, height)


def _joined(upper: Block, lower: Block) -> Block:
    """Return two blocks as one, the second below the first."""
    below = lower.placed(upper.left, upper.top + upper.height)
    return replace(
        upper,
        height=upper.height + lower.height,
        boxes=upper.boxes + below.boxes,
        rules=upper.rules + below.rules,
        texts=upper.texts + below.texts,
        pictures=upper.pictures + below.pictures,
    )
