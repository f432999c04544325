"""A backup of the day that cannot be made is said at the foot of the window; the save counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from sopdesk.foundation.faults import UserError
from sopdesk.storage import daily

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.window.main_window import MainWindow


def retitled(sop: Sop) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=f"{sop.identity.title}!"))


def test_it_is_said_with_its_reason_until_another_file_is_open(
    show: Callable[..., MainWindow],
    office_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_connection: object, path: Path) -> None:
        raise UserError("backup_no_room", path=str(path), folder="X:", megabytes=12)

    monkeypatch.setattr(daily, "keep_daily", refuse)
    window = show(office_path)
    label = window.desk.status_line.findChild(QLabel, "status_backup")
    assert not label.isVisible()

    window.session.apply("", retitled)
    report = window.session.save().wait()

    assert report.faults == ()
    qtbot.waitUntil(label.isVisible)
    assert label.text() == "Cadangan hari ini belum dibuat"
    assert "kurang dari 12 MB" in label.toolTip()
    window.session.use_file(None)
    assert not label.isVisible()


def test_nothing_is_said_where_it_was_made(
    show: Callable[..., MainWindow], office_path: Path, qtbot: QtBot
) -> None:
    window = show(office_path)
    window.session.apply("", retitled)
    window.session.save().wait()
    seen = window.session._connection.file_thread.ask(lambda file: file.backup_fault)
    qtbot.waitUntil(lambda: seen.is_answered)
    assert seen.result() is None
    assert not window.desk.status_line.findChild(QLabel, "status_backup").isVisible()
