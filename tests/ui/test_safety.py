"""Backups, copies, merging and checking from the window; and files that do not open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QPushButton, QTreeWidget

from sopdesk.foundation.faults import UserError
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import create, open_file
from tests.ui.conftest import sop_of
from tests.ui.test_accessibility import nameless
from ui.backups.backups_dialog import BackupsDialog, size_word
from ui.backups.report_dialog import Group, Line, ReportDialog
from ui.comparison.comparison_dialog import ComparisonDialog
from ui.dialogs import asking
from ui.jobs import job_dialog
from ui.jobs.child_job import ChildJob
from ui.jobs.job_bar import JobBar
from ui.library.library_model import standing_of
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]

PATIENCE_MS = 20_000
TITLES = ["Surat Masuk", "Surat Keluar", "Cuti Tahunan"]


def titles_in(path: Path) -> list[str]:
    with open_file(path) as file:
        return [entry.title for entry in file.entries()]


def save_as(path: Path, title: str, at: int = 0) -> None:
    """Save an SOP of the file under another title, as a colleague does."""
    with open_file(path) as file:
        stored = file.load(file.entries()[at].uuid)
        file.save(titled(stored.sop, title), stored.rev)


def titled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


class Chooser:
    """Answers what is asked: dialogs by pressing a button, questions by an answer's beginning."""

    def __init__(self) -> None:
        self.press: list[str] = []
        self.answers: list[str] = []
        self.defaults: list[str] = []
        self.dialogs: list[QDialog] = []
        self.asked: list[str] = []

    def run(self, dialog: QDialog) -> bool:
        self.dialogs.append(dialog)
        assert nameless(dialog) == []
        name = self.press.pop(0) if self.press else ""
        if name:
            dialog.findChild(QPushButton, name).click()
        return dialog.result() == QDialog.DialogCode.Accepted

    def choose(
        self, _parent: object, question: str, detail: str, answers: list[str], *, safe: int,
        default: int = 0,
    ) -> int:  # fmt: skip
        self.asked.append("\n".join((question, detail, *answers)))
        self.defaults.append(answers[default])
        wanted = self.answers.pop(0) if self.answers else None
        found = [at for at, words in enumerate(answers) if wanted and words.startswith(wanted)]
        return found[0] if found else safe


@pytest.fixture
def chooser(monkeypatch: pytest.MonkeyPatch) -> Chooser:
    chooser = Chooser()
    monkeypatch.setattr(asking, "run", chooser.run)
    monkeypatch.setattr(asking, "choose", chooser.choose)
    return chooser


def rows_of(dialog: QDialog) -> list[list[str]]:
    tree = dialog.findChild(QTreeWidget)
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(tree.columnCount())] for item in items]


class TestBackups:
    def test_are_listed_with_when_why_and_how_much(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        Backups(office_path).make("merge")
        window = show(office_path)
        window.commands["backups"].trigger()
        ((when, why, sops, size, condition),) = rows_of(chooser.dialogs[0])
        assert when.startswith("hari ini pukul")
        assert (why, sops, condition) == ("Sebelum penggabungan", "3", "utuh")
        assert size.endswith("kB")

    def test_can_be_restored_and_the_file_as_it_was_is_kept(
        self, show: Show, office_path: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        Backups(office_path).make("daily")
        save_as(office_path, "Salah hapus")
        window = show(office_path)
        chooser.press, chooser.answers = ["restore_backup"], ["Pulihkan"]
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.commands["backups"].trigger()
        assert titles_in(office_path) == TITLES
        assert window.session.entries[0].title == "Surat Masuk"
        assert Backups(office_path).list()[0].reason == "restore"
        assert window.toast.text.startswith("Berkas kembali ke keadaan hari ini pukul")

    def test_that_are_restored_while_another_file_is_opened_leave_that_one_open(
        self, show: Show, office_path: Path, chooser: Chooser, qtbot: QtBot, tmp_path: Path
    ) -> None:
        backup = Backups(office_path).make("daily")
        create(tmp_path / "lain.db").close()
        window = show(office_path)
        window.desk.safety.restore(backup)
        assert window.files.open(tmp_path / "lain.db")
        qtbot.waitUntil(lambda: window.toast.text == "kantor.db sudah jadi.", timeout=PATIENCE_MS)
        assert window.session.file.path == tmp_path / "lain.db"

    def test_are_restored_only_after_a_plain_answer(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        Backups(office_path).make("daily")
        save_as(office_path, "Tetap")
        window = show(office_path)
        chooser.press = ["restore_backup"]
        window.commands["backups"].trigger()
        assert "Isinya menjadi 3 SOP" in chooser.asked[0]
        assert titles_in(office_path)[0] == "Tetap"

    def test_can_be_looked_at_without_a_trace(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        backup = Backups(office_path).make("daily")
        before = backup.path.read_bytes()
        save_as(office_path, "Yang baru")
        window = show(office_path)
        chooser.press = ["open_backup"]
        window.commands["backups"].trigger()
        assert window.session.file.path == backup.path
        assert window.session.is_read_only
        assert [entry.title for entry in window.session.entries] == TITLES
        assert window._settings.last_file == office_path
        window.session.use_file(None)
        assert backup.path.read_bytes() == before

    def test_are_not_restored_into_a_read_only_file(self, qtbot: QtBot, office_path: Path) -> None:
        backups = Backups(office_path)
        backups.make("daily")
        dialog = BackupsDialog(backups.list(), None, can_restore=False)
        qtbot.addWidget(dialog)
        assert not dialog.findChild(QPushButton, "restore_backup").isEnabled()
        assert dialog.findChild(QPushButton, "open_backup").isEnabled()

    def test_that_are_not_there_are_told(self, qtbot: QtBot) -> None:
        dialog = BackupsDialog([], None, can_restore=True)
        qtbot.addWidget(dialog)
        assert dialog.chosen is None
        assert not dialog.findChild(QPushButton, "open_backup").isEnabled()

    @pytest.mark.parametrize(
        ("size", "word"),
        [(1, "1 kB"), (999_000, "999 kB"), (1_000_000, "1 MB"), (1_200_000, "2 MB")],
    )
    def test_have_a_size_that_can_be_read(self, size: int, word: str) -> None:
        assert size_word(size) == word


class TestACopyToSend:
    def test_is_sound_and_says_what_is_not_in_it(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        window.session.apply("", lambda sop: titled(sop, "Belum disimpan"))
        target = tmp_path / "kirim.db"
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.desk.safety.send_to(target)
        assert said.args[0].startswith("“kirim.db” siap dikirim. Isinya yang sudah disimpan")
        assert titles_in(target) == TITLES

    def test_is_asked_for_from_the_menu(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        proposed: list[Path] = []

        def save_path(_parent: object, _title: str, path: Path, _kinds: str) -> Path:
            proposed.append(path)
            return tmp_path / "dari menu.db"

        monkeypatch.setattr(asking, "save_path", save_path)
        window = show(office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.commands["send_copy"].trigger()
        assert proposed[0].name == "kantor - salinan.db"
        assert titles_in(tmp_path / "dari menu.db") == TITLES

    def test_the_copy_of_a_read_only_file_is_opened_to_be_changed(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot
    ) -> None:
        window = show()
        window.files.look_at(lambda: open_file(office_path, writable=False), office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.safety.send_to(tmp_path / "untuk diubah.db")
        window.toast.findChild(QPushButton).click()
        assert str(window.session.file.path).endswith("untuk diubah.db")
        assert not window.session.is_read_only


class TestMerging:
    @pytest.fixture
    def mailed(self, office_path: Path, tmp_path: Path) -> Path:
        """A copy that a colleague went on with, while this file went on too."""
        mailed = tmp_path / "dari Rina.db"
        mailed.write_bytes(office_path.read_bytes())
        save_as(mailed, "Surat Masuk Rina", 0)
        save_as(mailed, "Surat Keluar Rina", 1)
        with open_file(mailed) as file:
            file.add(sop_of("SOP Baru"))
        save_as(office_path, "Surat Masuk kita", 0)
        return mailed

    def test_reports_what_became_of_each_and_compares_conflicts(
        self, show: Show, office_path: Path, mailed: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        chooser.press = ["report_look"]
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.desk.merging.merge(mailed)
        assert said.args[0] == (
            "Dari “dari Rina.db”: 1 baru, 1 lebih baru, 1 disimpan dalam dua versi."
        )
        report, comparison = chooser.dialogs
        assert isinstance(report, ReportDialog)
        assert [heading for (heading,) in rows_of(report)] == [
            "Berubah di kedua berkas; versi dari sana ditandai “versi lain” di daftar (1)",
            "Baru di berkas ini (1)",
            "Diambil karena lebih baru di sana (1)",
            "Sudah ada (1)",
        ]
        assert isinstance(comparison, ComparisonDialog)
        titles = [version.identity.title for version in comparison._versions]
        assert titles[0] == "Surat Masuk kita"
        assert titles[1].startswith("Surat Masuk Rina")
        shown = {entry.title for entry in window.session.entries}
        assert {"Surat Masuk kita", "Surat Keluar Rina", "SOP Baru"} <= shown
        twin = comparison._versions[1].uuid
        library = window.desk.workspace.library._model
        told = library.data(library.index_of(twin), Qt.ItemDataRole.ToolTipRole)
        marked = [
            entry.uuid for entry in window.session.entries if "versi lain" in standing_of(entry)
        ]
        assert marked == [twin]
        assert "Versi lain dari SOP di daftar ini" in told
        chooser.press = []
        window.toast.findChild(QPushButton).click()
        assert isinstance(chooser.dialogs[-1], ReportDialog)

    def test_can_be_read_about_again_while_its_file_is_open(
        self, show: Show, office_path: Path, mailed: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        action = window.commands["merge_report"]
        assert not action.isEnabled()
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.merging.merge(mailed)
        assert window.files.open(mailed)
        assert not action.isEnabled()
        assert window.files.open(office_path)
        assert action.isEnabled()
        first = rows_of(chooser.dialogs[0])

        action.trigger()

        assert rows_of(chooser.dialogs[-1]) == first
        assert "dari Rina.db" in chooser.dialogs[-1].findChild(PlainLabel).text()

    def test_that_brings_nothing_has_a_report_too(
        self, show: Show, office_path: Path, tmp_path: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        same = tmp_path / "sama.db"
        same.write_bytes(office_path.read_bytes())
        window = show(office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.merging.merge(same)
        assert window.commands["merge_report"].isEnabled()

    def test_that_was_done_before_it_could_be_cancelled_says_so(
        self, show: Show, office_path: Path, mailed: Path, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        """As if the process had been ended after its commit, and before it told."""
        monkeypatch.setattr(ChildJob, "_on_output", lambda _job: None)
        monkeypatch.setattr(ChildJob, "cancel", lambda job: setattr(job, "_is_cancelled", True))
        window = show(office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.desk.merging.merge(mailed)
            window.findChild(QPushButton, "job_cancel").click()
        assert said.args[0].startswith("Dibatalkan, tetapi berkas kantor sudah berubah")
        assert "SOP Baru" in [entry.title for entry in window.session.entries]

    def test_names_what_is_damaged_in_the_other_file(
        self, show: Show, office_path: Path, mailed: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        with closing(sqlite3.connect(mailed)) as intruder, intruder:
            intruder.execute("UPDATE sops SET number = 'x' WHERE title = 'SOP Baru'")
            intruder.execute("UPDATE revisions SET value = x'00' WHERE title = 'SOP Baru'")
        window = show(office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.merging.merge(mailed)
        rows = chooser.dialogs[0].findChild(QTreeWidget).topLevelItem(1)
        assert rows.text(0) == "Rusak di berkas itu (1)"
        assert rows.child(0).text(0) == "x   ·   SOP Baru: tidak ikut masuk"

    def test_shows_no_progress_beside_its_report(
        self, show: Show, office_path: Path, mailed: Path, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        window = show(office_path)
        seen: list[bool] = []
        bar = window.findChild(JobBar)
        monkeypatch.setattr(asking, "run", lambda _dialog: seen.append(bar.is_busy))
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.merging.merge(mailed)
        assert seen == [False]

    def test_of_a_file_that_brings_nothing_says_so(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot, chooser: Chooser
    ) -> None:
        same = tmp_path / "sama.db"
        same.write_bytes(office_path.read_bytes())
        window = show(office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.desk.merging.merge(same)
        assert said.args[0] == "“sama.db” tidak membawa hal baru."

    def test_needs_a_file_that_can_be_written(self, show: Show, office_path: Path) -> None:
        window = show()
        window.files.look_at(lambda: open_file(office_path, writable=False), office_path)
        for name in ("merge_file", "delete_sop", "save"):
            assert not window.commands[name].isEnabled()
        for name in ("backups", "send_copy", "verify_file", "deleted_sops", "history"):
            assert window.commands[name].isEnabled()


class TestChecking:
    def test_a_sound_file_is_told_in_a_sentence(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.commands["verify_file"].trigger()
        assert said.args[0] == "Berkas utuh: 3 SOP dan 3 simpanan sudah diperiksa."

    def test_damage_is_listed_with_where_it_is_whole(
        self, show: Show, office_path: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        with closing(sqlite3.connect(office_path)) as intruder:
            intruder.execute("UPDATE sops SET number = 'diubah' WHERE position = 1")
            intruder.commit()
        window.commands["verify_file"].trigger()
        qtbot.waitUntil(lambda: chooser.dialogs != [], timeout=PATIENCE_MS)
        headings = [heading for (heading,) in rows_of(chooser.dialogs[0])]
        assert headings == ["Yang rusak (1)", "Di mana masih utuh (1)"]
        assert chooser.dialogs[0].findChild(QPushButton, "report_look") is None


def test_a_report_shows_its_sentences_whole_however_wide_it_is(qtbot: QtBot) -> None:
    sentence = "SOP ini rusak, jadi tidak ditampilkan; kembalikan dari riwayatnya. " * 4
    groups = [Group("Pendek", [Line("Satu kata")]), Group("Panjang", [Line(sentence)])]
    dialog = ReportDialog("Judul", "Hasil", groups, "", None)
    qtbot.addWidget(dialog)
    dialog.show()
    tree = dialog.findChild(QTreeWidget)
    rows = [tree.topLevelItem(at).child(0) for at in (0, 1)]
    for width in (640, 460):
        dialog.resize(width, 460)
        qtbot.waitUntil(lambda: tree.columnWidth(0) == tree.viewport().width())
        tree.executeDelayedItemsLayout()
        short, long = (tree.visualItemRect(row) for row in rows)
        lines = tree.fontMetrics().boundingRect(
            0, 0, long.width(), 10_000, Qt.TextFlag.TextWordWrap, sentence
        )
        assert long.height() >= lines.height()
        assert long.height() > short.height()


def test_a_report_looks_only_at_lines_that_have_more(qtbot: QtBot) -> None:
    looked: list[str] = []
    groups = [
        Group("Satu", [Line("tanpa"), Line("dengan", lambda: looked.append("dengan"))]),
        Group("Kosong", []),
    ]
    dialog = ReportDialog("Judul", "Hasil", groups, "Bandingkan…", None)
    qtbot.addWidget(dialog)
    assert [heading for (heading,) in rows_of(dialog)] == ["Satu (2)"]
    button = dialog.findChild(QPushButton, "report_look")
    button.click()
    assert looked == ["dengan"]
    tree = dialog.findChild(QTreeWidget)
    tree.setCurrentItem(tree.topLevelItem(0).child(0))
    assert not button.isEnabled()


class TestAFileThatDoesNotOpen:
    @pytest.fixture(autouse=True)
    def told(self, monkeypatch: pytest.MonkeyPatch, chooser: Chooser) -> list[str]:
        """What is told; questions are answered by the chooser, as if dialogs were shown."""
        told: list[str] = []
        monkeypatch.setattr(asking, "tell", lambda _parent, message, *_: told.append(message))
        monkeypatch.setattr(asking, "is_silent", lambda: False)
        return told

    @pytest.fixture
    def damaged(self, office_path: Path) -> Path:
        """A file with a backup, of which then only the first page can be read."""
        Backups(office_path).make("daily")
        content = office_path.read_bytes()
        office_path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        return office_path

    @pytest.fixture
    def partly(self, office_path: Path) -> Path:
        """A file whose tables are hurt, one SOP of which has nothing sound."""
        with closing(sqlite3.connect(office_path)) as connection, connection:
            connection.execute("UPDATE sops SET number = 'x' WHERE title = 'Surat Keluar'")
            connection.execute("UPDATE revisions SET value = x'00' WHERE title = 'Surat Keluar'")
        hurt(office_path)
        return office_path

    def test_is_told_with_its_newest_backup_and_stays_untouched(
        self, show: Show, damaged: Path, chooser: Chooser
    ) -> None:
        before = damaged.read_bytes()
        window = show()
        assert not window.files.open(damaged)
        (asked,) = chooser.asked
        assert asked.startswith("“kantor.db” rusak dan tidak dapat dibuka. Berkasnya tidak diubah.")
        assert "Cadangan utuh terbaru dibuat hari ini pukul" in asked
        assert "berisi 3 SOP" in asked
        first, *others = asked.splitlines()[-3:]
        assert first.startswith("Pulihkan Cadangan hari ini pukul")
        assert "Tidak ada yang utuh lagi" in asked
        assert others == ["Coba Lagi", "Tutup"]
        assert chooser.defaults == [first]
        assert damaged.read_bytes() == before

    def test_is_restored_and_opens(self, show: Show, damaged: Path, chooser: Chooser) -> None:
        window = show()
        chooser.answers = ["Pulihkan Cadangan"]
        assert window.files.open(damaged)
        assert [entry.title for entry in window.session.entries] == TITLES
        kept = Backups(damaged).list()[0]
        assert kept.reason == "restore"
        assert not kept.is_sound, "the damaged file is kept too"

    def test_whose_beginning_is_lost_is_not_called_foreign(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        Backups(office_path).make("daily")
        content = office_path.read_bytes()
        office_path.write_bytes(bytes(4096) + content[4096:])
        window = show()
        window.files.open(office_path)
        office_path.write_bytes(b"surat" * 1000)
        window.files.open(office_path)
        headless, other = chooser.asked
        assert "rusak" in headless
        assert "Semua SOP di dalamnya (3) masih utuh" in headless
        assert "awalnya rusak, atau berkas lain menggantikannya" in other
        assert "tidak berawal seperti" not in headless + other

    def test_of_which_the_histories_are_lost_says_so(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        hurt(office_path, "revisions", "sqlite_autoindex_revisions_1")
        show().files.open(office_path)
        (asked,) = chooser.asked
        assert "Semua SOP di dalamnya (3) masih utuh" in asked
        assert "3 simpanan dalam riwayat hilang." in asked

    def test_is_best_opened_as_it_is_where_nothing_in_it_is_lost(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        Backups(office_path).make("daily")
        hurt(office_path)
        show().files.open(office_path)
        (asked,) = chooser.asked
        assert "Semua SOP di dalamnya (3) masih utuh" in asked
        assert asked.index("Semua SOP") < asked.index("Cadangan utuh terbaru")
        assert chooser.defaults == ["Buka yang Utuh"]

    def test_is_best_restored_where_something_in_it_is_lost(
        self, show: Show, partly: Path, chooser: Chooser, sops: tuple[Sop, ...], tmp_path: Path
    ) -> None:
        with create(tmp_path / "dulu.db") as earlier:
            earlier.add_new(sops)
        backup = Backups(tmp_path / "dulu.db").make("daily").path
        folder = partly.with_name(f"{partly.name}.cadangan")
        folder.mkdir()
        backup.rename(folder / backup.name)
        show().files.open(partly)
        (asked,) = chooser.asked
        assert "2 SOP di dalamnya masih utuh" in asked
        assert "•  x Surat Keluar" in asked.splitlines()
        assert asked.index("Cadangan utuh terbaru") < asked.index("2 SOP di dalamnya")
        assert chooser.defaults[0].startswith("Pulihkan Cadangan")

    def test_shows_what_in_it_is_sound_and_takes_no_change(
        self, show: Show, partly: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        before = partly.read_bytes()
        window = show()
        chooser.answers = ["Buka yang Utuh"]
        assert window.files.open(partly)
        assert chooser.defaults == ["Buka yang Utuh"]
        assert "Tidak ada cadangan berkas ini" in chooser.asked[0]
        session = window.session
        assert [entry.title for entry in session.entries] == ["Surat Masuk", "Cuti Tahunan"]
        assert session.is_read_only
        assert window._settings.last_file is None, "the next start does not come back to it"
        looked = session._connection.file_thread.ask(lambda file: list(file.check_sops())[-1])
        qtbot.waitUntil(lambda: looked.is_answered)
        assert looked.result() == 2, "the file thread reads it too"
        assert session.sharing.fault is None
        stand_in = session.file.stand_in
        session.use_file(None)
        assert not stand_in.parent.exists()
        assert partly.read_bytes() == before

    def test_what_is_sound_is_printed_exported_and_recapped(
        self, show: Show, partly: Path, chooser: Chooser, qtbot: QtBot, tmp_path: Path
    ) -> None:
        window = show()
        chooser.answers = ["Buka yang Utuh"]
        assert window.files.open(partly)
        desk, wanted = window.desk, [entry.uuid for entry in window.session.entries]
        acts = {
            "a.pdf": lambda path: desk.outputs.write_pdf(wanted, path),
            "a.xlsx": desk.outputs.write_recap,
            "a.json": desk.exchange.export_to,
        }
        for name, act in acts.items():
            with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
                act(tmp_path / name)
            assert said.args == [f"{name} sudah jadi."]
            assert (tmp_path / name).exists()

    def test_what_is_sound_is_saved_as_a_new_file_and_opened(
        self, show: Show, partly: Path, chooser: Chooser, qtbot: QtBot, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        proposed: list[Path] = []

        def save_path(
            _parent: object, _title: str, path: Path, _kinds: str, *, may_replace: bool
        ) -> Path:
            assert not may_replace
            proposed.append(path)
            return tmp_path / "baru.db"

        monkeypatch.setattr(asking, "save_path", save_path)
        before = partly.read_bytes()
        window = show()
        chooser.answers = ["Buka yang Utuh", "Buka"]
        assert window.files.open(partly)
        banner = window.desk.workspace.banner
        assert "“kantor.db” rusak; ini isinya yang masih utuh." in banner._words.text()
        banner.findChild(QPushButton, "banner_rescue").click()
        qtbot.waitUntil(lambda: len(chooser.asked) == 2, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: window.session.file.path == tmp_path / "baru.db")
        assert chooser.asked[1].startswith("“baru.db” sudah jadi, berisi 2 SOP.")
        assert proposed == [partly.with_name("kantor - utuh.db")]
        assert not window.session.is_read_only
        assert not banner.isVisible()
        assert titles_in(tmp_path / "baru.db") == ["Surat Masuk", "Cuti Tahunan"]
        assert partly.read_bytes() == before

    def test_a_copy_to_send_of_it_is_what_is_sound(
        self, show: Show, partly: Path, chooser: Chooser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[object] = []
        monkeypatch.setattr(asking, "save_path", lambda *_, **_facts: asked.append(_facts))
        window = show()
        chooser.answers = ["Buka yang Utuh"]
        assert window.files.open(partly)
        window.commands["send_copy"].trigger()
        assert asked == [{"may_replace": False}]

    def test_is_checked_and_restored_itself_from_the_window_on_its_sound_part(
        self, show: Show, partly: Path, chooser: Chooser, qtbot: QtBot
    ) -> None:
        window = show()
        chooser.answers = ["Buka yang Utuh"]
        assert window.files.open(partly)
        window.commands["verify_file"].trigger()
        qtbot.waitUntil(lambda: chooser.dialogs != [], timeout=PATIENCE_MS)
        headings = [heading for (heading,) in rows_of(chooser.dialogs[0])]
        assert headings[0].startswith("Yang rusak")

    def test_says_nothing_of_what_nobody_has_looked_for_to_the_end(
        self, show: Show, damaged: Path, chooser: Chooser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(job_dialog, "carry_out", lambda *_: None)  # as cancelling does
        assert not show().files.open(damaged)
        (asked,) = chooser.asked
        assert asked.splitlines() == [
            "“kantor.db” rusak dan tidak dapat dibuka. Berkasnya tidak diubah.",
            "",
            "Coba Lagi",
            "Tutup",
        ]

    def test_is_tried_again(self, show: Show, damaged: Path, chooser: Chooser) -> None:
        window = show()
        chooser.answers = ["Coba Lagi"]
        assert not window.files.open(damaged)
        assert len(chooser.asked) == 2

    def test_that_is_gone_can_come_back_from_its_backup(
        self, show: Show, office_path: Path, chooser: Chooser
    ) -> None:
        Backups(office_path).make("daily")
        office_path.unlink()
        window = show()
        chooser.answers = ["Pulihkan Cadangan"]
        assert window.files.open(office_path)
        assert titles_in(office_path) == TITLES

    def test_without_a_backup_and_a_way_out_is_only_told(
        self, show: Show, tmp_path: Path, chooser: Chooser, told: list[str]
    ) -> None:
        foreign = tmp_path / "catatan.db"
        foreign.write_text("bukan berkas kantor " * 20)
        window = show()
        assert not window.files.open(foreign)
        assert chooser.asked == []
        assert len(told) == 1

    def test_is_only_told_where_nothing_may_be_shown(
        self, show: Show, damaged: Path, chooser: Chooser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "is_silent", lambda: True)
        assert not show().files.open(damaged)
        assert "Pulihkan" not in chooser.asked[0]


def hurt(path: Path, *parts: str) -> None:
    """Overwrite the page that each of these tables begins on; that of the steps without any."""
    with closing(sqlite3.connect(path)) as connection:
        pages = dict(connection.execute("SELECT name, rootpage FROM sqlite_master"))
    content = bytearray(path.read_bytes())
    for part in parts or ("steps",):
        content[(pages[part] - 1) * 4096 : pages[part] * 4096] = bytes(4096)
    path.write_bytes(content)


def test_a_pdf_leaves_out_a_damaged_sop_and_says_so(
    show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(asking, "tell", lambda _parent, *words: told.append(words))
    with closing(sqlite3.connect(office_path)) as connection, connection:
        connection.execute("UPDATE sops SET number = 'x' WHERE title = 'Surat Keluar'")
    window = show(office_path)
    wanted = [entry.uuid for entry in window.session.entries]
    with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
        window.desk.outputs.write_pdf(wanted, tmp_path / "a.pdf")
    ((message, detail),) = told
    assert message == "“a.pdf” sudah jadi, tanpa isi yang rusak di berkas kantor."
    assert "Surat Keluar" in detail
    assert (tmp_path / "a.pdf").exists()


class TestALongWait:
    def test_shows_how_far_it_is_and_returns_what_was_made(
        self, office_path: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(job_dialog, "SHOWN_AFTER_MS", 0)
        out = str(tmp_path / "baru.db")
        job = {"task": "rescue", "file": str(office_path), "out": out}
        dialog = job_dialog.JobDialog(job, "Menunggu", None)
        qtbot.addWidget(dialog)
        assert dialog.wait() == {"sops": 3, "losses": [], "has_office": True, "lost_saves": 0}
        assert (dialog._bar.value(), dialog._bar.maximum()) == (3, 3)
        assert not dialog.isVisible()

    def test_can_be_cancelled(
        self, office_path: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(job_dialog, "SHOWN_AFTER_MS", 0)
        out = tmp_path / "baru.db"
        job = {"task": "rescue", "file": str(office_path), "out": str(out)}
        dialog = job_dialog.JobDialog(job, "Menunggu", None)
        qtbot.addWidget(dialog)
        QTimer.singleShot(0, dialog, dialog.reject)
        assert dialog.wait() is None
        assert not out.exists()

    def test_that_fails_raises_the_fault(self, office_path: Path, tmp_path: Path) -> None:
        (tmp_path / "ada.db").write_text("surat")
        job = {"task": "rescue", "file": str(office_path), "out": str(tmp_path / "ada.db")}
        with pytest.raises(UserError, match="file_exists"):
            job_dialog.carry_out(job, "Menunggu", None)
