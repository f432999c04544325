"""The measure itself: a sound listing has no fault, and each fault put into it is counted."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.form import to_form
from sopdesk.document.values import Flow, Kind, Lane, Procedure, Step, Symbol
from tests.sheet.geometry import faults
from tests.sheet.sheets import chain, listed, sop_of

if TYPE_CHECKING:
    from collections.abc import Callable

Listing = dict[str, Any]


@cache
def sop_form() -> tuple[str, list[dict[str, Any]]]:
    """A listing with a decision, a flow back and a join, as JSON, and the SOP's procedures."""
    kinds = (Kind.START, Kind.PROCESS, Kind.DECISION, Kind.PROCESS, Kind.END)
    lanes = ("l0", "l2", "l1", "l2", "l0")
    procedure = Procedure(
        tuple(Lane(f"l{i}", f"Pelaksana {i}") for i in range(3)),
        tuple(Step(f"s{i}", f"Langkah {i}") for i in range(5)),
        tuple(
            Symbol(f"s{i}", (lane,), kind, "", f"n{i}")
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
    sop = sop_of(procedure)
    return json.dumps(listed(sop)), to_form(sop)["procedures"]


def fresh() -> Listing:
    found: Listing = json.loads(sop_form()[0])
    return found


def flow_page(found: Listing) -> Listing:
    page: Listing = found["pages"][1]
    return page


def connector(found: Listing, flow: int) -> Listing:
    (one,) = [c for c in flow_page(found)["connectors"] if c["flow"] == flow]
    found_one: Listing = one
    return found_one


def symbol(found: Listing, name: str) -> Listing:
    (one,) = [s for s in flow_page(found)["symbols"] if s["id"] == name]
    found_one: Listing = one
    return found_one


def move_symbol(found: Listing, name: str, dx: float, dy: float) -> None:
    one = symbol(found, name)
    one["rect"] = [n + d for n, d in zip(one["rect"], (dx, dy, dx, dy), strict=True)]
    one["outline"] = [[x + dx, y + dy] for x, y in one["outline"]]


def text_out_of_its_cell(found: Listing) -> None:
    found["pages"][1]["texts"][0]["rect"][2] += 200


def text_out_of_the_frame(found: Listing) -> None:
    found["paper"]["margins"][0] += 10


def row_out_of_the_frame(found: Listing) -> None:
    flow_page(found)["rows"][-1]["bottom"] = found["paper"]["height"]


def text_on_text(found: Listing) -> None:
    texts = flow_page(found)["texts"]
    texts[1]["rect"] = texts[0]["rect"]


def symbol_on_symbol(found: Listing) -> None:
    one, other = symbol(found, "n0"), symbol(found, "n1")
    one["rect"], one["outline"] = other["rect"], other["outline"]


def symbol_out_of_the_lanes(found: Listing) -> None:
    move_symbol(found, "n0", -60, 0)


def symbol_out_of_its_row(found: Listing) -> None:
    move_symbol(found, "n0", 0, 6)


def oblique_line(found: Listing) -> None:
    connector(found, 0)["points"][0][0] += 0.7
    connector(found, 0)["points"][0][1] += 0.7


def repeated_point(found: Listing) -> None:
    points = connector(found, 0)["points"]
    points.insert(0, points[0])


def line_through_a_symbol(found: Listing) -> None:
    left, top, right, bottom = symbol(found, "n3")["rect"]
    y = (top + bottom) / 2
    connector(found, 0)["points"] = [[left - 5, y], [right + 5, y]]


def line_close_to_a_symbol(found: Listing) -> None:
    left, top, right, _ = symbol(found, "n3")["rect"]
    connector(found, 0)["points"] = [[left, top - 1], [right, top - 1]]


def line_through_a_text(found: Listing) -> None:
    (text,) = [t for t in flow_page(found)["texts"] if t["text"] == "Langkah 3"]
    left, top, right, bottom = text["rect"]
    y = (top + bottom) / 2
    connector(found, 0)["points"] = [[left, y], [right, y]]


def end_off_its_outline(found: Listing) -> None:
    points = connector(found, 4)["points"]
    points[-1] = [points[-1][0] + 3, points[-1][1] + 3]


def two_flows_on_one_line(found: Listing) -> None:
    connector(found, 3)["points"] = connector(found, 2)["points"]


def lines_too_close(found: Listing) -> None:
    points = connector(found, 2)["points"]
    connector(found, 3)["points"] = [[x + 0.9, y + 0.9] for x, y in points]


def crossing_without_a_hop(found: Listing) -> None:
    connector(found, 0)["points"] = [[150, 100], [170, 100]]
    connector(found, 4)["points"] = [[160, 90], [160, 110]]


def no_label(found: Listing) -> None:
    connector(found, 2)["label_rect"] = None


def far_label(found: Listing) -> None:
    rect = connector(found, 2)["label_rect"]
    rect[0], rect[2] = rect[0] + 30, rect[2] + 30


def label_on_its_line(found: Listing) -> None:
    x, y = connector(found, 2)["points"][0]
    connector(found, 2)["label_rect"] = [x - 2, y, x + 2, y + 3]


def label_on_a_symbol(found: Listing) -> None:
    connector(found, 2)["label_rect"] = symbol(found, "n2")["rect"]


def label_on_a_label(found: Listing) -> None:
    connector(found, 2)["label_rect"] = connector(found, 3)["label_rect"]


def lost_symbol(found: Listing) -> None:
    page = flow_page(found)
    page["symbols"].append(dict(symbol(found, "n0"), id="n9"))


def lost_flow(found: Listing) -> None:
    flow_page(found)["connectors"].remove(connector(found, 0))


def flow_without_arrival(found: Listing) -> None:
    connector(found, 0)["to"] = "n3"


def lone_pentagon(found: Listing) -> None:
    one = dict(symbol(found, "n0"), id="out-A", letter="A", kind="offpage")
    flow_page(found)["symbols"].append(one)


FAULTS: dict[str, Callable[[Listing], None]] = {
    "text outside its cell": text_out_of_its_cell,
    "text outside the frame": text_out_of_the_frame,
    "row outside the frame": row_out_of_the_frame,
    "texts overlap": text_on_text,
    "symbols overlap": symbol_on_symbol,
    "symbol outside the lanes": symbol_out_of_the_lanes,
    "symbol outside its row": symbol_out_of_its_row,
    "oblique": oblique_line,
    "oblique or empty run": repeated_point,
    "through a symbol": line_through_a_symbol,
    "closer than 2 mm to a symbol": line_close_to_a_symbol,
    "through a text: activity": line_through_a_text,
    "end off its outline": end_off_its_outline,
    "two flows on one line": two_flows_on_one_line,
    "lines closer than 1.5 mm": lines_too_close,
    "crossing without a hop": crossing_without_a_hop,
    "label missing": no_label,
    "label far from its diamond": far_label,
    "label off its line": label_on_its_line,
    "label on a symbol": label_on_a_symbol,
    "labels overlap": label_on_a_label,
    "symbols missing or repeated": lost_symbol,
    "flow missing": lost_flow,
    "flow does not arrive": flow_without_arrival,
    "pentagon without its pair": lone_pentagon,
}


def test_a_sound_listing_has_no_fault() -> None:
    assert not faults(fresh(), sop_form()[1])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_into_a_listing_is_counted(fault: str) -> None:
    broken = fresh()
    FAULTS[fault](broken)
    assert any(name.startswith(fault) for name in faults(broken, sop_form()[1]))


def test_a_symbol_that_is_drawn_twice_is_a_fault() -> None:
    sop = sop_of(chain(["a", "b", "c"]))
    found = listed(sop)
    found["pages"].append(dict(found["pages"][1]))
    assert "symbols missing or repeated" in faults(found, to_form(sop)["procedures"])
