"""The one way of asking: words as they are, closing is the last answer, silence is the safe one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from ui.dialogs import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ANSWERS = ("Simpan", "Jangan Simpan", "Batal")


@pytest.fixture
def _dialogs_allowed(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setenv("SOPDESK_NO_DIALOGS", "0")


def soon(act: Callable[[QMessageBox], object]) -> None:
    """Do this with the box that will stand open."""

    def once_open() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            act(box)
        else:
            QTimer.singleShot(5, once_open)

    QTimer.singleShot(0, once_open)


@pytest.mark.usefixtures("_dialogs_allowed")
def test_each_word_gives_its_own_answer() -> None:
    for index, word in enumerate(ANSWERS):
        soon(lambda box, word=word: next(b for b in box.buttons() if b.text() == word).click())
        assert asking.choose(None, "Simpan?", "", ANSWERS, safe=0) == index


@pytest.mark.usefixtures("_dialogs_allowed")
def test_closing_the_box_is_the_last_answer() -> None:
    soon(lambda box: box.reject())
    assert asking.choose(None, "Simpan?", "", ANSWERS, safe=0) == 2


@pytest.mark.usefixtures("_dialogs_allowed")
def test_a_title_is_never_read_as_markup() -> None:
    seen: list[str] = []

    def look(box: QMessageBox) -> None:
        seen.extend((box.text(), box.informativeText()))
        box.reject()

    soon(look)
    asking.choose(None, "Hapus “<b>x</b>”?", "a & b\nc", ANSWERS, safe=0)
    assert "&lt;b&gt;x&lt;/b&gt;" in seen[0]
    assert seen[1] == "a &amp; b<br>c"


def test_in_silence_the_safe_answer_is_taken_and_logged(
    qapp: object, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert asking.choose(None, "Hapus?", "", ("Hapus", "Batal"), safe=1) == 1
    assert "Batal" in caplog.text
    assert asking.open_path(None, "Buka", None, "") is None


@pytest.mark.usefixtures("_dialogs_allowed")
def test_a_name_without_an_ending_gets_the_proposed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = str(tmp_path / "SOP 01.01.2019")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kwargs: (typed, ""))
    chosen = asking.save_path(None, "Ekspor", tmp_path / "rekap.xlsx", "*.xlsx")
    assert chosen == tmp_path / "SOP 01.01.2019.xlsx"
    chosen.touch()
    soon(lambda box: box.reject())
    assert asking.save_path(None, "Ekspor", tmp_path / "rekap.xlsx", "*.xlsx") is None


@pytest.mark.usefixtures("_dialogs_allowed")
def test_a_dialog_goes_when_it_has_been_answered(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = QDialog(window)
    QTimer.singleShot(0, dialog.accept)
    with qtbot.waitSignal(dialog.destroyed):
        assert asking.run(dialog)
    assert window.findChildren(QDialog) == []
