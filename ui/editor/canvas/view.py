"""The canvas: the sheet as it will be printed, to point at, to drag and to type into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip

from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from ui.editor.canvas.in_place import InPlaceEditing
from ui.editor.canvas.keyboard import CanvasKeys
from ui.editor.canvas.mouse import CanvasMouse
from ui.editor.canvas.placing import PlaceSymbol
from ui.editor.sheet.flow_view import FlowView
from ui.editor.sheet.handles import handle_at, handle_tip, paint_handles
from ui.editor.sheet.hits import cell_at
from ui.editor.sheet.overlay import grips_of, paint_grips, paint_selection
from ui.theme import colors

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Kind
    from sopdesk.sheet.values import Sheet
    from ui.editor.changes.commands import Commands
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session
    from ui.works import Selection


class SheetView(FlowView):
    """Turns pointing, dragging and keys on the session's sheet into changes of its SOP."""

    menu_asked = Signal(object)
    """A menu is wanted for what is selected, at a place of the screen."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        vocabulary: Vocabulary,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, commands, parent)
        self.setObjectName("sheet_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.in_place = InPlaceEditing(self, vocabulary)
        self._mouse = CanvasMouse(self, self.in_place)
        self._keys = CanvasKeys(self, self.in_place, self._mouse)

    def _on_selection_changed(self, selection: Selection) -> None:
        self._mouse.forget_hover()
        super()._on_selection_changed(selection)

    def show_selection(self) -> None:
        """Scroll to what is selected, but never away under a pressed pointer."""
        if not self._mouse.is_down:
            super().show_selection()

    # Painting

    def paint_overlay(self, painter: QPainter) -> None:
        """Light the selection, and show what is being done to it."""
        if self.sheet is None:
            return
        pages = [
            index
            for index, page in enumerate(self.sheet.pages)
            if page.procedure == self.procedure_index
        ]
        is_focused = self.hasFocus() or self.in_place.is_open
        paint_selection(painter, self, pages, self.session.selection, is_focused)
        for index, connector in self.selected_parts():
            paint_grips(painter, grips_of(self, index, connector))
        if self._mouse.gesture is not None:
            self._mouse.gesture.paint(painter)
        else:
            paint_handles(painter, self._mouse.handles(), self._mouse.hovered)
        if self.has_failed:
            self._paint_failure(painter)

    def _paint_failure(self, painter: QPainter) -> None:
        look, text = colors(), tr("The flowchart cannot be drawn just now; your text is safe.")
        width = QFontMetrics(self.font()).horizontalAdvance(text) + 24
        strip = QRectF((self.viewport().width() - width) / 2, 8, width, 28)
        painter.setPen(QColor(look.warning))
        painter.setBrush(QColor(look.base))
        painter.drawRoundedRect(strip, 6, 6)
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, text)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what is under the pointer; moving on may become a gesture."""
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a gesture, begin one, or show what the pointer means."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the gesture has come to."""
        self._mouse.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the text at a place where it stands; an empty lane cell gets a symbol."""
        self._mouse.double_click(event)

    def begin_placing(self, kind: Kind) -> bool:
        """Take a new symbol in hand; False where nothing can be changed. Esc lets it go again."""
        if self.session.is_read_only or self.session.procedure is None:
            return False
        self.in_place.commit()
        self.flush()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._mouse.begin(PlaceSymbol(self, kind))
        return True

    def follow_placing(self, place: QPoint) -> Qt.CursorShape | None:
        """Follow the pointer, at a place of the screen; None where nothing is in hand any more."""
        self._mouse.follow(QPointF(self.viewport().mapFromGlobal(place)))
        return self._mouse.gesture.cursor if self._mouse.gesture is not None else None

    def end_placing(self) -> None:
        """Put the symbol down where it is, if that makes sense."""
        self._mouse.release()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected: at the pointer, or at the symbol for a key."""
        place = event.globalPos()
        rect = self.symbol_rect(self.session.selection.symbol)
        if event.reason() == QContextMenuEvent.Reason.Keyboard and rect is not None:
            place = self.viewport().mapToGlobal(rect.center().toPoint())
        self.menu_asked.emit(place)

    def columns_at(self, place: QPoint) -> tuple[str, ...]:
        """Return the column of the text cell at a place of the screen, or none."""
        sop = self.session.sop
        if sop is None or self.sheet is None:
            return ()
        at = self.to_page(QPointF(self.viewport().mapFromGlobal(place)))
        look = look_of(sop, self.session.office)
        cell = cell_at(self.sheet.pages[at.page], at.point, look)
        return (cell.column,) if cell is not None else ()

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit, walk along the flow, remove, command."""
        if self._keys.press(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Let Tab walk along the flow, and leave the canvas at its end."""
        return self._keys.walk(is_next) or super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Light the selection."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Dim the selection."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a handle does when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return bool(super().viewportEvent(event))

    def _tip(self, place: QPointF) -> str:
        handle = handle_at(self._mouse.handles(), place)
        return handle_tip(handle) if handle is not None else ""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Let an open field travel with its cell."""
        super().scrollContentsBy(dx, dy)
        self.in_place.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let an open field travel with its cell."""
        super().resizeEvent(event)
        self.in_place.follow()

    def set_sheet(self, sheet: Sheet | None) -> None:
        """Let an open field stand over its text where that is on this sheet."""
        super().set_sheet(sheet)
        self.in_place.follow_sheet()
