"""What takes the keyboard says what it is, to those who hear the window too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from sopdesk.document.office import Office
from sopdesk.document.values import Sop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow


def nameless(root: QWidget) -> list[str]:
    """Return the parts that take the focus without a name."""
    return [
        f"{type(part).__name__} {part.objectName()}"
        for part in root.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_inner(part)
        and not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    ]


def is_inner(part: QWidget) -> bool:
    """Whether Qt made it inside another part, which speaks for it."""
    above = part.parentWidget()
    of_combo = isinstance(above, QComboBox) or isinstance(above.parentWidget(), QComboBox)
    return of_combo or part.objectName().startswith("qt_")


def test_all_that_takes_the_keyboard_in_the_window_has_a_name(
    qtbot: QtBot, show: Callable[..., MainWindow], office_path: Path
) -> None:
    window = show(office_path)
    window.commands["findings"].setChecked(True)
    window.toast.say("Terhapus", "Urungkan")
    assert nameless(window) == []


@pytest.mark.parametrize("dialog", ["office", "new_office", "sheet", "titles"])
def test_all_that_takes_the_keyboard_in_a_dialog_has_a_name(qtbot: QtBot, dialog: str) -> None:
    from ui.dialogs.new_office_dialog import NewOfficeDialog
    from ui.dialogs.office_dialog import OfficeDialog
    from ui.dialogs.sheet_dialog import SheetDialog
    from ui.dialogs.titles_dialog import TitlesDialog

    made = {
        "office": lambda: OfficeDialog(Office(), "letterhead", None),
        "new_office": lambda: NewOfficeDialog(None),
        "sheet": lambda: SheetDialog(Sop(), Office(), None),
        "titles": lambda: TitlesDialog((), None),
    }[dialog]()
    qtbot.addWidget(made)
    assert nameless(made) == []


def test_no_menu_offers_one_letter_twice(
    qtbot: QtBot, show: Callable[..., MainWindow], office_path: Path
) -> None:
    bar = show(office_path).menuBar()
    for actions in (bar.actions(), *(menu.actions() for menu in bar.findChildren(QMenu))):
        marked = [a.text().replace("&&", "") for a in actions]
        letters = Counter(t[t.index("&") + 1].lower() for t in marked if "&" in t)
        assert all(count == 1 for count in letters.values()), letters
