"""Where a flow table is cut into pages, and what each page needs.

Pages break between rows; a row higher than a page is cut into parts, its symbols in the first. A
row's height follows from its texts and from the lines that run through it, and which lines run
there follows from where pages break: so pages are filled by the texts first, and rows handed on
from each page whose flows make it too full. Quick routes tell that nearly as well as good ones, so
breaks are found with them, and a page is routed well once.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import PADDING_Y_MM
from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.page_plan import (
    PagePlan,
    Part,
    continued_lines,
    part_text_height,
    plan_page,
    rows_of,
)
from sopdesk.sheet.placing import pair_flows, place_symbols
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.routing.router import Routes, route, sketch
from sopdesk.sheet.same_rows import same_in_rows
from sopdesk.sheet.spacing import aside_mm
from sopdesk.sheet.table import text_height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sopdesk.sheet.placing import Pentagon
    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.table import Table

    Router = Callable[[Grid], Routes]
    Strips = dict[int, tuple[tuple[Pentagon, ...], tuple[Pentagon, ...]]]
    TooMany = dict[int, int]

_ROW_ROOM_MM = 5.2
_BAND_ROOM_MM = 5.4
"""What a row and a band take beside symbols, at least."""

_STRIP_MM = 12.0
"""What a strip of pentagons takes, about, until its page is routed."""

_FAR_ROWS = 10
"""How far back a flow goes that comes from another page, most likely."""

_MOST_COMPANY = 3
"""How many rows a lone last one may get from the page before."""


class Room(NamedTuple):
    """How high the rows of a page may be together: on the first page, on others, before a tail.

    `tail` is what the last page must leave free below its rows.
    """

    first: float
    other: float
    tail: float = 0.0

    def of(self, page: int) -> float:
        """Return the room of a page, counted from 0."""
        return self.other if page else self.first

    def holds_tail(self, plans: Sequence[PagePlan]) -> bool:
        """Tell whether the last of these pages leaves the tail its room."""
        used = plans[-1].height if plans else 0.0
        return used + self.tail <= self.of(max(0, len(plans) - 1)) + 1e-6


def sketch_pages(
    table: Table, room: Room, first_letter: int, most_aside: float
) -> tuple[PagePlan, ...]:
    """Return the pages of a table with quick routes: its breaks, and about what its lines need.

    Rows whose lines ask for more than a page stand alone. The last page has at least two rows
    where the one before can spare some. A tail that no row fits beside is left out of account.
    A page whose lines need more than `most_aside` mm beside symbols is the last that is sketched.
    """
    ask = _ask(table, room, first_letter, most_aside)
    if not ask.parts:
        return ()
    cut = _sketched(ask, [0], {})
    if room.tail and cut.is_whole and not room.holds_tail(cut.plans):
        return sketch_pages(table, room._replace(tail=0.0), first_letter, most_aside)
    return tuple(cut.plans)


def route_pages(
    table: Table, room: Room, first_letter: int, most_aside: float, sketched: Sequence[PagePlan]
) -> tuple[PagePlan, ...]:
    """Return the sketched pages of a table, routed; their breaks stay where that still fits.

    A page whose lines need more than `most_aside` mm beside symbols is the last that is routed.
    """
    if not sketched:
        return ()
    if room.tail and not room.holds_tail(sketched):
        room = room._replace(tail=0.0)
    ask = _ask(table, room, first_letter, most_aside)
    too_many: TooMany = {}
    cut = _routed(ask, list(accumulate((len(plan.parts) for plan in sketched[:-1]), initial=0)))
    while _is_too_full(ask, cut):
        moved = _handed_on(ask, cut, too_many)
        cut = _routed(ask, _sketched(ask, moved, too_many).breaks)
    if room.tail and cut.is_whole and not room.holds_tail(cut.plans):
        room = room._replace(tail=0.0)
        return route_pages(table, room, first_letter, most_aside, cut.plans)
    return tuple(cut.plans)


class _Ask(NamedTuple):
    """What planning pages needs to know.

    `least` is how high each part is at least; `returns` tells whether flows come back to the first
    page, most likely.
    """

    table: Table
    parts: tuple[Part, ...]
    least: Sequence[float]
    returns: bool
    room: Room
    first_letter: int
    most_aside: float

    def room_of(self, page: int, last: int) -> float:
        """Return how high a page's parts up to `last` may be; the very last leaves room below."""
        return self.room.of(page) - (self.room.tail if last + 1 == len(self.parts) else 0.0)


class _Cut(NamedTuple):
    """Where pages begin, by the index of their first parts, and the plans of the first of them."""

    breaks: list[int]
    plans: list[PagePlan]

    @property
    def is_whole(self) -> bool:
        """Whether every page is planned."""
        return len(self.plans) == len(self.breaks)


def _ask(table: Table, room: Room, first_letter: int, most_aside: float) -> _Ask:
    parts = _parts(table, min(room.first, room.other))
    least = _least_heights(table, parts)
    return _Ask(table, parts, least, _returns(table), room, first_letter, most_aside)


def _returns(table: Table) -> bool:
    """Tell whether a flow goes back over so many rows that it comes from another page."""
    by_id = place_symbols(table.procedure).by_id
    return any(
        by_id[flow.source].row - by_id[flow.target].row >= _FAR_ROWS
        for flow in table.procedure.flows
    )


@remember(64)
def _parts(table: Table, capacity: float) -> tuple[Part, ...]:
    """Return the rows, those higher than a page in parts."""
    parts = []
    for row in range(len(table.lines)):
        if text_height(table, row) <= capacity:
            parts.append(Part(row))
        else:
            parts += _split(table, row, capacity)
    return tuple(parts)


def _split(table: Table, row: int, capacity: float) -> Iterator[Part]:
    """Yield the parts of a row that is higher than a page."""
    look = table.look
    most = max(1, int((capacity - 2 * PADDING_Y_MM) / leading_mm(look.font, look.size_pt)))
    following = max(1, most - len(continued_lines(table)))
    count = max(map(len, table.lines[row].values()))
    starts = [0, *range(most, count, following)]
    for number, (start, end) in enumerate(pairwise((*starts, count)), 1):
        yield Part(row, number, len(starts), start, end - start)


@remember(64)
def _least_heights(table: Table, parts: tuple[Part, ...]) -> tuple[float, ...]:
    """Return what each part needs at least, for its texts and its symbols."""
    placed = place_symbols(table.procedure)
    highest: dict[tuple[int, int], float] = {}
    for place in placed.places:
        band = place.row, place.band
        highest[band] = max(highest.get(band, 0.0), table.sizes[place.symbol.id][1])
    symbols = [_ROW_ROOM_MM + _BAND_ROOM_MM * (bands - 1) for bands in placed.bands]
    for (row, _), height in highest.items():
        symbols[row] += height
    return tuple(
        max(part_text_height(table, part), symbols[part.row] if part.part == 1 else 0.0)
        for part in parts
    )


def _filled(ask: _Ask, breaks: Sequence[int], stretch: float = 1.0) -> list[int]:
    """Return where pages begin, filling greedily from the last given beginning on.

    `stretch` tells how much higher than they must be rows are likely to get.
    """
    filled = list(breaks)
    used = _STRIP_MM if filled[-1] or ask.returns else 0.0
    for index in range(filled[-1], len(ask.parts)):
        strip = 0.0 if index + 1 == len(ask.parts) else _STRIP_MM
        height = ask.least[index] * stretch
        if index > filled[-1] and used + height + strip > ask.room_of(len(filled) - 1, index):
            filled.append(index)
            used = _STRIP_MM
        used += height
    return filled


def _stretch(ask: _Ask, cut: _Cut) -> float:
    """Return how much higher the last planned page's rows are than they must, strips left out."""
    start = cut.breaks[len(cut.plans) - 1]
    heights = cut.plans[-1].heights[1:-1]
    least = ask.least[start + 1 : start + 1 + len(heights)]
    return max(1.0, sum(heights) / sum(least)) if heights else 1.0


def _sketched(ask: _Ask, breaks: Sequence[int], too_many: TooMany) -> _Cut:
    """Fill pages from the last given beginning on; then see to a lone last row."""
    cut = _fitted(ask, _filled(ask, breaks), too_many)
    return _with_company(ask, cut) if cut.is_whole else cut


def _fitted(ask: _Ask, breaks: list[int], too_many: TooMany) -> _Cut:
    """Hand rows on from the first page too full by a sketch, or let it take more, until all fit.

    Where pages break tells which flows leave earlier pages; those that this changes are seen again.
    A single page is routed at once, since there is no break to find.
    """
    cut = _Cut(breaks, [])
    strips = _strips(ask, breaks)
    while not cut.is_whole:
        cut.plans.append(_plan(ask, cut, strips, sketch if len(cut.breaks) > 1 else route))
        is_too_full = _is_too_full(ask, cut)
        breaks = (_handed_on if is_too_full else _taken_more)(ask, cut, too_many)
        if breaks != cut.breaks:
            old, strips = strips, _strips(ask, breaks)
            cut = _Cut(breaks, cut.plans[: _first_changed(len(cut.plans) - 1, old, strips)])
        elif _is_too_wide(ask, cut):
            break
    return cut


def _first_changed(pages: int, old: Strips, new: Strips) -> int:
    return next((page for page in range(pages) if old.get(page) != new.get(page)), pages)


def _routed(ask: _Ask, breaks: list[int]) -> _Cut:
    """Return the pages routed up to the first that is too full, or whose lines are too wide.

    What comes after it is not routed, since it will change.
    """
    cut = _Cut(breaks, [])
    strips = _strips(ask, breaks)
    while not cut.is_whole:
        cut.plans.append(_plan(ask, cut, strips, route))
        if _is_too_full(ask, cut) or _is_too_wide(ask, cut):
            break
    return cut


def _strips(ask: _Ask, breaks: Sequence[int]) -> Strips:
    """Return the pentagons at each page's foot and head."""
    page_of_row = [0] * len(ask.table.lines)
    for index, part in enumerate(ask.parts):
        if part.part == 1:
            page_of_row[part.row] = bisect_right(breaks, index) - 1
    return pair_flows(ask.table.procedure, page_of_row, ask.first_letter)


def _plan(ask: _Ask, cut: _Cut, strips: Strips, router: Router) -> PagePlan:
    """Return the plan of the first page that has none."""
    page = len(cut.plans)
    end = cut.breaks[page + 1] if page + 1 < len(cut.breaks) else len(ask.parts)
    parts = ask.parts[cut.breaks[page] : end]
    table = same_in_rows(ask.table, rows_of(parts))
    return plan_page(table, parts, *strips.get(page, ((), ())), router)


def _is_too_full(ask: _Ask, cut: _Cut) -> bool:
    """Tell whether the last planned page must hand rows on."""
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    limit = ask.room_of(page, cut.breaks[page] + len(plan.parts) - 1)
    return plan.height > limit + 1e-6 and len(plan.parts) > 1


def _is_too_wide(ask: _Ask, cut: _Cut) -> bool:
    """Tell whether the lines of the last planned page need wider lanes."""
    return aside_mm(cut.plans[-1].columns) > ask.most_aside


def _handed_on(ask: _Ask, cut: _Cut, too_many: TooMany) -> list[int]:
    """Return the breaks after the last planned page keeps no more rows than fit."""
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    start = cut.breaks[page]
    too_many[start] = len(plan.parts)
    count = _rows_that_fit(plan, ask.room.of(page))
    return _filled(ask, [*cut.breaks[: page + 1], start + count], _stretch(ask, cut))


def _taken_more(ask: _Ask, cut: _Cut, too_many: TooMany) -> list[int]:
    """Return the breaks after the last planned page takes what more it may have room for."""
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    start, end = cut.breaks[page], cut.breaks[page] + len(plan.parts)
    last = min(len(ask.parts), start + too_many.get(start, len(ask.parts)) - 1)
    own = max(ask.least[end - 1], plan.heights[-1] - plan.foot_height)
    used = sum(plan.heights[:-1]) + own
    taken = end
    while taken < last:
        used += ask.least[taken]
        strip = plan.foot_height if taken + 1 < len(ask.parts) else 0.0
        if used + strip > ask.room_of(page, taken):
            break
        taken += 1
    if taken == end:
        return cut.breaks
    starts = [*cut.breaks[: page + 1], taken]
    return _filled(ask, starts, _stretch(ask, cut)) if taken < len(ask.parts) else starts[:-1]


def _rows_that_fit(plan: PagePlan, limit: float) -> int:
    """Return how many of a page's parts it may keep, less than all, as high as they are now.

    Its strip of pentagons stays, or comes.
    """
    used = plan.foot_height or _STRIP_MM
    for count, height in enumerate(plan.heights[:-1]):
        used += height
        if used > limit:
            return max(1, count)
    return len(plan.parts) - 1


def _with_company(ask: _Ask, cut: _Cut) -> _Cut:
    """Give a lone last row those before it, as few as will do; and so the page that gave them."""
    for page in range(len(cut.breaks) - 1, 0, -1):
        if len(cut.plans[page].parts) > 1:
            break
        start = cut.breaks[page]
        spare = min(_MOST_COMPANY, start - cut.breaks[page - 1] - 1)
        found = (_moved(ask, cut, page, start - count) for count in range(1, spare + 1))
        better = next(filter(None, found), None)
        if better is None:
            break
        cut = better
    return cut


def _moved(ask: _Ask, cut: _Cut, page: int, start: int) -> _Cut | None:
    """Return the cut with a page that begins earlier, if all pages then fit."""
    breaks = [*cut.breaks[:page], start, *cut.breaks[page + 1 :]]
    end = breaks[page + 1] if page + 1 < len(breaks) else len(ask.parts)
    if sum(ask.least[start:end]) > ask.room_of(page, end - 1):
        return None
    no_more = {first: after - first + 1 for first, after in pairwise((*breaks, len(ask.parts)))}
    moved = _fitted(ask, breaks, no_more)
    return moved if moved.is_whole and moved.breaks == breaks else None
