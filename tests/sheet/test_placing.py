from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Flow, Kind, Lane, Procedure, Side, Step, Symbol
from sopdesk.sheet.page_grid import Leg, page_grid
from sopdesk.sheet.pentagons import pair_flows
from sopdesk.sheet.placing import place_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

LANES = tuple(Lane(name, name) for name in "abc")


def table(symbols: Iterable[Symbol], flows: Iterable[Flow] = (), rows: int = 4) -> Procedure:
    return Procedure(LANES, tuple(Step(f"s{i}") for i in range(rows)), tuple(symbols), tuple(flows))


def symbol(name: str, row: int, lanes: str = "a") -> Symbol:
    return Symbol(f"s{row}", tuple(lanes), id=name)


def bands(procedure: Procedure) -> dict[str, int]:
    return {place.symbol.id: place.band for place in place_symbols(procedure).places}


def test_symbols_of_one_cell_are_stacked_in_their_order() -> None:
    procedure = table([symbol("x", 0), symbol("y", 0), symbol("z", 0), symbol("w", 1)])
    assert bands(procedure) == {"x": 0, "y": 1, "z": 2, "w": 0}
    assert place_symbols(procedure).bands == (3, 1, 1, 1)


def test_a_symbol_alone_in_its_cell_stands_in_the_middle_of_its_row() -> None:
    procedure = table([symbol("x", 0), symbol("y", 0), symbol("z", 0), symbol("w", 0, "b")])
    assert bands(procedure)["w"] == 1


def test_a_wide_symbol_covers_its_lanes_and_stands_below_what_is_there() -> None:
    procedure = table([symbol("x", 0, "b"), symbol("wide", 0, "cb")])
    assert bands(procedure) == {"x": 0, "wide": 1}
    place = place_symbols(procedure).by_id["wide"]
    assert (place.first, place.last) == (1, 2)


def test_symbols_of_one_cell_stand_side_by_side_in_the_columns_of_their_lane() -> None:
    stack = [symbol(name, 0) for name in "xyz"]
    procedure = table([*stack, symbol("wide", 0, "ab"), symbol("alone", 0, "c")])
    places = place_symbols(procedure, columns=2)
    assert places.bands == (3, 1, 1, 1)
    assert {p.symbol.id: (p.band, p.first, p.last) for p in places.places} == {
        "x": (0, 0, 0),
        "y": (0, 1, 1),
        "z": (1, 0, 0),
        "wide": (2, 0, 3),
        "alone": (1, 4, 5),
    }


def test_a_pentagon_never_has_the_id_of_a_symbol() -> None:
    symbols = [symbol("out-A", 0), symbol("in-A", 1)]
    pairs = pair_flows(table(symbols, [Flow("out-A", "in-A")]), (0, 1, 1, 1), 0)
    ((outgoing,), _), (_, (incoming,)) = pairs[0], pairs[1]
    assert (outgoing.id, incoming.id) == ("out-A'", "in-A'")
    assert (outgoing.letter, incoming.letter) == ("A", "A")


CHAIN = [symbol(f"n{i}", i) for i in range(4)]


def test_each_flow_that_changes_pages_gets_a_pair() -> None:
    flows = [*(Flow(f"n{i}", f"n{i + 1}") for i in range(3)), Flow("n3", "n0", "Tidak")]
    pairs = pair_flows(table(CHAIN, flows), (0, 0, 1, 1), 0)
    assert [(p.id, p.partner, p.flows) for p in pairs[0][0]] == [("out-A", "n1", (1,))]
    assert [(p.id, p.partner, p.flows) for p in pairs[0][1]] == [("in-B", "n0", (3,))]
    assert [p.id for p in pairs[1][1]] == ["in-A", "out-B"]


def test_a_flow_goes_on_from_the_foot_of_its_page_and_back_from_its_head() -> None:
    flows = [Flow("n0", "n1"), Flow("n1", "n2"), Flow("n2", "n1", "Tidak"), Flow("n1", "n0")]
    pairs = pair_flows(table(CHAIN, flows), (0, 1, 2, 2), 0)
    assert {page: ([p.id for p in foot], [p.id for p in head])
            for page, (foot, head) in pairs.items()} == {
        0: (["out-A"], ["in-C"]),
        1: (["out-B"], ["in-A", "in-D", "out-C"]),
        2: ([], ["in-B", "out-D"]),
    }  # fmt: skip


def test_flows_from_one_page_to_one_symbol_share_a_letter() -> None:
    flows = [Flow("n0", "n3"), Flow("n1", "n3"), Flow("n1", "n2")]
    pairs = pair_flows(table(CHAIN, flows), (0, 0, 1, 1), 2)
    assert sorted((p.letter, p.flows) for p in pairs[0][0]) == [("C", (0, 1)), ("D", (2,))]
    assert sorted(p.letter for p in pairs[1][1]) == ["C", "D"]


def test_no_flow_changes_pages_on_one_page() -> None:
    assert pair_flows(table(CHAIN, [Flow("n0", "n3")]), (0, 0, 0, 0), 0) == {}


def test_a_page_holds_its_symbols_between_strips_of_pentagons() -> None:
    flows = [*(Flow(a.id, b.id) for a, b in pairwise(CHAIN)), Flow("n2", "n0", "Tidak")]
    procedure = table(CHAIN, flows)
    page = page_grid(procedure, (1, 2), *pair_flows(procedure, (0, 1, 1, 2), 0)[1])
    assert page.band_rows == (-1, 1, 2, -1)
    assert (page.head, page.foot) == (1, 1)
    assert page.legs == (
        Leg(1, "n1", "n2", ""),
        Leg(2, "n2", "out-B", ""),
        Leg(0, "in-A", "n1", ""),
        Leg(3, "n2", "out-C", "Tidak"),
    )
    assert len({(node.band, node.first) for node in page.grid.nodes}) == len(page.ids)


def test_pentagons_of_one_lane_stand_beside_each_other() -> None:
    flows = [Flow("n0", "n2"), Flow("n1", "n3")]
    procedure = table(CHAIN, flows)
    page = page_grid(procedure, (0, 1), *pair_flows(procedure, (0, 0, 1, 1), 0)[0])
    lanes = [n.first for name, n in zip(page.ids, page.grid.nodes, strict=True) if "out" in name]
    assert len(set(lanes)) == 2


def test_what_comes_in_stands_nearer_to_the_rows_than_what_goes_back() -> None:
    flows = [Flow("n0", "n2"), Flow("n1", "n3"), Flow("n2", "n0", "Tidak"), Flow("n3", "n1")]
    procedure = table(CHAIN, flows)
    page = page_grid(procedure, (2, 3), *pair_flows(procedure, (0, 0, 1, 1), 0)[1])
    upper = [name for name, node in zip(page.ids, page.grid.nodes, strict=True) if not node.band]
    assert page.head == 2
    assert upper == ["out-D"]


def test_a_fixed_side_holds_at_the_flows_own_symbols_only() -> None:
    procedure = table(CHAIN, [Flow("n0", "n2", exit=Side.LEFT, entry=Side.RIGHT)])
    pairs = pair_flows(procedure, (0, 0, 1, 1), 0)
    (leaves,) = page_grid(procedure, (0, 1), *pairs[0]).grid.links
    (arrives,) = page_grid(procedure, (2, 3), *pairs[1]).grid.links
    assert (leaves.exit, leaves.entry) == (Side.LEFT, None)
    assert (arrives.exit, arrives.entry) == (None, Side.RIGHT)


@pytest.mark.parametrize(
    ("kind", "labels", "exit_side", "expected"),
    [
        (Kind.PROCESS, ["Ya"], None, [Side.BOTTOM]),
        (Kind.PROCESS, ["Ya", "Ya"], None, [Side.BOTTOM, Side.BOTTOM]),
        (Kind.PROCESS, ["Ya"], Side.LEFT, [Side.LEFT]),
        (Kind.PROCESS, [""], None, [None]),
        (Kind.PROCESS, ["Ya", "Tidak"], None, [None, None]),
        (Kind.DECISION, ["Ya"], None, [None]),
    ],
)
def test_the_labelled_exit_of_a_symbol_without_slopes_is_below_it(
    kind: Kind, labels: list[str], exit_side: Side | None, expected: list[Side | None]
) -> None:
    symbols = [Symbol("s0", ("a",), kind, id="x"), symbol("y", 1), symbol("z", 2)]
    goals = ("y", "z")[: len(labels)]
    flows = [
        Flow("x", goal, label, exit=exit_side) for goal, label in zip(goals, labels, strict=True)
    ]
    grid = page_grid(table(symbols, flows), range(4), (), ()).grid
    assert [link.exit for link in grid.links] == expected


@pytest.mark.parametrize("kind", Kind)
def test_only_a_decision_ends_in_tips(kind: Kind) -> None:
    wide = Symbol("s0", ("a", "b", "c"), kind, id="n0")
    (node,) = page_grid(table([wide]), (0,), (), ()).grid.nodes
    assert list(node.broad) == ([1] if kind is Kind.DECISION else [0, 1, 2])


def test_the_pentagon_of_a_wide_decision_stands_below_its_middle() -> None:
    wide = Symbol("s0", ("a", "b", "c"), Kind.DECISION, id="n0")
    procedure = table([wide, symbol("n1", 1)], [Flow("n0", "n1", "Ya")])
    foot, head = pair_flows(procedure, (0, 1, 1, 1), 0)[0]
    grid = page_grid(procedure, (0,), foot, head).grid
    assert [(node.first, node.last) for node in grid.nodes] == [(0, 2), (1, 1)]
