from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sopdesk.document.values import Flow, Kind, Lane, Procedure, Step, Symbol
from sopdesk.sheet.layout import NO_REFERENCES
from sopdesk.sheet.look import look_of
from sopdesk.sheet.page_breaks import (
    Cut,
    Load,
    Room,
    filled_from,
    handed_on,
    is_too_full,
    load_of,
    taken_more,
)
from sopdesk.sheet.page_parts import Least, Part
from sopdesk.sheet.table import set_table
from tests.sheet.sheets import OFFICE, sop_of

LONG, SHORT = Least(50.0, 10.0), Least(8.0, 10.0)


def load(*least: Least, tail: float = 0.0, returns: bool = False, together: int = 99) -> Load:
    """What is to be put on pages; so many rows have as many flows as a page may have."""
    parts = tuple(Part(row) for row in range(len(least)))
    most = tuple(min(row + together, len(least)) for row in range(len(least)))
    return Load(parts, least, most, returns, Room(170.0, 170.0, tail))


def cut(breaks: list[int], heights: tuple[float, ...], foot: float = 0.0) -> Cut:
    """The breaks with a first page planned that is so high."""
    plan: Any = SimpleNamespace(
        parts=tuple(map(Part, range(len(heights)))),
        heights=heights,
        height=sum(heights),
        foot_height=foot,
    )
    return Cut(breaks, [plan])


def test_pages_are_filled_with_room_left_for_strips_of_pentagons() -> None:
    assert filled_from(load(*[SHORT] * 40), [0]) == [0, 15, 29]
    assert filled_from(load(*[SHORT] * 40, returns=True), [0]) == [0, 14, 28]


def test_strips_take_no_room_in_rows_of_long_texts() -> None:
    assert filled_from(load(*[LONG] * 7), [0]) == [0, 3, 6]


def test_the_last_page_leaves_room_for_the_tail() -> None:
    assert filled_from(load(*[LONG] * 3), [0]) == [0]
    assert filled_from(load(*[LONG] * 3, tail=30.0), [0]) == [0, 2]


def test_rows_that_turned_out_higher_make_the_pages_after_them_shorter() -> None:
    assert filled_from(load(*[SHORT] * 40), [0], stretch=1.5) == [0, 10, 19, 28, 37]


@pytest.mark.parametrize(("height", "is_full"), [(85.0, False), (85.1, True)])
def test_a_page_is_too_full_above_its_room(height: float, is_full: bool) -> None:
    assert is_too_full(load(LONG, LONG), cut([0], (height, 85.0))) == is_full


def test_a_row_alone_on_its_page_is_never_too_much() -> None:
    assert not is_too_full(load(LONG), cut([0], (300.0,)))


def test_a_page_hands_on_what_does_not_fit_and_never_takes_so_many_again() -> None:
    some = load(*[SHORT] * 20)
    too_many: dict[int, int] = {}
    assert handed_on(some, cut([0], (15.0,) * 20), too_many)[:2] == [0, 10]
    assert too_many == {0: 20}
    kept = cut([0, 10], (15.0,) * 10)
    assert taken_more(some, kept, {0: 11}) == [0, 10]


def test_a_page_with_room_takes_more() -> None:
    some = load(*[SHORT] * 30)
    assert taken_more(some, cut([0, 10], (10.0,) * 10, foot=10.0), {}) == [0, 16]


def test_a_page_takes_a_row_of_long_texts_whose_strip_takes_no_room() -> None:
    some = load(*[LONG] * 6)
    assert taken_more(some, cut([0, 2], (50.0, 50.0), foot=13.0), {})[:2] == [0, 3]


def test_a_page_that_takes_the_last_row_leaves_room_for_the_tail() -> None:
    assert taken_more(load(*[LONG] * 3), cut([0, 2], (50.0, 50.0)), {}) == [0]
    assert taken_more(load(*[LONG] * 3, tail=30.0), cut([0, 2], (50.0, 50.0)), {}) == [0, 2]


def test_a_page_takes_no_more_rows_than_have_as_many_flows_as_it_may_have() -> None:
    assert filled_from(load(*[SHORT] * 9, together=4), [0]) == [0, 4, 8]
    assert taken_more(load(*[SHORT] * 9, together=4), cut([0, 2], (10.0, 10.0)), {}) == [0, 4, 8]
    assert not load(*[SHORT] * 9, together=4).may_fit_one_page
    assert load(*[SHORT] * 9, together=9).may_fit_one_page
    assert load().may_fit_one_page


def test_what_a_page_takes_is_halved_once_it_took_too_much() -> None:
    plenty = load(*[SHORT] * 14)
    assert taken_more(plenty, cut([0, 2], (10.0, 10.0)), {0: 10}) == [0, 6]
    assert taken_more(plenty, cut([0, 2], (10.0, 10.0)), {0: 3}) == [0, 2]


def test_a_page_hands_on_more_where_it_is_to_keep_a_share_only() -> None:
    few = load(*[SHORT] * 8)
    high = (30.0,) * 8
    assert handed_on(few, cut([0], high), {})[1] == 5
    assert handed_on(few, cut([0], high), {}, 0.5)[1] == 4
    assert handed_on(few, cut([0], high), {}, 0.01)[1] == 1


def test_flows_from_row_to_row_count_once_and_those_of_other_pages_too() -> None:
    rows = range(10)
    steps = tuple(Step(f"s{i}") for i in rows)
    symbols = tuple(Symbol(f"s{i}", ("l0",), Kind.PROCESS, "", f"n{i}") for i in rows)
    flows = tuple(Flow(f"n{a}", f"n{b}") for a in rows for b in rows if a != b)
    lanes = (Lane("l0", "Pelaksana"),)
    sop = sop_of(Procedure(lanes, steps, symbols, (*flows, *flows)))
    look = look_of(sop, OFFICE, None, None)
    table = set_table(sop.procedures[0], look, look.paper.frame.width, 4.0, NO_REFERENCES)

    def most(room_mm: float) -> tuple[int, ...]:
        return load_of(table, Room(room_mm, room_mm)).most

    for together in (1, 2, 3):
        flows_mm = 2 * (18 * together - together * (together - 1))
        assert most(flows_mm) == tuple(min(row + together, 10) for row in rows)
        assert most(flows_mm - 1)[0] == max(1, together - 1)
    assert most(float("inf")) == (10,) * 10
