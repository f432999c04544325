"""Opens the menus at the pointer, for what is selected in the view that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from ui.editor.popups.cell_merging import CellMerging
from ui.editor.popups.menus import flow_menu, kinds_menu, step_menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.editor.canvas.view import SheetView
    from ui.editor.changes.commands import Commands
    from ui.editor.performing import Performer
    from ui.editor.table.step_table import StepTable
    from ui.session import Session


class PointerMenus(QObject):
    """Listens to the table and the canvas; `parent` owns the menus while they are open."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        performer: Performer,
        table: StepTable,
        canvas: SheetView,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._commands, self._performer = session, commands, performer
        self._table, self._canvas, self._parent = table, canvas, parent
        table.menu_asked.connect(self._on_table_asked)
        canvas.menu_asked.connect(self._on_canvas_asked)
        canvas.kinds_asked.connect(self._on_kinds_asked)

    def _on_kinds_asked(self, place: QPoint) -> None:
        kinds_menu(self._parent, self._commands).popup(place)

    def _on_canvas_asked(self, place: QPoint) -> None:
        if self._session.is_read_only:
            return
        if self._session.selection.flow is not None:
            edit_label = self._canvas.in_place.edit_label
            flow_menu(self._parent, self._commands, edit_label).popup(place)
        elif self._session.selection.steps:
            cells = CellMerging(self._session, self._canvas.columns_at(place))
            step_menu(self._parent, self._commands, self._performer.do, cells).popup(place)

    def _on_table_asked(self, place: QPoint) -> None:
        if self._session.is_read_only or not self._session.selection.steps:
            return
        cells = CellMerging(self._session, self._table.selected_columns())
        empty, do = self._table.empty_cells, self._performer.do
        step_menu(self._parent, self._commands, do, cells, empty).popup(place)
