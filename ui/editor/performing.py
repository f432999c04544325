"""What keys, menus and buttons ask for is done here, on what is selected, in whatever view.

Popups and the clipboard are imported when they are asked for: the window shows without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sopdesk.document.values import Kind
from ui.editor.changes.commands import insertion_merge_key
from ui.editor.keys import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from ui.editor.canvas.view import SheetView
    from ui.editor.changes.commands import Commands
    from ui.editor.table.step_table import StepTable
    from ui.session import Session

_KINDS = {
    Command.START: Kind.START,
    Command.PROCESS: Kind.PROCESS,
    Command.DECISION: Kind.DECISION,
    Command.END: Kind.END,
}


class Performer:
    """Does commands. `commit` is called first: it writes whatever is being typed."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        table: StepTable,
        canvas: SheetView,
        commit: Callable[[], None],
    ) -> None:
        self._session, self._commands = session, commands
        self._table, self._canvas, self._commit = table, canvas, commit

    def do(self, command: Command) -> None:
        """Do what is asked for, where the cursor is; nothing where there is nothing to do it to."""
        is_on_canvas = self._is_on_canvas()
        self._commit()
        if command in _KINDS:
            self._commands.set_kind(_KINDS[command])
            return
        commands = self._commands
        {
            Command.INSERT_BELOW: lambda: self._begin(commands.insert_below(), is_on_canvas),
            Command.INSERT_ABOVE: lambda: self._begin(commands.insert_above(), is_on_canvas),
            Command.DELETE_STEPS: commands.delete_steps,
            Command.MOVE_UP: lambda: commands.move_steps(-1),
            Command.MOVE_DOWN: lambda: commands.move_steps(1),
            Command.LANE_LEFT: lambda: commands.shift_lane(-1),
            Command.LANE_RIGHT: lambda: commands.shift_lane(1),
            Command.CONNECT: self._connect,
            Command.ADD_SYMBOL: commands.add_symbol_to_step,
            Command.REFER: self._refer,
            Command.COPY: self._copy,
            Command.CUT: self._cut,
            Command.PASTE: self._paste,
        }[command]()

    def _begin(self, step: str | None, is_on_canvas: bool) -> None:
        """Let the activity of a step just inserted be typed, in the view that it was asked from."""
        if step is None:
            return
        self._table.steps.writer.read_waiting(insertion_merge_key(step))
        if not (is_on_canvas and self._canvas.in_place.edit_step(step)):
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._table.edit_step(step)

    def _connect(self) -> None:
        """Ask where the selected symbol leads."""
        source = self._commands.selected_symbol()
        if source is not None and not self._session.is_read_only:
            from ui.editor.popups.connect_popup import ConnectPopup

            self._commands.select_symbol(source.id)
            popup = ConnectPopup(self._commands, source, self._table.window())
            popup.open_at(self._beside_selection())

    def _refer(self) -> None:
        """Ask which other SOP the first selected step invokes."""
        procedure, rows = self._commands.procedure, self._commands.selected_rows()
        if procedure is not None and rows and not self._session.is_read_only:
            from ui.editor.popups.refer_popup import ReferPopup

            step = procedure.steps[rows[0]]
            popup = ReferPopup(self._session, self._commands, step, self._table.window())
            popup.open_at(self._beside_selection())

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

    def _beside_selection(self) -> QPoint:
        """Return a place of the screen beside the selected symbol, or under the current cell."""
        if self._is_on_canvas():
            rect = self._canvas.symbol_rect(self._session.selection.symbol)
            if rect is not None:
                return self._canvas.viewport().mapToGlobal(rect.bottomLeft().toPoint())
        cell = self._table.visualRect(self._table.currentIndex())
        return self._table.viewport().mapToGlobal(cell.bottomLeft())
