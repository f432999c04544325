"""The identity form offers what the office has used, and leaves the clerk's keys alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sopdesk.document.edits import insert_step
from sopdesk.document.values import Approval, Closing, Lane, Procedure, Sop, Step
from tests.ui.conftest import sop_of
from tests.ui.editor.clerk import press, type_
from ui.editor.fields.choice_list import ChoiceList
from ui.editor.sheet.heading_targets import LaneTarget
from ui.editor.table.lanes_bar import LanesBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session

LAW = "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"
RULE = "Peraturan Menteri PANRB Nomor 35 Tahun 2012 tentang *Pedoman* Penyusunan SOP AP"
OFFICIAL = Approval(("Sekretaris Daerah",), "Nama Pejabat", "Pembina", "19000101 190001 1 001")


@pytest.fixture
def sops() -> tuple[Sop, ...]:
    """An SOP to type into, and one from which the office has its words."""
    full = sop_of("Surat Keluar", ("Bagian Umum",), ("Menerima",))
    identity = replace(
        full.identity,
        legal_basis=(LAW, RULE, "Perwal:\nPasal 3"),
        qualifications=("Memahami tata naskah",),
        related=("SOP Arsip",),
        equipment=("Komputer",),
        warnings=("Bila terlambat, surat kembali",),
        records=("Dicatat dan direkap",),
        approved_by=OFFICIAL,
    )
    closing = Closing("", ("Kepala Bagian",), "Nama Lain", "Penata", "19000101 190001 1 002")
    return sop_of("Surat Masuk"), replace(full, identity=identity, closing=closing)


@pytest.fixture
def office(qtbot: QtBot, pane: EditorPane) -> EditorPane:
    """Return the editor when it knows the office's words."""
    vocabulary = pane._table._vocabulary
    vocabulary._go_on()
    qtbot.waitUntil(lambda: bool(vocabulary.words("legal_basis")))
    return pane


def offered(pane: EditorPane) -> list[str]:
    QApplication.processEvents()
    lists = [one for one in pane.window().findChildren(ChoiceList) if one.isVisible()]
    return [one.item(row).text() for one in lists for row in range(one.count())]


@pytest.mark.parametrize(
    ("field", "typed", "text"),
    [
        ("legal_basis", "und", LAW),
        ("qualifications", "naskah", "Memahami tata naskah"),
        ("related", "ars", "SOP Arsip"),
        ("equipment", "kom", "Komputer"),
        ("warnings", "terl", "Bila terlambat, surat kembali"),
        ("records", "rek", "Dicatat dan direkap"),
    ],
)
def test_an_item_of_a_list_is_taken_by_a_few_letters(
    office: EditorPane, session: Session, field: str, typed: str, text: str
) -> None:
    office.edit_identity(field)
    type_(typed)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert getattr(session.sop.identity, field) == (text,)
    assert offered(office) == []


def test_the_words_of_a_rule_find_it_in_any_order_and_without_its_marks(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("legal_basis")
    type_("pedoman peny 35")
    assert offered(office) == [RULE.replace("*", "")]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert session.sop.identity.legal_basis == (RULE,)


def test_enter_and_tab_are_the_clerks_while_a_list_shows(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("legal_basis")
    type_("Undang")
    assert offered(office) == [LAW]
    press(Qt.Key.Key_Return)
    type_("Perwal")
    assert offered(office) == ["Perwal: Pasal 3"]
    press(Qt.Key.Key_Tab)
    assert offered(office) == []
    assert session.sop.identity.legal_basis == ("Undang", "Perwal")
    assert QApplication.focusWidget().objectName() == "field_qualifications"


def test_esc_closes_the_list_and_leaves_the_text(office: EditorPane, session: Session) -> None:
    office.edit_identity("legal_basis")
    type_("Undang")
    press(Qt.Key.Key_Escape)
    assert offered(office) == []
    assert session.sop.identity.legal_basis == ("Undang",)
    type_("-")
    assert offered(office) == [LAW]


def test_enter_in_a_field_of_one_line_goes_on_while_a_list_shows(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("approved_by_name")
    type_("Nama")
    assert len(offered(office)) == 2
    press(Qt.Key.Key_Return)
    assert session.sop.identity.approved_by.name == "Nama"
    assert QApplication.focusWidget().objectName() == "field_approved_by_rank"


def test_tab_takes_the_choice_that_was_walked_to_and_goes_on(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("approved_by_position")
    type_("sek")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    assert session.sop.identity.approved_by.position == ("Sekretaris Daerah",)
    assert QApplication.focusWidget().objectName() == "field_approved_by_name"


def test_alt_down_opens_the_whole_list(office: EditorPane) -> None:
    office.edit_identity("legal_basis")
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert len(offered(office)) == 3


def test_an_item_of_several_lines_stays_one_item(office: EditorPane, session: Session) -> None:
    office.edit_identity("legal_basis")
    type_("Satu")
    press(Qt.Key.Key_Return)
    type_("perw")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert session.sop.identity.legal_basis == ("Satu", "Perwal:\nPasal 3")


def test_what_the_list_has_already_is_not_offered_to_it(office: EditorPane) -> None:
    office.edit_identity("legal_basis")
    type_("und")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_("und")
    assert offered(office) == []


def test_an_officials_name_brings_rank_number_and_position_as_one_undo(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("approved_by_name")
    type_("pej")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert session.sop.identity.approved_by == OFFICIAL
    session.undo()
    assert session.sop.identity.approved_by == Approval()


def test_a_position_that_is_typed_stays_when_a_name_is_taken(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("approved_by_position")
    type_("Plt. Sekretaris")
    press(Qt.Key.Key_Tab)
    type_("pejabat")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert session.sop.identity.approved_by == replace(OFFICIAL, position=("Plt. Sekretaris",))


def test_the_second_signature_is_completed_too(office: EditorPane, session: Session) -> None:
    office.edit_identity("closing_name")
    type_("lain")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    closing = Closing("", ("Kepala Bagian",), "Nama Lain", "Penata", "19000101 190001 1 002")
    assert session.sop.closing == closing


def test_the_offices_other_sops_are_offered_as_related(
    office: EditorPane, session: Session
) -> None:
    office.edit_identity("related")
    type_("surat")
    assert offered(office) == ["SOP Surat Keluar"]
    session.delete(session.entries[1].uuid)
    type_(" ")
    assert offered(office) == []


def test_a_new_actor_is_named_as_the_office_has_it(office: EditorPane, session: Session) -> None:
    session.apply_to_procedure("", lambda value: replace(value, lanes=(Lane(name="Camat"),)))
    bar = office.findChild(LanesBar)
    bar.add_lane()
    type_("st")
    assert offered(office) == ["Staf"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert [lane.name for lane in session.procedure.lanes] == ["Camat", "Staf"]


def test_an_actor_is_completed_on_the_sheet_too(office: EditorPane, session: Session) -> None:
    table = insert_step(Procedure(lanes=(Lane(name="Camat"),)), Step(activity="Menerima"), 0)
    session.apply_to_procedure("", lambda _: table)
    lane = session.procedure.lanes[0].id
    target = LaneTarget(session, lane)
    canvas = office._canvas
    canvas.flush()
    pages = canvas.sheet.pages
    page = next(at for at, one in enumerate(pages) if target.rect_on(one) is not None)
    canvas.in_place.open(page, target)
    type_("st")
    assert offered(office) == ["Staf"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert [one.name for one in session.procedure.lanes] == ["Staf"]
