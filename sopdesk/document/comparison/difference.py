"""What a difference is, and values as text to show."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeGuard

from sopdesk.document.dates import PartialDate

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Change = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: in which part and field, the text before and after.

    `part` is `identity`, `sheet`, `closing`, `table`, `lane` or `step`; `field` is named as in the
    exchange file, or is a column of the step table. `name` is the lane or the step meant, and
    `procedure` the index of its flow table. What was added or removed has its words on one side.
    """

    part: str
    field: str
    before: str = ""
    after: str = ""
    change: Change = "changed"
    procedure: int | None = None
    name: str = ""


def is_record(value: object) -> TypeGuard[DataclassInstance]:
    """Tell whether a value is compared field by field; a date is one field."""
    return is_dataclass(value) and not isinstance(value, type | PartialDate)


def worded(value: object) -> str:
    """Return a value as text: items and fields one a line, pairs as `key: value`, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, PartialDate):
        return value.iso
    if is_record(value):
        return "\n".join(filter(None, (worded(getattr(value, f.name)) for f in fields(value))))
    if isinstance(value, tuple):
        return "\n".join(
            ": ".join(map(worded, item)) if isinstance(item, tuple) else worded(item)
            for item in value
        )
    return str(value)
