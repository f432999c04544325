"""A clerk is told which flow table has too many lanes for its paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdesk.document.office import OFFICE_SHEET, Office
from sopdesk.document.values import Lane, Procedure, SheetSettings, Sop, Step, Symbol
from sopdesk.foundation.wording import tr
from sopdesk.sheet.cells import lines_of
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.legibility import findings_on_paper
from sopdesk.sheet.page_plan import plan_page
from tests.sheet.generated import plain_grid, wild

OFFICE = Office()
A4_PORTRAIT = SheetSettings(paper="a4", orientation="portrait")


def codes(sop: Sop, office: Office = OFFICE) -> list[tuple[str, str, int]]:
    return [(f.code, f.severity, f.procedure) for f in findings_on_paper(sop, office)]


def test_a_table_that_fits_has_no_finding() -> None:
    assert codes(Sop(procedures=(plain_grid(1, 12, 8),))) == []


def test_lanes_without_room_are_an_error_that_names_their_table() -> None:
    tables = (plain_grid(1, 12, 4), plain_grid(1, 12, 16))
    assert codes(Sop(procedures=tables, sheet=A4_PORTRAIT)) == [("lanes_too_narrow", "error", 1)]


def test_symbols_that_get_too_small_are_a_warning() -> None:
    sop = Sop(procedures=(plain_grid(1, 12, 10),), sheet=A4_PORTRAIT)
    assert codes(sop) == [("lanes_too_small", "warning", 0)]


@pytest.mark.parametrize(
    "sheet",
    [
        replace(A4_PORTRAIT, orientation="landscape"),
        replace(A4_PORTRAIT, columns=("activity", "lanes")),
    ],
)
def test_what_the_finding_advises_helps(sheet: SheetSettings) -> None:
    assert codes(Sop(procedures=(plain_grid(1, 12, 10),), sheet=sheet)) == []


def test_a_step_with_more_symbols_than_a_page_is_high_is_a_warning() -> None:
    lanes, steps = (Lane("a", "Staf"),), (Step("s0"), Step("s1"))
    few = tuple(Symbol("s0", ("a",), id=f"few{i}") for i in range(4))
    many = tuple(Symbol("s1", ("a",), id=f"many{i}") for i in range(40))
    sop = Sop(procedures=(Procedure(lanes, steps, few + many),))
    ((code, step, facts),) = [(f.code, f.step, f.facts) for f in findings_on_paper(sop, OFFICE)]
    assert (code, step, facts) == ("symbols_too_many", "s1", {"symbols": 40})
    assert "40" in tr(f"finding.{code}", **facts)


def test_the_office_s_paper_counts() -> None:
    office = replace(OFFICE, sheet=replace(OFFICE_SHEET, paper="a4", orientation="portrait"))
    assert codes(Sop(procedures=(plain_grid(1, 12, 16),)), office)


def test_an_empty_table_has_no_finding() -> None:
    lanes = tuple(Lane(str(number)) for number in range(40))
    assert codes(Sop(procedures=(Procedure(lanes), Procedure(steps=(Step(),))))) == []


@pytest.mark.parametrize("seed", range(4))
def test_where_the_sheet_could_not_keep_its_spacing_there_is_a_finding(seed: int) -> None:
    sop = replace(wild(seed, 10, 14), sheet=A4_PORTRAIT)
    assert lay_out(sop, OFFICE).notes
    assert codes(sop) == [("lanes_too_narrow", "error", 0)]


def test_no_text_is_broken_and_no_page_planned_to_tell() -> None:
    work = (lines_of, plan_page)
    before = [each.cache_info() for each in work]
    codes(Sop(procedures=(plain_grid(4711, 15, 5),)))
    assert [each.cache_info() for each in work] == before
