"""Findings in the lanes: actors without a name or a step.

Their order is the office's own: real sheets mostly list actors by rank, not as they appear.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.edits import remove_lane
from sopdesk.document.findings.finding import Finding
from sopdesk.document.markup import plain

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
