"""Where pages break: guessed by what rows need at least, and by what planned pages turned out.

Knows nothing of how a page is planned.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.page_parts import Least, leasts_of, parts_of
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.remembering import remember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.page_parts import Part
    from sopdesk.sheet.page_plan import PagePlan
    from sopdesk.sheet.table import Table

TooMany = dict[int, int]
"""How many parts are more than a page holds that begins with the part of this index."""

_STRIP_MM = 12.0
"""What a strip of pentagons takes, about, until its page is planned."""

_FLOWS_PER_MM = 0.5
"""How many flows a page of several rows may have, for its height; most sheets have below 0.1."""

_FAR_ROWS = 10
"""How far back a flow goes that comes from another page, most likely."""


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


class Load(NamedTuple):
    """What is to be put on pages: parts of rows, with what each needs at least, and the room.

    `most` tells for each part where a page that begins with it must end, lest it have too many
    flows; `returns` whether flows come back to the first page, most likely.
    """

    parts: tuple[Part, ...]
    least: tuple[Least, ...]
    most: tuple[int, ...]
    returns: bool
    room: Room

    def room_of(self, page: int, last: int) -> float:
        """Return how high a page's parts up to `last` may be; the very last leaves room below."""
        return self.room.of(page) - (self.room.tail if last + 1 == len(self.parts) else 0.0)

    @property
    def may_fit_one_page(self) -> bool:
        """Whether all parts have room on the first page, if their lines take no more."""
        least = sum(each.height() for each in self.least)
        return least <= self.room_of(0, len(self.parts) - 1) and self.may_share(0, len(self.parts))

    def may_share(self, start: int, end: int) -> bool:
        """Tell whether the parts from `start` to before `end` have few enough flows for a page."""
        return start == end or end <= self.most[start]


class Cut(NamedTuple):
    """Where pages begin, by the index of their first parts, and the plans of the first of them."""

    breaks: list[int]
    plans: list[PagePlan]

    @property
    def is_whole(self) -> bool:
        """Whether every page is planned."""
        return len(self.plans) == len(self.breaks)

    @property
    def split_rows(self) -> frozenset[int]:
        """The rows in parts that begin a page."""
        first = (plan.parts[0] for plan in self.plans)
        return frozenset(part.row for part in first if part.part == 1 and part.parts > 1)


def load_of(table: Table, room: Room, first_rows: frozenset[int] = frozenset()) -> Load:
    """Return what of a table is to be put on pages; `first_rows` each begin one."""
    return load_with(table, room, parts_of(table, min(room.first, room.other), first_rows))


def load_with(table: Table, room: Room, parts: tuple[Part, ...]) -> Load:
    """Return these parts of a table, which are to be put on pages."""
    most = _most_together(table, parts, _FLOWS_PER_MM * room.other)
    load = Load(parts, leasts_of(table, parts), most, returns=False, room=room)
    return load if load.may_fit_one_page else load._replace(returns=_returns(table))


@remember(64)
def _most_together(table: Table, parts: tuple[Part, ...], most_flows: float) -> tuple[int, ...]:
    """Return for each part where a page that begins with it has as many flows as it may.

    Nobody looks for routes of more, which is slow, only to hand most rows on. A part alone may have
    any number.
    """
    ends = _ends(table, parts)
    found: list[int] = []
    flows = end = 0
    for start, own in enumerate(ends):
        while end < len(parts):
            more = len(ends[end]) - _between(ends[end], start, end)
            if end > start and flows + more > most_flows:
                break
            flows, end = flows + more, end + 1
        found.append(end)
        flows -= len(own) - _between(own, start + 1, end)
    return tuple(found)


def _between(ordered: Sequence[int], low: int, high: int) -> int:
    """Return how many are at least `low` and less than `high`."""
    return bisect_left(ordered, high) - bisect_left(ordered, low)


def _ends(table: Table, parts: tuple[Part, ...]) -> tuple[tuple[int, ...], ...]:
    """Return for each part the parts at the other ends of its flows; the same twice is one."""
    by_id = place_symbols(table.procedure).by_id
    at = {part.row: index for index, part in enumerate(parts) if part.part == 1}
    ends: list[list[int]] = [[] for _ in parts]
    for source, target in {(flow.source, flow.target) for flow in table.procedure.flows}:
        here, there = at[by_id[source].row], at[by_id[target].row]
        ends[here].append(there)
        if here != there:
            ends[there].append(here)
    return tuple(tuple(sorted(each)) for each in ends)


def _returns(table: Table) -> bool:
    """Tell whether a flow goes back over so many rows that it comes from another page."""
    by_id = place_symbols(table.procedure).by_id
    return any(
        by_id[flow.source].row - by_id[flow.target].row >= _FAR_ROWS
        for flow in table.procedure.flows
    )


def filled_from(load: Load, breaks: Sequence[int], stretch: float = 1.0) -> list[int]:
    """Return where pages begin, filling greedily from the last given beginning on.

    `stretch` tells how much higher than they must be rows are likely to get.
    """
    filled = list(breaks)
    used, head = 0.0, _STRIP_MM if filled[-1] or load.returns else 0.0
    for index in range(filled[-1], len(load.parts)):
        least = load.least[index]
        height = least.height() * stretch
        foot = 0.0 if index + 1 == len(load.parts) else least.height(_STRIP_MM) - least.height()
        is_full = used + height + foot > load.room_of(len(filled) - 1, index)
        if index > filled[-1] and (is_full or index == load.most[filled[-1]]):
            filled.append(index)
            used, head = 0.0, _STRIP_MM
        used += height + least.height(head) - least.height()
        head = 0.0
    return filled


def _stretch(load: Load, cut: Cut) -> float:
    """Return how much higher the last planned page's rows are than they must, strips left out."""
    start = cut.breaks[len(cut.plans) - 1]
    heights = cut.plans[-1].heights[1:-1]
    least = sum(least.height() for least in load.least[start + 1 : start + 1 + len(heights)])
    return max(1.0, sum(heights) / least) if heights else 1.0


def is_too_full(load: Load, cut: Cut) -> bool:
    """Tell whether the last planned page must hand rows on."""
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    limit = load.room_of(page, cut.breaks[page] + len(plan.parts) - 1)
    return plan.height > limit + 1e-6 and len(plan.parts) > 1


def handed_on(load: Load, cut: Cut, too_many: TooMany, most_kept: float = 1.0) -> list[int]:
    """Return the breaks after the last planned page keeps no more rows than fit.

    It keeps no more than the share `most_kept` of them, but one at least. That it holds too many
    now is noted in `too_many`, so that it never takes them again.
    """
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    start = cut.breaks[page]
    too_many[start] = len(plan.parts)
    kept = min(_rows_that_fit(load, cut), max(1, int(len(plan.parts) * most_kept)))
    starts = [*cut.breaks[: page + 1], start + kept]
    return filled_from(load, starts, _stretch(load, cut))


def taken_more(load: Load, cut: Cut, too_many: TooMany) -> list[int]:
    """Return the breaks after the last planned page takes what more it may have room for."""
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    start, end = cut.breaks[page], cut.breaks[page] + len(plan.parts)
    last = load.most[start]
    if start in too_many:
        last = min(last, (end + start + too_many[start]) // 2)
    used = sum(plan.heights[:-1])
    used += max(load.least[end - 1].height(), plan.heights[-1] - plan.foot_height)
    taken = end
    while taken < last:
        foot = plan.foot_height if taken + 1 < len(load.parts) else 0.0
        if used + load.least[taken].height(foot) > load.room_of(page, taken):
            break
        used += load.least[taken].height()
        taken += 1
    if taken == end:
        return cut.breaks
    starts = [*cut.breaks[: page + 1], taken]
    return (
        filled_from(load, starts, _stretch(load, cut)) if taken < len(load.parts) else starts[:-1]
    )


def _rows_that_fit(load: Load, cut: Cut) -> int:
    """Return how many parts the last planned page may keep, less than all, as high as they are.

    Its strip of pentagons stays, or comes; in a row of high texts it takes no more room.
    """
    page, plan = len(cut.plans) - 1, cut.plans[-1]
    strip = plan.foot_height or _STRIP_MM
    least = load.least[cut.breaks[page] :]
    used = 0.0
    for count, height in enumerate(plan.heights[:-1]):
        has_tracks = height > least[count].height() + 1e-6
        closing = height + strip if has_tracks else least[count].height(strip)
        if used + closing > load.room.of(page):
            return max(1, count)
        used += height
    return len(plan.parts) - 1
