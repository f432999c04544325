"""Findings in the flow: a way in and a way out for every symbol, and decisions that decide."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.edits import connect, set_kind
from sopdesk.document.findings.finding import Finding, Mend
from sopdesk.document.findings.ways import Ways
from sopdesk.document.markup import plain
from sopdesk.document.reading import (
    arrows_from,
    has_kind,
    in_lane,
    rows_of_symbols,
    symbols_by_id,
)
from sopdesk.document.values import Flow, Kind, Procedure, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPPOSITES = (
    ("Ya", "Tidak"), ("Y", "T"), ("Ya", "Tdk"), ("Ada", "Tidak ada"), ("Sesuai", "Tidak sesuai"),
    ("Setuju", "Tidak setuju"), ("Lengkap", "Tidak lengkap"),
)  # fmt: skip


def findings_in_flow(procedure: Procedure) -> Iterator[Finding]:
    """Yield the findings in a flow table's symbols and flows."""
    ways = Ways(procedure)
    if procedure.symbols:
        yield from _starts_and_ends(procedure, ways)
    has_start = has_kind(procedure, Kind.START)
    for symbol in procedure.symbols:
        facts = {"lane": ways.lane(symbol)}
        if has_start and symbol.id not in ways.reached:
            mend = _mend_way_in(symbol, ways)
            yield Finding("symbol_unreachable", "error", symbol.step, 0, facts, mend)
        exits = ways.arrows_from(symbol)
        is_last = symbol.kind is Kind.END or symbol.id in ways.led_by_partner
        if not exits and not is_last:
            mend = _mend_way_out(symbol, ways)
            yield Finding("symbol_without_way_out", "error", symbol.step, 0, facts, mend)
        if symbol.kind is Kind.DECISION and exits:
            yield from _in_decision(symbol, exits, ways)


def _starts_and_ends(procedure: Procedure, ways: Ways) -> Iterator[Finding]:
    if not has_kind(procedure, Kind.START):
        first = ways.first()
        mend = _mend_kind(first, Kind.START)
        yield Finding("no_start", "error", first.step, mend=mend)
    if not has_kind(procedure, Kind.END):
        last = ways.last()
        mend = _mend_kind(last, Kind.END) if not ways.arrows_from(last) else None
        yield Finding("no_end", "error", last.step, mend=mend)
    for symbol in procedure.symbols:
        if symbol.kind is Kind.START and ways.is_entered(symbol):
            mend = partial(_with_capsule, symbol_id=symbol.id)
            yield Finding("start_entered", "warning", symbol.step, mend=mend)
        if symbol.kind is Kind.END and ways.arrows_from(symbol):
            mend = partial(set_kind, symbol_id=symbol.id, kind=Kind.PROCESS)
            yield Finding("end_left", "warning", symbol.step, mend=mend)


def _mend_kind(symbol: Symbol, kind: Kind) -> Mend | None:
    if symbol.kind is not Kind.PROCESS:
        return None
    return partial(set_kind, symbol_id=symbol.id, kind=kind)


def _with_capsule(procedure: Procedure, symbol_id: str) -> Procedure:
    """Make a start that is returned to a process, with a start of its own above it."""
    symbol = symbols_by_id(procedure).get(symbol_id)
    if symbol is None or symbol.kind is not Kind.START:
        return procedure
    capsule = Symbol(symbol.step, symbol.lanes, Kind.START)
    place = procedure.symbols.index(symbol)
    box = replace(symbol, kind=Kind.PROCESS)
    symbols = (*procedure.symbols[:place], capsule, box, *procedure.symbols[place + 1 :])
    return connect(replace(procedure, symbols=symbols), capsule.id, symbol_id)


# --- mending the way ---------------------------------------------------------------------------


def _mend_way_in(symbol: Symbol, ways: Ways) -> Mend | None:
    """Lead the row above here, where it leads nowhere yet."""
    source = in_lane((s for s in ways.above(symbol) if s.kind is not Kind.END), symbol.lanes)
    if source is None or ways.arrows_from(source):
        return None
    return partial(connect, source_id=source.id, target_id=symbol.id)


def _mend_way_out(symbol: Symbol, ways: Ways) -> Mend | None:
    """Lead on to the row below; the last symbol becomes the end."""
    below = ways.below(symbol)
    if not below:
        return _mend_kind(symbol, Kind.END)
    target = in_lane((s for s in below if s.kind is not Kind.START), symbol.lanes)
    if target is None:
        return None
    return partial(connect, source_id=symbol.id, target_id=target.id)


# --- decisions ---------------------------------------------------------------------------------


def _in_decision(symbol: Symbol, exits: list[Flow], ways: Ways) -> Iterator[Finding]:
    labels = [plain(way.label).strip() for way in exits]
    if len(exits) == 1:
        missing = _opposite(labels[0]) or "Tidak"
        mend = _mend_second_exit(symbol, exits[0], missing, ways)
        facts = {"label": missing}
        yield Finding("decision_one_exit", "error", symbol.step, 0, facts, mend)
    if not all(labels):
        is_clear = len(exits) == 2
        mend = partial(_labelled, symbol_id=symbol.id) if is_clear else None
        yield Finding("decision_unlabelled", "error", symbol.step, mend=mend)
    known = [label.casefold() for label in labels if label]
    for label in dict.fromkeys(label for label in labels if known.count(label.casefold()) > 1):
        facts = {"label": label}
        yield Finding("decision_labels_equal", "warning", symbol.step, facts=facts)


def _opposite(label: str) -> str | None:
    """Return the other label of a usual pair, written like this one."""
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if label.casefold() == one.casefold():
                return other if label[:1].isupper() else other[:1].lower() + other[1:]
    return None


def _mend_second_exit(symbol: Symbol, way: Flow, label: str, ways: Ways) -> Mend | None:
    """Lead the missing exit to the row below, or back to the row above where that one is taken."""
    for near in (ways.below(symbol), ways.above(symbol)):
        target = in_lane((s for s in near if s.kind is not Kind.START), symbol.lanes)
        if target is not None and target.id != way.target:
            return partial(connect, source_id=symbol.id, target_id=target.id, label=label)
    return None


def _labelled(procedure: Procedure, symbol_id: str) -> Procedure:
    """Label a decision's two exits: the opposite of the one, else Ya on the way down."""
    ways = arrows_from(procedure, symbol_id)
    if len(ways) != 2:
        return procedure
    rows = rows_of_symbols(procedure)
    first, second = sorted(ways, key=lambda way: rows[way.target] <= rows[symbol_id])
    yes = first.label or _opposite(second.label) or "Ya"
    no = second.label or _opposite(yes) or "Tidak"
    words = {id(first): yes, id(second): no}
    flows = tuple(
        replace(flow, label=words[id(flow)])
        if id(flow) in words and flow.label != words[id(flow)]
        else flow
        for flow in procedure.flows
    )
    return replace(procedure, flows=flows)
