from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from sopdesk.document.form import to_form
from sopdesk.document.office import PAPERS, Office
from sopdesk.document.values import (
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    Procedure,
    Sop,
    Spans,
    Status,
    Step,
    Symbol,
)
from sopdesk.intake.exchange import read_exchange
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.listing import listing
from tests.seeds import seed_sops
from tests.sheet.generated import plain_grid, wild
from tests.sheet.geometry import faults
from tests.sheet.sheets import (
    OFFICE,
    chain,
    faults_of,
    flow_pages,
    listed,
    sop_of,
    texts,
    words,
)
from tests.strategies import sops

if TYPE_CHECKING:
    from sopdesk.intake.exchange import Exchange

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources" / "example" / "kantor-contoh.json"


@cache
def example() -> Exchange:
    return read_exchange(EXAMPLE)


@pytest.mark.parametrize(("paper", "orientation"), [*product(PAPERS, ("landscape", "portrait"))])
def test_the_real_sops_stand_without_a_fault_on(paper: str, orientation: Any) -> None:
    found: Counter[str] = Counter()
    for sop in seed_sops():
        sheet = lay_out(sop, OFFICE, paper=paper, orientation=orientation)
        found += faults(listing(sheet), to_form(sop)["procedures"])
        assert not sheet.notes
    assert not found


def test_the_real_sops_stand_without_a_fault_on_endless_pages() -> None:
    for sop in seed_sops():
        found = listed(sop, endless=True)
        assert not faults(found, to_form(sop)["procedures"])
        assert len(flow_pages(found)) == len(sop.procedures)


@pytest.mark.parametrize("endless", [False, True])
def test_the_example_office_stands_without_a_fault(endless: bool) -> None:
    office = example().office or Office()
    for sop in example().sops:
        assert not faults_of(sop, office, endless=endless)


@pytest.mark.parametrize("lanes", [3, 5, 7])
@pytest.mark.parametrize("seed", range(4))
def test_random_tables_stand_without_a_fault(seed: int, lanes: int) -> None:
    sop = sop_of(plain_grid(seed, 14, lanes))
    assert not faults_of(sop)
    assert not faults_of(sop, paper="a4", orientation="portrait")


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_random_tables_with_all_features_stand_without_a_fault(seed: int) -> None:
    assert not faults_of(wild(seed, 10, 5))


HARMLESS = {"two flows on one line", "lines closer than 1.5 mm", "closer than 2 mm to a symbol",
            "label nearer to another line"}  # fmt: skip
"""What may befall a sheet whose flows nobody would draw, each side fixed and doubled at random."""


@settings(max_examples=60)
@given(sops(most_steps=4))
def test_any_valid_sop_has_a_sheet(sop: Sop) -> None:
    found = listed(sop)
    json.dumps(found, allow_nan=False)
    assert set(faults(found, to_form(sop)["procedures"])) <= HARMLESS
    assert [page["number"] for page in found["pages"]] == list(range(1, len(found["pages"]) + 1))


SCRIPT = """
import json, sys
from sopdesk.document.office import Office
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.listing import listing
from tests.sheet.generated import wild
print(json.dumps(listing(lay_out(wild(3, 12, 6), Office()))))
"""


def test_two_processes_lay_out_alike() -> None:
    outs = set()
    for seed in ("1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        outs.add(done.stdout)
    assert len(outs) == 1


def courses(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Each connector's ends and the directions of its runs."""
    return [
        (c["from"], c["to"], *(
            ((b[0] > a[0]) - (b[0] < a[0]), (b[1] > a[1]) - (b[1] < a[1]))
            for a, b in zip(c["points"], c["points"][1:], strict=False)
        ))
        for page in flow_pages(found)
        for c in page["connectors"]
    ]  # fmt: skip


@pytest.mark.parametrize("row", [0, 5, 11])
def test_a_longer_text_moves_lines_and_changes_no_course(row: int) -> None:
    procedure = plain_grid(1, 12, 5, 0.3)
    steps = list(procedure.steps)
    steps[row] = replace(steps[row], activity="Menyusun laporan kegiatan yang panjang " * 6)
    longer = replace(procedure, steps=tuple(steps))
    before, after = listed(sop_of(procedure), endless=True), listed(sop_of(longer), endless=True)
    assert courses(before) == courses(after)
    assert before["pages"] != after["pages"]


def test_an_sop_laid_out_again_is_the_same_sheet() -> None:
    sop = wild(3, 10, 5)
    copy = replace(sop, procedures=tuple(replace(p) for p in sop.procedures))
    assert lay_out(sop, OFFICE) == lay_out(copy, OFFICE)


def test_an_endless_page_is_as_tall_as_its_table() -> None:
    sop = sop_of(chain(["Memeriksa berkas"] * 60), chain(["a"] * 3))
    found = listed(sop, endless=True)
    assert [page["kind"] for page in found["pages"]] == ["identity", "flow", "flow"]
    assert found["paper"]["height"] > 500
    assert len(found["pages"][1]["rows"]) == 60
    assert not faults(found, to_form(sop)["procedures"])
    assert listed(sop)["paper"]["height"] == 215.0


SHORT = chain(["Menerima surat", "Memeriksa surat", "Mengarsipkan surat"])


def test_identity_and_table_share_a_page_where_both_fit() -> None:
    shared = sop_of(SHORT, identity_on_same_page=True)
    found = listed(shared, paper="a4", orientation="portrait")
    assert [page["kind"] for page in found["pages"]] == ["identity+flow"]
    assert not faults_of(shared, paper="a4", orientation="portrait")
    assert [page["kind"] for page in listed(sop_of(SHORT))["pages"]] == ["identity", "flow"]


@pytest.mark.parametrize("rows", [20, 40])
def test_a_table_that_does_not_fit_below_its_identity_begins_a_page(rows: int) -> None:
    sop = sop_of(chain(["Menerima surat"] * rows), identity_on_same_page=True)
    kinds = [page["kind"] for page in listed(sop)["pages"]]
    assert kinds[:2] == ["identity", "flow"]
    assert not faults_of(sop)


def test_a_closing_that_does_not_fit_keeps_the_table_off_the_identity_page() -> None:
    closing = Closing("Contoh, 1 Mei 2024", ("Kepala",) * 20, "NAMA")
    sop = replace(sop_of(SHORT, identity_on_same_page=True), closing=closing)
    assert listed(sop)["pages"][0]["kind"] == "identity"
    assert not faults_of(sop)


def test_a_step_names_the_sop_that_it_refers_to_as_it_is_now() -> None:
    step = replace(SHORT.steps[1], refers_to="b" * 32)
    procedure = replace(SHORT, steps=(SHORT.steps[0], step, SHORT.steps[2]))
    found = listed(sop_of(procedure), references={"b" * 32: ("07/2024", "Pengarsipan Naskah")})
    assert "Lihat SOP 07/2024 Pengarsipan Naskah" in " ".join(texts(found, "activity"))
    assert "Lihat" not in " ".join(texts(listed(sop_of(procedure)), "activity"))


def test_a_planned_sop_without_steps_is_its_identity_page() -> None:
    sop = Sop(Identity("Rencana"), status=Status.PLANNED)
    assert [page["kind"] for page in listed(sop)["pages"]] == ["identity"]


def test_lanes_without_steps_show_their_heading() -> None:
    found = listed(sop_of(Procedure(SHORT.lanes)))
    assert [page["kind"] for page in found["pages"]] == ["identity", "flow"]
    assert words(found, "lane") == ["Pelaksana", "1", "Pelaksana", "2", "Pelaksana", "3"]


def test_steps_without_lanes_show_their_texts() -> None:
    found = listed(sop_of(replace(SHORT, lanes=(), symbols=(), flows=())))
    assert words(found, "activity")[:2] == ["Menerima", "surat"]


def test_a_table_of_empty_texts_has_rows_symbols_and_flows() -> None:
    sop = sop_of(chain([""] * 4))
    (page,) = flow_pages(listed(sop))
    assert (len(page["rows"]), len(page["symbols"]), len(page["connectors"])) == (4, 4, 3)
    assert not faults_of(sop)


def test_italics_and_bold_reach_the_page() -> None:
    sheet = lay_out(sop_of(chain(["Membaca *draft* yang **penting**", "b", "c"])), OFFICE)
    faces = {
        run.text.strip(): run.face
        for page in sheet.pages
        for text in page.texts
        if text.role == "activity"
        for run in text.runs
    }
    assert faces["draft"] == "sans-italic"
    assert faces["penting"] == "sans-bold"
    assert faces["Membaca"] == "sans"


def test_a_merged_cell_is_drawn_once_in_the_height_of_its_rows() -> None:
    steps = [replace(step, duration="2 hari") for step in SHORT.steps]
    steps[0] = replace(steps[0], spans=Spans(duration=2))
    found = listed(sop_of(replace(SHORT, steps=tuple(steps))))
    (page,) = flow_pages(found)
    cells = [text["cell"] for text in page["texts"] if text["role"] == "duration"]
    rows = page["rows"]
    assert [(cell[1], cell[3]) for cell in cells] == [
        (rows[0]["top"], rows[1]["bottom"]),
        (rows[2]["top"], rows[2]["bottom"]),
    ]


def test_no_rule_cuts_a_merged_cell() -> None:
    steps = (replace(SHORT.steps[0], duration="2 hari", spans=Spans(duration=2)), *SHORT.steps[1:])
    page = lay_out(sop_of(replace(SHORT, steps=steps)), OFFICE).pages[1]
    (cell,) = [text.cell for text in page.texts if text.role == "duration"]
    for rule in page.rules:
        if rule.start[1] == rule.end[1] and cell.top < rule.start[1] < cell.bottom:
            assert rule.end[0] <= cell.left + 0.11 or rule.start[0] >= cell.right - 0.11


def test_a_merged_text_that_is_higher_than_its_rows_makes_room() -> None:
    steps = [replace(step, activity="a") for step in SHORT.steps]
    steps[0] = replace(steps[0], remarks="kata " * 60, spans=Spans(remarks=2))
    assert not faults_of(sop_of(replace(SHORT, steps=tuple(steps))))


@pytest.mark.parametrize("words", [30, 600])
def test_a_merged_text_higher_than_a_page_is_split_with_its_row(words: int) -> None:
    steps = [replace(step, activity="kata " * words) for step in SHORT.steps]
    steps[0] = replace(steps[0], remarks="kata " * 900, spans=Spans(remarks=2))
    sop = sop_of(replace(SHORT, steps=tuple(steps)))
    assert not faults_of(sop)
    assert " ".join(texts(listed(sop), "remarks")).split().count("kata") == 900


def test_a_plain_line_has_no_arrow_head() -> None:
    flows = (Flow("n0", "n1"), Flow("n1", "n2", "", Line.PLAIN))
    (page,) = flow_pages(listed(sop_of(replace(SHORT, flows=flows))))
    assert [c["arrow"] for c in page["connectors"]] == [True, False]


def test_a_decisions_exits_without_labels_leave_at_different_sides() -> None:
    lanes = tuple(Lane(f"l{i}", f"Pelaksana {i}") for i in range(3))
    steps = tuple(Step(f"s{i}", "Memeriksa") for i in range(3))
    symbols = (
        Symbol("s0", ("l1",), Kind.DECISION, "", "d"),
        Symbol("s1", ("l0",), Kind.PROCESS, "", "a"),
        Symbol("s2", ("l1",), Kind.END, "", "b"),
        Symbol("s2", ("l2",), Kind.END, "", "c"),
    )
    flows = tuple(Flow("d", target) for target in "abc")
    (page,) = flow_pages(listed(sop_of(Procedure(lanes, steps, symbols, flows))))
    assert len({tuple(connector["points"][0]) for connector in page["connectors"]}) == 3


UNUSUAL: tuple[dict[str, Any], ...] = (
    {"margins_mm": (2.0, 2.0, 2.0, 2.0)},
    {"margins_mm": (40.0, 40.0, 40.0, 40.0)},
    {"size_pt": 6.0},
    {"size_pt": 14.0},
    {"font": "serif", "size_pt": 11.0},
    {"font": "serif", "size_pt": 12.0, "orientation": "portrait"},
    {"number_row": True, "columns": ("activity", "lanes", "outputs", "duration")},
    {"columns": ("lanes",)},
    {"columns": ("lanes", "number", "activity", "remarks")},
    {"widths_mm": (("activity", 90.0), ("lanes", 30.0))},
)


@pytest.mark.parametrize("unusual", UNUSUAL, ids=str)
def test_unusual_settings_give_a_sheet_without_a_fault(unusual: dict[str, Any]) -> None:
    assert not faults_of(sop_of(plain_grid(3, 12, 4), **unusual))


def test_every_word_of_every_cell_stands_on_the_sheet() -> None:
    sop = wild(3, 10, 5)
    found = Counter(words(listed(sop), "activity"))
    asked = Counter(
        word
        for step in sop.procedures[0].steps
        for text in (step.activity, *step.activity_items)
        for word in text.split()
    )
    assert not asked - found


def test_lanes_give_up_room_for_labels_and_headings_before_texts_get_cramped() -> None:
    def lane_mm(word: str) -> float:
        table = chain(["Menerima surat"] * 4, lanes=4)
        steps = tuple(
            replace(step, activity=word, requirements=(word,), outputs=(word,), remarks=word)
            for step in table.steps
        )
        lanes = tuple(replace(lane, name="Pejabat Pembuat Komitmen") for lane in table.lanes)
        flows = (*table.flows[:-1], replace(table.flows[-1], label="Dikembalikan"))
        found = listed(sop_of(replace(table, steps=steps, lanes=lanes, flows=flows)))
        first = flow_pages(found)[0]["lanes"][0]
        return float(first["right"] - first["left"])

    assert lane_mm("Pertanggungjawaban") < lane_mm("Surat") - 2.0


def test_a_blank_line_takes_its_room_wherever_it_stands() -> None:
    blank = "a\n\nb"
    lanes = tuple(replace(lane, name="Kepala\n\nPertanggungjawaban") for lane in SHORT.lanes)
    symbols = (SHORT.symbols[0], replace(SHORT.symbols[1], text=blank), SHORT.symbols[2])
    flows = (replace(SHORT.flows[0], label=blank), SHORT.flows[1])
    steps = tuple(replace(step, activity=blank, remarks=blank) for step in SHORT.steps)
    table = replace(SHORT, lanes=lanes, steps=steps, symbols=symbols, flows=flows, title=blank)
    sop = sop_of(table, widths_mm=(("lanes", 18.0),))
    assert not faults_of(sop)
    found = listed(sop)
    assert texts(found, "symbol") == texts(found, "label") == texts(found, "title") == ["a", "b"]
    (page,) = flow_pages(found)
    upper, lower = (text["rect"] for text in page["texts"] if text["role"] == "symbol")
    assert lower[1] - upper[1] > 1.5 * (upper[3] - upper[1])
