"""Where a flow table is cut into pages, and what each page needs.

Pages break between rows; a row higher than a page is cut into parts, its symbols in the first. A
row's height follows from its texts and from the lines that run through it, and which lines run
there follows from where pages break: so pages are filled by what rows need at least, and rows
handed on from each page whose flows make it too full. Quick routes tell that nearly as well as good
ones, so breaks are found with them, and a page is routed well once.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.crowding import plan_in_height
from sopdesk.sheet.page_breaks import (
    Cut,
    Load,
    Room,
    TooMany,
    filled_from,
    handed_on,
    is_too_full,
    load_of,
    load_with,
    taken_more,
)
from sopdesk.sheet.page_plan import PagePlan, plan_page
from sopdesk.sheet.pentagons import Pentagon, pair_flows
from sopdesk.sheet.routing.router import Routes, route, sketch
from sopdesk.sheet.same_rows import same_in_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.table import Table

    Router = Callable[[Grid], Routes]

Strips = dict[int, tuple[tuple[Pentagon, ...], tuple[Pentagon, ...]]]
"""Each page's pentagons, at its foot and at its head."""

_MOST_COMPANY = 3
"""How many rows a lone last one may get from the page before."""

_FIRST_PATIENCE = 40
_PATIENCE = 3
"""How many pages are sketched to fill all as well as can be, and how many more for each row."""

_HASTE = 0.5
"""How much of its rows a page that is too full keeps at most when patience is at an end."""


def sketch_pages(
    table: Table, room: Room, letters_used: int, most_aside: float
) -> tuple[PagePlan, ...]:
    """Return the pages of a table with quick routes: its breaks, and about what its lines need.

    Rows whose lines ask for more than a page stand alone. The last page has at least two rows
    where the one before can spare some. A tail that no row fits beside is left out of account.
    A page whose lines need more than `most_aside` mm beside symbols is the last that is sketched.
    """
    ask = _Ask(table, load_of(table, room), letters_used, most_aside)
    if not ask.load.parts:
        return ()
    cut = _sketched(ask, [0], {})
    if cut.split_rows:
        ask = ask._replace(load=load_of(table, room, cut.split_rows))
        cut = _sketched(ask, [0], {})
    if room.tail and cut.is_whole and not room.holds_tail(cut.plans):
        return sketch_pages(table, room._replace(tail=0.0), letters_used, most_aside)
    return tuple(cut.plans)


def route_pages(
    table: Table, room: Room, letters_used: int, most_aside: float, sketched: Sequence[PagePlan]
) -> tuple[PagePlan, ...]:
    """Return the sketched pages of a table, routed; their breaks stay where that still fits.

    A page whose lines need more than `most_aside` mm beside symbols is the last that is routed.
    """
    if not sketched:
        return ()
    if room.tail and not room.holds_tail(sketched):
        room = room._replace(tail=0.0)
    parts = tuple(part for plan in sketched for part in plan.parts)
    ask = _Ask(table, load_with(table, room, parts), letters_used, most_aside)
    too_many: TooMany = {}
    # A sketch that gave up at a page whose lines seem too wide would tell no breaks behind it.
    sketching = ask._replace(most_aside=inf)
    cut = _routed(ask, list(accumulate((len(plan.parts) for plan in sketched[:-1]), initial=0)))
    while is_too_full(ask.load, cut):
        moved = handed_on(ask.load, cut, too_many)
        cut = _routed(ask, _sketched(sketching, moved, too_many).breaks)
    if room.tail and cut.is_whole and not room.holds_tail(cut.plans):
        room = room._replace(tail=0.0)
        return route_pages(table, room, letters_used, most_aside, cut.plans)
    return tuple(cut.plans)


class _Ask(NamedTuple):
    """What planning pages needs to know."""

    table: Table
    load: Load
    letters_used: int
    most_aside: float


def _sketched(ask: _Ask, breaks: Sequence[int], too_many: TooMany) -> Cut:
    """Fill pages from the last given beginning on; then see to a lone last row."""
    cut = _fitted(ask, filled_from(ask.load, breaks), too_many)
    return _with_company(ask, cut) if cut.is_whole else cut


def _fitted(ask: _Ask, breaks: list[int], too_many: TooMany) -> Cut:
    """Hand rows on from the first page too full by a sketch, or let it take more, until all fit.

    Where pages break tells which flows leave earlier pages; those that this changes are seen again.
    A single page is routed at once, since there is no break to find. Where flows are so many that
    each break moves those before it, pages at last take no more, and hand on half of their rows.
    """
    patience = _FIRST_PATIENCE + _PATIENCE * len(ask.load.parts)
    cut = Cut(breaks, [])
    strips = _strips(ask, breaks)
    while not cut.is_whole:
        cut.plans.append(_plan(ask, cut, strips, sketch if len(cut.breaks) > 1 else route))
        patience -= 1
        if is_too_full(ask.load, cut):
            breaks = handed_on(ask.load, cut, too_many, 1.0 if patience > 0 else _HASTE)
        elif patience > 0:
            breaks = taken_more(ask.load, cut, too_many)
        if breaks != cut.breaks:
            old, strips = strips, _strips(ask, breaks)
            cut = Cut(breaks, cut.plans[: _first_changed(len(cut.plans) - 1, old, strips)])
        elif _is_too_wide(ask, cut):
            break
    return cut


def _first_changed(pages: int, old: Strips, new: Strips) -> int:
    return next((page for page in range(pages) if old.get(page) != new.get(page)), pages)


def _routed(ask: _Ask, breaks: list[int]) -> Cut:
    """Return the pages routed up to the first that is too full, or whose lines are too wide.

    What comes after it is not routed, since it will change.
    """
    cut = Cut(breaks, [])
    strips = _strips(ask, breaks)
    while not cut.is_whole:
        cut.plans.append(_plan(ask, cut, strips, route))
        if is_too_full(ask.load, cut) or _is_too_wide(ask, cut):
            break
    return cut


def _strips(ask: _Ask, breaks: Sequence[int]) -> Strips:
    """Return the pentagons at each page's foot and head."""
    page_of_row = [0] * len(ask.table.lines)
    for index, part in enumerate(ask.load.parts):
        if part.part == 1:
            page_of_row[part.row] = bisect_right(breaks, index) - 1
    return pair_flows(ask.table.procedure, page_of_row, ask.letters_used)


def _plan(ask: _Ask, cut: Cut, strips: Strips, router: Router) -> PagePlan:
    """Return the plan of the first page that has none."""
    page = len(cut.plans)
    start, end = (*cut.breaks, None)[page : page + 2]
    parts = ask.load.parts[start:end]
    table = same_in_parts(ask.table, parts)
    foot, head = strips.get(page, ((), ()))
    if router is route:
        return plan_in_height(table, parts, foot, head, ask.load.room.of(page))
    return plan_page(table, parts, foot, head, router)


def _is_too_wide(ask: _Ask, cut: Cut) -> bool:
    """Tell whether the lines of the last planned page need wider lanes."""
    return cut.plans[-1].aside > ask.most_aside


def _with_company(ask: _Ask, cut: Cut) -> Cut:
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


def _moved(ask: _Ask, cut: Cut, page: int, start: int) -> Cut | None:
    """Return the cut with a page that begins earlier, if all pages then fit.

    A page whose lines then need wider lanes fits: that is what the last row is not left alone for.
    """
    load = ask.load
    breaks = [*cut.breaks[:page], start, *cut.breaks[page + 1 :]]
    ends = [*breaks[1:], len(load.parts)]
    least = sum(each.height() for each in load.least[start : ends[page]])
    if least > load.room_of(page, ends[page] - 1) or not load.may_share(start, ends[page]):
        return None
    no_more = {first: end - first + 1 for first, end in zip(breaks, ends, strict=True)}
    moved = _fitted(ask._replace(most_aside=inf), breaks, no_more)
    return moved if moved.is_whole and moved.breaks == breaks else None
