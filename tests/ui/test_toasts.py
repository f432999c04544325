"""What is said at the foot of the window is not lost: not to the next word, nor to nobody there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton, QWidget

from sopdesk.foundation.faults import UserError
from ui import toast_card
from ui.toast_card import ToastCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow

LONG = "Berkas kantor.db sedang dipakai orang lain terlalu lama; tunggu sebentar lalu ulangi. " * 3


@pytest.fixture
def window(qtbot: QtBot, show: Callable[..., MainWindow], office_path: Path) -> MainWindow:
    window = show(office_path)
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def cards(window: MainWindow) -> list[ToastCard]:
    return [card for card in window.toast.findChildren(ToastCard) if card.isVisible()]


def shown(window: MainWindow) -> list[str]:
    """Return what can be read, from the top down."""
    return [card.message for card in sorted(cards(window), key=lambda card: card.y())]


def press(window: MainWindow, message: str, kind: type = QPushButton) -> None:
    (card,) = [card for card in cards(window) if card.message == message]
    card.findChild(kind).click()


def let_time_pass(window: MainWindow) -> None:
    """Let the time of every card that shows be over."""
    for card in cards(window):
        if card._timer.isActive():
            card._timer.timeout.emit()


def test_a_word_does_not_take_the_place_of_the_one_before(window: MainWindow) -> None:
    window.toast.say("Satu")
    window.toast.say("Dua")

    assert shown(window) == ["Satu", "Dua"]


def test_of_many_the_newest_show_and_the_others_come_back(window: MainWindow) -> None:
    for message in ("Satu", "Dua", "Tiga", "Empat"):
        window.toast.say(message)
    assert shown(window) == ["Dua", "Tiga", "Empat"]

    press(window, "Empat", QToolButton)

    assert shown(window) == ["Satu", "Dua", "Tiga"]


def test_what_waits_behind_others_has_its_whole_time_when_it_comes_back(
    window: MainWindow,
) -> None:
    for message in ("Satu", "Dua", "Tiga", "Empat"):
        window.toast.say(message)

    let_time_pass(window)

    assert shown(window) == ["Satu"]
    let_time_pass(window)
    assert not window.toast.isVisible()


def test_the_same_word_again_is_one_card(window: MainWindow) -> None:
    for message in ("Tersimpan", "Dua", "Tersimpan"):
        window.toast.say(message)

    assert shown(window) == ["Dua", "Tersimpan"]


def test_what_must_not_be_overlooked_stays_until_it_is_closed(window: MainWindow) -> None:
    window.toast.say("Gagal", stays=True)
    window.toast.say("Tersimpan")

    let_time_pass(window)
    assert shown(window) == ["Gagal"]

    press(window, "Gagal", QToolButton)
    assert not window.toast.isVisible()


def test_a_fault_of_the_file_stays_and_one_of_a_gesture_leaves(window: MainWindow) -> None:
    window.session.fault_found.emit(UserError("file_disturbed", path="kantor.db"))
    window.session.fault_found.emit(UserError("cell_no_lane"))
    window.session.held_up.emit(UserError("file_locked", path="kantor.db"), lambda: None)
    assert len(shown(window)) == 3

    let_time_pass(window)

    assert [word.split(" ")[0] for word in shown(window)] == ["Disk", "Berkas"]


def test_time_does_not_count_under_a_dialog(window: MainWindow, qtbot: QtBot) -> None:
    window.toast.say("Tersimpan")
    dialog = QDialog(window)
    dialog.open()

    let_time_pass(window)
    assert shown(window) == ["Tersimpan"]
    assert cards(window)[0]._timer.isActive()

    with qtbot.waitActive(window):
        dialog.close()
        window.activateWindow()
    let_time_pass(window)
    assert shown(window) == []


def test_time_does_not_count_while_the_clerk_works_in_another_program(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.toast.say("Tersimpan")
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert not window.isActiveWindow()

    let_time_pass(window)

    assert shown(window) == ["Tersimpan"]


def test_the_keyboard_closes_cards_and_goes_back_to_where_it_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.toast.say("Satu", stays=True)
    window.toast.say("Dua", stays=True)
    window.commands["find_sop"].trigger()
    search = window.focusWidget()
    window.commands["previous_part"].trigger()
    assert window.toast.isAncestorOf(window.focusWidget())

    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert shown(window) == ["Satu"]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert shown(window) == []
    assert window.focusWidget() is search


def test_the_mouse_takes_no_keyboard_from_what_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["find_sop"].trigger()
    search = window.focusWidget()
    window.toast.say("Terhapus", "Urungkan", lambda: None)

    qtbot.mouseClick(window.toast.findChild(QPushButton), Qt.MouseButton.LeftButton)

    assert shown(window) == []
    assert window.focusWidget() is search


def test_a_long_word_is_broken_and_stands_within_the_window(window: MainWindow) -> None:
    window.toast.say("Pendek", stays=True)
    window.toast.say(LONG, "Coba Lagi", lambda: None)
    window.showNormal()
    for width in (1366, 800):
        window.resize(width, 768)
        assert window.rect().contains(window.toast.geometry())
        for card in cards(window):
            words = card._words
            assert words.height() >= words.heightForWidth(words.width())
        assert len({card.width() for card in cards(window)}) == 1


def test_a_card_is_gone_once_even_while_its_answer_is_at_work(window: MainWindow) -> None:
    active: list[bool] = []
    window.toast.say("Terhapus", "Urungkan", lambda: active.append(card._timer.isActive()))
    (card,) = cards(window)

    press(window, "Terhapus")

    assert active == [False]


def test_a_long_word_shows_longer(window: MainWindow) -> None:
    window.toast.say("Pendek")
    window.toast.say(LONG)

    short, long = (card._timer.interval() for card in cards(window))

    assert short < long == toast_card.SHOWN_MS + toast_card.READ_MS * len(LONG)


def test_what_was_offered_of_a_file_that_is_left_cannot_be_done_any_more(
    window: MainWindow, office_path: Path
) -> None:
    window.session.open_sop(window.session.entries[1].uuid)
    window.commands["delete_sop"].trigger()

    assert window.files.open(office_path)

    assert "“Surat Keluar” dihapus." in shown(window)
    assert not any(b.isVisible() for b in window.toast.findChildren(QPushButton))
