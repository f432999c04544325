"""A recovery copy goes only when nothing that it holds could still be lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from sopdesk.document.unread import Unread
from sopdesk.foundation.faults import UserError
from sopdesk.storage.drafts import Draft, Drafts
from sopdesk.storage.office_file import open_file
from ui.dialogs import asking
from ui.editor.table.columns import COLUMN_KEYS
from ui.window.recovery_commands import drafts_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.recovery.recovery_dialog import RecoveryDialog
    from ui.session import Session
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]


def titled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


def copy_left(path: Path, title: str = "") -> Draft:
    """Leave a copy of the first SOP with a text in red, under another title if one is given."""
    with open_file(path) as file:
        stored = file.load(file.entries()[0].uuid)
    red = Unread(0, stored.sop.procedures[0].steps[0].id, "next", "Ya: 99")
    sop = titled(stored.sop, title) if title else stored.sop
    now = datetime.now(UTC)
    draft = Draft(path, sop.uuid, stored.rev, stored.sop, sop, now, (red,))
    Drafts(drafts_folder()).keep(draft)
    return draft


def files_of(path: Path) -> set[str]:
    folder = Drafts(drafts_folder())._folder_of(path)
    return {place.name for place in folder.glob("*.json")}


class Answering:
    """Answers the first recovery dialog by a choice, and every later one by closing it."""

    def __init__(self, choice: str) -> None:
        self.choices = [choice]

    def __call__(self, dialog: RecoveryDialog) -> bool:
        dialog.choice = self.choices.pop() if self.choices else None
        return dialog.choice is not None


def test_recovered_work_keeps_its_old_copy_while_the_disk_takes_no_new_one(
    show: Show, office_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = copy_left(office_path, "Dipulihkan")
    old = files_of(office_path)
    monkeypatch.setattr(asking, "run", Answering("restore"))

    def full(_self: Drafts, _draft: Draft) -> None:
        raise UserError("disk_full", path="x")

    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "keep", full)
        window = show(office_path)
        qtbot.waitUntil(lambda: window.session.unsaved_titles == ("Dipulihkan",))
        qtbot.waitUntil(lambda: window.desk.keeper._kept == {draft.uuid: None})
        assert files_of(office_path) == old
    window.desk.keeper.flush()
    assert len(files_of(office_path)) == 2


def test_what_stood_in_red_goes_along_into_a_new_file(
    show: Show, office_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    copy_left(office_path, "Ke berkas baru")
    target = tmp_path / "baru.db"
    monkeypatch.setattr(asking, "save_path", lambda *_args, **_kwargs: target)
    monkeypatch.setattr(asking, "run", Answering("rescue"))
    window = show(office_path)
    qtbot.waitUntil(lambda: files_of(office_path) == set())
    assert window.files.open(target)
    cells = window.findChild(QTableView, "step_table").steps
    cell = cells.index(0, COLUMN_KEYS.index("next"))
    qtbot.waitUntil(lambda: cell.data(Qt.ItemDataRole.EditRole) == "Ya: 99")
    assert window.session.unsaved_titles == ()


def test_what_is_typed_after_a_text_in_red_came_back_is_saved(
    session: Session, office_path: Path
) -> None:
    uuid = session.sop.uuid
    red = Unread(0, session.procedure.steps[0].id, "next", "Ya: 99")
    with open_file(office_path) as other:
        stored = other.load(uuid)
        other.save(titled(stored.sop, "Milik Rina"), stored.rev)
    assert session.recall_unread(uuid, [red])
    assert session.sop.identity.title == "Milik Rina"
    session.apply("", lambda sop: titled(sop, "Sesudah Rina"))
    session.save()
    session.wait_for_save()
    with open_file(office_path) as file:
        assert file.entries()[0].title == "Sesudah Rina"


def test_without_a_file_no_sop_opens_and_that_is_worded(session: Session) -> None:
    uuid, told = session.sop.uuid, []
    session.use_file(None)
    session.fault_found.connect(told.append)
    assert not session.open_sop(uuid)
    assert [fault.code for fault in told] == ["no_file"]
