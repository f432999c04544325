"""Merging values field by field."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from sopdesk.document.comparison.difference import is_record
from sopdesk.document.merging.three_way import Three

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from sopdesk.document.merging.three_way import Spot, Umpire

Record = TypeVar("Record", bound="DataclassInstance")


def merged_record(
    umpire: Umpire, spot: Spot, base: Record | None, mine: Record, theirs: Record, path: str = ""
) -> Record:
    """Return `mine` with the fields that are taken from theirs; the same object if none is.

    A list is one field, a nested record is merged field by field (`approved_by.rank`). `spot` is
    where the record stands.
    """
    changes: dict[str, object] = {}
    for one in fields(mine):
        values = Three(*(getattr(record, one.name, None) for record in (base, mine, theirs)))
        name = f"{path}{one.name}"
        if is_record(values.mine) and is_record(values.theirs):
            value = merged_record(umpire, spot, *values, f"{name}.")
        else:
            value = values.of(umpire.side(spot._replace(field=name), values))
        if value is not values.mine:
            changes[one.name] = value
    return replace(mine, **changes) if changes else mine
