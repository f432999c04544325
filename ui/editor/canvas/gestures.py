"""What a press of the mouse on the canvas may become: each gesture is one undo, or nothing.

A gesture knows the sheet as it was when it began, so that a preview that moves rows does not move
the target away under the pointer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sopdesk.document import edits
from sopdesk.sheet.values import Rect
from ui.editor.sheet.hits import lane_at, row_at, shape_at
from ui.theme import colors
from ui.works import Selection

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure
    from sopdesk.sheet.values import Shape
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint


class Gesture(Protocol):
    """A press that is being moved. `cursor` says beforehand whether a drop makes sense here."""

    cursor: Qt.CursorShape

    def move(self, at: PagePoint, place: QPointF) -> None:
        """Follow the pointer: on the page in mm, in the viewport in pixels."""

    def drop(self) -> None:
        """Do it, if that makes sense where the pointer is."""

    def paint(self, painter: QPainter) -> None:
        """Show over the pages what a drop would do."""


class DragSymbol:
    """A symbol on its way to another lane or row; the arrows follow live."""

    def __init__(self, view: FlowView, procedure: Procedure, shape: Shape, at: PagePoint) -> None:
        self._view, self._procedure = view, procedure
        self._sheet, self._shape, self._from = view.sheet, shape, at
        self._symbol = next(s for s in procedure.symbols if s.id == shape.id)
        self._target: tuple[tuple[str, ...], str] | None = None
        self._cell: tuple[int, Rect] | None = None
        self._at = at
        self.cursor = Qt.CursorShape.ClosedHandCursor

    def move(self, at: PagePoint, place: QPointF) -> None:
        """Find the cell under the pointer and show the sheet with the symbol in it."""
        before, self._at = self._target, at
        self._find_target(at)
        has_target = self._target is not None
        self.cursor = (
            Qt.CursorShape.ClosedHandCursor if has_target else Qt.CursorShape.ForbiddenCursor
        )
        if self._target != before:
            self._show()

    def _find_target(self, at: PagePoint) -> None:
        self._target = self._cell = None
        if self._sheet is None:
            return
        page = self._sheet.pages[at.page]
        lane, row = lane_at(page, at.x), row_at(page, at.y)
        if lane is None or row is None or page.procedure != self._view.procedure_index:
            return
        lanes = self._lanes_at(lane.id)
        if lanes is not None:
            self._target = lanes, row.step
            bands = [band for band in page.lanes if band.id in lanes]
            self._cell = at.page, Rect(bands[0].left, row.top, bands[-1].right, row.bottom)

    def _lanes_at(self, lane: str) -> tuple[str, ...] | None:
        """Return the lanes of the symbol, as many as it has, so that it stays under the pointer."""
        order = [known.id for known in self._procedure.lanes]
        if lane not in order:
            return None
        count = len(self._symbol.lanes)
        grabbed = lane_at(self._sheet.pages[self._from.page], self._from.x)  # type: ignore[union-attr]
        inside = (
            self._symbol.lanes.index(grabbed.id)
            if (grabbed is not None and grabbed.id in self._symbol.lanes)
            else 0
        )
        first = max(0, min(order.index(lane) - inside, len(order) - count))
        return tuple(order[first : first + count])

    def _show(self) -> None:
        if self._target is None or self._target == (self._symbol.lanes, self._symbol.step):
            self._view.show_preview(None)
        else:
            self._view.show_preview(
                edits.move_symbol(self._procedure, self._symbol.id, *self._target)
            )

    def drop(self) -> None:
        """Move the symbol there."""
        self._view.show_preview(None)
        if self._target is not None and self._target != (self._symbol.lanes, self._symbol.step):
            self._view.commands.move_symbol(self._symbol.id, *self._target)

    def paint(self, painter: QPainter) -> None:
        """Show the cell that takes it, and the symbol in hand."""
        accent = QColor(colors().accent)
        if self._cell is not None:
            painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(_faded(accent, 24))
            painter.drawRect(self._view.to_view(*self._cell))
        dx, dy = self._at.x - self._from.x, self._at.y - self._from.y
        origin, scale = self._view.page_origin(self._at.page), self._view.scale
        points = [
            origin + QPointF((x + dx) * scale, (y + dy) * scale) for x, y in self._shape.outline
        ]
        painter.setPen(QPen(accent, 1.6))
        painter.setBrush(_faded(QColor(colors().accent), 40))
        painter.drawPolygon(QPolygonF(points))


class DrawFlow:
    """An arrow being drawn from a symbol; `flow` and `is_source` where an end is being moved.

    It is the selected flow that is led elsewhere, as long as that is there.
    """

    def __init__(
        self, view: FlowView, fixed: str, flow: int | None = None, is_source: bool = False
    ) -> None:
        self._view, self._fixed, self._flow, self._is_source = view, fixed, flow, is_source
        self._target: str | None = None
        self._place: QPointF | None = None
        self.cursor = Qt.CursorShape.CrossCursor

    def move(self, at: PagePoint, place: QPointF) -> None:
        """Find the symbol under the pointer."""
        self._place = place
        self._target = None
        sheet = self._view.sheet
        if sheet is not None:
            page = sheet.pages[at.page]
            shape = shape_at(page, at.point, reach=1.0)
            is_here = page.procedure == self._view.procedure_index
            if shape and is_here and shape.letter is None and shape.id != self._fixed:
                self._target = shape.id
        self.cursor = Qt.CursorShape.CrossCursor if self._target else Qt.CursorShape.ForbiddenCursor

    def drop(self) -> None:
        """Connect, or lead the flow from or to the symbol."""
        if self._target is None:
            return
        if self._flow is None:
            self._view.commands.connect(self._fixed, self._target)
        elif self._flow != self._view.session.selection.flow:
            return
        elif self._is_source:
            self._view.commands.reconnect(self._flow, self._target, None)
        else:
            self._view.commands.reconnect(self._flow, None, self._target)

    def paint(self, painter: QPainter) -> None:
        """Draw a thread from the symbol to the pointer, and a frame round the symbol it takes."""
        accent = QColor(colors().accent)
        start = self._view.symbol_rect(self._fixed)
        if self._place is None or start is None:
            return
        painter.setPen(
            QPen(accent, 2, Qt.PenStyle.DashLine if not self._target else Qt.PenStyle.SolidLine)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(start.center(), self._place)
        painter.setBrush(accent)
        painter.drawEllipse(self._place, 3.5, 3.5)
        target = self._view.symbol_rect(self._target) if self._target else None
        if target is not None:
            painter.setBrush(_faded(accent, 40))
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(target.adjusted(-4, -4, 4, 4), 4, 4)


class RubberBand:
    """A frame that selects the steps of the symbols and rows it touches."""

    def __init__(self, view: FlowView, place: QPointF) -> None:
        self._view, self._start, self._end = view, place, place
        self.cursor = Qt.CursorShape.ArrowCursor

    def move(self, at: PagePoint, place: QPointF) -> None:
        """Stretch the frame."""
        self._end = place

    def drop(self) -> None:
        """Select what it touches."""
        band = QRectF(self._start, self._end).normalized()
        symbols = [s for s in self._view.symbols() if band.intersects(self._rect_of(s))]
        procedure = self._view.commands.procedure
        if procedure is None or not symbols:
            return
        touched = {s.step for s in procedure.symbols if s.id in symbols}
        steps = tuple(step.id for step in procedure.steps if step.id in touched)
        self._view.select(Selection(steps, symbols[0] if len(symbols) == 1 else None))

    def _rect_of(self, symbol: str) -> QRectF:
        return self._view.symbol_rect(symbol) or QRectF()

    def paint(self, painter: QPainter) -> None:
        """Draw the frame."""
        accent = QColor(colors().accent)
        painter.setPen(QPen(accent, 1))
        painter.setBrush(_faded(accent, 20))
        painter.drawRect(QRectF(self._start, self._end).normalized())


def _faded(color: QColor, alpha: int) -> QColor:
    faded = QColor(color)
    faded.setAlpha(alpha)
    return faded
