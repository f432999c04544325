"""Edits of single symbols: their place, kind and text."""

from __future__ import annotations

from sopdesk.document.edits.healing import recast, take_out
from sopdesk.document.edits.lanes import mend_wide_symbols
from sopdesk.document.edits.splicing import Piece, gap_at, splice, split
from sopdesk.document.edits.steps import place_symbols
from sopdesk.document.reading import rows_of_steps, symbols_by_id, symbols_of
from sopdesk.document.values import Kind, Procedure, Symbol


def add_symbol(
    procedure: Procedure,
    step_id: str,
    lanes: tuple[str, ...],
    kind: Kind | None = None,
    text: str = "",
) -> Procedure:
    """Return the procedure with a symbol in a step's row, over lanes.

    The first symbol of a row is led into the flow as an inserted step's; a further one, a start or
    an end stands by itself until it is connected. Without `kind` it is a process, or the start or
    end where it is the first or last. Nothing changes when the step or the lanes are not there.
    """
    row = rows_of_steps(procedure).get(step_id)
    known = {lane.id for lane in procedure.lanes}
    lanes = tuple(lane for lane in lanes if lane in known)
    if row is None or not lanes:
        return procedure
    is_first = not symbols_of(procedure, step_id)
    gap = gap_at(procedure, row + 1, row - 1)
    symbol = Symbol(step_id, lanes, kind or Kind.PROCESS, text)
    grown = place_symbols(procedure, (symbol,))
    if is_first and kind not in (Kind.START, Kind.END):
        grown = splice(grown, gap, Piece(symbol, symbol))
    if kind is not None:
        grown = recast(grown, symbol.id, kind=kind)
    return mend_wide_symbols(grown)


def add_on_flow(
    procedure: Procedure,
    flow_index: int,
    step_id: str,
    lanes: tuple[str, ...],
    kind: Kind = Kind.PROCESS,
) -> Procedure:
    """Return the procedure with a symbol in a step's row, over lanes, that a flow is led through.

    The flow's label stays at its source. Nothing changes when the flow, the step or the lanes are
    not there.
    """
    known = {lane.id for lane in procedure.lanes}
    lanes = tuple(lane for lane in lanes if lane in known)
    is_there = step_id in rows_of_steps(procedure) and 0 <= flow_index < len(procedure.flows)
    if not is_there or not lanes:
        return procedure
    symbol = Symbol(step_id, lanes, kind)
    grown = place_symbols(procedure, (symbol,))
    led = split(grown, (grown.flows[flow_index],), Piece(symbol, symbol))
    return mend_wide_symbols(led)


def remove_symbol(procedure: Procedure, symbol_id: str) -> Procedure:
    """Return the procedure without a symbol, its neighbours joined; see `healing.take_out`."""
    return take_out(procedure, symbol_id) if symbol_id in symbols_by_id(procedure) else procedure


def move_symbol(
    procedure: Procedure, symbol_id: str, lanes: tuple[str, ...], step_id: str | None = None
) -> Procedure:
    """Put a symbol over other lanes, or in another step's row; its flows follow.

    Lanes that are not there are left out, and with no lane left, or no such step, nothing changes.
    """
    symbol = symbols_by_id(procedure).get(symbol_id)
    step_id = step_id or (symbol.step if symbol else "")
    known = {lane.id for lane in procedure.lanes}
    lanes = tuple(lane for lane in lanes if lane in known)
    if symbol is None or not lanes or step_id not in rows_of_steps(procedure):
        return procedure
    if (symbol.step, symbol.lanes) == (step_id, lanes):
        return procedure
    moved = recast(procedure, symbol_id, lanes=lanes, step=step_id)
    return mend_wide_symbols(moved)


def set_kind(procedure: Procedure, symbol_id: str, kind: Kind) -> Procedure:
    """Make a symbol a start, process, decision or end; its flows stay."""
    return recast(procedure, symbol_id, kind=kind)


def set_symbol_text(procedure: Procedure, symbol_id: str, text: str) -> Procedure:
    """Write a short text into a symbol; empty removes it."""
    return recast(procedure, symbol_id, text=text)
