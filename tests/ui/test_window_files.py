"""Whole ways through the menus, with the dialogs answered: a new office, files out and in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton

from sopdesk.document import edits
from sopdesk.document.values import Status
from sopdesk.storage.office_file import create, open_file
from ui.connection import Connection
from ui.dialogs import asking
from ui.dialogs.fields import LinesField
from ui.dialogs.office_dialog import OfficeDialog
from ui.jobs.child_job import ChildJob

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]

PATIENCE_MS = 30_000


def act(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, f"action_{name}")
    assert action.isEnabled(), name
    action.trigger()


def answer(
    patch: pytest.MonkeyPatch, *, path: Path | None = None, fill: Callable[..., object] = id
) -> None:
    """Accept each dialog after filling it in, and choose this path."""

    def accept(dialog: QDialog) -> bool:
        fill(dialog)
        return True

    patch.setattr(asking, "run", accept)
    patch.setattr(asking, "save_path", lambda *_args, **_kwargs: path)
    patch.setattr(asking, "open_path", lambda *_args, **_kwargs: path)


def test_a_new_office_begins_with_its_letterhead(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: QDialog) -> None:
        dialog.findChildren(QPlainTextEdit)[0].setPlainText("PEMERINTAH KOTA CONTOH")
        dialog.findChild(QLineEdit).setText("Contoh")

    window = show()
    answer(monkeypatch, path=tmp_path / "baru.db", fill=fill)
    act(window, "new_file")
    assert window.session.office.lines == ("PEMERINTAH KOTA CONTOH",)
    assert window.windowTitle() == f"baru[*] – {tmp_path.name} — SOPDesk"
    act(window, "new_sop")
    assert window.findChild(QLineEdit, "library_search").isVisible()
    with open_file(tmp_path / "baru.db") as again:
        assert len(again.entries()) == 1


def test_where_no_sop_is_there_is_none_to_choose(
    show: Show, office_path: Path, tmp_path: Path
) -> None:
    create(tmp_path / "kosong.db").close()

    def told(window: MainWindow) -> list[str]:
        return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]

    window = show(tmp_path / "kosong.db")
    assert "Mulai SOP pertama kantor ini." in told(window)
    window.session.use_file(open_file(office_path))
    window.session.open_sop(None)
    assert "Pilih SOP di sebelah kiri, atau mulai yang baru." in told(window)


def test_an_existing_file_is_never_replaced_by_a_new_office(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office_path.read_bytes()
    window = show()
    answer(monkeypatch, path=office_path)
    act(window, "new_file")
    assert window.session.file is None
    assert office_path.read_bytes() == before


def test_another_file_takes_the_place_of_the_first(
    show: Show, office_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(office_path)
    (tmp_path / "lain.db").write_bytes(office_path.read_bytes())
    answer(monkeypatch, path=tmp_path / "lain.db")
    act(window, "open_file")
    assert window.session.file.path == tmp_path / "lain.db"
    answer(monkeypatch, path=tmp_path / "tidak-ada.db")
    act(window, "open_file")
    assert window.session.file.path == tmp_path / "lain.db", "a fault leaves the one before"


def test_office_settings_change_every_sheet(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, OfficeDialog)
        fields = dialog.findChildren(LinesField)
        letterhead = next(field for field in fields if "PEMERINTAH" in field.toPlainText())
        letterhead.setPlainText("DINAS ARSIP")

    window = show(office_path)
    before = window.session.sheet
    answer(monkeypatch, fill=fill)
    act(window, "office_settings")
    assert window.session.office.lines == ("DINAS ARSIP",)
    assert window.session.sheet != before
    with open_file(office_path) as again:
        assert again.office().lines == ("DINAS ARSIP",)


def test_titles_are_registered_as_planned(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(office_path)
    answer(
        monkeypatch,
        fill=lambda dialog: dialog.findChild(QPlainTextEdit).setPlainText("Arsip\nRapat"),
    )
    act(window, "plan_titles")
    planned = [entry.title for entry in window.session.entries if entry.status is Status.PLANNED]
    assert planned == ["Arsip", "Rapat"]


def test_settings_that_could_not_be_saved_stand_in_the_dialog_again(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines_of(dialog: QDialog) -> LinesField:
        fields = dialog.findChildren(LinesField)
        return next(field for field in fields if field.toPlainText() in ("PEMERINTAH", "DINAS"))

    def fill(dialog: QDialog) -> None:
        lines_of(dialog).setPlainText("DINAS")
        with open_file(office_path) as other:  # while the dialog stands open
            other.save_office(replace(other.office(), city="Kota Lain"))

    with open_file(office_path) as file:
        file.save_office(replace(file.office(), lines=("PEMERINTAH",)))
    window = show(office_path)
    answer(monkeypatch, fill=fill)
    act(window, "office_settings")
    assert window.session.office.lines == ("PEMERINTAH",)
    window.session.reread()
    answer(monkeypatch, fill=lines_of)
    act(window, "office_settings")
    assert (window.session.office.lines, window.session.office.city) == (("DINAS",), "Kota Lain")


def test_settings_that_were_saved_at_the_second_try_go_over_no_later_ones(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def city_of(dialog: QDialog) -> QLineEdit:
        fields = dialog.findChildren(QLineEdit)
        return next(field for field in fields if field.text() == window.session.office.city)

    window, again = show(office_path), []
    window.session.save_office(replace(window.session.office, city="Kota Lama"))
    answer(monkeypatch, fill=lambda dialog: city_of(dialog).setText("Kota Kami"))
    with monkeypatch.context() as busy:
        busy.setattr(Connection, "do_in_file", lambda _self, _act, retry: again.append(retry))
        act(window, "office_settings")
    again[0]()
    assert window.session.office.city == "Kota Kami"
    with open_file(office_path) as other:
        other.save_office(replace(other.office(), city="Kota Lain"))
    window.session.reread()
    answer(monkeypatch, fill=city_of)
    act(window, "office_settings")
    assert window.session.office.city == "Kota Lain"


def test_titles_that_could_not_be_registered_stand_in_the_dialog_again(
    show: Show, office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(office_path)
    seen: list[str] = []

    def fill(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        seen.append(field.toPlainText())
        field.setPlainText("Arsip\nRapat")

    answer(monkeypatch, fill=fill)
    with monkeypatch.context() as failing:
        failing.setattr(window.session, "add", lambda *_: False)
        act(window, "plan_titles")
    act(window, "plan_titles")
    act(window, "plan_titles")
    assert seen == ["", "Arsip\nRapat", ""]


def test_pdf_and_recap_come_out_of_the_menu(
    show: Show,
    office_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = show(office_path)
    for action, name, head in (
        ("export_pdf", "semua.pdf", b"%PDF"),
        ("export_recap", "rekap.xlsx", b"PK"),
        ("export_exchange", "tukar.json", b"{"),
    ):
        answer(monkeypatch, path=tmp_path / name)
        with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
            act(window, action)
        assert said.args[0] == f"{name} sudah jadi."
        assert (tmp_path / name).read_bytes().startswith(head)


def test_titles_without_a_sheet_are_told_where_all_sops_were_asked_for(
    show: Show,
    office_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    with open_file(office_path) as office_file:
        office_file.add(replace(edits.new_sop("Arsip"), status=Status.PLANNED))
    window = show(office_path)

    def choose_all(dialog: QDialog) -> None:
        dialog.findChildren(QRadioButton)[-1].setChecked(True)

    answer(monkeypatch, path=tmp_path / "semua.pdf", fill=choose_all)
    with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
        act(window, "export_pdf")
    assert said.args[0] == "semua.pdf sudah jadi. 1 judul tanpa lembar SOP dilewati."


def test_one_long_task_at_a_time_and_it_can_be_cancelled(
    show: Show,
    office_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = show(office_path)
    answer(monkeypatch, path=tmp_path / "semua.pdf")
    act(window, "export_pdf")
    act(window, "export_recap")
    assert window.toast.text.startswith("Berkas lain sedang dibuat")
    with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
        window.findChild(QPushButton, "job_cancel").click()
    assert said.args[0] == "Dibatalkan. Tidak ada yang berubah."
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_file_that_was_ready_before_the_task_could_be_cancelled_is_named(
    show: Show,
    office_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(ChildJob, "_on_output", lambda _job: None)
    monkeypatch.setattr(ChildJob, "cancel", lambda job: setattr(job, "_is_cancelled", True))
    window = show(office_path)
    answer(monkeypatch, path=tmp_path / "semua.pdf")
    act(window, "export_pdf")
    with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
        window.findChild(QPushButton, "job_cancel").click()
    assert said.args[0] == "Terlambat dibatalkan: semua.pdf sudah jadi."
    assert (tmp_path / "semua.pdf").read_bytes().startswith(b"%PDF")


def test_closing_ends_a_long_task(
    show: Show, office_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(office_path)
    answer(monkeypatch, path=tmp_path / "semua.pdf")
    act(window, "export_pdf")
    job = window.findChild(ChildJob)
    assert window.close()
    assert job._process.state() == QProcess.ProcessState.NotRunning
    assert list(tmp_path.glob("*.pdf")) == []


def test_another_file_can_be_opened_while_a_task_works_on_the_first(
    show: Show, office_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other = tmp_path / "lain.db"
    create(other).close()
    window = show(office_path)
    answer(monkeypatch, path=tmp_path / "semua.pdf")
    act(window, "export_pdf")
    with qtbot.waitSignal(window.toast.said, timeout=PATIENCE_MS) as said:
        assert window.files.open(other)
    assert said.args[0] == "semua.pdf sudah jadi."
    assert (tmp_path / "semua.pdf").read_bytes().startswith(b"%PDF")
    assert window.session.entries == ()
