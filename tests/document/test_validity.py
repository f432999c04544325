from __future__ import annotations

import pytest
from hypothesis import given
from strategies import sops

from sopdesk.document.validity import faults
from sopdesk.document.values import (
    Flow,
    Lane,
    Procedure,
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
        (Procedure(LANES, STEPS, (one(("z",)),)), "symbols[0].lanes[0]"),
        (Procedure(LANES, STEPS, (one(()),)), "symbols[0].lanes"),
        (Procedure(LANES, STEPS, (one(("a", "a")),)), "symbols[0].lanes[1]"),
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


def test_an_sop_without_a_flow_table_is_at_fault() -> None:
    assert [fault.path for fault in faults(Sop(procedures=()))] == ["procedures"]
