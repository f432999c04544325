"""Where a flow table is cut into pages, and what each page needs.

Pages break between rows; a row higher than a page is cut into parts, its symbols in the first. A
row's height follows from its texts and from the lines that run through it, and which lines run
there follows from where pages break: so pages are filled by the texts first, their flows routed,
and rows handed on from pages that turn out too full.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import PADDING_Y_MM
from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.page_plan import PagePlan, Part, part_text_height, plan_page
from sopdesk.sheet.placing import pair_flows, place_symbols
from sopdesk.sheet.routing.router import Routes, route, sketch
from sopdesk.sheet.table import text_height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sopdesk.sheet.routing.grid import Grid
    from sopdesk.sheet.table import Table

_BAND_ROOM_MM = 5.4
_STRIP_MM = 12.0
"""What a strip of pentagons takes, about, until its page is routed."""


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


def plan_pages(table: Table, room: Room, first_letter: int) -> tuple[PagePlan, ...]:
    """Return the pages of a table; rows whose lines ask for more than a page stand alone.

    The last page has at least two rows where the one before can spare one.
    """
    parts = _parts(table, min(room.first, room.other))
    if not parts:
        return ()
    heights = _least_heights(table, parts)
    breaks = _fill(heights, room, [0])
    for router in (sketch, route):
        ask = _Ask(table, tuple(parts), room, first_letter, router)
        plans, too_full = _fitting_pages(ask, breaks)
        while too_full:
            page = len(plans)
            count = _rows_that_fit(too_full, _limit(room, page, len(breaks)))
            breaks = _fill(heights, room, [*breaks[: page + 1], breaks[page] + count])
            plans, too_full = _fitting_pages(ask, breaks)
    return _keep_company(ask, breaks, plans)


class _Ask(NamedTuple):
    """What planning pages needs to know; the router is a quick one until the breaks are found."""

    table: Table
    parts: tuple[Part, ...]
    room: Room
    first_letter: int
    router: Callable[[Grid], Routes]


def _parts(table: Table, capacity: float) -> list[Part]:
    """Return the rows, those higher than a page in parts."""
    parts = []
    leading = leading_mm(table.look.font, table.look.size_pt)
    for row, lines in enumerate(table.lines):
        count = max((len(column) for column in lines.values()), default=0)
        if text_height(table, row) <= capacity:
            parts.append(Part(row))
            continue
        most = max(1, int((capacity - 2 * PADDING_Y_MM) / leading))
        pieces = -(-count // most)
        parts += [Part(row, i + 1, pieces, i * most, most) for i in range(pieces)]
    return parts


def _least_heights(table: Table, parts: Sequence[Part]) -> list[float]:
    """Return what each part needs at least, for its texts and its symbols."""
    placed = place_symbols(table.procedure)
    highest: dict[tuple[int, int], float] = {}
    for place in placed.places:
        band = place.row, place.band
        highest[band] = max(highest.get(band, 0.0), table.sizes[place.symbol.id][1])
    symbols = [_BAND_ROOM_MM * bands for bands in placed.bands]
    for (row, _), height in highest.items():
        symbols[row] += height
    return [
        max(part_text_height(table, part), symbols[part.row] if part.part == 1 else 0.0)
        for part in parts
    ]


def _fill(heights: Sequence[float], room: Room, breaks: list[int]) -> list[int]:
    """Return where pages begin, filling greedily from the last given beginning on."""
    breaks = list(breaks)
    used = 0.0
    for index in range(breaks[-1], len(heights)):
        limit = room.of(len(breaks) - 1) - (_STRIP_MM if index + 1 < len(heights) else room.tail)
        if index > breaks[-1] and used + heights[index] > limit:
            breaks.append(index)
            used = _STRIP_MM
        used += heights[index]
    return breaks


def _fitting_pages(
    ask: _Ask, breaks: Sequence[int]
) -> tuple[tuple[PagePlan, ...], PagePlan | None]:
    """Return the plans of the pages up to the first that is too full, and that one, if any.

    What comes after it is not routed, since it will change.
    """
    plans: list[PagePlan] = []
    for page, plan in enumerate(_pages(ask, breaks)):
        if plan.height > _limit(ask.room, page, len(breaks)) + 1e-6 and len(plan.parts) > 1:
            return tuple(plans), plan
        plans.append(plan)
    return tuple(plans), None


def _limit(room: Room, page: int, pages: int) -> float:
    """Return how high the rows of a page may be; the last leaves room for what stands below."""
    return room.of(page) - (room.tail if page == pages - 1 else 0.0)


def _rows_that_fit(plan: PagePlan, limit: float) -> int:
    """Return how many of a page's parts it may keep, at least one, as high as they are now."""
    over = plan.height - limit
    count = len(plan.parts)
    while count > 1 and over > 0:
        count -= 1
        over -= plan.heights[count]
    return count


def _pages(ask: _Ask, breaks: Sequence[int]) -> Iterator[PagePlan]:
    """Yield the plans of the pages in order, each routed when it is asked for."""
    page_of_row = [0] * len(ask.table.lines)
    for index, part in enumerate(ask.parts):
        if part.part == 1:
            page_of_row[part.row] = bisect_right(breaks, index) - 1
    pentagons = pair_flows(ask.table.procedure, page_of_row, ask.first_letter)
    for page, (start, end) in enumerate(pairwise((*breaks, len(ask.parts)))):
        outs, ins = pentagons.get(page, ((), ()))
        yield plan_page(ask.table, ask.parts[start:end], outs, ins, ask.router)


def _keep_company(
    ask: _Ask, breaks: list[int], plans: tuple[PagePlan, ...]
) -> tuple[PagePlan, ...]:
    """Give a lone last row the one before it, where both pages then fit."""
    if len(plans) < 2 or len(plans[-1].parts) > 1 or len(plans[-2].parts) < 3:
        return plans
    moved = [*breaks[:-1], breaks[-1] - 1]
    others, too_full = _fitting_pages(ask, moved)
    return plans if too_full else others
