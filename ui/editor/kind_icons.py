"""The five symbols of the guideline as small drawings, in the colours of the scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF, Qt

from sopdesk.document.values import Kind
from ui.theme import colors

if TYPE_CHECKING:
    from ui.theme import Colors


def paint_kind(painter: QPainter, kind: Kind, rect: QRectF) -> None:
    """Draw a kind's shape into the rectangle; start and end filled apart, a decision in amber."""
    ink, fill = _tint(kind, colors())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(fill)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    if kind is Kind.DECISION:
        points = [(x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)]
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
    elif kind is Kind.PROCESS:
        painter.drawRect(rect.adjusted(0, h * 0.14, 0, -h * 0.14))
    else:
        capsule = rect.adjusted(0, h * 0.2, 0, -h * 0.2)
        painter.drawRoundedRect(capsule, capsule.height() / 2, capsule.height() / 2)
    painter.restore()


def kind_icon(kind: Kind, size: int = 32) -> QIcon:
    """Return a kind's drawing for a menu."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_kind(painter, kind, QRectF(1, size * 0.14, size - 2, size * 0.72))
    painter.end()
    return QIcon(picture)


def _tint(kind: Kind, look: Colors) -> tuple[QColor, QColor]:
    ink = QColor(
        {
            Kind.START: look.good,
            Kind.PROCESS: look.accent,
            Kind.DECISION: look.warning,
            Kind.END: look.faint,
        }[kind]
    )
    fill = QColor(ink)
    fill.setAlpha(46)
    return ink, fill
