"""The measure itself: a sound listing has no fault, and each fault put into it is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Side
from tests.sheet import broken_lines, broken_pages
from tests.sheet.geometry import faults
from tests.sheet.sound import on_one_page, on_three_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sheet.sound import Data


FAULTS: dict[str, list[Callable[[Data], None]]] = {
    "text outside its cell": [broken_pages.text_out_of_its_cell],
    "text outside the frame": [broken_pages.text_out_of_the_frame],
    "row outside the frame": [broken_pages.row_out_of_the_frame],
    "lane outside the frame": [broken_pages.lane_out_of_the_frame],
    "rows apart": [broken_pages.rows_apart],
    "texts overlap: heading/heading": [broken_pages.text_on_text],
    "text on a symbol: activity": [broken_pages.text_on_a_symbol],
    "text outside its symbol": [broken_pages.text_out_of_its_symbol],
    "cell outside its row": [broken_pages.cell_out_of_its_row],
    "cell over the lanes": [broken_pages.cell_over_the_lanes],
    "text missing: activity": [broken_pages.lost_words],
    "symbols overlap": [broken_pages.symbol_on_symbol],
    "symbol outside its lanes": [broken_pages.symbol_in_another_lane],
    "symbol outside its row": [broken_pages.symbol_out_of_its_row],
    "oblique or empty run": [broken_lines.oblique_line, broken_lines.repeated_point],
    "a point that does not turn": [broken_lines.point_on_the_way],
    "connector outside the lanes": [broken_lines.line_out_of_the_lanes],
    "through a symbol": [broken_lines.line_through_a_symbol],
    "closer than 2 mm to a symbol": [broken_lines.line_close_to_a_symbol],
    "through a text: activity": [broken_lines.line_through_a_text],
    "through a text: symbol": [broken_lines.line_through_the_text_of_a_symbol],
    "through a label": [broken_lines.line_through_a_label],
    "end off its outline": [broken_lines.end_off_its_outline],
    "flow against its direction": [broken_lines.flow_that_leaves_at_the_top],
    "arrow head wrong": [broken_lines.arrow_without_a_head],
    "two flows on one line": [broken_lines.two_flows_on_one_line],
    "flows against each other on one line": [broken_lines.joined_flows_that_meet_head_on],
    "lines touch": [broken_lines.line_that_ends_on_another],
    "lines closer than 1.5 mm": [
        broken_lines.lines_too_close,
        broken_lines.joined_lines_too_close,
        broken_lines.turn_too_close,
    ],
    "crossing without a hop": [broken_lines.crossing_without_a_hop],
    "hop over nothing": [broken_lines.hop_over_nothing],
    "exits of a decision at one side": [broken_lines.two_exits_at_one_side],
    "label missing": [broken_lines.no_label],
    "label on a foreign line": [broken_lines.label_on_a_flow_that_has_none],
    "label without its words": [broken_lines.label_without_words],
    "label far from its diamond": [broken_lines.far_label],
    "label off its line": [broken_lines.label_on_its_line, broken_lines.far_label],
    "label nearer to another line": [broken_lines.label_beside_another_line],
    "label on a symbol": [broken_lines.label_on_a_symbol],
    "label on a text": [broken_lines.label_on_a_text],
    "labels overlap": [broken_lines.label_on_a_label],
    "label outside the lanes": [broken_lines.label_out_of_the_lanes],
    "rows missing or out of order": [broken_pages.lost_row],
    "symbols missing or repeated": [broken_pages.lost_symbol],
    "flow missing": [broken_pages.lost_flow],
    "flow does not arrive": [broken_pages.flow_without_arrival],
    "flow in too many or too few parts": [broken_pages.flow_drawn_twice],
    "note without need": [broken_pages.note_without_need],
    "lanes missing or out of order": [broken_pages.lanes_turned_round],
    "name of an actor missing": [broken_pages.lost_actor],
}


@pytest.mark.parametrize("made", [on_one_page, on_three_pages])
def test_a_sound_listing_has_no_fault(made: Callable[[], tuple[str, list[Data]]]) -> None:
    found, procedures = made()
    assert not faults(json.loads(found), procedures)


@pytest.mark.parametrize(
    ("fault", "put"), [(fault, put) for fault, puts in FAULTS.items() for put in puts]
)
def test_a_fault_put_into_a_listing_is_counted(fault: str, put: Callable[[Data], None]) -> None:
    found, procedures = on_one_page()
    broken = json.loads(found)
    put(broken)
    assert faults(broken, procedures)[fault]


PAGING_FAULTS: dict[str, list[Callable[[Data], None]]] = {
    "pentagon without its pair": [
        broken_pages.lone_pentagon,
        broken_pages.letter_that_two_flows_share,
        broken_pages.pair_on_one_page,
    ],
    "letters out of order": [broken_pages.letters_out_of_order],
    "pentagon among the rows": [broken_pages.pentagon_among_the_rows],
    "pentagon at the wrong end of its page": [broken_pages.pentagon_at_the_wrong_end],
    "pentagon without its letter": [broken_pages.pentagon_without_its_letter],
    "flow in too many or too few parts": [broken_pages.flow_over_a_break_in_one_part],
    "single row left over": [broken_pages.row_left_over],
    "heading not repeated": [
        broken_pages.heading_on_the_first_page_only,
        broken_pages.heading_below_its_rows,
    ],
}


@pytest.mark.parametrize(
    ("fault", "put"), [(fault, put) for fault, puts in PAGING_FAULTS.items() for put in puts]
)
def test_a_fault_of_paging_is_counted(fault: str, put: Callable[[Data], None]) -> None:
    found, procedures = on_three_pages()
    broken = json.loads(found)
    put(broken)
    assert faults(broken, procedures)[fault]


def test_a_last_row_that_nobody_can_join_is_no_fault() -> None:
    found, procedures = on_three_pages()
    sheet = json.loads(found)
    broken_pages.row_left_over(sheet)
    sheet["paper"]["margins"][2] = (
        sheet["paper"]["height"] - sheet["pages"][-1]["rows"][0]["bottom"]
    )
    assert not faults(sheet, procedures)["single row left over"]


@pytest.mark.parametrize(("least", "is_fault"), [(0.95, True), (0.85, False)])
def test_a_note_allows_the_spacing_that_it_says_and_no_less(least: float, is_fault: bool) -> None:
    found, procedures = on_one_page()
    sheet = json.loads(found)
    broken_lines.lines_too_close(sheet)
    sheet["notes"] = [{"code": "lanes_too_narrow", "least_spacing_mm": least}]
    assert bool(faults(sheet, procedures)["lines closer than 1.5 mm"]) == is_fault
    broken_lines.two_flows_on_one_line(sheet)
    assert faults(sheet, procedures)["two flows on one line"]


def test_sides_that_the_user_fixed_are_measured_against_his_wish() -> None:
    found, procedures = on_one_page()
    sheet, table = json.loads(found), json.loads(json.dumps(procedures[0]))
    broken_lines.two_exits_at_one_side(sheet)
    for flow in table["flows"][2:4]:
        flow["exit"] = Side.RIGHT
    counted = faults(sheet, [table])
    assert not counted["exits of a decision at one side"]
    assert counted["side that the user fixed"]


def test_where_lanes_are_too_narrow_a_label_may_stand_as_near_to_another_line() -> None:
    found, procedures = on_one_page()
    sheet = json.loads(found)
    broken_lines.label_beside_another_line(sheet)
    sheet["notes"] = [{"code": "lanes_too_narrow", "least_spacing_mm": 1.0}]
    assert not faults(sheet, procedures)["label nearer to another line"]
