"""Steps that are copied and pasted, within a flow table, between SOPs and between files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sopdesk.document.edits.flows import with_flows
from sopdesk.document.edits.healing import take_out
from sopdesk.document.edits.lanes import add_lane, mend_wide_symbols
from sopdesk.document.edits.splicing import Gap, Piece, gap_at, splice
from sopdesk.document.edits.steps import insert_rows, place_symbols
from sopdesk.document.ids import new_id
from sopdesk.document.merged_cells import regroup
from sopdesk.document.reading import arrows_from, arrows_to, box_of_capsule, rows_of_symbols
from sopdesk.document.values import Flow, Kind, Lane, Procedure, Step, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Fragment:
    """Copied steps with their symbols, the flows among them, and the lanes they stand in.

    `outward` are the flows that lead out of it; they are led on where their targets are there.
    `label` is the one on its way to the row that followed.
    """

    lanes: tuple[Lane, ...] = ()
    steps: tuple[Step, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    flows: tuple[Flow, ...] = ()
    outward: tuple[Flow, ...] = ()
    label: str = ""


def copy_steps(procedure: Procedure, step_ids: Iterable[str]) -> Fragment:
    """Return the steps, in the order of the rows, as a fragment to paste."""
    wanted = set(step_ids)
    rows = [row for row, step in enumerate(procedure.steps) if step.id in wanted]
    steps = tuple(procedure.steps[row] for row in rows)
    symbols = tuple(symbol for symbol in procedure.symbols if symbol.step in wanted)
    inside = {symbol.id for symbol in symbols}
    lanes = {lane for symbol in symbols for lane in symbol.lanes}
    following = gap_at(procedure, rows[-1] + 1).below if rows else ()
    next_ids = {symbol.id for symbol in following}
    leaving = [
        flow for flow in procedure.flows if flow.source in inside and flow.target not in inside
    ]
    onward = [flow for flow in leaving if flow.target in next_ids]
    return Fragment(
        lanes=tuple(lane for lane in procedure.lanes if lane.id in lanes),
        steps=regroup(procedure.steps, steps),
        symbols=symbols,
        flows=tuple(f for f in procedure.flows if f.source in inside and f.target in inside),
        outward=tuple(flow for flow in leaving if flow not in onward and flow.label),
        label=onward[0].label if onward else "",
    )


def paste_steps(procedure: Procedure, fragment: Fragment, at: int) -> Procedure:
    """Return the procedure with the fragment's steps inserted from row `at`, under fresh ids.

    Lanes are found by id, else by name, else added last. Between other steps a start or end of
    the fragment is an ordinary step, and its extra capsules stay away.
    """
    if not fragment.steps:
        return procedure
    at = max(0, min(at, len(procedure.steps)))
    gap = gap_at(procedure, at)
    fresh = _fresh(fragment)
    if procedure.symbols:
        fresh = _as_ordinary(fresh)
    procedure, lanes = _with_lanes(procedure, fresh.lanes)
    pasted = insert_rows(procedure, fresh.steps, at)
    symbols = tuple(
        replace(symbol, lanes=tuple(dict.fromkeys(lanes[lane] for lane in symbol.lanes)))
        for symbol in fresh.symbols
    )
    pasted = mend_wide_symbols(place_symbols(pasted, symbols))
    pasted = with_flows(pasted, (*pasted.flows, *fresh.flows, *fresh.outward))
    return _spliced(pasted, gap, tuple(symbol.id for symbol in symbols), fragment.label)


def _spliced(pasted: Procedure, gap: Gap, own: tuple[str, ...], label: str) -> Procedure:
    if not own or not (gap.above or gap.below):
        return pasted
    rows = rows_of_symbols(pasted)
    by_row = sorted((s for s in pasted.symbols if s.id in own), key=lambda s: rows[s.id])
    first = [s for s in by_row if rows[s.id] == rows[by_row[0].id]]
    last = [s for s in by_row if rows[s.id] == rows[by_row[-1].id]]
    head = next((s for s in first if not arrows_to(pasted, s.id)), first[0])
    tail = next((s for s in reversed(last) if not arrows_from(pasted, s.id)), last[-1])
    return splice(pasted, gap, Piece(head, tail, label))


def _fresh(fragment: Fragment) -> Fragment:
    steps = {step.id: new_id() for step in fragment.steps}
    names = {symbol.id: new_id() for symbol in fragment.symbols}
    return replace(
        fragment,
        steps=tuple(replace(step, id=steps[step.id]) for step in fragment.steps),
        symbols=tuple(
            replace(symbol, id=names[symbol.id], step=steps[symbol.step])
            for symbol in fragment.symbols
        ),
        flows=tuple(
            replace(flow, source=names[flow.source], target=names[flow.target])
            for flow in fragment.flows
        ),
        outward=tuple(replace(flow, source=names[flow.source]) for flow in fragment.outward),
    )


def _as_ordinary(fragment: Fragment) -> Fragment:
    body = Procedure(fragment.lanes, fragment.steps, fragment.symbols, fragment.flows)
    for symbol in fragment.symbols:
        if box_of_capsule(body, symbol) is not None:
            body = take_out(body, symbol.id)
    symbols = tuple(
        replace(s, kind=Kind.PROCESS) if s.kind in (Kind.START, Kind.END) else s
        for s in body.symbols
    )
    return replace(fragment, symbols=symbols, flows=body.flows)


def _with_lanes(procedure: Procedure, lanes: tuple[Lane, ...]) -> tuple[Procedure, dict[str, str]]:
    """Return the procedure with the lanes it lacks, and the id here of each of these lanes."""
    found: dict[str, str] = {}
    for lane in lanes:
        ids = [one.id for one in procedure.lanes if one.id == lane.id]
        ids += [one.id for one in procedure.lanes if _same_name(one, lane)]
        if not ids:
            procedure = add_lane(procedure, lane)
            ids = [procedure.lanes[-1].id]
        found[lane.id] = ids[0]
    return procedure, found


def _same_name(one: Lane, other: Lane) -> bool:
    return " ".join(one.name.split()).casefold() == " ".join(other.name.split()).casefold()
