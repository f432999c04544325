"""Which text of the sheet can be edited where it stands, and what writing it changes.

A text is known by what it belongs to, never by its place or its words: so it is found again when a
save, an undo or a colleague has changed the SOP under an open field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.cells import cell_text, set_cell
from sopdesk.document.texts import clean
from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from sopdesk.sheet.values import Rect
from ui.editor.fields.choice_list import Choices
from ui.editor.fields.choices import cell_choices
from ui.editor.sheet.hits import cell_on, find_shape_on
from ui.editor.words import NO, YES, kind_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Flow, Procedure
    from sopdesk.sheet.values import Connector, Page
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session

_LEAST_MM = 14.0
"""The least width of a field over a small text such as a label."""


class TextTarget:
    """A text of the flow table that is looked at. `name` is what a screen reader calls it."""

    def __init__(self, session: Session, name: str) -> None:
        self._session, self.name = session, name

    def text(self) -> str | None:
        """Return what it says now, None where the SOP has it no more."""
        raise NotImplementedError

    def write(self, typed: str) -> None:
        """Let it say this, as one undo."""
        raise NotImplementedError

    def rect_on(self, page: Page) -> Rect | None:
        """Return where it stands on a page, in mm; None where it does not."""
        raise NotImplementedError

    def choices(self, vocabulary: Vocabulary) -> Choices:
        """Return what is offered while it is typed; nothing here."""
        return Choices()

    @property
    def _procedure(self) -> Procedure | None:
        return self._session.procedure

    def _change(self, label: str, edit: Callable[[Procedure], Procedure]) -> None:
        self._session.apply_to_procedure(label, edit)


class CellTarget(TextTarget):
    """A cell of the flow table."""

    def __init__(self, session: Session, step: str, column: str) -> None:
        super().__init__(session, tr("Edit text"))
        self.step, self.column = step, column

    def text(self) -> str | None:
        """Return what the cell holds for editing."""
        procedure = self._procedure
        if procedure is None or self._row(procedure) is None:
            return None
        return cell_text(procedure, self.step, self.column, kind_words())

    def write(self, typed: str) -> None:
        """Set the cell."""
        self._change(
            tr("Edit text"),
            lambda value: set_cell(value, self.step, self.column, clean(typed), kind_words()),
        )

    def rect_on(self, page: Page) -> Rect | None:
        """Return the cell, or the part of it on this page."""
        sop = self._session.sop
        if sop is None:
            return None
        cell = cell_on(page, self.step, self.column, look_of(sop, self._session.office))
        return cell.rect if cell is not None else None

    def choices(self, vocabulary: Vocabulary) -> Choices:
        """Return what the cell of the step table offers."""
        procedure = self._procedure
        row = self._row(procedure) if procedure is not None else None
        return cell_choices(procedure, row or 0, self.column, vocabulary.words)

    def _row(self, procedure: Procedure) -> int | None:
        steps = [step.id for step in procedure.steps]
        return steps.index(self.step) if self.step in steps else None


class LabelTarget(TextTarget):
    """A flow's label, or the place for one at its beginning."""

    def __init__(self, session: Session, procedure: Procedure, flow: int) -> None:
        super().__init__(session, tr("Label of the arrow"))
        self._ends = _ends(procedure.flows[flow])
        self._nth = _between(procedure, self._ends).index(flow)

    def text(self) -> str | None:
        """Return the label, `""` where there is none."""
        procedure = self._procedure
        flow = self._flow(procedure) if procedure is not None else None
        return procedure.flows[flow].label if procedure and flow is not None else None

    def write(self, typed: str) -> None:
        """Set the label; empty removes it."""

        def edit(value: Procedure) -> Procedure:
            flow = self._flow(value)
            return value if flow is None else edits.set_label(value, flow, clean(typed).strip())

        self._change(tr("Edit label"), edit)

    def rect_on(self, page: Page) -> Rect | None:
        """Return the label's place, or that of one at the flow's beginning."""
        flow = self._flow(self._procedure) if self._procedure is not None else None
        part = next((one for one in page.connectors if one.flow == flow), None)
        return _widened(_label_rect(part)) if part is not None else None

    def choices(self, vocabulary: Vocabulary) -> Choices:
        """Return the labels of a decision's exits."""
        return Choices.of((YES, NO))

    def _flow(self, procedure: Procedure) -> int | None:
        between = _between(procedure, self._ends)
        return between[self._nth] if self._nth < len(between) else None


class SymbolTarget(TextTarget):
    """The text inside a symbol."""

    def __init__(self, session: Session, symbol: str) -> None:
        super().__init__(session, tr("Text in the symbol"))
        self._symbol = symbol

    def text(self) -> str | None:
        """Return the text."""
        symbols = self._procedure.symbols if self._procedure is not None else ()
        return next((one.text for one in symbols if one.id == self._symbol), None)

    def write(self, typed: str) -> None:
        """Set the text; empty removes it."""
        self._change(
            tr("Edit text"),
            lambda value: edits.set_symbol_text(value, self._symbol, clean(typed).strip()),
        )

    def rect_on(self, page: Page) -> Rect | None:
        """Return the symbol's bounds."""
        shape = find_shape_on(page, self._symbol)
        return _widened(shape.rect) if shape is not None else None


def _ends(flow: Flow) -> tuple[str, str]:
    return flow.source, flow.target


def _between(procedure: Procedure, ends: tuple[str, str]) -> list[int]:
    """Return the flows between two symbols: they have no ids, so they are told apart by order."""
    return [index for index, flow in enumerate(procedure.flows) if _ends(flow) == ends]


def _label_rect(connector: Connector) -> Rect:
    if connector.label_rect is not None:
        return connector.label_rect
    x, y = connector.points[0]
    return Rect(x + 1, y, x + 1 + _LEAST_MM, y + 4)


def _widened(rect: Rect) -> Rect:
    spare = max(0.0, _LEAST_MM - rect.width) / 2
    return Rect(rect.left - spare, rect.top, rect.right + spare, rect.bottom)
