from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from sopdesk.document.values import Closing, Flow, Identity, Line
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.listing import listing
from sopdesk.sheet.values import (
    Connector,
    Glyphs,
    LanesTooNarrow,
    Page,
    Paper,
    Rect,
    Sheet,
    Text,
)
from tests.sheet.generated import plain_grid
from tests.sheet.sheets import OFFICE, UUID, chain, flow_pages, listed, sop_of

ROLES = {
    "activity", "requirements", "duration", "outputs", "remarks", "number", "heading", "lane",
    "group", "symbol", "label", "letter", "identity", "title", "note", "page",
}  # fmt: skip
KEYS = {
    "sheet": {"format", "version", "sop", "number", "notes", "paper", "pages"},
    "paper": {"name", "width", "height", "margins"},
    "pages": {
        "number", "kind", "procedure", "boxes", "lanes", "rows", "symbols", "connectors", "texts",
    },
    "boxes": {"role", "rect"},
    "lanes": {"id", "left", "right"},
    "rows": {"step", "part", "parts", "top", "bottom"},
    "connectors": {"from", "to", "flow", "points", "arrow", "label", "label_rect", "jumps"},
}  # fmt: skip


@cache
def full() -> dict[str, Any]:
    """A listing over several pages with pentagons, labels, notes and a closing."""
    procedure = replace(plain_grid(1, 36, 5, 0.4), title="Bagian", notes=("Catatan.",))
    plain = Flow("n0", "n1", "", Line.PLAIN)
    procedure = replace(procedure, flows=(plain, *procedure.flows[1:]))
    sop = replace(
        sop_of(procedure),
        identity=Identity("Contoh", "01.02"),
        closing=Closing("Contoh", ("Kepala",)),
    )
    return listed(sop, paper="a4")


def all_of(part: str) -> list[dict[str, Any]]:
    return [one for page in full()["pages"] for one in page[part]]


def test_the_head_says_what_is_listed() -> None:
    found = full()
    assert found.keys() == KEYS["sheet"]
    assert (found["format"], found["version"]) == ("sopdesk-layout", 1)
    assert (found["sop"], found["number"], found["notes"]) == (UUID, "01.02", [])
    assert found["paper"].keys() == KEYS["paper"]
    assert found["paper"] == {
        "name": "a4", "width": 297.0, "height": 210.0, "margins": [15.0, 12.0, 12.0, 12.0],
    }  # fmt: skip


def test_pages_are_numbered_and_of_a_known_kind() -> None:
    pages = full()["pages"]
    assert [page["number"] for page in pages] == list(range(1, len(pages) + 1))
    assert {page["kind"] for page in pages} == {"identity", "flow"}
    assert all(page.keys() == KEYS["pages"] for page in pages)


@pytest.mark.parametrize("part", ["boxes", "lanes", "rows", "connectors"])
def test_each_part_has_its_keys(part: str) -> None:
    assert all_of(part)
    assert all(one.keys() == KEYS[part] for one in all_of(part))


def test_symbols_have_a_letter_where_they_are_pentagons() -> None:
    keys = {"id", "kind", "rect", "outline"}
    for symbol in all_of("symbols"):
        is_pentagon = symbol["kind"] == "offpage"
        assert symbol.keys() == (keys | {"letter"} if is_pentagon else keys)
        assert symbol["id"].startswith(("in-", "out-")) == is_pentagon
        assert symbol["outline"][0] != symbol["outline"][-1]
    assert {s["kind"] for s in all_of("symbols")} == {"process", "decision", "offpage"}


def test_texts_name_their_step_in_its_cells_and_have_a_known_role() -> None:
    keys = {"role", "text", "rect", "cell", "font", "size_pt"}
    for text in all_of("texts"):
        assert text["role"] in ROLES
        assert text.keys() - {"step"} == keys
        assert ("step" in text) == (text["role"] in ("activity", "number"))
    assert {"activity", "label", "letter", "title", "note", "identity"} <= {
        text["role"] for text in all_of("texts")
    }


def test_lines_are_straight_and_hops_lie_on_level_ones() -> None:
    assert any(c["jumps"] for c in all_of("connectors"))
    for c in all_of("connectors"):
        points = c["points"]
        for a, b, d in zip(points, points[1:], points[2:], strict=False):
            assert (a[0] == b[0]) != (b[0] == d[0])
        for x, y in c["jumps"]:
            assert any(
                a[1] == b[1] == y and min(a[0], b[0]) < x < max(a[0], b[0])
                for a, b in pairwise(points)
            )


def test_a_label_stands_only_where_its_flow_leaves_the_decision() -> None:
    for c in all_of("connectors"):
        if c["from"].startswith("in-"):
            assert c["label"] is None
        assert (c["label"] is None) == (c["label_rect"] is None)
        assert c["arrow"] is (c["flow"] != 0)


def test_numbers_are_given_to_a_thousandth() -> None:
    def numbers(value: Any) -> list[float]:
        if isinstance(value, dict):
            return [n for one in value.values() for n in numbers(one)]
        if isinstance(value, list):
            return [n for one in value for n in numbers(one)]
        return [value] if isinstance(value, float) else []

    assert all(round(number, 3) == number for number in numbers(full()["pages"]))


def test_a_listing_survives_json() -> None:
    assert json.loads(json.dumps(full(), allow_nan=False)) == full()


def test_it_lists_what_is_drawn() -> None:
    sheet = lay_out(sop_of(chain(["a", "b", "c"])), OFFICE)
    (page,) = flow_pages(listing(sheet))
    drawn = sheet.pages[1]
    assert [s["id"] for s in page["symbols"]] == [s.id for s in drawn.shapes]
    assert [t["text"] for t in page["texts"]] == [t.text for t in drawn.texts]
    assert [c["points"] for c in page["connectors"]] == [
        [[round(x, 3), round(y, 3)] for x, y in c.points] for c in drawn.connectors
    ]


def test_a_sheet_by_hand_is_rounded_and_named() -> None:
    rect = Rect(1.00049, 2.0005, 3.1234567, 4.0)
    text = Text(1.0, 3.0, 9.0, (Glyphs(0.0, "ab ", "sans"), Glyphs(4.0, "cd", "sans-bold")),
                "page", rect, rect)  # fmt: skip
    line = Connector("a", "b", 3, ((0.12345, 1.0), (0.12345, 9.0)), False, "", None, ())
    page = Page(1, "flow", 0, texts=(text,), connectors=(line,))
    sheet = Sheet("u", "n", "t", Paper("f4", 330.0, 215.0, (1.0, 2.0, 3.0, 4.0)), (page,),
                  (LanesTooNarrow(1.25),))  # fmt: skip
    found = listing(sheet)
    assert found["notes"] == [{"code": "lanes_too_narrow", "least_spacing_mm": 1.25}]
    assert found["pages"][0]["texts"][0]["rect"][2:] == [3.123, 4.0]
    assert found["pages"][0]["texts"][0]["text"] == "ab cd"
    assert found["pages"][0]["connectors"][0]["points"] == [[0.123, 1.0], [0.123, 9.0]]
    assert found["pages"][0]["connectors"][0]["label"] is None
