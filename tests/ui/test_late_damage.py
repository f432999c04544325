"""Damage of the file that is met only while it is open stands there, with the ways out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from sopdesk.foundation.faults import UserError
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import open_file
from ui import soundness
from ui.dialogs import asking
from ui.looking import Lookout
from ui.toast_card import ToastCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow

PATIENCE_MS = 30_000


@pytest.fixture
def window(show: Callable[..., MainWindow], office_path: Path) -> MainWindow:
    return show(office_path)


def damage(window: MainWindow) -> UserError:
    return UserError("file_damaged", path=str(window.session.file.path))


def banner(window: MainWindow) -> str:
    words = window.findChild(QLabel, "banner_words")
    return words.text() if words.isVisible() else ""


def offered(window: MainWindow) -> list[str]:
    buttons = window.desk.workspace.banner.findChildren(QPushButton)
    return [button.objectName() for button in buttons if button.isVisible()]


def test_damage_met_by_opening_an_sop_stands_there_without_an_sop_too(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    session.open_sop(None)
    assert banner(window) == ""

    def fail(_uuid: str) -> None:
        raise damage(window)

    monkeypatch.setattr(session.file, "load", fail)
    assert not session.open_sop(session.entries[1].uuid)

    assert banner(window).startswith("“kantor.db” rusak sebagian.")
    assert offered(window) == ["banner_rescue", "banner_backups"]


def test_damage_met_by_the_idle_check_or_a_look_or_a_save_stands_there(
    window: MainWindow,
) -> None:
    session = window.session
    told = (
        lambda fault: session.sharing.failed.emit(fault),
        lambda fault: session.save_failed.emit(session.sop.uuid, fault),
        session.soundness.learn,
    )
    for tell in told:
        session.soundness.begin_anew()
        assert banner(window) == ""
        tell(damage(window))
        assert offered(window) == ["banner_rescue", "banner_backups"]


def test_the_idle_check_learns_of_damage(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def go_on(_check: object, _file: object) -> None:
        raise damage(window)

    monkeypatch.setattr(soundness._Check, "go_on", go_on)
    monkeypatch.setattr(soundness, "BEGIN_MS", 0)
    window.session.soundness.begin_anew()

    qtbot.waitUntil(lambda: "rusak" in banner(window))


def test_a_look_that_fails_by_damage_offers_the_ways_out(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def look(*_: object) -> None:
        raise damage(window)

    monkeypatch.setattr(Lookout, "look", look)
    window.session.sharing.look()

    qtbot.waitUntil(lambda: offered(window) == ["banner_rescue", "banner_backups"])


def test_what_the_banner_tells_is_no_word_to_be_closed_by_hand(window: MainWindow) -> None:
    for _ in range(2):  # Met again it is no news either.
        window.session.fault_found.emit(damage(window))

        card = window.toast.findChildren(ToastCard)[-1]

        assert card._timer.isActive()


def test_the_banner_puts_its_buttons_below_its_words_where_they_would_squeeze_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.showNormal()
    window.commands["findings"].setChecked(True)
    window.session.soundness.learn(damage(window))
    banner = window.desk.workspace.banner
    words = window.findChild(QLabel, "banner_words")
    button = window.findChild(QPushButton, "banner_backups")
    for width, is_below in ((1900, False), (1024, True), (1900, False)):
        window.resize(width, 700)
        qtbot.waitUntil(lambda below=is_below: (button.y() > words.geometry().bottom()) is below)
        assert words.width() > banner.width() / 3
        assert words.height() >= words.heightForWidth(words.width())
        assert banner.rect().contains(button.geometry())


def test_what_passes_by_itself_is_no_damage(window: MainWindow) -> None:
    window.session.fault_found.emit(UserError("file_disturbed", path="kantor.db"))

    assert banner(window) == ""


def test_the_banner_leads_to_a_new_file_of_what_is_sound(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    sound = tmp_path / "utuh.db"
    asked: list[str] = []

    def choose(_parent: object, question: str, *_: object, **__: object) -> int:
        asked.append(question)
        return 0

    monkeypatch.setattr(asking, "save_path", lambda *_, **__: sound)
    monkeypatch.setattr(asking, "choose", choose)
    window.session.soundness.learn(damage(window))

    window.findChild(QPushButton, "banner_rescue").click()

    qtbot.waitUntil(lambda: window.session.file.path == sound, timeout=PATIENCE_MS)
    assert asked == ["“utuh.db” sudah jadi, berisi 3 SOP."]
    assert banner(window) == ""
    with open_file(sound) as file:
        assert len(file.entries()) == 3


def test_the_banner_leads_to_the_backups_and_goes_when_one_is_restored(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, office_path: Path
) -> None:
    Backups(office_path).make("daily")
    window.session.open_sop(window.session.entries[1].uuid)
    window.commands["delete_sop"].trigger()

    def restore(dialog: object) -> bool:
        dialog.findChild(QPushButton, "restore_backup").click()
        return True

    monkeypatch.setattr(asking, "run", restore)
    monkeypatch.setattr(asking, "choose", lambda *_, **__: 0)
    window.session.soundness.learn(damage(window))

    window.findChild(QPushButton, "banner_backups").click()

    qtbot.waitUntil(lambda: banner(window) == "", timeout=PATIENCE_MS)
    assert len(window.session.entries) == 3
    assert not any(b.isVisible() for b in window.toast.findChildren(QPushButton)), "no undo of it"


def test_the_banner_goes_when_the_whole_file_is_found_to_be_sound(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.soundness.learn(damage(window))

    window.commands["verify_file"].trigger()

    qtbot.waitUntil(lambda: banner(window) == "", timeout=PATIENCE_MS)
    assert window.toast.text.startswith("Berkas utuh")
