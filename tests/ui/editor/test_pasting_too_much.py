"""What no SOP could hold is refused where it is pasted, whole and in words; the window goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QTableView, QToolTip, QWidget

from sopdesk.document.form.limits import LONGEST_TEXT
from tests.ui.conftest import click_step
from ui.dialogs.fields import LinesField
from ui.editor.changes.table_text import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.window.main_window import MainWindow

    Refusing = Callable[[QPlainTextEdit], None]

TOO_MUCH = {
    "a text": "x" * (LONGEST_TEXT + 1),
    "a table": "Memeriksa berkas\n" * (MOST_ROWS + 1),
    "a table's cell": "x" * (LONGEST_TEXT + 1) + "\tx",
    "a quoted cell beyond all measure": '"' + "x" * 200_000 + '"\tx',
    "ten megabytes": "kata " * (2 * 10**6),
    "ten megabytes of lines": "kata\n" * (2 * 10**6),
}


@pytest.fixture
def window(show: Callable[..., MainWindow], office_path: Path) -> MainWindow:
    return show(office_path)


def paste_into(field: QWidget) -> None:
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_into_the_step_table(window: MainWindow, text: str) -> None:
    before = window.session.sop
    told: list[str] = []
    window.session.fault_found.connect(lambda fault: told.append(fault.code))
    QGuiApplication.clipboard().setText(text)
    table = window.findChild(QTableView, "step_table")
    click_step(window, 1)

    paste_into(table)

    assert window.session.sop is before
    assert len(told) == 1
    assert told[0].startswith("paste_too_")


def test_a_table_of_as_many_rows_as_may_be_is_pasted(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("Memeriksa berkas\n" * MOST_ROWS)
    click_step(window, 1)

    paste_into(window.findChild(QTableView, "step_table"))

    assert window.session.procedure is not None
    assert len(window.session.procedure.steps) == 3 + MOST_ROWS


@pytest.fixture
def assert_refuses(monkeypatch: pytest.MonkeyPatch) -> Refusing:
    """Asserts that a field takes nothing that is too long, and says so beside the cursor."""
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _field: said.append(text))

    def assert_it(field: QPlainTextEdit) -> None:
        before = field.toPlainText()
        QGuiApplication.clipboard().setText("x" * LONGEST_TEXT)

        field.paste()

        assert field.toPlainText() == before
        assert ["terlalu panjang" in words for words in said] == [True]

    return assert_it


def test_into_a_cell(window: MainWindow, assert_refuses: Refusing) -> None:
    table = window.findChild(QTableView, "step_table")
    click_step(window, 1)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QPlainTextEdit)
    assert editor is not None
    assert_refuses(editor)


def test_into_a_list_of_the_identity(window: MainWindow, assert_refuses: Refusing) -> None:
    field = window.findChild(QPlainTextEdit, "field_legal_basis")
    assert field is not None
    assert_refuses(field)


@pytest.mark.usefixtures("window")
def test_into_a_field_of_the_settings(assert_refuses: Refusing) -> None:
    assert_refuses(LinesField(("PEMERINTAH KOTA CONTOH",), 3))
