from __future__ import annotations

import pytest
from hypothesis import given
from strategies import sops

from sopdesk.document.validity import faults
from sopdesk.document.values import (
    Flow,
    Lane,
    Procedure,
    SheetSettings,
    Side,
    Sop,
    Spans,
    Step,
    Symbol,
)

LANES = (Lane("a"), Lane("b"), Lane("c"))
STEPS = (Step("s1"), Step("s2"))


@given(sops())
def test_what_the_exchange_file_can_say_has_no_fault(sop: Sop) -> None:
    assert faults(sop) == ()


def one(lanes: tuple[str, ...] = ("a",), step: str = "s1", name: str = "n1") -> Symbol:
    return Symbol(step, lanes, id=name)


@pytest.mark.parametrize(
    ("procedure", "path"),
    [
        (Procedure((Lane("a"), Lane("a"))), "lanes[1].id"),
        (Procedure(steps=(Step("s"), Step("s"))), "steps[1].id"),
        (Procedure(LANES, STEPS, (one(), one())), "symbols[1].id"),
        (Procedure(LANES, STEPS, (one(step="s9"),)), "symbols[0].step"),
        (Procedure(LANES, STEPS, (one(("z",)),)), "symbols[0].lanes"),
        (Procedure(LANES, STEPS, (one(()),)), "symbols[0].lanes"),
        (Procedure(LANES, STEPS, (one(("a", "c")),)), "symbols[0].lanes"),
        (Procedure(LANES, STEPS, (one(("b", "a")),)), "symbols[0].lanes"),
        (Procedure(LANES, STEPS, (one(),), (Flow("n1", "n9"),)), "flows[0].to"),
        (Procedure(LANES, STEPS, (one(),), (Flow("n9", "n1"),)), "flows[0].from"),
        (Procedure(LANES, STEPS, (one(),), (Flow("n1", "n1", exit=Side.TOP),)), "flows[0].exit"),
        (
            Procedure(LANES, STEPS, (one(),), (Flow("n1", "n1", entry=Side.BOTTOM),)),
            "flows[0].entry",
        ),
        (Procedure(steps=(Step("s", spans=Spans(remarks=0)),)), "steps[0].spans.remarks"),
        (Procedure(steps=(Step("s", spans=Spans(outputs=2)),)), "steps[0].spans.outputs"),
    ],
)
def test_a_broken_rule_is_named_with_its_path(procedure: Procedure, path: str) -> None:
    sop = Sop(procedures=(Procedure(), procedure))
    assert [fault.path for fault in faults(sop)] == [f"procedures[1].{path}"]


@pytest.mark.parametrize(
    ("sheet", "path"),
    [
        (SheetSettings(paper="a3"), "sheet.paper"),
        (SheetSettings(font="comic"), "sheet.font"),
        (SheetSettings(size_pt=0), "sheet.size_pt"),
        (SheetSettings(margins_mm=(1, 2, float("nan"), 4)), "sheet.margins_mm[2]"),
        (SheetSettings(columns=("lanes", "lanes")), "sheet.columns[1]"),
        (SheetSettings(columns=("bagan",)), "sheet.columns[0]"),
        (SheetSettings(widths_mm=(("lanes", -1.0),)), "sheet.widths_mm.lanes"),
        (SheetSettings(widths_mm=(("bagan", 1.0),)), "sheet.widths_mm.bagan"),
    ],
)
def test_a_sheet_setting_that_cannot_be_is_named(sheet: SheetSettings, path: str) -> None:
    assert [fault.path for fault in faults(Sop(sheet=sheet))] == [path]


def test_an_sop_without_a_flow_table_is_at_fault() -> None:
    assert [str(f) for f in faults(Sop(procedures=()))] == [
        "procedures: an SOP has at least one flow table"
    ]
