"""A flow table laid out: its pages planned and drawn, what stands above and below them set.

How wide lanes are follows from the lines between symbols, and which lines run there from the pages;
so lanes begin narrow and get wider until their lines have room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.around import lay_tail, lay_title
from sopdesk.sheet.density import PLAIN
from sopdesk.sheet.fitting import spare_lane_mm
from sopdesk.sheet.flow_labels import side_room
from sopdesk.sheet.flow_page import draw_page
from sopdesk.sheet.page_breaks import Room, load_of
from sopdesk.sheet.paging import route_pages, sketch_pages
from sopdesk.sheet.same_rows import same_in_parts
from sopdesk.sheet.spacing import BORDER, CLEAR
from sopdesk.sheet.symbols import measures_of
from sopdesk.sheet.table import set_table

if TYPE_CHECKING:
    from sopdesk.document.values import Closing, Procedure
    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.cells import References
    from sopdesk.sheet.flow_page import FlowDrawing
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.page_plan import PagePlan
    from sopdesk.sheet.table import Table

_FIRST_ASIDE_MM = CLEAR + BORDER
"""Room for one line beside a symbol."""

_TRIES = 8
"""How often lanes may get wider, a line at a time, until their lines have the room they need."""

_WIDEST_COMFORT_MM = 7.4
_COMFORT_SHARE = 0.44
"""Of the page's width, for lanes with room for labels beside the symbols."""

_GAP_MM = 4.0
"""Between the identity block and a flow table on one page."""


class TableAsk(NamedTuple):
    """What laying a flow table needs to know.

    `letters_used` counts the letters of earlier tables; its first page begins `first_top` mm below
    the frame's top.
    """

    procedure: Procedure
    look: SheetLook
    closing: Closing | None
    references: References
    letters_used: int
    endless: bool
    first_top: float = 0.0


class LaidTable(NamedTuple):
    """A flow table with its pages planned and drawn; a tail without room begins a page."""

    table: Table
    plans: tuple[PagePlan, ...]
    drawings: tuple[FlowDrawing, ...]
    title: Block
    tail: tuple[Block, ...]
    first_top: float
    has_room_for_tail: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be put on a page."""
        return not (self.plans or self.table.procedure.lanes or self.tail)

    @property
    def letters(self) -> int:
        """How many letters its off-page pairs use."""
        return len({p.letter for plan in self.plans for p in plan.pentagons.values()})

    @property
    def height(self) -> float:
        """The height of the highest page, title, heading and tail included."""
        tallest = max((plan.height for plan in self.plans), default=0.0)
        tail = sum(block.height for block in self.tail)
        return self.title.height + self.table.heading.height + tallest + tail

    @property
    def is_crowded(self) -> bool:
        """Whether a page is drawn densely, since its row is too high for it."""
        return any(plan.density != PLAIN for plan in self.plans)

    @property
    def least_spacing(self) -> float:
        """How close lines come on any page for want of room, in mm; else infinite."""
        return min((drawing.least_spacing for drawing in self.drawings), default=float("inf"))


def lay_below(ask: TableAsk, identity: tuple[Block, ...]) -> LaidTable:
    """Lay a table below the identity block where both fit one page, else on its own pages."""
    below = ask._replace(first_top=identity[0].height + _GAP_MM)
    if len(identity) == 1 and _may_fit_one_page(below):
        laid = lay_table(below)
        if len(laid.plans) == 1 and laid.has_room_for_tail and not laid.is_crowded:
            bottom = laid.first_top + laid.height
            if bottom <= ask.look.paper.frame.height + 1e-6:
                return laid
    return lay_table(ask)


def _may_fit_one_page(ask: TableAsk) -> bool:
    """Tell whether a table may fit its first page, before it is planned."""
    table = _set_table(ask, _comfortable_aside(ask))
    return load_of(table, _room(ask, table, _title(ask), _tail(ask))).may_fit_one_page


def lay_table(ask: TableAsk) -> LaidTable:
    """Plan a table's pages, its lanes as wide as its lines turn out to need."""
    title, tail = _title(ask), _tail(ask)
    aside = _comfortable_aside(ask)
    for tries in range(_TRIES):
        table = _set_table(ask, aside)
        room = _room(ask, table, title, tail)
        most = max(aside, table.aside) + 1e-6 if tries + 1 < _TRIES else float("inf")
        plans = sketch_pages(table, room, ask.letters_used, most)
        aside = _needed_aside(plans)
        if aside <= most:
            plans = route_pages(table, room, ask.letters_used, most, plans)
            aside = _needed_aside(plans)
        if aside <= most:
            break
    drawings = _drawn(ask, table, plans, title)
    return LaidTable(table, plans, drawings, title, tail, ask.first_top, room.holds_tail(plans))


def _set_table(ask: TableAsk, aside: float) -> Table:
    width = ask.look.paper.frame.width
    return set_table(ask.procedure, ask.look, width, aside, ask.references)


def _needed_aside(plans: tuple[PagePlan, ...]) -> float:
    return max((plan.aside for plan in plans), default=0.0)


def _comfortable_aside(ask: TableAsk) -> float:
    """Return room for a line beside each symbol, and for labels where the page has plenty."""
    room = min(_label_room(ask), _WIDEST_COMFORT_MM)
    lane = measures_of(ask.procedure.symbols, ask.look, 1.0).width + 2 * room
    lanes, width = lane * len(ask.procedure.lanes), ask.look.paper.frame.width
    is_plenty = lanes <= width * _COMFORT_SHARE and lane <= spare_lane_mm(
        ask.procedure, ask.look, width, ask.references
    )
    return max(_FIRST_ASIDE_MM, room) if is_plenty else _FIRST_ASIDE_MM


def _label_room(ask: TableAsk) -> float:
    """Return the room beside a symbol that the widest label asks for."""
    labels = {flow.label for flow in ask.procedure.flows if flow.label}
    return max((side_room(label, ask.look) for label in labels), default=0.0)


def _room(ask: TableAsk, table: Table, title: Block, tail: tuple[Block, ...]) -> Room:
    if ask.endless:
        return Room(float("inf"), float("inf"))
    height = ask.look.paper.frame.height - table.heading.height
    below = tail[0].height if tail else 0.0
    return Room(height - title.height - ask.first_top, height, below)


def _title(ask: TableAsk) -> Block:
    return lay_title(ask.procedure.title, ask.look, ask.look.paper.frame.width)


def _tail(ask: TableAsk) -> tuple[Block, ...]:
    frame = ask.look.paper.frame
    page_mm = float("inf") if ask.endless else frame.height
    return lay_tail(ask.procedure.notes, ask.closing, ask.look, frame.width, page_mm)


def _drawn(
    ask: TableAsk, table: Table, plans: tuple[PagePlan, ...], title: Block
) -> tuple[FlowDrawing, ...]:
    left, top, *_ = ask.look.paper.frame
    top += table.heading.height
    first = top + ask.first_top + title.height
    return tuple(
        draw_page(same_in_parts(table, plan.parts), plan, left, top if index else first)
        for index, plan in enumerate(plans)
    )
