"""The name that colleagues see, chosen beside the interface language."""

from __future__ import annotations

import getpass
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from sopdesk.document.edits import new_sop
from sopdesk.foundation.faults import UserError
from sopdesk.output.exchange import write_exchange
from sopdesk.storage.presence import Presence
from ui.dialogs import asking
from ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from sopdesk.storage.office_file import OfficeFile
    from ui.window.main_window import MainWindow


def type_name(patch: pytest.MonkeyPatch, name: str, *, accepts: bool = True) -> None:
    def fill(dialog: QDialog) -> bool:
        field = dialog.findChild(QLineEdit, "user_name")
        assert isinstance(field, QLineEdit)
        field.setText(name)
        return accepts

    patch.setattr(asking, "run", fill)


def test_colleagues_see_a_new_name_at_once(
    show: Callable[..., MainWindow],
    office_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = show(office_path)
    window.session.colleagues.touch()
    type_name(monkeypatch, "  Bu Contoh ")

    window.commands["own_name"].trigger()
    window.session.colleagues.touch()

    colleague = Presence(office_path, "Lain")
    names = lambda: [other.name for other in colleague.others()]  # noqa: E731
    qtbot.waitUntil(lambda: names() == ["Bu Contoh"])
    assert Settings().user_name == "Bu Contoh"


def share_goes_away(file: OfficeFile) -> None:
    raise UserError("file_missing", path=str(file.path))


def test_what_is_saved_bears_the_name(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings().user_name = "Bu Contoh"
    session = show(office_path).session
    uuid = session.sop.uuid

    def save(title: str) -> list[str]:
        session.apply("", lambda sop: replace(sop, identity=replace(sop.identity, title=title)))
        session.save().wait()
        return [found.author for found in session.file.revisions(uuid)]

    assert save("Satu")[0] == "Bu Contoh"
    session.rename("Pak Contoh")
    assert save("Dua")[:2] == ["Pak Contoh", "Bu Contoh"]
    session.reopen()
    assert session.file.author == "Pak Contoh"
    session.rename("Ibu Contoh")
    # It is there again for what is asked next.
    session._connection.file_thread.ask(share_goes_away)
    assert save("Tiga")[0] == "Ibu Contoh"


def test_what_a_child_process_saves_bears_the_name(
    show: Callable[..., MainWindow], office_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    Settings().user_name = "Bu Contoh"
    window = show(office_path)
    session = window.session
    other = tmp_path / "lain.json"
    write_exchange([new_sop("Dari luar")], None, other)
    done: list[object] = []

    window.desk.jobs.run({"task": "import", "sources": [str(other)]}, "", done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)

    added = done[0][0]["added"][0]["uuid"]
    assert [found.author for found in session.file.revisions(added)] == ["Bu Contoh"]


def test_an_empty_name_stands_for_the_systems_user(
    show: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "pengguna")
    Settings().user_name = "Bu Contoh"
    type_name(monkeypatch, " ")

    show().commands["own_name"].trigger()

    assert Settings().chosen_name == ""
    assert Settings().user_name == "pengguna"


def test_a_cancelled_dialog_changes_no_name(
    show: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings().user_name = "Bu Contoh"
    type_name(monkeypatch, "Lain", accepts=False)

    show().commands["own_name"].trigger()

    assert Settings().user_name == "Bu Contoh"
