"""What is gone is not called any more, whatever outlives it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction

from sopdesk.document.office import Office
from ui.works import Selection

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.session import Session


def stir(session: Session) -> None:
    """Change whatever a view may follow."""
    session.apply("Ubah", lambda sop: dataclasses.replace(sop, origin="x"))
    session.select(Selection((session.procedure.steps[1].id,)))
    session.save_office(Office(lines=("PEMERINTAH KOTA LAIN",)))
    session.open_sop(session.entries[1].uuid)
    session.save().wait()
    QCoreApplication.processEvents()


def test_a_session_outlives_its_editor(qtbot: QtBot, session: Session) -> None:
    from ui.editor import EditorPane

    pane = EditorPane(session)
    pane.show()
    qtbot.waitExposed(pane)
    shiboken6.delete(pane)
    stir(session)
    assert session.sop is not None


def test_a_session_outlives_its_library_and_findings(qtbot: QtBot, session: Session) -> None:
    from ui.findings.findings_panel import FindingsPanel
    from ui.findings.found import Found
    from ui.library.library_panel import LibraryPanel

    found = Found(session)
    toggle = QAction()
    for panel in (LibraryPanel(session), FindingsPanel(session, found, toggle)):
        panel.show()
        qtbot.waitExposed(panel)
        shiboken6.delete(panel)
    stir(session)
    found.look()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert session.sop is not None
