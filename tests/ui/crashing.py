"""A window that types and is killed: run as a program, with the office file and what to type.

It says `kept` as soon as the recovery copy of what it typed is on the disk, and goes on living for
as long as a test may wait for it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QTableView

from ui.app import create
from ui.window.main_window import MainWindow

LIFE_MS = 30_000


def main(path: str, text: str) -> None:
    app, window = create(["sopdesk", path])
    assert isinstance(window, MainWindow)
    assert window.desk is not None
    session = window.session
    session.open_sop(session.entries[0].uuid)
    table = window.findChild(QTableView, "step_table")
    table.edit_step(session.procedure.steps[0].id)
    editor = table.findChild(QPlainTextEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    window.desk.keeper.kept.connect(lambda _uuid: print("kept", flush=True))
    QTimer.singleShot(LIFE_MS, app.quit)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
