"""The measure itself: a sound listing has no fault, and each fault put into it is counted."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.form import to_form
from sopdesk.document.values import Flow, Kind, Lane, Procedure, Side, Step, Symbol
from tests.sheet.geometry import faults
from tests.sheet.sheets import chain, listed, sop_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Sop

Data = dict[str, Any]


@cache
def on_one_page() -> tuple[str, list[Data]]:
    """A listing with a decision, a flow back and a join, as JSON, and the SOP's procedures."""
    kinds = (Kind.START, Kind.PROCESS, Kind.DECISION, Kind.PROCESS, Kind.END)
    lanes = ("l0", "l2", "l1", "l2", "l0")
    procedure = Procedure(
        tuple(Lane(f"l{i}", f"Pelaksana {i}") for i in range(3)),
        tuple(Step(f"s{i}", f"Langkah {i}") for i in range(5)),
        tuple(
            Symbol(f"s{i}", (lane,), kind, "Perlu?" if i == 2 else "", f"n{i}")
            for i, (lane, kind) in enumerate(zip(lanes, kinds, strict=True))
        ),
        (
            Flow("n0", "n1"),
            Flow("n1", "n2"),
            Flow("n2", "n3", "Ya"),
            Flow("n2", "n0", "Tidak"),
            Flow("n3", "n4"),
            Flow("n1", "n4", "Langsung"),
        ),
    )
    return _listing_and_form(sop_of(procedure))


@cache
def on_three_pages() -> tuple[str, list[Data]]:
    """A listing over pages with a flow back, as JSON, and the SOP's procedures."""
    procedure = chain(["Memeriksa berkas"] * 24)
    return _listing_and_form(
        sop_of(replace(procedure, flows=(*procedure.flows, Flow("n22", "n1", "Tidak"))))
    )


def _listing_and_form(sop: Sop) -> tuple[str, list[Data]]:
    return json.dumps(listed(sop)), to_form(sop)["procedures"]


def flow_page(found: Data) -> Data:
    page: Data = found["pages"][1]
    return page


def connector(found: Data, flow: int) -> Data:
    (one,) = [c for c in flow_page(found)["connectors"] if c["flow"] == flow]
    found_one: Data = one
    return found_one


def symbol(found: Data, name: str) -> Data:
    (one,) = [s for s in flow_page(found)["symbols"] if s["id"] == name]
    found_one: Data = one
    return found_one


def text(found: Data, role: str, words: str) -> Data:
    (one,) = [t for t in flow_page(found)["texts"] if (t["role"], t["text"]) == (role, words)]
    found_one: Data = one
    return found_one


def moved(rect: list[float], dx: float, dy: float) -> list[float]:
    return [n + d for n, d in zip(rect, (dx, dy, dx, dy), strict=True)]


def move_symbol(found: Data, name: str, dx: float, dy: float) -> None:
    one = symbol(found, name)
    one["rect"] = moved(one["rect"], dx, dy)
    one["outline"] = [[x + dx, y + dy] for x, y in one["outline"]]


def text_out_of_its_cell(found: Data) -> None:
    flow_page(found)["texts"][0]["rect"][2] += 200


def text_out_of_the_frame(found: Data) -> None:
    found["paper"]["margins"][0] += 10


def row_out_of_the_frame(found: Data) -> None:
    flow_page(found)["rows"][-1]["bottom"] = found["paper"]["height"]


def lane_out_of_the_frame(found: Data) -> None:
    flow_page(found)["lanes"][-1]["right"] = found["paper"]["width"]


def rows_apart(found: Data) -> None:
    flow_page(found)["rows"][1]["top"] += 1


def text_on_text(found: Data) -> None:
    texts = flow_page(found)["texts"]
    texts[1]["rect"] = texts[0]["rect"]


def text_on_a_symbol(found: Data) -> None:
    one = text(found, "activity", "Langkah 3")
    one["rect"] = one["cell"] = symbol(found, "n3")["rect"]


def text_out_of_its_symbol(found: Data) -> None:
    one = text(found, "symbol", "Perlu?")
    left, top, _, _ = symbol(found, "n2")["rect"]
    one["rect"] = [left, top, left + 4, top + 2]


def cell_out_of_its_row(found: Data) -> None:
    text(found, "activity", "Langkah 3")["cell"][1] -= 2


def cell_over_the_lanes(found: Data) -> None:
    text(found, "activity", "Langkah 3")["cell"][2] += 4


def lost_words(found: Data) -> None:
    text(found, "activity", "Langkah 3")["text"] = "Langkah"


def symbol_on_symbol(found: Data) -> None:
    one, other = symbol(found, "n0"), symbol(found, "n1")
    one["rect"], one["outline"] = other["rect"], other["outline"]


def symbol_in_another_lane(found: Data) -> None:
    lanes = flow_page(found)["lanes"]
    move_symbol(found, "n0", lanes[1]["left"] - lanes[0]["left"], 0)


def symbol_out_of_its_row(found: Data) -> None:
    move_symbol(found, "n0", 0, 6)


def oblique_line(found: Data) -> None:
    connector(found, 0)["points"][0][0] += 0.7
    connector(found, 0)["points"][0][1] += 0.7


def repeated_point(found: Data) -> None:
    points = connector(found, 0)["points"]
    points.insert(0, points[0])


def point_on_the_way(found: Data) -> None:
    points = connector(found, 0)["points"]
    (x1, y1), (x2, y2) = points[:2]
    points.insert(1, [(x1 + x2) / 2, (y1 + y2) / 2])


def line_out_of_the_lanes(found: Data) -> None:
    connector(found, 3)["points"] = [[x - 60, y] for x, y in connector(found, 3)["points"]]


def line_through_a_symbol(found: Data) -> None:
    left, top, right, bottom = symbol(found, "n3")["rect"]
    y = (top + bottom) / 2
    connector(found, 0)["points"] = [[left - 5, y], [right + 5, y]]


def line_close_to_a_symbol(found: Data) -> None:
    left, top, right, _ = symbol(found, "n3")["rect"]
    connector(found, 0)["points"] = [[left, top - 1], [right, top - 1]]


def line_through(rect: list[float]) -> list[list[float]]:
    y = (rect[1] + rect[3]) / 2
    return [[rect[0], y], [rect[2], y]]


def line_through_a_text(found: Data) -> None:
    connector(found, 0)["points"] = line_through(text(found, "activity", "Langkah 3")["rect"])


def line_through_the_text_of_a_symbol(found: Data) -> None:
    connector(found, 0)["points"] = line_through(text(found, "symbol", "Perlu?")["rect"])


def line_through_a_label(found: Data) -> None:
    connector(found, 0)["points"] = line_through(connector(found, 2)["label_rect"])


def end_off_its_outline(found: Data) -> None:
    points = connector(found, 4)["points"]
    points[-1] = [points[-1][0] + 3, points[-1][1] + 3]


def flow_that_leaves_at_the_top(found: Data) -> None:
    (x, _), top = symbol(found, "n1")["outline"][0], symbol(found, "n1")["rect"][1]
    connector(found, 1)["points"] = [[x, top], [x, top - 5]]


def arrow_without_a_head(found: Data) -> None:
    connector(found, 0)["arrow"] = False


def two_flows_on_one_line(found: Data) -> None:
    connector(found, 3)["points"] = connector(found, 2)["points"]


def joined_flows_that_meet_head_on(found: Data) -> None:
    connector(found, 4)["points"] = connector(found, 5)["points"][::-1]


def line_that_ends_on_another(found: Data) -> None:
    connector(found, 0)["points"] = [[150, 100], [170, 100]]
    connector(found, 4)["points"] = [[160, 90], [160, 100]]


def lines_too_close(found: Data) -> None:
    points = connector(found, 2)["points"]
    connector(found, 3)["points"] = [[x + 0.9, y - 0.9] for x, y in points]


def joined_lines_too_close(found: Data) -> None:
    points = connector(found, 4)["points"]
    connector(found, 5)["points"] = [[x + 0.9, y + 0.9] for x, y in points]


def turn_too_close(found: Data) -> None:
    (x, y), *_ = connector(found, 3)["points"]
    connector(found, 3)["points"] = [[x, y], [x - 9, y], [x - 9, y + 1], [x, y + 1]]


def crossing_without_a_hop(found: Data) -> None:
    connector(found, 0)["points"] = [[150, 100], [170, 100]]
    connector(found, 4)["points"] = [[160, 90], [160, 110]]


def hop_over_nothing(found: Data) -> None:
    (x1, y), (x2, _) = connector(found, 3)["points"][:2]
    connector(found, 3)["jumps"].append([(x1 + x2) / 2, y])


def two_exits_at_one_side(found: Data) -> None:
    x, y = connector(found, 2)["points"][0]
    connector(found, 3)["points"] = [[x, y], connector(found, 2)["points"][1]]


def no_label(found: Data) -> None:
    connector(found, 2)["label_rect"] = None


def label_on_a_flow_that_has_none(found: Data) -> None:
    connector(found, 0)["label_rect"] = connector(found, 2)["label_rect"]


def label_without_words(found: Data) -> None:
    text(found, "label", "Ya")["text"] = "Y"


def far_label(found: Data) -> None:
    connector(found, 2)["label_rect"] = moved(connector(found, 2)["label_rect"], 30, 0)


def label_on_its_line(found: Data) -> None:
    x, y = connector(found, 2)["points"][0]
    connector(found, 2)["label_rect"] = [x - 2, y, x + 2, y + 3]


def label_beside_another_line(found: Data) -> None:
    left, top, right, _ = connector(found, 2)["label_rect"]
    connector(found, 0)["points"] = [[left, top - 0.1], [right, top - 0.1]]


def label_on_a_symbol(found: Data) -> None:
    connector(found, 2)["label_rect"] = symbol(found, "n2")["rect"]


def label_on_a_text(found: Data) -> None:
    connector(found, 2)["label_rect"] = text(found, "activity", "Langkah 2")["rect"]


def label_on_a_label(found: Data) -> None:
    connector(found, 2)["label_rect"] = connector(found, 3)["label_rect"]


def label_out_of_the_lanes(found: Data) -> None:
    connector(found, 2)["label_rect"] = moved(connector(found, 2)["label_rect"], 200, 0)


def lost_row(found: Data) -> None:
    flow_page(found)["rows"].pop()


def lost_symbol(found: Data) -> None:
    page = flow_page(found)
    page["symbols"].append(dict(symbol(found, "n0"), id="n9"))


def lost_flow(found: Data) -> None:
    flow_page(found)["connectors"].remove(connector(found, 0))


def flow_without_arrival(found: Data) -> None:
    connector(found, 0)["to"] = "n3"


def flow_drawn_twice(found: Data) -> None:
    flow_page(found)["connectors"].append(connector(found, 0))


def note_without_need(found: Data) -> None:
    found["notes"] = [{"code": "lanes_too_narrow", "least_spacing_mm": 2.0}]


def lanes_turned_round(found: Data) -> None:
    flow_page(found)["lanes"].reverse()


def lost_actor(found: Data) -> None:
    for one in flow_page(found)["texts"]:
        if one["role"] == "lane":
            one["text"] = one["text"].replace("2", "")


FAULTS: dict[str, list[Callable[[Data], None]]] = {
    "text outside its cell": [text_out_of_its_cell],
    "text outside the frame": [text_out_of_the_frame],
    "row outside the frame": [row_out_of_the_frame],
    "lane outside the frame": [lane_out_of_the_frame],
    "rows apart": [rows_apart],
    "texts overlap: heading/heading": [text_on_text],
    "text on a symbol: activity": [text_on_a_symbol],
    "text outside its symbol": [text_out_of_its_symbol],
    "cell outside its row": [cell_out_of_its_row],
    "cell over the lanes": [cell_over_the_lanes],
    "text missing: activity": [lost_words],
    "symbols overlap": [symbol_on_symbol],
    "symbol outside its lanes": [symbol_in_another_lane],
    "symbol outside its row": [symbol_out_of_its_row],
    "oblique or empty run": [oblique_line, repeated_point],
    "a point that does not turn": [point_on_the_way],
    "connector outside the lanes": [line_out_of_the_lanes],
    "through a symbol": [line_through_a_symbol],
    "closer than 2 mm to a symbol": [line_close_to_a_symbol],
    "through a text: activity": [line_through_a_text],
    "through a text: symbol": [line_through_the_text_of_a_symbol],
    "through a label": [line_through_a_label],
    "end off its outline": [end_off_its_outline],
    "flow against its direction": [flow_that_leaves_at_the_top],
    "arrow head wrong": [arrow_without_a_head],
    "two flows on one line": [two_flows_on_one_line],
    "flows against each other on one line": [joined_flows_that_meet_head_on],
    "lines touch": [line_that_ends_on_another],
    "lines closer than 1.5 mm": [lines_too_close, joined_lines_too_close, turn_too_close],
    "crossing without a hop": [crossing_without_a_hop],
    "hop over nothing": [hop_over_nothing],
    "exits of a decision at one side": [two_exits_at_one_side],
    "label missing": [no_label],
    "label on a foreign line": [label_on_a_flow_that_has_none],
    "label without its words": [label_without_words],
    "label far from its diamond": [far_label],
    "label off its line": [label_on_its_line, far_label],
    "label nearer to another line": [label_beside_another_line],
    "label on a symbol": [label_on_a_symbol],
    "label on a text": [label_on_a_text],
    "labels overlap": [label_on_a_label],
    "label outside the lanes": [label_out_of_the_lanes],
    "rows missing or out of order": [lost_row],
    "symbols missing or repeated": [lost_symbol],
    "flow missing": [lost_flow],
    "flow does not arrive": [flow_without_arrival],
    "flow in too many or too few parts": [flow_drawn_twice],
    "note without need": [note_without_need],
    "lanes missing or out of order": [lanes_turned_round],
    "name of an actor missing": [lost_actor],
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


def pentagons(page: Data) -> list[Data]:
    return [symbol for symbol in page["symbols"] if symbol["kind"] == "offpage"]


def lone_pentagon(found: Data) -> None:
    found["pages"][1]["symbols"].remove(pentagons(found["pages"][1])[0])


def letter_that_two_flows_share(found: Data) -> None:
    for page in found["pages"][2:]:
        for one in pentagons(page):
            one["letter"] = "A"


def pair_on_one_page(found: Data) -> None:
    one = pentagons(found["pages"][2])[0]
    found["pages"][2]["symbols"].remove(one)
    found["pages"][1]["symbols"].append(one)


def letters_out_of_order(found: Data) -> None:
    for page in found["pages"]:
        for one in pentagons(page):
            one["letter"] = chr(ord(one["letter"]) + 1)


def pentagon_among_the_rows(found: Data) -> None:
    one = pentagons(found["pages"][1])[-1]
    one["rect"] = moved(one["rect"], 0, -60)


def pentagon_without_its_letter(found: Data) -> None:
    for one in found["pages"][1]["texts"]:
        if one["role"] == "letter":
            one["text"] = "?"


def flow_over_a_break_in_one_part(found: Data) -> None:
    page = found["pages"][1]
    page["connectors"] = [c for c in page["connectors"] if not c["to"].startswith("out-")]


def heading_on_the_first_page_only(found: Data) -> None:
    page = found["pages"][2]
    page["texts"] = [t for t in page["texts"] if t["role"] not in ("heading", "lane")]


def heading_below_its_rows(found: Data) -> None:
    for one in found["pages"][2]["texts"]:
        if one["role"] == "lane":
            one["rect"] = one["cell"] = moved(one["rect"], 0, 60)


def row_left_over(found: Data) -> None:
    page = found["pages"][-1]
    page["rows"] = page["rows"][:1]
    bottom = page["rows"][0]["bottom"]
    for key in ("texts", "symbols"):
        page[key] = [one for one in page[key] if one["rect"][3] <= bottom]
    page["connectors"] = []


PAGING_FAULTS: dict[str, list[Callable[[Data], None]]] = {
    "pentagon without its pair": [lone_pentagon, letter_that_two_flows_share, pair_on_one_page],
    "letters out of order": [letters_out_of_order],
    "pentagon among the rows": [pentagon_among_the_rows],
    "pentagon without its letter": [pentagon_without_its_letter],
    "flow in too many or too few parts": [flow_over_a_break_in_one_part],
    "single row left over": [row_left_over],
    "heading not repeated": [heading_on_the_first_page_only, heading_below_its_rows],
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
    row_left_over(sheet)
    sheet["paper"]["margins"][2] = (
        sheet["paper"]["height"] - sheet["pages"][-1]["rows"][0]["bottom"]
    )
    assert not faults(sheet, procedures)["single row left over"]


@pytest.mark.parametrize(("least", "is_fault"), [(0.95, True), (0.85, False)])
def test_a_note_allows_the_spacing_that_it_says_and_no_less(least: float, is_fault: bool) -> None:
    found, procedures = on_one_page()
    sheet = json.loads(found)
    lines_too_close(sheet)
    sheet["notes"] = [{"code": "lanes_too_narrow", "least_spacing_mm": least}]
    assert bool(faults(sheet, procedures)["lines closer than 1.5 mm"]) == is_fault
    two_flows_on_one_line(sheet)
    assert faults(sheet, procedures)["two flows on one line"]


def test_sides_that_the_user_fixed_are_measured_against_his_wish() -> None:
    found, procedures = on_one_page()
    sheet, table = json.loads(found), json.loads(json.dumps(procedures[0]))
    two_exits_at_one_side(sheet)
    for flow in table["flows"][2:4]:
        flow["exit"] = Side.RIGHT
    counted = faults(sheet, [table])
    assert not counted["exits of a decision at one side"]
    assert counted["side that the user fixed"]
