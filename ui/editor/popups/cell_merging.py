"""Cells over several rows, as a menu at the pointer offers to make and part them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.merged_cells import SPANNING, cell_rows
from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from sopdesk.document.values import Procedure
    from ui.session import Session


class CellMerging:
    """What can be done to the selected steps' cells in the pointed `columns`, each as one undo."""

    def __init__(self, session: Session, columns: Collection[str]) -> None:
        self._session = session
        self._columns = [column for column in SPANNING if column in columns]
        self._chosen = frozenset(session.selection.steps)

    @property
    def is_possible(self) -> bool:
        """Whether a step is selected and a column pointed at whose cells may be merged."""
        return bool(self._columns and self._rows())

    @property
    def is_single(self) -> bool:
        """Whether each column has one selected cell alone, which may take in the row below."""
        return all(self._rows()[-1] in self._cell(column) for column in self._columns)

    @property
    def can_merge(self) -> bool:
        """Whether there is another cell to take in."""
        procedure = self._session.procedure
        return procedure is not None and self._merged(procedure) is not procedure

    @property
    def can_part(self) -> bool:
        """Whether one of the cells covers several rows."""
        procedure = self._session.procedure
        return procedure is not None and self._parted(procedure) is not procedure

    def merge(self) -> None:
        """Make one cell of the selected ones; a single one takes in the row below it."""
        self._session.apply_to_procedure(tr("Merge cells"), self._merged)

    def part(self) -> None:
        """Give each row its own cell again."""
        self._session.apply_to_procedure(tr("Part cells"), self._parted)

    def _rows(self) -> list[int]:
        """Return the rows of the selected steps as they stand now: an open menu stops nobody."""
        procedure = self._session.procedure
        steps = procedure.steps if procedure is not None else ()
        return [row for row, step in enumerate(steps) if step.id in self._chosen]

    def _cell(self, column: str) -> range:
        """Return the rows of the first selected cell of a column."""
        procedure = self._session.procedure
        return cell_rows(procedure.steps if procedure else (), self._rows()[0], column)

    def _merged(self, procedure: Procedure) -> Procedure:
        if not (rows := self._rows()):
            return procedure
        for column in self._columns:
            last = self._cell(column).stop if self.is_single else rows[-1]
            ids = [step.id for step in procedure.steps[rows[0] : last + 1]]
            procedure = edits.merge_cells(procedure, ids, column)
        return procedure

    def _parted(self, procedure: Procedure) -> Procedure:
        for column in self._columns:
            for row in self._rows():
                procedure = edits.part_cell(procedure, procedure.steps[row].id, column)
        return procedure
