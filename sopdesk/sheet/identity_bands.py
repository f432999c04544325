"""Bands of cells side by side, put on one page or continued on others."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sopdesk.sheet.blocks import PADDING_Y_MM, Block, Drawing, Item, stack_height
from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROLE = "identity"
_LEAST_ITEMS = 3
"""Of a cell before a page break: its heading and two lines."""

_LEAST_SPLIT_MM = 45.0
"""A row that is lower than this goes to the next page as a whole."""

_CLEARANCE = 1e-6


class Cell(NamedTuple):
    """A cell from `left` to `right`; `continued` stands first where its field goes on."""

    left: float
    right: float
    items: tuple[Item, ...]
    continued: tuple[Item, ...] = ()
    is_centered: bool = False
    least_height: float = 0.0

    @property
    def height(self) -> float:
        """The least height in mm, paddings included."""
        return max(self.least_height, stack_height(self.items) + 2 * PADDING_Y_MM)

    def fitting(self, height: float) -> int:
        """Return how many of the items fit into this height."""
        room = height - 2 * PADDING_Y_MM + _CLEARANCE
        count = 0
        for item in self.items:
            room -= item.height
            if room < 0:
                break
            count += 1
        return count


class Band(Protocol):
    """What stands across the sheet's whole width, one below the other."""

    @property
    def height(self) -> float:
        """The height in mm."""

    def draw(self, drawing: Drawing, top: float) -> None:
        """Draw everything but the rule below."""

    def split(self, height: float, is_forced: bool) -> tuple[Band | None, Band]:
        """Return what fits into `height`, or None, and the rest; something fits when forced."""


@dataclass(frozen=True)
class Row:
    """Cells from left to right, all as high as the highest.

    `roles` names the field of each cell; neighbours of one field are one box.
    """

    cells: tuple[Cell, ...]
    roles: tuple[str, ...]

    @cached_property
    def height(self) -> float:
        """The height in mm."""
        return max([cell.height for cell in self.cells])

    def draw(self, drawing: Drawing, top: float) -> None:
        """Draw the cells with rules above and beside them."""
        bottom = top + self.height
        drawing.across(self.cells[0].left, self.cells[-1].right, top)
        drawing.down(self.cells[0].left, top, bottom)
        for cell in self.cells:
            drawing.down(cell.right, top, bottom)
            rect = Rect(cell.left, top, cell.right, bottom)
            start = None if cell.is_centered else top + PADDING_Y_MM
            drawing.stack(cell.items, rect, _ROLE, top=start)
        for role in dict.fromkeys(self.roles):
            drawing.box(role, self._area(role, top, bottom))

    def _area(self, role: str, top: float, bottom: float) -> Rect:
        own = [cell for cell, name in zip(self.cells, self.roles, strict=True) if name == role]
        return Rect(own[0].left, top, own[-1].right, bottom)

    def split(self, height: float, is_forced: bool) -> tuple[Band | None, Band]:
        """Split between items, each cell for itself; a low row, or one that would tear, stays."""
        counts = [cell.fitting(height) for cell in self.cells]
        if not is_forced and (self.height < _LEAST_SPLIT_MM or self._tears(counts)):
            return None, self
        if is_forced:  # Go on, however little a page holds beside the repeated headings.
            least = [1 + len(cell.continued) for cell in self.cells]
            counts = list(map(max, counts, least))
        going_on = {
            role
            for cell, role, count in zip(self.cells, self.roles, counts, strict=True)
            if cell.items[count:]
        }
        upper = [_part(cell, cell.items[:n]) for cell, n in zip(self.cells, counts, strict=True)]
        lower = [
            _part(cell, (cell.continued if role in going_on else ()) + cell.items[count:])
            for cell, role, count in zip(self.cells, self.roles, counts, strict=True)
        ]
        return Row(tuple(upper), self.roles), Row(tuple(lower), self.roles)

    def _tears(self, counts: Iterable[int]) -> bool:
        """Tell whether a break after so many items leaves too little above it."""
        return any(
            count < min(_LEAST_ITEMS, len(cell.items))
            for cell, count in zip(self.cells, counts, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead beside rows, no higher than a page; it never splits."""

    letterhead: Cell
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        """The height in mm."""
        return sum([row.height for row in self.rows])

    def draw(self, drawing: Drawing, top: float) -> None:
        """Draw everything but the rule below."""
        left, right, y = self.letterhead.left, self.letterhead.right, top
        rect = Rect(left, top, right, top + self.height)
        drawing.box("letterhead", rect)
        for row in self.rows:
            row.draw(drawing, y)
            y += row.height
        drawing.across(left, right, top)
        drawing.down(left, top, y)
        drawing.stack(self.letterhead.items, rect, _ROLE)

    def split(self, height: float, is_forced: bool) -> tuple[Band | None, Band]:
        """Return it whole as the rest."""
        return None, self


def _part(cell: Cell, items: tuple[Item, ...]) -> Cell:
    return cell._replace(items=items, least_height=0.0)


def flow(bands: Iterable[Band], frame: Rect) -> tuple[Block, ...]:
    """Put bands below each other on as many blocks as they need, each from the frame's top on."""
    waiting = deque(bands)
    blocks: list[Block] = []
    drawing, y = Drawing(*frame[:2]), 0.0
    while waiting:
        band = waiting.popleft()
        height = band.height
        if y + height <= frame.height + _CLEARANCE:
            band.draw(drawing, y)
            y += height
            continue
        upper, rest = band.split(frame.height - y, is_forced=not y)
        if upper is not None:
            upper.draw(drawing, y)
            y += upper.height
        waiting.appendleft(rest)
        blocks.append(_closed(drawing, frame.width, y))
        drawing, y = Drawing(*frame[:2]), 0.0
    blocks.append(_closed(drawing, frame.width, y))
    return tuple(blocks)


def _closed(drawing: Drawing, width: float, height: float) -> Block:
    if height:
        drawing.across(0.0, width, height)
    return drawing.block(width, height)
