"""With fixed widths a step that comes at the end moves nothing that stands before it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.values import Flow, Kind, Side, Sop, Step, Symbol
from sopdesk.sheet.routing.grid import Grid, Link, Node
from sopdesk.sheet.routing.last_steps import without_last_steps
from sopdesk.sheet.routing.router import route, sketch
from tests.sheet.composed import Wish, composed
from tests.sheet.generated import plain_grid, wild
from tests.sheet.sheets import flow_pages, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("number", "activity", "requirements", "duration", "outputs", "remarks")
SOPS = {
    **{f"plain {n} x {lanes}, {seed}": Sop(procedures=(plain_grid(seed, n, lanes),), uuid="u")
       for n, lanes in ((5, 3), (15, 5), (40, 9)) for seed in range(4)},
    **{f"wild {n} x {lanes}, {seed}": wild(seed, n, lanes)
       for n, lanes in ((12, 3), (20, 6)) for seed in range(4)},
    **{f"composed {n} x {lanes}, {seed}": composed(seed, Wish(n, lanes))
       for n, lanes in ((8, 4), (20, 5)) for seed in range(5)},
}  # fmt: skip


def fixed(sop: Sop) -> Sop:
    """The SOP with all widths fixed as they are."""
    page = flow_pages(listed(sop))[0]
    widths = {t["role"]: t["cell"][2] - t["cell"][0] for t in page["texts"] if t["role"] in COLUMNS}
    widths["lanes"] = page["lanes"][0]["right"] - page["lanes"][0]["left"]
    return replace(sop, sheet=replace(sop.sheet, widths_mm=tuple(sorted(widths.items()))))


def longer(sop: Sop) -> Sop:
    """The SOP with a step at the end of its last table, and a flow to it from the last symbol."""
    *others, table = sop.procedures
    standing = [symbol for symbol in table.symbols if symbol.step == table.steps[-1].id]
    source = (standing or table.symbols)[-1]
    after = replace(
        table,
        steps=(*table.steps, Step("new", "Mengarsipkan berkas")),
        symbols=(*table.symbols, Symbol("new", (table.lanes[0].id,), Kind.END, "", "end")),
        flows=(*table.flows, Flow(source.id, "end")),
    )
    return replace(sop, procedures=(*others, after))


def drawn(page: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """What stands on a page, hops left out: each thing with the steps or symbols it belongs to."""
    for row in page["rows"]:
        yield (row["step"],), "row", row["part"], row["top"], row["bottom"]
    for text in page["texts"]:
        if text["role"] in COLUMNS and text.get("step"):
            yield (text["step"],), text["role"], text["text"], *text["rect"]
    for symbol in page["symbols"]:
        yield (symbol["id"],), "symbol", *symbol["rect"]
    for line in page["connectors"]:
        ends = line["from"], line["to"]
        yield ends, "line", line["flow"], str(line["points"]), str(line["label_rect"])


def rows(page: dict[str, Any]) -> list[str]:
    """The steps of a page, but for the new one."""
    return [row["step"] for row in page["rows"] if row["step"] != "new"]


def goes_back(page: dict[str, Any]) -> bool:
    """Whether flows of a last page go to another one."""
    return any(symbol["id"].startswith("out-") for symbol in page["symbols"])


@cache
def both(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pages with rows, before a step comes at the end and after."""
    sop = fixed(SOPS[name])
    return flow_pages(listed(sop)), flow_pages(listed(longer(sop)))


def keeps_rows(name: str) -> bool:
    """Whether no row changes pages."""
    before, after = both(name)
    return all(rows(page) == rows(same) for page, same in zip(before, after, strict=False))


@pytest.mark.parametrize("name", SOPS)
def test_a_step_at_the_end_changes_no_page_break_but_the_last(name: str) -> None:
    before, after = both(name)
    breaks = slice(0, len(before) - 1)
    assert [rows(page)[0] for page in after[breaks]] == [rows(page)[0] for page in before[breaks]]


@pytest.mark.parametrize("name", SOPS)
def test_a_step_at_the_end_moves_nothing_where_no_row_changes_pages(name: str) -> None:
    before, after = both(name)
    for page, same in zip(before, after, strict=False) if keeps_rows(name) else ():
        assert set(drawn(page)) <= set(drawn(same))


def test_flows_back_from_the_last_page_are_among_what_stays() -> None:
    assert sum(keeps_rows(name) and goes_back(both(name)[0][-1]) for name in SOPS) >= 5


def test_most_steps_at_the_end_change_no_page_break() -> None:
    assert sum(map(keeps_rows, SOPS)) >= 0.6 * len(SOPS)


def jumping(seed: int) -> Grid:
    """A grid of twelve bands with one node each, steps from band to band, and a jump at half."""
    rng = random.Random(seed)
    nodes = tuple(Node(band, lane, lane) for band in range(12) for lane in [rng.randrange(4)])
    jumps = [
        Link(band, rng.choice([goal for goal in range(12) if goal not in (band, band + 1)]), "Ya")
        for band in range(1, 12)
        if rng.random() < 0.5
    ]
    return Grid(4, 12, nodes, (*(Link(i, i + 1) for i in range(11)), *jumps))


@pytest.mark.parametrize("seed", [*range(12), 23])
def test_a_band_at_the_end_changes_no_other_route(seed: int) -> None:
    grid = jumping(seed)
    lane = seed % 4
    after = Grid(4, 13, (*grid.nodes, Node(12, lane, lane)), (*grid.links, Link(11, 12)))
    assert route(after).paths[:-1] == route(grid).paths
    assert route(after).across == route(grid).across
    assert sketch(after).paths[:-1] == sketch(grid).paths


def test_last_steps_are_those_that_nothing_else_has_to_do_with() -> None:
    nodes = tuple(Node(band, 0, 0) for band in range(6))
    steps = tuple(Link(i, i + 1) for i in range(5))
    assert without_last_steps(Grid(1, 6, nodes, steps)).core.bands == 1
    assert without_last_steps(Grid(1, 6, nodes, (*steps, Link(3, 1)))).steps == (3, 4)
    assert without_last_steps(Grid(1, 6, nodes, (*steps, Link(0, 5)))).steps == ()
    tied = (*steps[:4], steps[4]._replace(exit=Side.LEFT))
    assert without_last_steps(Grid(1, 6, nodes, tied)).steps == ()


def test_bands_without_nodes_at_the_end_are_left_out() -> None:
    grid = Grid(1, 3, (Node(0, 0, 0), Node(0, 0, 0)), (Link(0, 1),))
    assert without_last_steps(grid) == (grid._replace(bands=1), (0,), ())
