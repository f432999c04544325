"""Merging two sides of a flow table: its lanes and steps here, its symbols and ways in `charts`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.merging.charts import merged_flows, merged_symbols
from sopdesk.document.merging.mending import mended
from sopdesk.document.merging.records import merged_record
from sopdesk.document.merging.three_way import Three
from sopdesk.document.merging.versions import TableVersions
from sopdesk.document.merging.ways import led_on, ways_out
from sopdesk.document.values import Procedure, Spans

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sopdesk.document.merging.three_way import Side, Umpire
    from sopdesk.document.merging.ways import Ways
    from sopdesk.document.values import Flow, Lane, Step, Symbol


def merged_table(umpire: Umpire, index: int, tables: Three[Procedure]) -> Procedure:
    """Return both sides of a flow table as one valid table; my own object if it is equal.

    `index` is the table's place in the SOP, which names it in the clashes.
    """
    umpire.begin_table()
    versions = TableVersions(umpire, index, tables)
    facts = {name: versions.taken(name) for name in ("title", "notes", "extra")}
    lanes, steps = _lanes(versions), _steps(versions)
    symbols = merged_symbols(versions, {step.id for step in steps})
    put_together = Procedure(lanes, steps, symbols, merged_flows(versions), **facts)  # type: ignore[arg-type]
    table = mended(put_together, tables)
    return tables.mine if table == tables.mine else table


def _lanes(versions: TableVersions) -> tuple[Lane, ...]:
    """Merge the lanes; one that a side put symbols into has been changed by it."""
    umpire = versions.umpire
    holding = versions.tables.map(_symbols_by_lane)

    def merge(name: str, lanes: Three[Lane | None]) -> Lane | None:
        shown = lanes.map(lambda lane: lane.name if lane else "")
        spot = versions.spot("lane", "lane", ("lane", name), shown)
        if lanes.mine and lanes.theirs:
            return merged_record(umpire, spot, lanes.base, lanes.mine, lanes.theirs)
        held = holding.map(lambda found: found[name] - holding.base[name])
        whole = Three(*(lane and (lane, new) for lane, new in zip(lanes, held, strict=True)))
        return lanes.of(umpire.side_of_thing(spot, whole, shown))

    return versions.listed("lanes", merge, versions.lane_names)


def _steps(versions: TableVersions) -> tuple[Step, ...]:
    """Merge the steps; one that a side led elsewhere, or whose symbols it changed, is changed.

    How many rows a cell covers follows the rows, and is no change of a step.
    """
    umpire = versions.umpire
    holding = versions.tables.map(_symbols_by_step)
    ways = versions.tables.map(ways_out)
    known = versions.tables.map(lambda table: {symbol.id for symbol in table.symbols})

    def whole(step: Step | None, symbols: list[Symbol], leads_elsewhere: bool) -> object:
        return step and (replace(step, spans=Spans()), symbols, leads_elsewhere)

    def merge(name: str, steps: Three[Step | None]) -> Step | None:
        shown = versions.step_names.map(lambda names: names.get(name, ""))
        spot = versions.spot("step", "step", ("step", name), shown)
        if steps.mine and steps.theirs:
            return merged_record(umpire, spot, steps.base, steps.mine, steps.theirs)
        side: Side = "mine" if steps.mine else "theirs"
        symbols = holding.map(lambda found: found[name])
        leads_elsewhere = steps.base is not None and _lead_elsewhere(
            symbols.base, ways.base, ways.of(side), known.of(side)
        )
        values = Three(
            whole(steps.base, symbols.base, False),
            whole(steps.mine, symbols.mine, leads_elsewhere),
            whole(steps.theirs, symbols.theirs, leads_elsewhere),
        )
        return steps.of(umpire.side_of_thing(spot, values, shown))

    return versions.listed("steps", merge, versions.step_names)


def _lead_elsewhere(symbols: list[Symbol], base: Ways, side: Ways, known: Collection[str]) -> bool:
    """Say whether a side led symbols elsewhere than past others that it deleted itself."""

    def ends(flows: Iterable[Flow]) -> set[tuple[str, str]]:
        return {(flow.label, flow.target) for flow in flows}

    return any(
        ends(led_on(flow, known, [base]) for flow in base.get(symbol.id, ()))
        != ends(side.get(symbol.id, ()))
        for symbol in symbols
    )


def _symbols_by_lane(table: Procedure) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for symbol in table.symbols:
        for lane in symbol.lanes:
            found[lane].add(symbol.id)
    return found


def _symbols_by_step(table: Procedure) -> dict[str, list[Symbol]]:
    found: defaultdict[str, list[Symbol]] = defaultdict(list)
    for symbol in table.symbols:
        found[symbol.step].append(symbol)
    return found
