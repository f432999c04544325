"""The step table, driven by the keyboard as a clerk drives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableView

from sopdesk.document.edits import new_sop
from sopdesk.document.values import Kind
from tests.ui.editor.clerk import press, type_
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.fields.choice_list import ChoiceList
from ui.editor.table.columns import COLUMN_KEYS
from ui.editor.table.model import FAULT_ROLE
from ui.works import Selection

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from sopdesk.foundation.faults import UserError
    from ui.editor import EditorPane
    from ui.session import Session

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def table(pane: EditorPane) -> QTableView:
    """The table, focused, its first activity current."""
    table = pane.findChild(QTableView, "step_table")
    assert table is not None
    table.setFocus()
    go_to(table, 0, "activity")
    return table


def go_to(table: QTableView, row: int, column: str) -> None:
    index = table.model().index(row, COLUMN_KEYS.index(column))
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    table.selectionModel().setCurrentIndex(index, only)


def write(table: QTableView, row: int, column: str, words: str) -> None:
    """Type over a cell and leave it by Enter."""
    go_to(table, row, column)
    type_(words)
    press(Qt.Key.Key_Return)


def text(table: QTableView, row: int, column: str) -> str:
    index = table.model().index(row, COLUMN_KEYS.index(column))
    return str(index.data(Qt.ItemDataRole.EditRole))


def texts(table: QTableView, column: str) -> list[str]:
    return [text(table, row, column) for row in range(table.model().rowCount())]


def test_columns_carry_their_keys_and_the_words_of_the_interface(table: QTableView) -> None:
    model, across = table.model(), Qt.Orientation.Horizontal
    keys = [model.headerData(c, across, Qt.ItemDataRole.UserRole) for c in range(9)]
    words = [model.headerData(c, across, Qt.ItemDataRole.DisplayRole) for c in range(9)]
    assert keys == list(COLUMN_KEYS)
    assert words == ["No", "Kegiatan", "Pelaksana", "Simbol", "Lanjut ke", "Kelengkapan", "Waktu",
                     "Output", "Ket."]  # fmt: skip


def test_typing_on_a_cell_replaces_its_text_and_enter_goes_down(table: QTableView) -> None:
    type_("Mencatat")
    press(Qt.Key.Key_Return)
    assert text(table, 0, "activity") == "Mencatat"
    assert table.currentIndex().row() == 1
    assert table.currentIndex().column() == COLUMN_KEYS.index("activity")


def test_f2_edits_behind_the_text_and_tab_goes_right(table: QTableView) -> None:
    press(Qt.Key.Key_F2)
    type_(" lengkap")
    press(Qt.Key.Key_Tab)
    assert text(table, 0, "activity") == "Menerima berkas Surat Masuk lengkap"
    assert table.currentIndex().column() == COLUMN_KEYS.index("lanes")


def test_tab_behind_an_empty_last_cell_goes_on_to_the_next_step(table: QTableView) -> None:
    activity, last = COLUMN_KEYS.index("activity"), len(COLUMN_KEYS) - 1
    table.setCurrentIndex(table.model().index(0, last))
    press(Qt.Key.Key_Tab)
    assert table.currentIndex() == table.model().index(1, activity)
    table.setCurrentIndex(table.model().index(2, last))
    press(Qt.Key.Key_Tab)
    assert table.currentIndex() == table.model().index(3, activity)
    type_("Mengarsipkan")
    press(Qt.Key.Key_Return)
    assert text(table, 3, "activity") == "Mengarsipkan"


def test_enter_on_the_last_row_appends_a_connected_step(
    table: QTableView, session: Session
) -> None:
    write(table, 2, "outputs", "Arsip")
    assert table.model().rowCount() == 4
    assert table.currentIndex() == table.model().index(3, COLUMN_KEYS.index("activity"))
    assert texts(table, "next") == ["2", "3", "4", ""]
    assert [s.kind for s in session.procedure.symbols] == [
        Kind.START, Kind.PROCESS, Kind.PROCESS, Kind.END,
    ]  # fmt: skip


def test_enter_behind_an_empty_last_cell_begins_the_next_step(table: QTableView) -> None:
    go_to(table, 1, "remarks")
    press(Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), CellEditor), "not the last step: it is edited"
    press(Qt.Key.Key_Escape)
    go_to(table, 2, "outputs")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert table.currentIndex() == table.model().index(3, COLUMN_KEYS.index("activity"))
    type_("Melaporkan")
    press(Qt.Key.Key_Return)
    assert text(table, 3, "activity") == "Melaporkan"


def test_enter_edits_a_last_cell_with_text_and_that_of_a_blank_step(table: QTableView) -> None:
    go_to(table, 2, "remarks")
    type_("Segera")
    press(Qt.Key.Key_Tab)
    assert table.model().rowCount() == 4
    for row in (2, 3):
        go_to(table, row, "remarks")
        press(Qt.Key.Key_Return)
        assert isinstance(QApplication.focusWidget(), CellEditor)
        press(Qt.Key.Key_Escape)
    assert table.model().rowCount() == 4


def test_enter_on_a_blank_last_row_appends_no_second_one(table: QTableView) -> None:
    write(table, 2, "activity", "Menyimpan")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert table.model().rowCount() == 4


@pytest.mark.parametrize("modifier", [ALT, SHIFT])
def test_a_line_is_broken_inside_a_cell(
    table: QTableView, session: Session, modifier: Qt.KeyboardModifier
) -> None:
    go_to(table, 0, "requirements")
    type_("Surat")
    press(Qt.Key.Key_Return, modifier)
    type_("Agenda")
    press(Qt.Key.Key_Return)
    assert session.procedure.steps[0].requirements == ("Surat", "Agenda")


def test_esc_leaves_the_text_as_it_was(table: QTableView, session: Session) -> None:
    type_("Salah")
    press(Qt.Key.Key_Escape)
    assert text(table, 0, "activity") == "Menerima berkas Surat Masuk"
    assert not session.can_undo


def test_one_edit_is_one_undo(table: QTableView, session: Session) -> None:
    type_("Mencatat surat")
    press(Qt.Key.Key_Return)
    session.undo()
    assert text(table, 0, "activity") == "Menerima berkas Surat Masuk"
    assert not session.can_undo


def test_del_empties_the_selected_cells_as_one_undo(table: QTableView, session: Session) -> None:
    model = table.model()
    select = QItemSelectionModel.SelectionFlag.Select
    table.selectionModel().select(model.index(1, COLUMN_KEYS.index("activity")), select)
    press(Qt.Key.Key_Delete)
    assert texts(table, "activity") == ["", "", "Mengarsipkan"]
    session.undo()
    assert "" not in texts(table, "activity")


def test_del_on_an_automatic_number_tells_how_a_step_is_deleted(
    table: QTableView, session: Session
) -> None:
    found: list[UserError] = []
    session.fault_found.connect(found.append)
    go_to(table, 1, "number")
    type_("7")
    press(Qt.Key.Key_Return)
    go_to(table, 1, "number")
    press(Qt.Key.Key_Delete)
    assert (text(table, 1, "number"), found) == ("2.", [])
    press(Qt.Key.Key_Delete)
    assert [fault.code for fault in found] == ["number_automatic"]
    assert len(session.procedure.steps) == 3


def test_ctrl_enter_inserts_below_ready_to_type(table: QTableView) -> None:
    press(Qt.Key.Key_Return, CTRL)
    type_("Disisipkan")
    press(Qt.Key.Key_Return)
    assert texts(table, "activity")[1] == "Disisipkan"
    assert texts(table, "next") == ["2", "3", "4", ""]


def test_ctrl_shift_enter_inserts_above(table: QTableView) -> None:
    go_to(table, 1, "activity")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    type_("Di atas")
    press(Qt.Key.Key_Return)
    assert texts(table, "activity")[1] == "Di atas"


def test_ctrl_enter_while_typing_keeps_what_was_typed(table: QTableView) -> None:
    type_("Pertama")
    press(Qt.Key.Key_Return, CTRL)
    type_("Kedua")
    press(Qt.Key.Key_Return)
    assert texts(table, "activity")[:2] == ["Pertama", "Kedua"]


def test_a_step_moves_down_and_stays_selected(table: QTableView, session: Session) -> None:
    step = session.procedure.steps[0].id
    press(Qt.Key.Key_Down, CTRL | SHIFT)
    assert session.procedure.steps[1].id == step
    assert session.selection.steps == (step,)
    assert table.currentIndex().row() == 1


def test_ctrl_del_deletes_the_step_and_joins_its_neighbours(table: QTableView) -> None:
    go_to(table, 1, "activity")
    press(Qt.Key.Key_Delete, CTRL)
    assert texts(table, "activity") == ["Menerima berkas Surat Masuk", "Mengarsipkan"]
    assert texts(table, "next") == ["2", ""]


def test_ctrl_digits_give_the_kind(table: QTableView, session: Session) -> None:
    go_to(table, 1, "activity")
    press(Qt.Key.Key_3, CTRL)
    assert session.procedure.symbols[1].kind is Kind.DECISION
    assert text(table, 1, "kind") == "Keputusan"


def test_a_new_lane_name_adds_the_lane(table: QTableView, session: Session) -> None:
    write(table, 1, "lanes", "Kasubag Umum")
    assert [lane.name for lane in session.procedure.lanes] == ["Staf", "Kasubag Umum"]
    assert text(table, 1, "lanes") == "Kasubag Umum"


def test_the_list_of_lanes_completes_what_is_typed(table: QTableView, session: Session) -> None:
    go_to(table, 1, "lanes")
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert text(table, 1, "lanes") == "Staf"
    assert len(session.procedure.lanes) == 1


def test_a_kind_is_chosen_by_its_first_letter(table: QTableView, session: Session) -> None:
    write(table, 1, "kind", "k")
    assert session.procedure.symbols[1].kind is Kind.DECISION


def test_what_cannot_be_read_stays_and_says_why(table: QTableView, session: Session) -> None:
    write(table, 0, "next", "99")
    assert table.currentIndex().row() == 1
    go_to(table, 0, "next")
    assert text(table, 0, "next") == "99"
    assert "99" in str(table.currentIndex().data(FAULT_ROLE))
    assert session.procedure.flows[0].target == session.procedure.symbols[1].id
    press(Qt.Key.Key_Escape)
    assert text(table, 0, "next") == "2"


@pytest.mark.parametrize("modifier", [CTRL, Qt.KeyboardModifier.NoModifier])
def test_a_decision_may_name_the_step_that_is_typed_next(
    table: QTableView, session: Session, modifier: Qt.KeyboardModifier
) -> None:
    go_to(table, 2, "kind")
    type_("kep")
    press(Qt.Key.Key_Tab)
    type_("Ya: 4; Tidak: 2")
    press(Qt.Key.Key_Tab)
    assert table.currentIndex().column() == COLUMN_KEYS.index("requirements")
    type_("Surat")
    before = session.procedure
    press(Qt.Key.Key_Return, modifier)
    press(Qt.Key.Key_Escape)
    assert text(table, 2, "next") == "Ya: 4; Tidak: 2"
    _, second, third, fourth = (symbol.id for symbol in session.procedure.symbols)
    assert {(f.target, f.label) for f in session.procedure.flows if f.source == third} == {
        (fourth, "Ya"), (second, "Tidak"),
    }  # fmt: skip
    session.undo()
    assert len(before.steps) == len(session.procedure.steps) == 3


def test_unreadable_text_survives_a_change_elsewhere(table: QTableView) -> None:
    write(table, 0, "next", "99")
    write(table, 1, "activity", "Lain")
    assert text(table, 0, "next") == "99"


def test_unreadable_text_is_there_again_when_the_clerk_comes_back(
    table: QTableView, session: Session
) -> None:
    write(table, 0, "next", "99")
    first, second, *_ = (entry.uuid for entry in session.entries)
    session.open_sop(second)
    assert text(table, 0, "next") == "2"
    session.open_sop(first)
    assert text(table, 0, "next") == "99"


def test_renumbering_keeps_the_target(table: QTableView, session: Session) -> None:
    write(table, 1, "kind", "kep")
    write(table, 1, "next", "Ya: 3; Tidak: 1")
    assert text(table, 1, "next") == "Ya: 3; Tidak: 1"
    go_to(table, 0, "activity")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    press(Qt.Key.Key_Escape)
    assert text(table, 2, "next") == "Ya: 4; Tidak: 2"


def test_steps_are_copied_within_the_sop(table: QTableView, session: Session) -> None:
    go_to(table, 1, "activity")
    press(Qt.Key.Key_C, CTRL)
    press(Qt.Key.Key_V, CTRL)
    assert texts(table, "activity") == [
        "Menerima berkas Surat Masuk", "Memeriksa berkas", "Memeriksa berkas", "Mengarsipkan",
    ]  # fmt: skip
    assert len({step.id for step in session.procedure.steps}) == 4
    session.undo()
    assert table.model().rowCount() == 3


def test_a_table_from_excel_pastes_as_steps(table: QTableView, session: Session) -> None:
    QGuiApplication.clipboard().setText(
        "No\tKegiatan\tPelaksana\tWaktu\tOutput\n"
        '1\t"Menyusun\nkonsep"\tKasubag\t2 jam\tKonsep\n'
        "2\tMenandatangani\tKabag\t10 menit\tSurat\n"
    )
    go_to(table, 2, "activity")
    press(Qt.Key.Key_V, CTRL)
    assert texts(table, "activity")[3:] == ["Menyusun\nkonsep", "Menandatangani"]
    assert texts(table, "lanes")[3:] == ["Kasubag", "Kabag"]
    assert texts(table, "duration")[3:] == ["2 jam", "10 menit"]
    assert texts(table, "outputs")[3:] == ["Konsep", "Surat"]
    assert texts(table, "next") == ["2", "3", "4", "5", ""]
    session.undo()
    assert table.model().rowCount() == 3


def test_one_word_pastes_into_the_cell(table: QTableView) -> None:
    QGuiApplication.clipboard().setText("10 menit")
    go_to(table, 1, "duration")
    press(Qt.Key.Key_V, CTRL)
    assert texts(table, "duration") == ["", "10 menit", ""]


@pytest.mark.parametrize(("key", "row"), [(Qt.Key.Key_End, -1), (Qt.Key.Key_Home, 0)])
def test_ctrl_home_and_end_select_where_they_go(
    table: QTableView, session: Session, key: Qt.Key, row: int
) -> None:
    go_to(table, 1, "activity")
    press(key, CTRL)
    assert session.selection.steps == (session.procedure.steps[row].id,)
    assert table.selectedIndexes() == [table.currentIndex()]


def test_ctrl_shift_end_selects_up_to_the_end(table: QTableView, session: Session) -> None:
    go_to(table, 1, "activity")
    press(Qt.Key.Key_End, CTRL | SHIFT)
    assert session.selection.steps == tuple(step.id for step in session.procedure.steps[1:])


def test_selection_is_shared(table: QTableView, session: Session) -> None:
    second = session.procedure.steps[1]
    go_to(table, 1, "outputs")
    assert session.selection == Selection((second.id,), session.procedure.symbols[1].id)
    third = session.procedure.steps[2]
    session.select(Selection((third.id,), session.procedure.symbols[2].id))
    assert table.currentIndex().row() == 2
    assert table.currentIndex().column() == COLUMN_KEYS.index("outputs")


def test_a_change_of_one_row_leaves_focus_and_scroll(table: QTableView, session: Session) -> None:
    go_to(table, 2, "duration")
    resets: list[bool] = []
    table.model().modelReset.connect(lambda: resets.append(True))
    go_to(table, 0, "activity")
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Escape)
    session.undo()
    assert table.model().rowCount() == 3
    assert resets == []


def test_undo_asks_for_the_text_being_typed_first(table: QTableView, session: Session) -> None:
    type_("Baru")
    session.save().wait()
    assert text(table, 0, "activity") == "Baru"
    assert session.unsaved_titles == ()


def test_rows_grow_with_their_text(table: QTableView) -> None:
    before = table.rowHeight(0)
    type_("Memeriksa kelengkapan berkas dan keabsahan lampirannya " * 4)
    press(Qt.Key.Key_Return)
    assert table.rowHeight(0) > before


def test_the_field_grows_while_one_types(table: QTableView) -> None:
    press(Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor)
    before = field.height()
    for _ in range(4):
        press(Qt.Key.Key_Return, ALT)
    assert field.height() > before


def test_another_sop_begins_at_its_first_step(table: QTableView, session: Session) -> None:
    bar = table.verticalScrollBar()
    table.setFixedHeight(70)
    QApplication.processEvents()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    session.open_sop(session.entries[1].uuid)
    QApplication.processEvents()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_a_whole_sop_is_typed_without_the_mouse(
    qtbot: QtBot, pane: EditorPane, session: Session
) -> None:
    session.add(new_sop("SOP Baru"))
    table = pane.findChild(QTableView, "step_table")
    table.setFocus()
    rows = (
        ("Menerima surat", "Staf", "Mulai", "", "Surat", "5 menit"),
        ("Memeriksa surat", "Kasubag", "Keputusan", "", "Surat", "10 menit"),
        ("Menandatangani", "Kabag", "Selesai", "", "Konsep", "1 jam"),
    )
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            type_(cell)
            last = place == len(cells) - 1
            press(Qt.Key.Key_Return if last and row < 2 else Qt.Key.Key_Tab)
    write(table, 1, "next", "Ya: 3; Tidak: 1")
    procedure = session.procedure
    assert [step.activity for step in procedure.steps] == [cells[0] for cells in rows]
    assert [lane.name for lane in procedure.lanes] == ["Staf", "Kasubag", "Kabag"]
    assert [s.kind for s in procedure.symbols] == [Kind.START, Kind.DECISION, Kind.END]
    first, second, third = (symbol.id for symbol in procedure.symbols)
    flows = {(f.source, f.target, f.label) for f in procedure.flows}
    assert flows == {(first, second, ""), (second, third, "Ya"), (second, first, "Tidak")}


def test_a_double_click_opens_the_cell(qtbot: QtBot, table: QTableView) -> None:
    place = table.visualRect(table.model().index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert isinstance(QApplication.focusWidget(), CellEditor)


def test_a_read_only_file_opens_no_field(
    qtbot: QtBot, table: QTableView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(session), "is_read_only", property(lambda _: True))
    press(Qt.Key.Key_F2)
    assert not isinstance(QApplication.focusWidget(), CellEditor)


def test_choosing_by_mouse_in_the_list_writes_it(qtbot: QtBot, table: QTableView) -> None:
    go_to(table, 1, "kind")
    press(Qt.Key.Key_Down, ALT)
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor)
    entries = field.window().findChild(ChoiceList)
    place = entries.visualItemRect(entries.item(2)).center()
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    press(Qt.Key.Key_Return)
    assert text(table, 1, "kind") == "Keputusan"
