"""Whatever is edited in whatever order, the value stays valid."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from random_edits import EDITS, Edit, apply
from strategies import procedures

from sopdesk.document import edits
from sopdesk.document.validity import faults_of_procedure
from sopdesk.document.values import Kind, Lane, Procedure, Step


@given(procedures(), EDITS)
def test_any_edits_of_any_table_keep_it_valid(procedure: Procedure, chosen: list[Edit]) -> None:
    for edit in chosen:
        procedure = apply(procedure, edit)
        assert [str(fault) for fault in faults_of_procedure(procedure)] == []


@given(procedures(), EDITS)
def test_no_edit_makes_a_flow_twice_or_to_itself(procedure: Procedure, chosen: list[Edit]) -> None:
    procedure = replace(procedure, flows=())
    for edit in chosen:
        procedure = apply(procedure, edit)
        keys = [(f.source, f.target, f.label, f.line) for f in procedure.flows]
        assert len(keys) == len(set(keys))
        assert all(flow.source != flow.target for flow in procedure.flows)


@given(EDITS)
def test_inserting_deleting_and_moving_steps_keeps_a_plain_sop_whole(chosen: list[Edit]) -> None:
    """From nothing, by rows alone: one start, one end, one way through every row."""
    p = edits.add_lane(Procedure(), Lane("a", "Staf"))
    for name, a, b, _ in chosen:
        if name in ("insert", "paste", "label", "sides", "add_lane", "merge", "part"):
            p = edits.insert_step(p, Step(), a % (len(p.steps) + 1))
        elif p.steps and name == "delete":
            p = edits.delete_steps(p, [p.steps[a % len(p.steps)].id])
        elif p.steps:
            p = edits.move_step(p, p.steps[a % len(p.steps)].id, b % len(p.steps))
        rows = {symbol.step: symbol for symbol in p.symbols}
        shapes = [rows[step.id] for step in p.steps]
        wanted = [(a.id, b.id) for a, b in itertools.pairwise(shapes)]
        assert sorted((f.source, f.target) for f in p.flows) == sorted(wanted)
        if len(shapes) > 1:
            middle = [Kind.PROCESS] * (len(shapes) - 2)
            assert [s.kind for s in shapes] == [Kind.START, *middle, Kind.END]
