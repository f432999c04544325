"""Keeps what is selected in the step table and in the other views at one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
)

from ui.editor.table.columns import ACTIVITY
from ui.works import Selection

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from ui.editor.table.model import StepModel
    from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag


class SharedSelection(QObject):
    """Selects in every view the steps whose cells are selected here, and the other way round."""

    def __init__(self, table: QTableView, steps: StepModel, session: Session) -> None:
        super().__init__(table)
        self._table, self._steps, self._session = table, steps, session
        self._is_following = False
        steps.rowsRemoved.connect(self._on_rows_removed)
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        table.selectionModel().currentChanged.connect(self._on_selection_changed)
        session.selection_changed.connect(self._follow)

    def stand_on(self, index: Index) -> None:
        """Select one cell alone, whatever modifier key is still held down."""
        self._table.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        self._table.scrollTo(index)

    def stand_on_first(self) -> None:
        """Begin at the first activity, not at its number, where one stands nowhere yet."""
        if not self._table.currentIndex().isValid() and self._steps.rowCount():
            first = self._steps.index(0, ACTIVITY)
            self._table.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)

    def _on_selection_changed(self, *_: object) -> None:
        if self._is_following or not self._steps.rowCount():
            return
        rows = sorted({index.row() for index in self._table.selectedIndexes()})
        if not rows or rows[-1] >= self._steps.rowCount():
            return
        steps = tuple(self._steps.step_id(row) for row in rows)
        current = self._table.currentIndex().row()
        chosen = self._steps.step_id(current) if current in rows else steps[0]
        self._is_following = True
        self._session.select(Selection(steps, self._symbol_in(chosen)))
        self._is_following = False
        self._table.viewport().update()

    def _on_rows_removed(self) -> None:
        """Select where the frame stands now, where the steps that were selected are gone."""
        if self._table.currentIndex().isValid() and not self._table.selectedIndexes():
            self.stand_on(self._table.currentIndex())

    def _symbol_in(self, step: str) -> str | None:
        """Return the selected symbol if it belongs to the step, else the step's first."""
        procedure = self._session.procedure
        symbols = [s.id for s in procedure.symbols if s.step == step] if procedure else []
        selected = self._session.selection.symbol
        return selected if selected in symbols else next(iter(symbols), None)

    def _follow(self, selection: Selection) -> None:
        """Stand on the step that another view selected, in the column one stood in."""
        self._table.viewport().update()
        if self._is_following:
            return
        rows = [row for step in selection.steps if (row := self._steps.row_of(step)) is not None]
        chosen = {index.row() for index in self._table.selectedIndexes()}
        if not rows or set(rows) == chosen:
            return
        current = self._table.currentIndex()
        column = current.column() if current.isValid() else ACTIVITY
        cells = QItemSelection()
        for row in rows:
            index = self._steps.index(row, column)
            cells.select(index, index)
        first = self._steps.index(rows[0], column)
        self._is_following = True
        self._table.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        self._table.selectionModel().select(cells, _Flag.ClearAndSelect)
        self._table.scrollTo(first)
        self._is_following = False
