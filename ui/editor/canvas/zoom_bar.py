"""Zoom and arrangement, in the canvas's title line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.panel import MENU_BUTTON
from ui.theme import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.pages_view import PagesView

_STEPS = (50, 75, 100, 125, 150, 200)


class ZoomBar(QWidget):
    """Out, the zoom itself with its usual steps, in; and whether the canvas stands beside."""

    arrangement_toggled = Signal(bool)

    def __init__(self, view: PagesView) -> None:
        super().__init__()
        self._view = view
        self._beside = self._button("", tr("Canvas beside the table"), lambda: None)
        self._beside.setText("◫")
        self._beside.setCheckable(True)
        self._beside.toggled.connect(self.arrangement_toggled)
        self._percent = QToolButton(self)
        self._percent.setAutoRaise(True)
        self._percent.setStyleSheet(MENU_BUTTON)
        self._percent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._percent.setMenu(self._menu())
        self._percent.setAccessibleName(tr("Zoom"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addStretch(1)
        row.addWidget(self._button("zoom_out", tr("Zoom Out"), view.zoom_out))
        row.addWidget(self._percent)
        row.addWidget(self._button("zoom_in", tr("Zoom In"), view.zoom_in))
        row.addWidget(self._beside)
        view.zoom_changed.connect(self._on_zoom_changed)
        self._on_zoom_changed(view.zoom)

    def set_beside(self, is_beside: bool) -> None:
        """Show the arrangement in use."""
        self._beside.setChecked(is_beside)

    def _on_zoom_changed(self, zoom: float) -> None:
        self._percent.setText(f"{round(zoom * 100)} %")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("Fit Width"), lambda: self._view.set_fit("width"))
        menu.addAction(tr("Fit Page"), lambda: self._view.set_fit("page"))
        menu.addSeparator()
        for percent in _STEPS:
            menu.addAction(f"{percent} %", partial(self._view.set_zoom, percent / 100))
        return menu

    def _button(self, name: str, text: str, do: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        if name:
            button.setIcon(icon(name))
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: do())
        return button
