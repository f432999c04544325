"""Edits of merged cells: one cell over several rows, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.merged_cells import SPANNING, cell_rows
from sopdesk.document.reading import rows_of_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.document.values import Procedure, Step


def merge_cells(procedure: Procedure, step_ids: Iterable[str], cell: str) -> Procedure:
    """Return the procedure with one cell (of `SPANNING`) over these steps and those between them.

    It begins and ends with the merged cells that it takes in, and holds what all of them held:
    what differs stands one below the other, what is equal once.
    """
    rows = rows_of_steps(procedure)
    chosen = sorted(rows[name] for name in step_ids if name in rows)
    if cell not in SPANNING or not chosen:
        return procedure
    first = cell_rows(procedure.steps, chosen[0], cell).start
    stop = cell_rows(procedure.steps, chosen[-1], cell).stop
    covered = procedure.steps[first:stop]
    if len(covered) == getattr(covered[0].spans, cell):
        return procedure
    held = _together([getattr(step, cell) for step in covered])
    empty = type(held)()
    merged = (
        _with_cell(covered[0], cell, held, len(covered)),
        *(_with_cell(step, cell, empty, 1) for step in covered[1:]),
    )
    return replace(procedure, steps=(*procedure.steps[:first], *merged, *procedure.steps[stop:]))


def part_cell(procedure: Procedure, step_id: str, cell: str) -> Procedure:
    """Return the procedure with the cell over a step parted into its rows; the first keeps all."""
    row = rows_of_steps(procedure).get(step_id)
    if cell not in SPANNING or row is None:
        return procedure
    first = cell_rows(procedure.steps, row, cell).start
    owner = procedure.steps[first]
    if getattr(owner.spans, cell) == 1:
        return procedure
    parted = _with_cell(owner, cell, getattr(owner, cell), 1)
    return replace(
        procedure, steps=(*procedure.steps[:first], parted, *procedure.steps[first + 1 :])
    )


def _together(held: Sequence[str] | Sequence[tuple[str, ...]]) -> str | tuple[str, ...]:
    """Return texts as lines of one text, or lists as one list, nothing twice."""
    parts = [part if isinstance(part, tuple) else (part,) for part in held]
    items = tuple(dict.fromkeys(item for part in parts for item in part if item))
    return items if isinstance(held[0], tuple) else "\n".join(items)


def _with_cell(step: Step, cell: str, held: str | tuple[str, ...], rows: int) -> Step:
    spans = replace(step.spans, **{cell: rows})
    return replace(step, spans=spans, **{cell: held})  # type: ignore[arg-type]
