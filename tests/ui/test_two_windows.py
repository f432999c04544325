"""Two windows on one office file: both work, both save, nothing is lost."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTreeView

from sopdesk.storage.office_file import open_file
from tests.ui.conftest import look
from ui.dialogs import asking
from ui.library.library_model import COLLEAGUES_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from sopdesk.document.values import Sop
    from ui.conflict.dialog import ConflictDialog
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]


def save(window: MainWindow) -> None:
    window.findChild(QAction, "action_save").trigger()
    window.session.wait_for_save()


def step(row: int, **fields: str) -> Callable[[Sop], Sop]:
    def edit(sop: Sop) -> Sop:
        (table,) = sop.procedures
        steps = list(table.steps)
        steps[row] = dataclasses.replace(steps[row], **fields)
        return dataclasses.replace(
            sop, procedures=(dataclasses.replace(table, steps=tuple(steps)),)
        )

    return edit


def greet(*windows: MainWindow) -> None:
    """Let each window tell the others that it is there, and learn of them."""
    for _ in range(2):
        for window in windows:
            session = window.session
            session.colleagues.touch()
            session._connection.file_thread.wait_until(
                lambda seen=session: seen.colleagues._asked is None
            )


def test_what_both_save_of_one_sop_is_all_there(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = show(office_path), show(office_path)
    uuid = one.session.sop.uuid
    assert other.session.sop.uuid == uuid
    one.session.apply("Ubah", step(0, activity="Dari jendela satu", duration="5 menit"))
    other.session.apply("Ubah", step(0, activity="Dari jendela dua"))
    other.session.apply("Ubah", step(2, remarks="Juga dari dua"))
    save(one)
    asked: list[ConflictDialog] = []

    def accept(dialog: ConflictDialog) -> bool:
        asked.append(dialog)
        return True

    monkeypatch.setattr(asking, "run", accept)
    save(other)
    assert len(asked) == 1, "never silently"
    look(one.session)
    with open_file(office_path) as file:
        steps = file.load(uuid).sop.procedures[0].steps
        kept = [
            file.load_revision(uuid, found.rev).procedures[0].steps[0].activity
            for found in file.revisions(uuid)
        ]
    assert (steps[0].duration, steps[2].remarks) == ("5 menit", "Juga dari dua")
    assert {"Dari jendela satu", "Dari jendela dua"} <= set(kept)
    assert one.session.sop == other.session.sop
    assert one.session.unsaved_titles == other.session.unsaved_titles == ()


def test_what_one_saves_the_other_sees(show: Show, office_path: Path) -> None:
    one, other = show(office_path), show(office_path)
    one.session.apply("Ubah", step(0, activity="Dari jendela satu"))
    save(one)
    look(other.session)
    assert other.session.procedure.steps[0].activity == "Dari jendela satu"
    assert not other.session.can_undo
    assert one.session.can_undo


def test_each_sees_that_the_other_is_there_and_where(show: Show, office_path: Path) -> None:
    one, other = show(office_path), show(office_path)
    other.session.colleagues._attendance._name = "Rina"
    other.session.open_sop(other.session.entries[1].uuid)
    greet(other, one)
    line = one.findChild(QLabel, "status_others")
    assert line.isVisible()
    assert line.text() == "Juga membuka: Rina"
    assert line.toolTip().endswith(": Surat Keluar")
    model = one.findChild(QTreeView, "library_view").model()
    open_there = other.session.sop.uuid
    assert model.index_of(open_there).data(COLLEAGUES_ROLE) == ("Rina",)
    assert model.index_of(one.session.sop.uuid).data(COLLEAGUES_ROLE) == ()
    other.close()
    greet(one)
    assert not line.isVisible()
    assert model.index_of(open_there).data(COLLEAGUES_ROLE) == ()


def test_who_saved_is_named(show: Show, office_path: Path) -> None:
    one, other = show(office_path), show(office_path)
    other.session.rename("Rina")
    one.session.apply("Ubah", step(0, activity="Dari jendela satu"))
    other.session.apply("Ubah", step(0, activity="Dari jendela dua"))
    save(other)
    look(one.session)
    assert one.findChild(QLabel, "banner_words").text().startswith("Rina menyimpan SOP ini")


def test_nothing_is_left_beside_the_file(show: Show, office_path: Path) -> None:
    one, other = show(office_path), show(office_path)
    greet(one, other)
    assert list(office_path.parent.glob(".kantor.db.here-*"))
    for window in (one, other):
        window.close()
    assert [path.name for path in office_path.parent.glob(".*")] == []
