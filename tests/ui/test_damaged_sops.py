"""Damaged SOPs are marked in the library by themselves, and can be brought back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QTabWidget

from sopdesk.foundation.wording import tr
from sopdesk.storage.office_file import open_file
from ui import soundness
from ui.dialogs import asking
from ui.history.history_dialog import HistoryDialog
from ui.library.library_model import LibraryModel
from ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "BEGIN_MS", 0)


@pytest.fixture
def damaged_path(office_path: Path) -> Path:
    """Return an office file whose second SOP another program has changed."""
    with closing(sqlite3.connect(office_path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE sops SET created_on = '2020' WHERE title = 'Surat Keluar'")
    return office_path


def marks(session: Session) -> list[bool]:
    return [entry.is_damaged for entry in session.entries]


def test_an_idle_window_finds_the_damage_and_the_list_keeps_the_mark(
    damaged_path: Path, qtbot: QtBot
) -> None:
    session = Session()
    session.use_file(open_file(damaged_path))
    assert marks(session) == [False, False, False]

    qtbot.waitUntil(lambda: marks(session) == [False, True, False])

    session.reread()
    assert marks(session) == [False, True, False]
    session.use_file(None)


def test_the_library_tells_of_the_damage_in_words(damaged_path: Path) -> None:
    with open_file(damaged_path) as file:
        list(file.check_sops())
        model = LibraryModel(lambda _uuid: False)
        entries = file.entries()
        model.show(entries, ())

    tips = [model.data(model.index_of(entry.uuid), 3) for entry in entries]

    word = tr(
        "This SOP is damaged in the file and cannot be opened. The other SOPs are fine; its "
        "history or a backup brings it back."
    )
    assert [word in tip for tip in tips] == [False, True, False]


def test_opening_it_tells_and_its_history_brings_it_back(
    show: Callable[..., MainWindow],
    damaged_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    asked: list[list[str]] = []

    def choose(_parent: object, _question: str, _detail: str, answers: list[str], **_: int) -> int:
        asked.append(answers)
        return 0

    def restore(dialog: QDialog) -> bool:
        assert isinstance(dialog, HistoryDialog)
        dialog.findChild(QTabWidget).setCurrentIndex(1)
        dialog._on_restore_clicked()
        return True

    monkeypatch.setattr(asking, "choose", choose)
    monkeypatch.setattr(asking, "run", restore)
    window = show(damaged_path)
    session = window.session
    damaged = session.entries[1].uuid

    assert not session.open_sop(damaged)

    qtbot.waitUntil(lambda: session.sop is not None and session.sop.uuid == damaged)
    assert asked == [[tr("History…"), tr("Backups…"), tr("Close")]]
    assert marks(session) == [False, False, False]
    with open_file(damaged_path) as file:
        assert file.load(damaged).sop.identity.title == "Surat Keluar"
