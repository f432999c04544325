"""How the editor's three parts share its room: folded, sized and placed as at the last end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ui.editor.canvas.zoom_bar import ZoomBar
    from ui.editor.panel import Panel


class Arrangement(QSplitter):
    """The form above the table, and the canvas below both or, as `zoom_bar` has it, beside them."""

    def __init__(self, identity: Panel, steps: Panel, canvas: Panel, zoom_bar: ZoomBar) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._settings = Settings()
        self._identity, self._zoom_bar = identity, zoom_bar
        self._is_beside: bool | None = None
        self._lent = 0
        self._upper = QSplitter(Qt.Orientation.Vertical)
        for splitter, parts in ((self._upper, (identity, steps)), (self, (self._upper, canvas))):
            splitter.setHandleWidth(5)
            splitter.setChildrenCollapsible(False)
            for part in parts:
                splitter.addWidget(part)
            splitter.splitterMoved.connect(self._keep_sizes)
        self._upper.setStretchFactor(1, 1)
        identity.set_open(self._settings.is_shown("identity", False))
        identity.toggled.connect(self._on_identity_toggled)
        zoom_bar.arrangement_toggled.connect(self._on_arrangement_chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange at first sight, when the sizes are known, as it was at the last end."""
        super().showEvent(event)
        if self._is_beside is None:
            self._set_beside(self._settings.is_shown("canvas_beside", False))

    def _on_arrangement_chosen(self, is_beside: bool) -> None:
        if is_beside != self._is_beside:
            self._settings.keep_shown("canvas_beside", is_beside)
            self._set_beside(is_beside)

    def _set_beside(self, is_beside: bool) -> None:
        self._is_beside = is_beside
        self._zoom_bar.set_beside(is_beside)
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.setOrientation(horizontal if is_beside else vertical)
        if not self.restoreState(self._settings.layout(self._sizes_name())):
            length = self.width() if is_beside else self.height()
            self.setSizes([length * 47 // 100, length * 53 // 100])
        self._upper.restoreState(self._settings.layout("editor_upper"))
        self._lent = 0
        self._on_identity_toggled(self._identity.is_open)

    def _sizes_name(self) -> str:
        return "editor_beside" if self._is_beside else "editor_stacked"

    def _keep_sizes(self) -> None:
        self._settings.keep_layout(self._sizes_name(), self.saveState())
        self._settings.keep_layout("editor_upper", self._upper.saveState())

    def _on_identity_toggled(self, is_open: bool) -> None:
        """Make room for the form when it opens: from the canvas below, where that is above."""
        self._settings.keep_shown("identity", is_open)
        if not self._is_beside:
            self._lend_height(is_open)
        height = self._upper.height()
        share = height * 55 // 100 if is_open else 0
        self._upper.setSizes([share, height - share])

    def _lend_height(self, is_open: bool) -> None:
        """Let the canvas lend nearly half of its height while the form is open."""
        upper, lower = self.sizes()
        if is_open and not self._lent:
            self._lent = lower * 45 // 100
        elif is_open or not self._lent:
            return
        lent = self._lent if is_open else -self._lent
        self.setSizes([upper + lent, lower - lent])
        self._lent = self._lent if is_open else 0
