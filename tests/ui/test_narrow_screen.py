"""Everything can be read and reached on a small screen, magnified as clerks have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QTableView, QToolBar, QToolButton

from sopdesk.document.dates import PartialDate
from sopdesk.document.values import Status
from ui.dialogs import asking
from ui.dialogs.sheet_dialog import SheetDialog
from ui.editor.fields.cell_editor import PADDING_PX
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session
    from ui.window.main_window import MainWindow


def buttons(window: MainWindow) -> list[QToolButton]:
    bar = window.findChild(QToolBar, "toolbar")
    found = (bar.widgetForAction(action) for action in bar.actions())
    return [button for button in found if isinstance(button, QToolButton)]


@pytest.mark.parametrize("width", [700, 860, 1093, 1366])
def test_the_toolbar_drops_words_rather_than_actions(
    show: Callable[..., MainWindow], office_path: Path, qtbot: QtBot, width: int
) -> None:
    window = show(office_path)
    bar = window.findChild(QToolBar, "toolbar")
    bar.setParent(None)
    qtbot.addWidget(bar)
    bar.resize(width, bar.height())
    bar.show()
    found = [bar.widgetForAction(action) for action in bar.actions()]
    assert all(widget.isVisible() for widget in found)
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    worded = [w for w in found if isinstance(w, QToolButton) and w.toolButtonStyle() == style]
    assert (len(worded) == 9) == (width == 1366)
    assert width < 860 or worded


def test_words_come_back_when_there_is_room_again(
    show: Callable[..., MainWindow], office_path: Path, qtbot: QtBot
) -> None:
    window = show(office_path)

    def words() -> int:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        return sum(button.toolButtonStyle() == style for button in buttons(window))

    window.showNormal()
    for width, is_wide in ((1500, True), (900, False), (1500, True)):
        window.resize(width, 700)
        qtbot.waitUntil(lambda is_wide=is_wide: (words() == 9) == is_wide)


def test_the_identity_form_is_never_wider_than_its_view(pane: EditorPane, session: Session) -> None:
    """With list and findings beside it, at 125 % on 1366 pixels, 543 are left."""
    session.apply(
        "Sahkan",
        lambda sop: replace(
            sop,
            status=Status.APPROVED,
            identity=replace(sop.identity, effective_on=PartialDate(2019, 2, 2)),
        ),
    )
    pane.resize(560, 700)
    pane.edit_identity("title")
    form = pane.findChild(QScrollArea, "identity_form")
    assert form.widget().minimumSizeHint().width() <= form.viewport().width()


def test_a_magnified_step_table_breaks_no_common_word(pane: EditorPane) -> None:
    table = pane.findChild(QTableView, "step_table")
    font = table.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    table.setFont(font)
    table.resize(600, 300)
    for column, word in (("lanes", "Pelaksana"), ("outputs", "permohonan")):
        width = table.columnWidth(COLUMN_KEYS.index(column))
        assert width >= table.fontMetrics().horizontalAdvance(word) + 2 * PADDING_PX


def test_the_sheet_dialog_cuts_no_choice_and_scrolls_where_the_screen_is_low(
    qtbot: QtBot, session: Session
) -> None:
    dialog = SheetDialog(session.sop, session.office, None)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [box for box in dialog.findChildren(QComboBox) if box.isVisible()]
    assert shown
    assert all(box.width() >= box.sizeHint().width() for box in shown)
    dialog.resize(dialog.width(), 480)
    assert dialog.height() == 480


def test_the_list_of_keys_fits_on_a_low_screen(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heights: list[int] = []
    monkeypatch.setattr(asking, "run", lambda dialog: heights.append(dialog.sizeHint().height()))
    show(office_path).commands["keys"].trigger()
    assert heights[0] <= 768 / 1.25 - 72  # Title bar and task bar.
