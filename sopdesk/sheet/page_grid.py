"""The routing problem of a page: which cell each symbol and pentagon stands in, and who is linked.

Where flows go to another page or come from one, strips of bands at the page's foot and head take
their pentagons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Kind, Side
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.routing.grid import EXITS, Grid, Link, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.document.values import Flow, Procedure
    from sopdesk.sheet.pentagons import Pentagon
    from sopdesk.sheet.placing import Place, PlacedSymbols

_STRIP = -1
"""Stands for the row of a band in a strip of pentagons."""


class Leg(NamedTuple):
    """A flow's part on a page: its ends by the ids of symbols or pentagons."""

    flow: int
    source: str
    target: str
    label: str


class PageGrid(NamedTuple):
    """The routing problem of one page: its grid, and who the nodes and links are.

    Each lane is one lane of the grid, or several columns where the page is crowded.

    `head` and `foot` count the bands of the strips; `band_rows` names each band's row, or -1.
    """

    grid: Grid
    ids: tuple[str, ...]
    legs: tuple[Leg, ...]
    head: int
    foot: int
    band_rows: tuple[int, ...]


def page_grid(
    procedure: Procedure,
    rows: Sequence[int],
    at_foot: tuple[Pentagon, ...],
    at_head: tuple[Pentagon, ...],
    columns: int = 1,
) -> PageGrid:
    """Return the routing problem of the page that holds these rows' symbols.

    Pentagons and symbols of one cell stand side by side in the `columns` of a lane.
    """
    placed = place_symbols(procedure, columns)
    lanes = max(1, len(procedure.lanes)) * columns
    head_spots = _spread(at_head, placed, lanes, columns)
    foot_spots = _spread(at_foot, placed, lanes, columns)
    head, foot = _bands(head_spots), _bands(foot_spots)
    # Both are filled from the rows outwards, so that what comes in at the head has its way free.
    head_spots = [(head - 1 - band, lane) for band, lane in head_spots]
    inner = [row for row in rows for _ in range(placed.bands[row])]
    band_rows = (*[_STRIP] * head, *inner, *[_STRIP] * foot)
    nodes = [
        *_symbol_nodes(placed, band_rows),
        *_pentagon_nodes(at_head, head_spots, 0),
        *_pentagon_nodes(at_foot, foot_spots, head + len(inner)),
    ]
    ids = tuple(name for name, _ in nodes)
    legs = tuple(_legs(procedure, frozenset(ids), (*at_foot, *at_head)))
    links = tuple(_links(procedure, placed, ids, legs))
    grid = Grid(lanes, len(band_rows), tuple(node for _, node in nodes), links)
    return PageGrid(grid, ids, legs, head, foot, band_rows)


def _spread(
    pentagons: Iterable[Pentagon], placed: PlacedSymbols, lanes: int, columns: int
) -> list[tuple[int, int]]:
    """Return a (band, column) of its own for each pentagon, in or near its partner's lane."""
    taken: Counter[int] = Counter()
    spots = []
    for near in (_near(placed.by_id[pentagon.partner], columns) for pentagon in pentagons):
        lane = min(range(lanes), key=lambda i: (taken[i], abs(i - near), i))
        spots.append((taken[lane], lane))
        taken[lane] += 1
    return spots


def _near(place: Place, columns: int) -> int:
    """Return the middle column of a symbol's first lane, or its own in a cell that it shares.

    A decision is left and entered in its middle, however wide it is.
    """
    if place.symbol.kind is Kind.DECISION:
        return (place.first + place.last) // 2
    return min(place.last, place.first + (columns - 1) // 2)


def _bands(spots: Iterable[tuple[int, int]]) -> int:
    """Return how many bands a strip has."""
    return 1 + max((band for band, _ in spots), default=-1)


def _symbol_nodes(placed: PlacedSymbols, band_rows: Sequence[int]) -> Iterator[tuple[str, Node]]:
    """Yield the symbols of the page's rows."""
    first_band: dict[int, int] = {}
    for band, row in enumerate(band_rows):
        first_band.setdefault(row, band)
    for place in placed.places:
        if place.row in first_band:
            band = first_band[place.row] + place.band
            is_pointed = place.symbol.kind is Kind.DECISION
            yield place.symbol.id, Node(band, place.first, place.last, is_pointed)


def _pentagon_nodes(
    pentagons: Iterable[Pentagon], spots: Iterable[tuple[int, int]], start: int
) -> Iterator[tuple[str, Node]]:
    """Yield the pentagons of the strip that begins at a band."""
    for pentagon, (band, lane) in zip(pentagons, spots, strict=True):
        yield pentagon.id, Node(start + band, lane, lane)


def _legs(
    procedure: Procedure, ids: frozenset[str], pentagons: Iterable[Pentagon]
) -> Iterator[Leg]:
    """Yield the flows inside the page, then those to and from its pentagons.

    Several flows that come in by one pentagon are one line; each is listed.
    """
    for index, flow in enumerate(procedure.flows):
        if flow.source in ids and flow.target in ids:
            yield Leg(index, flow.source, flow.target, flow.label)
    for pentagon in pentagons:
        for index in pentagon.flows:
            flow = procedure.flows[index]
            if pentagon.is_out:
                yield Leg(index, flow.source, pentagon.id, flow.label)
            else:
                yield Leg(index, pentagon.id, flow.target, "")


def _links(
    procedure: Procedure, placed: PlacedSymbols, ids: Sequence[str], legs: Sequence[Leg]
) -> Iterator[Link]:
    """Yield the legs as links between nodes."""
    at = {name: index for index, name in enumerate(ids)}
    blunt = _blunt_exits(placed, legs)
    for leg, name in zip(legs, _exit_names(placed, legs), strict=True):
        side = Side.BOTTOM if leg.source in blunt else None
        yield _link(procedure.flows[leg.flow], leg, name, at, side)


def _exit_names(placed: PlacedSymbols, legs: Sequence[Leg]) -> Iterator[str]:
    """Yield the exit that each leg leaves by: its label tells, where it has one.

    Without labels, a decision's are an exit each, as long as each can have a side of its own.
    """
    exits: dict[str, set[str]] = defaultdict(set)
    for leg in legs:
        exits[leg.source].add(leg.label or _unnamed(leg))
    for leg in legs:
        place = placed.by_id.get(leg.source)
        is_decision = place is not None and place.symbol.kind is Kind.DECISION
        is_told_apart = is_decision and len(exits[leg.source]) <= len(EXITS)
        yield leg.label or (_unnamed(leg) if is_told_apart else "")


def _unnamed(leg: Leg) -> str:
    """Return a name that no label has; one for all that go to the same symbol."""
    return f"\0{leg.target}"


def _blunt_exits(placed: PlacedSymbols, legs: Sequence[Leg]) -> set[str]:
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


def _link(flow: Flow, leg: Leg, name: str, at: dict[str, int], side: Side | None) -> Link:
    """Return a leg as a link of that exit, leaving at `side` if any, unless the user fixed another.

    A side that the user fixed holds at the flow's own symbol only.
    """
    leaves, arrives = leg.source == flow.source, leg.target == flow.target
    return Link(
        at[leg.source],
        at[leg.target],
        name,
        (flow.exit if leaves else None) or side,
        flow.entry if arrives else None,
    )
