"""An office file to work on, and the window on it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from sopdesk.document import edits
from sopdesk.document.office import Office
from sopdesk.document.values import Lane, Procedure, Sop, Step
from sopdesk.foundation.places import user_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.session import Session
    from ui.window.main_window import MainWindow

TITLES = ("Surat Masuk", "Surat Keluar", "Cuti Tahunan")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Begin each test as on the first day."""
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SOPDesk", "SOPDesk")
    store.clear()
    store.sync()
    shutil.rmtree(user_folder(), ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_key_held_down(qapp: QApplication) -> Iterator[None]:
    """Leave no key down: Qt's `keyClick` with Ctrl lets the next click add to a selection."""
    yield
    QTest.keyRelease(QWindow(), Qt.Key.Key_Control)  # To nobody: no window is shown.


def sop_of(title: str, unit: tuple[str, ...] = (), activities: tuple[str, ...] = ()) -> Sop:
    """Return an SOP of one lane whose steps follow each other."""
    procedure = Procedure(lanes=(Lane(name="Staf"),))
    for row, activity in enumerate(activities):
        procedure = edits.insert_step(procedure, Step(activity=activity), row)
    return edits.replace_procedure(edits.new_sop(title, unit), 0, procedure)


def look(session: Session) -> None:
    """Look at the file as the timer does, and return when what is new has been taken in."""
    session.sharing.look()
    session._connection.file_thread.wait_until(lambda: session.sharing._asked is None)


def click_step(pane: EditorPane, row: int) -> None:
    """Click the activity of a step in the step table."""
    table = pane.findChild(QTableView, "step_table")
    cell = table.visualRect(table.model().index(row, 1))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())


@pytest.fixture
def sops() -> tuple[Sop, ...]:
    """Three SOPs in two units, each of three steps."""
    units = (("Bagian Umum",), ("Bagian Umum",), ("Bagian Umum", "Subbag Kepegawaian"))
    return tuple(
        sop_of(title, unit, (f"Menerima berkas {title}", "Memeriksa berkas", "Mengarsipkan"))
        for title, unit in zip(TITLES, units, strict=True)
    )


@pytest.fixture
def office_path(tmp_path: Path, sops: tuple[Sop, ...]) -> Path:
    """Return an office file with the three SOPs."""
    from sopdesk.storage.office_file import create

    path = tmp_path / "kantor.db"
    with create(path, Office(lines=("PEMERINTAH KOTA CONTOH",), city="Contoh")) as made:
        made.add_new(sops)
    return path


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., MainWindow]:
    """Return a function that shows the window on a file, or without one."""
    from ui.app import create
    from ui.window.main_window import MainWindow

    def _show(*arguments: object) -> MainWindow:
        _app, window = create(["sopdesk", *map(str, arguments)])
        assert isinstance(window, MainWindow)
        qtbot.addWidget(window)
        qtbot.waitExposed(window)
        return window

    return _show


@pytest.fixture
def session(qapp: QApplication, office_path: Path) -> Iterator[Session]:
    """Return the session on the office file, looking at its first SOP."""
    from sopdesk.storage.office_file import open_file
    from ui.session import Session

    session = Session()
    session.use_file(open_file(office_path))
    session.open_sop(session.entries[0].uuid)
    yield session
    session.use_file(None)


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> EditorPane:
    """Return the editor, shown and active, on the session."""
    from ui.editor import EditorPane

    pane = EditorPane(session)
    qtbot.addWidget(pane)
    pane.resize(1200, 900)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane
