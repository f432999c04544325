"""How a flow table opens where a symbol comes: the flow that runs there is led through it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sopdesk.document.edits.flows import with_flows
from sopdesk.document.edits.healing import recast, rehouse
from sopdesk.document.reading import (
    arrows_from,
    arrows_to,
    box_of_capsule,
    in_lane,
    rows_of_symbols,
)
from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol


class Gap(NamedTuple):
    """The symbols of the nearest rows above and below a place between two rows."""

    above: tuple[Symbol, ...]
    below: tuple[Symbol, ...]


class Piece(NamedTuple):
    """What is spliced in: the symbol that the flow enters and the one that it leaves by `label`."""

    head: Symbol
    tail: Symbol
    label: str = ""


def gap_at(procedure: Procedure, first_below: int, last_above: int | None = None) -> Gap:
    """Return the gap above row `first_below`, and below row `last_above` (the one before it)."""
    if last_above is None:
        last_above = first_below - 1
    rows = rows_of_symbols(procedure)
    upper = max((row for row in rows.values() if row <= last_above), default=None)
    lower = min((row for row in rows.values() if row >= first_below), default=None)
    return Gap(
        tuple(symbol for symbol in procedure.symbols if rows[symbol.id] == upper),
        tuple(symbol for symbol in procedure.symbols if rows[symbol.id] == lower),
    )


def splice(procedure: Procedure, gap: Gap, piece: Piece) -> Procedure:
    """Lead the flow through a piece that stands unconnected in a gap between two rows.

    In the middle it takes in the flow that runs over the gap, in its own lane where several do. At
    the top it becomes the start and at the bottom the end, and the old one becomes a process; a
    start or end that is an extra capsule beside its box moves to the piece's row instead. Only a
    process becomes a start or an end.
    """
    start = in_lane((s for s in gap.below if s.kind is Kind.START), piece.head.lanes)
    end = in_lane((s for s in gap.above if s.kind is Kind.END), piece.tail.lanes)
    if not gap.above and start is not None:
        return before_start(procedure, start, piece)
    if not gap.below and end is not None:
        return after_end(procedure, end, piece)
    stood_on = _stood_on(procedure, gap, piece)
    if stood_on:
        return split(procedure, stood_on, piece)
    return _attach(procedure, gap, piece)


def before_start(procedure: Procedure, start: Symbol, piece: Piece) -> Procedure:
    """Lead a piece, which comes first, on to the start; it takes the start's role or capsule."""
    if box_of_capsule(procedure, start) is not None:
        moved = rehouse(procedure, start, piece.head)
        return split(moved, arrows_from(moved, start.id), piece)
    if piece.head.kind is Kind.PROCESS:
        procedure = recast(procedure, piece.head.id, kind=Kind.START)
        is_last = not arrows_from(procedure, start.id)
        procedure = recast(procedure, start.id, kind=Kind.END if is_last else Kind.PROCESS)
    return lead(procedure, piece.tail.id, start.id, piece.label)


def after_end(procedure: Procedure, end: Symbol, piece: Piece) -> Procedure:
    """Lead the end on to a piece, which comes last; it takes the end's role or capsule."""
    if box_of_capsule(procedure, end) is not None:
        moved = rehouse(procedure, end, piece.tail)
        return split(moved, arrows_to(moved, end.id), piece)
    if piece.tail.kind is Kind.PROCESS:
        procedure = recast(procedure, piece.tail.id, kind=Kind.END)
    is_first = not arrows_to(procedure, end.id)
    procedure = recast(procedure, end.id, kind=Kind.START if is_first else Kind.PROCESS)
    return lead(procedure, end.id, piece.head.id)


def _stood_on(procedure: Procedure, gap: Gap, piece: Piece) -> tuple[Flow, ...]:
    """Return the flows that the piece divides: over the gap, else past it, else into the row below.

    A step in the gap belongs to the flow that crosses it there; else it comes after the symbol
    above, wherever that leads; else before the symbol below, wherever one comes from.
    """
    over = over_the_gap(procedure, gap, piece.head.lanes)
    return over or _way_past(procedure, gap, piece) or _ways_into(procedure, gap, piece)


def over_the_gap(procedure: Procedure, gap: Gap, lanes: tuple[str, ...]) -> tuple[Flow, ...]:
    """Return the arrows from the row above to the row below that belong together.

    Where several tracks run side by side, it is the one in these lanes: the arrows that share a
    source or a target with it.
    """
    above = {symbol.id: symbol for symbol in gap.above}
    below = {symbol.id: symbol for symbol in gap.below}
    crossing = [
        flow
        for flow in procedure.flows
        if flow.line is Line.ARROW and flow.source in above and flow.target in below
    ]
    source = in_lane((above[flow.source] for flow in crossing), lanes)
    target = in_lane((below[flow.target] for flow in crossing), lanes)
    if source is None or target is None:
        return ()
    is_by_source = bool(set(lanes) & set(source.lanes)) or not set(lanes) & set(target.lanes)
    track = {source.id if is_by_source else target.id}
    while (
        more := {
            end
            for flow in crossing
            if track & {flow.source, flow.target}
            for end in (flow.source, flow.target)
        }
        - track
    ):
        track |= more
    return tuple(flow for flow in crossing if flow.source in track)


def anchor_in(procedure: Procedure, gap: Gap, lanes: tuple[str, ...] = ()) -> Symbol | None:
    """Return the symbol above that a step in the gap comes after: one that leaves its row."""
    inner = {
        flow.source
        for symbol in gap.above
        for flow in arrows_to(procedure, symbol.id)
        if any(flow.source == other.id for other in gap.above)
    }
    leaving = [s for s in gap.above if s.kind is not Kind.END and s.id not in inner]
    return in_lane(leaving, lanes)


def _way_past(procedure: Procedure, gap: Gap, piece: Piece) -> tuple[Flow, ...]:
    anchor = anchor_in(procedure, gap, piece.head.lanes)
    if anchor is None:
        return ()
    rows = rows_of_symbols(procedure)
    ways = arrows_from(procedure, anchor.id)
    forward = tuple(way for way in ways if rows[way.target] > rows[anchor.id])
    if anchor.kind is Kind.DECISION:
        return forward[:1] if len(ways) > 1 else ()
    return (forward or ways)[:1]


def _ways_into(procedure: Procedure, gap: Gap, piece: Piece) -> tuple[Flow, ...]:
    entered = _entered(gap, piece)
    if entered is None:
        return ()
    rows = rows_of_symbols(procedure)
    ways = arrows_to(procedure, entered.id)
    return tuple(way for way in ways if rows[way.source] < rows[entered.id])


def _entered(gap: Gap, piece: Piece) -> Symbol | None:
    return in_lane((s for s in gap.below if s.kind is not Kind.START), piece.tail.lanes)


def split(procedure: Procedure, chosen: tuple[Flow, ...], piece: Piece) -> Procedure:
    """Lead the chosen flows through the piece; labels and exits stay at their sources."""
    wanted = {id(flow) for flow in chosen}
    flows: list[Flow] = []
    for flow in procedure.flows:
        if id(flow) in wanted:
            flows.append(replace(flow, target=piece.head.id, entry=None))
            flows.append(Flow(piece.tail.id, flow.target, piece.label, entry=flow.entry))
        else:
            flows.append(flow)
    return with_flows(procedure, flows)


def _attach(procedure: Procedure, gap: Gap, piece: Piece) -> Procedure:
    """Join the piece to what stands open above and below, where no flow runs."""
    head, tail = piece.head, piece.tail
    anchor, entered = anchor_in(procedure, gap, head.lanes), _entered(gap, piece)
    if anchor is not None and len(arrows_from(procedure, anchor.id)) <= (
        1 if anchor.kind is Kind.DECISION else 0
    ):
        procedure = lead(procedure, anchor.id, head.id)
    if entered is not None:
        procedure = lead(procedure, tail.id, entered.id, piece.label)
    if not gap.above and head.kind is Kind.PROCESS:
        return recast(procedure, head.id, kind=Kind.START)
    if not gap.below and tail.kind is Kind.PROCESS:
        return recast(procedure, tail.id, kind=Kind.END)
    return procedure


def lead(procedure: Procedure, source: str, target: str, label: str = "") -> Procedure:
    """Return the procedure with one more flow, unless it would repeat one."""
    return with_flows(procedure, (*procedure.flows, Flow(source, target, label)))
