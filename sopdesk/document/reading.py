"""What can be read off a procedure: rows, cells, and who comes before and after whom.

A row is the index of a step, from 0. Nothing here is remembered; callers that ask often ask once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable


def rows_of_steps(procedure: Procedure) -> dict[str, int]:
    """Return the row of each step by its id."""
    return {step.id: row for row, step in enumerate(procedure.steps)}


def rows_of_symbols(procedure: Procedure) -> dict[str, int]:
    """Return the row of each symbol by its id."""
    rows = rows_of_steps(procedure)
    return {symbol.id: rows[symbol.step] for symbol in procedure.symbols}


def symbols_by_id(procedure: Procedure) -> dict[str, Symbol]:
    """Return the symbols by their ids, in the procedure's order."""
    return {symbol.id: symbol for symbol in procedure.symbols}


def symbols_of(procedure: Procedure, step_id: str) -> tuple[Symbol, ...]:
    """Return the symbols in a step's row, in the procedure's order."""
    return tuple(symbol for symbol in procedure.symbols if symbol.step == step_id)


def arrows_from(procedure: Procedure, symbol_id: str) -> tuple[Flow, ...]:
    """Return the arrows that leave a symbol; plain lines have no direction and do not count."""
    return tuple(
        flow for flow in procedure.flows if flow.source == symbol_id and flow.line is Line.ARROW
    )


def arrows_to(procedure: Procedure, symbol_id: str) -> tuple[Flow, ...]:
    """Return the arrows that enter a symbol; plain lines do not count."""
    return tuple(
        flow for flow in procedure.flows if flow.target == symbol_id and flow.line is Line.ARROW
    )


def partners_of(procedure: Procedure, symbol_id: str) -> tuple[str, ...]:
    """Return the ids of the symbols that a plain line joins to this one."""
    ends = [(flow.source, flow.target) for flow in procedure.flows if flow.line is Line.PLAIN]
    found = [target for source, target in ends if source == symbol_id]
    found += [source for source, target in ends if target == symbol_id]
    return tuple(dict.fromkeys(name for name in found if name != symbol_id))


def has_kind(procedure: Procedure, kind: Kind) -> bool:
    """Tell whether any symbol is of this kind."""
    return any(symbol.kind is kind for symbol in procedure.symbols)


def box_of_capsule(procedure: Procedure, capsule: Symbol) -> Symbol | None:
    """Return the symbol that a start or end capsule of the same row only opens or closes.

    None where the capsule stands for its step itself.
    """
    if capsule.kind is Kind.START:
        others = [flow.target for flow in arrows_from(procedure, capsule.id)]
    elif capsule.kind is Kind.END:
        others = [flow.source for flow in arrows_to(procedure, capsule.id)]
    else:
        return None
    known = symbols_by_id(procedure)
    row = [known[name] for name in others if known[name].step == capsule.step]
    return row[0] if row and row[0].id != capsule.id else None


def in_lane(symbols: Iterable[Symbol], lanes: Iterable[str]) -> Symbol | None:
    """Return the first symbol that stands in one of the lanes, else the first, else None."""
    symbols, wanted = tuple(symbols), set(lanes)
    for symbol in symbols:
        if wanted.intersection(symbol.lanes):
            return symbol
    return symbols[0] if symbols else None


def neighbouring(procedure: Procedure, lanes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the known lanes among these, in the procedure's order, as runs of neighbours."""
    runs: list[tuple[str, ...]] = []
    last = -2
    for place, lane in enumerate(procedure.lanes):
        if lane.id not in lanes:
            continue
        if place == last + 1:
            runs[-1] = (*runs[-1], lane.id)
        else:
            runs.append((lane.id,))
        last = place
    return runs
