"""The canvas, pointed at, dragged on and typed into as a clerk does."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from sopdesk.document import edits
from sopdesk.document.edits import add_lane, connect, set_kind
from sopdesk.document.values import Flow, Kind, Lane
from tests.ui.conftest import click_step
from tests.ui.editor.clerk import press
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.keys import Command
from ui.editor.sheet.handles import Handle, handles_around
from ui.works import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.editor.canvas.view import SheetView
    from ui.session import Session

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def _two_lanes(value: Procedure) -> Procedure:
    """A second lane, and a decision in the middle row that leads back."""
    value = add_lane(value, Lane(name="Kasubag"))
    value = set_kind(value, value.symbols[1].id, Kind.DECISION)
    value = edits.set_label(value, 1, "Ya")
    return connect(value, value.symbols[1].id, value.symbols[0].id, "Tidak")


@pytest.fixture
def prepare() -> Callable[[Procedure], Procedure]:
    return _two_lanes


def middle(view: SheetView, session: Session, row: int) -> QPoint:
    """Where the symbol of a row shows."""
    rect = view.symbol_rect(session.procedure.symbols[row].id)
    assert rect is not None
    return rect.center().toPoint()


def lane_cell(view: SheetView, session: Session, row: int, lane: int) -> QPoint:
    """The middle of a row's cell in a lane."""
    step, lane_id = session.procedure.steps[row].id, session.procedure.lanes[lane].id
    for index, page in enumerate(view.sheet.pages):
        for band in page.rows:
            if band.step == step:
                column = next(known for known in page.lanes if known.id == lane_id)
                x, y = (column.left + column.right) / 2, (band.top + band.bottom) / 2
                return (view.page_origin(index) + QPointF(x, y) * view.scale).toPoint()
    raise AssertionError("no such row")


def text_place(view: SheetView, role: str, words: str) -> QPoint:
    """The middle of a text on the sheet."""
    for index, page in enumerate(view.sheet.pages):
        for text in page.texts:
            if text.role == role and words in text.text:
                return view.to_view(index, text.rect).center().toPoint()
    raise AssertionError(f"no {role} {words!r}")


def drag(qtbot: QtBot, view: SheetView, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    for share in (0.25, 0.5, 0.75, 1.0):
        step = start + (end - start) * share
        qtbot.mouseMove(view.viewport(), step)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=end)


def test_the_sheet_of_the_sop_shows(view: SheetView, session: Session) -> None:
    shown = {shape.id for page in view.sheet.pages for shape in page.shapes}
    assert {symbol.id for symbol in session.procedure.symbols} <= shown


def test_a_click_selects_the_symbol_and_its_row(
    qtbot: QtBot, view: SheetView, session: Session, pane: EditorPane
) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, session, 1))
    step, symbol = session.procedure.steps[1], session.procedure.symbols[1]
    assert session.selection == Selection((step.id,), symbol.id)
    table = pane.findChild(QTableView, "step_table")
    assert table.currentIndex().row() == 1


def test_a_click_on_a_text_selects_its_row(qtbot: QtBot, view: SheetView, session: Session) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=text_place(view, "activity", "Memeriksa"))
    assert session.selection.steps == (session.procedure.steps[1].id,)


def test_the_accessible_name_says_the_symbol(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, session, 1))
    assert view.accessibleName() == "Langkah 2, Staf, keputusan: Ya ke 3, Tidak ke 1"


def test_a_symbol_is_dragged_to_another_lane_as_one_undo(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    before, lane = session.procedure, session.procedure.lanes[1].id
    drag(qtbot, view, middle(view, session, 1), lane_cell(view, session, 1, 1))
    assert session.procedure.symbols[1].lanes == (lane,)
    assert session.procedure.flows == before.flows
    session.undo()
    assert session.procedure == before


def test_the_arrows_follow_while_a_symbol_is_dragged(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    symbol, before = session.procedure.symbols[1].id, session.procedure
    start, end = middle(view, session, 1), lane_cell(view, session, 1, 1)
    left = view.symbol_rect(symbol).left()
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), (start + end) / 2)
    qtbot.mouseMove(view.viewport(), end)
    assert view.symbol_rect(symbol).left() > left
    assert session.procedure is before
    press(Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=end)
    assert session.procedure is before
    assert view.symbol_rect(symbol).left() == left


def test_a_drop_outside_the_table_does_nothing_and_says_so_beforehand(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    before, start = session.procedure, middle(view, session, 1)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    outside = QPoint(2, start.y())
    qtbot.mouseMove(view.viewport(), (start + outside) / 2)
    qtbot.mouseMove(view.viewport(), outside)
    assert view.viewport().cursor().shape() is Qt.CursorShape.ForbiddenCursor
    qtbot.mouseRelease(view.viewport(), LEFT, pos=outside)
    assert session.procedure is before


def test_an_arrow_is_drawn_from_the_handle(qtbot: QtBot, view: SheetView, session: Session) -> None:
    first, third = session.procedure.symbols[0], session.procedure.symbols[2]
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, session, 0))
    handle = handles_around(view.symbol_rect(first.id))[Handle.CONNECT].center().toPoint()
    drag(qtbot, view, handle, middle(view, session, 2))
    assert Flow(first.id, third.id) in session.procedure.flows


def test_the_append_handle_adds_a_step_and_opens_its_activity(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    first = session.procedure.symbols[0]
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, session, 0))
    handle = handles_around(view.symbol_rect(first.id))[Handle.APPEND].center().toPoint()
    qtbot.mouseClick(view.viewport(), LEFT, pos=handle)
    QTest.keyClicks(QApplication.focusWidget(), "Mencatat")
    press(Qt.Key.Key_Return)
    assert session.procedure.steps[1].activity == "Mencatat"
    assert view.hasFocus()


def test_a_click_on_an_arrow_selects_it_and_del_deletes_it(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=text_place(view, "label", "Tidak"))
    assert session.selection.flow == 2
    assert view.accessibleName() == "Panah Tidak dari langkah 2 ke 1"
    press(Qt.Key.Key_Delete)
    assert [flow.label for flow in session.procedure.flows] == ["", "Ya"]
    assert len(session.procedure.symbols) == 3


def test_an_arrows_end_is_led_to_another_symbol(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    from ui.editor.sheet.overlay import grips_of

    session.select(Selection(flow=2))
    page, connector = view.selected_parts()[0]
    end = grips_of(view, page, connector)[1].center().toPoint()
    drag(qtbot, view, end, middle(view, session, 2))
    assert session.procedure.flows[2].target == session.procedure.symbols[2].id
    assert session.procedure.flows[2].label == "Tidak"


def test_del_removes_the_symbol_and_joins_its_neighbours(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    first, _, third = (symbol.id for symbol in session.procedure.symbols)
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, session, 1))
    press(Qt.Key.Key_Delete)
    assert [(flow.source, flow.target) for flow in session.procedure.flows] == [(first, third)]
    assert len(session.procedure.steps) == 3


def test_a_label_is_typed_after_a_double_click(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=text_place(view, "label", "Tidak"))
    QTest.keyClicks(QApplication.focusWidget(), "Kurang")
    press(Qt.Key.Key_Return)
    assert session.procedure.flows[2].label == "Kurang"


@pytest.mark.parametrize(
    ("role", "words"), [("activity", "Memeriksa"), ("lane", "Kasubag"), ("heading", "Waktu")]
)
def test_a_text_is_edited_where_it_stands(
    qtbot: QtBot, view: SheetView, session: Session, role: str, words: str
) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=text_place(view, role, words))
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor)
    assert words in field.toPlainText()
    QTest.keyClicks(field, "Lain")
    press(Qt.Key.Key_Return)
    view.flush()
    assert text_place(view, role, "Lain")


def test_the_cell_of_an_empty_column_is_edited_too(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    heading = text_place(view, "heading", "Waktu")
    row = lane_cell(view, session, 1, 0)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=QPoint(heading.x(), row.y()))
    QTest.keyClicks(QApplication.focusWidget(), "5 menit")
    press(Qt.Key.Key_Return)
    assert session.procedure.steps[1].duration == "5 menit"


def test_text_being_typed_is_written_when_another_row_is_clicked(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=text_place(view, "activity", "Memeriksa"))
    QTest.keyClicks(QApplication.focusWidget(), "Meneliti")
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle(view, session, 0))
    assert session.procedure.steps[1].activity == "Meneliti"


def test_an_empty_lane_cell_takes_a_symbol_by_double_click(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=lane_cell(view, session, 0, 1))
    added = session.procedure.symbols[1]
    assert (added.step, added.lanes) == (
        session.procedure.steps[0].id, (session.procedure.lanes[1].id,)
    )  # fmt: skip


def test_arrows_and_tab_walk_along_the_symbols(view: SheetView, session: Session) -> None:
    first, second, third = (symbol.id for symbol in session.procedure.symbols)
    press(Qt.Key.Key_Down)
    assert session.selection.symbol == first
    press(Qt.Key.Key_Down)
    assert session.selection.symbol == second
    press(Qt.Key.Key_Tab)
    assert session.selection.symbol == third
    press(Qt.Key.Key_Up)
    assert session.selection.symbol == second
    assert view.hasFocus()


def test_tab_leaves_the_canvas_at_the_end_of_the_flow(view: SheetView, session: Session) -> None:
    session.select(Selection((session.procedure.steps[2].id,), session.procedure.symbols[2].id))
    press(Qt.Key.Key_Tab)
    assert not view.hasFocus()


def test_typing_on_a_symbol_writes_the_activity(view: SheetView, session: Session) -> None:
    press(Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_M)
    QTest.keyClicks(QApplication.focusWidget(), "encatat")
    press(Qt.Key.Key_Return)
    assert session.procedure.steps[0].activity.lower() == "mencatat"


def test_a_symbol_moves_to_the_neighbouring_lane_by_keys(view: SheetView, session: Session) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right, CTRL | SHIFT)
    assert session.procedure.symbols[0].lanes == (session.procedure.lanes[1].id,)
    press(Qt.Key.Key_Right, CTRL | SHIFT)
    assert session.procedure.symbols[0].lanes == (session.procedure.lanes[1].id,)
    press(Qt.Key.Key_Left, CTRL | SHIFT)
    assert session.procedure.symbols[0].lanes == (session.procedure.lanes[0].id,)


def test_ctrl_enter_on_the_canvas_types_the_next_step_in_place(
    view: SheetView, session: Session
) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Mencatat")
    press(Qt.Key.Key_Return, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Membagi")
    press(Qt.Key.Key_Return)
    assert [step.activity for step in session.procedure.steps][1:3] == ["Mencatat", "Membagi"]
    assert view.hasFocus()


def test_a_new_step_comes_into_view(
    qtbot: QtBot, pane: EditorPane, view: SheetView, session: Session
) -> None:
    view.set_zoom(2.0)
    view.verticalScrollBar().setValue(0)
    click_step(pane, 2)
    pane.do(Command.INSERT_BELOW)
    pane.commit_pending()
    view.flush()
    added = view.symbol_rect(session.procedure.symbols[3].id)
    assert added is not None
    assert view.viewport().rect().contains(added.toRect())


def test_ctrl_l_connects_to_a_step_by_its_number(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    first, _, third = (symbol.id for symbol in session.procedure.symbols)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_L, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "3")
    press(Qt.Key.Key_Return)
    assert Flow(first, third) in session.procedure.flows


def test_an_edit_in_the_table_shows_on_the_canvas(
    qtbot: QtBot, pane: EditorPane, view: SheetView, session: Session
) -> None:
    table = pane.findChild(QTableView, "step_table")
    model = table.model()
    model.setData(model.index(0, 1), "Kegiatan yang lain")
    qtbot.waitUntil(lambda: _has_text(view, "Kegiatan"))


def _has_text(view: SheetView, words: str) -> bool:
    return any(words in text.text for page in view.sheet.pages for text in page.texts)


def test_ctrl_wheel_zooms_at_the_pointer(view: SheetView) -> None:
    place = QPointF(300, 200)
    before, zoom = view.to_desk(place), view.zoom
    turn = QWheelEvent(
        place, view.viewport().mapToGlobal(place), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), turn)
    assert view.zoom == pytest.approx(zoom * 1.2)
    assert view.to_desk(place) == pytest.approx(before, abs=0.6)


def test_a_layout_that_fails_leaves_the_old_sheet_and_the_text(
    qtbot: QtBot,
    view: SheetView,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sheet = view.sheet

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ui.sheets.lay_out", fail)
    session.apply("Ubah", lambda sop: dataclasses.replace(sop, origin="x"))
    with caplog.at_level(logging.CRITICAL):
        view.flush()
    assert view.sheet is sheet
    assert view.has_failed


def test_the_rubber_band_selects_many(qtbot: QtBot, view: SheetView, session: Session) -> None:
    start = lane_cell(view, session, 0, 1)
    end = middle(view, session, 1) - QPoint(5, 0)
    drag(qtbot, view, start, end)
    assert session.selection.steps == tuple(step.id for step in session.procedure.steps[:2])


def test_a_canvas_that_does_not_show_is_not_laid_out(
    view: SheetView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = view.sheet
    view.hide()
    session.apply("Ubah", lambda sop: dataclasses.replace(sop, origin="x"))
    view.flush()
    assert view.sheet is sheet
    view.show()
    view.flush()
    assert view.sheet is session.sheet is not sheet


def test_a_press_at_the_edge_does_not_scroll_the_symbol_away(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    view.set_zoom(3.0)
    view.show_selection()
    rect = view.symbol_rect(session.procedure.symbols[2].id)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + int(rect.top()) - view.viewport().height() + 12)
    before = bar.value()
    place = view.symbol_rect(session.procedure.symbols[2].id).center().toPoint()
    place.setY(view.viewport().height() - 4)
    qtbot.mousePress(view.viewport(), LEFT, pos=place)
    assert session.selection.symbol == session.procedure.symbols[2].id
    session.select(Selection((session.procedure.steps[0].id,)))
    assert bar.value() == before
    qtbot.mouseRelease(view.viewport(), LEFT, pos=place)


def test_handles_show_at_one_symbol_alone(view: SheetView, session: Session) -> None:
    steps, symbols = session.procedure.steps, session.procedure.symbols
    view.select(Selection((steps[0].id,), symbols[0].id))
    assert set(view._mouse.handles()) == set(Handle)
    view.select(Selection((steps[0].id, steps[1].id), symbols[0].id))
    assert view._mouse.handles() == {}
    view.select(Selection((steps[0].id,), symbols[0].id, 0))
    assert view._mouse.handles() == {}


def test_nothing_is_dragged_in_a_read_only_file(
    qtbot: QtBot, view: SheetView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(session), "is_read_only", property(lambda _: True))
    start = middle(view, session, 0)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    for step in (10, 30, 60):
        qtbot.mouseMove(view.viewport(), start + QPoint(step, 0))
    assert view._mouse.gesture is None
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start)


def test_an_arrow_to_the_symbol_itself_is_none(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    symbol = session.procedure.symbols[0].id
    view.select(Selection((session.procedure.steps[0].id,), symbol))
    before = session.procedure
    handle = view._mouse.handles()[Handle.CONNECT].center().toPoint()
    drag(qtbot, view, handle, middle(view, session, 0))
    assert session.procedure == before


def test_a_wide_symbol_stays_whole_at_the_last_lane(
    qtbot: QtBot, view: SheetView, session: Session
) -> None:
    lanes = [lane.id for lane in session.procedure.lanes]
    wide = session.procedure.symbols[2].id
    session.apply_to_procedure("Lebarkan", lambda p: edits.move_symbol(p, wide, tuple(lanes)))
    session.apply_to_procedure("Tambah", lambda p: add_lane(p, Lane(name="Kabag")))
    view.flush()
    grip = middle(view, session, 2) - QPoint(6, 0)
    drag(qtbot, view, grip, lane_cell(view, session, 2, 2))
    moved = next(s for s in session.procedure.symbols if s.id == wide)
    assert moved.lanes == tuple(lane.id for lane in session.procedure.lanes[1:])


def test_leaving_a_field_for_the_table_keeps_what_was_typed(
    qtbot: QtBot, view: SheetView, session: Session, pane: EditorPane
) -> None:
    step = session.procedure.steps[0].id
    assert view.in_place.edit_step(step)
    qtbot.keyClicks(view.in_place.editor, "Mencatat")
    pane.findChild(QTableView, "step_table").setFocus()
    assert session.procedure.steps[0].activity == "Mencatat"
    assert not view.in_place.is_open
