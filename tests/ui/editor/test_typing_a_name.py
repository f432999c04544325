"""Typing an actor's name, or the heading above it, goes on over saves and colleagues' changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from sopdesk.document import edits
from sopdesk.document.values import Lane
from tests.ui.conftest import click_step, look
from tests.ui.editor.clerk import look_elsewhere, press, save_as_colleague, type_
from ui.editor.table.lanes_bar import LanesBar

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.session import Session


@pytest.fixture
def bar(pane: EditorPane, session: Session) -> LanesBar:
    """The bar of a saved flow table with two actors."""
    session.apply_to_procedure("Siapkan", lambda value: edits.add_lane(value, Lane(name="Kasubag")))
    session.save().wait()
    return pane.findChild(LanesBar)


def open_field(bar: LanesBar, session: Session, what: str = "name") -> QLineEdit:
    """Open the field of the second actor, the cursor at its end."""
    lane = session.procedure.lanes[1].id
    if what == "name":
        bar.tabs.rename(lane)
    else:
        bar.tabs._group(lane)
    press(Qt.Key.Key_End)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    return focused


def said(session: Session, what: str = "name") -> str:
    lane = session.procedure.lanes[1]
    return lane.name if what == "name" else " / ".join(lane.group)


@pytest.mark.parametrize("what", ["name", "group"])
def test_a_save_leaves_the_field_and_what_comes_next(
    bar: LanesBar, session: Session, what: str
) -> None:
    before = said(session, what)
    field = open_field(bar, session, what)
    type_(" A/B " if what == "group" else " A ")
    field.setCursorPosition(len(before))
    session.save().wait()
    assert not session.unsaved_sops
    type_("Umum")
    press(Qt.Key.Key_Return)
    assert said(session, what) == (f"{before}Umum A / B" if what == "group" else f"{before}Umum A")


def test_a_colleagues_save_leaves_the_field_and_what_comes_next(
    bar: LanesBar, session: Session, office_path: Path
) -> None:
    open_field(bar, session)
    type_(" Umum")

    def edit(value: Procedure) -> Procedure:
        return edits.change_step(value, value.steps[1].id, remarks="Dari rekan")

    save_as_colleague(office_path, session.sop.uuid, edit)
    save_as_colleague(office_path, session.entries[1].uuid, edit)
    look(session)
    type_(" dan Tata Usaha")
    press(Qt.Key.Key_Return)
    assert said(session) == "Kasubag Umum dan Tata Usaha"


def test_a_field_without_a_change_follows_its_actor(
    bar: LanesBar, session: Session, office_path: Path
) -> None:
    field = open_field(bar, session)
    left = field.geometry().left()
    lane = session.procedure.lanes[1].id

    def edit(value: Procedure) -> Procedure:
        return edits.move_lane(edits.rename_lane(value, lane, "Kabag"), lane, 0)

    save_as_colleague(office_path, session.sop.uuid, edit)
    look(session)
    assert field.text() == "Kabag"
    assert field.geometry().left() < left
    type_(" Umum")
    press(Qt.Key.Key_Return)
    assert [one.name for one in session.procedure.lanes] == ["Kabag Umum", "Staf"]


def test_an_actor_that_a_colleague_removed_closes_its_field(
    bar: LanesBar, session: Session, office_path: Path
) -> None:
    open_field(bar, session)
    lane = session.procedure.lanes[1].id
    save_as_colleague(office_path, session.sop.uuid, lambda value: edits.remove_lane(value, lane))
    look(session)
    assert bar.field.line is None


def test_undo_is_seen_in_the_field(bar: LanesBar, session: Session) -> None:
    field = open_field(bar, session)
    type_(" Umum")
    session.undo()
    assert field.text() == "Kasubag"
    session.redo()
    assert field.text() == "Kasubag Umum"


def test_another_sop_keeps_the_name(bar: LanesBar, session: Session) -> None:
    one, other = (entry.uuid for entry in session.entries[:2])
    open_field(bar, session)
    type_(" Umum")
    session.open_sop(other)
    assert bar.field.line is None
    session.open_sop(one)
    assert said(session) == "Kasubag Umum"


def test_a_look_at_another_window_leaves_the_field_open(
    bar: LanesBar, session: Session, qtbot: QtBot
) -> None:
    open_field(bar, session)
    type_(" Umum")
    look_elsewhere(bar.window(), qtbot)
    type_(" Dua")
    press(Qt.Key.Key_Return)
    assert said(session) == "Kasubag Umum Dua"


def test_who_clicks_into_the_table_types_there(
    bar: LanesBar, session: Session, pane: EditorPane
) -> None:
    open_field(bar, session)
    type_(" Umum")
    click_step(pane, 0)
    assert said(session) == "Kasubag Umum"
    assert pane.findChild(QTableView, "step_table").hasFocus()
