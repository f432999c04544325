"""The door: an SOP and its office become a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from sopdesk.sheet.around import lay_tail, lay_title
from sopdesk.sheet.flow_labels import side_room
from sopdesk.sheet.flow_page import FlowDrawing, draw_page
from sopdesk.sheet.identity import lay_identity
from sopdesk.sheet.look import SheetLook, look_of
from sopdesk.sheet.page_breaks import Room, load_of
from sopdesk.sheet.paging import route_pages, sketch_pages
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.same_rows import same_in_parts
from sopdesk.sheet.spacing import BORDER, CLEAR, aside_mm
from sopdesk.sheet.symbols import measures_of
from sopdesk.sheet.table import Table, set_table, spare_lane_mm
from sopdesk.sheet.values import LanesTooNarrow, Page, Paper, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopdesk.document.office import Office
    from sopdesk.document.values import Closing, Identity, Procedure, Sop
    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.look import Orientation
    from sopdesk.sheet.page_plan import PagePlan

NO_REFERENCES: Mapping[str, tuple[str, str]] = MappingProxyType({})
_FIRST_ASIDE_MM = CLEAR + BORDER
_TRIES = 8
"""How often lanes may get wider, a line at a time, until their lines have the room they need."""

_WIDEST_COMFORT_MM = 6.5
_COMFORT_SHARE = 0.42
"""Of the page's width, for lanes with room for labels beside the symbols."""

_GAP_MM = 4.0
"""Between the identity block and a flow table on one page."""


def lay_out(
    sop: Sop,
    office: Office,
    *,
    paper: str | None = None,
    orientation: Orientation | None = None,
    endless: bool = False,
    references: Mapping[str, tuple[str, str]] = NO_REFERENCES,
) -> Sheet:
    """Return the sheet of an SOP: its identity, then each of its flow tables.

    `paper` and `orientation` go before the settings of the SOP and the office. `endless` puts each
    flow table on one page as tall as it needs. `references` maps the uuid of an SOP that a step
    may refer to, to its number and title. The same values give the same sheet; what is unchanged
    since an earlier call is not computed again.
    """
    look = _same(look_of(sop, office, paper, orientation))
    identity = _identity(sop.identity, office, look)
    tables: list[_Laid] = []
    letter = 0
    for index, procedure in enumerate(sop.procedures):
        closing = sop.closing if index == len(sop.procedures) - 1 else None
        ask = _Ask(procedure, look, closing, references, letter, endless)
        shared = index == 0 and look.identity_on_same_page and not endless
        tables.append(_beside_identity(ask, identity) if shared else _lay_table(ask))
        letter += tables[-1].letters
    sheet_paper = _tall_enough(look.paper, tables) if endless else look.paper
    return _bind(sop, sheet_paper, identity, tables)


class _Ask(NamedTuple):
    """What laying a flow table needs to know; `letter` is the first free letter of its pairs."""

    procedure: Procedure
    look: SheetLook
    closing: Closing | None
    references: Mapping[str, tuple[str, str]]
    letter: int
    endless: bool
    first_top: float = 0.0


class _Laid(NamedTuple):
    """A flow table with its pages planned; its first page begins `first_top` below the frame's."""

    table: Table
    plans: tuple[PagePlan, ...]
    drawings: tuple[FlowDrawing, ...]
    title: Block
    tail: tuple[Block, ...]
    first_top: float
    has_room_for_tail: bool

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


def _beside_identity(ask: _Ask, identity: tuple[Block, ...]) -> _Laid:
    """Lay a table below the identity block where both fit one page, else on its own pages."""
    below = ask._replace(first_top=identity[0].height + _GAP_MM)
    if len(identity) == 1 and _may_fit_one_page(below):
        laid = _lay_table(below)
        if len(laid.plans) == 1 and laid.has_room_for_tail:
            bottom = laid.first_top + laid.height
            if bottom <= ask.look.paper.frame.height + 1e-6:
                return laid
    return _lay_table(ask)


def _may_fit_one_page(ask: _Ask) -> bool:
    """Tell whether a table may fit its first page, before it is planned."""
    table = _set_table(ask, _comfortable_aside(ask))
    return load_of(table, _room(ask, table, _title(ask), _tail(ask))).may_fit_one_page


def _lay_table(ask: _Ask) -> _Laid:
    """Plan a table's pages, its lanes as wide as its lines turn out to need."""
    title, tail = _title(ask), _tail(ask)
    aside = _comfortable_aside(ask)
    for tries in range(_TRIES):
        table = _set_table(ask, aside)
        room = _room(ask, table, title, tail)
        most = max(aside, table.aside) + 1e-6 if tries + 1 < _TRIES else float("inf")
        plans = sketch_pages(table, room, ask.letter, most)
        aside = _needed_aside(plans)
        if aside <= most:
            plans = route_pages(table, room, ask.letter, most, plans)
            aside = _needed_aside(plans)
        if aside <= most:
            break
    drawings = _draw(ask, table, plans, title)
    return _Laid(table, plans, drawings, title, tail, ask.first_top, room.holds_tail(plans))


def _set_table(ask: _Ask, aside: float) -> Table:
    width = ask.look.paper.frame.width
    return set_table(ask.procedure, ask.look, width, aside, ask.references)


def _needed_aside(plans: tuple[PagePlan, ...]) -> float:
    return max((aside_mm(plan.columns) for plan in plans), default=0.0)


def _label_room(ask: _Ask) -> float:
    """Return the room beside a symbol that the widest label asks for."""
    labels = {flow.label for flow in ask.procedure.flows if flow.label}
    return max((side_room(label, ask.look) for label in labels), default=0.0)


def _comfortable_aside(ask: _Ask) -> float:
    """Return room for a line beside each symbol, and for labels where the page has plenty."""
    room = min(_label_room(ask), _WIDEST_COMFORT_MM)
    lane = measures_of(ask.procedure.symbols, ask.look, 1.0).width + 2 * room
    lanes, width = lane * len(ask.procedure.lanes), ask.look.paper.frame.width
    is_plenty = lanes <= width * _COMFORT_SHARE and lane <= spare_lane_mm(
        ask.procedure, ask.look, width, ask.references
    )
    return max(_FIRST_ASIDE_MM, room) if is_plenty else _FIRST_ASIDE_MM


def _draw(
    ask: _Ask, table: Table, plans: tuple[PagePlan, ...], title: Block
) -> tuple[FlowDrawing, ...]:
    left, top = _corner(ask.look.paper)
    top += table.heading.height
    first = top + ask.first_top + title.height
    return tuple(
        draw_page(same_in_parts(table, plan.parts), plan, left, top if index else first)
        for index, plan in enumerate(plans)
    )


def _room(ask: _Ask, table: Table, title: Block, tail: tuple[Block, ...]) -> Room:
    if ask.endless:
        return Room(float("inf"), float("inf"))
    height = ask.look.paper.frame.height - table.heading.height
    below = tail[0].height if tail else 0.0
    return Room(height - title.height - ask.first_top, height, below)


def _title(ask: _Ask) -> Block:
    return lay_title(ask.procedure.title, ask.look, ask.look.paper.frame.width)


def _tail(ask: _Ask) -> tuple[Block, ...]:
    frame = ask.look.paper.frame
    page_mm = float("inf") if ask.endless else frame.height
    return lay_tail(ask.procedure.notes, ask.closing, ask.look, frame.width, page_mm)


@remember(64)
def _identity(identity: Identity, office: Office, look: SheetLook) -> tuple[Block, ...]:
    frame = look.paper.frame
    return lay_identity(identity, office, look, frame.width, frame.height, frame.height)


@lru_cache(maxsize=256)
def _same(look: SheetLook) -> SheetLook:
    """Return the first look that was equal, so that what is remembered by identity stays so."""
    return look


def _tall_enough(paper: Paper, tables: list[_Laid]) -> Paper:
    """Return the paper, as tall as the highest table needs it."""
    tallest = max((laid.height for laid in tables), default=0.0)
    top, _, bottom, _ = paper.margins
    return replace(paper, height=max(paper.height, round(tallest + top + bottom, 4)))


def _bind(sop: Sop, paper: Paper, identity: tuple[Block, ...], tables: list[_Laid]) -> Sheet:
    """Put all pages in order."""
    sheets = [_Leaf("identity", 0, [block.moved(*_corner(paper))]) for block in identity]
    spacings = []
    for index, laid in enumerate(tables):
        spacings += _leaves(sheets, laid, index, paper)
    pages = tuple(leaf.page(number) for number, leaf in enumerate(sheets, 1))
    least = min(spacings, default=inf)
    notes = (LanesTooNarrow(round(least, 2)),) if least < inf else ()
    return Sheet(sop.uuid, sop.identity.number, sop.identity.title, paper, pages, notes)


def _corner(paper: Paper) -> tuple[float, float]:
    return paper.frame.left, paper.frame.top


@dataclass(slots=True)
class _Leaf:
    """A page while it is being put together."""

    kind: Literal["identity", "flow", "identity+flow"]
    procedure: int
    blocks: list[Block]
    flow: FlowDrawing | None = None

    def page(self, number: int) -> Page:
        """Return the page."""
        flow, blocks = self.flow or FlowDrawing(), self.blocks
        return Page(
            number,
            self.kind,
            self.procedure,
            boxes=tuple(box for block in blocks for box in block.boxes),
            lanes=tuple(flow.lanes),
            rows=tuple(flow.rows),
            rules=(*(rule for block in blocks for rule in block.rules), *flow.rules),
            shapes=tuple(flow.shapes),
            connectors=tuple(flow.connectors),
            texts=(*(text for block in blocks for text in block.texts), *flow.texts),
            pictures=tuple(picture for block in blocks for picture in block.pictures),
        )


def _leaves(leaves: list[_Leaf], laid: _Laid, procedure: int, paper: Paper) -> list[float]:
    """Add a table's pages; return how close the lines of each come."""
    left, top = _corner(paper)
    if not laid.plans and not laid.table.procedure.lanes and not laid.tail:
        return []
    spacings = []
    for index, plan in enumerate(laid.plans or (None,)):
        y = top
        if index == 0 and laid.first_top:
            leaves[-1].kind = "identity+flow"
            y += laid.first_top
        else:
            leaves.append(_Leaf("flow", procedure, []))
        leaf = leaves[-1]
        if index == 0:
            leaf.blocks.append(laid.title.moved(left, y))
            y += laid.title.height
        leaf.blocks.append(laid.table.heading.moved(left, y))
        y += laid.table.heading.height
        if plan is not None:
            leaf.flow = laid.drawings[index]
            spacings.append(leaf.flow.least_spacing)
            y += plan.height
    if not laid.has_room_for_tail:
        leaves.append(_Leaf("flow", procedure, []))
        y = top
    for index, block in enumerate(laid.tail):
        if index:
            leaves.append(_Leaf("flow", procedure, []))
            y = top
        leaves[-1].blocks.append(block.moved(left, y))
    return spacings
