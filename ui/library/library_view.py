"""The tree of SOPs in the library: what a click and Enter do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QTreeView

from sopdesk.foundation.wording import tr
from ui.library.library_delegate import LibraryDelegate
from ui.library.library_model import UUID_ROLE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from ui.library.library_model import LibraryModel


class LibraryView(QTreeView):
    """The tree; a click or Enter opens the SOP of the row, a unit folds."""

    opened = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, model: LibraryModel) -> None:
        super().__init__()
        self.setObjectName("library_view")
        self.setAccessibleName(tr("List of SOPs"))
        self.setModel(model)
        self.setItemDelegate(LibraryDelegate(self))
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(13)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.activated.connect(self._open)
        self.clicked.connect(self._open)
        self.customContextMenuRequested.connect(self._on_menu_asked)

    def topmost(self) -> str | None:
        """Return the uuid of the SOP that stands highest, None where no SOP shows."""
        index = self.model().index(0, 0)
        while index.isValid():
            uuid = index.data(UUID_ROLE)
            if uuid is not None:
                return str(uuid)
            index = self.indexBelow(index)
        return None

    def _open(self, index: QModelIndex) -> None:
        uuid = index.data(UUID_ROLE)
        if uuid is not None:
            self.opened.emit(uuid)

    def _on_menu_asked(self, place: QPoint) -> None:
        self._open(self.indexAt(place))
        self.menu_asked.emit(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open a row on every platform, and unfold a unit."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if index.data(UUID_ROLE) is None:
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self._open(index)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the titles anew at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
