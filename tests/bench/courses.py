"""How well lines run: crossings and bends on random grids, and what an edit leaves as it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from sopdesk.document.values import Flow, SheetSettings, Sop, Step, Symbol
from sopdesk.output.pdf import write_pdf
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.listing import listing
from tests.bench.material import forty_two
from tests.bench.measuring import Figure
from tests.bench.zeros import OFFICE
from tests.sheet.composed import Wish, composed
from tests.sheet.generated import plain_grid
from tests.sheet.geometry.lines import crossings, runs, side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from sopdesk.document.values import Procedure
    from sopdesk.sheet.values import Page

SEEDS = 20
MOST_CROSSINGS, MOST_BENDS = 0.020, 1.05
WIDTHS = (
    ("number", 8.0), ("activity", 60.0), ("lanes", 24.0), ("requirements", 30.0),
    ("duration", 18.0), ("outputs", 30.0), ("remarks", 18.0),
)  # fmt: skip


def course_figures() -> Iterator[Figure]:
    """Yield crossings and bends a flow on endless grids of 40 rows, 9 lanes, a fifth decisions.

    A crossing is a place where lines cross; where a shared line is crossed it is one.
    """
    for what, reach in (("any row", None), ("within 10 rows", 10)):
        flows = crossed = bends = fewest = 0
        for seed in range(SEEDS):
            sop = Sop(procedures=(plain_grid(seed, 40, 9, 0.2, reach),))
            fewest += _fewest_crossings(sop.procedures[0])
            page = listing(lay_out(sop, OFFICE, endless=True))["pages"][-1]
            flows += len(page["connectors"])
            crossed += len({place for _, place in crossings(runs(page))})
            bends += sum(len(connector["points"]) - 2 for connector in page["connectors"])
        yield Figure(f"crossings, 40 x 9, second exit to {what}", crossed / flows, "a flow",
                     MOST_CROSSINGS, "(libavoid: 0.023)", digits=3)  # fmt: skip
        yield Figure("  the fewest on two sides of the chain (largest cut)", fewest / flows,
                     "a flow", digits=3)  # fmt: skip
        yield Figure(f"bends, 40 x 9, second exit to {what}", bends / flows, "a flow",
                     MOST_BENDS, "(libavoid: 1.05)", digits=3)  # fmt: skip


def _fewest_crossings(table: Procedure) -> int:
    """Return how many second exits must cross, on whichever side of the chain each runs.

    Two whose rows interleave cross if they run on one side, unless they meet in one symbol. All
    ways to choose sides are tried.
    """
    rows = {symbol.id: row for row, symbol in enumerate(table.symbols)}
    jumps = [
        (min(ends), max(ends), flow.target)
        for flow in table.flows
        if (ends := (rows[flow.source], rows[flow.target]))[1] - ends[0] != 1
    ]
    rivals = [
        1 << i | 1 << j
        for (i, a), (j, b) in combinations(enumerate(jumps), 2)
        if a[2] != b[2] and (a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1])
    ]
    halves = range(1 << max(0, len(jumps) - 1))
    return min(sum(left & pair in (0, pair) for pair in rivals) for left in halves)


def steadiness_figures(folder: Path) -> Iterator[Figure]:
    """Yield how often what must stay the same does not."""
    sops = [composed(seed, Wish(20, 6)) for seed in range(3)]
    changed = sum(_courses_changed(sop) for sop in sops)
    yield Figure("edits of a text that change a course", changed, "of 60", 0, digits=0)
    moved = sum(_moved_by_a_step(plain_grid(seed, n, 5)) for n in (12, 22) for seed in range(6))
    yield Figure("widths fixed, a step added: sheets that change", moved, "of 12", 0, digits=0)
    first, again = (_bytes(folder) for _ in range(2))
    yield Figure("the same 42 SOPs, other bytes", float(first != again), "of 1", 0, digits=0)


def _courses_changed(sop: Sop) -> int:
    """Return how many of 20 longer texts change a course on an endless page."""
    (table,) = sop.procedures
    before = _courses(table)
    changed = 0
    for row, step in enumerate(table.steps):
        longer = replace(step, activity=f"{step.activity} lalu menyampaikan hasilnya" * 3)
        steps = (*table.steps[:row], longer, *table.steps[row + 1 :])
        changed += _courses(replace(table, steps=steps)) != before
    return changed


def _courses(table: Procedure) -> list[tuple[Any, ...]]:
    """Return each connector's ends and the directions of its runs."""
    page = listing(lay_out(Sop(procedures=(table,)), OFFICE, endless=True))["pages"][-1]
    return [
        (
            connector["from"],
            connector["to"],
            *(side(run.start, run.end) for run in runs({"connectors": [connector]})),
        )
        for connector in page["connectors"]
    ]


def _moved_by_a_step(table: Procedure) -> bool:
    """Tell whether a step at the end changes what stands before it, where widths are fixed."""
    steps = (*table.steps, Step("new", "Mengarsipkan berkas"))
    symbols = (*table.symbols, Symbol("new", ("l0",), id="new"))
    flows = (*table.flows, Flow(table.symbols[-1].id, "new"))
    longer = replace(table, steps=steps, symbols=symbols, flows=flows)
    return not _drawn(table) <= _drawn(longer)


def _drawn(table: Procedure) -> set[tuple[object, ...]]:
    """Return the pages' rows and symbols, each with its name, and the lines."""
    sheet = lay_out(Sop(procedures=(table,), sheet=SheetSettings(widths_mm=WIDTHS)), OFFICE)
    return {item for page in sheet.pages for item in _items(page)}


def _items(page: Page) -> Iterator[tuple[object, ...]]:
    yield from ((row.step, page.number, row) for row in page.rows)
    yield from ((shape.id, page.number, shape) for shape in page.shapes)
    yield from ((line.source, line.target, page.number, line.points) for line in page.connectors)


def _bytes(folder: Path) -> bytes:
    path = folder / "same.pdf"
    sheets = [lay_out(replace(sop, procedures=tuple(map(replace, sop.procedures))), OFFICE)
              for sop in forty_two()]  # fmt: skip
    write_pdf(sheets, path, title="", author="")
    return path.read_bytes()
