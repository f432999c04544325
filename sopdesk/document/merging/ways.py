"""Where a flow leads once symbols on its way are gone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.values import Line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sopdesk.document.values import Flow, Procedure

Ways = dict[str, list["Flow"]]


def ways_out(table: Procedure) -> Ways:
    """Return the arrows that leave each symbol."""
    found: Ways = defaultdict(list)
    for flow in table.flows:
        if flow.line is Line.ARROW:
            found[flow.source].append(flow)
    return found


def led_on(
    flow: Flow, known: Collection[str], versions: Sequence[Mapping[str, Sequence[Flow]]]
) -> Flow:
    """Return the flow to the next symbol on its way that is known, if its way is only one.

    What leaves a symbol that is not known is looked up in the first version that has it.
    """
    target, passed = flow.target, set[str]()
    while target not in known and target not in passed:
        passed.add(target)
        ways = next((ways[target] for ways in versions if target in ways), ())
        if len(ways) == 1:
            target = ways[0].target
    return flow if target == flow.target else replace(flow, target=target, entry=None)
