"""Making a flow table whole that was put together from two: nothing points to what is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.edits.flows import with_flows
from sopdesk.document.edits.lanes import mend_wide_symbols
from sopdesk.document.merged_cells import SPANNING, regroup
from sopdesk.document.merging.ways import led_on, ways_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.merging.three_way import Three
    from sopdesk.document.values import Procedure, Step, Symbol


def mended(table: Procedure, versions: Three[Procedure]) -> Procedure:
    """Return the table as a valid one; the same object if it is valid.

    A symbol whose lane is gone moves to the lane beside it; one whose step is gone, or that has no
    lane left, goes. A flow to a symbol that is gone is led on to where that symbol led, else it
    goes. Merged cells cover the rows that they covered in their version.
    """
    table = _with_symbols_at_home(table, versions)
    table = mend_wide_symbols(_with_flows_led_on(table, versions))
    steps = _with_cells_fitted(table.steps, versions)
    return table if steps == table.steps else replace(table, steps=steps)


def _with_symbols_at_home(table: Procedure, versions: Three[Procedure]) -> Procedure:
    steps = {step.id for step in table.steps}
    lanes = [lane.id for lane in table.lanes]
    symbols = tuple(
        home
        for symbol in table.symbols
        if symbol.step in steps and (home := _at_home(symbol, lanes, versions)).lanes
    )
    return table if symbols == table.symbols else replace(table, symbols=symbols)


def _at_home(symbol: Symbol, lanes: Sequence[str], versions: Three[Procedure]) -> Symbol:
    left = tuple(name for name in symbol.lanes if name in lanes)
    if not left and lanes:
        left = (_beside(symbol.lanes[0], lanes, versions),)
    return symbol if left == symbol.lanes else replace(symbol, lanes=left)


def _beside(gone: str, lanes: Sequence[str], versions: Three[Procedure]) -> str:
    """Return the lane that stands where a lane stood: the next on its left, else on its right."""
    for version in (versions.mine, versions.theirs, versions.base):
        names = [lane.id for lane in version.lanes]
        if gone in names:
            place = names.index(gone)
            near = [*reversed(names[:place]), *names[place + 1 :]]
            return next((name for name in near if name in lanes), lanes[0])
    return lanes[0]


def _with_flows_led_on(table: Procedure, versions: Three[Procedure]) -> Procedure:
    known = {symbol.id for symbol in table.symbols}
    sound = tuple(flow for flow in table.flows if flow.source in known and flow.target in known)
    if sound == table.flows:
        return table
    ways = [ways_out(version) for version in versions]
    led = (led_on(flow, known, ways) for flow in table.flows if flow.source in known)
    return with_flows(replace(table, flows=sound), led)


def _with_cells_fitted(steps: tuple[Step, ...], versions: Three[Procedure]) -> tuple[Step, ...]:
    """Return the rows, each merged cell over the rows that it covered where it comes from.

    A cell that is the same on both sides is read off the side whose rows these are.
    """
    rows = [step.id for step in steps]
    sides = [versions.mine.steps, versions.theirs.steps]
    if rows == [step.id for step in versions.theirs.steps]:
        sides.reverse()
    now = {step.id: step for step in steps}
    taken: set[tuple[str, str]] = set()
    fitted = steps
    for side in sides:
        fitted = regroup([_with_cells_of(step, now, taken) for step in side], fitted)
    return fitted


def _with_cells_of(step: Step, now: dict[str, Step], taken: set[tuple[str, str]]) -> Step:
    """Return a side's step with only those merged cells that came from there, noting them."""
    spans = step.spans
    for cell in SPANNING:
        rows = getattr(spans, cell)
        if rows == 1:
            continue
        is_from_here = step.id in now and getattr(now[step.id].spans, cell) == rows
        if is_from_here and (step.id, cell) not in taken:
            taken.add((step.id, cell))
        else:
            spans = replace(spans, **{cell: 1})
    return step if spans == step.spans else replace(step, spans=spans)
