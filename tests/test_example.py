"""The example office shows every feature of the sheet, and is built from its source."""

from __future__ import annotations

import importlib.util
from collections import Counter
from dataclasses import astuple, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Kind, Line, ListStyle, Procedure, SheetSettings, Sop, Status
from sopdesk.intake.exchange import read_exchange
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

EXAMPLE = Path(__file__).resolve().parents[1] / "resources" / "example"


@cache
def sops() -> tuple[Sop, ...]:
    return read_exchange(EXAMPLE / "kantor-contoh.json").sops


def sheets() -> list[Sop]:
    return [sop for sop in sops() if sop.status is not Status.PLANNED]


def procedures() -> list[Procedure]:
    return [procedure for sop in sheets() for procedure in sop.procedures]


def symbols_of_a_row(procedure: Procedure) -> list[list[tuple[str, ...]]]:
    """The lanes of the symbols of each step."""
    return [
        [symbol.lanes for symbol in procedure.symbols if symbol.step == step.id]
        for step in procedure.steps
    ]


def kinds(procedure: Procedure) -> Counter[Kind]:
    return Counter(symbol.kind for symbol in procedure.symbols)


def has_markup(mark: str) -> bool:
    return any(
        f" {mark}" in f" {text}"
        for procedure in procedures()
        for step in procedure.steps
        for text in (step.activity, step.remarks, *step.requirements)
    )


FEATURES: dict[str, Callable[[], bool]] = {
    "six sheets and titles without one": lambda: len(sheets()) == 6 < len(sops()),
    "several flow tables with titles and notes": lambda: any(
        len(sop.procedures) > 1
        and all(procedure.title for procedure in sop.procedures)
        and any(procedure.notes for procedure in sop.procedures)
        for sop in sheets()
    ),
    "eight lanes": lambda: any(len(procedure.lanes) == 8 for procedure in procedures()),
    "lane groups of one and of two storeys": lambda: (
        {len(lane.group) for procedure in procedures() for lane in procedure.lanes} == {0, 1, 2}
    ),
    "several symbols in a row": lambda: any(
        len(set(row)) > 1 for procedure in procedures() for row in symbols_of_a_row(procedure)
    ),
    "symbols stacked in a cell": lambda: any(
        max(Counter(row).values(), default=0) > 1
        for procedure in procedures()
        for row in symbols_of_a_row(procedure)
    ),
    "a symbol over neighbouring lanes": lambda: any(
        len(symbol.lanes) > 1 for procedure in procedures() for symbol in procedure.symbols
    ),
    "a step without a symbol": lambda: any(
        not row for procedure in procedures() for row in symbols_of_a_row(procedure)
    ),
    "several starts": lambda: any(kinds(p)[Kind.START] > 1 for p in procedures()),
    "several ends": lambda: any(kinds(p)[Kind.END] > 1 for p in procedures()),
    "a text in a symbol": lambda: any(s.text for p in procedures() for s in p.symbols),
    "labels of one's own": lambda: (
        {"Lengkap", "Tidak lengkap", "Teknis", "Administratif"}
        <= {flow.label for procedure in procedures() for flow in procedure.flows}
    ),
    "a plain line": lambda: any(f.line is Line.PLAIN for p in procedures() for f in p.flows),
    "a side fixed by hand": lambda: any(f.exit and f.entry for p in procedures() for f in p.flows),
    "merged cells in each column that has them": lambda: all(
        any(getattr(step.spans, column) > 1 for p in procedures() for step in p.steps)
        for column in ("duration", "requirements", "outputs", "remarks")
    ),
    "italics": lambda: has_markup("*"),
    "bold": lambda: has_markup("**"),
    "a date without its day, and one without its month": lambda: (
        {
            (date.month is None, date.day is None)
            for sop in sheets()
            for date in (sop.identity.created_on, sop.identity.effective_on)
            if date
        }
        == {(False, False), (False, True), (True, True)}
    ),
    "an approver who acts for another": lambda: any(
        len(position) > 1 and position[0].startswith("a.n.")
        for sop in sheets()
        for position in [sop.identity.approved_by.position]
    ),
    "a revision": lambda: any(s.identity.revision and s.identity.revised_on for s in sheets()),
    "blank identity fields": lambda: any(
        not sop.identity.number and sop.identity.created_on is None for sop in sheets()
    ),
    "a closing block": lambda: any(sop.closing for sop in sheets()),
    "a step that refers to another SOP": lambda: (
        {step.refers_to for p in procedures() for step in p.steps if step.refers_to}
        <= {sop.uuid for sop in sops()}
        and any(step.refers_to for p in procedures() for step in p.steps)
    ),
    "numbers typed by hand": lambda: any(step.number for p in procedures() for step in p.steps),
    "a table of many pages with flows that go back": lambda: any(
        len(p.steps) > 20 and sum(goes_back(p)) >= 3 for p in procedures()
    ),
    "a decision with three exits": lambda: any(
        max(Counter(flow.source for flow in p.flows if flow.label).values(), default=0) > 2
        for p in procedures()
    ),
}


def goes_back(procedure: Procedure) -> list[bool]:
    row = {symbol.id: symbol.step for symbol in procedure.symbols}
    order = {step.id: place for place, step in enumerate(procedure.steps)}
    return [order[row[flow.target]] < order[row[flow.source]] for flow in procedure.flows]


@pytest.mark.parametrize("feature", FEATURES)
def test_the_example_shows(feature: str) -> None:
    assert FEATURES[feature]()


@pytest.mark.parametrize("setting", [field.name for field in fields(SheetSettings)])
def test_the_example_settles_for_one_of_its_sheets(setting: str) -> None:
    assert any(getattr(sop.sheet, setting) for sop in sheets())


@pytest.mark.parametrize("style", ListStyle)
def test_the_example_marks_a_list_with(style: ListStyle) -> None:
    assert any(style in astuple(sop.identity.list_styles) for sop in sheets())


@pytest.fixture
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_example", EXAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shipped_office_file_holds_what_its_source_says(
    builder: ModuleType, tmp_path: Path
) -> None:
    builder.build(tmp_path / "fresh.db")
    with (
        open_file(EXAMPLE / "kantor-contoh.db", writable=False) as shipped,
        open_file(tmp_path / "fresh.db", writable=False) as fresh,
    ):
        assert [stored.sop for stored in shipped.load_all()] == list(sops())
        assert [stored.sop for stored in fresh.load_all()] == list(sops())
        assert shipped.office() == fresh.office()
