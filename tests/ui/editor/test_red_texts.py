"""What cannot be read yet stands in red, and goes by nobody's doing but the clerk's."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from sopdesk.document import edits
from sopdesk.storage.office_file import open_file
from tests.ui.conftest import look
from tests.ui.editor.clerk import press, save_as_colleague, type_
from ui.dialogs import asking
from ui.editor.table.columns import COLUMN_KEYS
from ui.editor.table.stranded import StrandedStrip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure, Sop
    from ui.editor import EditorPane
    from ui.recovery.recovery_dialog import RecoveryDialog
    from ui.session import Session
    from ui.window.main_window import MainWindow


@pytest.fixture
def table(pane: EditorPane) -> QTableView:
    table = pane.findChild(QTableView, "step_table")
    table.setFocus()
    return table


def text_of(table: QTableView, row: int, column: str) -> str:
    return str(table.model().index(row, COLUMN_KEYS.index(column)).data(Qt.ItemDataRole.EditRole))


def write(table: QTableView, row: int, column: str, words: str) -> None:
    table.setCurrentIndex(table.model().index(row, COLUMN_KEYS.index(column)))
    type_(words)
    press(Qt.Key.Key_Return)


def without_first(value: Procedure) -> Procedure:
    return edits.delete_steps(value, (value.steps[0].id,))


def test_redo_brings_a_red_text_back(table: QTableView, session: Session) -> None:
    write(table, 0, "next", "entah")
    session.undo()
    assert text_of(table, 0, "next") == "2"
    assert session.can_redo
    session.redo()
    assert text_of(table, 0, "next") == "entah"


def test_undo_takes_back_in_the_order_of_typing(table: QTableView, session: Session) -> None:
    write(table, 0, "next", "entah")
    write(table, 0, "remarks", "Segera")
    session.undo()
    assert (text_of(table, 0, "next"), text_of(table, 0, "remarks")) == ("entah", "")
    session.undo()
    assert text_of(table, 0, "next") == "2"
    session.redo()
    session.redo()
    assert (text_of(table, 0, "next"), text_of(table, 0, "remarks")) == ("entah", "Segera")


def test_esc_gives_a_red_text_up_and_undo_brings_it_back(
    table: QTableView, session: Session
) -> None:
    write(table, 0, "next", "entah")
    table.setCurrentIndex(table.model().index(0, COLUMN_KEYS.index("next")))
    press(Qt.Key.Key_Escape)
    assert text_of(table, 0, "next") == "2"
    session.undo()
    assert text_of(table, 0, "next") == "entah"


def test_a_step_and_its_red_text_come_back_together(table: QTableView, session: Session) -> None:
    write(table, 0, "next", "entah")
    session.apply_to_procedure("Hapus", without_first)
    assert session.work.unread == ()
    session.undo()
    assert text_of(table, 0, "next") == "entah"


def test_a_removed_flow_table_leaves_the_red_texts_of_the_next(
    table: QTableView, session: Session
) -> None:
    session.apply("Tambah", edits.add_procedure)
    session.apply("Tukar", lambda sop: edits.remove_procedure(edits.add_procedure(sop), 1))
    write(table, 0, "next", "entah")

    def put_before(sop: Sop) -> Sop:
        return dataclasses.replace(sop, procedures=sop.procedures[::-1])

    session.apply("Tukar", put_before)
    session.show_procedure(1)
    assert text_of(table, 0, "next") == "entah"


def test_a_red_text_whose_step_a_colleague_removes_is_told_and_kept(
    table: QTableView, pane: EditorPane, session: Session, office_path: Path
) -> None:
    write(table, 0, "next", "entah")
    save_as_colleague(office_path, session.sop.uuid, without_first)
    look(session)
    assert len(session.procedure.steps) == 2
    strip = pane.findChild(StrandedStrip)
    assert strip.isVisible()
    words = strip.findChild(QLabel, "stranded_words").text()
    assert "menghapus langkah" in words
    assert "Lanjut ke: entah" in words
    strip.findChild(QPushButton, "stranded_copy").click()
    assert QApplication.clipboard().text() == "entah"
    assert strip.isVisible()
    assert session.works_to_keep == (session.work,)


def test_a_stranded_text_goes_when_the_clerk_says_so_and_comes_back_by_undo(
    table: QTableView, pane: EditorPane, session: Session, office_path: Path
) -> None:
    write(table, 0, "next", "entah")
    save_as_colleague(office_path, session.sop.uuid, without_first)
    look(session)
    write(table, 0, "remarks", "Segera")
    strip = pane.findChild(StrandedStrip)
    assert strip.isVisible()
    strip.findChild(QPushButton, "stranded_close").click()
    assert not strip.isVisible()
    assert session.work.unread == ()
    session.undo()
    assert strip.isVisible()


def leave_red(show: Callable[..., MainWindow], office_path: Path) -> str:
    """Type a text that cannot be read, close the window and return the SOP's uuid."""
    window = show(office_path)
    session = window.session
    uuid = session.entries[0].uuid
    session.open_sop(uuid)
    table = window.findChild(QTableView, "step_table")
    table.setFocus()
    write(table, 0, "next", "entah")
    assert session.unread_count == 1
    assert window.close()
    return uuid


def test_a_stranded_text_is_there_again_in_another_window(
    show: Callable[..., MainWindow], office_path: Path, qtbot: QtBot
) -> None:
    uuid = leave_red(show, office_path)
    save_as_colleague(office_path, uuid, without_first)
    again = show(office_path)
    qtbot.waitUntil(lambda: again.session.unread_count == 1)
    again.session.open_sop(uuid)
    assert "entah" in again.findChild(QLabel, "stranded_words").text()
    assert again.findChild(StrandedStrip).isVisible()


def test_a_red_text_of_an_sop_that_is_deleted_meanwhile_is_offered(
    show: Callable[..., MainWindow],
    office_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    uuid = leave_red(show, office_path)
    with open_file(office_path) as file:
        file.delete(uuid)

    def restore(dialog: RecoveryDialog) -> bool:
        dialog.choice = "restore"
        return True

    monkeypatch.setattr(asking, "run", restore)
    again = show(office_path)
    qtbot.waitUntil(lambda: again.session.unread_count == 1)
    assert again.session.sop.uuid == uuid
    assert text_of(again.findChild(QTableView, "step_table"), 0, "next") == "entah"
