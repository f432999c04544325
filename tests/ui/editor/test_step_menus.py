"""The menus at the pointer tell keys that do the same where they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QTableView

from ui.editor.canvas.view import SheetView
from ui.editor.table.columns import COLUMN_KEYS
from ui.editor.table.lanes_bar import LanesBar
from ui.works import Selection

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ui.editor import EditorPane
    from ui.session import Session

ACTIVITY = COLUMN_KEYS.index("activity")


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """The menus that were asked for; the screenless platform cannot show one."""
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    return shown


@pytest.fixture
def table(pane: EditorPane) -> QTableView:
    """The table, the second step's activity current."""
    table = pane.findChild(QTableView, "step_table")
    assert table is not None
    table.setCurrentIndex(table.model().index(1, ACTIVITY))
    return table


def entry(menu: QMenu, words: str) -> QAction:
    (found,) = [a for a in menu.actions() if a.text().partition("\t")[0] == words]
    return found


def keys(action: QAction) -> str:
    return action.text().partition("\t")[2]


def on_del(menu: QMenu) -> list[str]:
    return [a.text().partition("\t")[0] for a in menu.actions() if keys(a) in ("Del", "Delete")]


def test_in_the_table_del_empties_cells(
    table: QTableView, menus: list[QMenu], session: Session
) -> None:
    table.menu_asked.emit(QPoint())
    assert on_del(menus[0]) == ["Kosongkan Sel"]
    entry(menus[0], "Kosongkan Sel").trigger()
    by_menu = session.sop
    session.undo()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert session.sop == by_menu
    assert session.procedure.steps[1].activity == ""


def test_on_the_canvas_del_removes_the_symbol(
    pane: EditorPane, table: QTableView, menus: list[QMenu], session: Session
) -> None:
    canvas = pane.findChild(SheetView, "sheet_view")
    assert canvas is not None
    canvas.menu_asked.emit(QPoint())
    assert on_del(menus[0]) == ["Hapus Simbol"]
    entry(menus[0], "Hapus Simbol").trigger()
    assert len(session.procedure.symbols) == 2


def test_the_table_has_its_own_menu_while_an_arrow_is_selected(
    table: QTableView, menus: list[QMenu], session: Session
) -> None:
    second = session.procedure.symbols[1].id
    session.select(Selection((session.procedure.steps[1].id,), second, 0))
    table.menu_asked.emit(QPoint())
    entry(menus[0], "Hapus Simbol").trigger()
    assert second not in {symbol.id for symbol in session.procedure.symbols}


def test_a_further_symbol_comes_into_the_next_lane_without_one(
    pane: EditorPane, table: QTableView, menus: list[QMenu], session: Session
) -> None:
    pane.findChild(LanesBar).add_lane()
    table.setCurrentIndex(table.model().index(1, ACTIVITY))
    before = {symbol.id for symbol in session.procedure.symbols}
    staff, other = (lane.id for lane in session.procedure.lanes)
    for lane in (other, other):
        table.menu_asked.emit(QPoint())
        entry(menus[-1], "Tambah Simbol di Langkah Ini").trigger()
        (added,) = [s for s in session.procedure.symbols if s.id not in before]
        assert (added.step, added.lanes) == (session.procedure.steps[1].id, (lane,))
        assert session.selection.symbol == added.id
        before.add(added.id)
    session.undo()
    session.undo()
    assert [s.lanes for s in session.procedure.symbols] == [(staff,)] * 3


def test_the_key_above_the_shift_key_has_one_name(table: QTableView, menus: list[QMenu]) -> None:
    table.menu_asked.emit(QPoint())
    told = [keys(action) for action in menus[0].actions()]
    assert {"Ctrl+Enter", "Ctrl+Shift+Enter"} <= set(told)
