"""How wide the step table's columns are, how tall its rows, and which cells reach over several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QHeaderView

from sopdesk.document.merged_cells import SPANNING, merged_rows
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QTableView

    from ui.editor.table.delegate import StepDelegate
    from ui.editor.table.model import StepModel
    from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_WEIGHTS = {
    "number": (6, 0),
    "activity": (25, 10),
    "lanes": (14, 3),
    "kind": (10, 0),
    "next": (12, 2),
    "requirements": (16, 5),
    "duration": (11, 1),
    "outputs": (15, 4),
    "remarks": (13, 2),
}
"""The least width of a column in letters of the face, and its share of what is left."""


class TableShape(QObject):
    """Follows the texts and the view's width, unless the user has set the columns."""

    widths_changed = Signal()
    """The user has set a column's width."""

    def __init__(
        self, table: QTableView, steps: StepModel, cells: StepDelegate, session: Session
    ) -> None:
        super().__init__(table)
        self._table, self._steps, self._cells, self._session = table, steps, cells, session
        self._are_widths_own = False
        self._merged: list[tuple[range, int]] = []
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        table.horizontalHeader().setMinimumSectionSize(28)
        table.horizontalHeader().sectionResized.connect(self._on_section_resized)
        steps.dataChanged.connect(self._on_data_changed)
        steps.modelReset.connect(self._on_model_reset)
        for rows_changed in (steps.rowsInserted, steps.rowsRemoved):
            rows_changed.connect(self._forget_merged)

    # Columns

    def state(self) -> QByteArray:
        """Return the column widths to remember, empty where they follow the view."""
        state = self._table.horizontalHeader().saveState()
        return state if self._are_widths_own else state.left(0)

    def restore(self, state: QByteArray) -> None:
        """Take remembered column widths."""
        if not state.isEmpty() and self._table.horizontalHeader().restoreState(state):
            self._are_widths_own = True
            self._fit_all_rows()

    def follow_view(self) -> None:
        """Share the view's width out, unless the user has set the columns."""
        if self._are_widths_own:
            return
        letter = self._table.fontMetrics().averageCharWidth()
        least = {key: letters * letter for key, (letters, _) in _WEIGHTS.items()}
        least["kind"] = self._cells.kind_width(self._table.font())
        spare = max(0, self._table.viewport().width() - sum(least.values()))
        shares = sum(share for _, share in _WEIGHTS.values())
        header = self._table.horizontalHeader()
        header.blockSignals(True)
        for column, key in enumerate(COLUMN_KEYS):
            header.resizeSection(column, least[key] + spare * _WEIGHTS[key][1] // shares)
        header.blockSignals(False)
        self._table.updateGeometries()
        self._fit_all_rows()
        self._table.viewport().update()

    def _on_section_resized(self, _section: int, _before: int, _now: int) -> None:
        self._are_widths_own = True
        self._fit_all_rows()
        self.widths_changed.emit()

    # Rows

    def row_below(self, row: int, column: int) -> int:
        """Return the row below a cell, which may reach over several."""
        spanned = (rows for rows, where in self._merged if where == column and row in rows)
        return next((rows.stop for rows in spanned), row + 1)

    def _on_data_changed(self, first: Index, last: Index) -> None:
        self._follow_merged()
        self._fit_rows(first.row(), last.row())

    def _on_model_reset(self) -> None:
        self._follow_merged()
        self._fit_all_rows()
        self._table.scrollToTop()

    def _follow_merged(self) -> None:
        """Show each merged cell as one, over the rows that it covers."""
        procedure = self._session.procedure
        steps = procedure.steps if procedure is not None else ()
        merged = [
            (rows, COLUMN_KEYS.index(key)) for key in SPANNING for rows in merged_rows(steps, key)
        ]
        if merged == self._merged:
            return
        self._merged = merged
        self._table.clearSpans()
        for rows, column in merged:
            self._table.setSpan(rows.start, column, len(rows), 1)

    def _forget_merged(self) -> None:
        """Begin anew: Qt has moved, stretched or dropped the cells as it thinks best."""
        if self._merged:
            self._merged = []
            self._table.clearSpans()

    def _fit_all_rows(self) -> None:
        self._fit_rows(0, self._steps.rowCount() - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        """Make rows as tall as their text."""
        table, font = self._table, self._table.font()
        widths = [table.columnWidth(column) for column in range(len(COLUMN_KEYS))]
        for row in range(first, last + 1):
            height = max(
                self._cells.height_for(self._steps.index(row, column), width, font)
                // table.rowSpan(row, column)
                for column, width in enumerate(widths)
            )
            if height != table.rowHeight(row):
                table.setRowHeight(row, height)
