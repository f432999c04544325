"""Writes texts into the cells of the flow table that the session looks at. No Qt.

A text that cannot be read is kept beside the value, as it was typed, until it is mended; undo takes
it back like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.cells import set_cell
from sopdesk.document.texts import clean
from sopdesk.document.unread import Unread
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr
from ui.editor.table.cell_texts import why_unread
from ui.editor.table.columns import column_title
from ui.editor.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopdesk.document.values import Procedure, Sop
    from ui.editor.table.cell_texts import Cell
    from ui.session import Session


class CellWriter:
    """Writes cells, each call one undo."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(
        self, cells: Mapping[str, Mapping[str, str]], label: str, merge_key: str | None = None
    ) -> bool:
        """Write texts, by step and column, as one undo; False where one could not be read.

        Undo and redo know what could not be read, too.
        """
        work, procedure = self._session.work, self._session.procedure
        if work is None or procedure is None:
            return False
        after, unread, is_all_read = procedure, self._session.unread, True
        for step, texts in cells.items():
            for column, text in texts.items():
                unread.pop((step, column), None)
                try:
                    after = set_cell(after, step, column, clean(text), kind_words())
                except UserError:
                    unread[step, column], is_all_read = clean(text), False
        beside = work.with_cells(unread)
        self._session.apply_to_procedure(label, lambda _: after, merge_key, beside)
        return is_all_read

    def rehearse(self, step: str, column: str, text: str) -> Sop | Unread | None:
        """Return the SOP with a cell's text written, else what of it cannot be read yet."""
        text = clean(text)
        if why_unread(self._session.procedure, step, column, text) is not None:
            return Unread(self._session.procedure_index, step, column, text)

        def write(procedure: Procedure) -> Procedure:
            return set_cell(procedure, step, column, text, kind_words())

        return self._session.rehearse(lambda: self._session.apply_to_procedure("", write))

    def read_waiting(self, merge_key: str) -> None:
        """Read again what could not be read: a step just inserted may be the one that it names.

        Both are one undo if they have the `merge_key` in common.
        """
        waiting: dict[str, dict[str, str]] = {}
        for (step, column), text in self._session.unread.items():
            waiting.setdefault(step, {})[column] = text
        if waiting:
            self.write(waiting, tr("Insert step"), merge_key)

    def forget_unread(self, cell: Cell) -> None:
        """Give up what could not be read in a cell."""
        work, unread = self._session.work, self._session.unread
        if work is not None and unread.pop(cell, None) is not None:
            label = tr("Edit {column}", column=column_title(cell[1]))
            self._session.keep_unread(label, work.with_cells(unread))
