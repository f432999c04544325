"""The changes that keys, handles, buttons and menus ask for, each one undo.

Works on the selection that all views share, and selects what it made. Knows no view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.values import Kind, Step
from sopdesk.foundation.wording import tr
from ui.editor.words import free_label
from ui.works import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Flow, Line, Procedure, Side, Symbol
    from ui.session import Session


def insertion_merge_key(step: str) -> str:
    """Return what lets the insertion of a step, and what follows from it, be one undo."""
    return f"insertion/{step}"


def _without_symbols(value: Procedure, steps: tuple[str, ...]) -> Procedure:
    for symbol in value.symbols:
        if symbol.step in steps:
            value = edits.remove_symbol(value, symbol.id)
    return value


class Commands:
    """What can be done to the flow table that is looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # What is selected

    @property
    def procedure(self) -> Procedure | None:
        """The flow table that is looked at."""
        return self._session.procedure

    def selected_rows(self) -> list[int]:
        """Return the rows of the selected steps, in order."""
        procedure = self.procedure
        if procedure is None:
            return []
        chosen = set(self._session.selection.steps)
        return [row for row, step in enumerate(procedure.steps) if step.id in chosen]

    def selected_symbol(self) -> Symbol | None:
        """Return the selected symbol, or the first of the selected step."""
        procedure, selection = self.procedure, self._session.selection
        if procedure is None:
            return None
        for symbol in procedure.symbols:
            if symbol.id == selection.symbol:
                return symbol
        first = selection.steps[0] if selection.steps else None
        return next((s for s in procedure.symbols if s.step == first), None)

    def select_step(self, step_id: str) -> None:
        """Select a step and its first symbol."""
        procedure = self.procedure
        if procedure is not None:
            symbol = next((s.id for s in procedure.symbols if s.step == step_id), None)
            self._session.select(Selection((step_id,), symbol))

    def select_symbol(self, symbol_id: str) -> None:
        """Select a symbol and its step."""
        procedure = self.procedure
        if procedure is not None:
            step = next((s.step for s in procedure.symbols if s.id == symbol_id), None)
            self._session.select(Selection((step,) if step else (), symbol_id))

    # Steps

    def insert_below(self) -> str | None:
        """Insert a step below the selected ones, connected, and select it; return its id."""
        rows = self.selected_rows()
        return self._insert(rows[-1] + 1 if rows else None)

    def insert_above(self) -> str | None:
        """Insert a step above the selected ones; otherwise like `insert_below`."""
        rows = self.selected_rows()
        return self._insert(rows[0] if rows else 0)

    def append(self) -> str | None:
        """Add a step at the end; otherwise like `insert_below`."""
        return self._insert(None)

    def _insert(self, at: int | None) -> str | None:
        procedure = self.procedure
        if procedure is None:
            return None
        row = len(procedure.steps) if at is None else at
        symbol = self.selected_symbol()
        lane = symbol.lanes[0] if symbol and symbol.lanes else None
        step = Step()
        if not self._session.apply_to_procedure(
            tr("Insert step"),
            lambda value: edits.insert_step(value, step, row, lane),
            insertion_merge_key(step.id),
        ):
            return None
        self.select_step(step.id)
        return step.id

    def delete_steps(self) -> None:
        """Delete the selected steps; their neighbours are joined, the one that follows selected."""
        rows, steps = self.selected_rows(), self._session.selection.steps
        if rows and self._apply(tr("Delete step"), lambda value: edits.delete_steps(value, steps)):
            self._select_row(rows[0])

    def move_steps(self, by: int) -> None:
        """Move the selected steps up or down by a row, as a block."""
        procedure, rows = self.procedure, self.selected_rows()
        if procedure is None or not rows:
            return
        if rows[0] + by < 0 or rows[-1] + by >= len(procedure.steps):
            return
        ids = [procedure.steps[row].id for row in rows]

        def edit(value: Procedure) -> Procedure:
            # From the end that moves first, so that no step of the block jumps over another.
            for row, step_id in sorted(zip(rows, ids, strict=True), reverse=by > 0):
                value = edits.move_step(value, step_id, row + by)
            return value

        self._apply(tr("Move step"), edit)

    def refer_to(self, step_id: str, uuid: str | None) -> None:
        """Let a step refer to another SOP, or to none; its number and title print below."""
        self._apply(
            tr("Refer to another SOP"),
            lambda value: edits.change_step(value, step_id, refers_to=uuid),
        )

    # Symbols and flows

    def set_kind(self, kind: Kind) -> None:
        """Give the selected symbol another kind."""
        symbol = self.selected_symbol()
        if symbol is not None:
            self._apply(tr("Change symbol"), lambda value: edits.set_kind(value, symbol.id, kind))

    def shift_lane(self, by: int) -> None:
        """Move the selected symbol to the neighbouring lane, a wide one as a whole."""
        procedure, symbol = self.procedure, self.selected_symbol()
        if procedure is None or symbol is None or not symbol.lanes:
            return
        order = [lane.id for lane in procedure.lanes]
        places = [order.index(lane) + by for lane in symbol.lanes]
        if places[0] < 0 or places[-1] >= len(order):
            return
        self.move_symbol(symbol.id, tuple(order[place] for place in places), None)

    def move_symbol(self, symbol_id: str, lanes: tuple[str, ...], step_id: str | None) -> None:
        """Move a symbol to lanes, and to another step unless None."""
        self._apply(
            tr("Move symbol"), lambda value: edits.move_symbol(value, symbol_id, lanes, step_id)
        )
        self.select_symbol(symbol_id)

    def add_symbol(
        self, step_id: str, lane_id: str, kind: Kind | None = None, flow: int | None = None
    ) -> None:
        """Put a symbol into a cell, and select it; lead a flow through it unless None."""
        before = {s.id for s in self.procedure.symbols} if self.procedure else set()

        def edit(value: Procedure) -> Procedure:
            if flow is None:
                return edits.add_symbol(value, step_id, (lane_id,), kind)
            return edits.add_on_flow(value, flow, step_id, (lane_id,), kind or Kind.PROCESS)

        self._apply(tr("Add symbol"), edit)
        after = self.procedure.symbols if self.procedure else ()
        for symbol in after:
            if symbol.id not in before:
                self.select_symbol(symbol.id)

    def add_symbol_to_step(self) -> None:
        """Put one more symbol into the first selected step, in the next lane without one of it.

        Where every lane has one it stands beside the selected symbol.
        """
        procedure, rows = self.procedure, self.selected_rows()
        if procedure is None or not rows or not procedure.lanes:
            return
        step = procedure.steps[rows[0]].id
        order = [lane.id for lane in procedure.lanes]
        taken = {lane for s in procedure.symbols if s.step == step for lane in s.lanes}
        symbol = self.selected_symbol()
        at = order.index(symbol.lanes[-1]) if symbol is not None and symbol.lanes else 0
        turned = (*order[at:], *order[:at])
        self.add_symbol(step, next((lane for lane in turned if lane not in taken), turned[0]))

    def remove_selected(self) -> None:
        """Remove the selected flow, else what `remove_symbols` removes."""
        selection = self._session.selection
        flow = selection.flow
        if flow is None:
            self.remove_symbols()
        else:
            self._apply(tr("Delete arrow"), lambda value: edits.disconnect(value, flow))
            self._session.select(Selection(selection.steps, selection.symbol))

    def remove_symbols(self) -> None:
        """Remove the selected symbol, or all of many steps; their neighbours are joined."""
        selection = self._session.selection
        symbol = selection.symbol
        if symbol is not None:
            self._apply(tr("Delete symbol"), lambda value: edits.remove_symbol(value, symbol))
        elif len(selection.steps) > 1:
            self._apply(tr("Delete symbol"), lambda value: _without_symbols(value, selection.steps))

    def connect(self, source: str, target: str, label: str | None = None) -> None:
        """Draw a flow and select it; a decision's exit takes the label still free, unless given."""
        procedure = self.procedure
        if procedure is None:
            return
        text = free_label(procedure, source) if label is None else label
        if self._apply(tr("Connect"), lambda value: edits.connect(value, source, target, text)):
            for index, flow in enumerate(self._session.procedure.flows):  # type: ignore[union-attr]
                if (flow.source, flow.target) == (source, target):
                    self._session.select(Selection(self._session.selection.steps, source, index))

    def reconnect(self, flow: int, source: str | None, target: str | None) -> None:
        """Let a flow begin or end at another symbol."""
        self._apply(
            tr("Reconnect arrow"),
            lambda value: edits.reconnect(value, flow, source=source, target=target),
        )

    def selected_flow(self) -> Flow | None:
        """Return the selected flow."""
        index, procedure = self._session.selection.flow, self.procedure
        return procedure.flows[index] if procedure is not None and index is not None else None

    def set_line(self, line: Line) -> None:
        """Make the selected flow an arrow or a plain line."""
        index = self._session.selection.flow
        if index is not None:
            self._apply(tr("Change arrow"), lambda value: edits.set_line(value, index, line))

    def set_sides(self, leave: Side | None, enter: Side | None) -> None:
        """Fix where the selected flow leaves and enters; None leaves it to the layout."""
        index = self._session.selection.flow
        if index is not None:
            self._apply(
                tr("Change arrow"), lambda value: edits.set_sides(value, index, leave, enter)
            )

    # Several steps at once

    def put(self, label: str, edit: Callable[[Procedure], Procedure]) -> None:
        """Apply an edit that adds steps, and select what it added."""
        before = {step.id for step in self.procedure.steps} if self.procedure else set()
        if self._apply(label, edit) and self.procedure is not None:
            added = tuple(step.id for step in self.procedure.steps if step.id not in before)
            self._session.select(Selection(added))

    def _apply(self, label: str, edit: Callable[[Procedure], Procedure]) -> bool:
        return self._session.apply_to_procedure(label, edit)

    def _select_row(self, row: int) -> None:
        procedure = self.procedure
        if procedure is not None and procedure.steps:
            self.select_step(procedure.steps[min(row, len(procedure.steps) - 1)].id)
