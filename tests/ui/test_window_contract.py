"""What tests, screen readers and automation may rely on in the window."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget

from sopdesk.document import edits
from sopdesk.document.office import Office
from sopdesk.document.values import Flow, Kind, Lane, Procedure, Step, Symbol
from sopdesk.storage.office_file import create as create_file
from ui.app import create
from ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window.main_window import MainWindow

    Show = Callable[..., MainWindow]

PARTS = {
    "library_view": (QAbstractItemView, "Daftar SOP", "List of SOPs"),
    "library_search": (QLineEdit, "Cari SOP", "Search SOPs"),
    "identity_form": (QWidget, "Identitas", "Identity"),
    "step_table": (QTableView, "Tabel langkah", "Step table"),
    "sheet_view": (QWidget, "Bagan Alir", "Flowchart"),
}
FIELDS = (
    "number", "title", "status", "unit", "institution", "created_on", "revised_on", "revision",
    "effective_on", "approved_by_position", "approved_by_name", "approved_by_rank",
    "approved_by_employee_id", "legal_basis", "qualifications", "related", "equipment", "warnings",
    "records", "closing_position", "closing_name", "closing_rank", "closing_employee_id",
    "closing_place_date",
)  # fmt: skip
ACTIONS = (
    "new_file", "open_file", "new_sop", "save", "undo", "redo", "insert_step", "delete_step",
    "move_step_up", "move_step_down", "add_lane", "print", "export_pdf", "export_recap", "zoom_in",
    "zoom_out", "fit",
)  # fmt: skip
KEYS = ["number", "activity", "lanes", "kind", "next", "requirements", "duration", "outputs",
        "remarks"]  # fmt: skip


@pytest.fixture
def rich_path(tmp_path: Path) -> Path:
    """An office file with one SOP whose cells hold everything that a cell can."""
    lanes = (Lane(id="a", name="Staf"), Lane(id="b", name="Kasubag"))
    steps = (
        Step(id="s1", activity="Menerima", activity_items=("surat;", "agenda."),
             requirements=("Surat", "Buku")),
        Step(id="s2", activity="Memeriksa", duration="10 menit", outputs=("Lembar",)),
        Step(id="s3", activity="Menyimpan", remarks="Arsip"),
    )  # fmt: skip
    symbols = (
        Symbol(id="n1", step="s1", lanes=("a",), kind=Kind.START),
        Symbol(id="n2", step="s1", lanes=("a",), kind=Kind.PROCESS),
        Symbol(id="n3", step="s2", lanes=("b",), kind=Kind.DECISION),
        Symbol(id="n4", step="s3", lanes=("a", "b"), kind=Kind.END),
    )
    flows = (Flow("n1", "n2"), Flow("n2", "n3"), Flow("n3", "n4", "Ya"), Flow("n3", "n2", "Tidak"))
    sop = edits.replace_procedure(
        edits.new_sop("Surat Masuk"), 0, Procedure(lanes=lanes, steps=steps, symbols=symbols,
                                                   flows=flows)
    )  # fmt: skip
    path = tmp_path / "kantor.db"
    with create_file(path, Office(lines=("DINAS CONTOH",))) as file:
        file.add_new((sop,))
    return path


def column(window: MainWindow, key: str) -> list[str]:
    model = window.findChild(QTableView, "step_table").model()
    return [model.index(row, KEYS.index(key)).data(Qt.ItemDataRole.EditRole)
            for row in range(model.rowCount())]  # fmt: skip


def set_cell(window: MainWindow, row: int, key: str, text: str) -> bool:
    model = window.findChild(QTableView, "step_table").model()
    return bool(model.setData(model.index(row, KEYS.index(key)), text, Qt.ItemDataRole.EditRole))


@pytest.mark.parametrize("language", ["id", "en"])
def test_parts_are_found_by_name_and_named_in_the_language(
    show: Show, office_path: Path, language: str
) -> None:
    Settings().language = language  # type: ignore[assignment]
    window = show(office_path)
    for name, (kind, indonesian, english) in PARTS.items():
        part = window.findChild(kind, name)
        assert part is not None, name
        assert part.accessibleName() == (indonesian if language == "id" else english)
    form = window.findChild(QWidget, "identity_form")
    for name in FIELDS:
        field = form.findChild(QWidget, f"field_{name}")
        assert field is not None, name
        assert field.accessibleName(), name
    for name in ACTIONS:
        assert window.findChild(QAction, f"action_{name}") is not None, name


def test_it_is_shown_on_its_file_each_time_it_is_made(qtbot: QtBot, office_path: Path) -> None:
    for _ in range(2):
        app, window = create(["sopdesk", str(office_path)])
        qtbot.addWidget(window)
        assert app is QApplication.instance()
        assert window.isVisible()
        view = window.findChild(QAbstractItemView, "library_view")
        assert view.model().rowCount()


def test_columns_carry_their_keys(show: Show, office_path: Path) -> None:
    model = show(office_path).findChild(QTableView, "step_table").model()
    role = Qt.ItemDataRole.UserRole
    found = [model.headerData(c, Qt.Orientation.Horizontal, role) for c in range(len(KEYS))]
    assert found == KEYS


def test_edit_texts_hold_everything_that_a_cell_has(show: Show, rich_path: Path) -> None:
    window = show(rich_path)
    assert column(window, "activity")[0] == "Menerima\n- surat;\n- agenda."
    assert column(window, "lanes") == ["Staf\nStaf", "Kasubag", "Staf + Kasubag"]
    assert column(window, "kind") == ["Mulai\nProses", "Keputusan", "Selesai"]
    assert column(window, "next") == ["1\n2", "Ya: 3; Tidak: 1", ""]
    assert column(window, "requirements")[0] == "Surat\nBuku"
    assert column(window, "duration")[1] == "10 menit"
    assert column(window, "outputs")[1] == "Lembar"
    assert column(window, "remarks")[2] == "Arsip"


def test_what_the_edit_role_holds_can_be_written_back(show: Show, rich_path: Path) -> None:
    window = show(rich_path)
    before = window.session.sop
    for key in KEYS:
        for row, text in enumerate(column(window, key)):
            assert set_cell(window, row, key, text), (key, row)
    assert window.session.sop == before


def test_a_next_step_keeps_its_target_when_rows_move(show: Show, rich_path: Path) -> None:
    window = show(rich_path)
    window.session.apply_to_procedure(
        "Sisip", lambda procedure: edits.insert_step(procedure, Step(id="new"), 0, "a")
    )
    assert column(window, "next")[2] == "Ya: 4; Tidak: 2"


def test_rows_without_a_number_of_their_own_are_named_by_place(show: Show, rich_path: Path) -> None:
    window = show(rich_path)

    def blank(procedure: Procedure) -> Procedure:
        steps = tuple(dataclasses.replace(step, number="") for step in procedure.steps)
        return dataclasses.replace(procedure, steps=steps)

    window.session.apply_to_procedure("Kosongkan", blank)
    assert column(window, "next")[1] == "Ya: #3; Tidak: #1"
    assert set_cell(window, 1, "next", "Ya: #3; Tidak: #3")
    assert [f.target for f in window.session.procedure.flows if f.source == "n3"] == ["n4", "n4"]


def test_an_unknown_actor_becomes_a_lane(show: Show, rich_path: Path) -> None:
    window = show(rich_path)
    assert set_cell(window, 1, "lanes", "Kabag")
    assert [lane.name for lane in window.session.procedure.lanes] == ["Staf", "Kasubag", "Kabag"]
