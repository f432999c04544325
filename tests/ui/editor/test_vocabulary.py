"""The words that an office has used are offered, and no other office's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sopdesk.document.edits import change_step, new_sop
from sopdesk.storage.office_file import create, open_file
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


def test_words_are_those_of_the_open_file(
    qtbot: QtBot, session: Session, office_path: Path, tmp_path: Path
) -> None:
    vocabulary = Vocabulary(session)
    vocabulary.words("lanes")
    qtbot.waitUntil(lambda: vocabulary.words("lanes") == ["Staf"])
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
    vocabulary.words("activity")
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
