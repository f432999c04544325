"""How two values of an SOP differ, field by field and step by step, for showing them side by side.

Lanes and steps are matched by id, else, as in a copy that was typed again, by name and activity.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sopdesk.document.comparison.difference import Change, Difference, is_record, worded
from sopdesk.document.comparison.tables import differences_of_tables
from sopdesk.document.values import Closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import DataclassInstance

    from sopdesk.document.values import Sop

__all__ = ["Difference", "differences"]


def differences(old: Sop, new: Sop) -> tuple[Difference, ...]:
    """Return how `new` differs from `old`, in the order of the sheet.

    Nothing is said of `uuid`, `origin` and unknown keys, nor of what only follows from another
    difference: automatic numbers, and a way that reads the same since a step came or went.
    """
    found = list(_fields("identity", "", old.identity, new.identity))
    if old.status is not new.status:
        found.append(Difference("identity", "status", old.status.value, new.status.value))
    found += _fields("sheet", "", old.sheet, new.sheet)
    for index in range(max(len(old.procedures), len(new.procedures))):
        before = old.procedures[index] if index < len(old.procedures) else None
        after = new.procedures[index] if index < len(new.procedures) else None
        found += differences_of_tables(index, before, after)
    if (old.closing is None) != (new.closing is None):
        change: Change = "removed" if new.closing is None else "added"
        found.append(Difference("closing", "closing", change=change))
    found += _fields("closing", "", old.closing or Closing(), new.closing or Closing())
    return tuple(found)


def _fields(part: str, path: str, old: DataclassInstance, new: object) -> Iterator[Difference]:
    """Compare two values of one dataclass; a nested one's fields are named `approved_by.rank`."""
    for one in fields(old):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if before == after:
            continue
        if is_record(before) and is_record(after):
            yield from _fields(part, f"{path}{one.name}.", before, after)
        else:
            yield Difference(part, f"{path}{one.name}", worded(before), worded(after))
