"""What a clerk and a colleague do while a text is typed, for the tests of the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sopdesk.document import edits
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Procedure


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_at_the_keyboard(), key, modifiers)


def type_(words: str) -> None:
    """Type letter by letter, each into the widget that has the keyboard by then."""
    for letter in words:
        QTest.keyClicks(_at_the_keyboard(), letter)


def _at_the_keyboard() -> QWidget:
    """Return where a key goes: a field that has been closed is gone by the next one."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None
    return widget


def save_as_colleague(path: Path, uuid: str, edit: Callable[[Procedure], Procedure]) -> None:
    with open_file(path) as file:
        stored = file.load(uuid)
        after = edit(stored.sop.procedures[0])
        file.save(edits.replace_procedure(stored.sop, 0, after), stored.rev)


def look_elsewhere(window: QWidget, qtbot: QtBot) -> None:
    """Go to another window, and come back."""
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    with qtbot.waitActive(window):
        window.activateWindow()
