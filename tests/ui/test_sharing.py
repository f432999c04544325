"""What another clerk does to the open file: soon seen, and never put over unsaved work."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget

from sopdesk.document.edits import new_sop
from sopdesk.document.office import Office
from sopdesk.storage.backups import Backups
from sopdesk.storage.merging import merge
from sopdesk.storage.office_file import open_file
from tests.ui.conftest import look
from ui.sharing import LOOK_MS
from ui.works import Foreign, Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.session import Session
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]


def retitle(title: str) -> Callable[[Sop], Sop]:
    return lambda sop: dataclasses.replace(
        sop, identity=dataclasses.replace(sop.identity, title=title)
    )


def renumber(number: str) -> Callable[[Sop], Sop]:
    return lambda sop: dataclasses.replace(
        sop, identity=dataclasses.replace(sop.identity, number=number)
    )


def save_as_another(
    path: Path, uuid: str, edit: Callable[[Sop], Sop], author: str = "Rina"
) -> None:
    with open_file(path, author=author) as other:
        stored = other.load(uuid)
        other.save(edit(stored.sop), stored.rev)


def first_uuid(path: Path) -> str:
    with open_file(path, writable=False) as file:
        return file.entries()[0].uuid


def test_the_file_is_looked_at_often_enough(session: Session) -> None:
    assert session.sharing._timer.isActive()
    assert session.sharing._timer.interval() == LOOK_MS <= 2000


def test_anothers_save_is_shown_within_three_seconds(
    session: Session, office_path: Path, qtbot: QtBot
) -> None:
    look(session)
    with qtbot.waitSignal(session.sop_changed, timeout=3000):
        save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
    assert session.sop.identity.title == "Versi Rina"


def test_anothers_save_is_in_the_list_and_the_sop(session: Session, office_path: Path) -> None:
    uuids = [entry.uuid for entry in session.entries]
    save_as_another(office_path, uuids[0], retitle("Versi Rina"))
    save_as_another(office_path, uuids[1], retitle("Juga Rina"))
    look(session)
    assert [entry.title for entry in session.entries[:2]] == ["Versi Rina", "Juga Rina"]
    assert session.sop.identity.title == "Versi Rina"
    assert session.unsaved_titles == ()


def test_sops_that_another_adds_and_deletes_come_and_go(
    session: Session, office_path: Path
) -> None:
    look(session)
    with open_file(office_path) as other:
        other.delete(session.entries[1].uuid)
    look(session)
    assert [entry.title for entry in session.entries] == ["Surat Masuk", "Cuti Tahunan"]


def test_unsaved_work_is_never_loaded_over(session: Session, office_path: Path) -> None:
    session.apply("Ubah judul", retitle("Versi saya"))
    save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
    look(session)
    assert session.sop.identity.title == "Versi saya"
    assert session.entries[0].title == "Versi saya"
    assert session.work.foreign.sop.identity.title == "Versi Rina"
    assert session.can_undo


def test_text_being_typed_is_unsaved_work(
    session: Session, office_path: Path, qtbot: QtBot
) -> None:
    typed = ["Sedang diketik"]

    def commit() -> None:
        if typed:
            session.apply("Ubah judul", retitle(typed.pop()))

    session.commit_asked.connect(commit)
    save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
    look(session)
    assert session.sop.identity.title == "Sedang diketik"
    assert session.work.foreign is not None


def test_text_being_typed_in_a_cell_survives(show: Show, office_path: Path) -> None:
    window = show(office_path)
    session = window.session
    table = window.findChild(QTableView, "step_table")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClicks(QApplication.focusWidget(), "Baru")
    save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
    look(session)
    assert session.procedure.steps[0].activity == "Baru"
    assert session.work.foreign is not None


def test_both_doing_the_same_is_no_conflict(session: Session, office_path: Path) -> None:
    session.apply("Ubah judul", retitle("Sama"))
    save_as_another(office_path, session.sop.uuid, retitle("Sama"))
    look(session)
    assert session.work.foreign is None
    assert session.unsaved_titles == ()
    session.apply("Ubah judul", retitle("Lagi"))
    assert session.save().wait().faults == ()


def test_undo_does_not_reach_behind_anothers_change(session: Session, office_path: Path) -> None:
    session.apply("Ubah judul", retitle("Punya saya"))
    session.save().wait()
    assert session.can_undo
    save_as_another(office_path, session.sop.uuid, renumber("7"))
    look(session)
    assert session.sop.identity.number == "7"
    assert not session.can_undo
    assert session.work.loaded is not None
    session.apply("Ubah judul", retitle("Lagi"))
    session.undo()
    assert session.sop.identity.number == "7"


def test_own_saves_leave_the_undo_as_it_is(session: Session) -> None:
    look(session)
    session.apply("Ubah judul", retitle("Punya saya"))
    session.save().wait()
    look(session)
    assert session.can_undo
    assert session.work.loaded is None


def test_the_undo_button_says_where_undo_ends(show: Show, office_path: Path) -> None:
    window = show(office_path)
    save_as_another(office_path, window.session.sop.uuid, retitle("Versi Rina"))
    look(window.session)
    hint = window.findChild(QAction, "action_undo").toolTip()
    assert hint.startswith("Urungkan (Ctrl+Z)\nRina menyimpan SOP ini")
    assert hint.endswith("Urungkan hanya sampai di situ; versi sebelumnya ada di riwayat.")


def test_office_settings_of_another_are_shown(session: Session, office_path: Path) -> None:
    with open_file(office_path) as other:
        other.save_office(Office(lines=("DINAS ARSIP",)))
    look(session)
    assert session.office.lines == ("DINAS ARSIP",)


def test_office_settings_are_not_saved_over_anothers(
    session: Session, office_path: Path, qtbot: QtBot
) -> None:
    mine = dataclasses.replace(session.office, city="Sukamaju")
    before = session.office
    with open_file(office_path) as other:
        other.save_office(Office(lines=("DINAS ARSIP",)))
    with qtbot.waitSignal(session.fault_found) as told:
        assert not session.save_office(mine, before)
    assert told.args[0].code == "office_conflict"
    look(session)
    with qtbot.waitSignal(session.fault_found):
        assert not session.save_office(mine, before), "also once theirs are shown"


def test_what_is_being_saved_is_left_to_the_save(session: Session, office_path: Path) -> None:
    session.apply("Ubah judul", retitle("Versi saya"))
    save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
    session.sharing.look()
    report = session.save().wait()
    assert [fault.code for _uuid, fault in report.faults] == ["save_conflict"]
    assert session.work.foreign.sop.identity.title == "Versi Rina"
    assert session.sop.identity.title == "Versi saya"


def test_a_file_that_goes_away_leaves_the_work_and_is_tried_again(
    session: Session, office_path: Path, qtbot: QtBot
) -> None:
    look(session)
    session.apply("Ubah judul", retitle("Versi saya"))
    away = office_path.with_suffix(".pergi")
    office_path.rename(away)
    with qtbot.waitSignal(session.sharing.reach_changed):
        look(session)
    assert session.sharing.fault.code == "file_missing"
    assert session.save().wait().faults != ()
    assert session.sop.identity.title == "Versi saya"
    away.rename(office_path)
    with qtbot.waitSignal(session.sharing.reach_changed):
        look(session)
    assert session.sharing.fault is None
    assert session.save().wait().saved == ("Versi saya",)
    assert session.search("berkas")


def test_a_file_that_was_replaced_is_opened_anew(session: Session, office_path: Path) -> None:
    look(session)
    copy = office_path.with_suffix(".salinan")
    shutil.copy(office_path, copy)
    save_as_another(copy, session.sop.uuid, retitle("Dari cadangan"))
    copy.replace(office_path)
    look(session)
    look(session)
    assert session.sharing.fault is None
    assert session.sop.identity.title == "Dari cadangan"
    session.apply("Ubah judul", retitle("Versi saya"))
    assert session.save().wait().saved == ("Versi saya",)


def test_an_older_file_in_its_place_is_no_older_save_of_ours(
    session: Session, office_path: Path
) -> None:
    look(session)
    backup = office_path.with_suffix(".cadangan")
    shutil.copy(office_path, backup)
    session.apply("Ubah judul", retitle("Satu"))
    session.save().wait()
    session.apply("Ubah judul", retitle("Dua"))
    backup.replace(office_path)
    look(session)
    look(session)
    assert session.sop.identity.title == "Dua"
    assert session.work.foreign.sop.identity.title == "Surat Masuk"


def test_where_unsaved_work_were_not_looked_at_it_would_be_lost(
    session: Session, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The protection is what keeps it: without it the same course loses the work."""

    def load_over(work: Work, foreign: Foreign) -> bool:
        work.begin_anew(foreign.sop, foreign)
        return True

    monkeypatch.setattr(Work, "meet", load_over)
    session.apply("Ubah judul", retitle("Versi saya"))
    save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
    look(session)
    assert session.sop.identity.title == "Versi Rina"


class TestBanner:
    def words(self, window: MainWindow) -> str:
        banner = window.findChild(QWidget, "banner")
        return window.findChild(QLabel, "banner_words").text() if banner.isVisible() else ""

    def click(self, window: MainWindow, name: str) -> None:
        button = window.findChild(QPushButton, name)
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def test_nothing_is_told_while_nothing_happens(self, show: Show, office_path: Path) -> None:
        assert self.words(show(office_path)) == ""

    def test_anothers_save_under_unsaved_work_is_told(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        session = window.session
        session.apply("Ubah judul", retitle("Versi saya"))
        save_as_another(office_path, session.sop.uuid, retitle("Versi Rina"))
        look(session)
        assert self.words(window).startswith("Rina menyimpan SOP ini hari ini pukul")
        assert "belum disimpan" in self.words(window)
        uuid = session.sop.uuid
        session.open_sop(session.entries[1].uuid)
        assert self.words(window) == "", "it is about that SOP alone"
        session.open_sop(uuid)
        self.click(window, "banner_later")
        assert self.words(window) == ""
        save_as_another(office_path, uuid, retitle("Versi Budi"))
        look(session)
        assert self.words(window) != "", "what is newer is told again"

    def test_compare_shows_both_versions(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        window.session.apply("Ubah judul", retitle("Versi saya"))
        save_as_another(office_path, window.session.sop.uuid, retitle("Versi Rina"))
        look(window.session)
        asked: list[str] = []
        monkeypatch.setattr(
            "ui.dialogs.asking.run", lambda dialog: bool(asked.append(dialog.objectName()))
        )
        self.click(window, "banner_compare")
        assert asked == ["conflict_dialog"]

    @pytest.mark.parametrize("is_edited", [False, True])
    def test_a_deleted_sop_stays_open_and_can_be_put_back(
        self, show: Show, office_path: Path, is_edited: bool
    ) -> None:
        window = show(office_path)
        session = window.session
        uuid = session.sop.uuid
        if is_edited:
            session.apply("Ubah judul", retitle("Versi saya"))
        title = session.sop.identity.title
        with open_file(office_path, author="Rina") as other:
            other.delete(uuid)
        look(session)
        assert session.sop.identity.title == title
        assert self.words(window).startswith("Rina menghapus SOP ini.")
        self.click(window, "banner_put_back")
        assert self.words(window) == ""
        assert session.unsaved_titles == ()
        assert [entry.title for entry in session.entries][-1] == title
        with open_file(office_path) as other:
            assert other.load(uuid).sop.identity.title == title

    def test_who_saved_is_told_also_where_nobody_knows(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        window.session.apply("Ubah judul", retitle("Versi saya"))
        save_as_another(office_path, window.session.sop.uuid, retitle("Versi lain"), author="")
        look(window.session)
        assert self.words(window).startswith("Pengguna lain menyimpan SOP ini hari ini pukul")

    def test_a_restored_backup_is_told_as_such(self, show: Show, office_path: Path) -> None:
        backup = Backups(office_path).make("restore")
        save_as_another(office_path, first_uuid(office_path), retitle("Sesudah cadangan"))
        window = show(office_path)
        window.session.apply("Ubah judul", retitle("Versi saya"))
        Backups(office_path).restore(backup, "Budi")
        look(window.session)
        assert self.words(window).startswith("Budi memulihkan SOP ini dari cadangan hari ini")

    def test_what_a_backup_lacks_was_deleted_by_nobody(self, show: Show, office_path: Path) -> None:
        backup = Backups(office_path).make("restore")
        window = show(office_path)
        window.session.add(new_sop("Baru"))
        Backups(office_path).restore(backup, "Budi")
        look(window.session)
        assert self.words(window).startswith("SOP ini tidak ada lagi di berkas: berkas dikembalik")
        self.click(window, "banner_put_back")
        assert [entry.title for entry in window.session.entries][-1] == "Baru"

    @pytest.mark.parametrize("author", ["Siti", ""])
    def test_a_version_that_was_merged_in_bears_its_authors_name(
        self, show: Show, office_path: Path, tmp_path: Path, author: str
    ) -> None:
        other = tmp_path / "kiriman.db"
        shutil.copyfile(office_path, other)
        save_as_another(other, first_uuid(other), retitle("Versi kiriman"), author)
        window = show(office_path)
        window.session.apply("Ubah judul", retitle("Versi saya"))
        with open_file(office_path, author="Budi") as ours:
            merge(ours, other)
        look(window.session)
        words = "Versi Siti dari" if author else "Versi dari"
        assert self.words(window).startswith(f"{words} berkas lain digabungkan hari ini")

    def test_a_deleted_sop_can_be_closed(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        session = window.session
        with open_file(office_path) as other:
            other.delete(session.sop.uuid)
        look(session)
        self.click(window, "banner_close")
        assert session.sop.identity.title == "Surat Keluar"
        assert self.words(window) == ""

    def test_a_file_out_of_reach_is_told_until_it_is_back(
        self, show: Show, office_path: Path
    ) -> None:
        window = show(office_path)
        look(window.session)
        away = office_path.with_suffix(".pergi")
        office_path.rename(away)
        look(window.session)
        assert self.words(window).startswith("Berkas kantor tidak terjangkau.")
        away.rename(office_path)
        look(window.session)
        assert self.words(window) == ""
