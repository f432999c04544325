"""The findings beside the SOP: listed, reached by a click, mended by a button."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from sopdesk.document import edits
from sopdesk.document.numbering import shown_numbers
from sopdesk.document.values import Lane, Step
from ui.findings import findings_panel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure
    from ui.window.main_window import MainWindow


@pytest.fixture
def window(show: Callable[..., MainWindow], office_path: Path) -> MainWindow:
    return show(office_path)


@pytest.fixture
def panel(window: MainWindow) -> QWidget:
    """The findings, opened from the menu."""
    window.findChild(QAction, "action_findings").setChecked(True)
    panel = window.findChild(QWidget, "findings_panel")
    assert panel.isVisible()
    return panel


def cut_flows(procedure: Procedure) -> Procedure:
    return dataclasses.replace(procedure, flows=())


def words(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_a_broken_flow_is_listed_and_counted(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    window.session.apply_to_procedure("Putuskan", cut_flows)
    qtbot.waitUntil(lambda: "Langkah 1" in words(panel))
    assert "perlu diperbaiki" in window.findChild(QToolButton, "status_findings").text()


def test_a_card_is_as_high_as_its_words_and_at_the_top(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    window.session.apply_to_procedure("Putuskan", cut_flows)
    qtbot.waitUntil(lambda: "Langkah 1" in words(panel))

    def are_low() -> bool:
        cards = panel.findChildren(QFrame, "card")
        return all(card.height() <= card.heightForWidth(card.width()) for card in cards)

    qtbot.waitUntil(are_low)


def test_the_hints_unfold_right_after_a_flow_table_was_removed(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    session = window.session
    session.apply_to_procedure(
        "Isi", lambda value: edits.change_step(value, value.steps[0].id, duration="entah kapan")
    )
    session.apply("Tambah", edits.add_procedure)
    session.show_procedure(1)
    session.apply_to_procedure("Sisip", lambda value: edits.insert_step(value, Step(), 0))
    qtbot.waitUntil(lambda: "Langkah 1" in words(panel))
    assert "entah kapan" not in words(panel)
    fold = panel.findChild(QToolButton, "findings_hints")
    session.apply("Hapus", lambda sop: edits.remove_procedure(sop, 1))
    fold.click()
    assert "entah kapan" in words(panel)


def test_a_table_is_numbered_once_however_much_is_found_there(
    window: MainWindow, panel: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered: list[Procedure] = []

    def count(procedure: Procedure) -> tuple[str, ...]:
        numbered.append(procedure)
        return shown_numbers(procedure)

    monkeypatch.setattr(findings_panel, "shown_numbers", count)
    window.session.apply_to_procedure("Putuskan", cut_flows)
    qtbot.waitUntil(lambda: words(panel).count("Langkah") > 1)
    assert numbered == [window.session.procedure]


def test_a_card_selects_its_step(window: MainWindow, panel: QWidget, qtbot: QtBot) -> None:
    window.session.apply_to_procedure("Putuskan", cut_flows)
    qtbot.waitUntil(lambda: "Langkah 2" in words(panel))
    card = next(card for card in panel.findChildren(QFrame, "card") if "Langkah 2" in words(card))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert window.session.selection.steps == (window.session.procedure.steps[1].id,)
    window.session.select(dataclasses.replace(window.session.selection, steps=()))
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert window.session.selection.steps == (window.session.procedure.steps[1].id,)


def test_mending_is_one_undo(window: MainWindow, panel: QWidget, qtbot: QtBot) -> None:
    window.session.apply_to_procedure("Putuskan", cut_flows)
    broken = window.session.sop
    qtbot.waitUntil(lambda: bool(panel.findChildren(QPushButton)))
    panel.findChildren(QPushButton)[0].click()
    assert window.session.sop != broken
    window.session.undo()
    assert window.session.sop == broken


def test_a_thousand_findings_show_the_first_and_how_many_are_left(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    steps = tuple(Step(activity="Memeriksa", duration="1 jam") for _ in range(1000))
    window.session.apply_to_procedure(
        "Tambah", lambda value: dataclasses.replace(value, steps=(*value.steps, *steps))
    )
    qtbot.waitUntil(lambda: "lagi tampil" in words(panel))
    assert len(panel.findChildren(QFrame, "card")) <= 100
    (left,) = [line for line in words(panel).splitlines() if "lagi tampil" in line]
    assert int(left.split()[0]) >= 900


def test_lanes_that_do_not_fit_the_paper_are_told_until_the_paper_is_larger(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    lanes = tuple(Lane(name="Staf") for _ in range(20))
    window.session.apply_to_procedure(
        "Tambah", lambda value: dataclasses.replace(value, lanes=(*value.lanes, *lanes))
    )
    office = window.session.office
    narrow = dataclasses.replace(office.sheet, orientation="portrait")
    window.session.save_office(dataclasses.replace(office, sheet=narrow))
    qtbot.waitUntil(lambda: "tidak muat di kertas ini" in words(panel))
    sheet = window.findChild(QAction, "action_sheet_settings")
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == sheet.text())
    with qtbot.waitSignal(sheet.triggered):
        button.click()
    window.session.save_office(
        dataclasses.replace(
            office, sheet=dataclasses.replace(office.sheet, columns=("activity", "lanes"))
        )
    )
    qtbot.waitUntil(lambda: "tidak muat di kertas ini" not in words(panel))


def test_the_panel_closes_by_its_own_button(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    next(
        button
        for button in panel.findChildren(QToolButton)
        if button.accessibleName() == "Tutup pemeriksaan"
    ).click()
    assert not panel.isVisible()
    assert not window.findChild(QAction, "action_findings").isChecked()


def test_an_sop_without_a_step_is_not_found_wanting(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    window.findChild(QAction, "action_new_sop").trigger()
    qtbot.waitUntil(lambda: "setelah langkah pertama" in words(panel))
    qtbot.waitUntil(lambda: not panel.findChildren(QFrame, "card"))
    assert not window.findChild(QToolButton, "status_findings").isVisible()


def test_empty_fields_are_one_card_that_leads_to_the_first(
    window: MainWindow, panel: QWidget, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "“Nomor SOP”, “Tanggal Pembuatan”" in words(panel))
    about = [c for c in panel.findChildren(QFrame, "card") if "Identitas" in words(c)]
    assert len(about) == 1
    qtbot.mouseClick(about[0], Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.findChild(QWidget, "field_number")
