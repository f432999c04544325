"""Faults put into a sound listing: of its texts, rows and symbols, and of its pages together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sheet.sound import connector, flow_page, move_symbol, moved, pentagons, symbol, text

if TYPE_CHECKING:
    from tests.sheet.sound import Data


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


def pentagon_at_the_wrong_end(found: Data) -> None:
    page = found["pages"][1]
    one = pentagons(page)[-1]
    first = min(one["rect"][1] for one in page["symbols"])
    one["rect"] = moved(one["rect"], 0, first - one["rect"][3])


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
