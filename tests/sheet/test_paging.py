from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from sopdesk.document.values import Closing, Flow, Lane, Procedure, Sop, Spans, Step, Symbol
from sopdesk.sheet import paging
from sopdesk.sheet.page_plan import plan_page
from tests.sheet.composed import Wish, composed
from tests.sheet.generated import plain_grid
from tests.sheet.sheets import OFFICE, chain, faults_of, flow_pages, listed, sop_of, texts, words

LONG = " ".join(f"kata{i}" for i in range(1600))


def steps_of(page: dict[str, Any]) -> list[str]:
    return [row["step"] for row in page["rows"]]


def test_rows_follow_each_other_without_a_gap_on_every_page() -> None:
    found = listed(sop_of(chain([f"Langkah {i}" for i in range(50)])))
    pages = flow_pages(found)
    assert len(pages) > 2
    assert [step for page in pages for step in steps_of(page)] == [f"s{i}" for i in range(50)]
    for page in pages:
        for upper, lower in zip(page["rows"], page["rows"][1:], strict=False):
            assert upper["bottom"] == lower["top"]


def test_the_heading_is_repeated_on_each_page() -> None:
    pages = flow_pages(listed(sop_of(chain(["Langkah"] * 50))))
    for page in pages:
        roles = Counter(text["role"] for text in page["texts"])
        assert roles["lane"] == 3
        assert "Kegiatan" in [t["text"] for t in page["texts"] if t["role"] == "heading"]


def test_the_title_stands_on_the_first_page_only() -> None:
    procedure = replace(chain(["Langkah"] * 50), title="Bagian Pertama")
    found = listed(sop_of(procedure))
    assert texts(found, "title") == ["Bagian Pertama"]
    assert not faults_of(sop_of(procedure))


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_row_higher_than_a_page_is_split_and_keeps_all_its_lines(row: int) -> None:
    activities = ["Awal", "Tengah", "Akhir"]
    activities[row] = LONG
    sop = sop_of(chain(activities))
    found = listed(sop)
    parts = [r for page in flow_pages(found) for r in page["rows"] if r["step"] == f"s{row}"]
    assert len(parts) > 1
    assert [(r["part"], r["parts"]) for r in parts] == [
        (i + 1, len(parts)) for i in range(len(parts))
    ]
    said = [word for word in words(found, "activity") if word != "(lanjutan)"]
    assert said == " ".join(activities).split()
    assert not faults_of(sop)


def test_each_later_part_of_a_row_repeats_its_number_and_says_that_it_goes_on() -> None:
    found = listed(sop_of(chain(["Awal", LONG, "Akhir"])))
    for page in flow_pages(found):
        for row in page["rows"]:
            said = [t["text"] for t in page["texts"] if t.get("step") == row["step"]]
            assert said.count(f"{int(row['step'][1:]) + 1}.") == 1
            assert said.count("(lanjutan)") == (row["part"] > 1)
            if row["part"] > 1:
                (first, *_) = [t for t in page["texts"] if t.get("step") == row["step"]
                               and t["role"] == "activity"]  # fmt: skip
                assert first["text"] == "(lanjutan)"


def test_a_row_higher_than_a_page_begins_where_the_rows_before_it_leave_room() -> None:
    sop = sop_of(chain(["Awal", "Tengah", LONG, "Akhir"]))
    found = listed(sop)
    (first, *others) = flow_pages(found)
    assert [(row["step"], row["part"]) for row in first["rows"]] == [
        ("s0", 1), ("s1", 1), ("s2", 1),
    ]  # fmt: skip
    assert first["rows"][-1]["bottom"] > found["paper"]["height"] * 0.85
    assert all(page["rows"][0]["part"] > 1 for page in others)
    assert not faults_of(sop)


@pytest.mark.parametrize("row", range(1, 9))
def test_a_page_that_a_long_row_begins_on_is_full(row: int) -> None:
    procedure = plain_grid(row, 20, 5, 0.3)
    steps = list(procedure.steps)
    steps[row] = replace(steps[row], activity=LONG)
    sop = sop_of(replace(procedure, steps=tuple(steps)))
    (page,) = (page for page in flow_pages(listed(sop)) if f"s{row - 1}" in steps_of(page))
    assert steps_of(page)[-1] == f"s{row}"
    assert page["rows"][-1]["bottom"] > 215.0 * 0.83
    assert not faults_of(sop)


def test_a_row_higher_than_a_page_begins_a_page_where_little_room_is_left() -> None:
    sop = sop_of(chain([*["Memeriksa berkas"] * 11, LONG, "Akhir"]))
    pages = flow_pages(listed(sop))
    assert [steps_of(page)[0] for page in pages][:2] == ["s0", "s11"]
    assert not faults_of(sop)


def test_the_word_for_a_row_that_goes_on_is_the_offices() -> None:
    office = replace(OFFICE, sheet=replace(OFFICE.sheet, labels=(("continued", "(sambungan)"),)))
    found = listed(sop_of(chain(["Awal", LONG, "Akhir"])), office)
    assert "(sambungan)" in texts(found, "activity")


def test_a_row_without_an_activity_column_says_elsewhere_that_it_goes_on() -> None:
    procedure = chain(["Awal", "Tengah", "Akhir"])
    steps = (procedure.steps[0], replace(procedure.steps[1], remarks=LONG), procedure.steps[2])
    sop = sop_of(replace(procedure, steps=steps), columns=("lanes", "duration", "remarks"))
    assert "(lanjutan)" in texts(listed(sop), "remarks")
    assert not faults_of(sop)


def test_the_symbol_of_a_split_row_stands_in_its_first_part() -> None:
    for page in flow_pages(listed(sop_of(chain(["Awal", LONG, "Akhir"])))):
        has_first = any(row["step"] == "s1" and row["part"] == 1 for row in page["rows"])
        assert any(symbol["id"] == "n1" for symbol in page["symbols"]) == has_first


@pytest.mark.parametrize("rows", range(10, 40))
def test_no_row_is_left_alone_on_the_last_page(rows: int) -> None:
    pages = flow_pages(listed(sop_of(chain(["Memeriksa kelengkapan berkas"] * rows))))
    assert len(pages) == 1 or len(pages[-1]["rows"]) > 1


def test_a_last_row_gets_company_also_where_lines_then_come_closer() -> None:
    sop = composed(511, Wish(11, 9, reach=10, words=400))
    found = listed(sop, paper="a4", orientation="portrait")
    assert [len(page["rows"]) for page in flow_pages(found)] == [9, 2]
    assert not faults_of(sop, paper="a4", orientation="portrait")


def merged_over_pages(duration: str) -> Sop:
    """Return an SOP whose only merged cell covers the rows of two pages."""
    procedure = chain(["Langkah"] * 15)
    first, *others = procedure.steps
    steps = (replace(first, duration=duration, spans=Spans(duration=15)), *others)
    return sop_of(replace(procedure, steps=steps))


@pytest.mark.parametrize("duration", ["2 hari", "3 bulan"])
def test_a_merged_cell_says_on_each_page_what_it_holds(duration: str) -> None:
    sop = merged_over_pages(duration)
    pages = flow_pages(listed(sop))
    assert len(pages) == 2
    for page in pages:
        (said,) = [each for each in page["texts"] if each["role"] == "duration"]
        assert (said["text"], said["step"]) == (duration, steps_of(page)[0])
        assert said["cell"][3] == page["rows"][-1]["bottom"]
    assert not faults_of(sop)


def test_a_merged_cell_that_goes_on_makes_no_row_higher() -> None:
    long, short = (flow_pages(listed(merged_over_pages(text))) for text in ("kata " * 80, "2 hari"))
    assert [page["rows"] for page in long] == [page["rows"] for page in short]
    assert not [text for text in long[1]["texts"] if text["role"] == "duration"]


def test_each_letter_goes_out_once_and_comes_in_once() -> None:
    procedure = plain_grid(2, 40, 4, 0.4)
    pages = flow_pages(listed(sop_of(procedure)))
    found = Counter(
        (symbol["letter"], symbol["id"].split("-")[0])
        for page in pages
        for symbol in page["symbols"]
        if symbol["kind"] == "offpage"
    )
    letters = {letter for letter, _ in found}
    assert len(letters) > 3
    assert found == Counter((letter, way) for letter in letters for way in ("out", "in"))


def test_a_flow_over_a_break_is_listed_on_each_page_it_touches() -> None:
    procedure = chain(["Langkah"] * 40)
    procedure = replace(procedure, flows=(*procedure.flows, Flow("n38", "n1", "Tidak")))
    number = len(procedure.flows) - 1
    legs = [
        (c["from"], c["to"], c["label"])
        for page in flow_pages(listed(sop_of(procedure)))
        for c in page["connectors"]
        if c["flow"] == number
    ]
    (into, out) = legs
    assert out[0] == "n38"
    assert out[2] == "Tidak"
    assert into == (out[1].replace("out", "in"), "n1", None)


def test_letters_go_on_from_one_table_to_the_next() -> None:
    found = listed(sop_of(chain(["Langkah"] * 40), chain(["Langkah"] * 40)))
    outs = [
        symbol["letter"]
        for page in flow_pages(found)
        for symbol in page["symbols"]
        if symbol["id"].startswith("out-")
    ]
    assert outs == sorted(set(outs))
    assert outs[0] == "A"


@pytest.mark.parametrize("rows", range(2, 26))
def test_notes_and_closing_are_never_lost_nor_laid_over_the_table(rows: int) -> None:
    procedure = replace(chain(["Memeriksa berkas"] * rows), notes=("Catatan pertama.",))
    closing = Closing("Contoh, 1 Mei 2024", ("Kepala Dinas",), "NAMA CONTOH")
    sop = replace(sop_of(procedure), closing=closing)
    found = listed(sop)
    assert texts(found, "note") == ["Catatan pertama."]
    assert "NAMA CONTOH" in texts(found, "identity")
    assert not faults_of(sop)
    last = found["pages"][-1]
    (note,) = [text for text in last["texts"] if text["role"] == "note"]
    assert note["rect"][1] >= max((row["bottom"] for row in last["rows"]), default=0.0)


@pytest.mark.parametrize("rows", [1, 2, 5, 8])
def test_a_tail_that_no_row_fits_beside_has_a_page_of_its_own(rows: int) -> None:
    sop = replace(sop_of(chain(["a"] * rows)), closing=Closing("Contoh", ("Kepala",) * 42))
    found = listed(sop)
    assert [len(page["rows"]) for page in found["pages"]] == [0, rows, 0]
    assert texts(found, "identity").count("Kepala") == 42
    assert not faults_of(sop)


@pytest.mark.parametrize(
    "lengths",
    [(90, 60, 60, 90, 90, 5, 5, 90, 60, 90, 5, 1, 60), (60, 90, 30, 60, 60, 60, 5, 60)],
)
def test_a_page_gives_a_row_to_a_lone_last_one(lengths: tuple[int, ...]) -> None:
    sop = sop_of(chain(["Memeriksa " * length for length in lengths]))
    assert len(flow_pages(listed(sop))[-1]["rows"]) == 2
    assert not faults_of(sop)


def test_a_row_that_fits_no_page_is_followed_by_no_empty_one() -> None:
    symbols = tuple(Symbol("s0", ("a",), id=f"n{i}") for i in range(30))
    pages = listed(sop_of(Procedure((Lane("a"),), (Step("s0"),), symbols)))["pages"]
    assert [len(page["symbols"]) for page in pages] == [0, 30]


def test_pages_behind_one_whose_lines_want_wide_lanes_are_filled_too() -> None:
    sop = composed(26, Wish(60, 4, 0.3, 60, 20))
    sheet = replace(sop.sheet, paper="a4", orientation="portrait", size_pt=14.0)
    found = listed(replace(sop, sheet=sheet))
    assert len(flow_pages(found)) <= 14


def joined_all_to_all(rows: int, lanes: int) -> Procedure:
    table = chain(["Langkah"] * rows, lanes)
    ids = [symbol.id for symbol in table.symbols]
    flows = tuple(Flow(a, b) for a in ids for b in ids if a != b)
    return replace(table, flows=flows)


@pytest.mark.parametrize(("rows", "lanes", "most"), [(14, 2, 250), (30, 5, 120)])
def test_rows_joined_all_to_all_are_planned_in_few_sketches_of_few_lines(
    rows: int, lanes: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[int] = []

    def plan(table: Any, parts: Any, foot: Any, head: Any, router: Any) -> Any:
        planned = plan_page(table, parts, foot, head, router)
        lines.append(len(planned.grid.grid.links))
        return planned

    monkeypatch.setattr(paging, "plan_page", plan)
    found = listed(sop_of(joined_all_to_all(rows, lanes)))
    assert [step for page in flow_pages(found) for step in steps_of(page)] == [
        f"s{row}" for row in range(rows)
    ]
    assert len(lines) < most
    assert max(lines) < 150
