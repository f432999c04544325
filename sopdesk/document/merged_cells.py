"""Cells that stand for several rows: what they cover, and how they follow an edit of the rows.

A merged cell is one cell: its text stands in its first row, and rows that it covers have none of
their own. It shrinks with a row that goes, and passes to the next row when its first one goes. It
grows around a row that comes inside it, unless that row brings words of its own, which would be
hidden: then it ends above that row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.values import Step

SPANNING = ("duration", "requirements", "outputs", "remarks")
"""The columns whose cells may cover several rows."""


class _Merged(NamedTuple):
    cell: str
    owner: Step
    rows: range


def cell_rows(steps: Sequence[Step], row: int, cell: str) -> range:
    """Return the rows of the cell over `row`; `row` alone where none is merged there."""
    for merged in _merged_cells(steps, cell):
        if row in merged.rows:
            return merged.rows
    return range(row, row + 1)


def owner_row(steps: Sequence[Step], row: int, cell: str) -> int:
    """Return the row in which the cell over `row` begins; `row` itself where none covers it."""
    return cell_rows(steps, row, cell).start


def merged_rows(steps: Sequence[Step], cell: str) -> tuple[range, ...]:
    """Return the rows of each cell that covers several, from the top."""
    return tuple(merged.rows for merged in _merged_cells(steps, cell))


def covered_rows(steps: Sequence[Step], cell: str) -> frozenset[int]:
    """Return the rows whose cell belongs to a merged cell that begins above them."""
    return frozenset(row for merged in _merged_cells(steps, cell) for row in merged.rows[1:])


def regroup(
    old: Sequence[Step], new: Sequence[Step], leaver: str | None = None
) -> tuple[Step, ...]:
    """Return the `new` rows with the merged cells of the `old` ones fitted to them.

    `leaver` is the id of a step that was moved: it leaves a merged cell unless its new row is one
    of that cell's old rows.
    """
    places = {step.id: row for row, step in enumerate(new)}
    fitted = {step.id: step for step in new}
    for cell in SPANNING:
        for merged in _merged_cells(old, cell):
            ids = [old[row].id for row in merged.rows if old[row].id in places]
            if leaver in ids and places[leaver] not in merged.rows:
                ids.remove(leaver)
            _fit(fitted, merged, _extent(new, places, ids, cell))
    return tuple(_within(fitted[step.id], len(new) - row) for row, step in enumerate(new))


def _within(step: Step, rows_left: int) -> Step:
    """Return the step with no cell that leaves the table at its foot."""
    long = {cell: rows_left for cell in SPANNING if getattr(step.spans, cell) > rows_left}
    return replace(step, spans=replace(step.spans, **long)) if long else step


def _merged_cells(steps: Sequence[Step], cell: str) -> list[_Merged]:
    """Read top down: a row that is covered begins no cell."""
    found = []
    row = 0
    while row < len(steps):
        span = getattr(steps[row].spans, cell)
        if span > 1:
            found.append(_Merged(cell, steps[row], range(row, min(row + span, len(steps)))))
        row += max(span, 1)
    return found


def _extent(new: Sequence[Step], places: dict[str, int], ids: list[str], cell: str) -> list[str]:
    """Return the ids that the cell covers now: its own, and blank strangers between them."""
    if not ids:
        return []
    rows = [places[name] for name in ids]
    covered = []
    for step in new[min(rows) : max(rows) + 1]:
        if step.id not in ids and getattr(step, cell):
            break
        covered.append(step.id)
    return covered


def _fit(fitted: dict[str, Step], merged: _Merged, ids: list[str]) -> None:
    cell, owner = merged.cell, merged.owner
    if not ids or (ids[0] == owner.id and len(ids) == getattr(owner.spans, cell)):
        return
    if ids[0] != owner.id and owner.id in fitted:
        bare = fitted[owner.id]
        emptied = type(getattr(bare, cell))()
        spans = replace(bare.spans, **{cell: 1})
        fitted[owner.id] = replace(bare, spans=spans, **{cell: emptied})
    first = fitted[ids[0]]
    spans = replace(first.spans, **{cell: len(ids)})
    fitted[ids[0]] = replace(first, spans=spans, **{cell: getattr(owner, cell)})
