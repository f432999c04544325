"""The selection as it shows over the pages: the row tinted, the symbol or the flow lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sopdesk.sheet.painting import arrow_head, connector_path
from sopdesk.sheet.values import Rect
from ui.pages.page_painter import painter_path
from ui.theme import colors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.sheet.values import Connector, Page
    from ui.pages.pages_view import PagesView
    from ui.works import Selection

GRIP_PX = 5.0
_BAR_PX = 3.0


def paint_selection(
    painter: QPainter, view: PagesView, pages: Iterable[int], selection: Selection, focused: bool
) -> None:
    """Light what is selected on these pages; paler where the view has not the focus."""
    accent = QColor(colors().accent)
    if not focused:
        accent.setAlpha(170)
    for index in pages:
        page = view.sheet.pages[index]  # type: ignore[union-attr]
        _paint_rows(painter, view, index, page, set(selection.steps), accent)
        for connector in page.connectors:
            if connector.flow == selection.flow:
                paint_flow(painter, view, index, connector, accent)
        painter.save()
        painter.translate(view.page_origin(index))
        painter.scale(view.scale, view.scale)
        for shape in page.shapes:
            if shape.id == selection.symbol:
                painter.setPen(QPen(accent, 2.2 / view.scale))
                painter.setBrush(_faded(accent, 36))
                painter.drawPolygon(QPolygonF([QPointF(*point) for point in shape.outline]))
        painter.restore()


def grips_of(view: PagesView, page: int, connector: Connector) -> tuple[QRectF, QRectF]:
    """Return where the ends of a selected flow can be taken hold of, in the viewport."""
    origin = view.page_origin(page)
    first, last = (
        origin + QPointF(x, y) * view.scale for x, y in (connector.points[0], connector.points[-1])
    )
    return _around(first), _around(last)


def paint_grips(painter: QPainter, grips: Iterable[QRectF]) -> None:
    """Draw the ends of a selected flow."""
    painter.setPen(QPen(QColor(colors().accent), 1.6))
    painter.setBrush(QColor(colors().base))
    for grip in grips:
        painter.drawEllipse(grip)


def _paint_rows(
    painter: QPainter, view: PagesView, index: int, page: Page, steps: set[str], accent: QColor
) -> None:
    frame = view.sheet.paper.frame  # type: ignore[union-attr]
    painter.setPen(Qt.PenStyle.NoPen)
    for row in page.rows:
        if row.step in steps:
            rect = view.to_view(index, Rect(frame.left, row.top, frame.right, row.bottom))
            painter.fillRect(rect, _faded(accent, 20))
            bar = QRectF(rect.left() - 2 * _BAR_PX, rect.top(), _BAR_PX, rect.height())
            painter.setBrush(accent)
            painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)


def paint_flow(
    painter: QPainter, view: PagesView, page: int, connector: Connector, accent: QColor
) -> None:
    """Light a flow's part on a page."""
    painter.save()
    painter.translate(view.page_origin(page))
    painter.scale(view.scale, view.scale)
    pen = QPen(accent, 2.4 / view.scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(painter_path(connector_path(connector)))
    if connector.has_arrow:
        painter.setBrush(accent)
        painter.drawPolygon(QPolygonF([QPointF(*p) for p in arrow_head(connector.points)]))
    if connector.label_rect is not None:
        rect = connector.label_rect
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(accent, 40))
        painter.drawRect(QRectF(rect.left, rect.top, rect.width, rect.height))
    painter.restore()


def _around(point: QPointF) -> QRectF:
    return QRectF(point.x() - GRIP_PX, point.y() - GRIP_PX, 2 * GRIP_PX, 2 * GRIP_PX)


def _faded(color: QColor, alpha: int) -> QColor:
    faded = QColor(color)
    faded.setAlpha(alpha)
    return faded
