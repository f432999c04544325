"""A titled part of the editor that can be folded to its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sopdesk.foundation.wording import tr
from ui.plain_words import PlainLabel, plain_tip

_HEAD_PX = 32
MENU_BUTTON = (
    "QToolButton { padding: 3px 16px 3px 6px; }"
    "QToolButton::menu-indicator { subcontrol-position: right center; right: 4px; }"
)
"""A button that opens a menu, its mark beside its text instead of over it."""


class Panel(QFrame):
    """A title line with room for tools, over a body that the title folds away."""

    toggled = Signal(bool)

    def __init__(self, title: str, body: QWidget, tools: QWidget | None = None) -> None:
        super().__init__()
        self._body = body
        self._title = _fold(title)
        self._title.toggled.connect(self._on_toggled)
        self._summary = PlainLabel()
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._summary.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head = QWidget()
        head.setFixedHeight(_HEAD_PX)
        row = QHBoxLayout(head)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._summary, 1 if tools is None else 0)
        if tools is not None:
            row.addWidget(tools, 1)
            self._summary.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(body, 1)
        self.setMinimumHeight(_HEAD_PX)

    @property
    def is_open(self) -> bool:
        """Whether the body shows."""
        return self._title.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold."""
        self._title.setChecked(is_open)

    def set_summary(self, text: str) -> None:
        """Say in the title line what the body holds."""
        self._summary.setText(text)
        self._summary.setToolTip(plain_tip(text))

    def _on_toggled(self, is_open: bool) -> None:
        self._title.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._body.setVisible(is_open)
        self.setMaximumHeight(16_777_215 if is_open else _HEAD_PX)
        self.toggled.emit(is_open)


def _fold(title: str) -> QToolButton:
    fold = QToolButton()
    fold.setText(title)
    fold.setCheckable(True)
    fold.setChecked(True)
    fold.setAutoRaise(True)
    fold.setArrowType(Qt.ArrowType.DownArrow)
    fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    fold.setToolTip(tr("Fold or unfold"))
    fold.setAccessibleName(title)
    fold.setStyleSheet("QToolButton { font-weight: 600; border: none; padding: 4px; }")
    return fold
