"""The four symbols above the canvas: dragged onto the sheet, or given to the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.kind_icons import kind_icon
from ui.editor.words import kind_words

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from sopdesk.document.values import Kind
    from ui.editor.canvas.view import SheetView


class Palette(QWidget):
    """A button for each kind of symbol."""

    def __init__(self, view: SheetView) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (kind, word) in enumerate(kind_words().items(), 1):
            row.addWidget(_KindButton(view, kind, word, f"Ctrl+{number}"))


class _KindButton(QToolButton):
    """Dragged it brings a new symbol; clicked it gives its kind to the selected one."""

    def __init__(self, view: SheetView, kind: Kind, word: str, keys: str) -> None:
        super().__init__()
        self._view, self._kind = view, kind
        self._pressed: QPoint | None = None
        self._is_placing = False
        self.setObjectName(f"palette_{kind.value}")
        self.setIcon(kind_icon(kind))
        self.setIconSize(QSize(18, 18))
        self.setAutoRaise(True)
        self.setAccessibleName(word)
        self.setToolTip(tr("{kind}: drag onto the sheet, or click for the selected symbol ({keys})",
                           kind=word, keys=keys))  # fmt: skip
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: view.commands.set_kind(kind))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Become a gesture when the pointer moves on."""
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.globalPosition().toPoint() if is_left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bring the symbol along."""
        place = event.globalPosition().toPoint()
        if self._pressed is not None and not self._is_placing:
            way = (place - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed = None
                self._is_placing = self._view.begin_placing(self._kind)
        if self._is_placing:
            cursor = self._view.follow_placing(place)
            self._is_placing = cursor is not None  # Esc has let it go.
            self.setCursor(cursor or Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the symbol down where it is."""
        was_placing, self._is_placing, self._pressed = self._is_placing, False, None
        if was_placing:
            self._view.follow_placing(event.globalPosition().toPoint())
            self._view.end_placing()
            self.setDown(False)
            self.unsetCursor()
        else:
            super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the symbol in the colours of another scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(kind_icon(self._kind))
