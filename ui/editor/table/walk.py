"""Where the keys lead from cell to cell of the step table, and to steps that are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from ui.editor.changes.commands import insertion_merge_key
from ui.editor.table.columns import ACTIVITY, COLUMN_KEYS, is_last_column

if TYPE_CHECKING:
    from ui.editor.changes.commands import Commands
    from ui.editor.table.model import StepModel
    from ui.editor.table.selection import SharedSelection
    from ui.editor.table.shape import TableShape

Index = QModelIndex | QPersistentModelIndex


class Walk:
    """Goes from a cell to its neighbours; behind the last one a step is added."""

    def __init__(
        self, steps: StepModel, shape: TableShape, selection: SharedSelection, commands: Commands
    ) -> None:
        self._steps, self._shape = steps, shape
        self._selection, self._commands = selection, commands

    def go(self, where: str, row: int, column: int) -> None:
        """Go `right` or `left` of a cell, round the ends of the rows, else to the one below."""
        last_row, last_column = self._steps.rowCount() - 1, len(COLUMN_KEYS) - 1
        if where == "right":
            row, column = (row, column + 1) if column < last_column else (row + 1, ACTIVITY)
        elif where == "left":
            row, column = (row, column - 1) if column else (max(0, row - 1), last_column)
        else:
            row = self._shape.row_below(row, column)
        if row <= last_row:
            self._selection.stand_on(self._steps.index(row, column))
        elif self._append():
            self._selection.stand_on(self._steps.index(row, ACTIVITY))

    def begin_next_step(self, index: Index) -> bool:
        """Begin the next step behind the very last cell where that is empty; say whether it did.

        Who comes there by Tab has nothing to add, and Enter ends the row as in a spreadsheet.
        """
        is_last = index.row() == self._steps.rowCount() - 1 and is_last_column(index)
        if not is_last or index.data(Qt.ItemDataRole.EditRole) or not self._append():
            return False
        self._selection.stand_on(self._steps.index(self._steps.rowCount() - 1, ACTIVITY))
        return True

    def _append(self) -> bool:
        """Add a step at the end, unless the last one is still blank."""
        last_row = self._steps.rowCount() - 1
        if last_row >= 0 and self._steps.is_blank(last_row):
            return False
        step = self._commands.append()
        if step is not None:
            self._steps.writer.read_waiting(insertion_merge_key(step))
        return step is not None
