from __future__ import annotations

from itertools import pairwise

import pytest

from sopdesk.document.values import Flow, Lane, Procedure, Step, Symbol
from sopdesk.sheet.hops import with_hops
from sopdesk.sheet.lane_spacing import ColumnPlaces, aside_mm, tight_aside
from sopdesk.sheet.packing import Packed, pack_columns, pack_rows
from sopdesk.sheet.page_grid import PageGrid, page_grid
from sopdesk.sheet.routing.router import Routes, route
from sopdesk.sheet.routing.tracks import Axis
from sopdesk.sheet.row_spacing import ARROW_RUN, BandRoom, RowPlaces, needed_heights
from sopdesk.sheet.spacing import BORDER, CLEAR, GAP
from sopdesk.sheet.values import Connector, Point

SYMBOL_MM = 14.0
HALF_MM = 3.5


def page_of(*flows: tuple[int, int]) -> tuple[PageGrid, Routes]:
    """Six rows in one lane each at left or right, with these flows between them."""
    procedure = Procedure(
        (Lane("a"), Lane("b")),
        tuple(Step(f"s{i}") for i in range(6)),
        tuple(Symbol(f"s{i}", ("ab"[i % 2],), id=f"n{i}") for i in range(6)),
        tuple(Flow(f"n{a}", f"n{b}", f"{a}{b}") for a, b in flows),
    )
    page = page_grid(procedure, range(6), (), ())
    return page, route(page.grid)


BUSY = ((0, 1), (1, 2), (2, 0), (3, 1), (4, 0), (5, 2), (0, 5), (2, 5))


def used_columns(routes: Routes) -> set[int]:
    found = {a[0] for path in routes.paths for a, b in pairwise(path) if a[0] == b[0]}
    return {line for line in found if not routes.across.place(line)[0]}


def test_a_lane_without_lines_keeps_a_little_room() -> None:
    assert 0 < aside_mm(Packed({}, (0, 0), (0, 0))) < CLEAR


def test_each_further_line_makes_the_lane_wider_by_a_gap() -> None:
    rooms = [aside_mm(Packed({}, (0, count), (0, count))) for count in (1, 2, 3)]
    assert rooms == [CLEAR + BORDER, CLEAR + GAP + BORDER, CLEAR + 2 * GAP + BORDER]


def test_lines_keep_their_distance_from_each_other_and_from_symbols() -> None:
    _, routes = page_of(*BUSY)
    columns = pack_columns(routes)
    lane = SYMBOL_MM + 2 * aside_mm(columns)
    x_of = ColumnPlaces(routes.across, columns, 100.0, lane, SYMBOL_MM)
    places = sorted({round(x_of(line), 6) for line in used_columns(routes)})
    edges = [x_of.center(index) + sign * SYMBOL_MM / 2 for index in (0, 1) for sign in (-1, 1)]
    assert len(places) > 2
    assert not x_of.is_tight
    assert all(b - a >= GAP - 1e-6 for a, b in pairwise(places))
    assert all(abs(x - edge) >= CLEAR - 1e-6 for x in places for edge in edges)
    assert all(100.0 < x < 100.0 + 2 * lane for x in places)


def test_lines_stand_in_the_order_of_their_tracks() -> None:
    _, routes = page_of(*BUSY)
    columns = pack_columns(routes)
    x_of = ColumnPlaces(routes.across, columns, 0.0, 30.0, SYMBOL_MM)
    for alley in range(3):
        lines = [line for line in routes.across.alley(alley) if line in columns.place]
        beside = [x_of(line) for line in lines]
        assert len(set(beside)) == columns.counts[alley] or not lines


def least_found(routes: Routes, room: float) -> tuple[bool, float]:
    """Whether lanes with so much room beside symbols are tight, and what their lines keep."""
    columns = pack_columns(routes)
    x_of = ColumnPlaces(routes.across, columns, 0.0, SYMBOL_MM + 2 * room, SYMBOL_MM)
    places = sorted({round(x_of(line), 6) for line in used_columns(routes)})
    edges = [x_of.center(index) + sign * SYMBOL_MM / 2 for index in (0, 1) for sign in (-1, 1)]
    near = [abs(x - edge) for x in places for edge in edges]
    return x_of.is_tight, min([*(b - a for a, b in pairwise(places)), *near])


def test_a_narrow_lane_takes_from_its_margins_before_its_lines_come_closer() -> None:
    _, routes = page_of(*BUSY)
    room = tight_aside(aside_mm(pack_columns(routes)))
    is_tight, kept = least_found(routes, room)
    assert not is_tight
    assert kept >= GAP - 1e-6


@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
def test_in_a_lane_that_is_too_narrow_all_lines_come_closer_alike(share: float) -> None:
    _, routes = page_of(*BUSY)
    is_tight, kept = least_found(routes, share * tight_aside(aside_mm(pack_columns(routes))))
    assert is_tight
    assert kept == pytest.approx(share * GAP)


def test_tracks_that_never_run_side_by_side_share_a_place() -> None:
    _, routes = page_of((2, 0), (5, 3))
    assert max(pack_columns(routes).counts) <= 1


def test_a_line_stands_in_the_row_that_it_goes_to_or_else_in_the_one_it_leaves() -> None:
    step, jump = ((3, 5), (3, 7), (9, 7), (9, 9)), ((4, 5), (4, 6), (10, 6), (10, 15))
    for paths, above in (((step,), 0), ((jump,), 1), ((step, jump), 1)):
        routes = Routes(Axis.of(2, 1), Axis((1, 3, 1, 1)), paths)
        rows = pack_rows(routes, float)
        assert rows.counts[1] == len(paths)
        assert rows.split[1] == above


@pytest.mark.parametrize(("over", "under"), [(0.0, 0.0), (0.0, 4.0), (5.0, 0.0), (4.5, 6.0)])
def test_rows_are_as_high_as_their_lines_and_labels_need(over: float, under: float) -> None:
    page, routes = page_of(*BUSY)
    columns = pack_columns(routes)
    lane = SYMBOL_MM + 2 * aside_mm(columns)
    x_of = ColumnPlaces(routes.across, columns, 0.0, lane, SYMBOL_MM)
    rows = pack_rows(routes, x_of)
    rooms = [BandRoom(HALF_MM, over, under)] * 6
    needs = needed_heights(page, rows, rooms)
    middles, borders, y = [], [0.0], 0.0
    for band in range(6):
        middles.append(y + needs.above[band] + HALF_MM)
        y += needs.of_bands([band], rooms)
        borders.append(y)
    y_of = RowPlaces(page, routes.down, rows, middles, rooms, borders)
    for path in routes.paths:
        for (_, y1), (_, y2) in pairwise(path):
            is_cell, gutter, _ = routes.down.place(y1)
            if y1 != y2 or is_cell:
                continue
            place = y_of(y1)
            assert all(abs(place - middle) >= HALF_MM + CLEAR - 1e-6 for middle in middles)
            assert all(abs(place - border) >= BORDER - 1e-6 for border in borders)
            if gutter:
                below = place - (middles[gutter - 1] + HALF_MM)
                assert below >= max(CLEAR, under) - 1e-6
            if gutter < 6:
                above = middles[gutter] - HALF_MM - place
                assert above >= max(ARROW_RUN, over) - 1e-6
    for band, middle in enumerate(middles):
        assert borders[band] <= middle - HALF_MM - over + 1e-6
        assert middle + HALF_MM + under <= borders[band + 1] + 1e-6


def connector(*points: Point) -> Connector:
    return Connector("a", "b", 0, points, True, "", None, ())


def test_the_level_line_hops_over_the_upright_one_in_the_order_of_its_way() -> None:
    uprights = [connector((x, 0.0), (x, 10.0)) for x in (2.0, 4.0)]
    there, back = connector((0.0, 5.0), (9.0, 5.0)), connector((9.0, 5.0), (0.0, 5.0))
    found = with_hops([*uprights, there, back])
    assert [c.jumps for c in found[:2]] == [(), ()]
    assert found[2].jumps == ((2.0, 5.0), (4.0, 5.0))
    assert found[3].jumps == ((4.0, 5.0), (2.0, 5.0))


def test_lines_that_only_touch_do_not_hop() -> None:
    found = with_hops([connector((2.0, 0.0), (2.0, 5.0)), connector((0.0, 5.0), (9.0, 5.0))])
    assert found[1].jumps == ()


def test_a_trunk_that_two_share_is_hopped_once() -> None:
    trunk = connector((2.0, 0.0), (2.0, 9.0))
    assert with_hops([trunk, trunk, connector((0.0, 5.0), (9.0, 5.0))])[2].jumps == ((2.0, 5.0),)
