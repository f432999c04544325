"""Edits of a flow table at random, by any indices, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from sopdesk.document import edits
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
