"""The mouse on the canvas: what is under the pointer, and what a press of it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from ui.editor.canvas.gestures import DragSymbol, DrawFlow, RubberBand
from ui.editor.canvas.resizing import MoveBorder
from ui.editor.sheet.borders import are_fixed, border_at, borders_of, with_widths
from ui.editor.sheet.handles import Handle, handle_at, handles_around
from ui.editor.sheet.hits import (
    box_at,
    connector_at,
    find_shape,
    flow_of_pentagon,
    lane_at,
    row_at,
    shape_at,
)
from ui.editor.sheet.overlay import grips_of
from ui.editor.sheet.targets import LabelTarget
from ui.editor.sheet.text_places import target_at
from ui.works import Selection

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from sopdesk.sheet.values import Page
    from ui.editor.canvas.gestures import Gesture
    from ui.editor.canvas.in_place import InPlaceEditing
    from ui.editor.sheet.borders import Border
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint

_REACH_PX = 6.0
"""How near to a line the pointer must be to mean it."""
_BORDER_REACH_PX = 3.0
"""How near to a column's border: nearer, for a cell begins right beside it."""


class CanvasMouse:
    """Turns pointing into selections, gestures and fields over texts."""

    def __init__(self, view: FlowView, in_place: InPlaceEditing) -> None:
        self._view, self._in_place = view, in_place
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

    def _page(self, at: PagePoint) -> Page | None:
        sheet = self._view.sheet
        return sheet.pages[at.page] if sheet is not None and sheet.pages else None

    def press(self, event: QMouseEvent) -> None:
        """Select what is under the pointer; moving on may become a gesture."""
        self._in_place.commit()
        self._view.flush()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        place, at = event.position(), self._view.to_page(event.position())
        page = self._page(at)
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
        reach = _REACH_PX / self._view.scale
        shape = shape_at(page, at.point, reach=reach / 3)
        if shape is not None and shape.letter is None:
            self._view.commands.select_symbol(shape.id)
            return shape.id
        flow = flow_of_pentagon(page, shape) if shape is not None else None
        if flow is None:
            connector = connector_at(page, at.point, reach)
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
        border = self._border_at(at)
        if border is not None:
            look = look_of(sop, self._view.session.office)
            self.gesture = MoveBorder(self._view, look, border, at)
            return
        placed = (
            find_shape(self._view.sheet, self._view.procedure_index, symbol)
            if (self._view.sheet is not None and symbol is not None)
            else None
        )
        if placed is None:
            self.gesture = RubberBand(self._view, start)
        elif not self._view.session.is_read_only:
            self.gesture = DragSymbol(self._view, procedure, placed.shape, at)

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
        handle, page = handle_at(self.handles(), place), self._page(at)
        if handle != self.hovered:
            self.hovered = handle
            self._view.viewport().update()
        cursor = Qt.CursorShape.ArrowCursor
        if handle is not None:
            cursor = Qt.CursorShape.PointingHandCursor
        elif page is not None and shape_at(page, at.point) is not None:
            cursor = Qt.CursorShape.OpenHandCursor
        elif page is not None and connector_at(page, at.point, _REACH_PX / self._view.scale):
            cursor = Qt.CursorShape.PointingHandCursor
        elif self._border_at(at) is not None:
            cursor = MoveBorder.cursor
        self._view.viewport().setCursor(cursor)

    def _border_at(self, at: PagePoint) -> Border | None:
        """Return the border of a column that can be moved here; symbols and flows go before it."""
        page, session, scale = self._page(at), self._view.session, self._view.scale
        if page is None or session.sop is None or session.is_read_only:
            return None
        if shape_at(page, at.point) or connector_at(page, at.point, _REACH_PX / scale):
            return None
        borders = borders_of(page, look_of(session.sop, session.office))
        return border_at(borders, at.point, _BORDER_REACH_PX / scale)

    def _make_automatic(self, border: Border) -> bool:
        """Leave the widths beside a border to the sheet; False where they are already."""
        sop = self._view.session.sop
        if sop is None or not are_fixed(sop, border):
            return False
        widths = dict.fromkeys((border.left.key, border.right.key))
        return self._view.session.apply(
            tr("Automatic column width"), lambda sop: with_widths(sop, widths)
        )

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
        """Edit the text at a place where it stands; an empty lane cell gets a symbol."""
        self._press = None
        at = self._view.to_page(event.position())
        page = self._page(at)
        if page is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._look_at(page)
        self._view.flush()
        border = self._border_at(at)
        if self._follow_pentagon(page, at) or (border and self._make_automatic(border)):
            return
        if page.kind != "flow" and row_at(page, at.y) is None:
            role = box_at(page, at.point)
            if role is not None:
                self._view.identity_asked.emit(role)
                return
        self._edit_at(page, at)

    def _follow_pentagon(self, page: Page, at: PagePoint) -> bool:
        """Go to the other symbol of an off-page pair."""
        shape = shape_at(page, at.point)
        if shape is None or shape.letter is None or self._view.sheet is None:
            return False
        for index, other in enumerate(self._view.sheet.pages):
            for partner in other.shapes:
                is_pair = partner.letter == shape.letter and partner.id != shape.id
                if is_pair and other.procedure == page.procedure:
                    self._view.show_rect(index, partner.rect, self._view.viewport().height() // 3)
                    return True
        return False

    def _edit_at(self, page: Page, at: PagePoint) -> None:
        if self._view.session.is_read_only:
            return
        target = target_at(self._view.session, page, at.point)
        if target is not None:
            self._in_place.open(at.page, target)
            return
        connector = connector_at(page, at.point, _REACH_PX / self._view.scale)
        procedure = self._view.session.procedure
        if connector is not None and procedure is not None:
            label = LabelTarget(self._view.session, procedure, connector.flow)
            self._in_place.open(at.page, label)
            return
        lane, row = lane_at(page, at.x), row_at(page, at.y)
        if lane is not None and row is not None:
            self._view.commands.add_symbol(row.step, lane.id)
