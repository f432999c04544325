"""All shortcuts, group by group, and those of a cell."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    Rows = Sequence[tuple[str, str]]

_HEAD_ROWS = 2
"""How many rows a group's heading and the room above it take."""
TABLE_KEYS = (
    ("F2", "Edit the cell or symbol"),
    ("Enter", "Accept and go down; on the last row a new step"),
    ("Tab", "Next cell"),
    ("Alt+Enter", "New line in the cell"),
    ("Ctrl+B", "Bold"),
    ("Ctrl+I", "Italic"),
    ("Alt+↓", "Show what the cell can hold"),
    ("Esc", "Leave the cell as it was"),
    ("Del", "Empty the cells; on the chart, delete the symbol"),
    ("Ctrl+C, X, V", "Copy, cut and paste steps, also from Excel"),
)


class KeysDialog(QDialog):
    """A quiet table in two columns; `groups` are titles with what their keys do, in words."""

    def __init__(self, groups: Mapping[str, Rows], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard Shortcuts"))
        columns = (QVBoxLayout(), QVBoxLayout())
        of_cells = [(keys, tr(words)) for keys, words in TABLE_KEYS]
        parts = [*groups.items(), (tr("In a cell"), of_cells)]
        sides = _balanced([len(rows) + _HEAD_ROWS for _title, rows in parts])
        for (title, rows), side in zip(parts, sides, strict=True):
            columns[side].addLayout(_group(title, rows))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(40)
        for column in columns:
            column.setSpacing(12)
            column.addStretch()
            row.addLayout(column)


def _balanced(heights: Sequence[int]) -> tuple[int, ...]:
    """Return the column of each group, such that the higher of the two is as low as can be."""

    def height(sides: tuple[int, ...]) -> int:
        left = sum(high for high, side in zip(heights, sides, strict=True) if not side)
        return max(left, sum(heights) - left)

    return min(itertools.product((0, 1), repeat=len(heights)), key=height)


def _group(title: str, rows: Rows) -> QVBoxLayout:
    heading = PlainLabel(title)
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    table = QFormLayout()
    table.setHorizontalSpacing(18)
    table.setVerticalSpacing(5)
    for keys, words in rows:
        key = PlainLabel(keys)
        key.setForegroundRole(key.foregroundRole().PlaceholderText)
        key.setMinimumWidth(110)
        table.addRow(key, PlainLabel(words))
    group = QVBoxLayout()
    group.setSpacing(6)
    group.addWidget(heading)
    group.addLayout(table)
    return group
