"""The editor: identity form, step table and canvas in one splitter, live on one value.

It places them, passes commands on to whoever does them, and remembers how it was arranged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.canvas.palette import Palette
from ui.editor.canvas.view import SheetView
from ui.editor.canvas.zoom_bar import ZoomBar
from ui.editor.changes.commands import Commands, insertion_merge_key
from ui.editor.fields.vocabulary import Vocabulary
from ui.editor.identity.form import IdentityForm
from ui.editor.keys import Command
from ui.editor.panel import Panel
from ui.editor.popups.cell_merging import CellMerging
from ui.editor.popups.menus import KIND_COMMANDS, flow_menu, kinds_menu, step_menu
from ui.editor.table.lanes_bar import LanesBar
from ui.editor.table.procedure_bar import ProcedureBar
from ui.editor.table.step_table import StepTable
from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from sopdesk.document.edits import Occurrence
    from sopdesk.document.values import Kind, Sop
    from sopdesk.storage.drafts import Unread
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
        self._commands = Commands(session)
        vocabulary = Vocabulary(session)
        self._form = IdentityForm(session, vocabulary)
        self._table = StepTable(session, self._commands, vocabulary)
        self._canvas = SheetView(session, self._commands)
        self._lanes = LanesBar(session, self._commands)
        procedures = ProcedureBar(session)
        self._zoom = ZoomBar(self._canvas)
        self._identity_panel = Panel(tr("Identity"), self._form)
        self._steps_panel = Panel(
            tr("Steps"), _over(procedures.words, self._table), _beside(procedures, self._lanes)
        )
        tools = _beside(Palette(self._canvas), self._zoom)
        self._canvas_panel = Panel(tr("Flowchart"), self._canvas, tools)
        self._arrange()
        self._connect_signals()
        self._restore()

    def _arrange(self) -> None:
        self._upper = QSplitter(Qt.Orientation.Vertical)
        self._outer = QSplitter(Qt.Orientation.Vertical)
        for splitter, panels in (
            (self._upper, (self._identity_panel, self._steps_panel)),
            (self._outer, (self._upper, self._canvas_panel)),
        ):
            splitter.setHandleWidth(5)
            splitter.setChildrenCollapsible(False)
            for panel in panels:
                splitter.addWidget(panel)
        self._upper.setStretchFactor(1, 1)
        self._is_beside: bool | None = None
        self._lent = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._outer)

    def _connect_signals(self) -> None:
        session = self._session
        session.commit_asked.connect(self._write_pending)
        session.sop_changed.connect(self._summarize)
        for view in (self._table, self._canvas):
            view.commanded.connect(self.do)
            view.menu_asked.connect(self._show_menu)
        self._canvas.kinds_asked.connect(
            lambda place: kinds_menu(self, self._commands).popup(place)
        )
        self._canvas.identity_asked.connect(self.edit_identity)
        self._canvas.zoom_changed.connect(lambda _: self._keep_zoom())
        self._zoom.arrangement_toggled.connect(self._on_arrangement_chosen)
        self._identity_panel.toggled.connect(self._on_identity_toggled)
        self._outer.splitterMoved.connect(lambda *_: self._keep_sizes())
        self._upper.splitterMoved.connect(lambda *_: self._keep_sizes())
        shape = self._table.shape
        shape.widths_changed.connect(
            lambda: self._settings.keep_layout("step_table", shape.state())
        )
        self._summarize()

    # What the window asks

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The identity form, the step table and the canvas."""
        return self._form, self._table, self._canvas

    def commit_pending(self) -> None:
        """Write whatever is being typed in any of the three views, and close its field."""
        self._table.open_cell.commit()
        self._write_pending()

    def _write_pending(self) -> None:
        """Write whatever is being typed; a cell of the table stays open for more."""
        self._table.open_cell.write()
        self._canvas.in_place.commit()
        self._lanes.commit()
        self._form.commit_pending()

    def as_typed(self) -> Sop | Unread | None:
        """Return the SOP with the text in it that is being typed into a field of a view.

        None where nothing is being typed; text that cannot be read yet is returned by itself.
        Nothing changes: the text stays in its field.
        """
        views = self._table.open_cell, self._canvas.in_place, self._lanes
        return next((typed for view in views if (typed := view.as_typed()) is not None), None)

    def insert_step(self) -> None:
        """Insert a step below the selected one, ready for its activity."""
        self._insert(Command.INSERT_BELOW)

    def insert_step_above(self) -> None:
        """Insert a step above the selected one, ready for its activity."""
        self._insert(Command.INSERT_ABOVE)

    def delete_step(self) -> None:
        """Delete the selected steps."""
        self.commit_pending()
        self._commands.delete_steps()

    def move_step_up(self) -> None:
        """Move the selected steps up."""
        self.commit_pending()
        self._commands.move_steps(-1)

    def move_step_down(self) -> None:
        """Move the selected steps down."""
        self.commit_pending()
        self._commands.move_steps(1)

    def add_lane(self) -> None:
        """Add an actor at the right, its name ready to be typed."""
        self.commit_pending()
        self._lanes.add_lane()

    def set_kind(self, kind: Kind) -> None:
        """Give the selected symbol another kind."""
        self.commit_pending()
        self._commands.set_kind(kind)

    def add_symbol(self) -> None:
        """Put one more symbol into the selected step, in the next lane that has none of it."""
        self.commit_pending()
        self._commands.add_symbol_to_step()

    def connect_next(self) -> None:
        """Ask where the selected symbol leads."""
        self.commit_pending()
        source = self._commands.selected_symbol()
        if source is not None and not self._session.is_read_only:
            from ui.editor.popups.connect_popup import ConnectPopup

            self._commands.select_symbol(source.id)
            ConnectPopup(self._commands, source, self.window()).open_at(self._beside_selection())

    def refer_to_sop(self) -> None:
        """Ask which other SOP the first selected step invokes."""
        self.commit_pending()
        procedure, rows = self._commands.procedure, self._commands.selected_rows()
        if procedure is not None and rows and not self._session.is_read_only:
            from ui.editor.popups.refer_popup import ReferPopup

            step = procedure.steps[rows[0]]
            popup = ReferPopup(self._session, self._commands, step, self.window())
            popup.open_at(self._beside_selection())

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

    def focus_step(self, step_id: str) -> None:
        """Select a step in every view, the cursor on it in the table."""
        self._commands.select_step(step_id)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

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

    # Commands of keys and menus

    def do(self, command: Command) -> None:
        """Do what a key or a menu asks for, on what is selected."""
        if command in KIND_COMMANDS:
            self.set_kind(KIND_COMMANDS[command])
            return
        {
            Command.INSERT_BELOW: self.insert_step,
            Command.INSERT_ABOVE: self.insert_step_above,
            Command.DELETE_STEPS: self.delete_step,
            Command.MOVE_UP: self.move_step_up,
            Command.MOVE_DOWN: self.move_step_down,
            Command.LANE_LEFT: lambda: self._commands.shift_lane(-1),
            Command.LANE_RIGHT: lambda: self._commands.shift_lane(1),
            Command.CONNECT: self.connect_next,
            Command.ADD_SYMBOL: self.add_symbol,
            Command.REFER: self.refer_to_sop,
            Command.COPY: self._copy,
            Command.CUT: self._cut,
            Command.PASTE: self._paste,
        }[command]()

    def _insert(self, command: Command) -> None:
        is_on_canvas = self._is_on_canvas()
        self.commit_pending()
        below = command is Command.INSERT_BELOW
        step = self._commands.insert_below() if below else self._commands.insert_above()
        if step is None:
            return
        self._table.steps.writer.read_waiting(insertion_merge_key(step))
        if not (is_on_canvas and self._canvas.in_place.edit_step(step)):
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._table.edit_step(step)

    # What is not needed to show the window is imported when it is asked for.

    def _copy(self) -> bool:
        from ui.editor.changes.clipboard import copy_steps

        return copy_steps(self._commands)

    def _cut(self) -> None:
        if self._copy():
            self._commands.delete_steps()

    def _paste(self) -> None:
        from ui.editor.changes.clipboard import clipboard_text, paste_steps

        if not paste_steps(self._commands) and not self._is_on_canvas():
            self._table.fill_cells(clipboard_text())

    def _is_on_canvas(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (
            focused is self._canvas or self._canvas.isAncestorOf(focused)
        )

    def _show_menu(self, place: QPoint) -> None:
        if self._session.is_read_only:
            return
        is_table = self.sender() is self._table
        if self._session.selection.flow is not None and not is_table:
            flow_menu(self, self._commands, self._canvas.in_place.edit_label).popup(place)
        elif self._session.selection.steps:
            columns = self._table.selected_columns() if is_table else self._canvas.columns_at(place)
            cells = CellMerging(self._session, columns)
            empty = self._table.empty_cells if is_table else None
            step_menu(self, self._commands, self.do, cells, empty).popup(place)

    def _beside_selection(self) -> QPoint:
        """Return a place of the screen beside the selected symbol, or under the current cell."""
        if self._is_on_canvas():
            rect = self._canvas.symbol_rect(self._session.selection.symbol)
            if rect is not None:
                return self._canvas.viewport().mapToGlobal(rect.bottomLeft().toPoint())
        cell = self._table.visualRect(self._table.currentIndex())
        return self._table.viewport().mapToGlobal(cell.bottomLeft())

    def edit_identity(self, role: str) -> None:
        """Open the identity form with the cursor in a field, e.g. `title`."""
        self._identity_panel.set_open(True)
        self._form.focus_role(role)

    def _summarize(self, _sop: object = None) -> None:
        sop = self._session.sop
        parts = (sop.identity.number, sop.identity.title) if sop is not None else ()
        self._identity_panel.set_summary("  ·  ".join(part for part in parts if part))

    # Arrangement

    def _restore(self) -> None:
        settings = self._settings
        self._identity_panel.set_open(settings.is_shown("identity", False))
        self._table.shape.restore(settings.layout("step_table"))
        zoom = settings.canvas_zoom
        if isinstance(zoom, float):
            self._canvas.set_zoom(zoom)
        else:
            self._canvas.set_fit(zoom)

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange at first sight, when the sizes are known, as it was at the last end."""
        super().showEvent(event)
        if self._is_beside is None:
            self._set_beside(self._settings.is_shown("canvas_beside", False))

    def _on_arrangement_chosen(self, is_beside: bool) -> None:
        if is_beside != self._is_beside:
            self._settings.keep_shown("canvas_beside", is_beside)
            self._set_beside(is_beside)

    def _set_beside(self, is_beside: bool) -> None:
        self._is_beside = is_beside
        self._zoom.set_beside(is_beside)
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._outer.setOrientation(horizontal if is_beside else vertical)
        if not self._outer.restoreState(self._settings.layout(self._sizes_name())):
            length = self._outer.width() if is_beside else self._outer.height()
            self._outer.setSizes([length * 47 // 100, length * 53 // 100])
        self._upper.restoreState(self._settings.layout("editor_upper"))
        self._lent = 0
        self._on_identity_toggled(self._identity_panel.is_open)

    def _sizes_name(self) -> str:
        return "editor_beside" if self._is_beside else "editor_stacked"

    def _keep_sizes(self) -> None:
        self._settings.keep_layout(self._sizes_name(), self._outer.saveState())
        self._settings.keep_layout("editor_upper", self._upper.saveState())

    def _on_identity_toggled(self, is_open: bool) -> None:
        """Make room for the form when it opens: from the canvas below, where that is above."""
        self._settings.keep_shown("identity", is_open)
        if not self._is_beside:
            self._lend_height(is_open)
        height = self._upper.height()
        share = height * 55 // 100 if is_open else 0
        self._upper.setSizes([share, height - share])

    def _lend_height(self, is_open: bool) -> None:
        """Let the canvas lend nearly half of its height while the form is open."""
        upper, lower = self._outer.sizes()
        if is_open and not self._lent:
            self._lent = lower * 45 // 100
        elif is_open or not self._lent:
            return
        lent = self._lent if is_open else -self._lent
        self._outer.setSizes([upper + lent, lower - lent])
        self._lent = self._lent if is_open else 0

    def _keep_zoom(self) -> None:
        self._settings.canvas_zoom = self._canvas.fit or self._canvas.zoom


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
