"""What stands in the cells of one flow table, each read when it is first asked for. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.cells import cell_text, set_cell, shown_numbers
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.editor.table.columns import COLUMN_KEYS, TYPED_KEYS
from ui.editor.table.row_changes import changed_rows
from ui.editor.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopdesk.document.values import Kind, Procedure

Cell = tuple[str, str]
"""A cell by its step and the key of its column."""


class CellTexts:
    """The texts of a flow table; one that cannot be read yet stands as it was typed."""

    def __init__(self) -> None:
        self.procedure: Procedure | None = None
        """The flow table that is read, None where there is none."""
        self._unread: Mapping[Cell, str] = {}
        self._numbers: Sequence[str] = ()
        self._known: dict[Cell, str] = {}

    def turn_to(self, procedure: Procedure | None, unread: Mapping[Cell, str]) -> list[int] | None:
        """Read another value; return the rows whose texts may be others now, None for any."""
        numbers = shown_numbers(procedure) if procedure is not None else ()
        is_near = unread == self._unread and tuple(numbers) == tuple(self._numbers)
        rows = changed_rows(self.procedure, procedure) if is_near else None
        self.procedure, self._unread, self._numbers = procedure, unread, numbers
        if rows is None or procedure is None:
            self._known.clear()
            return None
        for row in rows:
            for column in COLUMN_KEYS:
                self._known.pop((procedure.steps[row].id, column), None)
        return rows

    def keep_unread(self, unread: Mapping[Cell, str]) -> bool:
        """Know other texts that cannot be read yet; say whether they are others."""
        is_other, self._unread = unread != self._unread, unread
        return is_other

    def typed(self, step: str, column: str) -> str:
        """Return a cell's text as it is edited."""
        if (step, column) in self._unread:
            return self._unread[step, column]
        known = self._known.get((step, column))
        if known is None:
            assert self.procedure is not None
            known = cell_text(self.procedure, step, column, kind_words())
            self._known[step, column] = known
        return known

    def shown(self, row: int, step: str, column: str) -> str:
        """Return a cell's text as it is looked at: a number as the sheet prints it."""
        if column == "number" and (step, column) not in self._unread:
            return self._numbers[row]
        return self.typed(step, column)

    def is_blank(self, step: str) -> bool:
        """Return whether nothing was typed into a step's row."""
        return not any(self.typed(step, key) for key in TYPED_KEYS)

    def fault(self, step: str, column: str) -> str | None:
        """Return the sentence on why a cell could not be read, None where it could."""
        text = self._unread.get((step, column))
        if text is None:
            return None
        why = why_unread(self.procedure, step, column, text)
        return why or tr("It can be read now: press F2 and Enter.")

    def kinds(self, step: str) -> tuple[Kind, ...]:
        """Return the kinds of a step's symbols, in order."""
        symbols = self.procedure.symbols if self.procedure is not None else ()
        return tuple(symbol.kind for symbol in symbols if symbol.step == step)


def why_unread(procedure: Procedure | None, step: str, column: str, text: str) -> str | None:
    """Return why a text could not be written into a cell, None where it could."""
    assert procedure is not None
    try:
        set_cell(procedure, step, column, text, kind_words())
    except UserError as fault:
        return word_fault(fault)
    return None
