"""Which rows of the step table another value of its flow table touches. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.values import Spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.values import Procedure

_TOLD_ELSEWHERE = ("lanes", "symbols", "flows")
"""What of a flow table is told in the cells of other rows than its own."""


def changed_rows(before: Procedure | None, after: Procedure | None) -> list[int] | None:
    """Return the rows that a change touches, None where any row may have changed.

    Typing touches one row; a merged cell is told in the rows that it covers.
    """
    if before is None or after is None or len(before.steps) != len(after.steps):
        return None
    if any(getattr(before, part) is not getattr(after, part) for part in _TOLD_ELSEWHERE):
        return None
    pairs = enumerate(zip(before.steps, after.steps, strict=True))
    changed = [row for row, (old, new) in pairs if old is not new]
    is_merged = any(step.spans != Spans() for step in (*before.steps, *after.steps))
    is_moved = any(before.steps[row].id != after.steps[row].id for row in changed)
    return None if is_merged or is_moved else changed


def runs(steps: Sequence[str], chosen: set[str]) -> list[tuple[int, int]]:
    """Return the first and last row of each run of chosen steps, from the top."""
    found: list[tuple[int, int]] = []
    for row, step in enumerate(steps):
        if step in chosen:
            is_next = bool(found) and found[-1][1] == row - 1
            first = found.pop()[0] if is_next else row
            found.append((first, row))
    return found
