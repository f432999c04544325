"""The small round handles at a selected symbol: append, connect, change kind, delete."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sopdesk.foundation.wording import tr
from ui.theme import colors

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIZE_PX = 18.0
_OFF_PX = 5.0


class Handle(Enum):
    """What a handle is for."""

    APPEND = "append"
    CONNECT = "connect"
    KIND = "kind"
    DELETE = "delete"


def handle_tip(handle: Handle) -> str:
    """Say what a handle does."""
    return {
        Handle.APPEND: tr("Add a step below (Ctrl+Enter)"),
        Handle.CONNECT: tr("Drag to the symbol that follows (Ctrl+L)"),
        Handle.KIND: tr("Change symbol (Ctrl+1 to Ctrl+4)"),
        Handle.DELETE: tr("Delete symbol (Del)"),
    }[handle]


def handles_around(symbol: QRectF) -> dict[Handle, QRectF]:
    """Return where the handles of a symbol stand, in pixels.

    They stand at its corners: flows leave and labels stand at the middle of its sides.
    """
    frame = symbol.adjusted(-_OFF_PX, -_OFF_PX, _OFF_PX, _OFF_PX)
    places = {
        Handle.APPEND: frame.bottomLeft(),
        Handle.CONNECT: frame.bottomRight(),
        Handle.KIND: frame.topLeft(),
        Handle.DELETE: frame.topRight(),
    }
    half = _SIZE_PX / 2
    return {
        handle: QRectF(place.x() - half, place.y() - half, _SIZE_PX, _SIZE_PX)
        for handle, place in places.items()
    }


def handle_at(handles: Mapping[Handle, QRectF], place: QPointF) -> Handle | None:
    """Return the handle under a place."""
    for handle, rect in handles.items():
        if rect.adjusted(-2, -2, 2, 2).contains(place):
            return handle
    return None


def paint_handles(
    painter: QPainter, handles: Mapping[Handle, QRectF], hovered: Handle | None
) -> None:
    """Draw the handles, the one under the pointer filled."""
    look = colors()
    accent = QColor(look.error if hovered is Handle.DELETE else look.accent)
    for handle, rect in handles.items():
        is_hovered = handle is hovered
        painter.setPen(QPen(accent if is_hovered else QColor(look.accent), 1.2))
        painter.setBrush(accent if is_hovered else QColor(look.base))
        painter.drawEllipse(rect)
        painter.setPen(
            QPen(
                QColor(look.on_accent if is_hovered else look.accent),
                1.6,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
            )
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _paint_sign(painter, handle, rect.center())


def _paint_sign(painter: QPainter, handle: Handle, at: QPointF) -> None:
    x, y, r = at.x(), at.y(), 4.0
    if handle is Handle.APPEND:
        painter.drawLines([QLineF(x - r, y, x + r, y), QLineF(x, y - r, x, y + r)])
    elif handle is Handle.CONNECT:
        painter.drawLines(
            [QLineF(x - r, y, x + r, y), QLineF(x + 0.5, y - 3.2, x + r, y),
             QLineF(x + 0.5, y + 3.2, x + r, y)]
        )  # fmt: skip
    elif handle is Handle.DELETE:
        r = 3.2
        painter.drawLines([QLineF(x - r, y - r, x + r, y + r), QLineF(x - r, y + r, x + r, y - r)])
    else:
        points = [QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]
        painter.drawPolygon(QPolygonF(points))
