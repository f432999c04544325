"""Whatever is edited in whatever order, the value stays valid."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from strategies import procedures

from sopdesk.document import edits
from sopdesk.document.validity import faults_of_procedure
from sopdesk.document.values import Kind, Lane, Line, Procedure, Side, Step

if TYPE_CHECKING:
    from collections.abc import Callable

Edit = tuple[str, int, int, int]

NAMES = st.sampled_from(
    ["insert", "delete", "move", "paste", "add_symbol", "remove_symbol", "move_symbol", "kind",
     "connect", "disconnect", "reconnect", "label", "sides", "line", "add_lane", "move_lane",
     "remove_lane", "merge", "part"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(NAMES, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), max_size=12
)


def pick(things: tuple, index: int) -> str:
    """Return the id of one of the things, or one that is nowhere."""
    return things[index % len(things)].id if things else "nowhere"


def apply(p: Procedure, edit: Edit) -> Procedure:
    name, a, b, c = edit
    step, other = pick(p.steps, a), pick(p.steps, b)
    symbol, second = pick(p.symbols, a), pick(p.symbols, b)
    lane, lane2 = pick(p.lanes, a), pick(p.lanes, c)
    table: dict[str, Callable[[], Procedure]] = {
        "insert": lambda: edits.insert_step(p, Step(activity="baru"), a, pick(p.lanes, b)),
        "delete": lambda: edits.delete_steps(p, [step, other][: 1 + c % 2]),
        "move": lambda: edits.move_step(p, step, b),
        "paste": lambda: edits.paste_steps(p, edits.copy_steps(p, [step, other]), c),
        "add_symbol": lambda: edits.add_symbol(p, step, (pick(p.lanes, b), lane2)),
        "remove_symbol": lambda: edits.remove_symbol(p, symbol),
        "move_symbol": lambda: edits.move_symbol(p, symbol, (pick(p.lanes, b), lane2), other),
        "kind": lambda: edits.set_kind(p, symbol, list(Kind)[b % 4]),
        "connect": lambda: edits.connect(p, symbol, second, ["", "Ya", "Tidak"][c % 3]),
        "disconnect": lambda: edits.disconnect(p, a),
        "reconnect": lambda: edits.reconnect(p, a, target=second),
        "label": lambda: edits.set_label(p, a, ["", "Ya", "Tidak"][c % 3]),
        "sides": lambda: edits.set_sides(p, a, list(Side)[b % 4], list(Side)[c % 4]),
        "line": lambda: edits.set_line(p, a, list(Line)[b % 2]),
        "add_lane": lambda: edits.add_lane(p, Lane(name="Staf"), a),
        "move_lane": lambda: edits.move_lane(p, lane, b),
        "remove_lane": lambda: edits.remove_lane(p, lane),
        "merge": lambda: edits.merge_cells(p, [step, other], "duration"),
        "part": lambda: edits.part_cell(p, step, "duration"),
    }
    return table[name]()


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
