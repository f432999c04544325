"""The main window, driven as a clerk drives it."""

from __future__ import annotations

import dataclasses
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import (
    SIGNAL,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget

from sopdesk.document.edits import new_sop
from sopdesk.document.values import Status
from sopdesk.storage.office_file import open_file
from ui.app import create
from ui.dialogs import asking
from ui.library.library_model import UUID_ROLE
from ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop
    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]

PATIENCE_MS = 30_000


def library(window: MainWindow) -> QAbstractItemView:
    return window.findChild(QAbstractItemView, "library_view")


def leaves(view: QAbstractItemView) -> dict[str, QModelIndex]:
    """Title to place, of every SOP that the library shows."""

    def walk(parent: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(view.model().rowCount(parent)):
            index = view.model().index(row, 0, parent)
            yield from walk(index)
            if index.data(UUID_ROLE) is not None:
                yield index

    return {index.data(): index for index in walk(QModelIndex())}


def act(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, f"action_{name}")
    assert action.isEnabled(), name
    action.trigger()


def retitle(window: MainWindow, title: str) -> None:
    def edit(sop: Sop) -> Sop:
        return dataclasses.replace(sop, identity=dataclasses.replace(sop.identity, title=title))

    assert window.session.apply("Ubah judul", edit)


def titles_in(path: Path) -> list[str]:
    with open_file(path) as file:
        return [entry.title for entry in file.entries()]


class TestOpening:
    def test_the_window_is_on_the_file_at_once(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        assert list(leaves(library(window))) == ["Surat Masuk", "Surat Keluar", "Cuti Tahunan"]
        assert window.findChild(QTableView, "step_table").model().rowCount() == 3
        assert window.windowTitle() == f"kantor[*] – {office_path.parent.name} — SOPDesk"

    def test_without_a_file_it_offers_to_begin(self, show: Show) -> None:
        window = show()
        assert window.findChild(QWidget, "welcome").isVisible()
        assert not window.findChild(QAction, "action_save").isEnabled()
        assert window.findChild(QAction, "action_open_file").isEnabled()

    def test_a_missing_file_leaves_the_welcome_page(self, show: Show, tmp_path: Path) -> None:
        window = show(tmp_path / "tidak-ada.db")
        assert window.findChild(QWidget, "welcome").isVisible()

    def test_it_goes_on_where_the_clerk_left_off(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        first = show(office_path)
        first.session.open_sop(first.session.entries[1].uuid)
        first.close()
        second = show()
        qtbot.waitUntil(lambda: second.session.sop is not None)
        assert second.session.sop.identity.title == "Surat Keluar"

    def test_two_windows_live_in_one_process(self, show: Show, office_path: Path) -> None:
        one, other = show(office_path), show(office_path)
        assert one is not other
        assert leaves(library(one)).keys() == leaves(library(other)).keys()

    def test_a_recent_file_opens_from_the_welcome_page(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        show(office_path).close()
        Settings().last_file = None
        window = show()
        with qtbot.waitSignal(window.session.file_changed):
            window.findChild(QWidget, "welcome").file_chosen.emit(Settings().recent_files[0])
        assert window.session.file.path == office_path

    @pytest.mark.parametrize("name", ["main_window", "library_search"])
    def test_an_office_file_opens_wherever_it_is_dropped(
        self, show: Show, office_path: Path, tmp_path: Path, name: str
    ) -> None:
        other = tmp_path / "lain.db"
        shutil.copy(office_path, other)
        window = show(other)
        target = window if name == "main_window" else window.findChild(QLineEdit, name)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(office_path))])
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copying = Qt.DropAction.CopyAction
        entering = QDragEnterEvent(QPoint(9, 9), copying, data, button, keys)
        QApplication.sendEvent(target, entering)
        assert entering.isAccepted()
        QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), copying, data, button, keys))
        assert window.session.file.path == office_path

    def test_a_file_that_cannot_be_written_is_shown_and_not_changed(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        window.session.use_file(open_file(office_path, writable=False))
        window.session.open_sop(window.session.entries[0].uuid)
        for name in ("save", "new_sop", "insert_step", "office_settings"):
            assert not window.findChild(QAction, f"action_{name}").isEnabled(), name
        for name in ("print", "export_pdf", "export_recap"):
            assert window.findChild(QAction, f"action_{name}").isEnabled(), name


class TestLibrary:
    def test_activating_an_item_opens_its_sop(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        view = library(window)
        view.activated.emit(leaves(view)["Cuti Tahunan"])
        assert window.session.sop.identity.title == "Cuti Tahunan"

    def test_a_click_and_enter_open_too(self, show: Show, office_path: Path, qtbot: QtBot) -> None:
        window = show(office_path)
        view = library(window)
        place = view.visualRect(leaves(view)["Cuti Tahunan"]).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
        assert window.session.sop.identity.title == "Cuti Tahunan"
        view.setCurrentIndex(leaves(view)["Surat Keluar"])
        qtbot.keyClick(view, Qt.Key.Key_Return)
        assert window.session.sop.identity.title == "Surat Keluar"

    def test_typing_filters_titles_at_once(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        qtbot.keyClicks(window.findChild(QLineEdit, "library_search"), "KELUAR")
        assert list(leaves(library(window))) == ["Surat Keluar"]

    def test_enter_opens_what_stands_highest(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        with open_file(office_path) as file:
            file.add(new_sop("Cuti Besar", ("Bagian Umum",)))
        window = show(office_path)
        field = window.findChild(QLineEdit, "library_search")
        qtbot.keyClicks(field, "cuti")
        assert list(leaves(library(window))) == ["Cuti Besar", "Cuti Tahunan"]
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert window.session.sop.identity.title == "Cuti Besar"

    def test_a_pause_brings_what_stands_in_the_steps(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        field = window.findChild(QLineEdit, "library_search")
        qtbot.keyClicks(field, "mengarsip")
        qtbot.waitUntil(lambda: len(leaves(library(window))) == 3)
        field.setText("tidak ada di mana pun")
        assert not library(window).isVisible()

    def test_a_status_can_be_picked_out(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        window.session.apply("Status", lambda sop: dataclasses.replace(sop, status=Status.REVIEW))
        menu = window.findChild(QWidget, "library_filter").menu()
        next(choice for choice in menu.actions() if choice.text() == "Direviu").setChecked(True)
        assert list(leaves(library(window))) == ["Surat Masuk"]
        menu.actions()[0].trigger()
        assert len(leaves(library(window))) == 3

    def test_a_new_title_is_in_the_list_while_it_is_typed(
        self, show: Show, office_path: Path
    ) -> None:
        window = show(office_path)
        retitle(window, "Surat Edaran")
        assert "Surat Edaran" in leaves(library(window))


class TestWork:
    def test_every_action_does_something(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        idle = [
            action.objectName()
            for action in window.findChildren(QAction)
            if action.objectName().startswith("action_")
            and not action.isCheckable()
            and action.receivers(SIGNAL("triggered(bool)")) == 0
        ]
        assert idle == []

    def test_undo_and_redo_are_named_and_done(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        assert not window.findChild(QAction, "action_undo").isEnabled()
        retitle(window, "Surat Edaran")
        assert window.findChild(QAction, "action_undo").text() == "Urungkan: Ubah judul"
        act(window, "undo")
        assert window.session.sop.identity.title == "Surat Masuk"
        act(window, "redo")
        assert window.session.sop.identity.title == "Surat Edaran"

    def test_save_writes_and_says_so(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        retitle(window, "Surat Edaran")
        assert window.isWindowModified()
        act(window, "save")
        assert titles_in(office_path)[0] == "Surat Edaran"
        assert window.toast.text.startswith("Tersimpan pukul")
        assert not window.isWindowModified()

    def test_a_step_is_inserted_and_deleted(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        table = window.findChild(QTableView, "step_table")
        act(window, "insert_step")
        assert table.model().rowCount() == 4
        # Unlike `selectRow`, it does not ask which keys another test may have left down.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        rows = QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.model().index(1, 0), only | rows)
        act(window, "delete_step")
        assert table.model().rowCount() == 3

    def test_a_new_sop_belongs_to_the_current_unit(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        window.session.open_sop(window.session.entries[2].uuid)
        act(window, "new_sop")
        assert window.session.sop.identity.unit == ("Bagian Umum", "Subbag Kepegawaian")
        assert len(titles_in(office_path)) == 4

    def test_a_copy_stands_behind_its_original(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        act(window, "copy_sop")
        assert titles_in(office_path)[:2] == ["Surat Masuk", "Surat Masuk (salinan)"]
        assert window.session.sop.status is Status.DRAFT

    def test_deleting_does_not_ask(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        act(window, "delete_sop")
        assert titles_in(office_path) == ["Surat Keluar", "Cuti Tahunan"]
        assert window.toast.text == "“Surat Masuk” dihapus."

    def test_deleting_names_who_has_it_open(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        on = {window.session.sop.uuid: ("Rina", "Sari")}
        monkeypatch.setattr(window.session.colleagues, "names_on", lambda uuid: on.get(uuid, ()))
        act(window, "delete_sop")
        assert window.toast.text == "“Surat Masuk” dihapus. Sedang dibuka oleh Rina, Sari."


class TestClosing:
    def test_unsaved_work_is_asked_about_once_by_title(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def cancel(_parent: object, _question: str, detail: str, *_: object, **__: object) -> int:
            asked.append(detail)
            return 2

        window = show(office_path)
        retitle(window, "Surat Edaran")
        window.session.open_sop(window.session.entries[1].uuid)
        retitle(window, "Nota Dinas")
        with monkeypatch.context() as patch:
            patch.setattr(asking, "choose", cancel)
            assert not window.close()
        assert len(asked) == 1
        assert "Surat Edaran" in asked[0]
        assert "Nota Dinas" in asked[0]
        assert window.isVisible()

    def test_work_can_be_given_up(
        self, show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = show(office_path)
        retitle(window, "Surat Edaran")
        monkeypatch.setattr(asking, "choose", lambda *_args, **_kwargs: 1)
        assert window.close()
        assert titles_in(office_path)[0] == "Surat Masuk"

    def test_where_nothing_may_be_asked_the_work_is_saved(
        self, show: Show, office_path: Path
    ) -> None:
        window = show(office_path)
        retitle(window, "Surat Edaran")
        assert window.close()
        assert titles_in(office_path)[0] == "Surat Edaran"


class TestOutput:
    def test_a_pdf_is_made_of_the_work_as_it_stands(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot
    ) -> None:
        import pypdfium2

        window = show(office_path)
        retitle(window, "Surat Edaran")
        out = tmp_path / "keluar.pdf"
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.desk.outputs.write_pdf([window.session.sop.uuid], out)
        assert said.args[0] == "keluar.pdf sudah jadi."
        document = pypdfium2.PdfDocument(out)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        assert "Surat Edaran" in " ".join(text.split())

    def test_a_recap_is_made(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        out = tmp_path / "rekap.xlsx"
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.outputs.write_recap(out)
        assert out.read_bytes().startswith(b"PK")

    def test_sops_go_out_and_come_in_as_an_exchange_file(
        self, show: Show, office_path: Path, tmp_path: Path, qtbot: QtBot
    ) -> None:
        window = show(office_path)
        out = tmp_path / "tukar.json"
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS):
            window.desk.exchange.export_to(out)
        window.session.delete(window.session.entries[0].uuid)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            window.desk.exchange.import_from(out)
        assert said.args[0] == "1 SOP diimpor. 2 sudah ada."
        assert len(leaves(library(window))) == 3

    def test_the_preview_shows_the_pages_of_the_sheet(
        self, show: Show, office_path: Path, qtbot: QtBot
    ) -> None:
        from ui.printing.preview_dialog import PreviewDialog

        window = show(office_path)
        sheet = window.session.sheet
        dialog = PreviewDialog(sheet, lambda paper: sheet, window)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        assert not dialog.grab().isNull()


class TestLanguage:
    def test_english_holds_from_the_next_start(self, show: Show, office_path: Path) -> None:
        first = show(office_path)
        assert first.findChild(QAction, "action_save").text() == "Simpan"
        Settings().language = "en"
        second = show(office_path)
        assert second.findChild(QAction, "action_save").text() == "Save"
        assert library(second).accessibleName() == "List of SOPs"

    def test_a_language_asked_for_at_the_start_leaves_the_chosen_one(
        self, office_path: Path, qtbot: QtBot
    ) -> None:
        _app, window = create(["sopdesk", str(office_path)], "en")
        qtbot.addWidget(window)
        assert window.findChild(QAction, "action_save").text() == "Save"
        assert Settings().language == "id"

    def test_qt_speaks_indonesian_too(self, show: Show) -> None:
        show()
        assert QApplication.translate("QPlatformTheme", "Cancel") == "Batal"

    @pytest.mark.parametrize("name", ["library_view", "library_search", "step_table", "sheet_view"])
    def test_every_part_has_an_accessible_name(
        self, show: Show, office_path: Path, name: str
    ) -> None:
        assert show(office_path).findChild(QWidget, name).accessibleName()

    def test_f6_goes_round_the_parts_that_show(self, show: Show, office_path: Path) -> None:
        window = show(office_path)
        window.desk.workspace.editor.edit_identity("number")
        names = ("step_table", "sheet_view", "library_view", "field_title")
        for name in names:
            act(window, "next_part")
            assert window.focusWidget().objectName() == name
        for name in reversed(names[:-1]):
            act(window, "previous_part")
            assert window.focusWidget().objectName() == name


class TestNoDialogs:
    def test_nothing_blocks_when_dialogs_are_forbidden(self, show: Show, office_path: Path) -> None:
        assert os.environ["SOPDESK_NO_DIALOGS"] == "1"
        window = show(office_path)
        for name in (
            "new_file", "open_file", "print", "export_pdf", "export_recap", "import_exchange",
            "export_exchange", "office_settings", "sheet_settings", "plan_titles", "keys", "about",
        ):  # fmt: skip
            act(window, name)
        assert titles_in(office_path) == ["Surat Masuk", "Surat Keluar", "Cuti Tahunan"]
