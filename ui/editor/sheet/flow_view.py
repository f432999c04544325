"""The session's sheet on view: it follows the value and the selection, and knows where things are.

Every change goes through the session and its commands; keys and mouse are the canvas's.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from sopdesk.document.edits import replace_procedure
from sopdesk.foundation.wording import tr
from sopdesk.sheet.values import Rect
from ui.editor.sheet.hits import find_shape
from ui.editor.words import describe_flow, describe_symbol
from ui.pages.pages_view import PagesView

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Procedure
    from sopdesk.sheet.values import Connector
    from ui.editor.changes.commands import Commands
    from ui.session import Session
    from ui.works import Selection

_log = logging.getLogger(__name__)


class FlowView(PagesView):
    """Shows the sheet of the session's SOP, soon after every change of it."""

    commanded = Signal(object)
    """A `Command` of `keys`."""
    identity_asked = Signal(str)
    """A box of the identity sheet is to be edited; its role."""
    kinds_asked = Signal(object)
    """The menu of kinds is wanted, at a place of the screen."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.commands = session, commands
        self.has_failed = False
        """Whether the sheet on view is an old one, because the new one could not be laid out."""
        self._is_stale = True
        self._owes_selection = False
        self._shown: tuple[str, int] = ("", -1)
        self._refresh = QTimer(self, singleShot=True, interval=0)
        self._refresh.timeout.connect(self.flush)
        session.sop_changed.connect(self._on_sop_changed)
        session.office_changed.connect(self._on_sop_changed)
        session.selection_changed.connect(self._on_selection_changed)
        self._tell_selection()

    # Following the value

    @property
    def procedure_index(self) -> int:
        """Which flow table is being edited."""
        return self.session.procedure_index

    def _on_sop_changed(self, _sop: object = None) -> None:
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
            self.has_failed = True
            self.viewport().update()
            return
        self.has_failed = False
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
        if place is not None:
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
