"""Edits of the steps: rows that come, go, move or change, the flow following."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.edits.healing import rehouse, take_out
from sopdesk.document.edits.splicing import Gap, Piece, anchor_in, gap_at, over_the_gap, splice
from sopdesk.document.ids import new_id
from sopdesk.document.merged_cells import regroup
from sopdesk.document.reading import (
    arrows_from,
    arrows_to,
    box_of_capsule,
    rows_of_steps,
    symbols_by_id,
)
from sopdesk.document.values import Kind, Procedure, Step, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable


def insert_step(procedure: Procedure, step: Step, at: int, lane: str | None = None) -> Procedure:
    """Return the procedure with a step in row `at` (0 to the number of steps), connected.

    Its symbol stands in `lane`, else in the lane of the symbol above, else in the first; without
    any lane it has none. It divides the flow that runs there, as `splicing.splice` says. A step
    whose id is taken comes in under a new one.
    """
    at = max(0, min(at, len(procedure.steps)))
    if step.id in rows_of_steps(procedure):
        step = replace(step, id=new_id())
    gap = gap_at(procedure, at)
    place = lane_for(procedure, gap, lane)
    grown = insert_rows(procedure, (step,), at)
    if place is None:
        return grown
    symbol = Symbol(step.id, (place,))
    grown = place_symbols(grown, (symbol,))
    return splice(grown, gap, Piece(symbol, symbol))


def insert_rows(procedure: Procedure, steps: tuple[Step, ...], at: int) -> Procedure:
    """Return the procedure with bare rows inserted; merged cells follow."""
    rows = (*procedure.steps[:at], *steps, *procedure.steps[at:])
    return replace(procedure, steps=regroup(procedure.steps, rows))


def place_symbols(procedure: Procedure, symbols: tuple[Symbol, ...]) -> Procedure:
    """Return the procedure with symbols of one run of rows listed after those of the rows above."""
    rows = rows_of_steps(procedure)
    first = min((rows[symbol.step] for symbol in symbols), default=0)
    old = procedure.symbols
    place = max((i + 1 for i, symbol in enumerate(old) if rows[symbol.step] <= first), default=0)
    return replace(procedure, symbols=(*old[:place], *symbols, *old[place:]))


def lane_for(procedure: Procedure, gap: Gap, lane: str | None = None) -> str | None:
    """Return the lane in which a symbol in the gap stands: `lane` if it is there, else above's."""
    names = [one.id for one in procedure.lanes]
    if lane in names:
        return lane
    crossing = over_the_gap(procedure, gap, ())
    known = symbols_by_id(procedure)
    if crossing:
        return known[crossing[0].source].lanes[0]
    neighbour = anchor_in(procedure, gap) or next(iter(gap.above), None)
    if neighbour is not None:
        return neighbour.lanes[0]
    return names[0] if names else None


def delete_steps(procedure: Procedure, step_ids: Iterable[str]) -> Procedure:
    """Return the procedure without these steps, their neighbours joined; see `healing.take_out`.

    A start or end capsule beside the box of a deleted step moves to the neighbour that follows it.
    A merged cell shrinks, or passes to its next row.
    """
    doomed = set(step_ids) & set(rows_of_steps(procedure))
    if not doomed:
        return procedure
    capsules = []
    for symbol in procedure.symbols:
        if symbol.step in doomed:
            if box_of_capsule(procedure, symbol) is None:
                continue
            capsules.append(symbol.id)
    healed = procedure
    for symbol in procedure.symbols:
        if symbol.step in doomed and symbol.id not in capsules:
            healed = take_out(healed, symbol.id)
    for name in capsules:
        healed = _save_capsule(healed, name, doomed)
    left = tuple(step for step in procedure.steps if step.id not in doomed)
    return replace(healed, steps=regroup(procedure.steps, left))


def _save_capsule(procedure: Procedure, name: str, doomed: set[str]) -> Procedure:
    """Move a capsule, whose own box is gone, to the box it is joined to now, if there is one."""
    known = symbols_by_id(procedure)
    capsule = known[name]
    if capsule.kind is Kind.START:
        near = [flow.target for flow in arrows_from(procedure, name)]
    else:
        near = [flow.source for flow in arrows_to(procedure, name)]
    boxes = [known[other] for other in near if known[other].step not in doomed]
    if not boxes or boxes[0].kind is capsule.kind:
        return take_out(procedure, name)
    return rehouse(procedure, capsule, boxes[0])


def change_step(procedure: Procedure, step_id: str, **fields: object) -> Procedure:
    """Return the procedure with fields of one step changed, e.g. `refers_to`; not id or spans."""
    steps = tuple(
        replace(step, **fields) if step.id == step_id else step  # type: ignore[arg-type]
        for step in procedure.steps
    )
    return procedure if steps == procedure.steps else replace(procedure, steps=steps)
