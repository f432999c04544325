"""Pieces of a page that are laid out on their own and then moved into place.

A cell is filled with a stack of items: lines of text, gaps, pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from sopdesk.sheet.faces import MM_PER_PT, ascent_mm, descent_mm, leading_mm
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.typeset import TextLine, break_evenly, break_text
from sopdesk.sheet.values import Box, Picture, Rect, Rule, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.values import Point

Align = Literal["left", "center"]
RULE_MM = 0.15
PADDING_X_MM = 1.6
PADDING_Y_MM = 1.2
_UNDERLINE_EM = 0.14
"""How far below the baseline a name is underlined."""


@dataclass(frozen=True, slots=True)
class Block:
    """A laid-out piece of a page; its top left is at `(left, top)`, in mm."""

    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    texts: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def placed(self, left: float, top: float) -> Block:
        """Return the block with its top left there, in mm."""
        is_there = left == self.left and top == self.top
        return self if is_there else _placed(self, left, top)


@remember(64)
def _placed(block: Block, left: float, top: float) -> Block:
    """Return the block moved; a heading is moved alike for all its pages."""
    dx, dy = left - block.left, top - block.top
    return Block(
        block.width,
        block.height,
        left,
        top,
        tuple([Box(role, _moved(rect, dx, dy)) for role, rect in block.boxes]),
        tuple(
            [
                Rule((a + dx, b + dy), (c + dx, d + dy), width)
                for (a, b), (c, d), width in block.rules
            ]
        ),
        tuple([_moved_text(text, dx, dy) for text in block.texts]),
        tuple([Picture(_moved(rect, dx, dy), data) for rect, data in block.pictures]),
    )


def _moved(rect: Rect, dx: float, dy: float) -> Rect:
    left, top, right, bottom = rect
    return Rect(left + dx, top + dy, right + dx, bottom + dy)


def _moved_text(text: Text, dx: float, dy: float) -> Text:
    x, y, size_pt, runs, role, rect, cell, step, angle = text
    rect, cell = _moved(rect, dx, dy), _moved(cell, dx, dy)
    return Text(x + dx, y + dy, size_pt, runs, role, rect, cell, step, angle)


class Item(NamedTuple):
    """One part of a cell's stack, `height` mm high: a line, a picture, or a gap.

    A line is set in `font` at `size_pt`; a picture is `picture_mm` wide.
    """

    height: float
    line: TextLine | None = None
    font: str = "sans"
    size_pt: float = 0.0
    align: Align = "left"
    is_underlined: bool = False
    picture: bytes = b""
    picture_mm: float = 0.0


def line_items(
    text: str,
    look: SheetLook,
    width_mm: float,
    *,
    bold: bool = False,
    align: Align = "left",
    enlarged_pt: float = 0.0,
    is_underlined: bool = False,
) -> tuple[Item, ...]:
    """Return a text as items no wider than `width_mm`, at the sheet's size or a larger one."""
    size_pt = look.size_pt + enlarged_pt
    broken = break_evenly if align == "center" else break_text
    lines = broken(text, look.font, size_pt, width_mm, bold)
    return set_items(lines, look, align=align, size_pt=size_pt, is_underlined=is_underlined)


def set_items(
    lines: Iterable[TextLine],
    look: SheetLook,
    *,
    align: Align = "left",
    size_pt: float | None = None,
    is_underlined: bool = False,
) -> tuple[Item, ...]:
    """Return lines, broken at the sheet's size or at `size_pt`, as items."""
    size_pt = size_pt or look.size_pt
    height = leading_mm(look.font, size_pt)
    font = look.font
    return tuple([Item(height, line, font, size_pt, align, is_underlined) for line in lines])


def stack_height(items: Iterable[Item]) -> float:
    """Return the height of items on top of each other, in mm."""
    return sum([item.height for item in items])


def shortened(items: tuple[Item, ...], most_mm: float, look: SheetLook) -> tuple[Item, ...]:
    """Return a text's items, or as many as `most_mm` holds with an ellipsis for the others."""
    if stack_height(items) <= most_mm:
        return items
    first = items[0]
    (more,) = break_text("…", look.font, first.size_pt, float("inf"), bold=True)
    return (*items[: max(1, int(most_mm / first.height)) - 1], first._replace(line=more))


@dataclass(slots=True)
class Drawing:
    """A block while it is being put together; what is drawn is given from its `(left, top)`."""

    left: float = 0.0
    top: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def block(self, width: float, height: float) -> Block:
        """Return what has been drawn."""
        return Block(
            width,
            height,
            self.left,
            self.top,
            tuple(self.boxes),
            tuple(self.rules),
            tuple(self.texts),
            tuple(self.pictures),
        )

    def box(self, role: str, rect: Rect) -> None:
        """Name an area."""
        self.boxes.append(Box(role, self._on_page(rect)))

    def across(self, left: float, right: float, y: float) -> None:
        """Draw a horizontal rule that closes the corners of the vertical ones at its ends."""
        self._rule((left - RULE_MM / 2, y), (right + RULE_MM / 2, y))

    def down(self, x: float, top: float, bottom: float) -> None:
        """Draw a vertical rule."""
        self._rule((x, top), (x, bottom))

    def _rule(self, start: Point, end: Point) -> None:
        (x1, y1), (x2, y2), left, top = start, end, self.left, self.top
        self.rules.append(Rule((x1 + left, y1 + top), (x2 + left, y2 + top), RULE_MM))

    def stack(
        self,
        items: Sequence[Item],
        cell: Rect,
        role: str,
        *,
        top: float | None = None,
        padding: float = PADDING_X_MM,
    ) -> None:
        """Draw items into a cell, from `top` or in the middle of its height."""
        cell = self._on_page(cell)
        middle = (cell.top + cell.bottom) / 2
        y = middle - stack_height(items) / 2 if top is None else self.top + top
        for item in items:
            if item.line is not None and item.line.runs:
                self._line(item, item.line, cell, y, role, padding)
            elif item.picture:
                middle, half = (cell.left + cell.right) / 2, item.picture_mm / 2
                rect = Rect(middle - half, y, middle + half, y + item.height)
                self.pictures.append(Picture(rect, item.picture))
            y += item.height

    def _line(
        self, item: Item, line: TextLine, cell: Rect, top: float, role: str, padding: float
    ) -> None:
        ascent, descent = ascent_mm(item.font, item.size_pt), descent_mm(item.font, item.size_pt)
        is_centered = item.align == "center"
        x = (cell.left + cell.right - line.width_mm) / 2 if is_centered else cell.left + padding
        y = top + (item.height + ascent - descent) / 2
        ink = Rect(x, y - ascent, x + line.width_mm, y + descent)
        self.texts.append(Text(x, y, item.size_pt, line.runs, role, ink, cell))
        if item.is_underlined:
            below = y + _UNDERLINE_EM * item.size_pt * MM_PER_PT
            self.rules.append(Rule((x, below), (x + line.width_mm, below), RULE_MM))

    def _on_page(self, rect: Rect) -> Rect:
        return _moved(rect, self.left, self.top)
