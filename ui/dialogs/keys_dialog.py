"""All shortcuts, menu by menu, as the menus themselves say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.window.menus import names_in

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.window.actions import Actions

TABLE_KEYS = (
    ("F2", "Edit the cell or symbol"),
    ("Enter", "Accept and go down; on the last row a new step"),
    ("Tab", "Next cell"),
    ("Alt+Enter", "New line in the cell"),
    ("Esc", "Leave the cell as it was"),
)


class KeysDialog(QDialog):
    """A quiet table of keys in two columns."""

    def __init__(self, actions: Actions, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard Shortcuts"))
        columns = (QVBoxLayout(), QVBoxLayout())
        groups = _groups(actions)
        groups[tr("In a cell")] = [(keys, tr(words)) for keys, words in TABLE_KEYS]
        for title, rows in groups.items():
            column = min(columns, key=lambda layout: layout.count())
            column.addLayout(_group(title, rows))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(40)
        for column in columns:
            column.setSpacing(16)
            column.addStretch()
            row.addLayout(column)


def _groups(actions: Actions) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for title, name in names_in():
        keys = actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            words = actions[name].text().partition(":")[0].removesuffix("…")
            groups.setdefault(tr(title).replace("&", ""), []).append((keys, words))
    return groups


def _group(title: str, rows: list[tuple[str, str]]) -> QVBoxLayout:
    heading = QLabel(title)
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    table = QFormLayout()
    table.setHorizontalSpacing(18)
    table.setVerticalSpacing(5)
    for keys, words in rows:
        key = QLabel(keys)
        key.setForegroundRole(key.foregroundRole().PlaceholderText)
        key.setMinimumWidth(110)
        table.addRow(key, QLabel(words))
    group = QVBoxLayout()
    group.setSpacing(6)
    group.addWidget(heading)
    group.addLayout(table)
    return group
