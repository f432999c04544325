"""How a dialog on the past stands: a list at the left, what it shows beside it, buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout

from ui.dialogs.fields import hint
from ui.dialogs.sizes import on_screen

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget


def frame(
    dialog: QDialog,
    listed: QWidget,
    shown: QWidget,
    words: str,
    box: QDialogButtonBox,
    size: QSize,
    list_width: int,
) -> None:
    """Put both halves into an empty dialog, and below them a hint in `words` beside the buttons.

    `size` is what it has on a screen that is large enough, `list_width` the left half's part of it.
    """
    halves = QSplitter(Qt.Orientation.Horizontal)
    halves.setChildrenCollapsible(False)
    halves.addWidget(listed)
    halves.addWidget(shown)
    halves.setStretchFactor(1, 1)
    halves.setSizes([list_width, size.width() - list_width])
    foot = QHBoxLayout()
    foot.setContentsMargins(16, 8, 16, 12)
    foot.addWidget(hint(words), 1)
    foot.addWidget(box)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(halves, 1)
    column.addLayout(foot)
    dialog.resize(on_screen(dialog, dialog.parentWidget(), size))
