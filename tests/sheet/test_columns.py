from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdesk.document.values import COLUMNS
from sopdesk.sheet.look import look_of
from sopdesk.sheet.table import Table, set_table
from tests.sheet.generated import plain_grid, wild
from tests.sheet.sheets import OFFICE, chain, sop_of

WIDTH = 306.0


def table(width: float = WIDTH, aside: float = 2.75, lanes: int = 4, **asked: Any) -> Table:
    procedure = plain_grid(1, 10, lanes)
    return set_table(procedure, look_of(sop_of(procedure, **asked), OFFICE), width, aside, {})


def width_of(found: Table, key: str) -> float:
    left, right = found.columns.of(key)
    return right - left


@settings(max_examples=25)
@given(st.integers(1, 12), st.sampled_from([150.0, 190.0, WIDTH]), st.floats(1.4, 8.0))
def test_the_columns_fill_the_page_and_no_more(lanes: int, width: float, aside: float) -> None:
    found = table(width, aside, lanes)
    assert found.width == pytest.approx(width)
    for (_, _, right), (_, left, _) in pairwise(found.columns.spans):
        assert right == left
    assert all(right > left for _, left, right in found.columns.spans)


@pytest.mark.parametrize(
    "columns",
    [COLUMNS, ("activity", "lanes", "outputs"), ("lanes", "remarks", "number"), ("lanes",)],
)
def test_columns_stand_in_the_order_asked_and_no_others(columns: tuple[str, ...]) -> None:
    assert tuple(key for key, _, _ in table(columns=columns).columns.spans) == columns


def test_a_column_that_is_missing_has_no_place() -> None:
    with pytest.raises(KeyError):
        table(columns=("activity", "lanes")).columns.of("remarks")


def test_widths_fixed_by_hand_stand() -> None:
    found = table(widths_mm=(("activity", 71.0), ("lanes", 26.0), ("remarks", 18.0)))
    assert width_of(found, "activity") == pytest.approx(71.0)
    assert width_of(found, "remarks") == pytest.approx(18.0)
    assert found.lane_mm == 26.0
    assert width_of(found, "lanes") == pytest.approx(4 * 26.0)


def test_lanes_make_room_for_a_column_that_was_fixed() -> None:
    widths = (("activity", 150.0), ("requirements", 50.0))
    found = table(widths_mm=widths)
    assert found.lane_mm < table().lane_mm
    for key, width in widths:
        left, right = found.columns.of(key)
        assert right - left == pytest.approx(width)
    assert found.width == pytest.approx(306.0)


def test_a_column_fixed_wider_than_leaves_lanes_readable_gives_way_instead() -> None:
    found = table(widths_mm=(("activity", 280.0),))
    assert width_of(found, "duration") == width_of(table(), "duration")
    assert (found.look.size_pt, found.measures.scale) == (9.0, 1.0)
    assert found.width == pytest.approx(306.0)


def test_where_all_columns_are_fixed_the_table_is_as_wide_as_they_are() -> None:
    widths = tuple((key, 22.0) for key in COLUMNS)
    found = table(widths_mm=widths)
    count = len(found.procedure.lanes)
    assert found.width == pytest.approx(22.0 * (len(COLUMNS) - 1 + count))
    free = table(widths_mm=tuple((key, width) for key, width in widths if key != "lanes"))
    assert free.width == pytest.approx(306.0)
    assert free.lane_mm > 22.0


def test_lanes_fixed_too_narrow_stand_and_a_finding_tells() -> None:
    found = table(widths_mm=(("lanes", 11.0),))
    assert found.lane_mm == 11.0


def test_widths_fixed_wider_than_the_page_shrink_onto_it() -> None:
    found = table(widths_mm=tuple((key, 200.0) for key in COLUMNS if key != "lanes"))
    assert found.width == pytest.approx(WIDTH)


def test_lanes_are_as_wide_as_their_lines_ask() -> None:
    assert table(aside=7.0).lane_mm == pytest.approx(table(aside=7.0).measures.width + 14.0)
    assert table(aside=7.0).aside == pytest.approx(7.0)


def test_the_fuller_column_gets_more_room() -> None:
    procedure = chain(["Memeriksa kelengkapan berkas permohonan " * 6, "b", "c"])
    found = set_table(procedure, look_of(sop_of(procedure), OFFICE), WIDTH, 2.75, {})
    assert width_of(found, "activity") > 2 * width_of(found, "outputs")


def test_no_text_is_wider_than_its_column() -> None:
    (procedure,) = wild(2, 12, 8).procedures
    found = set_table(procedure, look_of(sop_of(procedure), OFFICE), 190.0, 2.75, {})
    for row in found.lines:
        for key, lines in row.items():
            assert all(line.width_mm <= width_of(found, key) for line in lines)


def test_symbols_shrink_before_the_texts_have_no_room() -> None:
    wide, narrow = table(lanes=3), table(190.0, lanes=14)
    assert narrow.measures.scale < wide.measures.scale == 1.0
    assert narrow.lane_mm < wide.lane_mm


def test_symbols_shrink_before_long_texts_get_no_more_than_their_longest_word() -> None:
    short, long = (
        set_table(procedure, look_of(sop_of(procedure), OFFICE), 140.0, 3.8, {})
        for procedure in (chain(["Arsip"] * 4), chain(["Memeriksa kelengkapan berkas " * 4] * 4))
    )
    assert long.measures.scale < short.measures.scale == 1.0
    assert long.look.size_pt == short.look.size_pt
    assert width_of(long, "activity") > 1.5 * width_of(short, "activity")
