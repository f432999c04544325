"""Pages put in order: the identity sheet, then each flow table with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sopdesk.sheet.flow_page import FlowDrawing
from sopdesk.sheet.values import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.flow_table import LaidTable
    from sopdesk.sheet.values import PageKind, Paper

_NOTHING = FlowDrawing()


@dataclass(slots=True)
class _Leaf:
    """A page while it is being put together; what comes next stands at `(left, y)`."""

    kind: PageKind
    procedure: int
    left: float
    y: float
    blocks: list[Block] = field(default_factory=list)
    flow: FlowDrawing = _NOTHING

    def put(self, block: Block) -> None:
        """Put a block below what is there."""
        self.blocks.append(block.placed(self.left, self.y))
        self.y += block.height

    def page(self, number: int) -> Page:
        """Return the page."""
        flow, blocks = self.flow, self.blocks
        return Page(
            number,
            self.kind,
            self.procedure,
            boxes=tuple(box for block in blocks for box in block.boxes),
            lanes=flow.lanes,
            rows=flow.rows,
            rules=(*(rule for block in blocks for rule in block.rules), *flow.rules),
            shapes=flow.shapes,
            connectors=flow.connectors,
            texts=(*(text for block in blocks for text in block.texts), *flow.texts),
            pictures=tuple(picture for block in blocks for picture in block.pictures),
        )


def bind(identity: Iterable[Block], tables: Iterable[LaidTable], paper: Paper) -> tuple[Page, ...]:
    """Return all pages on this paper, numbered from 1."""
    book = _Book(paper)
    for block in identity:
        book.begin("identity", 0).put(block)
    for procedure, laid in enumerate(tables):
        if not laid.is_empty:
            book.add_table(laid, procedure)
    return book.pages()


class _Book:
    """The pages so far."""

    def __init__(self, paper: Paper) -> None:
        self._left, self._top, *_ = paper.frame
        self._leaves: list[_Leaf] = []

    def begin(self, kind: PageKind, procedure: int) -> _Leaf:
        """Begin a page and return it."""
        self._leaves.append(_Leaf(kind, procedure, self._left, self._top))
        return self._leaves[-1]

    def add_table(self, laid: LaidTable, procedure: int) -> None:
        """Add a table's pages, its title above the first and its tail below the last."""
        for index, plan in enumerate(laid.plans or (None,)):
            is_shared = index == 0 and laid.first_top > 0
            leaf = self._below_identity(laid) if is_shared else self.begin("flow", procedure)
            if index == 0:
                leaf.put(laid.title)
            leaf.put(laid.table.heading)
            if plan is not None:
                leaf.flow = laid.drawings[index]
                leaf.y += plan.height
        for index, block in enumerate(laid.tail):
            begins_page = index > 0 or not laid.has_room_for_tail
            leaf = self.begin("flow", procedure) if begins_page else self._leaves[-1]
            leaf.put(block)

    def _below_identity(self, laid: LaidTable) -> _Leaf:
        leaf = self._leaves[-1]
        leaf.kind, leaf.y = "identity+flow", self._top + laid.first_top
        return leaf

    def pages(self) -> tuple[Page, ...]:
        """Return all pages."""
        return tuple(leaf.page(number) for number, leaf in enumerate(self._leaves, 1))
