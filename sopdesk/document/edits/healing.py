"""How a flow table closes where a symbol goes: its neighbours are joined, its role passes on."""

from __future__ import annotations

from dataclasses import replace

from sopdesk.document.edits.flows import with_flows
from sopdesk.document.reading import (
    arrows_from,
    arrows_to,
    has_kind,
    partners_of,
    rows_of_symbols,
    symbols_by_id,
)
from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol


def recast(procedure: Procedure, symbol_id: str, **changes: object) -> Procedure:
    """Return the procedure with fields of one symbol changed."""
    symbols = tuple(
        replace(symbol, **changes) if symbol.id == symbol_id else symbol  # type: ignore[arg-type]
        for symbol in procedure.symbols
    )
    return procedure if symbols == procedure.symbols else replace(procedure, symbols=symbols)


def take_out(procedure: Procedure, symbol_id: str) -> Procedure:
    """Return the procedure without this symbol, its neighbours joined.

    Every flow into it goes on to where it led, with its own label. Of a decision's ways only the
    main one and those that nothing else leads to are joined. One who works together with it by a
    plain line and has no arrow takes its place in the flow. Start and end pass to the neighbour.
    """
    symbol = symbols_by_id(procedure)[symbol_id]
    heir = _heir(procedure, symbol)
    rest = tuple(other for other in procedure.symbols if other is not symbol)
    if heir is not None:
        led = [_renamed(flow, symbol_id, heir) for flow in procedure.flows]
        return with_flows(replace(procedure, symbols=rest), led)
    ways = _ways_on(procedure, symbol)
    joined: list[Flow] = []
    for flow in procedure.flows:
        if flow.target == symbol_id and flow.line is Line.ARROW:
            joined += [_joined(flow, way, symbol) for way in ways]
        elif symbol_id not in (flow.source, flow.target):
            joined.append(flow)
    shorter = with_flows(replace(procedure, symbols=rest), joined)
    return _pass_on_end(procedure, _pass_on_start(procedure, shorter, symbol), symbol)


def _heir(procedure: Procedure, symbol: Symbol) -> str | None:
    for name in partners_of(procedure, symbol.id):
        if not arrows_from(procedure, name) and not arrows_to(procedure, name):
            return name
    return None


def _renamed(flow: Flow, old: str, new: str) -> Flow:
    if old not in (flow.source, flow.target):
        return flow
    return replace(
        flow,
        source=new if flow.source == old else flow.source,
        target=new if flow.target == old else flow.target,
    )


def _ways_on(procedure: Procedure, symbol: Symbol) -> tuple[Flow, ...]:
    ways = tuple(way for way in arrows_from(procedure, symbol.id) if way.target != symbol.id)
    if symbol.kind is not Kind.DECISION or len(ways) < 2:
        return ways
    rows = rows_of_symbols(procedure)
    here = rows[symbol.id]
    main = min(ways, key=lambda way: (rows[way.target] < here, abs(rows[way.target] - here)))
    return tuple(
        way
        for way in ways
        if way is main or all(flow.source == symbol.id for flow in arrows_to(procedure, way.target))
    )


def _joined(flow: Flow, way: Flow, symbol: Symbol) -> Flow:
    onward = "" if symbol.kind is Kind.DECISION else way.label
    return replace(flow, target=way.target, label=flow.label or onward, entry=way.entry)


def _pass_on_start(before: Procedure, after: Procedure, gone: Symbol) -> Procedure:
    if gone.kind is not Kind.START:
        return after
    is_last_start = not has_kind(after, Kind.START)
    known = symbols_by_id(after)
    for way in arrows_from(before, gone.id):
        heir = known.get(way.target)
        if heir is None or heir.kind is not Kind.PROCESS:
            continue
        if is_last_start or not arrows_to(after, heir.id):
            after = recast(after, heir.id, kind=Kind.START)
            is_last_start = False
    return after


def _pass_on_end(before: Procedure, after: Procedure, gone: Symbol) -> Procedure:
    if gone.kind is not Kind.END:
        return after
    known = symbols_by_id(after)
    for flow in arrows_to(before, gone.id):
        heir = known.get(flow.source)
        if heir and heir.kind is Kind.PROCESS and not arrows_from(after, heir.id):
            after = recast(after, heir.id, kind=Kind.END)
    return after


def rehouse(procedure: Procedure, capsule: Symbol, box: Symbol) -> Procedure:
    """Move a capsule to the row and lane of another box: a start above it, an end below it."""
    moved = replace(capsule, step=box.step, lanes=box.lanes)
    symbols = [symbol for symbol in procedure.symbols if symbol is not capsule]
    place = [symbol.id for symbol in symbols].index(box.id)
    symbols.insert(place if capsule.kind is Kind.START else place + 1, moved)
    return replace(procedure, symbols=tuple(symbols))
