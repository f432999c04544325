"""The step table: the fast way to type an SOP, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView

from sopdesk.document.merged_cells import SPANNING, merged_rows
from sopdesk.foundation.wording import tr
from ui.editor.changes.commands import insertion_merge_key
from ui.editor.fields.choice_list import Choices
from ui.editor.fields.choices import kind_choices, lane_choices, next_choices, text_choices
from ui.editor.fields.emphasis import emphasis_of, emphasise_cells
from ui.editor.keys import command_of, is_typed
from ui.editor.table.delegate import READINGS, StepDelegate
from ui.editor.table.model import COLUMN_KEYS, FAULT_ROLE, StepModel
from ui.theme import colors
from ui.works import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Sop
    from sopdesk.storage.drafts import Unread
    from ui.editor.cell_editor import CellEditor
    from ui.editor.changes.commands import Commands
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_WEIGHTS = {
    "number": (34, 0),
    "activity": (150, 10),
    "lanes": (84, 3),
    "kind": (60, 0),
    "next": (72, 2),
    "requirements": (96, 5),
    "duration": (64, 1),
    "outputs": (84, 4),
    "remarks": (76, 2),
}
"""The least width of a column in pixels, and its share of what is left."""
_ACTIVITY = COLUMN_KEYS.index("activity")


class StepTable(QTableView):
    """One row per step, one editor at a time; what is selected here is selected everywhere."""

    commanded = Signal(object)
    """A `Command` of `keys`, to be done by whoever holds the views together."""
    menu_asked = Signal(object)
    """A menu is wanted for the selected steps, at a place of the screen."""
    widths_changed = Signal()
    """The user has set a column's width."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        vocabulary: Vocabulary,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._commands, self._vocabulary = session, commands, vocabulary
        self._is_following = False
        self._replaces = False
        self._are_widths_own = False
        self._merged: list[tuple[range, int]] = []
        self._steps = StepModel(session, self)
        self._cells = StepDelegate(self, self._choices_of)
        self._cells.editor_opened.connect(self._on_editor_opened)
        self.setObjectName("step_table")
        self.setAccessibleName(tr("Step table"))
        self._set_up_looks()
        self.setModel(self._steps)
        self.setItemDelegate(self._cells)
        self._steps.dataChanged.connect(self._on_data_changed)
        self._steps.modelAboutToBeReset.connect(self._leave_cell)
        self._steps.rowsRemoved.connect(self._on_rows_removed)
        self._steps.modelReset.connect(self._follow_merged)
        self._steps.modelReset.connect(self._fit_all_rows)
        self._steps.modelReset.connect(self.scrollToTop)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_selection_changed)
        session.selection_changed.connect(self._follow_selection)

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
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(28)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionResized.connect(self._on_section_resized)

    # Editing

    @property
    def steps(self) -> StepModel:
        """The model behind."""
        return self._steps

    def edit_step(self, step_id: str, column: str = "activity") -> None:
        """Begin to edit a cell."""
        row = self._steps.row_of(step_id)
        if row is not None:
            index = self._steps.index(row, COLUMN_KEYS.index(column))
            self._stand_on(index)
            self.edit(index)

    def show_cell(self, step_id: str, column: str) -> None:
        """Select a cell, without taking the keyboard."""
        row = self._steps.row_of(step_id)
        if row is not None:
            self._stand_on(self._steps.index(row, COLUMN_KEYS.index(column)))

    def write_pending(self) -> None:
        """Write what is being typed; the cell stays open, to be typed into further."""
        if self._cells.editor is not None:
            self._cells.commitData.emit(self._cells.editor)

    def commit_pending(self) -> None:
        """Write what is being typed, and close the cell."""
        self.write_pending()
        self._leave_cell()

    def _leave_cell(self) -> None:
        if self._cells.editor is not None:
            self._close(self._cells.editor)

    def as_typed(self) -> Sop | Unread | None:
        """Return the SOP with what is being typed in it, None for nothing; the cell stays open.

        Text that cannot be read yet is returned by itself.
        """
        editor = self._cells.editor
        if editor is None or not editor.is_changed:
            return None
        return self._steps.rehearse(self.currentIndex(), editor.toPlainText())

    def _close(self, editor: CellEditor, is_kept: bool = True) -> None:
        hint = QAbstractItemDelegate.EndEditHint
        self._cells.closeEditor.emit(editor, hint.NoHint if is_kept else hint.RevertModelCache)

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
        self._replaces = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        done = bool(super().edit(index, trigger, event))  # type: ignore[arg-type]
        self._replaces = False
        return done

    def _on_editor_opened(self, editor: CellEditor) -> None:
        editor.setFont(self.font())
        editor.selects_on_fill = self._replaces
        editor.left.connect(self._on_editor_left)
        editor.commanded.connect(self._on_editor_commanded)
        editor.undo_asked.connect(self._on_undo_asked)

    def _on_editor_left(self, where: str) -> None:
        editor, index = self._cells.editor, self.currentIndex()
        if editor is None:
            return
        if where == "cancel":
            self._close(editor, is_kept=False)
            self._steps.forget_unread(index)
            return
        step = self._steps.step_id(index.row())
        self.commit_pending()
        row = self._steps.row_of(step)
        # On, even where the text could not be read: who types without looking loses no cell.
        if row is not None:
            self._go(where, row, index.column())

    def _go(self, where: str, row: int, column: int) -> None:
        last_row, last_column = self._steps.rowCount() - 1, len(COLUMN_KEYS) - 1
        if where == "right":
            row, column = (row, column + 1) if column < last_column else (row + 1, _ACTIVITY)
        elif where == "left":
            row, column = (row, column - 1) if column else (max(0, row - 1), last_column)
        else:
            row += self._rows_from(row, column)
        if row > last_row:
            if not self._append_row():
                return
            column = _ACTIVITY
        self._stand_on(self._steps.index(row, column))

    def _rows_from(self, row: int, column: int) -> int:
        """Return how many rows it is from a row to the one below its cell."""
        spanned = next((rows for rows, c in self._merged if c == column and row in rows), None)
        return spanned.stop - row if spanned is not None else 1

    def _stand_on(self, index: Index) -> None:
        """Select one cell alone, whatever modifier key is still held down."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, only)
        self.scrollTo(index)

    def _append_row(self) -> bool:
        """Add a step at the end, unless the last one is still blank."""
        last_row = self._steps.rowCount() - 1
        if last_row >= 0 and self._steps.is_blank(last_row):
            return False
        step = self._commands.append()
        if step is not None:
            self._steps.read_waiting(insertion_merge_key(step))
        return step is not None

    def _on_editor_commanded(self, command: object) -> None:
        self.commit_pending()
        self.commanded.emit(command)

    def _on_undo_asked(self) -> None:
        if self._cells.editor is not None:
            self._close(self._cells.editor, is_kept=False)
        self._session.undo()

    def _choices_of(self, index: Index) -> Choices:
        procedure = self._session.procedure
        key = COLUMN_KEYS[index.column()]
        if procedure is None:
            return Choices()
        if key == "lanes":
            return lane_choices(procedure, self._vocabulary.words("lanes"))
        if key == "kind":
            return kind_choices()
        if key in ("activity", "requirements", "outputs"):
            return text_choices(procedure, index.row(), key, self._vocabulary.words(key))
        return next_choices(procedure) if key == "next" else Choices()

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first activity, not at its number."""
        if not self.currentIndex().isValid() and self._steps.rowCount():
            first = self._steps.index(0, _ACTIVITY)
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(first, keep)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit, empty, choose, command; else move as tables do."""
        command = command_of(event)
        mark = emphasis_of(event)
        if self._cells.editor is not None:
            self._cells.editor.keyPressEvent(event)
        elif mark is not None:
            self.emphasise_cells(mark)
        elif command is not None:
            self.commanded.emit(command)
        elif not self._edit_by(event):
            super().keyPressEvent(event)

    def _edit_by(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            if not self._begin_next_step(index):
                self._edit_or_begin(index)
        elif key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            self._edit_or_begin(index)
            if self._cells.editor is not None:
                self._cells.editor.show_choices()
        elif key == Qt.Key.Key_Tab and not modifiers and _is_last_column(index):
            # As from an open cell: on to the next step, never round to the first and over its text.
            self._go("right", index.row(), index.column())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not modifiers:
            self.empty_cells()
        elif key == Qt.Key.Key_Escape and index.isValid() and index.data(FAULT_ROLE):
            self._steps.forget_unread(index)
        elif is_typed(event) and not self._steps.rowCount():
            self._edit_or_begin(index)
            if self._cells.editor is not None:
                self._cells.editor.keyPressEvent(event)
        else:
            return False
        return True

    def _begin_next_step(self, index: Index) -> bool:
        """Begin the next step behind the very last cell where that is empty; say whether it did.

        Who comes there by Tab has nothing to add, and Enter ends the row as in a spreadsheet.
        """
        is_last = index.row() == self._steps.rowCount() - 1 and _is_last_column(index)
        if not is_last or index.data(Qt.ItemDataRole.EditRole) or not self._append_row():
            return False
        self._stand_on(self._steps.index(self._steps.rowCount() - 1, _ACTIVITY))
        return True

    def _edit_or_begin(self, index: Index) -> None:
        """Edit the cell, or the first step's activity where there is no step yet."""
        if index.isValid():
            self.edit(index)
        elif not self._steps.rowCount():
            step = self._commands.append()
            if step is not None:
                self.edit_step(step)

    def fill_cells(self, text: str) -> None:
        """Write a text into the selected cells."""
        self._write([(index, text) for index in self.selectedIndexes()], tr("Fill cells"))

    def emphasise_cells(self, mark: int) -> None:
        """Make the selected cells bold or italic, or no longer so where all of them are."""
        chosen = [i for i in self.selectedIndexes() if COLUMN_KEYS[i.column()] in READINGS]
        cells = [
            READINGS[COLUMN_KEYS[index.column()]](index.data(Qt.ItemDataRole.EditRole))
            for index in chosen
        ]
        done = emphasise_cells(cells, mark)
        self._write(list(zip(chosen, done, strict=True)), tr("Bold or italic"))

    def _write(self, texts: Sequence[tuple[QModelIndex, str]], label: str) -> None:
        cells: dict[str, dict[str, str]] = {}
        for index, text in texts:
            row = cells.setdefault(self._steps.step_id(index.row()), {})
            row[COLUMN_KEYS[index.column()]] = text
        if cells:
            self._steps.write(cells, label)

    def empty_cells(self) -> None:
        """Empty the selected cells."""
        self.fill_cells("")

    def selected_columns(self) -> tuple[str, ...]:
        """Return the keys of the columns that have a selected cell."""
        return tuple({COLUMN_KEYS[index.column()]: None for index in self.selectedIndexes()})

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected steps."""
        self.menu_asked.emit(event.globalPos())

    # Selection

    def _on_selection_changed(self, *_: object) -> None:
        """Select in every view the steps whose cells are selected here."""
        if self._is_following or not self._steps.rowCount():
            return
        rows = sorted({index.row() for index in self.selectedIndexes()})
        current = self.currentIndex()
        if not rows or rows[-1] >= self._steps.rowCount():
            return
        steps = tuple(self._steps.step_id(row) for row in rows)
        chosen = self._steps.step_id(current.row()) if current.row() in rows else steps[0]
        self._is_following = True
        self._session.select(Selection(steps, self._symbol_in(chosen)))
        self._is_following = False
        self.viewport().update()

    def _on_rows_removed(self) -> None:
        """Select where the frame stands now, where the steps that were selected are gone."""
        if self.currentIndex().isValid() and not self.selectedIndexes():
            self._stand_on(self.currentIndex())

    def _symbol_in(self, step: str) -> str | None:
        """Return the selected symbol if it belongs to the step, else the step's first."""
        procedure = self._session.procedure
        symbols = [s.id for s in procedure.symbols if s.step == step] if procedure else []
        selected = self._session.selection.symbol
        return selected if selected in symbols else next(iter(symbols), None)

    def _follow_selection(self, selection: Selection) -> None:
        """Stand on the step that another view selected, in the column one stood in."""
        self.viewport().update()
        if self._is_following:
            return
        rows = [row for step in selection.steps if (row := self._steps.row_of(step)) is not None]
        chosen = {index.row() for index in self.selectedIndexes()}
        if not rows or set(rows) == chosen:
            return
        current = self.currentIndex()
        column = current.column() if current.isValid() else _ACTIVITY
        cells = QItemSelection()
        for row in rows:
            index = self._steps.index(row, column)
            cells.select(index, index)
        self._is_following = True
        first = self._steps.index(rows[0], column)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(cells, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(first)
        self._is_following = False

    # Sizes

    def column_state(self) -> QByteArray:
        """Return the column widths to remember, empty where they follow the view."""
        state = self.horizontalHeader().saveState()
        return state if self._are_widths_own else state.left(0)

    def restore_columns(self, state: QByteArray) -> None:
        """Take remembered column widths."""
        if not state.isEmpty() and self.horizontalHeader().restoreState(state):
            self._are_widths_own = True
            self._fit_all_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out, unless the user has set it."""
        super().resizeEvent(event)
        if not self._are_widths_own:
            self._share_width()

    def _share_width(self) -> None:
        least = {key: width for key, (width, _) in _WEIGHTS.items()}
        least["kind"] = self._cells.kind_width(self.font())
        spare = max(0, self.viewport().width() - sum(least.values()))
        shares = sum(share for _, share in _WEIGHTS.values())
        header = self.horizontalHeader()
        header.blockSignals(True)
        for column, key in enumerate(COLUMN_KEYS):
            header.resizeSection(column, least[key] + spare * _WEIGHTS[key][1] // shares)
        header.blockSignals(False)
        self.updateGeometries()
        self._fit_all_rows()
        self.viewport().update()

    def _on_section_resized(self, _section: int, _before: int, _now: int) -> None:
        self._are_widths_own = True
        self._fit_all_rows()
        self.widths_changed.emit()

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
        self.clearSpans()
        for rows, column in merged:
            self.setSpan(rows.start, column, len(rows), 1)

    def _on_data_changed(self, first: Index, last: Index) -> None:
        self._follow_merged()
        self._fit_rows(first.row(), last.row())
        editor = self._cells.editor
        if editor is not None:
            editor.fit_into(self.visualRect(self.currentIndex()))

    def _fit_all_rows(self) -> None:
        self._fit_rows(0, self._steps.rowCount() - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        """Make rows as tall as their text."""
        widths = [self.columnWidth(column) for column in range(len(COLUMN_KEYS))]
        font = self.font()
        for row in range(first, last + 1):
            height = max(
                self._cells.height_for(self._steps.index(row, column), width, font)
                // self.rowSpan(row, column)
                for column, width in enumerate(widths)
            )
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or how to begin where there are none."""
        super().paintEvent(event)
        if not self._steps.rowCount() and self._session.sop is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(colors().faint))
            painter.drawText(
                self.viewport().rect(),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                tr("Type what is done first; Enter goes on to the next step."),
            )


def _is_last_column(index: Index) -> bool:
    return index.column() == len(COLUMN_KEYS) - 1
