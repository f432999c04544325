"""The step table's cells as text: what a cell shows for editing, and an SOP from what was typed.

One row a step, columns as in `COLUMNS`. Text that was not changed changes nothing, even where it
could be read in another way. A row under a merged cell shows and sets that cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.cells.kinds import kinds_text, set_kinds
from sopdesk.document.cells.lanes import lanes_text, set_lanes
from sopdesk.document.cells.next import next_text, set_next
from sopdesk.document.cells.words import activity_text, items_text, read_activity, read_items
from sopdesk.document.edits import change_step
from sopdesk.document.merged_cells import SPANNING, owner_row
from sopdesk.document.numbering import shown_numbers
from sopdesk.document.reading import rows_of_steps
from sopdesk.document.texts import plain_line_ends

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopdesk.document.values import Kind, Procedure, Step

__all__ = ["COLUMNS", "cell_text", "set_cell", "shown_numbers"]

COLUMNS = (
    "number", "activity", "lanes", "kind", "next", "requirements", "duration", "outputs", "remarks",
)  # fmt: skip


def cell_text(
    procedure: Procedure, step_id: str, column: str, kind_words: Mapping[Kind, str]
) -> str:
    """Return what a cell holds for editing.

    `activity` ends with its items, a line `- ` each; lists have one item a line; `lanes`, `kind`
    and `next` one line a symbol: `Staf + Kasubag`, `Keputusan`, `Ya: 5; Tidak: 3`.

    Raises:
        KeyError: there is no such step or column.
    """
    row = rows_of_steps(procedure)[step_id]
    match column:
        case "number":
            return shown_numbers(procedure)[row]
        case "activity":
            return activity_text(procedure.steps[row])
        case "lanes":
            return lanes_text(procedure, step_id)
        case "kind":
            return kinds_text(procedure, step_id, kind_words)
        case "next":
            return next_text(procedure, step_id)
    if column not in SPANNING:
        raise KeyError(column)
    owner = procedure.steps[owner_row(procedure.steps, row, column)]
    held = getattr(owner, column)
    return held if isinstance(held, str) else items_text(held)


def set_cell(
    procedure: Procedure, step_id: str, column: str, text: str, kind_words: Mapping[Kind, str]
) -> Procedure:
    """Return the procedure with a cell set to what was typed.

    A lane that is not there yet is added. A symbol that comes or goes is led into the flow or out
    of it as by `edits`. A target in `next` is kept by identity from then on.

    Raises:
        UserError: `cell_...`: the text cannot be read.
        KeyError: there is no such step or column.
    """
    text = plain_line_ends(text)
    if text == cell_text(procedure, step_id, column, kind_words):
        return procedure
    row = rows_of_steps(procedure)[step_id]
    match column:
        case "number":
            return change_step(procedure, step_id, number=text.strip() or None)
        case "activity":
            activity, items = read_activity(text)
            return change_step(procedure, step_id, activity=activity, activity_items=items)
        case "lanes":
            return set_lanes(procedure, step_id, text)
        case "kind":
            return set_kinds(procedure, step_id, text, kind_words)
        case "next":
            return set_next(procedure, step_id, text)
    owner = procedure.steps[owner_row(procedure.steps, row, column)]
    return change_step(procedure, owner.id, **{column: _read(owner, column, text)})


def _read(owner: Step, column: str, text: str) -> object:
    return text.strip() if isinstance(getattr(owner, column), str) else read_items(text)
