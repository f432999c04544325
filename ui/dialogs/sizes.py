"""How large a dialog may be on the screen that it opens on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def on_screen(dialog: QWidget, parent: QWidget | None, size: QSize) -> QSize:
    """Return the size, or as much of it as the screen of the parent has room for."""
    room = (parent or dialog).screen().availableGeometry().size()
    return size.boundedTo(QSize(room.width() - 60, room.height() - 80))
