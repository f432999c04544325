"""The editor: identity form, step table and canvas, live on one value.

It puts them together, and answers what the window asks of all three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.arrangement import Arrangement
from ui.editor.canvas.palette import Palette
from ui.editor.canvas.view import SheetView
from ui.editor.canvas.zoom_bar import ZoomBar
from ui.editor.changes.commands import Commands
from ui.editor.fields.vocabulary import Vocabulary
from ui.editor.identity.form import IdentityForm
from ui.editor.panel import Panel
from ui.editor.performing import Performer
from ui.editor.pointer_menus import PointerMenus
from ui.editor.table.lanes_bar import LanesBar
from ui.editor.table.procedure_bar import ProcedureBar
from ui.editor.table.step_table import StepTable
from ui.editor.table.stranded import StrandedStrip
from ui.settings import Settings

if TYPE_CHECKING:
    from sopdesk.document.edits import Occurrence
    from sopdesk.document.unread import Unread
    from sopdesk.document.values import Sop
    from ui.editor.keys import Command
    from ui.editor.popups.replace_dialog import ReplaceDialog
    from ui.session import Session


_COLUMNS = {
    ("step", "activity_items"): "activity",
    ("step", "text"): "kind",
    ("flow", "label"): "next",
}
"""The columns of the step table that show what others are named than they."""


class EditorPane(QWidget):
    """Shows the session's SOP and lets it be edited in three ways at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, Settings()
        self._replacing: ReplaceDialog | None = None
        commands, vocabulary = Commands(session), Vocabulary(session)
        self._form = IdentityForm(session, vocabulary)
        self._table = StepTable(session, commands, vocabulary)
        self._canvas = SheetView(session, commands, vocabulary)
        self._lanes = LanesBar(session, vocabulary)
        self._performer = Performer(
            session, commands, self._table, self._canvas, self.commit_pending
        )
        PointerMenus(session, commands, self._performer, self._table, self._canvas, self)
        self._arrange(ProcedureBar(session), ZoomBar(self._canvas))
        self._restore()
        self._connect_signals()

    def _arrange(self, procedures: ProcedureBar, zoom: ZoomBar) -> None:
        self._identity_panel = Panel(tr("Identity"), self._form)
        words = _over(StrandedStrip(self._session), procedures.words)
        steps = Panel(tr("Steps"), _over(words, self._table), _beside(procedures, self._lanes))
        canvas = Panel(tr("Flowchart"), self._canvas, _beside(Palette(self._canvas), zoom))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Arrangement(self._identity_panel, steps, canvas, zoom))

    def _restore(self) -> None:
        """Take the zoom and the widths of the columns that the last end had."""
        self._table.shape.restore(self._settings.layout("step_table"))
        zoom = self._settings.canvas_zoom
        if isinstance(zoom, float):
            self._canvas.set_zoom(zoom)
        else:
            self._canvas.set_fit(zoom)

    def _connect_signals(self) -> None:
        session = self._session
        session.commit_asked.connect(self._write_pending)
        session.sop_changed.connect(self._summarize)
        self._table.commanded.connect(self.do)
        self._canvas.commanded.connect(self.do)
        self._canvas.identity_asked.connect(self.edit_identity)
        self._canvas.zoom_changed.connect(self._keep_zoom)
        self._table.shape.widths_changed.connect(self._keep_widths)
        self._summarize()

    # What the window asks

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The identity form, the step table and the canvas."""
        return self._form, self._table, self._canvas

    def commit_pending(self) -> None:
        """Write whatever is being typed in any of the three views, and close its field."""
        for field in (self._table.open_cell, self._canvas.in_place, self._lanes.field):
            field.commit()
        self._write_pending()

    def _write_pending(self) -> None:
        """Write whatever is being typed; its field stays open, to be typed into further."""
        self._table.open_cell.write()
        self._canvas.in_place.write()
        self._lanes.field.write()
        self._form.commit_pending()

    def as_typed(self) -> Sop | Unread | None:
        """Return the SOP with the text in it that is being typed into a field of a view.

        None where nothing is being typed; text that cannot be read yet is returned by itself.
        Nothing changes: the text stays in its field.
        """
        views = self._table.open_cell, self._canvas.in_place, self._lanes.field, self._form
        return next((typed for view in views if (typed := view.as_typed()) is not None), None)

    def do(self, command: Command) -> None:
        """Do what a key or a menu asks for, on what is selected."""
        self._performer.do(command)

    def add_lane(self) -> None:
        """Add an actor at the right, its name ready to be typed."""
        self.commit_pending()
        self._lanes.add_lane()

    def replace_words(self) -> None:
        """Let words be found and replaced in the whole SOP, beside the editor."""
        self.commit_pending()
        if self._replacing is None:
            from ui.editor.popups.replace_dialog import ReplaceDialog

            self._replacing = ReplaceDialog(self._session, self.window())
            self._replacing.place_chosen.connect(self._show_place)
        self._replacing.begin()

    def _show_place(self, found: Occurrence) -> None:
        part, field, procedure, step = found.place
        if part in ("identity", "closing"):
            name = field.replace(".", "_")
            self.edit_identity(name if part == "identity" else f"closing_{name}")
            return
        self._session.show_procedure(procedure)
        if step is not None:
            self._table.show_cell(step, _COLUMNS.get((part, field), field))

    def edit_identity(self, role: str) -> None:
        """Open the identity form with the cursor in a field, e.g. `title`."""
        self._identity_panel.set_open(True)
        self._form.focus_role(role)

    def zoom_in(self) -> None:
        """Magnify the canvas."""
        self._canvas.zoom_in()

    def zoom_out(self) -> None:
        """Make the canvas smaller."""
        self._canvas.zoom_out()

    def zoom_actual(self) -> None:
        """Show the canvas in life size."""
        self._canvas.set_zoom(1.0)

    def fit(self) -> None:
        """Show a whole page."""
        self._canvas.set_fit("page")

    # Within

    def _summarize(self, _sop: object = None) -> None:
        sop = self._session.sop
        parts = (sop.identity.number, sop.identity.title) if sop is not None else ()
        self._identity_panel.set_summary("  ·  ".join(part for part in parts if part))

    def _keep_zoom(self) -> None:
        self._settings.canvas_zoom = self._canvas.fit or self._canvas.zoom

    def _keep_widths(self) -> None:
        self._settings.keep_layout("step_table", self._table.shape.state())


def _over(upper: QWidget, lower: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(upper)
    column.addWidget(lower, 1)
    return holder


def _beside(left: QWidget, right: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(left)
    row.addWidget(right, 1)
    return holder
