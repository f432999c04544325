"""All shortcuts, group by group, and those of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    Rows = Sequence[tuple[str, str]]

TABLE_KEYS = (
    ("F2", "Edit the cell or symbol"),
    ("Enter", "Accept and go down; on the last row a new step"),
    ("Tab", "Next cell"),
    ("Alt+Enter", "New line in the cell"),
    ("Ctrl+B", "Bold"),
    ("Ctrl+I", "Italic"),
    ("Esc", "Leave the cell as it was"),
)


class KeysDialog(QDialog):
    """A quiet table in two columns; `groups` are titles with what their keys do, in words."""

    def __init__(self, groups: Mapping[str, Rows], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard Shortcuts"))
        columns = (QVBoxLayout(), QVBoxLayout())
        of_cells = [(keys, tr(words)) for keys, words in TABLE_KEYS]
        for title, rows in (*groups.items(), (tr("In a cell"), of_cells)):
            column = min(columns, key=lambda layout: layout.count())
            column.addLayout(_group(title, rows))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(40)
        for column in columns:
            column.setSpacing(16)
            column.addStretch()
            row.addLayout(column)


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
