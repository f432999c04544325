"""An office file dropped anywhere on the window, on its text fields too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


class FileDrop(QObject):
    """Takes office files, and leaves all else to the widget under the pointer."""

    file_dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def watch(self, parts: QWidget) -> None:
        """Look first at what is dropped on fields that would take a file for its name's text."""
        for part in parts.findChildren(QWidget):
            if part.acceptDrops():
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept an office file while it is dragged, and tell where it was dropped."""
        kinds = QEvent.Type
        if event.type() not in (kinds.DragEnter, kinds.DragMove, kinds.Drop):
            return super().eventFilter(watched, event)
        drop = cast("QDropEvent", event)
        path = _office_file(drop)
        if path is None:
            return super().eventFilter(watched, event)
        drop.acceptProposedAction()
        if event.type() == kinds.Drop:
            self.file_dropped.emit(path)
        return True


def _office_file(drop: QDropEvent) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in drop.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == ".db"), None)
