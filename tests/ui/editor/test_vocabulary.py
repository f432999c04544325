"""The words that an office has used are offered, and no other office's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sopdesk.document.edits import change_step, new_sop
from sopdesk.storage.office_file import create, open_file
from tests.ui.conftest import look
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.fields.choice_list import ChoiceList
from ui.editor.fields.choices import text_choices
from ui.editor.fields.vocabulary import Vocabulary
from ui.editor.keys import Command
from ui.editor.table.step_table import StepTable

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session


def gathered(qtbot: QtBot, session: Session) -> Vocabulary:
    """Return the vocabulary of the open file when nothing is left to be read."""
    vocabulary = Vocabulary(session)
    vocabulary._go_on()
    qtbot.waitUntil(lambda: vocabulary._asked is None and not vocabulary._unread())
    return vocabulary


def test_words_are_those_of_the_open_file(
    qtbot: QtBot, session: Session, office_path: Path, tmp_path: Path
) -> None:
    vocabulary = gathered(qtbot, session)
    assert vocabulary.words("lanes") == ["Staf"]
    other = tmp_path / "lain.db"
    with create(other) as made:
        made.add(new_sop("Tanpa langkah"))
    session.use_file(open_file(other))
    assert vocabulary.words("lanes") == []


def test_a_text_that_was_typed_before_is_offered_after_three_letters(
    qtbot: QtBot, pane: EditorPane, session: Session
) -> None:
    table = pane.findChild(StepTable)
    table.setFocus()
    vocabulary = table._vocabulary
    qtbot.waitUntil(lambda: "Memeriksa berkas" in vocabulary.words("activity"))
    pane.do(Command.INSERT_BELOW)
    editor = table.findChild(CellEditor)
    QTest.keyClicks(editor, "ber")
    listed = pane.findChild(ChoiceList)
    assert listed.chosen is None  # Enter keeps what is typed.
    QTest.keyClick(editor, Qt.Key.Key_Down)
    shown = [listed.item(row).text() for row in range(listed.count())]
    assert "Memeriksa berkas" in shown
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == shown[0]


def test_two_letters_offer_nothing_yet(pane: EditorPane, session: Session) -> None:
    pane.do(Command.INSERT_BELOW)
    editor = pane.findChild(StepTable).findChild(CellEditor)
    QTest.keyClicks(editor, "be")
    assert pane.findChild(ChoiceList) is None


def test_a_step_may_need_what_the_last_one_gave(session: Session) -> None:
    procedure = session.procedure
    given = change_step(procedure, procedure.steps[0].id, outputs=("Tanda terima",))
    choices = text_choices(given, 1, "requirements", ["Berkas", "Tanda terima"])
    assert [choice.text for choice in choices.entries] == ["Tanda terima", "Berkas"]
    assert [c.text for c in text_choices(given, 1, "outputs", ["Berkas"]).entries] == ["Berkas"]


def test_a_deleted_sop_offers_nothing_from_that_moment(qtbot: QtBot, session: Session) -> None:
    vocabulary = gathered(qtbot, session)
    assert "Menerima berkas Cuti Tahunan" in vocabulary.words("activity")
    session.delete(session.entries[2].uuid)
    assert "Menerima berkas Cuti Tahunan" not in vocabulary.words("activity")
    assert "Memeriksa berkas" in vocabulary.words("activity")


def test_an_sop_that_a_colleague_deletes_offers_nothing_once_it_is_off_the_list(
    qtbot: QtBot, session: Session, office_path: Path
) -> None:
    vocabulary = gathered(qtbot, session)
    with open_file(office_path) as file:
        file.delete(session.entries[2].uuid)
    look(session)
    assert "Menerima berkas Cuti Tahunan" not in vocabulary.words("activity")


def test_an_sop_that_is_deleted_while_it_is_read_offers_nothing(
    qtbot: QtBot, session: Session
) -> None:
    vocabulary = Vocabulary(session)
    vocabulary._go_on()
    session.delete(session.entries[2].uuid)
    qtbot.waitUntil(lambda: vocabulary._asked is None and not vocabulary._unread())
    assert "Menerima berkas Cuti Tahunan" not in vocabulary.words("activity")
    assert "Menerima berkas Surat Keluar" in vocabulary.words("activity")


def test_what_is_saved_takes_the_place_of_what_was_there(qtbot: QtBot, session: Session) -> None:
    vocabulary = gathered(qtbot, session)
    step = session.procedure.steps[0].id
    session.apply_to_procedure("", lambda value: change_step(value, step, activity="Mencatat"))
    session.save().wait()
    qtbot.waitUntil(lambda: "Mencatat" in vocabulary.words("activity"))
    assert "Menerima berkas Surat Masuk" not in vocabulary.words("activity")


def test_texts_that_differ_in_their_last_mark_are_offered_once(
    qtbot: QtBot, session: Session
) -> None:
    for title, text in (("Satu", "UU 25/2009;"), ("Dua", "UU 25/2009;"), ("Tiga", "uu 25/2009.")):
        sop = new_sop(title)
        session.add(replace(sop, identity=replace(sop.identity, legal_basis=(text,))))
    assert gathered(qtbot, session).words("legal_basis") == ["UU 25/2009;"]
