"""The one compact toolbar: words where an icon says too little, as far as the window is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton

from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.window.actions import Actions

LINE = ""
"""A separator between actions."""

TOOLBAR = (
    "new_sop", "save", LINE, "undo", "redo", LINE,
    "insert_step", "delete_step", "move_step_up", "move_step_down", "add_lane", LINE,
    "findings", LINE, "print", "export_pdf", "export_recap",
)  # fmt: skip
_DISPENSABLE = (
    "add_lane", "delete_step", "insert_step", "findings", "export_pdf", "export_recap", "print",
    "save", "new_sop",
)  # fmt: skip
"""Whose words go, in this order, where the window is too narrow for all: their tool tips stay."""


class Toolbar(QToolBar):
    """Shows every action at any width: before one would fall out of sight, words do."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(tr("Toolbar"), window)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._worded: dict[str, QToolButton] = {}
        for name in TOOLBAR:
            if name == LINE:
                self.addSeparator()
                continue
            self.addAction(actions[name])
            button, word = self.widgetForAction(actions[name]), actions.word(name)
            if word and isinstance(button, QToolButton):
                # Qt leaves no room between an icon and its word.
                actions[name].setIconText(f" {word}")
                self._worded[name] = button
        self._full = 0
        self._spared: dict[str, int] = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as there is room for."""
        super().resizeEvent(event)
        if not self._spared:
            self._measure()
        over, style = self._full - self.width(), Qt.ToolButtonStyle
        for name in _DISPENSABLE:
            is_wordless = over > 0
            over -= self._spared[name] if is_wordless else 0
            self._worded[name].setToolButtonStyle(
                style.ToolButtonIconOnly if is_wordless else style.ToolButtonTextBesideIcon
            )

    def _measure(self) -> None:
        """Learn how wide the bar is with all words, and how much each of them takes."""
        style = Qt.ToolButtonStyle
        for name, button in self._worded.items():
            button.setToolButtonStyle(style.ToolButtonIconOnly)
            bare = button.sizeHint().width()
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
            self._spared[name] = button.sizeHint().width() - bare
        self._full = self.sizeHint().width()
