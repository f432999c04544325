"""The cell of the step table that is typed into: it is written, left and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemDelegate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from sopdesk.document.unread import Unread
    from sopdesk.document.values import Sop
    from ui.editor.fields.cell_editor import CellEditor
    from ui.editor.table.delegate import StepDelegate
    from ui.editor.table.model import StepModel
    from ui.session import Session


class OpenCell(QObject):
    """The one field that may be open in the table."""

    commanded = Signal(object)
    """A `Command` of `keys` was asked for while typing; the text has been written."""
    left = Signal(str, str, int)
    """Written and closed, to go `right`, `left` or down from this step, in this column."""

    def __init__(
        self, table: QTableView, steps: StepModel, cells: StepDelegate, session: Session
    ) -> None:
        super().__init__(table)
        self._table, self._steps, self._cells, self._session = table, steps, cells, session
        self.is_replacing = False
        """Whether the next field to open begins with its text selected, to be typed over."""
        cells.editor_opened.connect(self._on_opened)
        steps.modelAboutToBeReset.connect(self.leave)
        steps.dataChanged.connect(self._follow)

    @property
    def field(self) -> CellEditor | None:
        """The field, None where no cell is open."""
        return self._cells.editor

    def write(self) -> None:
        """Write what is being typed; the cell stays open, to be typed into further."""
        if self.field is not None:
            self._cells.commitData.emit(self.field)

    def commit(self) -> None:
        """Write what is being typed, and close the cell."""
        self.write()
        self.leave()

    def leave(self) -> None:
        """Close the cell; what was not written is given up."""
        self._close(QAbstractItemDelegate.EndEditHint.NoHint)

    def as_typed(self) -> Sop | Unread | None:
        """Return the SOP with what is being typed in it, None for nothing; the cell stays open.

        Text that cannot be read yet is returned by itself.
        """
        field = self.field
        if field is None or not field.is_changed:
            return None
        cell = self._steps.cell(self._table.currentIndex())
        return self._steps.writer.rehearse(*cell, field.toPlainText())

    def _cancel(self) -> None:
        self._close(QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def _close(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self.field is not None:
            self._cells.closeEditor.emit(self.field, hint)

    def _follow(self) -> None:
        """Stay over the cell where a change has made its row taller."""
        if self.field is not None:
            self.field.fit_into(self._table.visualRect(self._table.currentIndex()))

    def _on_opened(self, field: CellEditor) -> None:
        field.setFont(self._table.font())
        field.selects_on_fill = self.is_replacing
        field.left.connect(self._on_left)
        field.commanded.connect(self._on_commanded)
        field.undo_asked.connect(self._on_undo_asked)

    def _on_left(self, where: str) -> None:
        if self.field is None:
            return
        step, key = self._steps.cell(self._table.currentIndex())
        if where == "cancel":
            self._cancel()
            self._steps.writer.forget_unread((step, key))
            return
        column = self._table.currentIndex().column()
        self.commit()
        # On, even where the text could not be read: who types without looking loses no cell.
        self.left.emit(where, step, column)

    def _on_commanded(self, command: object) -> None:
        self.commit()
        self.commanded.emit(command)

    def _on_undo_asked(self) -> None:
        self._cancel()
        self._session.undo()
