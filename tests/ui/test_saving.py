"""Saving: never in the window's way, and nothing is lost meanwhile."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView

from sopdesk.document import edits
from sopdesk.storage import savelock
from sopdesk.storage.office_file import OfficeFile, open_file
from ui.dialogs import asking
from ui.findings.findings_panel import FindingsPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.session import Session
    from ui.window.main_window import MainWindow


def retitle(title: str) -> Callable[[Sop], Sop]:
    return lambda sop: dataclasses.replace(
        sop, identity=dataclasses.replace(sop.identity, title=title)
    )


def titles_in(path: Path) -> list[str]:
    with open_file(path) as file:
        return [entry.title for entry in file.entries()]


@pytest.fixture
def busy(office_path: Path) -> Iterator[Callable[[], None]]:
    """Hold the office file as another who saves; returned is what lets it go."""
    stack = contextlib.ExitStack()
    stack.enter_context(savelock.held(office_path))
    with stack:
        yield stack.close


def test_asking_for_a_save_does_not_wait_for_it(
    session: Session, office_path: Path, busy: Callable[[], None]
) -> None:
    session.apply("Ubah judul", retitle("Surat Edaran"))
    told: list[bool] = []
    session.saving_changed.connect(told.append)
    saving = session.save()
    assert told == [True]
    assert not saving.is_done
    assert session.unsaved_titles == ("Surat Edaran",), "unsaved until it has been read back"
    busy()
    assert saving.wait().saved == ("Surat Edaran",)
    assert told == [True, False]
    assert session.unsaved_titles == ()
    assert titles_in(office_path)[0] == "Surat Edaran"


def test_what_is_typed_meanwhile_stays_unsaved_on_top(
    session: Session, office_path: Path, busy: Callable[[], None]
) -> None:
    session.apply("Ubah judul", retitle("Surat Edaran"), "judul")
    saving = session.save()
    session.apply("Ubah judul", retitle("Surat Edaran Baru"), "judul")
    busy()
    saving.wait()
    assert titles_in(office_path)[0] == "Surat Edaran"
    assert session.unsaved_titles == ("Surat Edaran Baru",)
    session.undo()
    assert session.sop.identity.title == "Surat Edaran", "an undo of its own"
    assert session.unsaved_titles == ()


def test_taking_back_what_is_being_saved_is_unsaved_work(
    session: Session, office_path: Path, busy: Callable[[], None]
) -> None:
    session.apply("Ubah judul", retitle("Surat Edaran"))
    saving = session.save()
    session.undo()
    assert session.unsaved_titles == ("Surat Masuk",), "what the file holds is not known yet"
    busy()
    saving.wait()
    assert session.unsaved_titles == ("Surat Masuk",)


def test_saving_twice_saves_what_is_newer_too(
    session: Session, office_path: Path, busy: Callable[[], None]
) -> None:
    session.apply("Ubah judul", retitle("Satu"))
    saving = session.save()
    assert session.save() is saving
    session.apply("Ubah judul", retitle("Dua"))
    assert session.save() is saving
    busy()
    assert saving.wait().saved == ("Satu", "Dua")
    assert titles_in(office_path)[0] == "Dua"
    assert session.unsaved_titles == ()
    with open_file(office_path) as file:
        assert len(file.revisions(session.sop.uuid)) == 3, "each value was saved once"


def test_one_sop_can_be_saved_alone(session: Session) -> None:
    first, second = (entry.uuid for entry in session.entries[:2])
    for uuid in (first, second):
        session.open_sop(uuid)
        session.apply("Ubah judul", retitle("Baru"))
    session.save([first]).wait()
    assert not session.is_unsaved(first)
    assert session.is_unsaved(second)


def test_the_list_is_as_the_file_has_it_after_a_save(session: Session) -> None:
    before = session.entries[0]
    session.apply("Ubah judul", retitle("Surat Edaran"))
    session.save().wait()
    assert session.entries[0].rev == before.rev + 1
    assert session.entries[0].saved_at > before.saved_at


def test_after_a_lock_that_stays_the_work_is_still_there(
    session: Session, busy: Callable[[], None], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.1)
    session.apply("Ubah judul", retitle("Surat Edaran"))
    with qtbot.waitSignal(session.save_failed) as told:
        report = session.save().wait()
    assert told.args[1].code == "file_locked"
    assert [fault.code for _uuid, fault in report.faults] == ["file_locked"]
    assert session.unsaved_titles == ("Surat Edaran",)
    busy()
    assert session.save().wait().saved == ("Surat Edaran",)


def test_the_window_is_alive_while_a_change_waits_for_the_file(
    session: Session, office_path: Path, busy: Callable[[], None]
) -> None:
    ticks: list[bool] = []
    QTimer.singleShot(50, lambda: (ticks.append(True), busy()))
    assert session.add(edits.new_sop("Rapat"))
    assert ticks == [True]
    assert titles_in(office_path)[-1] == "Rapat"


def test_a_change_that_could_not_wait_longer_can_be_tried_again(
    session: Session,
    office_path: Path,
    busy: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.1)
    gone = session.entries[1]
    with qtbot.waitSignal(session.held_up) as told:
        assert not session.delete(gone.uuid)
    fault, again = told.args
    assert fault.code == "file_locked"
    assert gone.title in titles_in(office_path)
    busy()
    again()
    assert gone.title not in titles_in(office_path)


def test_a_fault_of_the_program_in_the_thread_is_shown_and_loses_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_args: object) -> int:
        raise ZeroDivisionError

    session.apply("Ubah judul", retitle("Surat Edaran"))
    with monkeypatch.context() as patch, qtbot.captureExceptions() as caught:
        patch.setattr(OfficeFile, "save", fail)
        report = session.save().wait()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert [fault.code for _uuid, fault in report.faults] == ["program_fault"]
    assert session.unsaved_titles == ("Surat Edaran",)
    assert session.save().wait().saved == ("Surat Edaran",)


def test_the_thread_ends_with_the_file(session: Session) -> None:
    session.apply("Ubah judul", retitle("Surat Edaran"))
    session.save().wait()
    thread = session._connection.file_thread._thread
    assert thread.is_alive()
    session.use_file(None)
    assert not thread.is_alive()


class TestWindow:
    @pytest.fixture
    def window(self, show: Callable[..., MainWindow], office_path: Path) -> MainWindow:
        """The window on an SOP that is called otherwise than in the file."""
        window = show(office_path)
        window.session.apply("Ubah judul", retitle("Surat Edaran"))
        return window

    def test_closing_while_saving_waits_and_keeps_the_window_painted(
        self,
        window: MainWindow,
        office_path: Path,
        busy: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        window.session.save()
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: pytest.fail("asked"))
        shown: list[bool] = []
        note = window.findChild(QLabel, "status_saving")
        QTimer.singleShot(400, lambda: (shown.append(note.isVisible()), busy()))
        assert window.close()
        assert shown == [True], "the status line said that it saves"
        assert titles_in(office_path)[0] == "Surat Edaran"

    def test_another_file_is_opened_when_the_save_is_done(
        self,
        window: MainWindow,
        office_path: Path,
        tmp_path: Path,
        busy: Callable[[], None],
    ) -> None:
        other = tmp_path / "lain.db"
        other.write_bytes(office_path.read_bytes())
        window.session.save()
        QTimer.singleShot(50, busy)
        assert window.files.open(other)
        assert window.session.file.path == other
        assert titles_in(office_path)[0] == "Surat Edaran"

    def test_a_save_that_takes_longer_is_told_when_it_is_done(
        self,
        window: MainWindow,
        office_path: Path,
        busy: Callable[[], None],
        qtbot: QtBot,
    ) -> None:
        window.findChild(QAction, "action_save").trigger()
        assert window.isWindowModified()
        with qtbot.waitSignal(window.toast.said) as said:
            busy()
        assert said.args[0].startswith("Tersimpan pukul")
        assert not window.isWindowModified()

    def test_a_lock_that_stays_is_told_and_can_be_tried_again(
        self,
        window: MainWindow,
        office_path: Path,
        busy: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked: list[str] = []

        def choose(_parent: object, question: str, *_args: object, **_kwargs: object) -> int:
            asked.append(question)
            busy()
            return 0

        monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.1)
        monkeypatch.setattr(asking, "choose", choose)
        window.findChild(QAction, "action_save").trigger()
        assert len(asked) == 1
        assert "sedang dipakai" in asked[0]
        assert titles_in(office_path)[0] == "Surat Edaran"

    def test_the_window_stays_open_where_the_save_at_closing_failed(
        self,
        window: MainWindow,
        office_path: Path,
        busy: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.1)
        assert not window.close()
        assert window.session.unsaved_titles == ("Surat Edaran",)
        busy()
        assert window.close()
        assert titles_in(office_path)[0] == "Surat Edaran"


def test_a_text_that_cannot_be_read_stays_told_as_not_saved(
    show: Callable[..., MainWindow], office_path: Path
) -> None:
    window = show(office_path)
    session = window.session
    uuid, step = session.sop.uuid, session.procedure.steps[1].id
    table = window.findChild(QTableView, "step_table")
    for column, words in (("remarks", "Segera"), ("next", "entah")):
        table.edit_step(step, column)
        cell = table.itemDelegate().editor
        cell.selectAll()
        QTest.keyClicks(cell, words)
        QTest.keyClick(cell, Qt.Key.Key_Return)
    said: list[str] = []
    window.toast.said.connect(said.append)
    for beginning in ("Tersimpan pukul ", "Tersimpan"):
        window.findChild(QAction, "action_save").trigger()
        session.wait_for_save()
        assert said[-1].startswith(beginning)
        assert said[-1].endswith(", kecuali 1 sel yang belum terbaca.")
    assert not session.unsaved_sops
    assert session.is_unsaved(uuid), "the dot in the list stays"
    window.findChild(QAction, "action_findings").trigger()
    found = window.findChild(FindingsPanel)._found
    found.look()
    assert found.all[0].code == "cell_unread"
    assert found.all[0].step == step
    session.undo()
    assert not session.is_unsaved(uuid)
    found.look()
    assert "cell_unread" not in [finding.code for finding in found.all]


def test_a_save_into_a_file_that_is_away_says_that_the_work_stays_open(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(asking, "tell", lambda _parent, *words: told.extend(words))
    window = show(office_path)
    window.session.apply("Ubah judul", retitle("Surat Edaran"))
    office_path.rename(office_path.with_name("terbawa.db"))

    assert not window.files.saves.save_now()

    assert told[-1].startswith("Pekerjaan Anda tetap terbuka di sini")
    assert window.session.unsaved_titles == ("Surat Edaran",)
