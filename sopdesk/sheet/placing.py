"""Which cell of the routing grid each symbol of a page stands in, and which flows leave the page.

A row has one band, or as many as the most symbols stacked in one of its cells. Where flows go to
another page a strip of bands at the foot takes the pentagons that they end in, and one at the head
those that they come from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Kind, Side
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.routing.grid import Grid, Link, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.document.values import Flow, Procedure, Symbol


class Place(NamedTuple):
    """A symbol in its step's row: its band there and the lanes it covers."""

    symbol: Symbol
    row: int
    band: int
    first: int
    last: int


class Rows(NamedTuple):
    """A procedure's symbols placed: for each row how many bands it has and what stands in it."""

    bands: tuple[int, ...]
    places: tuple[Place, ...]
    by_id: dict[str, Place]


class Pentagon(NamedTuple):
    """Half of an off-page pair on a page; `partner` is the symbol that its flows leave or reach."""

    letter: str
    is_out: bool
    partner: str
    flows: tuple[int, ...]

    @property
    def id(self) -> str:
        """The pentagon's name in the listing."""
        return f"{'out' if self.is_out else 'in'}-{self.letter}"


class Leg(NamedTuple):
    """A flow's part on a page: its ends by the ids of symbols or pentagons."""

    flow: int
    source: str
    target: str
    label: str


class PageGrid(NamedTuple):
    """The routing problem of one page: its grid, and who the nodes and links are.

    `head` and `foot` count the bands of the strips; `band_rows` names each band's row, or -1.
    """

    grid: Grid
    ids: tuple[str, ...]
    legs: tuple[Leg, ...]
    head: int
    foot: int
    band_rows: tuple[int, ...]


@remember(256)
def place_symbols(procedure: Procedure) -> Rows:
    """Return where each symbol stands in its row.

    Symbols of one cell are stacked in the order of the procedure's list; one that has its cells
    for itself stands in the middle of its row.
    """
    lanes = {lane.id: index for index, lane in enumerate(procedure.lanes)}
    rows = {step.id: index for index, step in enumerate(procedure.steps)}
    levels: dict[str, int] = {}
    filled: dict[tuple[int, int], int] = defaultdict(int)
    for symbol in procedure.symbols:
        cells = [(rows[symbol.step], lanes[lane]) for lane in symbol.lanes]
        levels[symbol.id] = max(filled[cell] for cell in cells)
        for cell in cells:
            filled[cell] = levels[symbol.id] + 1
    bands = [1] * len(procedure.steps)
    for (row, _), count in filled.items():
        bands[row] = max(bands[row], count)
    places = []
    for symbol in procedure.symbols:
        row = rows[symbol.step]
        columns = sorted(lanes[lane] for lane in symbol.lanes)
        stack = max(filled[row, column] for column in columns)
        is_alone = all(filled[row, column] == 1 for column in columns)
        shift = (bands[row] - stack) // 2 if is_alone else 0
        places.append(Place(symbol, row, levels[symbol.id] + shift, columns[0], columns[-1]))
    return Rows(tuple(bands), tuple(places), {place.symbol.id: place for place in places})


def pair_flows(
    procedure: Procedure, page_of_row: Sequence[int], first_letter: int
) -> dict[int, tuple[tuple[Pentagon, ...], tuple[Pentagon, ...]]]:
    """Return each page's pentagons, (at its foot, at its head), for flows that change pages.

    Flows from one page to one symbol share a letter; letters follow the order of pages and rows.
    """
    by_id = place_symbols(procedure).by_id
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, flow in enumerate(procedure.flows):
        here, there = (page_of_row[by_id[end].row] for end in (flow.source, flow.target))
        if here != there:
            groups[here, flow.target].append(index)
    found: dict[int, tuple[list[Pentagon], list[Pentagon]]] = defaultdict(lambda: ([], []))
    order = sorted(groups, key=lambda key: (key[0], _first(procedure.flows, groups[key], by_id)))
    for number, (page, goal) in enumerate(order, first_letter):
        flows = tuple(groups[page, goal])
        letter = letters(number)
        last = procedure.flows[flows[-1]].source
        found[page][0].append(Pentagon(letter, True, last, flows))
        found[page_of_row[by_id[goal].row]][1].append(Pentagon(letter, False, goal, flows))
    return {page: (tuple(outs), tuple(ins)) for page, (outs, ins) in found.items()}


def _first(
    flows: Sequence[Flow], chosen: Iterable[int], by_id: dict[str, Place]
) -> tuple[int, int]:
    """Return the row and index of the first of some flows."""
    return min((by_id[flows[index].source].row, index) for index in chosen)


def letters(number: int) -> str:
    """Return A for 0, B, ... Z, AA, AB, ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def page_grid(
    procedure: Procedure,
    rows: Sequence[int],
    outs: tuple[Pentagon, ...],
    ins: tuple[Pentagon, ...],
) -> PageGrid:
    """Return the routing problem of the page that holds these rows' symbols."""
    placed = place_symbols(procedure)
    lanes = max(1, len(procedure.lanes))
    in_lanes = _spread((placed.by_id[p.partner] for p in ins), lanes)
    out_lanes = _spread((placed.by_id[p.partner] for p in outs), lanes)
    head = 1 + max((band for band, _ in in_lanes), default=-1)
    foot = 1 + max((band for band, _ in out_lanes), default=-1)
    starts, band_rows = {}, [-1] * head
    for row in rows:
        starts[row] = len(band_rows)
        band_rows += [row] * placed.bands[row]
    foot_at = len(band_rows)
    band_rows += [-1] * foot
    ids, nodes = [], []
    for place in placed.places:
        if place.row in starts:
            ids.append(place.symbol.id)
            nodes.append(Node(starts[place.row] + place.band, place.first, place.last))
    for start, pentagons, spots in ((0, ins, in_lanes), (foot_at, outs, out_lanes)):
        for pentagon, (band, lane) in zip(pentagons, spots, strict=True):
            ids.append(pentagon.id)
            nodes.append(Node(start + band, lane, lane))
    legs = tuple(_legs(procedure, frozenset(ids), outs, ins))
    at = {name: index for index, name in enumerate(ids)}
    blunt = _blunt_exits(placed, legs)
    links = tuple(
        _link(procedure.flows[leg.flow], leg, at, Side.BOTTOM if leg.source in blunt else None)
        for leg in legs
    )
    grid = Grid(lanes, len(band_rows), tuple(nodes), links)
    return PageGrid(grid, tuple(ids), legs, head, foot, tuple(band_rows))


def _spread(partners: Iterable[Place], lanes: int) -> list[tuple[int, int]]:
    """Return a (band, lane) of its own for each pentagon, in or near its partner's lane."""
    taken: Counter[int] = Counter()
    spots = []
    for partner in partners:
        lane = min(range(lanes), key=lambda i: (taken[i], abs(i - partner.first), i))
        spots.append((taken[lane], lane))
        taken[lane] += 1
    return spots


def _legs(
    procedure: Procedure,
    ids: frozenset[str],
    outs: tuple[Pentagon, ...],
    ins: tuple[Pentagon, ...],
) -> Iterable[Leg]:
    """Yield the flows inside the page, then those that leave it, then those that come in.

    Several flows that come in by one pentagon are one line; each is listed.
    """
    for index, flow in enumerate(procedure.flows):
        if flow.source in ids and flow.target in ids:
            elsewhere = any(index in pentagon.flows for pentagon in (*outs, *ins))
            if not elsewhere:
                yield Leg(index, flow.source, flow.target, flow.label)
    for pentagon in outs:
        for index in pentagon.flows:
            flow = procedure.flows[index]
            yield Leg(index, flow.source, pentagon.id, flow.label)
    for pentagon in ins:
        for index in pentagon.flows:
            yield Leg(index, pentagon.id, procedure.flows[index].target, "")


def _blunt_exits(placed: Rows, legs: Sequence[Leg]) -> set[str]:
    """Return the symbols whose only exit has a label, though they have no slope to set it over.

    Below them a label has more room than at a side.
    """
    exits: dict[str, set[str]] = defaultdict(set)
    for leg in legs:
        exits[leg.source].add(leg.label)
    return {
        name
        for name, labels in exits.items()
        if name in placed.by_id
        and placed.by_id[name].symbol.kind is not Kind.DECISION
        and len(labels) == 1
        and "" not in labels
    }


def _link(flow: Flow, leg: Leg, at: dict[str, int], side: Side | None) -> Link:
    """Return a leg as a link that leaves at `side`, if any, unless the user fixed another.

    A side that the user fixed holds at the flow's own symbol only.
    """
    leaves, arrives = leg.source == flow.source, leg.target == flow.target
    return Link(
        at[leg.source],
        at[leg.target],
        leg.label,
        (flow.exit if leaves else None) or side,
        flow.entry if arrives else None,
    )
