"""Edits of the lanes: actors that come, go, move or are renamed, their symbols following.

A wide symbol whose lanes come apart is parted: each piece keeps its actors, and plain lines join
them, as for people who work together. No actor is lost, and none is claimed who was not there.
"""

from __future__ import annotations

from dataclasses import replace

from sopdesk.document.edits.healing import take_out
from sopdesk.document.ids import new_id
from sopdesk.document.reading import neighbouring
from sopdesk.document.values import Flow, Kind, Lane, Line, Procedure, Symbol


def add_lane(procedure: Procedure, lane: Lane, at: int | None = None) -> Procedure:
    """Return the procedure with a lane before position `at`, or last.

    A lane whose id is taken comes in under a new one.
    """
    lanes = list(procedure.lanes)
    if any(lane.id == other.id for other in lanes):
        lane = replace(lane, id=new_id())
    lanes.insert(len(lanes) if at is None else max(0, min(at, len(lanes))), lane)
    return mend_wide_symbols(replace(procedure, lanes=tuple(lanes)))


def rename_lane(procedure: Procedure, lane_id: str, name: str) -> Procedure:
    """Name an actor otherwise."""
    return _change(procedure, lane_id, name=name)


def set_lane_group(procedure: Procedure, lane_id: str, group: tuple[str, ...]) -> Procedure:
    """Set the headings above a lane, outermost first."""
    return _change(procedure, lane_id, group=group)


def move_lane(procedure: Procedure, lane_id: str, to: int) -> Procedure:
    """Return the procedure with a lane moved to position `to`, counted after the move."""
    lanes = [lane for lane in procedure.lanes if lane.id != lane_id]
    moved = [lane for lane in procedure.lanes if lane.id == lane_id]
    if not moved:
        return procedure
    lanes.insert(max(0, min(to, len(lanes))), moved[0])
    if tuple(lanes) == procedure.lanes:
        return procedure
    return mend_wide_symbols(replace(procedure, lanes=tuple(lanes)))


def remove_lane(procedure: Procedure, lane_id: str) -> Procedure:
    """Return the procedure without a lane: its symbols move to the lane on its left, else right.

    A wide symbol shrinks. With the last lane the symbols go.
    """
    names = [lane.id for lane in procedure.lanes]
    if lane_id not in names:
        return procedure
    place = names.index(lane_id)
    names.remove(lane_id)
    if not names:
        for symbol in procedure.symbols:
            procedure = take_out(procedure, symbol.id)
        return replace(procedure, lanes=())
    heir = names[max(0, place - 1)]
    symbols = tuple(_without(symbol, lane_id, heir) for symbol in procedure.symbols)
    lanes = tuple(lane for lane in procedure.lanes if lane.id != lane_id)
    return replace(procedure, lanes=lanes, symbols=symbols)


def mend_wide_symbols(procedure: Procedure) -> Procedure:
    """Return the procedure with every symbol over neighbouring lanes, left to right.

    The flows stay with the longest piece of a symbol that had to be parted.
    """
    symbols: list[Symbol] = []
    joints: list[Flow] = []
    for symbol in procedure.symbols:
        runs = neighbouring(procedure, symbol.lanes)
        if runs == [symbol.lanes]:
            symbols.append(symbol)
            continue
        main = max(runs, key=len)
        for run in runs:
            if run is main:
                symbols.append(replace(symbol, lanes=run))
            else:
                piece = Symbol(symbol.step, run, Kind.PROCESS, symbol.text)
                symbols.append(piece)
                joints.append(Flow(symbol.id, piece.id, line=Line.PLAIN))
    if tuple(symbols) == procedure.symbols:
        return procedure
    flows = (*procedure.flows, *joints) if joints else procedure.flows
    return replace(procedure, symbols=tuple(symbols), flows=flows)


def _change(procedure: Procedure, lane_id: str, **fields: object) -> Procedure:
    lanes = tuple(
        replace(lane, **fields) if lane.id == lane_id else lane  # type: ignore[arg-type]
        for lane in procedure.lanes
    )
    return procedure if lanes == procedure.lanes else replace(procedure, lanes=lanes)


def _without(symbol: Symbol, lane_id: str, heir: str) -> Symbol:
    if lane_id not in symbol.lanes:
        return symbol
    return replace(symbol, lanes=tuple(x for x in symbol.lanes if x != lane_id) or (heir,))
