"""Edits of the flows: the order of the symbols, its labels, and the sides a user has fixed.

A flow is named by its index in `Procedure.flows`. What would join a symbol to itself, repeat a flow
or name something that is not there changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.reading import symbols_by_id
from sopdesk.document.values import Flow, Line, Procedure, Side, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def connect(
    procedure: Procedure, source_id: str, target_id: str, label: str = "", line: Line = Line.ARROW
) -> Procedure:
    """Return the procedure with a flow from one symbol to another added last."""
    return with_flows(procedure, (*procedure.flows, Flow(source_id, target_id, label, line)))


def disconnect(procedure: Procedure, flow_index: int) -> Procedure:
    """Return the procedure without this flow."""
    if not _has(procedure, flow_index):
        return procedure
    flows = procedure.flows
    return replace(procedure, flows=flows[:flow_index] + flows[flow_index + 1 :])


def reconnect(
    procedure: Procedure, flow_index: int, source: str | None = None, target: str | None = None
) -> Procedure:
    """Lead a flow from or to another symbol; the side fixed at an end that moved is free again."""
    if not _has(procedure, flow_index):
        return procedure
    flow = procedure.flows[flow_index]
    led = flow
    if source is not None and source != flow.source:
        led = replace(led, source=source, exit=None)
    if target is not None and target != flow.target:
        led = replace(led, target=target, entry=None)
    return _exchange(procedure, flow_index, led)


def set_label(procedure: Procedure, flow_index: int, label: str) -> Procedure:
    """Word a flow's label; empty removes it."""
    if not _has(procedure, flow_index):
        return procedure
    return _exchange(procedure, flow_index, replace(procedure.flows[flow_index], label=label))


def set_line(procedure: Procedure, flow_index: int, line: Line) -> Procedure:
    """Make a flow an arrow, or a plain line for two who work together."""
    if not _has(procedure, flow_index):
        return procedure
    return _exchange(procedure, flow_index, replace(procedure.flows[flow_index], line=line))


def set_sides(
    procedure: Procedure,
    flow_index: int,
    exit: Side | None,  # noqa: A002 - the field's own name
    entry: Side | None,
) -> Procedure:
    """Fix where a flow leaves and enters; None, or a side that is not allowed, sets it free."""
    if not _has(procedure, flow_index):
        return procedure
    led = replace(
        procedure.flows[flow_index],
        exit=None if exit is Side.TOP else exit,
        entry=None if entry is Side.BOTTOM else entry,
    )
    return _exchange(procedure, flow_index, led)


def with_flows(procedure: Procedure, flows: Iterable[Flow]) -> Procedure:
    """Return the procedure with these flows, the new ones among them only where they are sound.

    A new flow is left out if it repeats another one, joins a symbol to itself or names no symbol.
    Flows that the procedure already had stay as they are.
    """
    flows = tuple(flows)
    known = symbols_by_id(procedure)
    old = {id(flow) for flow in procedure.flows}
    seen = {_key(flow) for flow in flows if id(flow) in old}
    kept = []
    for flow in flows:
        if id(flow) not in old:
            if _key(flow) in seen or not _is_sound(flow, known):
                continue
            seen.add(_key(flow))
        kept.append(flow)
    if list(map(id, kept)) == list(map(id, procedure.flows)):
        return procedure
    return replace(procedure, flows=tuple(kept))


def _key(flow: Flow) -> tuple[str, str, str, Line]:
    return flow.source, flow.target, flow.label, flow.line


def _is_sound(flow: Flow, known: Mapping[str, Symbol]) -> bool:
    return flow.source in known and flow.target in known and flow.source != flow.target


def _has(procedure: Procedure, flow_index: int) -> bool:
    return 0 <= flow_index < len(procedure.flows)


def _exchange(procedure: Procedure, flow_index: int, led: Flow) -> Procedure:
    """Put `led` in the place of a flow, unless it would repeat another or be no flow."""
    flows = procedure.flows
    if led == flows[flow_index]:
        return procedure
    others = flows[:flow_index] + flows[flow_index + 1 :]
    repeats = any(_key(flow) == _key(led) for flow in others)
    if repeats or not _is_sound(led, symbols_by_id(procedure)):
        return procedure
    return replace(procedure, flows=(*flows[:flow_index], led, *flows[flow_index + 1 :]))
