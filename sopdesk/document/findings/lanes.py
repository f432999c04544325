"""Findings in the lanes: actors without a name or a step, and their order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.edits import move_lane, remove_lane
from sopdesk.document.findings.finding import Finding
from sopdesk.document.markup import plain
from sopdesk.document.reading import rows_of_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.values import Procedure


def findings_in_lanes(procedure: Procedure) -> Iterator[Finding]:
    """Yield the findings in a flow table's lanes."""
    used = {lane for symbol in procedure.symbols for lane in symbol.lanes}
    for position, lane in enumerate(procedure.lanes, 1):
        name = plain(lane.name).strip()
        if not name:
            yield Finding("lane_unnamed", "warning", facts={"position": position})
        elif procedure.symbols and lane.id not in used:
            mend = partial(remove_lane, lane_id=lane.id)
            yield Finding("lane_without_symbol", "warning", facts={"lane": name}, mend=mend)
    order = _order_of_appearance(procedure)
    if order != [lane.id for lane in procedure.lanes]:
        ordered = _ordered(procedure)
        # An order that would part a wide symbol or a group of lanes is not worth its price.
        is_free = ordered.symbols == procedure.symbols and not any(x.group for x in ordered.lanes)
        yield Finding("lanes_out_of_order", "hint", mend=_ordered if is_free else None)


def _order_of_appearance(procedure: Procedure) -> list[str]:
    rows = rows_of_symbols(procedure)
    first: dict[str, int] = {}
    for symbol in procedure.symbols:
        for lane in symbol.lanes:
            first[lane] = min(rows[symbol.id], first.get(lane, len(procedure.steps)))
    never = len(procedure.steps)
    return sorted((x.id for x in procedure.lanes), key=lambda lane: first.get(lane, never))


def _ordered(procedure: Procedure) -> Procedure:
    for place, lane in enumerate(_order_of_appearance(procedure)):
        procedure = move_lane(procedure, lane, place)
    return procedure
