"""The step table: the fast way to type an SOP, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTableView

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr
from ui.editor.fields.choices import cell_choices
from ui.editor.fields.emphasis import emphasis_of, emphasise_cells
from ui.editor.keys import command_of, is_typed
from ui.editor.table.columns import COLUMN_KEYS, is_last_column, key_of
from ui.editor.table.delegate import READINGS, StepDelegate
from ui.editor.table.model import FAULT_ROLE, StepModel
from ui.editor.table.open_cell import OpenCell
from ui.editor.table.selection import SharedSelection
from ui.editor.table.shape import TableShape
from ui.editor.table.walk import Walk
from ui.theme import colors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ui.editor.changes.commands import Commands
    from ui.editor.fields.choice_list import Choices
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session

Index = QModelIndex | QPersistentModelIndex


class StepTable(QTableView):
    """One row per step, one editor at a time; what is selected here is selected everywhere."""

    commanded = Signal(object)
    """A `Command` of `keys`, to be done by whoever holds the views together."""
    menu_asked = Signal(object)
    """A menu is wanted for the selected steps, at a place of the screen."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        vocabulary: Vocabulary,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._commands, self._vocabulary = session, commands, vocabulary
        self.steps = StepModel(session, self)
        cells = StepDelegate(self, self._choices_of)
        self.setObjectName("step_table")
        self.setAccessibleName(tr("Step table"))
        self._set_up_looks()
        self.setModel(self.steps)
        self.setItemDelegate(cells)
        self.shape = TableShape(self, self.steps, cells, session)
        self.open_cell = OpenCell(self, self.steps, cells, session)
        self._selection = SharedSelection(self, self.steps, session)
        self._walk = Walk(self.steps, self.shape, self._selection, commands)
        self.open_cell.commanded.connect(self.commanded)
        self.open_cell.left.connect(self._on_cell_left)

    def _set_up_looks(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(True)
        self.setTabKeyNavigation(True)
        self.setStyleSheet("QTableView { gridline-color: palette(mid); }")
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    # Cells

    def edit_step(self, step_id: str, column: str = "activity") -> None:
        """Begin to edit a cell."""
        if self.show_cell(step_id, column):
            self.edit(self.currentIndex())

    def show_cell(self, step_id: str, column: str) -> bool:
        """Select a cell, without taking the keyboard; False where there is no such step."""
        row = self.steps.row_of(step_id)
        if row is not None:
            self._selection.stand_on(self.steps.index(row, COLUMN_KEYS.index(column)))
        return row is not None

    def edit(  # type: ignore[override]
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger | None = None,
        event: QEvent | None = None,
    ) -> bool:
        """Open a cell; typing on it replaces its text, everything else edits it."""
        if trigger is None:
            super().edit(index)
            return True
        self.open_cell.is_replacing = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        done = bool(super().edit(index, trigger, event))  # type: ignore[arg-type]
        self.open_cell.is_replacing = False
        return done

    def _on_cell_left(self, where: str, step: str, column: int) -> None:
        row = self.steps.row_of(step)
        if row is not None:
            self._walk.go(where, row, column)

    def _choices_of(self, index: Index) -> Choices:
        return cell_choices(
            self._session.procedure, index.row(), key_of(index), self._vocabulary.words
        )

    # Several cells

    def selected_columns(self) -> tuple[str, ...]:
        """Return the keys of the columns that have a selected cell."""
        return tuple({key_of(index): None for index in self.selectedIndexes()})

    def empty_cells(self) -> None:
        """Empty the selected cells; where only automatic numbers are, tell how a step goes."""
        before = self._session.sop
        self.fill_cells("")
        is_numbers = self.selected_columns() == ("number",)
        if is_numbers and self._session.sop is before and not self._session.is_read_only:
            self._session.fault_found.emit(UserError("number_automatic"))

    def fill_cells(self, text: str) -> None:
        """Write a text into the selected cells."""
        self._write([(index, text) for index in self.selectedIndexes()], tr("Fill cells"))

    def emphasise_cells(self, mark: int) -> None:
        """Make the selected cells bold or italic, or no longer so where all of them are."""
        chosen = [index for index in self.selectedIndexes() if key_of(index) in READINGS]
        cells = [READINGS[key_of(index)](index.data(Qt.ItemDataRole.EditRole)) for index in chosen]
        done = emphasise_cells(cells, mark)
        self._write(list(zip(chosen, done, strict=True)), tr("Bold or italic"))

    def _write(self, texts: Sequence[tuple[QModelIndex, str]], label: str) -> None:
        cells: dict[str, dict[str, str]] = {}
        for index, text in texts:
            step, key = self.steps.cell(index)
            cells.setdefault(step, {})[key] = text
        if cells:
            self.steps.writer.write(cells, label)

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first activity."""
        self._selection.stand_on_first()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit, empty, choose, command; else move as tables do."""
        command, mark, field = command_of(event), emphasis_of(event), self.open_cell.field
        if field is not None:
            field.keyPressEvent(event)
        elif mark is not None:
            self.emphasise_cells(mark)
        elif command is not None:
            self.commanded.emit(command)
        elif not self._edit_by(event):
            super().keyPressEvent(event)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Select as Excel does: Ctrl with a key that moves takes the selection along.

        Else the frame would stand on one step, and what is deleted or pasted would be another's.
        """
        if isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.ControlModifier
            event = QKeyEvent(event.type(), event.key(), plain)
        return super().selectionCommand(index, event)

    def _edit_by(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            if not self._walk.begin_next_step(index):
                self._edit_or_begin(index)
        elif key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            self._edit_or_begin(index)
            if self.open_cell.field is not None:
                self.open_cell.field.show_choices()
        elif key == Qt.Key.Key_Tab and not modifiers and is_last_column(index):
            # As from an open cell: on to the next step, never round to the first and over its text.
            self._walk.go("right", index.row(), index.column())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not modifiers:
            self.empty_cells()
        elif key == Qt.Key.Key_Escape and index.isValid() and index.data(FAULT_ROLE):
            self.steps.writer.forget_unread(self.steps.cell(index))
        elif is_typed(event) and not self.steps.rowCount():
            self._edit_or_begin(index)
            if self.open_cell.field is not None:
                self.open_cell.field.keyPressEvent(event)
        else:
            return False
        return True

    def _edit_or_begin(self, index: Index) -> None:
        """Edit the cell, or the first step's activity where there is no step yet."""
        if index.isValid():
            self.edit(index)
        elif not self.steps.rowCount():
            step = self._commands.append()
            if step is not None:
                self.edit_step(step)

    # What Qt asks

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected steps."""
        self.menu_asked.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self.shape.follow_view()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or how to begin where there are none."""
        super().paintEvent(event)
        if not self.steps.rowCount() and self._session.sop is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colors().faint))
            painter.drawText(
                self.viewport().rect(),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                tr("Type what is done first; Enter goes on to the next step."),
            )
