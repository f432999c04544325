"""The steps as rows and columns, as Qt asks for them: texts are read and written by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sopdesk.document.markup import plain
from sopdesk.foundation.wording import tr
from ui.editor.table.cell_texts import CellTexts
from ui.editor.table.cell_writer import CellWriter
from ui.editor.table.columns import COLUMN_KEYS, column_title, key_of
from ui.editor.table.row_changes import runs
from ui.plain_words import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.session import Session

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
FAULT_ROLE = Role.UserRole + 1
"""The sentence on why a cell's text could not be read, None where it could."""
KINDS_ROLE = Role.UserRole + 2
"""The kinds of a step's symbols, in order, in the `kind` column."""
SELECTED_ROLE = Role.UserRole + 3
"""Whether the step is selected, in whatever view."""
REFERS_ROLE = Role.UserRole + 4
"""The words for the other SOP that a step refers to, in the `activity` column."""


class StepModel(QAbstractTableModel):
    """One row per step of the flow table that the session looks at."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._owner: tuple[str, int] = ("", 0)
        self._ids: list[str] = []
        self._texts = CellTexts()
        self.writer = CellWriter(session)
        session.sop_changed.connect(self._follow)
        session.entries_changed.connect(self._on_entries_changed)
        self._follow()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of steps."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMN_KEYS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return a column's heading, or its key under `UserRole`."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMN_KEYS):
            if role == Role.UserRole:
                return COLUMN_KEYS[section]
            if role == Role.DisplayRole:
                return column_title(COLUMN_KEYS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited, unless the file cannot be changed."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags if self._session.is_read_only else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return a cell's text, its fault, its kinds, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        step, column = self.cell(index)
        if role == Role.EditRole:
            return self._texts.typed(step, column)
        if role == Role.DisplayRole:
            return self._texts.shown(index.row(), step, column)
        if role == FAULT_ROLE:
            return self._texts.fault(step, column)
        if role == Role.ToolTipRole:
            return plain_tip(self._texts.fault(step, column) or "")
        if role == KINDS_ROLE:
            return self._texts.kinds(step)
        if role == REFERS_ROLE:
            return self._refers(index)
        if role == SELECTED_ROLE:
            return step in self._session.selection.steps
        if role == Role.AccessibleTextRole:
            return self._said(index)
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Write a cell; False where its text cannot be read, and then the text is kept as typed."""
        if role != Role.EditRole or not index.isValid() or self._session.is_read_only:
            return False
        step, column = self.cell(index)
        label = tr("Edit {column}", column=column_title(column))
        return self.writer.write({step: {column: str(value or "")}}, label)

    # What the editor asks

    def cell(self, index: Index) -> tuple[str, str]:
        """Return a cell's step and the key of its column."""
        return self._ids[index.row()], key_of(index)

    def step_id(self, row: int) -> str:
        """Return the id of a row's step."""
        return self._ids[row]

    def row_of(self, step_id: str) -> int | None:
        """Return the row of a step."""
        return self._ids.index(step_id) if step_id in self._ids else None

    def is_blank(self, row: int) -> bool:
        """Return whether nothing was typed into a row."""
        return self._texts.is_blank(self._ids[row])

    # The value behind

    def _refers(self, index: Index) -> str:
        procedure = self._texts.procedure
        if key_of(index) != "activity" or procedure is None:
            return ""
        return self._session.reference_of(procedure.steps[index.row()])

    def _said(self, index: Index) -> str:
        step, column = self.cell(index)
        shown = plain(self._texts.shown(index.row(), step, column))
        parts = (
            f"{column_title(column)}: {shown}",
            self._refers(index),
            self._texts.fault(step, column),
        )
        return ". ".join(part for part in parts if part)

    # Following the value

    def _follow(self, _sop: object = None) -> None:
        """Show the new value with as few row changes as it takes: focus and scroll stay."""
        session, procedure = self._session, self._session.procedure
        owner = (session.sop.uuid if session.sop is not None else "", session.procedure_index)
        ids = [step.id for step in procedure.steps] if procedure is not None else []
        if owner != self._owner:
            self.beginResetModel()
            self._texts.turn_to(procedure, session.unread)
            self._owner, self._ids = owner, ids
            self.endResetModel()
        elif procedure is not self._texts.procedure:
            changed = self._texts.turn_to(procedure, session.unread)
            self._follow_rows(ids)
            if changed is None:
                self._tell_all()
            for row in changed or ():
                self._tell_rows(row, row)
        elif self._texts.keep_unread(session.unread):
            self._tell_all()

    def _on_entries_changed(self) -> None:
        """Show the numbers and titles of other SOPs as they are now."""
        procedure = self._texts.procedure
        if procedure is not None and any(step.refers_to for step in procedure.steps):
            self._tell_all()

    def _follow_rows(self, ids: list[str]) -> None:
        """Turn the rows into these; a step that stays keeps its row, and a cell open in it."""
        before, after = set(self._ids), set(ids)
        for first, last in reversed(runs(self._ids, before - after)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        self._reorder([step for step in ids if step in before])
        for first, last in runs(ids, after - before):
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids[first:first] = ids[first : last + 1]
            self.endInsertRows()

    def _reorder(self, ids: list[str]) -> None:
        if ids == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        places = {step: row for row, step in enumerate(ids)}
        held = self.persistentIndexList()
        moved = [self.index(places[self._ids[one.row()]], one.column()) for one in held]
        self._ids = ids
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _tell_all(self) -> None:
        """Let every cell be read again; a view repaints those that show."""
        if self._ids:
            self._tell_rows(0, len(self._ids) - 1)

    def _tell_rows(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMN_KEYS) - 1))
