"""Ctrl+H: words of the whole SOP found and replaced beside the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QPushButton, QTableView

from sopdesk.document.edits import change_step
from tests.ui.editor.clerk import type_
from ui.editor.popups.replace_dialog import ReplaceDialog
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session
    from ui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(pane: EditorPane) -> ReplaceDialog:
    pane.replace_words()
    found = pane.findChild(ReplaceDialog)
    assert found is not None
    return found


def fill(dialog: ReplaceDialog, words: str, by: str = "") -> None:
    find, replace = dialog.findChildren(QLineEdit)
    find.setText(words)
    replace.setText(by)


def press(dialog: ReplaceDialog, words: str) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def lines(dialog: ReplaceDialog) -> list[str]:
    listed = dialog.findChild(QListWidget)
    return [listed.item(row).text() for row in range(listed.count())]


def activities(session: Session) -> list[str]:
    return [step.activity for step in session.procedure.steps]


def test_every_place_is_listed_with_its_words(dialog: ReplaceDialog) -> None:
    fill(dialog, "berkas")
    assert lines(dialog) == [
        "Langkah 1 · Kegiatan: Menerima berkas Surat Masuk",
        "Langkah 2 · Kegiatan: Memeriksa berkas",
    ]
    fill(dialog, "surat masuk")
    assert lines(dialog)[0] == "Identitas · Nama SOP: Surat Masuk"
    next(box for box in dialog.findChildren(QCheckBox) if "besar" in box.text()).click()
    assert lines(dialog) == []


def test_all_are_replaced_as_one_undo(dialog: ReplaceDialog, session: Session) -> None:
    before = session.sop
    fill(dialog, "surat masuk", "Naskah Masuk")
    press(dialog, "Ganti Semua")
    assert session.sop.identity.title == "Naskah Masuk"
    assert activities(session)[0] == "Menerima berkas Naskah Masuk"
    assert session.undo_label == "Ganti “surat masuk”"
    assert lines(dialog) == []
    session.undo()
    assert session.sop is before
    assert len(lines(dialog)) == 2


def test_one_after_the_other_is_replaced_or_passed_over(
    dialog: ReplaceDialog, session: Session
) -> None:
    fill(dialog, "berkas", "dokumen")
    press(dialog, "Ganti")  # The first press only shows what it would replace.
    assert activities(session)[0] == "Menerima berkas Surat Masuk"
    press(dialog, "Berikutnya")
    press(dialog, "Ganti")
    assert activities(session) == [
        "Menerima berkas Surat Masuk", "Memeriksa dokumen", "Mengarsipkan"
    ]  # fmt: skip


def test_words_that_hold_those_they_replace_are_not_replaced_again(
    dialog: ReplaceDialog, session: Session
) -> None:
    fill(dialog, "berkas", "berkas lengkap")
    for _ in range(3):
        press(dialog, "Ganti")
    assert activities(session)[:2] == [
        "Menerima berkas lengkap Surat Masuk", "Memeriksa berkas lengkap"
    ]  # fmt: skip


def test_what_is_typed_in_the_editor_meanwhile_shifts_no_place(
    dialog: ReplaceDialog, pane: EditorPane, session: Session, qtbot: QtBot
) -> None:
    fill(dialog, "berkas", "dokumen")
    qtbot.waitUntil(dialog.isActiveWindow)
    window, table = pane.window(), pane.findChild(QTableView, "step_table")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, COLUMN_KEYS.index("activity")))
    QTest.keyClick(table, Qt.Key.Key_F2)
    type_(" dan berkas lain")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    listed = dialog.findChild(QListWidget)
    place = listed.visualItemRect(listed.item(listed.count() - 1)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(dialog, "Ganti")
    assert activities(session)[:2] == [
        "Menerima berkas Surat Masuk dan berkas lain", "Memeriksa dokumen"
    ]  # fmt: skip


def test_a_change_elsewhere_leaves_the_list_on_its_place(
    dialog: ReplaceDialog, session: Session
) -> None:
    session.apply_to_procedure(
        "Siapkan", lambda v: change_step(v, v.steps[1].id, outputs=("berkas", "berkas"))
    )
    fill(dialog, "berkas", "dokumen")
    dialog.findChild(QListWidget).setCurrentRow(3)
    session.apply_to_procedure(
        "Ubah", lambda v: change_step(v, v.steps[0].id, remarks="berkas asli")
    )
    press(dialog, "Ganti")
    assert session.procedure.steps[0].remarks == "berkas asli"
    assert session.procedure.steps[1].outputs == ("berkas", "dokumen")


def test_a_place_that_says_something_else_by_now_is_not_replaced_unseen(
    dialog: ReplaceDialog, session: Session
) -> None:
    fill(dialog, "berkas", "dokumen")
    dialog.findChild(QListWidget).setCurrentRow(0)
    session.apply_to_procedure(
        "Ubah", lambda v: change_step(v, v.steps[0].id, activity="Menerima surat")
    )
    press(dialog, "Ganti")
    assert activities(session)[1] == "Memeriksa berkas"
    press(dialog, "Ganti")
    assert activities(session)[1] == "Memeriksa dokumen"


def test_what_the_list_stands_on_shows_in_the_editor(
    dialog: ReplaceDialog, pane: EditorPane, session: Session
) -> None:
    session.apply_to_procedure(
        "Siapkan", lambda v: change_step(v, v.steps[1].id, outputs=("berkas",))
    )
    fill(dialog, "berkas")
    for _ in range(3):
        QTest.keyClick(dialog.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    table = pane.findChild(QTableView, "step_table")
    assert table.currentIndex().row() == 1
    assert COLUMN_KEYS[table.currentIndex().column()] == "outputs"
    fill(dialog, "surat masuk")
    press(dialog, "Berikutnya")
    assert pane.focusWidget().objectName() == "field_title"


def test_what_is_being_typed_is_replaced_too(
    dialog: ReplaceDialog, pane: EditorPane, session: Session
) -> None:
    fill(dialog, "arsip", "simpan")
    table = pane.findChild(QTableView, "step_table")
    index = table.model().index(2, COLUMN_KEYS.index("remarks"))
    table.setCurrentIndex(index)
    table.edit(index)
    QTest.keyClicks(table.findChild(QLineEdit) or pane.focusWidget(), "arsip")
    pane.replace_words()
    assert lines(dialog) == ["Langkah 3 · Ket.: arsip"]


def test_it_follows_the_sop_that_is_shown(dialog: ReplaceDialog, session: Session) -> None:
    fill(dialog, "surat keluar")
    assert lines(dialog) == []
    session.open_sop(session.entries[1].uuid)
    assert len(lines(dialog)) == 2


def test_a_copy_is_made_and_its_words_are_replaced(
    show: Callable[..., MainWindow], office_path: Path
) -> None:
    window = show(office_path)
    before = window.session.sop
    window.commands["copy_sop_replacing"].trigger()
    dialog = window.findChild(ReplaceDialog)
    assert dialog.isVisible()
    fill(dialog, "surat masuk", "Nota Dinas")
    press(dialog, "Ganti Semua")
    assert window.session.sop.uuid != before.uuid
    assert window.session.sop.identity.title == "Nota Dinas (salinan)"
    assert window.session.procedure.steps[0].activity == "Menerima berkas Nota Dinas"
    window.session.open_sop(before.uuid)
    assert window.session.sop == before


def test_without_a_copy_nothing_is_asked(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(office_path)
    monkeypatch.setattr(window.session, "add", lambda *_, **__: False)
    window.commands["copy_sop_replacing"].trigger()
    assert window.findChild(ReplaceDialog) is None


def test_ctrl_h_opens_it_and_escape_closes_it(
    show: Callable[..., MainWindow], office_path: Path, qtbot: object
) -> None:
    window = show(office_path)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_H, CTRL)
    dialog = window.findChild(ReplaceDialog)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
