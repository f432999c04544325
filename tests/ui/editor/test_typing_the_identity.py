"""What is typed into the identity form is never lost, half a date neither, and the cursor stays."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sopdesk.document.dates import PartialDate
from sopdesk.document.unread import Unread
from sopdesk.storage.office_file import open_file
from tests.ui.conftest import look
from tests.ui.editor.clerk import press, type_
from ui.editor.fields.line_fields import LineField, LinesField
from ui.findings.found import Found

if TYPE_CHECKING:
    from pathlib import Path

    from ui.editor import EditorPane
    from ui.session import Session


@pytest.fixture
def date(pane: EditorPane) -> LineField:
    """The field of the date, which has the keyboard."""
    pane.edit_identity("created_on")
    return pane.findChild(LineField, "field_created_on")


def retitle_as_colleague(path: Path, uuid: str, title: str) -> None:
    with open_file(path) as file:
        stored = file.load(uuid)
        identity = dataclasses.replace(stored.sop.identity, title=title)
        file.save(dataclasses.replace(stored.sop, identity=identity), stored.rev)


def made_on(session: Session) -> PartialDate | None:
    return session.sop.identity.created_on


def test_half_a_date_stays_over_a_save_and_is_typed_on(date: LineField, session: Session) -> None:
    type_("9-5-")
    session.save().wait()
    assert date.text() == "9-5-"
    type_("2019")
    session.save().wait()
    assert made_on(session) == PartialDate(2019, 5, 9)
    assert date.text() == "9-5-2019"
    assert session.work.unread == ()


def test_a_whole_date_is_not_rewritten_while_it_is_typed(date: LineField, session: Session) -> None:
    type_("5-2019")
    date.setCursorPosition(0)
    session.save().wait()
    type_("9-")
    assert date.text() == "9-5-2019"
    press(Qt.Key.Key_Tab)
    assert date.text() == "09 Mei 2019"


def test_half_a_date_is_there_again_after_another_sop(
    date: LineField, pane: EditorPane, session: Session
) -> None:
    one, other = (entry.uuid for entry in session.entries[:2])
    type_("9-5-")
    session.open_sop(other)
    assert date.text() == ""
    session.open_sop(one)
    assert date.text() == "9-5-"
    faults = [label.text() for label in pane.findChildren(QLabel, "identity_fault")]
    assert any("Belum terbaca" in fault or "9-5-2019" in fault for fault in faults)


def test_half_a_date_is_in_the_recovery_copy(
    date: LineField, pane: EditorPane, session: Session
) -> None:
    type_("9-5-")
    red = Unread(0, "", "created_on", "9-5-")
    assert pane.as_typed() == red
    press(Qt.Key.Key_Tab)
    assert pane.as_typed() is None
    assert session.work.unread == (red,)
    assert session.works_to_keep == (session.work,)


def test_half_a_date_is_undone_and_done_again(date: LineField, session: Session) -> None:
    type_("9-5-")
    session.undo()
    assert date.text() == ""
    session.redo()
    assert date.text() == "9-5-"
    assert made_on(session) is None


def test_a_colleagues_save_leaves_half_a_date(
    date: LineField, session: Session, office_path: Path
) -> None:
    type_("9-5-")
    retitle_as_colleague(office_path, session.sop.uuid, "Judul dari rekan")
    retitle_as_colleague(office_path, session.entries[1].uuid, "Lain")
    look(session)
    assert session.sop.identity.title == "Judul dari rekan"
    type_("2019")
    assert date.text() == "9-5-2019"
    assert made_on(session) == PartialDate(2019, 5, 9)


def test_half_a_date_is_a_finding_of_the_identity(date: LineField, session: Session) -> None:
    found = Found(session)
    type_("9-5-")
    press(Qt.Key.Key_Tab)
    found.look()
    first = found.all[0]
    assert (first.code, first.part, first.facts["field"]) == (
        "field_unread",
        "identity",
        "created_on",
    )


def test_the_cursor_of_a_title_stays_when_a_colleagues_title_comes(
    pane: EditorPane, session: Session, office_path: Path
) -> None:
    pane.edit_identity("title")
    title = pane.findChild(LineField, "field_title")
    title.setCursorPosition(len("Surat"))
    retitle_as_colleague(office_path, session.sop.uuid, "Surat Masuk Dinas")
    look(session)
    assert title.text() == "Surat Masuk Dinas"
    type_("-surat")
    assert session.sop.identity.title == "Surat-surat Masuk Dinas"


def test_a_blank_just_typed_stays_over_a_save(pane: EditorPane, session: Session) -> None:
    pane.edit_identity("title")
    press(Qt.Key.Key_End)
    type_(" ")
    session.save().wait()
    type_("Dinas")
    assert session.sop.identity.title == "Surat Masuk Dinas"


def test_a_line_just_begun_stays_over_a_save(pane: EditorPane, session: Session) -> None:
    pane.edit_identity("legal_basis")
    type_("Undang-undang")
    press(Qt.Key.Key_Return)
    session.save().wait()
    type_("Perwali")
    assert session.sop.identity.legal_basis == ("Undang-undang", "Perwali")


def test_an_employee_number_is_saved_spaced_and_typed_on(
    pane: EditorPane, session: Session
) -> None:
    pane.edit_identity("approved_by_employee_id")
    field = pane.findChild(LineField, "field_approved_by_employee_id")
    type_("190001011900011001")
    field.setCursorPosition(2)
    session.save().wait()
    assert session.sop.identity.approved_by.employee_id == "19000101 190001 1 001"
    assert field.cursorPosition() == 2
    press(Qt.Key.Key_Tab)
    assert field.text() == "19000101 190001 1 001"
    assert not session.unsaved_sops


def test_title_and_notes_of_a_flow_table_are_typed_on(pane: EditorPane, session: Session) -> None:
    words = pane.findChild(LineField, "field_procedure_title")
    notes = pane.findChild(LinesField, "field_procedure_notes")
    holder: QWidget = words.parentWidget()
    holder.show()
    words.setFocus()
    type_("Tata ")
    session.save().wait()
    type_("cara")
    notes.setFocus()
    type_("Satu")
    press(Qt.Key.Key_Return)
    session.save().wait()
    type_("dua")
    assert session.procedure.title == "Tata cara"
    assert session.procedure.notes == ("Satu", "dua")
