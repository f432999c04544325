"""What holds of every page of a flow table, on grids and on tables of long texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.lettering import letters
from sopdesk.document.values import Closing, Flow, Kind, Procedure, Sop, Step, Symbol
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.page_plan import plan_page
from sopdesk.sheet.routing import router
from sopdesk.sheet.routing.improving import Improvement
from sopdesk.sheet.routing.router import route
from tests.sheet.generated import plain_grid, wild
from tests.sheet.sheets import OFFICE, chain, faults_of, flow_pages, listed, sop_of

if TYPE_CHECKING:
    from sopdesk.sheet.routing.board import Board

WIDTHS = (
    ("activity", 60.0), ("duration", 18.0), ("lanes", 26.0), ("number", 8.0), ("outputs", 30.0),
    ("remarks", 20.0), ("requirements", 30.0),
)  # fmt: skip

Page = dict[str, Any]


def bottom_of(found: dict[str, Any]) -> float:
    """Where rows must end on a page."""
    paper = found["paper"]
    bottom: float = paper["height"] - paper["margins"][2]
    return bottom


def height(row: dict[str, Any]) -> float:
    high: float = row["bottom"] - row["top"]
    return high


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("steps", "lanes"), [(16, 5), (26, 4), (33, 6)])
def test_a_lone_last_row_could_have_no_company(seed: int, steps: int, lanes: int) -> None:
    found = listed(sop_of(plain_grid(seed, steps, lanes)))
    pages = flow_pages(found)
    if len(pages) > 1 and len(pages[-1]["rows"]) == 1 and len(pages[-2]["rows"]) > 1:
        (lone,) = pages[-1]["rows"]
        assert height(lone) + height(pages[-2]["rows"][-1]) > bottom_of(found) - lone["top"]


@pytest.mark.parametrize("rows", range(4, 30))
def test_a_tail_takes_the_last_rows_along(rows: int) -> None:
    closing = Closing("Contoh, 1 Mei 2024", ("Kepala Dinas",), "NAMA CONTOH")
    sop = replace(sop_of(chain(["Memeriksa kelengkapan berkas"] * rows)), closing=closing)
    assert len(listed(sop)["pages"][-1]["rows"]) > 1
    assert not faults_of(sop)


@pytest.mark.parametrize("seed", range(6))
def test_a_page_takes_rows_as_long_as_they_fit(seed: int) -> None:
    found = listed(sop_of(plain_grid(seed, 36, 5)))
    pages = flow_pages(found)
    for page, following in pairwise(pages[:-1]):
        spare = bottom_of(found) - page["rows"][-1]["bottom"]
        assert spare < height(following["rows"][0])


def test_pentagons_take_no_room_from_rows_of_long_texts() -> None:
    sop = sop_of(chain(["Memeriksa kelengkapan berkas permohonan " * 40] * 9))
    pages = flow_pages(listed(sop))
    third = (bottom_of(listed(sop)) - pages[0]["rows"][0]["top"]) / 3
    assert third - 6.0 < height(pages[0]["rows"][1]) < third
    assert [len(page["rows"]) for page in pages] == [3, 3, 3]
    assert not faults_of(sop)


def test_letters_go_on_behind_z_from_table_to_table() -> None:
    tables = [plain_grid(seed, 40, 4, 0.4) for seed in (2, 3, 4)]
    sop = sop_of(*tables)
    shown = Counter(
        (shape["letter"], shape["id"].split("-")[0])
        for page in flow_pages(listed(sop))
        for shape in page["symbols"]
        if shape["kind"] == "offpage"
    )
    count = len(shown) // 2
    assert count > 27
    assert shown == Counter((letters(i + 1), way) for i in range(count) for way in ("out", "in"))
    assert "pentagon without its pair" not in faults_of(sop)


def test_a_flow_back_over_pages_leaves_those_between_alone() -> None:
    procedure = chain(["Langkah"] * 60)
    procedure = replace(procedure, flows=(*procedure.flows, Flow("n58", "n1", "Tidak")))
    pages = flow_pages(listed(sop_of(procedure)))
    back = len(procedure.flows) - 1
    touched = [any(c["flow"] == back for c in page["connectors"]) for page in pages]
    assert len(pages) > 3
    assert touched == [True, *[False] * (len(pages) - 2), True]


def with_a_step(procedure: Procedure) -> Procedure:
    """The procedure with one more step and symbol at its end."""
    return replace(
        procedure,
        steps=(*procedure.steps, Step("new", "Mengarsipkan berkas")),
        symbols=(*procedure.symbols, Symbol("new", ("l0",), Kind.END, "", "new")),
        flows=(*procedure.flows, Flow(procedure.symbols[-1].id, "new")),
    )


def before_and_after(procedure: Procedure) -> tuple[list[Page], list[Page]]:
    """The pages of a procedure and those with one more step, widths fixed."""
    before, after = (
        flow_pages(listed(sop_of(table, widths_mm=WIDTHS)))
        for table in (procedure, with_a_step(procedure))
    )
    return before, after


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("steps", "lanes"), [(24, 4), (30, 6), (40, 5)])
def test_with_fixed_widths_an_added_step_moves_nothing_on_the_pages_before(
    seed: int, steps: int, lanes: int
) -> None:
    before, after = before_and_after(plain_grid(seed, steps, lanes))
    kept = before[:-1] if len(before[-1]["rows"]) > 2 else before[:-2]
    assert kept, "a lone last row's company may go back to the page before"
    for old, new in zip(kept, after, strict=False):
        for key in ("rows", "symbols", "connectors"):
            assert old[key] == new[key]


@pytest.mark.parametrize("steps", range(3, 28, 3))
def test_with_fixed_widths_an_added_step_moves_no_row_before_it(steps: int) -> None:
    before, after = before_and_after(chain(["Memeriksa berkas"] * steps))
    rows = [row for page in before for row in page["rows"]][:-1]
    lines = [line for page in before for line in page["connectors"]]
    assert rows == [row for page in after for row in page["rows"]][: len(rows)]
    if len(before) == len(after):
        known = [line for page in after for line in page["connectors"] if line["to"] != "new"]
        assert lines == known


def test_each_page_is_routed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    routed = []

    def improvement(board: Board) -> Improvement:
        routed.append(board)
        return Improvement(board)

    monkeypatch.setattr(router, "Improvement", improvement)
    route.cache_clear()
    pages = flow_pages(listed(sop_of(plain_grid(1, 40, 9))))
    assert len(pages) > 3
    assert len(routed) <= len(pages)


def test_an_edited_text_plans_its_own_page_again_and_no_other() -> None:
    procedure = plain_grid(76, 40, 9)
    before = lay_out(sop_of(procedure), OFFICE)
    steps = list(procedure.steps)
    steps[20] = replace(steps[20], activity="Langkah lain")
    sop = sop_of(replace(procedure, steps=tuple(steps)))
    misses, routed = plan_page.cache_info().misses, route.cache_info().misses
    after = lay_out(sop, OFFICE)
    assert route.cache_info().misses == routed
    assert 1 <= plan_page.cache_info().misses - misses <= 4
    assert [page.connectors for page in before.pages] == [page.connectors for page in after.pages]
    assert before != after


def test_rows_and_lines_stay_inside_the_page_whatever_a_table_holds() -> None:
    for seed in range(3):
        sop: Sop = wild(seed, 20, 6)
        found = listed(sop)
        for page in flow_pages(found):
            assert page["rows"][-1]["bottom"] <= bottom_of(found) + 0.01


@pytest.mark.parametrize("rows", range(11, 16))
def test_a_flow_far_back_breaks_no_table_that_fits_one_page(rows: int) -> None:
    procedure = chain(["Memeriksa berkas"] * rows)
    back = Flow(f"n{rows - 2}", "n0", "Tidak")
    returning = replace(procedure, flows=(*procedure.flows, back))
    assert len(flow_pages(listed(sop_of(procedure)))) == len(flow_pages(listed(sop_of(returning))))


def test_identity_and_a_table_that_just_fits_share_a_page() -> None:
    shared = [
        len(listed(sop_of(chain(["Memeriksa berkas"] * rows), identity_on_same_page=True))["pages"])
        for rows in range(2, 12)
    ]
    assert shared == sorted(shared)
    assert set(shared) == {1, 2}


def test_pentagons_stand_at_the_very_head_and_foot_of_a_page() -> None:
    procedure = chain(["Memeriksa kelengkapan berkas permohonan " * 30] * 8)
    back = Flow("n7", "n0", "Tidak")
    pages = flow_pages(listed(sop_of(replace(procedure, flows=(*procedure.flows, back)))))
    assert len(pages) > 2
    for page in pages:
        for shape in page["symbols"]:
            _, top, _, bottom = shape["rect"]
            if shape["id"].startswith("out-") and page is not pages[-1]:
                assert page["rows"][-1]["bottom"] - bottom < 3.0
            elif shape["kind"] == "offpage":
                assert top - page["rows"][0]["top"] < 3.0
