"""Merging the symbols of a flow table and the ways between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.comparison.difference import worded
from sopdesk.document.merging.three_way import Three
from sopdesk.document.merging.versions import found_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sopdesk.document.merging.three_way import Spot
    from sopdesk.document.merging.versions import TableVersions
    from sopdesk.document.values import Flow, Procedure, Symbol

FlowId = tuple[str, str, str, str, int]
"""A flow's ends, label and line, and how many such stand before it."""

_PARTS = (("step", "lanes"), ("kind",), ("text",), ("extra",))
"""The fields of a symbol that are taken together; each part is named after its last."""


def merged_symbols(versions: TableVersions, steps: Collection[str]) -> tuple[Symbol, ...]:
    """Return the symbols; one whose step is contested comes and goes with it.

    One that was moved to a step that is not among `steps` stays where another version has it.
    """

    def merge(name: str, symbols: Three[Symbol | None]) -> Symbol | None:
        if symbols.mine and symbols.theirs:
            found: Symbol | None = _merged(versions, symbols, symbols.mine, symbols.theirs)
        else:
            shown = symbols.map(lambda symbol: symbol.kind.value if symbol else "")
            spot = _spot(versions, name, "symbol")
            homes = versions.homes[name]
            found = symbols.of(versions.umpire.side_of_thing(spot, symbols, shown, homes))
        return found and _at_home(found, symbols, steps)

    shown = Three(*map(_steps_of_symbols, versions.tables, versions.step_names))
    return versions.listed("symbols", merge, shown)


def _merged(
    versions: TableVersions, symbols: Three[Symbol | None], mine: Symbol, theirs: Symbol
) -> Symbol:
    """Return a symbol that both sides have, part by part; its place hangs on step and lanes."""
    changes: dict[str, object] = {}
    lanes = [("lane", lane) for lane in (*mine.lanes, *theirs.lanes)]
    for names in _PARTS:
        values = symbols.map(partial(_fields, names))
        if values.mine == values.theirs:
            continue
        is_place = names == _PARTS[0]
        shown = _places(versions, symbols) if is_place else values.map(_last_worded)
        hangs_on = (*versions.homes[mine.id], *lanes) if is_place else ()
        spot = _spot(versions, mine.id, names[-1])
        if versions.umpire.side(spot, values, shown, hangs_on) == "theirs":
            changes.update(zip(names, values.theirs, strict=True))
    return replace(mine, **changes) if changes else mine  # type: ignore[arg-type]


def _fields(names: Sequence[str], symbol: Symbol | None) -> tuple[object, ...]:
    return () if symbol is None else tuple(getattr(symbol, name) for name in names)


def _last_worded(values: tuple[object, ...]) -> str:
    return worded(values[-1]) if values else ""


def _places(versions: TableVersions, symbols: Three[Symbol | None]) -> Three[str]:
    """Return where a symbol stands as text: its lanes; its step too where that differs."""
    is_moved = len({symbol.step for symbol in symbols if symbol}) > 1
    texts = []
    for symbol, lanes, steps in zip(symbols, versions.lane_names, versions.step_names, strict=True):
        names = " + ".join(lanes[lane] for lane in symbol.lanes) if symbol else ""
        texts.append(f"{steps[symbol.step]}: {names}" if symbol and is_moved else names)
    return Three(*texts)


def _at_home(
    symbol: Symbol, symbols: Three[Symbol | None], steps: Collection[str]
) -> Symbol | None:
    for one in (symbol, symbols.mine, symbols.theirs, symbols.base):
        if one is not None and one.step in steps:
            return replace(symbol, step=one.step, lanes=one.lanes) if one is not symbol else symbol
    return None


def _spot(versions: TableVersions, name: str, field: str) -> Spot:
    """Return where a part of a symbol stands: in the cells of its step."""
    _, step = versions.homes[name][0]
    names = versions.step_names.map(lambda steps: steps.get(step, ""))
    return versions.spot("step", field, ("symbol", name), names)


def _steps_of_symbols(table: Procedure, names: dict[str, str]) -> dict[str, str]:
    return {symbol.id: names[symbol.step] for symbol in table.symbols}


def merged_flows(versions: TableVersions) -> tuple[Flow, ...]:
    """Return the flows; the ways out of one symbol are taken together.

    Those of a symbol that only one side has come with it. The others hang on what they lead to:
    ways that one side led past a step that it deleted lead there again where the step comes back.
    A flow of a symbol that is gone may be among them.
    """
    flows = versions.tables.map(_by_id)
    leaving = flows.map(_by_source)
    symbols = versions.tables.map(lambda table: {symbol.id for symbol in table.symbols})
    kept: dict[FlowId, Flow] = {}
    for name in versions.homes:
        ways = found_in(leaving, name).map(lambda found: found or {})
        if name in symbols.mine and name in symbols.theirs:
            kept.update(_taken(versions, name, ways))
        else:
            kept.update(ways.mine or ways.theirs)
    shown = Three(*map(_steps_of_flows, versions.tables, versions.step_names))
    return versions.ordered("flows", flows, kept, shown)


def _taken(
    versions: TableVersions, name: str, ways: Three[dict[FlowId, Flow]]
) -> dict[FlowId, Flow]:
    if ways.mine == ways.theirs:
        return ways.mine
    shown = versions.charts.map(lambda chart: chart.ways(name)[1])
    targets = (flow.target for flow in (*ways.mine.values(), *ways.theirs.values()))
    ends = dict.fromkeys((name, *targets))
    hangs_on = [thing for end in ends for thing in (("symbol", end), *versions.homes[end])]
    return ways.of(versions.umpire.side(_spot(versions, name, "next"), ways, shown, hangs_on))


def _by_id(table: Procedure) -> dict[FlowId, Flow]:
    times: Counter[tuple[str, ...]] = Counter()
    found: dict[FlowId, Flow] = {}
    for flow in table.flows:
        key = (flow.source, flow.target, flow.label, flow.line.value)
        found[*key, times[key]] = flow
        times[key] += 1
    return found


def _by_source(flows: dict[FlowId, Flow]) -> dict[str, dict[FlowId, Flow]]:
    found: defaultdict[str, dict[FlowId, Flow]] = defaultdict(dict)
    for key, flow in flows.items():
        found[flow.source][key] = flow
    return found


def _steps_of_flows(table: Procedure, names: dict[str, str]) -> dict[FlowId, str]:
    """Return each flow as text: from which step to which."""
    steps = _steps_of_symbols(table, names)
    return {
        key: f"{steps[flow.source]} → {steps[flow.target]}" for key, flow in _by_id(table).items()
    }
