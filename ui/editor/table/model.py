"""The steps as rows and columns: reads the session's flow table and writes through it.

Text that cannot be read stands in red; the session keeps it beside the value until it is mended, so
that nothing typed is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sopdesk.document.cells import cell_text, set_cell, shown_numbers
from sopdesk.document.markup import plain
from sopdesk.document.texts import clean
from sopdesk.document.values import Spans
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from sopdesk.storage.drafts import Unread
from ui.editor.words import kind_words
from ui.plain_words import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from sopdesk.document.values import Kind, Procedure, Sop
    from ui.session import Session

COLUMN_KEYS = (
    "number",
    "activity",
    "lanes",
    "kind",
    "next",
    "requirements",
    "duration",
    "outputs",
    "remarks",
)
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


def column_title(key: str) -> str:
    """Return a column's heading in the language of the interface."""
    return {
        "number": tr("No."),
        "activity": tr("Activity"),
        "lanes": tr("Actor"),
        "kind": tr("Symbol"),
        "next": tr("Next step"),
        "requirements": tr("Requirements"),
        "duration": tr("Duration"),
        "outputs": tr("Output"),
        "remarks": tr("Remarks"),
    }[key]


class StepModel(QAbstractTableModel):
    """One row per step of the flow table that the session looks at."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._procedure: Procedure | None = None
        self._owner: tuple[str, int] = ("", 0)
        self._ids: list[str] = []
        self._numbers: Sequence[str] = ()
        self._texts: dict[tuple[str, str], str] = {}
        self._unread: dict[tuple[str, str], str] = {}
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
        key = self._ids[index.row()], COLUMN_KEYS[index.column()]
        if role == Role.EditRole:
            return self._text(*key)
        if role == Role.DisplayRole:
            return self._shown(index.row(), *key)
        if role == FAULT_ROLE:
            return self._fault(*key)
        if role == Role.ToolTipRole:
            return plain_tip(self._fault(*key) or "")
        if role == KINDS_ROLE:
            return self._kinds(key[0])
        if role == REFERS_ROLE:
            return self._refers(index.row(), key[1])
        if role == SELECTED_ROLE:
            return key[0] in self._session.selection.steps
        if role == Role.AccessibleTextRole:
            fault = self._fault(*key)
            said = f"{column_title(key[1])}: {plain(self._shown(index.row(), *key))}"
            refers = self._refers(index.row(), key[1])
            said = f"{said}. {refers}" if refers else said
            return f"{said}. {fault}" if fault else said
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Write a cell; False where its text cannot be read, and then the text is kept as typed."""
        if role != Role.EditRole or not index.isValid() or self._session.is_read_only:
            return False
        step, column = self._ids[index.row()], COLUMN_KEYS[index.column()]
        return self.write(
            {step: {column: str(value or "")}}, tr("Edit {column}", column=column_title(column))
        )

    def rehearse(self, index: Index, text: str) -> Sop | Unread | None:
        """Return the SOP with a cell's text written, else what of it cannot be read yet."""
        step, column = self._ids[index.row()], COLUMN_KEYS[index.column()]
        if self._why_unread(step, column, clean(text)) is not None:
            return Unread(self._session.procedure_index, step, column, clean(text))

        def write(procedure: Procedure) -> Procedure:
            return set_cell(procedure, step, column, clean(text), kind_words())

        return self._session.rehearse(lambda: self._session.apply_to_procedure("", write))

    # What the editor asks

    def step_id(self, row: int) -> str:
        """Return the id of a row's step."""
        return self._ids[row]

    def row_of(self, step_id: str) -> int | None:
        """Return the row of a step."""
        return self._ids.index(step_id) if step_id in self._ids else None

    def is_blank(self, row: int) -> bool:
        """Return whether nothing was typed into a row."""
        step = self._ids[row]
        typed = (key for key in COLUMN_KEYS if key not in ("number", "lanes", "kind", "next"))
        return not any(self._text(step, key) for key in typed)

    def forget_unread(self, index: Index) -> None:
        """Give up what could not be read in a cell."""
        cell = self._ids[index.row()], COLUMN_KEYS[index.column()]
        if cell in self._unread:
            self._keep_unread({key: text for key, text in self._unread.items() if key != cell})

    def read_waiting(self, merge_key: str) -> None:
        """Read again what could not be read: a step just inserted may be the one that it names.

        Both are one undo if they have the `merge_key` in common.
        """
        waiting: dict[str, dict[str, str]] = {}
        for (step, column), text in self._unread.items():
            waiting.setdefault(step, {})[column] = text
        if waiting:
            self.write(waiting, tr("Insert step"), merge_key)

    def write(
        self, cells: dict[str, dict[str, str]], label: str, merge_key: str | None = None
    ) -> bool:
        """Write texts, by step and column, as one undo; False where one could not be read.

        Undo takes back what could not be read, too.
        """
        procedure = self._session.procedure
        if procedure is None:
            return False
        before = dict(self._unread)
        after, unread, is_all_read = procedure, dict(before), True
        for step, texts in cells.items():
            for column, text in texts.items():
                unread.pop((step, column), None)
                try:
                    after = set_cell(after, step, column, clean(text), kind_words())
                except UserError:
                    unread[step, column], is_all_read = clean(text), False
        self._keep_unread(unread)
        is_changed = self._session.apply_to_procedure(label, lambda _: after, merge_key)
        if unread.items() - before.items():
            self._let_undo_take_back(label, before, is_changed)
        return is_all_read

    def _let_undo_take_back(
        self, label: str, before: dict[tuple[str, str], str], is_changed: bool
    ) -> None:
        """Let undo bring back the texts that could not be read before, and a change with them."""
        table = self._session.procedure_index

        def take_back() -> None:
            self._session.show_procedure(table)
            self._keep_unread(before)
            if is_changed:
                self._session.undo()

        self._session.undo_next_by(label, take_back)

    def _keep_unread(self, texts: dict[tuple[str, str], str]) -> None:
        self._session.keep_unread(texts)
        self._follow()

    # The value behind

    def _shown(self, row: int, step: str, column: str) -> str:
        if column == "number" and (step, column) not in self._unread:
            return self._numbers[row]
        return self._text(step, column)

    def _text(self, step: str, column: str) -> str:
        if (step, column) in self._unread:
            return self._unread[step, column]
        known = self._texts.get((step, column))
        if known is None:
            assert self._procedure is not None
            known = cell_text(self._procedure, step, column, kind_words())
            self._texts[step, column] = known
        return known

    def _fault(self, step: str, column: str) -> str | None:
        text = self._unread.get((step, column))
        if text is None:
            return None
        return self._why_unread(step, column, text) or tr("It can be read now: press F2 and Enter.")

    def _why_unread(self, step: str, column: str, text: str) -> str | None:
        """Return why a cell's text cannot be read, None where it can."""
        assert self._procedure is not None
        try:
            set_cell(self._procedure, step, column, text, kind_words())
        except UserError as fault:
            return word_fault(fault)
        return None

    def _kinds(self, step: str) -> tuple[Kind, ...]:
        symbols = self._procedure.symbols if self._procedure is not None else ()
        return tuple(symbol.kind for symbol in symbols if symbol.step == step)

    def _refers(self, row: int, column: str) -> str:
        if column != "activity" or self._procedure is None:
            return ""
        return self._session.reference_of(self._procedure.steps[row])

    # Following the value

    def _follow(self, _sop: object = None) -> None:
        """Show the new value with as few row changes as it takes: focus and scroll stay."""
        session = self._session
        procedure = session.procedure
        owner = (session.sop.uuid if session.sop is not None else "", session.procedure_index)
        unread = session.unread
        is_unread_same = unread == self._unread
        self._unread = unread
        if procedure is self._procedure and owner == self._owner:
            if not is_unread_same:
                self._tell_all()
            return
        ids = [step.id for step in procedure.steps] if procedure is not None else []
        is_other = owner != self._owner
        if is_other:
            self.beginResetModel()
        numbers = shown_numbers(procedure) if procedure is not None else ()
        is_elsewhere = is_other or not is_unread_same
        changed = None if is_elsewhere else self._changed_rows(procedure, numbers)
        self._numbers = numbers
        if changed is None:
            self._texts.clear()
        else:
            for row in changed:
                for column in COLUMN_KEYS:
                    self._texts.pop((self._ids[row], column), None)
        if is_other:
            self._procedure, self._owner, self._ids = procedure, owner, ids
            self.endResetModel()
            return
        self._follow_rows(procedure, ids)
        if changed is None:
            self._tell_all()
        for row in changed or ():
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMN_KEYS) - 1))

    def _on_entries_changed(self) -> None:
        """Show the numbers and titles of other SOPs as they are now."""
        if self._procedure is not None and any(step.refers_to for step in self._procedure.steps):
            self._tell_all()

    def _changed_rows(
        self, procedure: Procedure | None, numbers: Sequence[str]
    ) -> list[int] | None:
        """Return the rows that a change touches, None where any row may have changed.

        Typing touches one row. Symbols, flows and numbers are told in the cells of other rows, and
        so is a merged cell.
        """
        before = self._procedure
        if before is None or procedure is None or len(before.steps) != len(procedure.steps):
            return None
        far = ("lanes", "symbols", "flows")
        if any(getattr(before, part) is not getattr(procedure, part) for part in far):
            return None
        if tuple(numbers) != tuple(self._numbers):
            return None
        pairs = enumerate(zip(before.steps, procedure.steps, strict=True))
        changed = [row for row, (old, new) in pairs if old is not new]
        steps = (*before.steps, *procedure.steps)
        is_merged = any(step.spans != Spans() for step in steps)
        is_moved = any(before.steps[row].id != procedure.steps[row].id for row in changed)
        return None if is_merged or is_moved else changed

    def _follow_rows(self, procedure: Procedure | None, ids: list[str]) -> None:
        """Turn the rows into these; a step that stays keeps its row, and a cell open in it."""
        self._procedure = procedure
        before, after = set(self._ids), set(ids)
        for first, last in reversed(_runs(self._ids, before - after)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        self._reorder([step for step in ids if step in before])
        for first, last in _runs(ids, after - before):
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
            last = self.index(len(self._ids) - 1, len(COLUMN_KEYS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _runs(steps: Sequence[str], chosen: set[str]) -> list[tuple[int, int]]:
    """Return the first and last row of each run of chosen steps, from the top."""
    runs: list[tuple[int, int]] = []
    for row, step in enumerate(steps):
        if step in chosen:
            is_next = bool(runs) and runs[-1][1] == row - 1
            first = runs.pop()[0] if is_next else row
            runs.append((first, row))
    return runs
