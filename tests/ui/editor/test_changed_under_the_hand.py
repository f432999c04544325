"""A colleague's change that comes while something is selected, dragged or asked for by a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sopdesk.document import edits
from tests.ui.conftest import look
from tests.ui.editor.clerk import press, save_as_colleague
from ui.editor.popups.cell_merging import CellMerging
from ui.editor.sheet.overlay import grips_of
from ui.works import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QPoint

    from sopdesk.document.values import Procedure
    from ui.editor.canvas.view import SheetView
    from ui.session import Session

    Change = Callable[[Callable[[Procedure], Procedure]], None]


@pytest.fixture
def change(view: SheetView, session: Session, office_path: Path) -> Change:
    """What a colleague does to the flow table, and this window takes in."""
    session.save().wait()

    def change(edit: Callable[[Procedure], Procedure]) -> None:
        save_as_colleague(office_path, session.sop.uuid, edit)
        look(session)
        view.flush()

    return change


def without_first_flow(value: Procedure) -> Procedure:
    return edits.disconnect(value, 0)


def without_last(value: Procedure) -> Procedure:
    return edits.delete_steps(value, (value.steps[-1].id,))


def without_first(value: Procedure) -> Procedure:
    return edits.delete_steps(value, (value.steps[0].id,))


def test_no_other_arrow_is_deleted_for_the_one_that_was_selected(
    view: SheetView, session: Session, change: Change
) -> None:
    view.setFocus()
    session.select(Selection(flow=0))
    change(without_first_flow)
    left = session.procedure.flows
    press(Qt.Key.Key_Delete)
    assert len(left) == 1
    assert session.procedure.flows == left


def test_an_arrow_that_only_changes_its_label_stays_selected(
    session: Session, change: Change
) -> None:
    session.select(Selection(flow=1))
    change(lambda value: edits.set_label(value, 1, "Ya"))
    assert session.selection.flow == 1


def test_no_other_arrow_is_led_away_for_the_one_in_hand(
    view: SheetView, session: Session, change: Change
) -> None:
    def middle(row: int) -> QPoint:
        rect = view.symbol_rect(session.procedure.symbols[row].id)
        assert rect is not None
        return rect.center().toPoint()

    session.select(Selection(flow=0))
    page, connector = view.selected_parts()[0]
    end, left = grips_of(view, page, connector)[0].center().toPoint(), Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, pos=end)
    change(without_first_flow)
    kept = session.procedure.flows
    QTest.mouseMove(view.viewport(), middle(0))
    QTest.mouseRelease(view.viewport(), left, pos=middle(0))
    assert session.procedure.flows == kept


def test_a_menu_merges_no_cells_of_a_step_that_is_gone(session: Session, change: Change) -> None:
    session.select(Selection((session.procedure.steps[-1].id,)))
    cells = CellMerging(session, ("duration",))
    change(without_last)
    before = session.sop
    cells.part()
    cells.merge()
    assert session.sop is before


def test_a_menu_merges_the_cells_that_it_was_asked_for(session: Session, change: Change) -> None:
    second, third = session.procedure.steps[1:]
    session.select(Selection((second.id, third.id)))
    cells = CellMerging(session, ("duration",))
    change(without_first)
    cells.merge()
    assert [step.id for step in session.procedure.steps] == [second.id, third.id]
    assert [step.spans.duration for step in session.procedure.steps] == [2, 1]
