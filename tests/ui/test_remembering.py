"""What the window remembers, and what happens on a fault of its own."""

from __future__ import annotations

import errno
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from sopdesk.foundation.faults import UserError
from ui.settings import MOST_RECENT, Settings
from ui.window import unexpected
from ui.window.submenus import LanguageMenu, RecentMenu

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow


def test_recent_files_are_newest_first_each_once_and_bounded(tmp_path: Path) -> None:
    settings = Settings()
    paths = [tmp_path / f"{number}.db" for number in range(MOST_RECENT + 2)]
    for path in [*paths, paths[3]]:
        settings.remember_file(path)
    recent = Settings().recent_files
    assert recent[0] == paths[3]
    assert len(recent) == len(set(recent)) == MOST_RECENT
    assert Settings().last_file == paths[3]


@pytest.mark.skipif(os.name == "nt", reason="Python asks Windows by another way")
@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ENAMETOOLONG])
def test_a_file_on_a_share_that_lets_nobody_ask_is_one_that_is_away(
    show: Callable[..., MainWindow],
    office_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    Settings().remember_file(office_path)
    ask = os.stat

    def refuse(path: object, **more: Any) -> os.stat_result:
        if str(path).startswith(str(office_path.parent)):
            raise OSError(number, os.strerror(number), str(path))
        return ask(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", refuse)

    window = show()

    qtbot.waitUntil(lambda: window.findChild(QWidget, "welcome") is not None)
    assert window.session.file is None
    assert Settings().last_file == office_path


def test_a_forgotten_file_is_not_opened_again(tmp_path: Path) -> None:
    settings = Settings()
    settings.remember_file(tmp_path / "a.db")
    settings.forget_file(tmp_path / "a.db")
    assert Settings().recent_files == ()
    assert Settings().last_file is None


def test_broken_settings_are_no_settings() -> None:
    settings = Settings()
    settings._store.setValue("recent_files", 7)
    settings._store.setValue("layout/window", "no layout")
    settings._store.setValue("language", "fr")
    settings._store.setValue("canvas_zoom", "huge")
    assert settings.recent_files == ()
    assert settings.layout("window") == QByteArray()
    assert settings.language == "id"
    assert settings.canvas_zoom == "width"


def test_the_recent_menu_opens_what_it_names(qtbot: QtBot, tmp_path: Path) -> None:
    settings, parent = Settings(), QWidget()
    qtbot.addWidget(parent)
    menu = RecentMenu(settings, parent)
    assert not menu.isEnabled()
    settings.remember_file(tmp_path / "a & b.db")
    menu.renew()
    with qtbot.waitSignal(menu.file_chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [tmp_path / "a & b.db"]


def test_a_language_is_kept_for_the_next_start(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = LanguageMenu(Settings(), parent)
    next(choice for choice in menu.actions() if choice.text() == "English").trigger()
    assert Settings().language == "en"


def test_the_window_comes_back_with_its_size_and_panels(
    show: Callable[..., MainWindow], office_path: Path
) -> None:
    first = show(office_path)
    first.resize(first.width(), 555)
    first.commands["findings"].setChecked(True)
    first.close()
    second = show(office_path)
    assert second.height() == 555
    assert second.findChild(QWidget, "findings_panel").isVisible()


def test_a_fault_of_the_program_is_logged_and_ends_nothing(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    unexpected.catch_all()
    try:
        raise ZeroDivisionError("sesuatu")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "ZeroDivisionError: sesuatu" in caplog.text


def test_a_foreseen_fault_is_worded_wherever_it_surfaces(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    unexpected.catch_all()
    with caplog.at_level(logging.WARNING):
        fault = UserError("disk_full", path="kantor.db")
        sys.excepthook(type(fault), fault, None)
    assert "Ruang penyimpanan penuh" in caplog.text
    assert "Traceback" not in caplog.text
