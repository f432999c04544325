"""Earlier saves and deleted SOPs: looked at, compared, brought back, never over anything unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QPushButton, QTabWidget

from sopdesk.document.edits import new_sop
from sopdesk.document.unread import Unread
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import login_name
from sopdesk.storage.office_file import Revision, open_file
from tests.ui.test_accessibility import nameless
from ui.comparison.comparison_view import ComparisonView
from ui.dialogs import asking
from ui.history.deleted_dialog import DeletedDialog
from ui.history.history_dialog import HistoryDialog
from ui.history.revision_list import RevisionList
from ui.history.sheet_pane import SheetPane
from ui.history.versions import Versions
from ui.toast_card import ToastCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from sopdesk.storage.acts import Cause
    from sopdesk.storage.office_file import OfficeFile
    from sopdesk.storage.revisions import Event
    from ui.session import Session
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]

TITLES = ("Surat Masuk", "Surat Masuk Daring", "Surat Masuk dan Keluar")


def titled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


def type_in_red(session: Session) -> None:
    step = session.procedure.steps[0].id
    session.keep_unread("Ketik", [Unread(0, step, "next", "entah")])


def delete_another(session: Session) -> None:
    session.undo_next_by("Hapus SOP", lambda: None)


@pytest.fixture
def saved(office_path: Path) -> Iterator[OfficeFile]:
    """The office file, its first SOP saved under three titles one after another."""
    with open_file(office_path) as file:
        uuid = file.entries()[0].uuid
        for title, file.author in zip(TITLES[1:], ("Rina", "Budi"), strict=True):
            stored = file.load(uuid)
            file.save(titled(stored.sop, title), stored.rev)
        yield file


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, saved: OfficeFile) -> HistoryDialog:
    session.reread()
    uuid = saved.entries()[0].uuid
    made = HistoryDialog(
        saved.load(uuid).sop,
        Versions(saved, uuid),
        session.lay_out,
        session.title_of,
        None,
        can_restore=True,
    )
    qtbot.addWidget(made)
    made.show()
    return made


def rows(dialog: QDialog) -> RevisionList:
    return dialog.findChild(RevisionList)


def compared(dialog: QDialog) -> str:
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    return dialog.findChild(ComparisonView).toPlainText()


class TestTheHistory:
    def test_lists_when_who_what_and_under_which_title(self, dialog: HistoryDialog) -> None:
        listed = rows(dialog)
        told = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
        assert all(item.text(0).startswith("hari ini pukul") for item in told)
        assert [item.text(1) for item in told] == ["Budi", "Rina", login_name()]
        assert [item.text(2) for item in told] == [
            "Disimpan · isi berkas sekarang", "Disimpan", "Diimpor",
        ]  # fmt: skip
        assert [item.text(3) for item in told] == list(TITLES[::-1])
        assert [item.font(0).bold() for item in told] == [True, False, False]

    @pytest.mark.parametrize(
        ("event", "cause", "words"),
        [
            ("added", "", "Ditambahkan ke berkas"),
            ("added", "import", "Diimpor"),
            ("added", "merge", "Digabungkan dari berkas lain"),
            ("added", "restore", "Dikembalikan ke daftar"),
            ("saved", "", "Disimpan"),
            ("saved", "aside", "Disisihkan, tidak dipakai"),
            ("saved", "backup", "Dipulihkan dari cadangan"),
            ("saved", "merge", "Digabungkan dari berkas lain"),
            ("saved", "restore", "Simpanan lama dikembalikan"),
            ("deleted", "", "Dihapus"),
        ],
    )
    def test_says_how_each_save_came_about(
        self, qtbot: QtBot, event: Event, cause: Cause, words: str
    ) -> None:
        then = datetime.now(UTC)
        listed = RevisionList(
            [
                Revision(2, "saved", then, "Surat", "", "Rina"),
                Revision(1, event, then, "Surat", "", "", cause),
            ],
            is_there=True,
        )
        qtbot.addWidget(listed)
        item = listed.topLevelItem(1)
        assert (item.text(1), item.text(2)) == ("–", words)
        assert item.toolTip(1) == "Saat disimpan, nama penyimpannya belum dicatat."
        assert item.font(0).italic() == bool(item.toolTip(2)) == (cause == "aside")

    def test_leaves_out_titles_that_are_all_the_same(self, qtbot: QtBot) -> None:
        then = datetime.now(UTC)
        one = Revision(1, "added", then, "Surat", "")
        for title, is_hidden in (("Surat", True), ("Surat Masuk", False)):
            listed = RevisionList([Revision(2, "saved", then, title, ""), one], is_there=True)
            qtbot.addWidget(listed)
            assert listed.isColumnHidden(3) == is_hidden

    @pytest.mark.parametrize(("event", "is_there"), [("deleted", True), ("saved", False)])
    def test_marks_no_save_as_present_where_the_file_has_none(
        self, qtbot: QtBot, event: Event, is_there: bool
    ) -> None:
        last = Revision(1, event, datetime.now(UTC), "Surat", "")
        listed = RevisionList([last], is_there=is_there)
        qtbot.addWidget(listed)
        assert "sekarang" not in listed.topLevelItem(0).text(2)

    def test_shows_the_sheet_of_a_save(self, dialog: HistoryDialog) -> None:
        rows(dialog).choose(2)
        pages = dialog.findChild(SheetPane).pages.sheet.pages
        drawn = " ".join(text.text for page in pages for text in page.texts)
        assert TITLES[0] in drawn
        assert TITLES[2] not in drawn

    def test_compares_a_save_with_how_it_is_now(self, dialog: HistoryDialog) -> None:
        rows(dialog).choose(2)
        said = compared(dialog)
        assert "Sekarang" in said
        assert TITLES[2] in said

    def test_compares_a_save_with_the_one_before(self, dialog: HistoryDialog) -> None:
        rows(dialog).choose(1)
        dialog.findChild(QComboBox).setCurrentIndex(1)
        said = compared(dialog)
        assert TITLES[1] in said
        assert TITLES[2] not in said

    def test_says_that_nothing_is_before_the_first(self, dialog: HistoryDialog) -> None:
        dialog.findChild(QComboBox).setCurrentIndex(1)
        rows(dialog).choose(2)
        assert compared(dialog) == "Ini simpanan pertama yang ada."

    def test_compares_two_saves_the_older_at_the_left(self, dialog: HistoryDialog) -> None:
        rows(dialog).choose(0)
        rows(dialog).setCurrentItem(
            rows(dialog).topLevelItem(2), 0, QItemSelectionModel.SelectionFlag.Select
        )
        said = compared(dialog)
        assert said.index(TITLES[0]) < said.index(TITLES[2])
        assert not dialog.findChild(QPushButton, "restore_revision").isEnabled()

    def test_heads_a_version_that_was_set_aside_as_one_that_is_not_used(
        self, qtbot: QtBot, session: Session, saved: OfficeFile
    ) -> None:
        stored = saved.load(session.sop.uuid)
        saved.save(titled(stored.sop, "Gabungan"), stored.rev, [titled(stored.sop, "Kalah")])
        versions = Versions(saved, stored.sop.uuid)
        dialog = HistoryDialog(
            None, versions, session.lay_out, session.title_of, None, can_restore=True
        )
        qtbot.addWidget(dialog)
        rows(dialog).choose([one.cause for one in versions.revisions].index("aside"))
        said = compared(dialog)
        assert "Disisihkan, tidak dipakai · Budi hari ini" in said
        assert said.count("Disimpan") == 1

    def test_brings_back_what_is_chosen(self, dialog: HistoryDialog) -> None:
        rows(dialog).choose(2)
        dialog.findChild(QPushButton, "restore_revision").click()
        assert dialog.result() == QDialog.DialogCode.Accepted
        assert dialog.restored is not None
        assert dialog.restored[1].identity.title == TITLES[0]

    def test_says_which_save_is_damaged_and_brings_back_none(
        self, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def damaged(_versions: Versions, revision: object) -> Sop:
            raise UserError("revision_damaged", rev=2, title=TITLES[1])

        monkeypatch.setattr(Versions, "sop", damaged)
        rows(dialog).choose(1)
        assert TITLES[1] in dialog.findChild(SheetPane).message
        assert not dialog.findChild(QPushButton, "restore_revision").isEnabled()
        assert TITLES[1] in compared(dialog)

    def test_brings_back_nothing_into_a_file_that_is_read_only(
        self, qtbot: QtBot, session: Session, saved: OfficeFile
    ) -> None:
        sop = saved.load(saved.entries()[0].uuid).sop
        made = HistoryDialog(
            sop,
            Versions(saved, sop.uuid),
            session.lay_out,
            session.title_of,
            None,
            can_restore=False,
        )
        qtbot.addWidget(made)
        assert not made.findChild(QPushButton, "restore_revision").isEnabled()

    def test_can_be_used_and_heard_without_a_mouse(
        self, dialog: HistoryDialog, qtbot: QtBot
    ) -> None:
        assert nameless(dialog) == []
        rows(dialog).choose(0)
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Down)
        assert rows(dialog).chosen()[0].title == TITLES[1]


class TestBringingASaveBack:
    def test_is_an_edit_that_undo_takes_back_and_save_keeps(
        self, show: Show, office_path: Path, saved: OfficeFile
    ) -> None:
        window = show(office_path)
        session = window.session
        session.open_sop(session.entries[0].uuid)
        first = saved.revisions(session.sop.uuid)[-1]
        window.desk.history.bring_back(first, saved.load_revision(session.sop.uuid, first.rev))
        assert session.sop.identity.title == TITLES[0]
        assert saved.load(session.sop.uuid).sop.identity.title == TITLES[2], "not saved by itself"
        session.undo()
        assert session.sop.identity.title == TITLES[2]
        session.redo()
        window.commands["save"].trigger()
        session.wait_for_save()
        assert saved.load(session.sop.uuid).sop.identity.title == TITLES[0]
        assert len(saved.revisions(session.sop.uuid)) == 4, "nothing leaves the history"

    def test_that_changes_nothing_says_so(
        self, show: Show, office_path: Path, saved: OfficeFile
    ) -> None:
        window = show(office_path)
        window.session.open_sop(window.session.entries[0].uuid)
        last = saved.revisions(window.session.sop.uuid)[0]
        window.desk.history.bring_back(last, saved.load_revision(window.session.sop.uuid, last.rev))
        assert window.toast.text == "SOP ini sudah sama dengan simpanan itu."
        assert window.session.unsaved_titles == ()

    def test_is_taken_back_from_the_toast_only_while_it_is_the_last_that_was_done(
        self, show: Show, office_path: Path, saved: OfficeFile
    ) -> None:
        window = show(office_path)
        session = window.session
        session.open_sop(session.entries[0].uuid)
        before, first = session.sop, saved.revisions(session.sop.uuid)[-1]
        sop = saved.load_revision(session.sop.uuid, first.rev)
        window.desk.history.bring_back(first, sop)
        session.apply("Ubah", lambda sop: titled(sop, "Diubah"))
        window.toast.findChild(QPushButton).click()
        assert session.sop.identity.title == "Diubah"
        assert window.toast.text.startswith("Sesudahnya sudah ada perubahan lain.")

        session.undo()
        session.undo()
        window.desk.history.bring_back(first, sop)
        window.toast.findChildren(QPushButton)[-1].click()
        assert session.sop == before

    @pytest.mark.parametrize("then", [type_in_red, delete_another])
    def test_is_not_mistaken_for_what_came_after_it_and_left_the_sop_as_it_was(
        self,
        show: Show,
        office_path: Path,
        saved: OfficeFile,
        then: Callable[[Session], object],
    ) -> None:
        window = show(office_path)
        session = window.session
        session.open_sop(session.entries[0].uuid)
        first = saved.revisions(session.sop.uuid)[-1]
        sop = saved.load_revision(session.sop.uuid, first.rev)
        window.desk.history.bring_back(first, sop)
        then(session)
        after, label = session.work.unread, session.undo_label
        window.toast.findChild(QPushButton).click()
        assert (session.work.unread, session.undo_label) == (after, label)
        assert window.toast.text.startswith("Sesudahnya sudah ada perubahan lain.")

    def test_is_chosen_from_the_menu(
        self,
        show: Show,
        office_path: Path,
        saved: OfficeFile,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def choose_the_first(dialog: HistoryDialog) -> bool:
            rows(dialog).choose(2)
            dialog.findChild(QPushButton, "restore_revision").click()
            return True

        monkeypatch.setattr(asking, "run", choose_the_first)
        window = show(office_path)
        window.session.open_sop(window.session.entries[0].uuid)
        window.commands["history"].trigger()
        assert window.session.sop.identity.title == TITLES[0]


class TestDeletedSops:
    @pytest.fixture
    def window(self, show: Show, office_path: Path) -> MainWindow:
        """The window, its second SOP just deleted."""
        window = show(office_path)
        window.session.open_sop(window.session.entries[1].uuid)
        window.commands["delete_sop"].trigger()
        assert len(window.session.entries) == 2
        return window

    def test_come_back_to_their_place_from_the_toast(self, window: MainWindow) -> None:
        window.toast.findChild(QPushButton).click()
        assert [entry.title for entry in window.session.entries] == [
            "Surat Masuk", "Surat Keluar", "Cuti Tahunan",
        ]  # fmt: skip
        assert window.session.sop.identity.title == "Surat Keluar"

    def test_come_back_with_what_was_not_saved(self, window: MainWindow) -> None:
        session = window.session
        session.apply("", lambda sop: titled(sop, "Belum disimpan"))
        window.commands["delete_sop"].trigger()
        window.toast.findChildren(QPushButton)[-1].click()
        assert session.sop.identity.title == "Belum disimpan"

    def test_come_back_with_what_stands_in_red(self, window: MainWindow) -> None:
        type_in_red(window.session)
        red = window.session.unread
        window.commands["delete_sop"].trigger()
        assert window.session.unread == {}
        window.commands["undo"].trigger()
        assert window.session.unread == red != {}

    def test_come_back_with_what_was_not_saved_also_after_the_program_was_left(
        self, window: MainWindow, office_path: Path
    ) -> None:
        session = window.session
        session.apply("", lambda sop: titled(sop, "Belum disimpan"))
        window.commands["delete_sop"].trigger()
        with open_file(office_path) as later:
            gone = later.deleted()[0]
            later.undelete(gone.uuid)
            assert later.load(gone.uuid).sop.identity.title == "Belum disimpan"

    def test_come_back_by_undo_as_whatever_was_done_last(self, window: MainWindow) -> None:
        assert window.commands["undo"].text() == "Urungkan: Hapus SOP"
        window.commands["undo"].trigger()
        assert [entry.title for entry in window.session.entries] == [
            "Surat Masuk", "Surat Keluar", "Cuti Tahunan",
        ]  # fmt: skip
        assert window.session.sop.identity.title == "Surat Keluar"
        assert not window.session.can_undo

    def test_that_undo_has_put_back_are_only_shown_by_the_toast(self, window: MainWindow) -> None:
        session = window.session
        window.commands["undo"].trigger()
        session.open_sop(session.entries[0].uuid)
        said = window.toast.text
        window.toast.findChild(QPushButton).click()
        assert session.sop.identity.title == "Surat Keluar"
        assert window.toast.text == said, "no colleague has put it back"

    def test_that_a_colleague_has_put_back_are_shown_as_they_are_there(
        self, window: MainWindow, office_path: Path
    ) -> None:
        with open_file(office_path) as other:
            (gone,) = other.deleted()
            other.undelete(gone.uuid)
            stored = other.load(gone.uuid)
            other.save(titled(stored.sop, "Milik Rina"), stored.rev)
        window.commands["undo"].trigger()
        assert window.toast.text == "“Milik Rina” sudah dikembalikan oleh rekan."
        assert window.session.sop.identity.title == "Milik Rina"
        assert window.session.unsaved_titles == ()

    def test_undo_is_of_the_open_sop_again_after_a_change_in_it(self, window: MainWindow) -> None:
        session = window.session
        session.apply("Ubah", lambda sop: titled(sop, "Diubah"))
        window.commands["undo"].trigger()
        assert len(session.entries) == 2
        assert not session.can_undo
        window.commands["delete_sop"].trigger()
        session.open_sop(session.entries[0].uuid)
        assert not session.can_undo

    def test_come_back_from_the_toast_after_another_change(self, window: MainWindow) -> None:
        window.session.apply("Ubah", lambda sop: titled(sop, "Diubah"))
        window.toast.findChild(QPushButton).click()
        assert len(window.session.entries) == 3
        assert window.session.unsaved_titles == ("Diubah",)

    def test_the_toast_is_reached_by_f6_and_stays_while_it_has_the_keyboard(
        self, window: MainWindow, qtbot: QtBot
    ) -> None:
        with qtbot.waitActive(window):
            window.activateWindow()
        button = window.toast.findChild(QPushButton)
        for _ in range(5):
            window.commands["next_part"].trigger()
            if button.hasFocus():
                break
        assert button.hasFocus()
        window.toast.findChild(ToastCard)._timer.timeout.emit()
        assert window.toast.isVisible()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert not window.toast.isVisible()
        assert len(window.session.entries) == 3

    def test_come_back_from_the_menu(
        self, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown: list[str] = []

        def accept(dialog: DeletedDialog) -> bool:
            shown.append(dialog.findChild(QListWidget, "deleted_list").item(0).text())
            assert dialog.findChild(QPushButton, "undelete").isEnabled()
            assert nameless(dialog) == []
            return True

        monkeypatch.setattr(asking, "run", accept)
        window.commands["deleted_sops"].trigger()
        assert shown[0].startswith(f"Surat Keluar\nDihapus {login_name()} hari ini pukul")
        assert window.session.sop.identity.title == "Surat Keluar"
        assert window.toast.text == "“Surat Keluar” kembali ke daftar."

    def test_that_are_not_there_are_told(self, qtbot: QtBot, session: Session) -> None:
        dialog = DeletedDialog([], lambda _: new_sop(), session.lay_out, None, can_restore=True)
        qtbot.addWidget(dialog)
        assert dialog.chosen is None
        assert dialog.findChild(SheetPane).message == "Belum ada SOP yang dihapus dari berkas ini."
        assert not dialog.findChild(QPushButton, "undelete").isEnabled()
