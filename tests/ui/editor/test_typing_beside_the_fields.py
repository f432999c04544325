"""What is typed into a panel, a dialog or a window that is not to be closed after all stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView

from sopdesk.document import edits
from tests.ui.conftest import click_step, look
from tests.ui.editor.clerk import press, save_as_colleague, type_
from ui.dialogs import asking
from ui.editor.canvas.view import SheetView
from ui.editor.popups.list_popup import ListPopup
from ui.editor.popups.replace_dialog import ReplaceDialog
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.session import Session
    from ui.window.main_window import MainWindow


def with_remark(value: Procedure) -> Procedure:
    return edits.change_step(value, value.steps[1].id, remarks="Dari rekan")


def without_last(value: Procedure) -> Procedure:
    return edits.delete_steps(value, (value.steps[-1].id,))


@pytest.fixture
def popup(pane: EditorPane) -> ListPopup:
    """The panel that asks where the first step leads, which has the keyboard."""
    click_step(pane, 0)
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    popup = pane.findChild(ListPopup)
    assert popup is not None
    return popup


def test_a_save_and_a_colleagues_save_leave_a_panel_and_its_words(
    popup: ListPopup, session: Session, office_path: Path
) -> None:
    type_("Mengar")
    session.save().wait()
    save_as_colleague(office_path, session.sop.uuid, with_remark)
    save_as_colleague(office_path, session.entries[1].uuid, with_remark)
    look(session)
    assert session.procedure.steps[1].remarks == "Dari rekan"
    type_("sip")
    assert popup.findChild(QLineEdit).text() == "Mengarsip"
    press(Qt.Key.Key_Return)
    first, last = session.procedure.symbols[0], session.procedure.symbols[2]
    assert (first.id, last.id) in [(f.source, f.target) for f in session.procedure.flows]


def test_a_panel_leads_to_no_step_that_a_colleague_has_removed(
    popup: ListPopup, session: Session, office_path: Path
) -> None:
    type_("Mengar")
    save_as_colleague(office_path, session.sop.uuid, without_last)
    look(session)
    before = session.procedure
    press(Qt.Key.Key_Return)
    assert session.procedure is before


def test_saves_leave_the_words_to_find_and_to_put_in_their_place(
    pane: EditorPane, session: Session, office_path: Path, qtbot: QtBot
) -> None:
    pane.replace_words()
    dialog = pane.findChild(ReplaceDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog._words.setFocus()
    type_("ber")
    dialog._by.setFocus()
    type_("do")
    session.save().wait()
    save_as_colleague(office_path, session.sop.uuid, with_remark)
    look(session)
    session.open_sop(session.entries[1].uuid)
    type_("ku")
    assert (dialog._words.text(), dialog._by.text()) == ("ber", "doku")


def begin_in_table(window: MainWindow) -> None:
    table = window.findChild(QTableView, "step_table")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, COLUMN_KEYS.index("activity")))
    type_("Mencari")


def begin_on_sheet(window: MainWindow) -> None:
    view = window.findChild(SheetView, "sheet_view")
    view.setFocus()
    assert view.in_place.edit_step(window.session.procedure.steps[0].id)
    type_("Mencari")


@pytest.mark.parametrize("begin", [begin_in_table, begin_on_sheet])
def test_a_window_that_is_not_closed_after_all_is_typed_on_in(
    show: Callable[..., MainWindow],
    office_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[MainWindow], None],
) -> None:
    window = show(office_path)
    monkeypatch.setattr(asking, "choose", lambda *_, **__: 2)
    begin(window)
    assert not window.close()
    type_(" arsip")
    press(Qt.Key.Key_Return)
    assert window.session.procedure.steps[0].activity == "Mencari arsip"


@pytest.mark.parametrize("begin", [begin_in_table, begin_on_sheet])
def test_a_file_that_is_out_of_reach_is_typed_on_in(
    show: Callable[..., MainWindow], office_path: Path, begin: Callable[[MainWindow], None]
) -> None:
    window = show(office_path)
    session = window.session
    begin(window)
    away = office_path.with_name("sebentar.db")
    office_path.rename(away)
    look(session)
    assert session.sharing.fault is not None
    type_(" arsip")
    away.rename(office_path)
    look(session)
    assert session.sharing.fault is None
    type_(" lama")
    press(Qt.Key.Key_Return)
    assert session.procedure.steps[0].activity == "Mencari arsip lama"
    assert session.save().wait().faults == ()
