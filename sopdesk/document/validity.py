"""How the parts of an SOP must fit together, whoever put them together: an edit or a file.

A value that breaks these rules cannot be drawn: an exchange file that does is refused, an office
file damaged. A legal value may still be a poor SOP, which `findings` tells. What a single field may
hold is not told here, but by its type and, for what comes from outside, by `form`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.merged_cells import SPANNING
from sopdesk.document.values import ENTRIES, EXITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sopdesk.document.values import Flow, Procedure, Side, Sop, Step, Symbol


class Fault(NamedTuple):
    """A broken rule: where (`procedures[0].flows[2].to`, as in the exchange file), which, and what.

    The catalogue words a rule and its facts as `fault.exchange_<rule>`.
    """

    path: str
    rule: str
    facts: Mapping[str, object]


def faults(sop: Sop) -> tuple[Fault, ...]:
    """Return every broken rule, in the order of the value; none for a valid SOP."""
    found = [] if sop.procedures else [Fault("procedures", "missing", {})]
    for index, procedure in enumerate(sop.procedures):
        found += faults_of_procedure(procedure, f"procedures[{index}].")
    return tuple(found)


def faults_of_procedure(procedure: Procedure, path: str = "") -> Iterator[Fault]:
    """Yield the broken rules of one flow table; `path` goes before theirs."""
    for name in ("lanes", "steps", "symbols"):
        ids = [one.id for one in getattr(procedure, name)]
        yield from _repeated(ids, f"{path}{name}", ".id")
    yield from _in_spans(procedure.steps, f"{path}steps")
    steps = {step.id for step in procedure.steps}
    places = {lane.id: place for place, lane in enumerate(procedure.lanes)}
    for index, symbol in enumerate(procedure.symbols):
        yield from _in_symbol(symbol, steps, places, f"{path}symbols[{index}]")
    symbols = {symbol.id for symbol in procedure.symbols}
    for index, flow in enumerate(procedure.flows):
        yield from _in_flow(flow, symbols, f"{path}flows[{index}]")


def _repeated(names: Iterable[str], path: str, key: str = "") -> Iterator[Fault]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Fault(f"{path}[{index}]{key}", "duplicate", {"value": name})
        seen.add(name)


def _in_spans(steps: Sequence[Step], path: str) -> Iterator[Fault]:
    for row, step in enumerate(steps):
        left = len(steps) - row
        for cell in SPANNING:
            rows = getattr(step.spans, cell)
            if rows < 1:
                yield Fault(f"{path}[{row}].spans.{cell}", "out_of_range", {"low": 1, "high": left})
            if rows > left:
                yield Fault(f"{path}[{row}].spans.{cell}", "span_beyond", {"rows": left})


def _in_symbol(
    symbol: Symbol, steps: Collection[str], places: Mapping[str, int], path: str
) -> Iterator[Fault]:
    """Yield what is wrong with a symbol; its lanes are neighbours, from left to right."""
    if symbol.step not in steps:
        yield Fault(f"{path}.step", "no_step", {"value": symbol.step})
    if not symbol.lanes:
        yield Fault(f"{path}.lanes", "missing", {})
        return
    astray = [
        Fault(f"{path}.lanes[{index}]", "no_lane", {"value": name})
        for index, name in enumerate(symbol.lanes)
        if name not in places
    ]
    astray += _repeated(symbol.lanes, f"{path}.lanes")
    yield from astray
    if not astray:
        first = places[symbol.lanes[0]]
        if [places[name] - first for name in symbol.lanes] != list(range(len(symbol.lanes))):
            yield Fault(f"{path}.lanes", "lanes_apart", {})


def _in_flow(flow: Flow, symbols: Collection[str], path: str) -> Iterator[Fault]:
    for key, end in (("from", flow.source), ("to", flow.target)):
        if end not in symbols:
            yield Fault(f"{path}.{key}", "no_symbol", {"value": end})
    yield from _in_side(flow.exit, EXITS, f"{path}.exit")
    yield from _in_side(flow.entry, ENTRIES, f"{path}.entry")


def _in_side(side: Side | None, sides: Collection[Side], path: str) -> Iterator[Fault]:
    if side is not None and side not in sides:
        yield Fault(path, "unknown_word", {"value": side, "words": ", ".join(sides)})
