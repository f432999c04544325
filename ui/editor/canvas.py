"""The canvas: the sheet as it will be printed, to point at, to drag and to type into."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip

from sopdesk.document.edits import replace_procedure
from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from sopdesk.sheet.values import Rect
from ui.editor.canvas_keys import CanvasKeys
from ui.editor.canvas_mouse import CanvasMouse
from ui.editor.handles import Handle, handle_at, handle_tip, handles_around, paint_handles
from ui.editor.hits import (
    cell_of,
    find_shape,
)
from ui.editor.in_place import InPlaceEditing
from ui.editor.overlay import grips_of, paint_grips, paint_selection
from ui.editor.targets import cell_target, label_target
from ui.editor.words import describe_flow, describe_symbol
from ui.pages.pages_view import PagesView
from ui.theme import colors

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Procedure
    from sopdesk.sheet.values import Connector
    from ui.editor.commands import Commands
    from ui.session import Session
    from ui.works import Selection

_log = logging.getLogger(__name__)
_REACH_PX = 6.0
"""How near to a line the pointer must be to mean it."""


class SheetView(PagesView):
    """Shows the session's sheet, and turns pointing into changes of its SOP."""

    commanded = Signal(object)
    """A `Command` of `keys`."""
    identity_asked = Signal(str)
    """A box of the identity sheet was double-clicked; its role."""
    menu_asked = Signal(object)
    """A menu is wanted for what is selected, at a place of the screen."""
    kinds_asked = Signal(object)
    """The menu of kinds is wanted, at a place of the screen."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.session, self.commands = session, commands
        self.in_place = InPlaceEditing(self)
        self._keys = CanvasKeys(self)
        self._mouse = CanvasMouse(self)
        self._has_failed = False
        self._is_stale = True
        self._owes_selection = False
        self._shown: tuple[str, int] = ("", -1)
        self._refresh = QTimer(self, singleShot=True, interval=0)
        self._refresh.timeout.connect(self.flush)
        session.sop_changed.connect(self._on_sop_changed)
        session.office_changed.connect(lambda: self._on_sop_changed(None))
        session.selection_changed.connect(self._on_selection_changed)
        self._tell_selection()

    # Following the value

    @property
    def procedure_index(self) -> int:
        """Which flow table is being edited."""
        return self.session.procedure_index

    def _on_sop_changed(self, _sop: object) -> None:
        self._is_stale = True
        # Many changes in one turn of the event loop cost one layout.
        self._refresh.start()

    def flush(self) -> None:
        """Show the value as it is now; a sheet that cannot be laid out leaves the old one."""
        self._refresh.stop()
        if not self._is_stale or not self.isVisible():
            return
        self._is_stale = False
        try:
            sheet = self.session.sheet
        except Exception:
            # A defect of the layout must not take the clerk's typing along.
            _log.exception("the sheet could not be laid out")
            self._has_failed = True
            self.viewport().update()
            return
        self._has_failed = False
        self.set_sheet(sheet)
        self._tell_selection()
        self._show_first_page()
        if self._owes_selection:
            self._owes_selection = False
            self.show_selection()

    def _show_first_page(self) -> None:
        """Begin another SOP, or another of its flow tables, at its flow table."""
        sop = self.session.sop
        shown = (sop.uuid if sop is not None else "", self.procedure_index)
        if shown == self._shown or self.sheet is None:
            return
        self._shown = shown
        flow_pages = [
            index
            for index, page in enumerate(self.sheet.pages)
            if page.procedure == self.procedure_index and page.kind != "identity"
        ]
        self.show_page(flow_pages[0] if flow_pages else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        self._refresh.start()

    def stay_on(self, procedure: int) -> None:
        """Go to another flow table without scrolling: the clerk points at it already."""
        self._shown = (self._shown[0], procedure)
        self.session.show_procedure(procedure)

    def show_preview(self, procedure: Procedure | None) -> None:
        """Show how the sheet would look with another state of the flow table; None: as it is."""
        sop = self.session.sop
        if sop is None:
            return
        try:
            if procedure is None:
                self.set_sheet(self.session.sheet)
            else:
                changed = replace_procedure(sop, self.procedure_index, procedure)
                self.set_sheet(self.session.lay_out(changed))
        except Exception:
            _log.exception("the preview could not be laid out")

    # Selection

    def select(self, selection: Selection) -> None:
        """Select in every view."""
        self.session.select(selection)

    def _on_selection_changed(self, _selection: Selection) -> None:
        self._mouse.forget_hover()
        self._tell_selection()
        # On a sheet that is still to be laid out nothing can be found yet.
        self._owes_selection = self._is_stale
        if not self._is_stale:
            self.show_selection()
        self.viewport().update()

    def show_selection(self) -> None:
        """Scroll to the selected symbol or step."""
        selection = self.session.selection
        place = self._place_of_selection(selection)
        if place is not None and not self._mouse.is_down:
            self.show_rect(*place)

    def _place_of_selection(self, selection: Selection) -> tuple[int, Rect] | None:
        if self.sheet is None:
            return None
        if selection.symbol is not None:
            placed = find_shape(self.sheet, self.procedure_index, selection.symbol)
            if placed is not None:
                return placed.page, placed.shape.rect
        first = selection.steps[0] if selection.steps else None
        for index, page in enumerate(self.sheet.pages):
            for row in page.rows:
                if row.step == first and page.procedure == self.procedure_index:
                    frame = self.sheet.paper.frame
                    return index, Rect(frame.left, row.top, frame.left, row.bottom)
        return None

    def _tell_selection(self) -> None:
        """Say the selection in the accessible name, which a screen reader reads on change."""
        said = tr("Flowchart")
        procedure, selection = self.session.procedure, self.session.selection
        if procedure is not None and selection.flow is not None:
            said = describe_flow(procedure, selection.flow)
        elif procedure is not None and selection.symbol is not None:
            said = describe_symbol(procedure, selection.symbol) or said
        self.setAccessibleName(said)

    # Where things are

    def symbols(self) -> list[str]:
        """Return the ids of the symbols on the sheet's pages of this flow table, in order."""
        return [
            shape.id
            for page in (self.sheet.pages if self.sheet else ())
            if page.procedure == self.procedure_index
            for shape in page.shapes
            if shape.letter is None
        ]

    def symbol_rect(self, symbol: str | None) -> QRectF | None:
        """Return where a symbol shows in the viewport."""
        if self.sheet is None or symbol is None:
            return None
        placed = find_shape(self.sheet, self.procedure_index, symbol)
        return self.to_view(placed.page, placed.shape.rect) if placed is not None else None

    def handles(self) -> dict[Handle, QRectF]:
        """Return the handles that show, in the viewport."""
        selection = self.session.selection
        rect = self.symbol_rect(selection.symbol)
        is_one = selection.flow is None and len(selection.steps) < 2
        is_near = self.hasFocus() or self.underMouse()
        is_free = self._mouse.gesture is None and not self.session.is_read_only
        return handles_around(rect) if rect is not None and is_one and is_near and is_free else {}

    def selected_parts(self) -> list[tuple[int, Connector]]:
        """Return the parts of the selected flow, each with its page."""
        flow = self.session.selection.flow
        return [
            (index, connector)
            for index, page in enumerate(self.sheet.pages if self.sheet else ())
            if page.procedure == self.procedure_index
            for connector in page.connectors
            if connector.flow == flow
        ]

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
            paint_handles(painter, self.handles(), self._mouse.hovered)
        if self._has_failed:
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

    def cancel_gesture(self) -> bool:
        """Give up a gesture; say whether there was one."""
        return self._mouse.cancel()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected: at the pointer, or at the symbol for a key."""
        place = event.globalPos()
        rect = self.symbol_rect(self.session.selection.symbol)
        if event.reason() == QContextMenuEvent.Reason.Keyboard and rect is not None:
            place = self.viewport().mapToGlobal(rect.center().toPoint())
        self.menu_asked.emit(place)

    # Editing by keys and handles

    def append_step(self) -> None:
        """Insert a step below the selected one and type its activity where it will stand."""
        step = self.commands.insert_below()
        if step is not None:
            self.edit_step(step)

    def edit_step(self, step: str, column: str = "activity") -> bool:
        """Edit a step's cell where it stands; False where the sheet has no such cell."""
        self.flush()
        sop, procedure = self.session.sop, self.session.procedure
        if self.sheet is None or sop is None or procedure is None or self.session.is_read_only:
            return False
        look = look_of(sop, self.session.office)
        found = cell_of(self.sheet, self.procedure_index, step, column, look)
        if found is None:
            return False
        page, cell = found
        self.show_rect(page, cell.rect)
        self.in_place.open(page, cell_target(self.session, procedure, cell))
        return True

    def edit_label(self) -> bool:
        """Edit the selected flow's label."""
        parts, procedure = self.selected_parts(), self.session.procedure
        if not parts or procedure is None or self.session.is_read_only:
            return False
        page, connector = parts[0]
        self.in_place.open(page, label_target(self.session, procedure, connector))
        return True

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
        """Say what a handle does, and what a symbol is, when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return bool(super().viewportEvent(event))

    def _tip(self, place: QPointF) -> str:
        handle = handle_at(self.handles(), place)
        return handle_tip(handle) if handle is not None else ""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Let an open field travel with its cell."""
        super().scrollContentsBy(dx, dy)
        self.in_place.follow()
