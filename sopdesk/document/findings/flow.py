"""Findings in the flow: a way in and a way out for every symbol, and decisions that decide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.edits import connect, set_kind
from sopdesk.document.edits.splicing import gap_at
from sopdesk.document.findings.finding import Finding, Mend
from sopdesk.document.markup import plain
from sopdesk.document.reading import (
    arrows_from,
    arrows_to,
    has_kind,
    in_lane,
    partners_of,
    rows_of_steps,
    rows_of_symbols,
    symbols_by_id,
)
from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPPOSITES = (
    ("Ya", "Tidak"), ("Y", "T"), ("Ya", "Tdk"), ("Ada", "Tidak ada"), ("Sesuai", "Tidak sesuai"),
    ("Setuju", "Tidak setuju"), ("Lengkap", "Tidak lengkap"),
)  # fmt: skip


def findings_in_flow(procedure: Procedure) -> Iterator[Finding]:
    """Yield the findings in a flow table's symbols and flows."""
    if procedure.symbols:
        yield from _starts_and_ends(procedure)
    reached = _reached(procedure)
    for symbol in procedure.symbols:
        facts = {"lane": _lane(procedure, symbol)}
        if has_kind(procedure, Kind.START) and symbol.id not in reached:
            mend = _mend_way_in(procedure, symbol)
            yield Finding("symbol_unreachable", "error", symbol.step, 0, facts, mend)
        ways = arrows_from(procedure, symbol.id)
        if not ways and symbol.kind is not Kind.END and not _is_led_by_partner(procedure, symbol):
            mend = _mend_way_out(procedure, symbol)
            yield Finding("symbol_without_way_out", "error", symbol.step, 0, facts, mend)
        if symbol.kind is Kind.DECISION and ways:
            yield from _in_decision(procedure, symbol, ways)


def _starts_and_ends(procedure: Procedure) -> Iterator[Finding]:
    if not has_kind(procedure, Kind.START):
        first = _at_the_edge(procedure, last=False)
        mend = _mend_kind(first, Kind.START)
        yield Finding("no_start", "error", first.step, mend=mend)
    if not has_kind(procedure, Kind.END):
        last = _at_the_edge(procedure, last=True)
        is_open = not arrows_from(procedure, last.id)
        mend = _mend_kind(last, Kind.END) if is_open else None
        yield Finding("no_end", "error", last.step, mend=mend)
    for symbol in procedure.symbols:
        if symbol.kind is Kind.START and arrows_to(procedure, symbol.id):
            mend = partial(_with_capsule, symbol_id=symbol.id)
            yield Finding("start_entered", "warning", symbol.step, mend=mend)
        if symbol.kind is Kind.END and arrows_from(procedure, symbol.id):
            mend = partial(set_kind, symbol_id=symbol.id, kind=Kind.PROCESS)
            yield Finding("end_left", "warning", symbol.step, mend=mend)


def _at_the_edge(procedure: Procedure, *, last: bool) -> Symbol:
    rows = rows_of_symbols(procedure)
    order = sorted(procedure.symbols, key=lambda symbol: rows[symbol.id])
    return order[-1] if last else order[0]


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


def _reached(procedure: Procedure) -> set[str]:
    """Return the symbols that can be reached from a start; plain lines lead both ways."""
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for flow in procedure.flows:
        ways[flow.source].append(flow.target)
        if flow.line is Line.PLAIN:
            ways[flow.target].append(flow.source)
    found: set[str] = set()
    left = [symbol.id for symbol in procedure.symbols if symbol.kind is Kind.START]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += ways[name]
    return found


def _is_led_by_partner(procedure: Procedure, symbol: Symbol) -> bool:
    """Tell whether one who works together with this symbol has the way on, or is an end."""
    known = symbols_by_id(procedure)
    seen, left = set[str](), [symbol.id]
    while left:
        name = left.pop()
        seen.add(name)
        if name != symbol.id and (known[name].kind is Kind.END or arrows_from(procedure, name)):
            return True
        left += [other for other in partners_of(procedure, name) if other not in seen]
    return False


def _lane(procedure: Procedure, symbol: Symbol) -> str:
    names = {lane.id: plain(lane.name).strip() for lane in procedure.lanes}
    return " + ".join(names[lane] for lane in symbol.lanes)


# --- mending the way ---------------------------------------------------------------------------


def _mend_way_in(procedure: Procedure, symbol: Symbol) -> Mend | None:
    """Lead the row above here, where it leads nowhere yet."""
    row = rows_of_steps(procedure)[symbol.step]
    above = gap_at(procedure, row).above
    source = in_lane((s for s in above if s.kind is not Kind.END), symbol.lanes)
    if source is None or arrows_from(procedure, source.id):
        return None
    return partial(connect, source_id=source.id, target_id=symbol.id)


def _mend_way_out(procedure: Procedure, symbol: Symbol) -> Mend | None:
    """Lead on to the row below; the last symbol becomes the end."""
    row = rows_of_steps(procedure)[symbol.step]
    below = gap_at(procedure, row + 1).below
    if not below:
        return _mend_kind(symbol, Kind.END)
    target = in_lane((s for s in below if s.kind is not Kind.START), symbol.lanes)
    if target is None:
        return None
    return partial(connect, source_id=symbol.id, target_id=target.id)


# --- decisions ---------------------------------------------------------------------------------


def _in_decision(procedure: Procedure, symbol: Symbol, ways: tuple[Flow, ...]) -> Iterator[Finding]:
    labels = [plain(way.label).strip() for way in ways]
    if len(ways) == 1:
        missing = _opposite(labels[0]) or "Tidak"
        mend = _mend_second_exit(procedure, symbol, ways[0], missing)
        facts = {"label": missing}
        yield Finding("decision_one_exit", "error", symbol.step, 0, facts, mend)
    if not all(labels):
        is_clear = len(ways) == 2
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


def _mend_second_exit(procedure: Procedure, symbol: Symbol, way: Flow, label: str) -> Mend | None:
    """Lead the missing exit to the row below, or back to the row above where that one is taken."""
    row = rows_of_steps(procedure)[symbol.step]
    gap = gap_at(procedure, row + 1, row - 1)
    for near in (gap.below, gap.above):
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
