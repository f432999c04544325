"""What is found in an SOP, in the order a clerk wants to mend it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sopdesk.document.findings import Finding
from ui.findings.found import Found

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from ui.session import Session


def test_the_worst_comes_first_then_the_order_of_the_sheet(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    severities = ("hint", "warning", "error", "warning")
    odd = tuple(Finding(f"code{place}", severity) for place, severity in enumerate(severities))
    monkeypatch.setattr("sopdesk.document.findings.findings", lambda *_: odd)
    found = Found(session)
    found.look()
    assert [finding.code for finding in found.all] == ["code2", "code1", "code3", "code0"]
    assert found.count("warning") == 2


def test_many_changes_are_looked_at_once(qtbot: QtBot, session: Session) -> None:
    found = Found(session)
    looked: list[None] = []
    found.changed.connect(lambda: looked.append(None))
    with qtbot.waitSignal(found.changed):
        for word in "abc":
            session.apply("Ubah", lambda sop, origin=word: dataclasses.replace(sop, origin=origin))
    assert len(looked) == 1
