"""Damaged office settings keep nobody from the SOPs, and can be entered again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sopdesk.document.office import Office
from sopdesk.storage.office_file import open_file
from ui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.foundation.faults import UserError


def test_the_sops_are_there_the_damage_is_told_and_new_settings_can_be_saved(
    office_path: Path, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(office_path)) as connection, connection:
        connection.execute("UPDATE office SET city = 'Lain'")
    told: list[UserError] = []
    session = Session()
    session.fault_found.connect(told.append)

    session.use_file(open_file(office_path))

    assert [fault.code for fault in told] == ["office_damaged"]
    assert len(session.entries) == 3
    assert session.office == Office()

    assert session.save_office(Office(city="Kota Contoh"))

    qtbot.waitUntil(lambda: session.office.city == "Kota Contoh")
    session.use_file(None)
    with open_file(office_path) as file:
        assert file.office().city == "Kota Contoh"
