"""The editor as a whole: three views of one value, lanes, flow tables, and what is never lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView

from sopdesk.document.edits import add_procedure, insert_step, replace_procedure
from sopdesk.document.values import Kind, Lane, Procedure, Step
from tests.ui.conftest import click_step
from ui import sheets
from ui.editor.canvas.view import SheetView
from ui.editor.changes.clipboard import MIME
from ui.editor.changes.table_text import columns_of, paste_table, read_table
from ui.editor.keys import Command
from ui.editor.table.lanes_bar import LanesBar
from ui.editor.words import kind_words
from ui.works import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.editor import EditorPane
    from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(pane: EditorPane) -> QTableView:
    table = pane.findChild(QTableView, "step_table")
    table.setFocus()
    return table


@pytest.fixture
def canvas(pane: EditorPane) -> SheetView:
    canvas = pane.findChild(SheetView, "sheet_view")
    canvas.flush()
    return canvas


def words_on(canvas: SheetView) -> str:
    return " ".join(text.text for page in canvas.sheet.pages for text in page.texts)


def second_table(sop: Sop) -> Sop:
    lane = Lane(name="Operator")
    procedure = insert_step(Procedure(lanes=(lane,)), Step(activity="Mengunggah"), 0)
    return replace_procedure(add_procedure(sop), 1, procedure)


def test_the_parts_are_found_by_name_and_say_what_they_are(pane: EditorPane) -> None:
    for name in ("identity_form", "step_table", "sheet_view"):
        part = pane.findChild(object, name)
        assert part is not None, name
        assert part.accessibleName(), name


def test_a_title_typed_in_the_form_stands_on_the_canvas(
    qtbot: QtBot, pane: EditorPane, canvas: SheetView
) -> None:
    pane._identity_panel.set_open(True)
    field = pane.findChild(QLineEdit, "field_title")
    field.selectAll()
    QTest.keyClicks(field, "Cuti Besar")
    qtbot.waitUntil(lambda: "Cuti Besar" in words_on(canvas))


def test_many_changes_in_one_turn_cost_one_layout(
    qtbot: QtBot, canvas: SheetView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[object] = []
    lay_out: Callable[..., object] = sheets.lay_out
    monkeypatch.setattr(sheets, "lay_out", lambda sop, *a: laid.append(sop) or lay_out(sop, *a))
    step = session.procedure.steps[0].id
    for number in range(5):
        session.apply_to_procedure("Isi", lambda value, n=number: _with_activity(value, step, n))
    qtbot.waitUntil(lambda: "Kegiatan 4" in words_on(canvas))
    assert len(laid) == 1


def _with_activity(value: Procedure, step: str, number: int) -> Procedure:
    from sopdesk.document.edits import change_step

    return change_step(value, step, activity=f"Kegiatan {number}")


def test_insert_step_types_where_the_clerk_is(
    pane: EditorPane, table: QTableView, canvas: SheetView
) -> None:
    click_step(pane, 0)
    pane.do(Command.INSERT_BELOW)
    assert table.isAncestorOf(QApplication.focusWidget())
    pane.commit_pending()
    canvas.setFocus()
    pane.do(Command.INSERT_BELOW)
    assert canvas.isAncestorOf(QApplication.focusWidget())


def test_every_change_of_the_window_keeps_the_text_being_typed(
    pane: EditorPane, table: QTableView, session: Session
) -> None:
    click_step(pane, 1)
    changes = Command.MOVE_UP, Command.MOVE_DOWN, Command.INSERT_ABOVE
    for number, act in enumerate(
        (*(partial(pane.do, command) for command in changes), session.save)
    ):
        step = session.selection.steps[0]
        pane._table.edit_step(step)
        QTest.keyClicks(QApplication.focusWidget(), f" {number}")
        act()
        activity = next(s.activity for s in session.procedure.steps if s.id == step)
        assert activity.endswith(str(number))
        pane.commit_pending()


def test_another_sop_keeps_the_text_being_typed(
    pane: EditorPane, table: QTableView, session: Session
) -> None:
    first, second = session.entries[0].uuid, session.entries[1].uuid
    click_step(pane, 0)
    QTest.keyClicks(table, "Baru")
    session.open_sop(second)
    session.open_sop(first)
    assert session.procedure.steps[0].activity == "Baru"


def test_a_lane_is_added_and_named_as_one_undo(pane: EditorPane, session: Session) -> None:
    before = session.sop
    pane.add_lane()
    QTest.keyClicks(QApplication.focusWidget(), "Kasubag")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [lane.name for lane in session.procedure.lanes] == ["Staf", "Kasubag"]
    session.undo()
    assert session.sop == before


def test_a_lane_is_renamed_moved_and_removed(pane: EditorPane, session: Session) -> None:
    pane.add_lane()
    pane.commit_pending()
    bar = pane.findChild(LanesBar).tabs
    bar.setFocus()
    bar.setCurrentIndex(1)
    QTest.keyClick(bar, Qt.Key.Key_F2)
    QTest.keyClicks(bar.field.line, "Kabag")
    QTest.keyClick(bar.field.line, Qt.Key.Key_Return)
    QTest.keyClick(bar, Qt.Key.Key_Left, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [lane.name for lane in session.procedure.lanes] == ["Kabag", "Staf"]
    bar.setCurrentIndex(1)
    QTest.keyClick(bar, Qt.Key.Key_Delete)
    assert [lane.name for lane in session.procedure.lanes] == ["Kabag"]
    assert {s.lanes for s in session.procedure.symbols} == {(session.procedure.lanes[0].id,)}


def test_a_lane_is_dragged_to_its_place(qtbot: QtBot, pane: EditorPane, session: Session) -> None:
    pane.add_lane()
    pane.commit_pending()
    bar = pane.findChild(LanesBar).tabs
    start, end = bar.tabRect(0).center(), bar.tabRect(1).center() + QPoint(30, 0)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(bar, left, pos=start)
    for share in (0.3, 0.6, 1.0):
        qtbot.mouseMove(bar, start + (end - start) * share)
    qtbot.mouseRelease(bar, left, pos=end)
    assert [lane.name for lane in session.procedure.lanes] == ["Pelaksana 2", "Staf"]


def test_a_second_flow_table_has_its_own_rows(
    qtbot: QtBot, pane: EditorPane, table: QTableView, canvas: SheetView, session: Session
) -> None:
    session.apply("Tambah", second_table)
    session.show_procedure(1)
    assert table.model().rowCount() == 1
    qtbot.waitUntil(lambda: "Mengunggah" in words_on(canvas))
    session.show_procedure(0)
    assert table.model().rowCount() == 3


def test_pointing_at_another_flow_table_goes_there(
    qtbot: QtBot, canvas: SheetView, session: Session
) -> None:
    session.apply("Tambah", second_table)
    canvas.flush()
    symbol = session.sop.procedures[1].symbols[0].id
    index, shape = next(
        (index, shape)
        for index, page in enumerate(canvas.sheet.pages)
        for shape in page.shapes
        if shape.id == symbol
    )
    canvas.show_rect(index, shape.rect)
    place = canvas.page_origin(index) + QPointF(*shape.rect.center) * canvas.scale
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert session.procedure_index == 1
    assert session.selection.symbol == symbol


def test_title_and_notes_of_a_flow_table_are_typed(
    qtbot: QtBot, pane: EditorPane, canvas: SheetView, session: Session
) -> None:
    title = pane.findChild(QLineEdit, "field_procedure_title")
    notes = pane.findChild(QPlainTextEdit, "field_procedure_notes")
    title.parentWidget().show()
    QTest.keyClicks(title, "Bagian pertama")
    QTest.keyClicks(notes, "Catatan kaki")
    assert session.procedure.title == "Bagian pertama"
    assert session.procedure.notes == ("Catatan kaki",)
    qtbot.waitUntil(lambda: "Bagian pertama" in words_on(canvas))


def test_steps_travel_to_another_sop_by_the_clipboard(
    pane: EditorPane, table: QTableView, session: Session
) -> None:
    steps = tuple(step.id for step in session.procedure.steps[:2])
    session.select(Selection(steps))
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().mimeData().hasFormat(MIME)
    assert "Memeriksa berkas" in QGuiApplication.clipboard().text()
    session.open_sop(session.entries[1].uuid)
    QTest.keyClick(table, Qt.Key.Key_V, CTRL)
    activities = [step.activity for step in session.procedure.steps]
    assert activities[-2:] == ["Menerima berkas Surat Masuk", "Memeriksa berkas"]
    assert [s.kind for s in session.procedure.symbols].count(Kind.END) == 1


def test_a_cut_step_is_gone_and_comes_back_by_pasting(
    pane: EditorPane, table: QTableView, session: Session
) -> None:
    click_step(pane, 1)
    QTest.keyClick(table, Qt.Key.Key_X, CTRL)
    assert len(session.procedure.steps) == 2
    QTest.keyClick(table, Qt.Key.Key_V, CTRL)
    assert [step.activity for step in session.procedure.steps][-1] == "Memeriksa berkas"


@pytest.mark.parametrize(
    ("text", "columns", "heads"),
    [
        ("Satu\nDua", ("activity",), 0),
        ("1\tSatu\n2\tDua", ("number", "activity"), 0),
        ("Satu\tSurat\t5 menit\tArsip", ("activity", "requirements", "duration", "outputs"), 0),
        ("Kegiatan\tWaktu\nSatu\t1 jam", ("activity", "duration"), 1),
        ("No\tUraian\tKet\n1\tSatu\t-", ("number", "activity", "remarks"), 1),
    ],
)
def test_the_columns_of_a_pasted_table_are_recognised(
    text: str, columns: tuple[str, ...], heads: int
) -> None:
    table = read_table(text)
    assert table is not None
    assert columns_of(table) == (columns, heads)


def test_a_cell_with_line_breaks_stays_one_cell() -> None:
    assert read_table('"Satu\ndua"\tA\nTiga\tB') == [["Satu\ndua", "A"], ["Tiga", "B"]]


def test_one_word_is_no_table() -> None:
    assert read_table("Kasubag") is None


def test_what_cannot_be_read_in_a_pasted_table_is_left_out() -> None:
    table = [["Kegiatan", "Pelaksana", "Lanjut ke"], ["Satu", "Staf", "99"]]
    procedure = paste_table(Procedure(), table, 0, kind_words())
    assert [step.activity for step in procedure.steps] == ["Satu"]
    assert procedure.flows == ()


def test_the_zoom_is_remembered(qtbot: QtBot, pane: EditorPane, session: Session) -> None:
    from ui.editor import EditorPane as Pane

    pane.zoom_actual()
    pane.zoom_in()
    other = Pane(session)
    qtbot.addWidget(other)
    other.show()
    canvas = other.findChild(SheetView, "sheet_view")
    assert canvas.zoom == pytest.approx(1.2, abs=0.001)


def test_without_an_sop_the_editor_is_empty_and_calm(
    qtbot: QtBot, pane: EditorPane, table: QTableView, session: Session
) -> None:
    session.open_sop(None)
    assert table.model().rowCount() == 0
    for act in (
        *(partial(pane.do, command) for command in Command), pane.add_lane,
        pane.zoom_in, pane.fit,
    ):  # fmt: skip
        act()
    assert not session.can_undo
