"""Typing where a text stands on the sheet goes on over saves, undo and colleagues' changes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sopdesk.document import edits
from sopdesk.document.edits import add_lane, connect, set_kind
from sopdesk.document.values import Kind, Lane, Step
from tests.ui.conftest import look
from tests.ui.editor.clerk import look_elsewhere, press, save_as_colleague, type_
from ui.editor.canvas.view import SheetView
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.fields.choice_list import ChoiceList

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.session import Session

FIRST = "Menerima berkas Surat Masuk"


def _full(value: Procedure) -> Procedure:
    """Every kind of text that the sheet can have."""
    value = add_lane(value, Lane(name="Kasubag", group=("Sekretariat",)))
    value = set_kind(value, value.symbols[1].id, Kind.DECISION)
    value = edits.set_label(value, 1, "Ya")
    value = connect(value, value.symbols[1].id, value.symbols[0].id, "Tidak")
    value = edits.set_symbol_text(value, value.symbols[1].id, "Cek")
    return dataclasses.replace(value, title="Tata cara", notes=("Catatan pertama",))


@pytest.fixture
def view(pane: EditorPane, session: Session) -> SheetView:
    """The canvas, focused, on a saved flow table."""
    session.apply_to_procedure("Siapkan", _full)
    session.save().wait()
    view = pane.findChild(SheetView, "sheet_view")
    view.setFocus()
    view.flush()
    return view


def places(view: SheetView) -> dict[str, QPoint]:
    """Return where each kind of text can be double-clicked."""
    found: dict[str, QPoint] = {}
    for index, page in enumerate(view.sheet.pages):
        if page.kind != "flow":
            continue
        for text in page.texts:
            place = view.to_view(index, text.rect).center().toPoint()
            found.setdefault(f"{text.role} {text.text}", place)
    return found


def open_at(view: SheetView, words: str) -> CellEditor:
    page = next(i for i, page in enumerate(view.sheet.pages) if page.kind == "flow")
    view.show_page(page)
    place = next(place for key, place in places(view).items() if words in key)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return field()


def field() -> CellEditor:
    """Return the open field, which has the keyboard."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, CellEditor)
    return focused


def open_first(view: SheetView, session: Session, at: int = len("Menerima ")) -> CellEditor:
    """Open the first activity on the sheet, the cursor behind its first word."""
    assert view.in_place.edit_step(session.procedure.steps[0].id)
    cursor = field().textCursor()
    cursor.setPosition(at)
    field().setTextCursor(cursor)
    return field()


def first(session: Session) -> str:
    return session.procedure.steps[0].activity


def change_elsewhere(value: Procedure) -> Procedure:
    return edits.change_step(value, value.steps[1].id, remarks="Dari rekan")


def test_a_save_leaves_the_field_its_cursor_and_what_comes_next(
    view: SheetView, session: Session
) -> None:
    opened = open_first(view, session)
    type_("dua ")
    session.save().wait()
    assert not session.unsaved_sops
    view.flush()
    assert field() is opened
    type_("atau tiga ")
    press(Qt.Key.Key_Return)
    assert first(session) == "Menerima dua atau tiga berkas Surat Masuk"


@pytest.mark.parametrize(
    "words", ["activity Memeriksa", "lane Kasubag", "group Sekretariat", "heading Waktu",
              "label Tidak", "symbol Cek", "title Tata", "note Catatan"],
)  # fmt: skip
def test_every_text_of_the_sheet_is_typed_on_after_a_save(
    view: SheetView, session: Session, words: str
) -> None:
    before = open_at(view, words).toPlainText()
    press(Qt.Key.Key_End)
    type_(" baru")
    session.save().wait()
    view.flush()
    type_(" sekali")
    press(Qt.Key.Key_Return)
    session.save().wait()
    view.flush()
    role = words.split()[0]
    said = "".join(t.text for p in view.sheet.pages for t in p.texts if t.role == role)
    assert "".join(f"{before} baru sekali".split()) in "".join(said.split())


def test_a_group_that_was_emptied_and_saved_is_typed_anew(
    view: SheetView, session: Session
) -> None:
    open_at(view, "group Sekretariat")
    press(Qt.Key.Key_Delete)
    session.save().wait()
    view.flush()
    assert session.procedure.lanes[1].group == ()
    type_("Bagian")
    press(Qt.Key.Key_Return)
    assert [lane.group for lane in session.procedure.lanes] == [(), ("Bagian",)]


def test_a_colleagues_save_leaves_the_field_and_its_cursor(
    view: SheetView, session: Session, office_path: Path
) -> None:
    open_first(view, session)
    type_("dua ")
    save_as_colleague(office_path, session.sop.uuid, change_elsewhere)
    look(session)
    assert session.work.foreign is not None
    type_("atau tiga ")
    press(Qt.Key.Key_Return)
    assert first(session) == "Menerima dua atau tiga berkas Surat Masuk"


def test_a_colleagues_save_of_another_sop_leaves_the_field(
    view: SheetView, session: Session, office_path: Path
) -> None:
    opened = open_first(view, session)
    type_("dua ")
    save_as_colleague(office_path, session.entries[1].uuid, change_elsewhere)
    look(session)
    assert field() is opened
    type_("atau tiga ")
    assert opened.toPlainText() == "Menerima dua atau tiga berkas Surat Masuk"


def test_a_field_without_a_change_shows_and_follows_what_a_colleague_made(
    view: SheetView, session: Session, office_path: Path
) -> None:
    opened = open_first(view, session)
    top = opened.geometry().top()

    def edit(value: Procedure) -> Procedure:
        value = edits.change_step(value, value.steps[0].id, activity="Menerima surat")
        return edits.insert_step(value, Step(activity="Langkah baru " * 20), 0)

    save_as_colleague(office_path, session.sop.uuid, edit)
    look(session)
    view.flush()
    assert field() is opened
    assert opened.toPlainText() == "Menerima surat"
    assert opened.geometry().top() > top
    type_("dua ")
    press(Qt.Key.Key_Return)
    assert session.procedure.steps[1].activity == "Menerima dua surat"


def test_a_label_stays_with_its_arrow_where_a_colleague_removed_one_before_it(
    view: SheetView, session: Session, office_path: Path
) -> None:
    open_at(view, "label Tidak")
    press(Qt.Key.Key_End)
    save_as_colleague(office_path, session.sop.uuid, lambda value: edits.disconnect(value, 0))
    look(session)
    type_(" sah")
    press(Qt.Key.Key_Return)
    assert [flow.label for flow in session.procedure.flows] == ["Ya", "Tidak sah"]


def test_a_deleted_sop_leaves_the_field_and_its_text(
    view: SheetView, session: Session, office_path: Path
) -> None:
    from sopdesk.storage.office_file import open_file

    open_first(view, session)
    type_("dua ")
    with open_file(office_path) as file:
        file.delete(session.sop.uuid)
    look(session)
    assert session.work.foreign.sop is None
    type_("atau tiga ")
    press(Qt.Key.Key_Return)
    assert first(session) == "Menerima dua atau tiga berkas Surat Masuk"


def test_a_step_that_a_colleague_deleted_closes_its_field(
    view: SheetView, session: Session, office_path: Path
) -> None:
    view.commands.select_step(session.procedure.steps[0].id)
    open_first(view, session)
    save_as_colleague(
        office_path,
        session.sop.uuid,
        lambda value: edits.delete_steps(value, (value.steps[0].id,)),
    )
    look(session)
    assert not view.in_place.is_open
    assert view.hasFocus()
    left = session.procedure
    type_("dua")
    press(Qt.Key.Key_Return)
    assert session.procedure is left, "the letters of a closed field go into no other text"


def test_undo_and_redo_are_seen_in_the_field(view: SheetView, session: Session) -> None:
    opened = open_first(view, session)
    type_("dua ")
    session.undo()
    assert opened.toPlainText() == FIRST
    session.redo()
    assert opened.toPlainText() == "Menerima dua berkas Surat Masuk"
    assert field() is opened


def test_after_a_save_esc_leaves_what_was_saved(view: SheetView, session: Session) -> None:
    open_first(view, session)
    type_("dua ")
    session.save().wait()
    type_("atau tiga ")
    press(Qt.Key.Key_Escape)
    assert first(session) == "Menerima dua berkas Surat Masuk"


def test_another_sop_closes_the_field_and_keeps_its_text(view: SheetView, session: Session) -> None:
    one, other = (entry.uuid for entry in session.entries[:2])
    view.commands.select_step(session.procedure.steps[0].id)
    open_first(view, session)
    type_("dua ")
    session.open_sop(other)
    assert not view.in_place.is_open
    assert first(session) == "Menerima berkas Surat Keluar"
    session.open_sop(one)
    assert session.selection.steps == (session.procedure.steps[0].id,), "it comes back as it was"
    assert first(session) == "Menerima dua berkas Surat Masuk"


def test_another_flow_table_closes_the_field_and_keeps_its_text(
    view: SheetView, session: Session
) -> None:
    session.apply("Tambah", edits.add_procedure)
    open_first(view, session)
    type_("dua ")
    session.show_procedure(1)
    assert not view.in_place.is_open
    assert session.sop.procedures[0].steps[0].activity == "Menerima dua berkas Surat Masuk"


def test_a_look_at_another_window_leaves_the_field_open(
    view: SheetView, session: Session, qtbot: QtBot
) -> None:
    open_first(view, session)
    type_("dua ")
    look_elsewhere(view.window(), qtbot)
    type_("atau tiga ")
    press(Qt.Key.Key_Return)
    assert first(session) == "Menerima dua atau tiga berkas Surat Masuk"


def test_the_field_stays_over_its_text_while_the_canvas_zooms(
    view: SheetView, session: Session
) -> None:
    opened = open_first(view, session)
    size = opened.font().pixelSize()
    view.set_zoom(view.zoom * 2)
    cell = view.to_view(view.in_place._page, view.in_place._rect)
    assert abs(opened.geometry().left() - cell.left()) < 4
    assert opened.font().pixelSize() > size


def test_a_text_that_the_office_has_used_is_offered_on_the_sheet(
    view: SheetView, session: Session, pane: EditorPane, qtbot: QtBot
) -> None:
    open_first(view, session)
    field().selectAll()
    qtbot.waitUntil(lambda: bool(view.in_place._vocabulary.words("activity")))
    press(Qt.Key.Key_Escape)
    open_first(view, session)
    field().selectAll()
    type_("Meng")
    offered = pane.window().findChild(ChoiceList)
    assert offered is not None
    assert "Mengarsipkan" in [offered.item(row).text() for row in range(offered.count())]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert first(session) == "Mengarsipkan"
