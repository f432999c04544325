"""Two versions of one SOP: part by part, whole, or beside each other; none of them is lost."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QRadioButton

from sopdesk.storage.office_file import Revision, open_file
from ui.conflict.clash_card import ClashCard
from ui.conflict.dialog import ConflictDialog
from ui.dialogs import asking
from ui.sharing import Versions
from ui.works import Foreign

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]


def with_identity(sop: Sop, **fields: str) -> Sop:
    return dataclasses.replace(sop, identity=dataclasses.replace(sop.identity, **fields))


def with_step(sop: Sop, row: int, **fields: str) -> Sop:
    (table, *others) = sop.procedures
    steps = list(table.steps)
    steps[row] = dataclasses.replace(steps[row], **fields)
    return dataclasses.replace(
        sop, procedures=(dataclasses.replace(table, steps=tuple(steps)), *others)
    )


RINAS = Revision(2, "saved", datetime.now(UTC), "Versi Rina", "", "Rina")


@pytest.fixture
def versions(sops: tuple[Sop, ...]) -> Versions:
    """Both have changed the title and the first step's activity; each something else besides."""
    base = sops[0]
    mine = with_identity(base, title="Versi saya", number="1")
    mine = with_step(with_step(mine, 0, activity="Menerima dan mencatat"), 1, duration="5 menit")
    theirs = with_identity(base, title="Versi Rina")
    theirs = with_step(with_step(theirs, 0, activity="Menerima saja"), 2, remarks="Arsip pusat")
    return Versions(base, mine, theirs, Foreign(theirs, 2, RINAS))


@pytest.fixture
def dialog(qtbot: QtBot, versions: Versions) -> ConflictDialog:
    made = ConflictDialog(versions)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def cards(dialog: ConflictDialog) -> list[ClashCard]:
    return dialog.findChildren(ClashCard)


def test_what_only_one_side_changed_is_put_together_already(dialog: ConflictDialog) -> None:
    sop = dialog.sop()
    assert sop.identity.number == "1"
    assert sop.procedures[0].steps[1].duration == "5 menit"
    assert sop.procedures[0].steps[2].remarks == "Arsip pusat"
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "5 menit" in said
    assert "Arsip pusat" in said


def test_each_part_that_both_changed_is_asked_about_with_what_it_was(
    dialog: ConflictDialog,
) -> None:
    assert len(cards(dialog)) == 2
    said = [label.text() for label in cards(dialog)[0].findChildren(QLabel)]
    assert said[0] == "Identitas  ·  Nama SOP"
    assert any("Surat Masuk" in text for text in said)
    named = [button.accessibleName() for button in cards(dialog)[0].findChildren(QRadioButton)]
    assert named == [
        "Identitas  ·  Nama SOP. Punya saya: Versi saya",
        "Identitas  ·  Nama SOP. Punya Rina: Versi Rina",
    ]


def test_each_part_is_taken_as_it_is_chosen(dialog: ConflictDialog) -> None:
    title, activity = cards(dialog)
    title.take("theirs")
    assert dialog.sop().identity.title == "Versi Rina"
    assert dialog.sop().procedures[0].steps[0].activity == "Menerima dan mencatat"
    title.take("mine")
    activity.take("theirs")
    assert dialog.sop().identity.title == "Versi saya"
    assert dialog.sop().procedures[0].steps[0].activity == "Menerima saja"


def test_a_click_on_a_text_takes_it(dialog: ConflictDialog) -> None:
    text = next(label for label in cards(dialog)[0].findChildren(QLabel) if "Rina" in label.text())
    QTest.mouseClick(text, Qt.MouseButton.LeftButton)
    assert dialog.sop().identity.title == "Versi Rina"


def test_the_result_is_shown_as_text(dialog: ConflictDialog) -> None:
    cards(dialog)[0].take("theirs")
    shown = dialog._result.toPlainText()
    assert "Versi Rina" in shown
    assert "Versi saya" not in shown
    assert "Arsip pusat" in shown


def test_a_version_can_be_taken_whole(dialog: ConflictDialog, versions: Versions) -> None:
    dialog.findChild(QRadioButton, "conflict_theirs").click()
    assert dialog.sop() == versions.theirs
    assert not cards(dialog)[0].isEnabled()
    dialog.findChild(QRadioButton, "conflict_mine").click()
    assert dialog.sop() == versions.mine
    dialog.findChild(QRadioButton, "conflict_parts").click()
    assert dialog.sop() not in (versions.mine, versions.theirs)
    assert cards(dialog)[0].isEnabled()


def test_enter_answers_nothing_while_somebody_is_still_typing(dialog: ConflictDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


class TestSaving:
    """The whole way: a window, somebody else's save, Ctrl+S, an answer, the file."""

    @pytest.fixture
    def window(self, show: Show, office_path: Path) -> MainWindow:
        window = show(office_path)
        window.session.apply("Ubah", lambda sop: with_identity(sop, title="Versi saya"))
        self.save_as_another(office_path, window.session.sop.uuid, title="Versi Rina", number="7")
        return window

    def save_as_another(self, path: Path, uuid: str, **fields: str) -> None:
        with open_file(path) as other:
            stored = other.load(uuid)
            other.save(with_identity(stored.sop, **fields), stored.rev)

    def answer(
        self, patch: pytest.MonkeyPatch, *fills: Callable[[ConflictDialog], object]
    ) -> list[QDialog]:
        """Answer one dialog after another with Save, having filled it in; refuse any further."""
        left, shown = list(fills), []

        def run(dialog: QDialog) -> bool:
            shown.append(dialog)
            if not left:
                return False
            left.pop(0)(dialog)
            QTest.mouseClick(
                dialog.findChild(QPushButton, "conflict_save"), Qt.MouseButton.LeftButton
            )
            return dialog.result() == QDialog.DialogCode.Accepted

        patch.setattr(asking, "run", run)
        return shown

    def save(self, window: MainWindow) -> None:
        window.findChild(QAction, "action_save").trigger()
        window.session.wait_for_save()

    def history(self, path: Path, uuid: str) -> list[str]:
        with open_file(path) as file:
            return [found.title for found in file.revisions(uuid)]

    def test_the_merged_one_is_saved_and_both_are_in_the_history(
        self, window: MainWindow, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uuid = window.session.sop.uuid
        self.answer(monkeypatch, lambda _dialog: None)
        self.save(window)
        with open_file(office_path) as file:
            identity = file.load(uuid).sop.identity
        assert (identity.title, identity.number) == ("Versi saya", "7")
        assert window.session.sop.identity == identity
        assert window.session.unsaved_titles == ()
        titles = ["Versi saya", "Versi saya", "Versi Rina", "Surat Masuk"]
        assert self.history(office_path, uuid) == titles
        with open_file(office_path) as file:
            assert file.load_revision(uuid, 3).identity.number == "", "mine, as it was"

    def test_taking_theirs_keeps_mine_in_the_history(
        self, window: MainWindow, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uuid = window.session.sop.uuid
        self.answer(
            monkeypatch, lambda dialog: dialog.findChild(QRadioButton, "conflict_theirs").click()
        )
        self.save(window)
        assert window.session.sop.identity.title == "Versi Rina"
        assert window.session.unsaved_titles == ()
        titles = ["Versi Rina", "Versi saya", "Versi Rina", "Surat Masuk"]
        assert self.history(office_path, uuid) == titles

    def test_taking_mine_keeps_theirs_in_the_history(
        self, window: MainWindow, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uuid = window.session.sop.uuid
        self.answer(
            monkeypatch, lambda dialog: dialog.findChild(QRadioButton, "conflict_mine").click()
        )
        self.save(window)
        assert window.session.sop.identity.number == ""
        assert self.history(office_path, uuid) == ["Versi saya", "Versi Rina", "Surat Masuk"]

    def test_where_another_is_faster_again_it_is_asked_again(
        self, window: MainWindow, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uuid = window.session.sop.uuid

        def meanwhile(_dialog: ConflictDialog) -> None:
            self.save_as_another(office_path, uuid, title="Versi Budi")

        shown = self.answer(monkeypatch, meanwhile, lambda dialog: cards(dialog)[0].take("theirs"))
        self.save(window)
        assert len(shown) == 2
        assert window.session.unsaved_titles == ()
        titles = self.history(office_path, uuid)
        assert titles[0] == "Versi Budi"
        assert {"Versi saya", "Versi Rina", "Surat Masuk"} <= set(titles)

    def test_not_now_keeps_the_work_and_says_so_above_the_editor(
        self, window: MainWindow, office_path: Path
    ) -> None:
        self.save(window)
        assert window.session.unsaved_titles == ("Versi saya",)
        assert window.findChild(QLabel, "banner_words").isVisible()
        assert self.history(office_path, window.session.sop.uuid)[0] == "Versi Rina"

    def test_mine_can_stand_beside_as_a_copy(
        self, window: MainWindow, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def copy(dialog: ConflictDialog) -> bool:
            dialog.findChild(QPushButton, "conflict_copy").click()
            return dialog.result() == QDialog.DialogCode.Accepted

        monkeypatch.setattr(asking, "run", copy)
        self.save(window)
        titles = [entry.title for entry in window.session.entries[:2]]
        assert titles == ["Versi Rina", "Versi saya (versi saya)"]
        assert window.session.sop.identity.title == "Versi saya (versi saya)"

    def test_undo_does_not_reach_behind_the_settled_version(
        self, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.answer(monkeypatch, lambda _dialog: None)
        self.save(window)
        assert not window.session.can_undo
        assert window.session.work.loaded is not None

    def test_a_deleted_sop_can_be_put_back_by_saving(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        uuid = window.session.sop.uuid
        window.session.apply("Ubah", lambda sop: with_identity(sop, title="Versi saya"))
        with open_file(office_path) as other:
            other.delete(uuid)
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: 0)
        self.save(window)
        assert window.session.unsaved_titles == ()
        with open_file(office_path) as file:
            assert file.load(uuid).sop.identity.title == "Versi saya"
