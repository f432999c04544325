"""A fault of the program that comes again and again is told once; the rest goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.ui.conftest import look
from ui.looking import Lookout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from ui.session import Session
    from ui.window.main_window import MainWindow


def fail_at_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Lookout, "look", look)


def test_looking_at_the_file_tells_once_and_logs_the_rest(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fail_at_each_look(monkeypatch)
    with qtbot.captureExceptions() as told:
        for _ in range(3):
            look(session)

    assert [kind for kind, _, _ in told] == [ZeroDivisionError]
    assert sum("ZeroDivisionError" in record.message for record in caplog.records) == 2


def test_another_fault_is_told_too(session: Session, qtbot: QtBot) -> None:
    def divide(_file: object) -> float:
        return 1 / 0

    def miss(_file: object) -> str:
        return {}["nothing"]

    with qtbot.captureExceptions() as told:
        for work in (divide, miss, divide):
            asked = session._connection.file_thread.ask(work)
            session._connection.file_thread.wait_until(lambda asked=asked: asked.is_answered)
            assert asked.fault.code == "program_fault"

    assert [kind for kind, _, _ in told] == [ZeroDivisionError, KeyError]


def test_the_banner_says_that_colleagues_saves_do_not_show_until_they_do(
    show: Callable[..., MainWindow],
    office_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = show(office_path)
    with monkeypatch.context() as patch, qtbot.captureExceptions():
        fail_at_each_look(patch)
        look(window.session)
    words = window.findChild(QLabel, "banner_words")
    assert words.isVisible()
    assert words.text().startswith("Simpanan rekan untuk sementara tidak tampak di sini")

    look(window.session)

    assert not words.isVisible()
