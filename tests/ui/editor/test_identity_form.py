"""The identity form: typed text is in the SOP at once, and each field is one undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from sopdesk.document.dates import PartialDate
from sopdesk.document.edits import new_sop
from sopdesk.document.values import LISTS, ListStyle, Status
from ui.editor.identity.bindings import spaced_employee_id
from ui.editor.identity.form import IdentityForm

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session


@pytest.fixture
def form(pane: EditorPane) -> IdentityForm:
    """The form, unfolded."""
    pane._identity_panel.set_open(True)
    form = pane.findChild(IdentityForm, "identity_form")
    assert form is not None
    return form


def line(form: QWidget, name: str) -> QLineEdit:
    field = form.findChild(QLineEdit, f"field_{name}")
    assert field is not None
    field.setFocus()
    return field


def lines(form: QWidget, name: str) -> QPlainTextEdit:
    field = form.findChild(QPlainTextEdit, f"field_{name}")
    assert field is not None
    field.setFocus()
    return field


def faults(form: QWidget) -> list[str]:
    return [
        label.text()
        for label in form.findChildren(QLabel, "identity_fault")
        if label.isVisibleTo(form)
    ]


def test_every_field_of_the_identity_is_there(form: IdentityForm) -> None:
    names = [
        "number", "title", "unit", "institution", "created_on", "revised_on", "revision",
        "effective_on", "approved_by_position", "approved_by_name", "approved_by_rank",
        "approved_by_employee_id", "closing_place_date", "closing_position", *LISTS,
    ]  # fmt: skip
    for name in names:
        field = form.findChild(QWidget, f"field_{name}")
        assert field is not None, name
        assert field.accessibleName(), name


def test_a_title_is_in_the_sop_with_each_key_and_is_one_undo(
    form: IdentityForm, session: Session
) -> None:
    field = line(form, "title")
    field.selectAll()
    QTest.keyClicks(field, "Penanganan")
    assert session.sop.identity.title == "Penanganan"
    session.undo()
    assert session.sop.identity.title == "Surat Masuk"
    assert field.text() == "Surat Masuk"
    assert not session.can_undo


def test_two_fields_are_two_undos(form: IdentityForm, session: Session) -> None:
    QTest.keyClicks(line(form, "number"), "01.02")
    QTest.keyClicks(line(form, "approved_by_name"), "Nama Pejabat")
    session.undo()
    assert session.sop.identity.approved_by.name == ""
    assert session.sop.identity.number == "01.02"


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("9-5-2019", PartialDate(2019, 5, 9)),
        ("9 Mei 2019", PartialDate(2019, 5, 9)),
        ("Mei 2019", PartialDate(2019, 5)),
        ("2019", PartialDate(2019)),
    ],
)
def test_dates_are_taken_as_people_type_them(
    form: IdentityForm, session: Session, typed: str, date: PartialDate
) -> None:
    field = line(form, "created_on")
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert session.sop.identity.created_on == date
    assert faults(form) == []


def test_a_date_is_shown_as_it_will_be_printed_once_it_is_left(
    form: IdentityForm, session: Session
) -> None:
    field = line(form, "created_on")
    QTest.keyClicks(field, "9-5-2019")
    assert field.text() == "9-5-2019"
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "09 Mei 2019"


def test_what_is_no_date_stays_and_says_so_when_it_is_left(
    form: IdentityForm, session: Session
) -> None:
    field = line(form, "effective_on")
    QTest.keyClicks(field, "besok")
    assert faults(form) == []
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "besok"
    assert len(faults(form)) == 1
    assert session.sop.identity.effective_on is None
    QTest.keyClicks(line(form, "number"), "7")
    assert field.text() == "besok"


def test_an_emptied_date_is_no_date(form: IdentityForm, session: Session) -> None:
    field = line(form, "created_on")
    QTest.keyClicks(field, "2019")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert session.sop.identity.created_on is None


def test_lists_are_one_item_a_line_and_blank_lines_are_none(
    form: IdentityForm, session: Session
) -> None:
    field = lines(form, "legal_basis")
    QTest.keyClicks(field, "UU 25/2009")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Perwal 3/2020")
    assert session.sop.identity.legal_basis == ("UU 25/2009", "Perwal 3/2020")
    assert field.toPlainText() == "UU 25/2009\n\nPerwal 3/2020"


def test_an_item_may_have_lines_of_its_own(form: IdentityForm, session: Session) -> None:
    field = lines(form, "warnings")
    QTest.keyClicks(field, "Bila terlambat:")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "surat kembali")
    assert session.sop.identity.warnings == ("Bila terlambat:\nsurat kembali",)


def test_an_employee_number_is_spaced_by_itself(form: IdentityForm, session: Session) -> None:
    field = line(form, "approved_by_employee_id")
    QTest.keyClicks(field, "000000000000000000")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "00000000 000000 0 000"
    assert session.sop.identity.approved_by.employee_id == "00000000 000000 0 000"


def test_only_eighteen_digits_are_an_employee_number() -> None:
    assert spaced_employee_id("0000") == "0000"
    assert spaced_employee_id("NIP baru") == "NIP baru"


def test_a_unit_is_a_path(form: IdentityForm, session: Session) -> None:
    field = line(form, "unit")
    field.selectAll()
    QTest.keyClicks(field, "Sekretariat / Subbag Umum")
    assert session.sop.identity.unit == ("Sekretariat", "Subbag Umum")


def test_a_unit_of_the_office_is_completed(form: IdentityForm, session: Session) -> None:
    field = line(form, "unit")
    field.selectAll()
    QTest.keyClicks(field, "subb")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.sop.identity.unit == ("Bagian Umum", "Subbag Kepegawaian")


def test_a_second_signature_comes_and_goes_with_its_text(
    form: IdentityForm, session: Session
) -> None:
    field = line(form, "closing_place_date")
    QTest.keyClicks(field, "Contoh, 2 Mei 2024")
    assert session.sop.closing is not None
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert session.sop.closing is None


def test_a_status_is_chosen(form: IdentityForm, session: Session) -> None:
    box = form.findChild(QComboBox, "field_status")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert session.sop.status is Status.REVIEW


def test_a_list_gets_its_own_marks(form: IdentityForm, session: Session) -> None:
    style = form._marks["records"]
    next(a for a in style._group.actions() if a.data() == ListStyle.DASHES).trigger()
    assert session.sop.identity.list_styles.records is ListStyle.DASHES
    assert style.text() == "–"


def test_another_sop_fills_every_field_anew(form: IdentityForm, session: Session) -> None:
    QTest.keyClicks(line(form, "effective_on"), "besok")
    session.add(new_sop("Lain"))
    assert line(form, "title").text() == "Lain"
    assert line(form, "effective_on").text() == ""
    assert faults(form) == []


def test_the_words_are_those_of_the_sheet(form: IdentityForm) -> None:
    said = {label.text() for label in form.findChildren(QLabel)}
    assert {"Nomor SOP", "Nama SOP", "Dasar Hukum", "Pencatatan dan Pendataan"} <= said


def test_undo_in_a_field_is_the_sops_undo(
    qtbot: QtBot, form: IdentityForm, session: Session
) -> None:
    from PySide6.QtGui import QAction, QKeySequence

    undo = QAction(form.window())
    undo.setShortcut(QKeySequence("Ctrl+Z"))
    undo.triggered.connect(session.undo)
    form.window().addAction(undo)
    field = lines(form, "equipment")
    QTest.keyClicks(field, "Komputer")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.sop.identity.equipment == ()
    assert QApplication.focusWidget() is field


def test_scrolling_over_the_status_leaves_it(form: IdentityForm, session: Session) -> None:
    status = form.findChild(QComboBox, "field_status")
    none, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    middle = QPointF(status.rect().center())
    turn = QWheelEvent(
        middle, status.mapToGlobal(middle), QPoint(), QPoint(0, -120), none, no_key,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(status, turn)
    assert status.currentIndex() == status.findData(session.sop.status)
    assert not session.can_undo


@pytest.mark.usefixtures("form")
def test_tab_and_enter_go_from_field_to_field(pane: EditorPane) -> None:
    pane.edit_identity("title")
    fields = ["field_title", *(f"field_{name}" for name in LISTS), "field_closing_place_date"]
    assert QApplication.focusWidget().objectName() == fields[0]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    for name in fields[1:]:
        assert QApplication.focusWidget().objectName() == name
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def test_an_empty_letterhead_shows_what_is_printed(form: IdentityForm) -> None:
    assert lines(form, "institution").placeholderText() == "PEMERINTAH KOTA CONTOH\nBagian Umum"


def test_the_status_says_beside_it_since_when_the_sop_is_in_force(
    form: IdentityForm, session: Session
) -> None:
    mark = form.findChild(QLabel, "status_force")
    assert mark.isHidden()
    identity = replace(session.sop.identity, effective_on=PartialDate(2024, 5, 9))
    session.apply("", lambda sop: replace(sop, status=Status.APPROVED, identity=identity))
    assert mark.text() == "berlaku sejak 09 Mei 2024"
    assert form.findChild(QComboBox, "field_status").currentText() == "Disahkan"
    assert not mark.isHidden()
