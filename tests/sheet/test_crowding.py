"""A row with more symbols and pentagons than its page is high stays on its page all the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from sopdesk.document.values import Flow, Kind, Lane, Procedure, Step, Symbol
from tests.sheet.sheets import faults_of, flow_pages, listed, sop_of

A4 = {"paper": "a4", "orientation": "landscape"}
FULL = "kata " * 330
"""Text enough for a row to stand on a page of its own."""


def hub(rows: int, lanes: int = 2) -> Procedure:
    """Return rows on pages of their own, whose symbols all lead to the middle one."""
    names = tuple(Lane(f"l{i}", f"Aktor {i}") for i in range(lanes))
    steps = tuple(Step(f"s{i}", activity=FULL) for i in range(rows))
    symbols = tuple(Symbol(f"s{i}", (f"l{i % lanes}",), id=f"n{i}") for i in range(rows))
    goal = f"n{rows // 2}"
    flows = tuple(Flow(each.id, goal) for each in symbols if each.id != goal)
    return Procedure(names, steps, symbols, flows)


def stack(count: int, kind: Kind = Kind.PROCESS, lanes: int = 2, text: str = "") -> Procedure:
    """Return a row with many symbols in one cell, each leading to the next."""
    names = tuple(Lane(f"l{i}", f"Aktor {i}") for i in range(lanes))
    symbols = tuple(Symbol("s1", ("l0",), kind, text, id=f"n{i}") for i in range(count))
    ends = Symbol("s0", ("l0",), Kind.START, id="begin"), Symbol("s2", ("l0",), id="last")
    chain = (ends[0], *symbols, ends[1])
    flows = [Flow(a.id, b.id, "Ya") for a, b in pairwise(chain)]
    if kind is not Kind.DECISION:
        flows = [replace(flow, label="") for flow in flows]
    steps = Step("s0", activity="Awal"), Step("s1", activity="Isi"), Step("s2", activity="Akhir")
    return Procedure(names, steps, chain, tuple(flows))


def is_on_its_page(found: dict[str, Any]) -> bool:
    bottom = found["paper"]["height"] - found["paper"]["margins"][2]
    return all(
        each["rect"][3] <= bottom + 0.01 for page in found["pages"] for each in page["symbols"]
    )


CROWDED = {
    "pentagons": hub(30),
    "pentagons of one lane": hub(16, lanes=1),
    "a stack": stack(30),
    "texts": stack(30, text="Periksa berkas"),
    "decisions": stack(24, Kind.DECISION),
    "many decisions": stack(60, Kind.DECISION),
}


@pytest.mark.parametrize("name", CROWDED)
def test_no_symbol_leaves_its_page_and_no_line_touches_another(name: str) -> None:
    sop = sop_of(CROWDED[name], **A4)
    assert is_on_its_page(listed(sop))
    assert not faults_of(sop)


def test_pentagons_stand_side_by_side_where_their_lane_is_wide() -> None:
    found = listed(sop_of(hub(30), **A4, widths_mm=(("lanes", 120.0),)))
    page = max(flow_pages(found), key=lambda each: len(each["symbols"]))
    lane = page["lanes"][0]
    inside = [
        each["rect"]
        for each in page["symbols"]
        if each["kind"] == "offpage" and lane["left"] < each["rect"][0] < lane["right"]
    ]
    assert len({rect[0] for rect in inside}) > 1
    assert found["notes"] == []


def test_symbols_of_one_cell_stand_side_by_side_in_their_order() -> None:
    found = listed(sop_of(stack(30), **A4))
    places = {
        each["id"]: (each["rect"][1], each["rect"][0])
        for page in flow_pages(found)
        for each in page["symbols"]
    }
    order = [places[f"n{i}"] for i in range(30)]
    assert order == sorted(order)
    assert len({left for _, left in order}) > 1


def test_a_row_that_fits_is_drawn_as_ever() -> None:
    found = listed(sop_of(stack(4), **A4))
    lefts = {s["rect"][0] for p in flow_pages(found) for s in p["symbols"] if s["id"][0] == "n"}
    assert len(lefts) == 1


def test_lines_that_come_closer_than_they_should_are_noted() -> None:
    found = listed(sop_of(stack(150), **A4))
    assert is_on_its_page(found)
    (note,) = found["notes"]
    assert note["code"] == "lanes_too_narrow"
    assert 0.0 < note["least_spacing_mm"] < 2.0


def test_a_crowded_row_is_not_squeezed_below_the_identity() -> None:
    table = stack(9)
    steps = (Step("s0"),)
    alone = replace(
        table,
        steps=steps,
        symbols=tuple(replace(each, step="s0") for each in table.symbols),
    )
    found = listed(sop_of(alone, **A4, identity_on_same_page=True))
    widths = {s["rect"][2] - s["rect"][0] for p in flow_pages(found) for s in p["symbols"]}
    assert min(widths) == pytest.approx(14.0)
