"""The gesture that moves a border of the flow table: a line follows the pointer, with the widths.

The sheet is laid out when the border is let go: while it moves, everything else stands still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from sopdesk.foundation.wording import current_language, tr
from sopdesk.sheet.values import Rect
from ui.editor.sheet.borders import place_at, widths_at, with_widths
from ui.theme import colors

if TYPE_CHECKING:
    from sopdesk.sheet.look import SheetLook
    from ui.editor.sheet.borders import Border
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint

_AWAY_PX = 14.0
_PADDING_PX = 6.0


class MoveBorder:
    """A border on its way; letting it go fixes the widths of the columns beside it."""

    cursor = Qt.CursorShape.SplitHCursor

    def __init__(self, view: FlowView, look: SheetLook, border: Border, at: PagePoint) -> None:
        self._view, self._look, self._border, self._page = view, look, border, at.page
        self._grabbed = at.x - border.x
        self._x = border.x
        self._place = QPointF()

    def move(self, at: PagePoint, place: QPointF) -> None:
        """Follow the pointer; off its page, along the page's edge."""
        origin = self._view.page_origin(self._page)
        self._place = place
        self._x = (place.x() - origin.x()) / self._view.scale - self._grabbed

    def drop(self) -> None:
        """Fix the widths."""
        widths = widths_at(self._border, self._x)
        if place_at(self._border, self._x) != place_at(self._border, self._border.x):
            self._view.session.apply(tr("Set column width"), lambda sop: with_widths(sop, widths))

    def paint(self, painter: QPainter) -> None:
        """Draw the border where it would stand, and say how wide its columns would be."""
        x, border = place_at(self._border, self._x), self._border
        line = self._view.to_view(self._page, Rect(x, border.top, x, border.bottom))
        painter.setPen(QPen(QColor(colors().accent), 2))
        painter.drawLine(line.topLeft(), line.bottomLeft())
        self._paint_words(painter, line.left())

    def _paint_words(self, painter: QPainter, x: float) -> None:
        words = self._words()
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(words) + 2 * _PADDING_PX
        height = metrics.height() + _PADDING_PX
        room = self._view.viewport().rect()
        left = min(max(x - width / 2, 0.0), room.width() - width)
        top = max(self._place.y() - _AWAY_PX - height, 0.0)
        sign = QRectF(left, top, width, height)
        painter.setPen(QColor(colors().accent))
        painter.setBrush(QColor(colors().base))
        painter.drawRoundedRect(sign, 4, 4)
        painter.setPen(QColor(colors().text))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, words)

    def _words(self) -> str:
        parts = []
        for key, width in widths_at(self._border, self._x).items():
            word = " ".join(self._look.label(f"column_{key}").split())
            name = tr("{column}, each", column=word) if key == "lanes" else word
            number = f"{width:.1f}".removesuffix(".0")
            shown = number.replace(".", ",") if current_language() == "id" else number
            parts.append(f"{name} {shown} mm")
        return "   |   ".join(parts)
