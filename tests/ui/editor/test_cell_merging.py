"""Cells over several rows, merged and parted from the menu of the step table and the canvas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView

from sopdesk.document.edits import change_step, delete_steps
from sopdesk.document.ids import new_id
from ui.editor.canvas.view import SheetView
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.session import Session

DURATION = COLUMN_KEYS.index("duration")


@pytest.fixture
def table(pane: EditorPane, session: Session) -> QTableView:
    """The table, focused; the first step takes ten minutes."""
    first = session.procedure.steps[0].id
    session.apply_to_procedure(
        "Siapkan", lambda value: change_step(value, first, duration="10 menit")
    )
    table = pane.findChild(QTableView, "step_table")
    assert table is not None
    table.setFocus()
    return table


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """The menus that were asked for; the screenless platform cannot show one."""
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    return shown


def select(table: QTableView, rows: range, column: int = DURATION) -> None:
    model, flag = table.model(), QItemSelectionModel.SelectionFlag
    cells = QItemSelection(model.index(rows[0], column), model.index(rows[-1], column))
    table.selectionModel().setCurrentIndex(model.index(rows[0], column), flag.ClearAndSelect)
    table.selectionModel().select(cells, flag.ClearAndSelect)


def entry(menu: QMenu, words: str) -> QAction | None:
    return next((action for action in menu.actions() if action.text() == words), None)


def choose(menu: QMenu, words: str) -> None:
    action = entry(menu, words)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def ask(table: QTableView) -> None:
    table.menu_asked.emit(table.mapToGlobal(QPoint(5, 5)))


def spans(session: Session) -> list[int]:
    return [step.spans.duration for step in session.procedure.steps]


def test_selected_cells_are_merged_and_parted_each_as_one_undo(
    table: QTableView, session: Session, menus: list[QMenu]
) -> None:
    before = session.sop
    select(table, range(3))
    ask(table)
    choose(menus[-1], "Gabungkan Sel")
    assert spans(session) == [3, 1, 1]
    assert table.rowSpan(0, DURATION) == 3
    merged = session.sop
    select(table, range(1))
    ask(table)
    choose(menus[-1], "Pisahkan Sel")
    assert spans(session) == [1, 1, 1]
    assert table.rowSpan(0, DURATION) == 1
    session.undo()
    assert session.sop == merged
    session.undo()
    assert session.sop == before


def test_a_single_cell_takes_in_the_row_below_as_often_as_there_is_one(
    table: QTableView, session: Session, menus: list[QMenu]
) -> None:
    for rows in (2, 3):
        select(table, range(1))
        ask(table)
        choose(menus[-1], "Gabungkan dengan Baris di Bawah")
        assert spans(session)[0] == rows
    select(table, range(1))
    ask(table)
    last = entry(menus[-1], "Gabungkan dengan Baris di Bawah")
    assert last is not None
    assert not last.isEnabled()


def test_other_columns_offer_no_merging(table: QTableView, menus: list[QMenu]) -> None:
    select(table, range(2), COLUMN_KEYS.index("activity"))
    ask(table)
    assert entry(menus[-1], "Gabungkan Sel") is None


def test_enter_goes_on_below_a_merged_cell(
    table: QTableView, session: Session, menus: list[QMenu]
) -> None:
    select(table, range(2))
    ask(table)
    choose(menus[-1], "Gabungkan Sel")
    select(table, range(1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert table.currentIndex().row() == 2


def test_the_canvas_merges_the_cell_pointed_at(
    pane: EditorPane, table: QTableView, session: Session, menus: list[QMenu]
) -> None:
    canvas = pane.findChild(SheetView, "sheet_view")
    canvas.flush()
    page, text = next(
        (index, text)
        for index, page in enumerate(canvas.sheet.pages)
        for text in page.texts
        if text.role == "duration"
    )
    canvas.show_rect(page, text.cell, 0)
    place = canvas.to_view(page, text.cell).center()
    assert canvas.viewport().rect().contains(place.toPoint())
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    canvas.menu_asked.emit(canvas.viewport().mapToGlobal(QPointF(place).toPoint()))
    choose(menus[-1], "Gabungkan dengan Baris di Bawah")
    assert spans(session)[0] == 2


def test_a_merged_cell_comes_back_with_steps_that_were_all_deleted(
    table: QTableView, session: Session, menus: list[QMenu]
) -> None:
    select(table, range(3))
    ask(table)
    choose(menus[-1], "Gabungkan Sel")
    everything = tuple(step.id for step in session.procedure.steps)
    session.apply_to_procedure("Hapus", lambda value: delete_steps(value, everything))
    session.undo()
    assert table.rowSpan(0, DURATION) == 3


def test_a_merged_cell_stays_one_where_other_steps_take_the_place_of_its_own(
    table: QTableView, session: Session, menus: list[QMenu]
) -> None:
    select(table, range(3))
    ask(table)
    choose(menus[-1], "Gabungkan Sel")

    def others(value: Procedure) -> Procedure:
        steps = tuple(replace(step, id=new_id()) for step in value.steps)
        return replace(value, steps=steps, symbols=(), flows=())

    session.apply_to_procedure("Ganti", others)
    assert table.rowSpan(0, DURATION) == 3
