"""What was typed is there after a crash, and goes into the file by the same check as ever."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
)

from sopdesk.document.unread import Unread
from sopdesk.foundation.faults import UserError
from sopdesk.storage.drafts import Draft, Drafts
from sopdesk.storage.office_file import open_file
from tests.ui.test_accessibility import nameless
from ui.dialogs import asking
from ui.editor.table.model import COLUMN_KEYS, FAULT_ROLE
from ui.recovery.keeper import DraftKeeper
from ui.recovery.offers import Standing, offers_of
from ui.recovery.recovery_dialog import RecoveryDialog
from ui.window import unexpected
from ui.window.recovery_commands import drafts_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import OfficeFile
    from ui.session import Session
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 20_000
NEXT = COLUMN_KEYS.index("next")


def titled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


def retitle(session: Session, title: str) -> None:
    session.apply("", lambda sop: titled(sop, title))


def left_behind(path: Path, title: str, at: int = 0) -> Draft:
    """Leave a recovery copy of an SOP under another title, as a crash does; return it."""
    with open_file(path) as file:
        stored = file.load(file.entries()[at].uuid)
    draft = Draft(
        path, stored.sop.uuid, stored.rev, stored.sop, titled(stored.sop, title), datetime.now(UTC)
    )
    Drafts(drafts_folder()).keep(draft)
    return draft


def kept_of(path: Path) -> list[str]:
    return sorted(draft.sop.identity.title for draft in Drafts(drafts_folder()).of(path))


class Answers:
    """Answers each recovery dialog that opens by a button, and notes what it said."""

    def __init__(self, *choices: str) -> None:
        self.choices = list(choices)
        self.said: list[str] = []
        self.enabled: list[set[str]] = []

    def __call__(self, dialog: object) -> bool:
        if not isinstance(dialog, RecoveryDialog):
            return False
        items = dialog.findChild(QListWidget, "recovery_list")
        self.said += [items.item(row).text() for row in range(items.count())]
        assert nameless(dialog) == []
        names = ("restore", "compare", "rescue", "discard")
        buttons = {name: dialog.findChild(QPushButton, f"recovery_{name}") for name in names}
        self.enabled.append({name for name, button in buttons.items() if button.isEnabled()})
        if not self.choices:
            return False
        buttons[self.choices.pop(0)].click()
        return dialog.choice is not None


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    answers = Answers()
    monkeypatch.setattr(asking, "run", answers)
    return answers


@pytest.fixture
def keeper(session: Session, tmp_path: Path) -> Iterator[DraftKeeper]:
    keeper = DraftKeeper(session, Drafts(tmp_path / "salinan"), lambda: None)
    yield keeper
    keeper.end()


class TestKeeping:
    def copies(self, session: Session, tmp_path: Path) -> list[Draft]:
        return list(Drafts(tmp_path / "salinan").of(session.file.path))

    def test_unsaved_work_is_on_the_disk_within_two_seconds(
        self, session: Session, keeper: DraftKeeper, tmp_path: Path, qtbot: QtBot
    ) -> None:
        assert keeper._timer.interval() <= 2000
        with qtbot.waitSignal(keeper.kept, timeout=PATIENCE_MS):
            retitle(session, "Belum disimpan")
        (draft,) = self.copies(session, tmp_path)
        assert draft.sop == session.sop
        assert draft.base == session.work.saved
        assert draft.rev == session.work.rev

    def test_every_open_sop_has_its_copy(
        self, session: Session, keeper: DraftKeeper, tmp_path: Path
    ) -> None:
        for entry in session.entries[:2]:
            session.open_sop(entry.uuid)
            retitle(session, f"{entry.title} baru")
        keeper.flush()
        kept = {draft.sop.identity.title for draft in self.copies(session, tmp_path)}
        assert kept == {"Surat Masuk baru", "Surat Keluar baru"}

    def test_a_copy_goes_when_its_save_was_read_back(
        self, session: Session, keeper: DraftKeeper, tmp_path: Path
    ) -> None:
        retitle(session, "Disimpan")
        keeper.flush()
        assert keeper.uuids
        session.save()
        session.wait_for_save()
        keeper.flush()
        assert keeper.uuids == frozenset()
        assert self.copies(session, tmp_path) == []

    def test_a_copy_stays_when_the_save_failed(
        self,
        session: Session,
        keeper: DraftKeeper,
        tmp_path: Path,
        office_path: Path,
    ) -> None:
        retitle(session, "Milik saya")
        with open_file(office_path) as other:
            stored = other.load(session.sop.uuid)
            other.save(titled(stored.sop, "Milik Rina"), stored.rev)
        session.save()
        session.wait_for_save()
        keeper.flush()
        assert [draft.sop.identity.title for draft in self.copies(session, tmp_path)] == [
            "Milik saya"
        ]

    def test_a_copy_goes_when_the_work_was_undone_or_given_up(
        self, session: Session, keeper: DraftKeeper, tmp_path: Path
    ) -> None:
        retitle(session, "Satu")
        keeper.flush()
        session.undo()
        keeper.flush()
        assert self.copies(session, tmp_path) == []
        session.redo()
        keeper.flush()
        path = session.file.path
        session.use_file(None)
        keeper.flush()
        assert Drafts(tmp_path / "salinan").of(path) == ()

    def test_what_stays_the_same_is_not_written_again(
        self,
        session: Session,
        keeper: DraftKeeper,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        written: list[str] = []
        monkeypatch.setattr(Drafts, "keep", lambda _self, draft: written.append(draft.uuid))
        retitle(session, "Sekali")
        for _ in range(3):
            keeper.flush()
        assert len(written) == 1

    def test_a_full_disk_is_told_once_and_tried_again(
        self,
        session: Session,
        keeper: DraftKeeper,
        tmp_path: Path,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        told: list[UserError] = []
        keeper.failed.connect(told.append)

        def full(_self: Drafts, _draft: Draft) -> None:
            raise UserError("disk_full", path="x")

        retitle(session, "Penuh")
        with monkeypatch.context() as patch:
            patch.setattr(Drafts, "keep", full)
            for _ in range(2):
                keeper.flush()
                qtbot.waitUntil(lambda: keeper._kept == {session.sop.uuid: None})
        assert [fault.code for fault in told] == ["disk_full"]
        keeper.flush()
        assert len(self.copies(session, tmp_path)) == 1

    def test_text_being_typed_into_a_cell_is_in_the_copy_and_stays_in_its_cell(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        table = window.findChild(QTableView, "step_table")
        table.edit_step(window.session.procedure.steps[0].id)
        editor = table.findChild(QPlainTextEdit)
        editor.selectAll()
        qtbot.keyClicks(editor, "Separuh kalimat")
        before = window.session.sop
        window.desk.keeper.flush()
        (draft,) = Drafts(drafts_folder()).of(office_path)
        assert draft.sop.procedures[0].steps[0].activity == "Separuh kalimat"
        assert window.session.sop is before
        assert not window.session.can_undo
        assert table.findChild(QPlainTextEdit) is editor
        assert editor.toPlainText() == "Separuh kalimat"

    def test_text_being_typed_on_the_sheet_or_as_an_actors_name_is_in_the_copy(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        editor = window.desk.workspace.editor
        step = window.session.procedure.steps[0].id
        assert editor._canvas.in_place.edit_step(step)
        qtbot.keyClicks(editor._canvas.in_place.editor, "Di lembar")
        assert editor.as_typed().procedures[0].steps[0].activity == "Di lembar"
        editor._canvas.in_place.cancel()
        tabs = editor._lanes.tabs
        tabs.rename(window.session.procedure.lanes[0].id)
        qtbot.keyClicks(tabs.field.line, "Kasubbag")
        assert editor.as_typed().procedures[0].lanes[0].name == "Kasubbag"
        window.desk.keeper.flush()
        (draft,) = Drafts(drafts_folder()).of(office_path)
        assert draft.sop.procedures[0].lanes[0].name == "Kasubbag"
        assert not window.session.can_undo

    def test_text_being_typed_that_cannot_be_read_yet_is_in_the_copy_too(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        table = window.findChild(QTableView, "step_table")
        step = window.session.procedure.steps[0].id
        table.edit_step(step, "next")
        editor = table.findChild(QPlainTextEdit)
        editor.selectAll()
        qtbot.keyClicks(editor, "99")
        window.desk.keeper.flush()
        (draft,) = Drafts(drafts_folder()).of(office_path)
        assert draft.unread == (Unread(0, step, "next", "99"),)
        assert not draft.has_work
        assert window.session.unread == {}
        assert window.toast.text == ""
        editor.selectAll()
        qtbot.keyClicks(editor, "3")
        window.desk.keeper.flush()
        (draft,) = Drafts(drafts_folder()).of(office_path)
        assert draft.unread == ()
        assert draft.has_work

    def test_a_fault_of_the_program_writes_a_copy_first(
        self, show: Show, office_path: Path
    ) -> None:
        window = show(office_path)
        retitle(window.session, "Sebelum galat")
        error = RuntimeError("bug")
        unexpected._on_exception(RuntimeError, error, None)
        assert kept_of(office_path) == ["Sebelum galat"]

    def test_closing_without_saving_leaves_no_copy(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        retitle(window.session, "Dibuang")
        window.desk.keeper.flush()
        assert kept_of(office_path) == ["Dibuang"]
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: 1)
        assert window.close()
        assert kept_of(office_path) == []

    @pytest.mark.parametrize("is_away", [True, False])
    def test_work_that_cannot_be_saved_on_closing_is_offered_at_the_next_start(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch, *, is_away: bool,
    ) -> None:  # fmt: skip
        window = show(office_path)
        retitle(window.session, "Tetap aman")
        asked: list[str] = []

        def choose(_parent: object, question: str, detail: str, *_: object, **__: object) -> int:
            asked.append(f"{question} {detail}")
            return 0

        monkeypatch.setattr(asking, "choose", choose)
        away = office_path.rename(office_path.with_name("jauh.db")) if is_away else None
        if away is None:
            with open_file(office_path) as other:
                stored = other.load(window.session.sop.uuid)
                other.save(titled(stored.sop, "Milik Rina"), stored.rev)
        assert window.close()
        assert len(asked) == 2
        assert "salinan pemulihan" in asked[1]
        assert ("tidak ada" if is_away else "sudah disimpan orang lain") in asked[1]
        assert kept_of(office_path) == ["Tetap aman"]
        if away is not None:
            away.rename(office_path)
        answers.choices = ["restore"]
        window = show(office_path)
        qtbot.waitUntil(lambda: window.session.unsaved_titles == ("Tetap aman",))

    def test_a_copy_that_was_to_be_left_goes_where_the_work_is_given_up_later(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        retitle(window.session, "Dibuang")
        assert window.desk.keeper.leave_copies()
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: 1)
        assert window.close()
        assert kept_of(office_path) == []


def write_red(window: MainWindow, text: str = "Ya: 99") -> None:
    """Type into the first step's target what cannot be read yet."""
    steps = window.findChild(QTableView, "step_table").steps
    assert not steps.setData(steps.index(0, NEXT), text)


def is_red(window: MainWindow, text: str = "Ya: 99") -> bool:
    cell = window.findChild(QTableView, "step_table").steps.index(0, NEXT)
    return cell.data(Qt.ItemDataRole.EditRole) == text and bool(cell.data(FAULT_ROLE))


class TestTextsInRed:
    def crash(self, window: MainWindow) -> None:
        """Leave the copies on the disk as a crash does."""
        window.desk.keeper.flush()
        kept = {file: file.read_bytes() for file in drafts_folder().rglob("*.json")}
        window.session.save()
        window.session.wait_for_save()
        window.session.use_file(None)
        window.desk.keeper.flush()
        for file, content in kept.items():
            file.write_bytes(content)

    def test_are_there_again_in_red_with_the_recovered_work(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        with open_file(office_path) as file:
            stored = file.load(file.entries()[0].uuid)
        red = Unread(0, stored.sop.procedures[0].steps[0].id, "next", "Ya: 99")
        work = titled(stored.sop, "Dipulihkan")
        now = datetime.now(UTC)
        Drafts(drafts_folder()).keep(
            Draft(office_path, work.uuid, stored.rev, stored.sop, work, now, (red,))
        )
        answers.choices = ["restore"]
        window = show(office_path)
        qtbot.waitUntil(lambda: window.session.unsaved_titles == ("Dipulihkan",))
        assert is_red(window)
        (own,) = Drafts(drafts_folder()).of(office_path)
        assert own.unread == (red,), "now this window's own copy"

    def test_are_named_where_the_copy_is_compared(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        draft = left_behind(office_path, "Dipulihkan")
        step = draft.sop.procedures[0].steps[1].id
        red = (Unread(0, step, "next", "Ya: 99"), Unread(0, "gone", "next", "Ya: 1"))
        later = replace(draft, unread=red, kept_at=draft.kept_at + timedelta(seconds=1))
        Drafts(drafts_folder()).keep(later)
        notes: list[str] = []

        def run(dialog: QDialog) -> bool:
            notes.extend(label.text() for label in dialog.findChildren(QLabel, "comparison_note"))
            return answers(dialog)

        monkeypatch.setattr(asking, "run", run)
        answers.choices = ["compare"]
        show(office_path)
        qtbot.waitUntil(lambda: len(notes) == 1)
        assert notes[0].splitlines()[1:] == ["Langkah 2  ·  Lanjut ke: Ya: 99"]

    def test_are_there_again_without_a_question_where_all_else_was_saved(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        retitle(window.session, "Disimpan")
        write_red(window)
        self.crash(window)
        window = show(office_path)
        qtbot.waitUntil(lambda: is_red(window))
        assert answers.said == []
        assert window.session.unsaved_titles == ()
        assert window.session.sop.identity.title == "Disimpan"

    def test_are_there_again_after_closing_and_closing_asks_nothing(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        window = show(office_path)
        write_red(window)
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: pytest.fail("asked"))
        assert window.close()
        window = show(office_path)
        qtbot.waitUntil(lambda: is_red(window))
        assert answers.said == []
        assert not window.session.can_undo
        # What is mended is not kept any longer.
        steps = window.findChild(QTableView, "step_table").steps
        assert steps.setData(steps.index(0, NEXT), "3")
        window.session.save()
        window.session.wait_for_save()
        assert window.close()
        assert Drafts(drafts_folder()).of(office_path) == ()

    def test_stay_with_what_a_colleague_has_saved_meanwhile(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        write_red(window)
        assert window.close()
        with open_file(office_path) as other:
            stored = other.load(other.entries()[0].uuid)
            other.save(titled(stored.sop, "Milik Rina"), stored.rev)
        window = show(office_path)
        qtbot.waitUntil(lambda: is_red(window))
        assert window.session.sop.identity.title == "Milik Rina"
        assert answers.said == []

    def test_go_with_the_work_that_is_not_saved(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        retitle(window.session, "Dibuang")
        write_red(window)
        window.desk.keeper.flush()
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: 1)
        assert window.close()
        assert Drafts(drafts_folder()).of(office_path) == ()

    def test_wait_where_the_file_cannot_be_written(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def read_only(path: Path, **others: str) -> OfficeFile:
            return open_file(path, **{**others, "writable": False})

        window = show(office_path)
        write_red(window)
        assert window.close()
        with monkeypatch.context() as patch:
            patch.setattr(
                "sopdesk.storage.office_file.open_file",
                lambda path: open_file(path, writable=False),
            )
            window = show(office_path)
            window.recovery.offer()
            assert not is_red(window)
            assert window.close()
        assert len(Drafts(drafts_folder()).of(office_path)) == 1
        assert answers.said == []


class TestOffering:
    def test_says_how_the_file_stands(self, office_path: Path) -> None:
        drafts = [left_behind(office_path, f"Salinan {at}", at) for at in range(3)]
        with open_file(office_path) as file:
            stored = file.load(drafts[1].uuid)
            file.save(titled(stored.sop, "Rina"), stored.rev)
            file.delete(drafts[2].uuid)
            standings = [offer.standing for offer in offers_of(drafts, file)]
            same = replace(drafts[0], sop=file.load(drafts[0].uuid).sop)
            assert offers_of([same], file)[0].standing is Standing.SAVED
        assert standings == [Standing.SAME, Standing.CHANGED, Standing.DELETED]
        assert offers_of(drafts[:1], None)[0].standing is Standing.UNREACHABLE

    def test_recovered_work_is_unsaved_and_a_save_puts_it_into_the_file(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        left_behind(office_path, "Dipulihkan")
        answers.choices = ["restore"]
        window = show(office_path)
        qtbot.waitUntil(lambda: window.session.unsaved_titles == ("Dipulihkan",))
        assert answers.said[0].startswith("Dipulihkan\ndiketik sampai hari ini pukul")
        assert window.session.sop.identity.title == "Dipulihkan"
        assert kept_of(office_path) == ["Dipulihkan"], "now this window's own copy"
        window.session.save()
        window.session.wait_for_save()
        window.desk.keeper.flush()
        with open_file(office_path) as file:
            assert file.entries()[0].title == "Dipulihkan"
        assert kept_of(office_path) == []

    def test_recovered_work_never_goes_over_what_another_has_saved_since(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        draft = left_behind(office_path, "Milik saya")
        with open_file(office_path) as other:
            stored = other.load(draft.uuid)
            other.save(titled(stored.sop, "Milik Rina"), stored.rev)
        answers.choices = ["restore"]
        window = show(office_path)
        qtbot.waitUntil(lambda: window.session.unsaved_titles == ("Milik saya",))
        assert "disimpan lagi sejak itu" in answers.said[0]
        report = window.session.save().wait()
        assert [fault.code for _uuid, fault in report.faults] == ["save_conflict"]
        with open_file(office_path) as file:
            assert file.entries()[0].title == "Milik Rina"
        assert window.session.unsaved_titles == ("Milik saya",)

    def test_later_keeps_every_copy(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        left_behind(office_path, "Nanti saja")
        window = show(office_path)
        qtbot.waitUntil(lambda: len(answers.said) == 1)
        retitle(window.session, "Yang baru")
        window.session.save()
        window.session.wait_for_save()
        window.desk.keeper.flush()
        assert kept_of(office_path) == ["Nanti saja"]

    def test_discarding_asks_once_more(
        self,
        show: Show,
        office_path: Path,
        answers: Answers,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        left_behind(office_path, "Tidak perlu")
        answers.choices = ["discard"]
        window = show(office_path)
        qtbot.waitUntil(lambda: len(answers.said) == 2)
        assert kept_of(office_path) == ["Tidak perlu"], "the safe answer keeps it"
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: 0)
        answers.choices = ["discard"]
        window.commands["recovery_copies"].trigger()
        assert kept_of(office_path) == []

    def test_what_the_file_holds_already_goes_without_a_word(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot
    ) -> None:
        left_behind(office_path, "Surat Masuk")
        show(office_path)
        qtbot.waitUntil(lambda: kept_of(office_path) == [])
        assert answers.said == []

    def test_a_read_only_file_takes_no_work_but_loses_none(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        left_behind(office_path, "Hanya-baca")

        def open_there(path: Path, *, writable: bool = True, **others: str) -> OfficeFile:
            return open_file(path, writable=writable and path != office_path, **others)

        monkeypatch.setattr("sopdesk.storage.office_file.open_file", open_there)
        target = tmp_path / "baru.db"
        monkeypatch.setattr(asking, "save_path", lambda *_args, **_kwargs: target)
        answers.choices = ["rescue"]
        show(office_path)
        qtbot.waitUntil(target.is_file)
        assert answers.enabled[0] == {"compare", "rescue", "discard"}
        with open_file(target) as file:
            assert [entry.title for entry in file.entries()] == ["Hanya-baca"]

    def test_a_file_that_is_gone_loses_no_work(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot, tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        draft = left_behind(office_path, "Berkas hilang")
        office_path.rename(tmp_path / "dipindah.db")
        target = tmp_path / "baru.db"
        monkeypatch.setattr(asking, "save_path", lambda *_args, **_kwargs: target)
        answers.choices = ["rescue"]
        show(office_path)
        qtbot.waitUntil(target.is_file)
        assert "berkas tidak terjangkau" in answers.said[0]
        assert answers.enabled[0] == {"compare", "rescue", "discard"}
        with open_file(target) as file:
            assert file.load(draft.uuid).sop == draft.sop
        assert kept_of(office_path) == []

    def test_copies_of_another_file_are_told_and_can_be_shown(
        self, show: Show, office_path: Path, answers: Answers, qtbot: QtBot, tmp_path: Path
    ) -> None:
        other = tmp_path / "lain.db"
        other.write_bytes(office_path.read_bytes())
        left_behind(other, "Di berkas lain")
        window = show(office_path)
        qtbot.waitUntil(lambda: window.toast.text.startswith("Di “lain.db” masih ada"))
        answers.choices = ["restore"]
        window.toast.findChild(QPushButton).click()
        qtbot.waitUntil(lambda: window.session.unsaved_titles == ("Di berkas lain",))
        assert window.session.file.path == other

    def test_the_menu_says_when_there_is_nothing(
        self, show: Show, office_path: Path, answers: Answers
    ) -> None:
        window = show(office_path)
        retitle(window.session, "Milik jendela ini")
        window.desk.keeper.flush()
        window.commands["recovery_copies"].trigger()
        assert answers.said == []
        assert window.toast.text == "Tidak ada salinan pemulihan: semua sudah tersimpan."


@contextmanager
def typing_window(path: Path, text: str) -> Iterator[subprocess.Popen[str]]:
    """A window in a process of its own that types this into the first cell of a file."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.crashing", str(path), text],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_a_window_that_is_killed_while_typing_loses_nothing_of_it(
    show: Show, office_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    with typing_window(office_path, "Mengetik saat listrik padam") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        assert Drafts(drafts_folder()).of(office_path) == (), "it is still at work"
        process.kill()
        process.wait()
    answers.choices = ["restore"]
    window = show(office_path)
    qtbot.waitUntil(lambda: len(window.session.unsaved_titles) == 1, timeout=PATIENCE_MS)
    window.session.save()
    window.session.wait_for_save()
    with open_file(office_path) as file:
        sop = file.load(file.entries()[0].uuid).sop
    assert sop.procedures[0].steps[0].activity == "Mengetik saat listrik padam"
