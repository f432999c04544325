"""Moving a step to another row, and what the flow does about it.

An arrow without a label from one row to the next is automatic: it says no more than the order of
the rows, and follows it. Labelled arrows, and those that jump or go back, keep their symbols
wherever these stand. A step that only automatic arrows tie to its neighbours is therefore lifted
out of the flow and let in again where it lands; where that would break a labelled arrow or leave a
symbol without its way in, only the row moves and every arrow keeps its symbols.
"""

from __future__ import annotations

from dataclasses import replace

from sopdesk.document.edits.flows import with_flows
from sopdesk.document.edits.healing import recast, rehouse
from sopdesk.document.edits.splicing import (
    Gap,
    Piece,
    after_end,
    before_start,
    gap_at,
    lead,
    over_the_gap,
    split,
)
from sopdesk.document.merged_cells import regroup
from sopdesk.document.reading import (
    arrows_from,
    box_of_capsule,
    rows_of_steps,
    symbols_by_id,
    symbols_of,
)
from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol


def move_step(procedure: Procedure, step_id: str, to: int) -> Procedure:
    """Return the procedure with a step moved to row `to`, counted after the move."""
    rows = rows_of_steps(procedure)
    if step_id not in rows:
        return procedure
    row = rows[step_id]
    to = max(0, min(to, len(rows) - 1))
    if row == to:
        return procedure
    steps = list(procedure.steps)
    steps.insert(to, steps.pop(row))
    order = regroup(procedure.steps, steps, leaver=step_id)
    moved = replace(procedure, steps=order)
    if gap_at(procedure, row + 1, row - 1) == gap_at(moved, to + 1, to - 1):
        return moved
    lifted = _lift(procedure, step_id, gap_at(procedure, row + 1, row - 1))
    if lifted is None:
        return moved
    loose, piece = lifted
    loose = replace(loose, steps=order)
    return _let_in(loose, gap_at(loose, to + 1, to - 1), piece) or moved


def is_automatic(flow: Flow) -> bool:
    """Tell whether a flow between neighbouring rows says no more than their order."""
    return flow.line is Line.ARROW and not flow.label


def _lift(procedure: Procedure, step_id: str, gap: Gap) -> tuple[Procedure, Piece] | None:
    """Return the procedure with the step's symbols cut off and their neighbours joined.

    None where they cannot be cut off cleanly.
    """
    own = {symbol.id for symbol in symbols_of(procedure, step_id)}
    above = {symbol.id for symbol in gap.above}
    below = {symbol.id for symbol in gap.below}
    automatic = [flow for flow in procedure.flows if is_automatic(flow)]
    entering = [flow for flow in automatic if flow.source in above and flow.target in own]
    leaving = [flow for flow in automatic if flow.source in own and flow.target in below]
    if entering and leaving:
        return _lift_from_the_middle(procedure, entering, leaving)
    if len(entering) + len(leaving) != 1:
        return None
    if leaving:
        return _lift_from_an_end(procedure, leaving[0], leaving[0].source, leaving[0].target)
    return _lift_from_an_end(procedure, entering[0], entering[0].target, entering[0].source)


def _lift_from_the_middle(
    procedure: Procedure, entering: list[Flow], leaving: list[Flow]
) -> tuple[Procedure, Piece] | None:
    heads = {flow.target for flow in entering}
    tails = {flow.source for flow in leaving}
    known = symbols_by_id(procedure)
    if len(heads) > 1 or len(tails) > 1:
        return None
    head, tail = known[heads.pop()], known[tails.pop()]
    if {head.kind, tail.kind} & {Kind.START, Kind.END}:
        return None
    joined: list[Flow] = []
    for flow in procedure.flows:
        if any(flow is one for one in entering):
            joined += [replace(flow, target=way.target, entry=way.entry) for way in leaving]
        elif not any(flow is one for one in leaving):
            joined.append(flow)
    return with_flows(procedure, joined), Piece(head, tail)


def _lift_from_an_end(
    procedure: Procedure, tie: Flow, own_id: str, heir_id: str
) -> tuple[Procedure, Piece] | None:
    """Cut off the first or last step, which one flow ties to `heir_id`; its role stays behind."""
    known = symbols_by_id(procedure)
    own, heir = known[own_id], known[heir_id]
    role = Kind.START if tie.source == own_id else Kind.END
    loose = replace(procedure, flows=tuple(flow for flow in procedure.flows if flow is not tie))
    capsule = _capsule_of(procedure, own, role)
    if capsule is not None and heir.kind is not role:
        return _leave_capsule(loose, capsule, own, heir), Piece(own, own)
    is_the_only_other = len(known) == 2
    if own.kind is not role or not (heir.kind is Kind.PROCESS or is_the_only_other):
        return None
    if role is Kind.END and arrows_from(loose, heir_id):
        return None
    bare = replace(own, kind=Kind.PROCESS)
    loose = recast(recast(loose, own_id, kind=Kind.PROCESS), heir_id, kind=role)
    return loose, Piece(bare, bare)


def _capsule_of(procedure: Procedure, box: Symbol, role: Kind) -> Symbol | None:
    for symbol in symbols_of(procedure, box.step):
        if symbol.kind is role and box_of_capsule(procedure, symbol) == box:
            return symbol
    return None


def _leave_capsule(procedure: Procedure, capsule: Symbol, box: Symbol, heir: Symbol) -> Procedure:
    led = []
    for flow in procedure.flows:
        if (flow.source, flow.target) == (capsule.id, box.id):
            led.append(replace(flow, target=heir.id, entry=None))
        elif (flow.source, flow.target) == (box.id, capsule.id):
            led.append(replace(flow, source=heir.id, exit=None))
        else:
            led.append(flow)
    return rehouse(with_flows(procedure, led), capsule, heir)


def _let_in(procedure: Procedure, gap: Gap, piece: Piece) -> Procedure | None:
    """Lead the automatic flow of the gap through the piece; None where there is none."""
    if not gap.above:
        return _let_in_first(procedure, gap, piece)
    if not gap.below:
        return _let_in_last(procedure, gap, piece)
    crossing = over_the_gap(procedure, gap, piece.head.lanes)
    if crossing and all(is_automatic(flow) for flow in crossing):
        return split(procedure, crossing, piece)
    return None


def _let_in_first(procedure: Procedure, gap: Gap, piece: Piece) -> Procedure | None:
    starts = [symbol for symbol in gap.below if symbol.kind is Kind.START]
    if starts:
        return before_start(procedure, starts[0], piece)
    if len(procedure.symbols) == 2 and piece.head.kind is Kind.PROCESS:
        led = lead(procedure, piece.tail.id, gap.below[0].id)
        return recast(led, piece.head.id, kind=Kind.START)
    return None


def _let_in_last(procedure: Procedure, gap: Gap, piece: Piece) -> Procedure | None:
    ends = [symbol for symbol in gap.above if symbol.kind is Kind.END]
    if ends:
        return after_end(procedure, ends[0], piece)
    last = gap.above[-1]
    if len(procedure.symbols) == 2 and piece.tail.kind is Kind.PROCESS:
        return lead(recast(procedure, piece.tail.id, kind=Kind.END), last.id, piece.head.id)
    return None
