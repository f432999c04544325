"""The mouse on the canvas: what is under the pointer, and what a press of it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from sopdesk.sheet.look import look_of
from ui.editor.canvas.gestures import DragSymbol, DrawFlow, RubberBand
from ui.editor.canvas.opening import Opening
from ui.editor.canvas.pointing import Pointing
from ui.editor.canvas.resizing import MoveBorder
from ui.editor.sheet.handles import Handle, handle_at, handles_around
from ui.editor.sheet.hits import (
    find_shape,
    flow_of_pentagon,
    row_at,
    shape_at,
)
from ui.editor.sheet.overlay import grips_of
from ui.works import Selection

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from sopdesk.sheet.values import Page, Shape
    from ui.editor.canvas.gestures import Gesture
    from ui.editor.canvas.in_place import InPlaceEditing
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint


class CanvasMouse:
    """Turns pointing into selections, gestures and fields over texts."""

    def __init__(self, view: FlowView, in_place: InPlaceEditing) -> None:
        self._view, self._in_place = view, in_place
        self._pointing = Pointing(view)
        self._opening = Opening(view, in_place, self._pointing)
        self.gesture: Gesture | None = None
        self.hovered: Handle | None = None
        self._press: tuple[QPointF, PagePoint, str | None] | None = None

    @property
    def is_down(self) -> bool:
        """Whether the left button is held on something."""
        return self._press is not None

    def handles(self) -> dict[Handle, QRectF]:
        """Return the handles that show, in the viewport."""
        view, selection = self._view, self._view.session.selection
        rect = view.symbol_rect(selection.symbol)
        is_one = selection.flow is None and len(selection.steps) < 2
        is_near = view.hasFocus() or view.underMouse()
        is_free = self.gesture is None and not view.session.is_read_only
        return handles_around(rect) if rect is not None and is_one and is_near and is_free else {}

    def forget_hover(self) -> None:
        """Take no handle for the one under the pointer until it moves again."""
        self.hovered = None

    def press(self, event: QMouseEvent) -> None:
        """Select what is under the pointer; moving on may become a gesture."""
        self._in_place.commit()
        self._view.flush()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        place, at = event.position(), self._view.to_page(event.position())
        page = self._pointing.page(at)
        if page is None or event.button() == Qt.MouseButton.MiddleButton:
            return
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self._press_handle(place):
            return
        # Held from here on, so that what gets selected does not scroll away under the pointer.
        self._press = (place, at, None) if is_left else None
        self._look_at(page)
        symbol = self._select_at(page, at)
        self._press = (place, at, symbol) if is_left else None

    def _press_handle(self, place: QPointF) -> bool:
        handle = handle_at(self.handles(), place)
        symbol = self._view.session.selection.symbol
        if handle is not None and symbol is not None:
            if handle is Handle.CONNECT:
                self.gesture = DrawFlow(self._view, symbol)
            else:
                self._do_handle(handle)
            return True
        for index, connector in self._view.selected_parts():
            first, last = grips_of(self._view, index, connector)
            procedure, flow = self._view.session.procedure, self._view.session.selection.flow
            if procedure is None or flow is None or self._view.session.is_read_only:
                return False
            ends = procedure.flows[flow]
            if last.contains(place):
                self.gesture = DrawFlow(self._view, ends.source, flow)
                return True
            if first.contains(place):
                self.gesture = DrawFlow(self._view, ends.target, flow, is_source=True)
                return True
        return False

    def _do_handle(self, handle: Handle) -> None:
        if handle is Handle.APPEND:
            self._append_step()
        elif handle is Handle.DELETE:
            self._view.commands.remove_selected()
        elif handle is Handle.KIND:
            rect = self.handles()[Handle.KIND]
            self._view.kinds_asked.emit(
                self._view.viewport().mapToGlobal(rect.bottomLeft().toPoint())
            )

    def _append_step(self) -> None:
        """Insert a step below the selected one and type its activity where it will stand."""
        step = self._view.commands.insert_below()
        if step is not None:
            self._in_place.edit_step(step)

    def _look_at(self, page: Page) -> None:
        """Edit the flow table whose page is pointed at."""
        if page.kind != "identity" and page.procedure != self._view.procedure_index:
            self._view.stay_on(page.procedure)

    def _select_at(self, page: Page, at: PagePoint) -> str | None:
        """Select the symbol, flow or row at a place; return the symbol."""
        shape = shape_at(page, at.point, reach=self._pointing.reach / 3)
        if shape is not None and shape.letter is None:
            self._view.commands.select_symbol(shape.id)
            return shape.id
        flow = flow_of_pentagon(page, shape) if shape is not None else None
        if flow is None:
            connector = self._pointing.connector(page, at)
            flow = connector.flow if connector is not None else None
        if flow is not None:
            self._view.select(Selection(flow=flow))
            return None
        row = row_at(page, at.y)
        if row is not None and page.kind != "identity":
            self._view.commands.select_step(row.step)
        else:
            self._view.select(Selection())
        return None

    def move(self, event: QMouseEvent) -> None:
        """Follow a gesture, begin one, or show what the pointer means."""
        place, at = event.position(), self._view.to_page(event.position())
        if self.gesture is None and self._press is not None:
            self._begin_gesture(place)
        if self.gesture is not None:
            self._view.scroll_towards(place)
            self.follow(place)
        elif self._press is None:
            self._hover(place, at)

    def _begin_gesture(self, place: QPointF) -> None:
        start, at, symbol = self._press  # type: ignore[misc]
        far = (place - start).manhattanLength() >= QApplication.startDragDistance()
        sop, procedure = self._view.session.sop, self._view.session.procedure
        if not far or sop is None or procedure is None:
            return
        border = self._pointing.border(at)
        if border is not None:
            look = look_of(sop, self._view.session.office)
            self.gesture = MoveBorder(self._view, look, border, at)
            return
        shape = self._shape_of(symbol)
        if shape is None:
            self.gesture = RubberBand(self._view, start)
        elif not self._view.session.is_read_only:
            self.gesture = DragSymbol(self._view, procedure, shape, at)

    def _shape_of(self, symbol: str | None) -> Shape | None:
        """Return where a symbol of the flow table that is edited stands."""
        sheet = self._view.sheet
        if sheet is None or symbol is None:
            return None
        placed = find_shape(sheet, self._view.procedure_index, symbol)
        return placed.shape if placed is not None else None

    def begin(self, gesture: Gesture) -> None:
        """Let a gesture go on that was begun outside of the canvas."""
        self._press, self.gesture = None, gesture

    def follow(self, place: QPointF) -> None:
        """Let the gesture follow the pointer, at a place of the viewport."""
        if self.gesture is not None:
            self.gesture.move(self._view.to_page(place), place)
            self._view.viewport().setCursor(self.gesture.cursor)
            self._view.viewport().update()

    def _hover(self, place: QPointF, at: PagePoint) -> None:
        handle, page = handle_at(self.handles(), place), self._pointing.page(at)
        if handle != self.hovered:
            self.hovered = handle
            self._view.viewport().update()
        cursor = Qt.CursorShape.ArrowCursor
        if handle is not None:
            cursor = Qt.CursorShape.PointingHandCursor
        elif page is not None and shape_at(page, at.point) is not None:
            cursor = Qt.CursorShape.OpenHandCursor
        elif page is not None and self._pointing.connector(page, at) is not None:
            cursor = Qt.CursorShape.PointingHandCursor
        elif self._pointing.border(at) is not None:
            cursor = MoveBorder.cursor
        self._view.viewport().setCursor(cursor)

    def release(self) -> None:
        """Do what the gesture has come to."""
        gesture, self.gesture, self._press = self.gesture, None, None
        self._view.viewport().unsetCursor()
        if gesture is not None:
            gesture.drop()
        self._view.viewport().update()

    def cancel(self) -> bool:
        """Give up a gesture; say whether there was one."""
        gesture, self.gesture, self._press = self.gesture, None, None
        if gesture is None:
            return False
        self._view.show_preview(None)
        self._view.viewport().unsetCursor()
        self._view.viewport().update()
        return True

    def double_click(self, event: QMouseEvent) -> None:
        """Open what is pointed at, to be typed into where it stands."""
        self._press = None
        at = self._view.to_page(event.position())
        page = self._pointing.page(at)
        if page is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._look_at(page)
        self._view.flush()
        self._opening.open(page, at)
