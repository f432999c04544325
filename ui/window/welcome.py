"""The page before a file is open: make one, open one, or go on with a recent one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from sopdesk.foundation.resources import resource
from sopdesk.foundation.wording import tr
from ui import theme
from ui.plain_words import PlainLabel, plain_caption, plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ui.window.actions import Actions

_WIDTH = 560


class Welcome(QWidget):
    """Two ways to begin and the recent files; `file_chosen` carries a path."""

    file_chosen = Signal(object)

    def __init__(self, actions: Actions, recent: Sequence[Path]) -> None:
        super().__init__()
        self.setObjectName("welcome")
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(0)
        column.addLayout(_name())
        column.addSpacing(8)
        column.addWidget(
            _line(tr("Type the steps; the flowchart draws itself, ready to print."), 1.1)
        )
        column.addSpacing(26)
        column.addLayout(_beginnings(actions))
        column.addSpacing(30)
        column.addLayout(self._list_recent(recent))
        column.addSpacing(18)
        hint = _line(tr("You can also drop an office file (.db) anywhere on this window."), 1.0)
        hint.setForegroundRole(hint.foregroundRole().PlaceholderText)
        column.addWidget(hint)
        outer = QHBoxLayout(self)
        outer.addStretch()
        outer.addWidget(middle, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch()

    def _list_recent(self, paths: Sequence[Path]) -> QVBoxLayout:
        """List the recent files, newest first."""
        rows = QVBoxLayout()
        rows.setSpacing(2)
        if paths:
            rows.addWidget(_line(tr("Recent files"), 1.0, bold=True))
            rows.addSpacing(6)
        for path in paths:
            button = QToolButton()
            button.setText(plain_caption(f"{path.stem}    {_short(path.parent)}"))
            button.setToolTip(plain_tip(str(path)))
            button.setAutoRaise(True)
            button.setIcon(theme.icon("open"))
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(
                lambda _checked=False, chosen=path: self.file_chosen.emit(chosen)
            )
            rows.addWidget(button)
        return rows


def _name() -> QHBoxLayout:
    mark = PlainLabel()
    mark.setPixmap(QIcon(str(resource("icons", "app.svg"))).pixmap(QSize(44, 44)))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(mark)
    row.addWidget(_line("SOPDesk", 2.2, bold=True))
    row.addStretch()
    return row


def _beginnings(actions: Actions) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for name in ("new_file", "open_file"):
        action = actions[name]
        button = QPushButton(action.text())
        button.setMinimumHeight(38)
        button.clicked.connect(action.trigger)
        button.setDefault(name == "new_file")
        row.addWidget(button)
    row.addStretch()
    return row


def _line(text: str, scale: float, bold: bool = False) -> PlainLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(bold)
    label.setFont(font)
    return label


def _short(folder: Path, length: int = 46) -> str:
    """Return a folder's end where the whole is too long for the page."""
    text = str(folder)
    return text if len(text) <= length else f"…{text[-length:]}"
