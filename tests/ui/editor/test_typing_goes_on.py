"""Typing into a cell goes on over saves, a colleague's changes and a look at another window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QTableView

from sopdesk.document import edits
from sopdesk.document.values import Step
from tests.ui.conftest import look
from tests.ui.editor.clerk import look_elsewhere, press, save_as_colleague, type_
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.table.model import COLUMN_KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.session import Session

FIRST = "Menerima berkas Surat Masuk"


@pytest.fixture
def table(pane: EditorPane) -> QTableView:
    """The table, focused, its first activity current."""
    table = pane.findChild(QTableView, "step_table")
    table.setFocus()
    index = table.model().index(0, COLUMN_KEYS.index("activity"))
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    table.selectionModel().setCurrentIndex(index, only)
    return table


def activity(session: Session, row: int = 0) -> str:
    return session.procedure.steps[row].activity


def field() -> CellEditor:
    """Return the open cell, which has the keyboard."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, CellEditor)
    return focused


def set_cursor(place: int) -> None:
    cursor = field().textCursor()
    cursor.setPosition(place)
    field().setTextCursor(cursor)


def with_remark(value: Procedure) -> Procedure:
    return edits.change_step(value, value.steps[1].id, remarks="Dari rekan")


def test_a_save_in_the_middle_of_a_cell_saves_it_and_leaves_the_cursor(
    table: QTableView, session: Session
) -> None:
    press(Qt.Key.Key_F2)
    set_cursor(len("Menerima "))
    type_("dua ")
    session.save().wait()
    assert activity(session) == "Menerima dua berkas Surat Masuk"
    assert not session.unsaved_sops
    type_("atau tiga ")
    press(Qt.Key.Key_Return)
    assert activity(session) == "Menerima dua atau tiga berkas Surat Masuk"


def test_a_space_just_typed_is_not_lost_by_a_save(table: QTableView, session: Session) -> None:
    type_("Mencari ")
    session.save().wait()
    type_("arsip")
    press(Qt.Key.Key_Return)
    assert activity(session) == "Mencari arsip"


def test_after_a_save_esc_leaves_what_was_saved(table: QTableView, session: Session) -> None:
    type_("Mencari")
    session.save().wait()
    type_(" arsip")
    press(Qt.Key.Key_Escape)
    assert activity(session) == "Mencari"


def test_undo_beside_an_open_cell_is_seen_in_it(table: QTableView, session: Session) -> None:
    press(Qt.Key.Key_F2)
    type_(" lengkap")
    session.undo()
    assert field().toPlainText() == FIRST
    type_(" baru")
    press(Qt.Key.Key_Return)
    assert activity(session) == f"{FIRST} baru"


def test_a_colleagues_save_leaves_the_cell_and_its_cursor(
    table: QTableView, session: Session, office_path: Path
) -> None:
    press(Qt.Key.Key_F2)
    set_cursor(len("Menerima "))
    type_("dua ")
    save_as_colleague(office_path, session.sop.uuid, with_remark)
    look(session)
    assert session.work.foreign is not None
    type_("atau tiga ")
    press(Qt.Key.Key_Return)
    assert activity(session) == "Menerima dua atau tiga berkas Surat Masuk"


@pytest.mark.parametrize("key", ["above", "below"])
def test_a_cell_without_a_change_stays_open_where_its_step_has_moved(
    table: QTableView, session: Session, office_path: Path, key: str
) -> None:
    press(Qt.Key.Key_F2)
    set_cursor(len("Menerima "))

    def edit(value: Procedure) -> Procedure:
        if key == "above":
            value = edits.insert_step(value, Step(activity="Dari rekan"), 0)
            return edits.delete_steps(value, (value.steps[-1].id,))
        return edits.move_step(value, value.steps[0].id, 2)

    save_as_colleague(office_path, session.sop.uuid, edit)
    look(session)
    assert session.procedure.steps[0].activity != FIRST
    type_("dua ")
    press(Qt.Key.Key_Return)
    assert "Menerima dua berkas Surat Masuk" in [s.activity for s in session.procedure.steps]


def test_a_cell_without_a_change_shows_what_a_colleague_made_of_it(
    table: QTableView, session: Session, office_path: Path
) -> None:
    press(Qt.Key.Key_F2)
    save_as_colleague(
        office_path,
        session.sop.uuid,
        lambda value: edits.change_step(value, value.steps[0].id, activity="Menerima surat"),
    )
    look(session)
    assert field().toPlainText() == "Menerima surat"
    type_(" masuk")
    press(Qt.Key.Key_Return)
    assert activity(session) == "Menerima surat masuk"


@pytest.mark.parametrize("typed", ["", "en"])
def test_letters_for_a_step_that_a_colleague_removed_go_into_no_other_cell(
    table: QTableView, session: Session, office_path: Path, typed: str
) -> None:
    table.setCurrentIndex(table.model().index(0, COLUMN_KEYS.index("next")))
    press(Qt.Key.Key_F2)
    field().selectAll()
    type_(typed)
    save_as_colleague(
        office_path,
        session.sop.uuid,
        lambda value: edits.delete_steps(value, (value.steps[0].id,)),
    )
    look(session)
    left = session.procedure
    assert len(left.steps) == 2
    type_("tah")
    press(Qt.Key.Key_Return)
    assert session.procedure is left
    assert session.unread == {}
    assert [one.text for one in session.work.stranded] == ([typed] if typed else [])


def test_another_sop_closes_the_cell_and_keeps_its_text(
    table: QTableView, session: Session
) -> None:
    first, second = (entry.uuid for entry in session.entries[:2])
    type_("Mencari")
    session.open_sop(second)
    assert table.findChild(CellEditor) is None or not table.findChild(CellEditor).isVisible()
    assert activity(session) != "Mencari"
    session.open_sop(first)
    assert activity(session) == "Mencari"


def test_a_look_at_another_window_leaves_the_cell_open(
    table: QTableView, session: Session, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_F2)
    type_(" dan")
    look_elsewhere(table.window(), qtbot)
    type_(" Surat Keluar")
    press(Qt.Key.Key_Return)
    assert activity(session) == f"{FIRST} dan Surat Keluar"


def text_of(table: QTableView, row: int, column: str) -> str:
    return str(table.model().index(row, COLUMN_KEYS.index(column)).data(Qt.ItemDataRole.EditRole))


def write(table: QTableView, row: int, column: str, words: str) -> None:
    table.setCurrentIndex(table.model().index(row, COLUMN_KEYS.index(column)))
    type_(words)
    press(Qt.Key.Key_Return)


def test_undo_takes_back_what_cannot_be_read_before_older_changes(
    table: QTableView, session: Session
) -> None:
    write(table, 0, "activity", "Mencatat")
    write(table, 0, "next", "entah")
    write(table, 1, "next", "dua-tiga")
    assert (text_of(table, 0, "next"), text_of(table, 1, "next")) == ("entah", "dua-tiga")
    session.undo()
    assert (text_of(table, 0, "next"), text_of(table, 1, "next")) == ("entah", "3")
    session.undo()
    assert (text_of(table, 0, "next"), activity(session)) == ("2", "Mencatat")
    session.undo()
    assert activity(session) == FIRST
    assert not session.can_undo


def test_undo_of_cells_of_which_one_cannot_be_read_takes_back_all(
    table: QTableView, session: Session
) -> None:
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    model = table.model()
    chosen = QItemSelection(
        model.index(0, COLUMN_KEYS.index("next")), model.index(0, COLUMN_KEYS.index("remarks"))
    )
    table.selectionModel().select(chosen, only)
    table.fill_cells("entah")
    session.undo()
    assert text_of(table, 0, "next") == "2"
    assert text_of(table, 0, "remarks") == ""
    assert not session.can_undo


def test_where_an_undone_step_was_the_frame_is_selected(
    table: QTableView, session: Session
) -> None:
    table.setCurrentIndex(table.model().index(2, COLUMN_KEYS.index("activity")))
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Return)
    assert table.model().rowCount() == 4
    session.undo()
    assert table.currentIndex().row() == 2
    assert session.selection.steps == (session.procedure.steps[2].id,)
