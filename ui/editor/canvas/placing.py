"""The gesture that brings a new symbol: into a cell, or onto an arrow that it divides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sopdesk.document.values import Kind, Line
from sopdesk.sheet.values import Rect
from ui.editor.kind_icons import paint_kind
from ui.editor.sheet.hits import connector_at, lane_at, row_at
from ui.editor.sheet.overlay import paint_flow
from ui.theme import colors

if TYPE_CHECKING:
    from sopdesk.sheet.values import Connector, Page
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint

_REACH_PX = 8.0
_GHOST_PX = QRectF(-18, -12, 36, 24)


class _Target(NamedTuple):
    """Where the symbol would stand, and the arrow that would lead through it."""

    page: int
    cell: Rect
    step: str
    lane: str
    arrow: Connector | None


class PlaceSymbol:
    """A new symbol in hand."""

    def __init__(self, view: FlowView, kind: Kind) -> None:
        self._view, self._kind = view, kind
        self._target: _Target | None = None
        self._place = QPointF(-100, -100)
        self.cursor = Qt.CursorShape.ForbiddenCursor

    def move(self, at: PagePoint, place: QPointF) -> None:
        """Find the cell, and the arrow, under the pointer."""
        self._place, sheet = place, self._view.sheet
        is_inside = self._view.viewport().rect().contains(place.toPoint())
        page = sheet.pages[at.page] if sheet is not None and sheet.pages and is_inside else None
        self._target = self._target_on(page, at) if page is not None else None
        self.cursor = (
            Qt.CursorShape.ForbiddenCursor
            if self._target is None
            else Qt.CursorShape.DragCopyCursor
        )

    def _target_on(self, page: Page, at: PagePoint) -> _Target | None:
        lane, row = lane_at(page, at.x), row_at(page, at.y)
        if lane is None or row is None or page.procedure != self._view.procedure_index:
            return None
        cell = Rect(lane.left, row.top, lane.right, row.bottom)
        return _Target(at.page, cell, row.step, lane.id, self._arrow_at(page, at))

    def _arrow_at(self, page: Page, at: PagePoint) -> Connector | None:
        """Return the arrow that a process or a decision would divide."""
        procedure = self._view.session.procedure
        if procedure is None or self._kind in (Kind.START, Kind.END):
            return None
        found = connector_at(page, at.point, _REACH_PX / self._view.scale)
        is_arrow = found is not None and procedure.flows[found.flow].line is Line.ARROW
        return found if is_arrow else None

    def drop(self) -> None:
        """Put the symbol there."""
        target = self._target
        if target is not None:
            flow = target.arrow.flow if target.arrow is not None else None
            self._view.commands.add_symbol(target.step, target.lane, self._kind, flow)

    def paint(self, painter: QPainter) -> None:
        """Show the cell that takes it, the arrow that it divides, and the symbol in hand."""
        accent = QColor(colors().accent)
        if self._target is not None:
            painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
            faded = QColor(accent)
            faded.setAlpha(24)
            painter.setBrush(faded)
            painter.drawRect(self._view.to_view(self._target.page, self._target.cell))
            if self._target.arrow is not None:
                paint_flow(painter, self._view, self._target.page, self._target.arrow, accent)
        paint_kind(painter, self._kind, _GHOST_PX.translated(self._place))
