"""A step refers to another SOP of the office, whose number and title follow by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QTableView

from tests.ui.conftest import click_step
from ui.editor.keys import Command
from ui.editor.popups.refer_popup import ReferPopup
from ui.editor.table.columns import COLUMN_KEYS
from ui.editor.table.model import REFERS_ROLE

if TYPE_CHECKING:
    from ui.editor import EditorPane
    from ui.session import Session

ACTIVITY = COLUMN_KEYS.index("activity")


def open_popup(pane: EditorPane) -> ReferPopup:
    pane.do(Command.REFER)
    popup = pane.window().findChildren(ReferPopup)[-1]
    assert isinstance(popup, ReferPopup)
    return popup


def offered(popup: ReferPopup) -> list[str]:
    entries = popup.findChild(QListWidget)
    return [entries.item(row).text() for row in range(entries.count())]


def choose(popup: ReferPopup, words: str) -> None:
    QTest.keyClicks(popup.findChild(QLineEdit), words)
    QTest.keyClick(popup.findChild(QLineEdit), Qt.Key.Key_Return)


def test_a_step_refers_to_an_sop_that_is_found_by_typing(
    pane: EditorPane, session: Session
) -> None:
    table = pane.findChild(QTableView, "step_table")
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, ACTIVITY))
    height = table.rowHeight(1)
    popup = open_popup(pane)
    assert offered(popup) == ["Surat Keluar", "Cuti Tahunan"], "never itself"
    choose(popup, "cuti")
    assert session.procedure.steps[1].refers_to == session.entries[2].uuid
    index = table.model().index(1, ACTIVITY)
    assert index.data(REFERS_ROLE) == "Lihat SOP Cuti Tahunan"
    assert index.data(Qt.ItemDataRole.EditRole) == "Memeriksa berkas"
    assert "Lihat SOP Cuti Tahunan" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert table.rowHeight(1) > height
    session.undo()
    assert index.data(REFERS_ROLE) == ""
    assert not session.can_undo


def test_its_number_and_title_follow(pane: EditorPane, session: Session) -> None:
    first, second, _third = session.entries
    table = pane.findChild(QTableView, "step_table")
    click_step(pane, 0)
    choose(open_popup(pane), "keluar")
    session.open_sop(second.uuid)
    session.apply("", lambda sop: replace(sop, identity=replace(sop.identity, number="7")))
    session.open_sop(first.uuid)
    index = table.model().index(0, ACTIVITY)
    assert index.data(REFERS_ROLE) == "Lihat SOP 7 Surat Keluar"
    assert any("Lihat SOP 7" in text.text for page in session.sheet.pages for text in page.texts)


def test_it_can_refer_to_none_again(pane: EditorPane, session: Session) -> None:
    click_step(pane, 0)
    choose(open_popup(pane), "keluar")
    popup = open_popup(pane)
    assert offered(popup)[0] == "Tidak merujuk SOP lain"
    choose(popup, "tidak")
    assert session.procedure.steps[0].refers_to is None


def test_esc_leaves_it_as_it_was(pane: EditorPane, session: Session) -> None:
    click_step(pane, 0)
    popup = open_popup(pane)
    QTest.keyClick(popup.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert not session.can_undo
