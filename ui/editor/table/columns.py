"""The columns of the step table: their keys, in order, and their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

COLUMN_KEYS = (
    "number",
    "activity",
    "lanes",
    "kind",
    "next",
    "requirements",
    "duration",
    "outputs",
    "remarks",
)
TYPED_KEYS = tuple(key for key in COLUMN_KEYS if key not in ("number", "lanes", "kind", "next"))
"""The columns that nothing but typing fills."""
ACTIVITY = COLUMN_KEYS.index("activity")
"""The column in which a step begins."""


def column_title(key: str) -> str:
    """Return a column's heading in the language of the interface."""
    return {
        "number": tr("No."),
        "activity": tr("Activity"),
        "lanes": tr("Actor"),
        "kind": tr("Symbol"),
        "next": tr("Next step"),
        "requirements": tr("Requirements"),
        "duration": tr("Duration"),
        "outputs": tr("Output"),
        "remarks": tr("Remarks"),
    }[key]


def key_of(index: QModelIndex | QPersistentModelIndex) -> str:
    """Return the key of a cell's column."""
    return COLUMN_KEYS[index.column()]


def is_last_column(index: QModelIndex | QPersistentModelIndex) -> bool:
    """Return whether a cell ends its row."""
    return index.column() == len(COLUMN_KEYS) - 1
