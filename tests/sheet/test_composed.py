from __future__ import annotations

import pytest

from sopdesk.document.form import from_form, to_form
from sopdesk.document.values import Kind, Line, Sop
from tests.sheet.composed import EXITS, Wish, composed

WISH = Wish(steps=80, lanes=9, words=400, tables=2)


def made() -> list[Sop]:
    return [composed(seed, WISH) for seed in range(6)]


def test_the_same_seed_composes_the_same_sop() -> None:
    assert composed(3, WISH) == composed(3, WISH)
    assert composed(3, WISH) != composed(4, WISH)


@pytest.mark.parametrize("steps", [1, 2, 10])
@pytest.mark.parametrize("lanes", [1, 2, 16])
def test_what_is_composed_can_be_exchanged(steps: int, lanes: int) -> None:
    sop = composed(1, Wish(steps, lanes))
    assert from_form(to_form(sop), "sop")[0] == sop


def test_composed_sops_hold_what_sheets_must_show() -> None:
    tables = [table for sop in made() for table in sop.procedures]
    symbols = [symbol for table in tables for symbol in table.symbols]
    per_row = [len([s for s in t.symbols if s.step == step.id]) for t in tables for step in t.steps]
    assert {0, 1, 2, 3} <= set(per_row)
    assert {1, 2, 3} == {len(symbol.lanes) for symbol in symbols}
    assert set(Kind) == {symbol.kind for symbol in symbols}
    assert any(lane.group for table in tables for lane in table.lanes)
    assert max(len(step.activity.split()) for table in tables for step in table.steps) == 400
    assert {len(label) for label in EXITS} >= {1, 25}
    assert all(
        any(sum(symbol.kind is kind for symbol in table.symbols) > 1 for table in tables)
        for kind in (Kind.START, Kind.END)
    )


def test_a_third_of_the_symbols_decides_and_exits_go_both_ways() -> None:
    for sop in made():
        for table in sop.procedures:
            kind_of = {symbol.id: symbol.kind for symbol in table.symbols}
            share = sum(kind is Kind.DECISION for kind in kind_of.values()) / len(kind_of)
            assert 0.2 < share < 0.45
            row_of = {symbol.id: int(symbol.step[1:]) for symbol in table.symbols}
            ways = [
                row_of[flow.target] - row_of[flow.source]
                for flow in table.flows
                if kind_of[flow.source] is Kind.DECISION
            ]
            assert min(ways) < 0 < max(ways)
            assert any(flow.line is Line.PLAIN for flow in table.flows)
