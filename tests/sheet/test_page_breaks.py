from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sopdesk.sheet.page_breaks import (
    Cut,
    Load,
    Room,
    filled_from,
    handed_on,
    is_too_full,
    taken_more,
)
from sopdesk.sheet.page_parts import Least, Part

LONG, SHORT = Least(50.0, 10.0), Least(8.0, 10.0)


def load(*least: Least, tail: float = 0.0, returns: bool = False) -> Load:
    parts = tuple(Part(row) for row in range(len(least)))
    return Load(parts, least, returns, Room(170.0, 170.0, tail))


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
