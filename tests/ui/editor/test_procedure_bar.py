"""Title and notes of a flow table are fields of the SOP like all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session
    from ui.window.main_window import MainWindow


def test_undo_in_the_title_is_undo_of_the_sop(
    qtbot: QtBot, show: Callable[..., MainWindow], office_path: Path
) -> None:
    window = show(office_path)
    title = window.findChild(QLineEdit, "field_procedure_title")
    title.parentWidget().show()
    title.setFocus()
    qtbot.keyClicks(title, "Tahap ")
    assert window.session.procedure.title == "Tahap"
    assert title.text() == "Tahap "
    qtbot.keyClick(title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.procedure.title == ""
    assert title.text() == ""
    assert window.session.can_redo


def test_notes_keep_what_is_being_typed(qtbot: QtBot, pane: EditorPane, session: Session) -> None:
    notes = pane.findChild(QPlainTextEdit, "field_procedure_notes")
    notes.parentWidget().show()
    notes.setFocus()
    qtbot.keyClicks(notes, "Catatan ")
    qtbot.keyClick(notes, Qt.Key.Key_Return)
    assert notes.toPlainText() == "Catatan \n"
    assert session.procedure.notes == ("Catatan",)


@pytest.mark.parametrize("name", ["field_procedure_title", "field_procedure_notes"])
def test_nothing_can_be_typed_into_a_read_only_file(
    qtbot: QtBot, office_path: Path, name: str
) -> None:
    from sopdesk.storage.office_file import open_file
    from ui.editor import EditorPane
    from ui.session import Session

    session = Session()
    session.use_file(open_file(office_path, writable=False))
    session.open_sop(session.entries[0].uuid)
    pane = EditorPane(session)
    qtbot.addWidget(pane)
    assert pane.findChild((QLineEdit, QPlainTextEdit)[name.endswith("notes")], name).isReadOnly()
    session.use_file(None)
