"""The settings dialogs give back what they were given, and what was chosen in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
    QWidget,
)

from sopdesk.document.office import (
    OFFICE_SHEET,
    Office,
    PrintCustoms,
    RecapForm,
    WorkCalendar,
)
from sopdesk.document.values import (
    Approval,
    Identity,
    ListStyle,
    ListStyles,
    SheetSettings,
    Sop,
)
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.resources import resource
from ui.dialogs.fields import LinesField, NumberField
from ui.dialogs.logo_field import LONGEST_SIDE, LogoField, read_logo
from ui.dialogs.new_office_dialog import NewOfficeDialog
from ui.dialogs.office_dialog import OfficeDialog
from ui.dialogs.scope_dialog import ScopeDialog
from ui.dialogs.sheet_dialog import SheetDialog
from ui.dialogs.sheet_fields import ListsField
from ui.dialogs.titles_dialog import TitlesDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

OFFICE = Office(
    lines=("PEMERINTAH KOTA CONTOH", "DINAS ARSIP"),
    address=("Jalan Melati 1",),
    city="Contoh",
    units=(("Sekretariat",), ("Sekretariat", "Subbag Umum")),
    sheet=replace(
        OFFICE_SHEET,
        paper="a4",
        size_pt=9.5,
        columns=("activity", "lanes", "outputs", "duration"),
        labels=(("column_outputs", "Keluaran"),),
        widths_mm=(("activity", 60.0),),
        number_row=True,
    ),
    calendar=WorkCalendar(8, 6, 24),
    customs=PrintCustoms("digits", "-", "code", 22.5, 15.0),
    recap=RecapForm("REKAPITULASI SOP", "Contoh", Approval(("Kepala Dinas",), "Nama", "Pembina")),
)


def test_settings_that_nobody_touches_stay_as_they_are(qtbot: QtBot) -> None:
    dialog = OfficeDialog(OFFICE, "sheet", None)
    qtbot.addWidget(dialog)
    assert dialog.office() == OFFICE
    untouched = OfficeDialog(Office(), "letterhead", None)
    qtbot.addWidget(untouched)
    assert untouched.office() == Office()


def test_what_is_typed_in_the_letterhead_is_the_offices(qtbot: QtBot) -> None:
    dialog = OfficeDialog(OFFICE, "letterhead", None)
    qtbot.addWidget(dialog)
    lines = next(
        field for field in dialog.findChildren(LinesField) if "ARSIP" in field.toPlainText()
    )
    lines.setPlainText("DINAS PERPUSTAKAAN\n\n  BIDANG LAYANAN  ")
    assert dialog.office().lines == ("DINAS PERPUSTAKAAN", "BIDANG LAYANAN")


def test_the_dialog_begins_on_the_page_that_was_asked_for(qtbot: QtBot) -> None:
    dialog = OfficeDialog(OFFICE, "recap", None)
    qtbot.addWidget(dialog)
    pages = dialog.findChild(QListWidget, "pages")
    assert pages.currentItem().text() == "Rekap"


def test_an_sops_own_sheet_leaves_the_rest_to_the_office(qtbot: QtBot) -> None:
    own = SheetSettings(
        orientation="portrait",
        margins_mm=(70.25, 12.0, 12.0, 12.0),
        widths_mm=(("activity", 50.0), ("outputs", 300.0)),
        labels=(("column_activity", "Uraian"),),
    )
    styles = ListStyles(records=ListStyle.LETTERS, outputs=ListStyle.PLAIN)
    sop = Sop(Identity(list_styles=styles), sheet=own)
    dialog = SheetDialog(sop, OFFICE, None)
    qtbot.addWidget(dialog)
    assert dialog.over(sop) == sop


def width_field(dialog: QWidget, word: str) -> NumberField:
    labels = dialog.findChildren(QLabel)
    return next(label.buddy() for label in labels if label.text() == word and label.buddy())


def test_a_column_is_given_a_width_by_hand_and_left_automatic_again(qtbot: QtBot) -> None:
    dialog = SheetDialog(Sop(), Office(), None)
    qtbot.addWidget(dialog)
    field = width_field(dialog, "Tiap Pelaksana")
    assert field.text() == "otomatis"
    field.selectAll()
    qtbot.keyClicks(field, "25,5")
    assert dialog.over(Sop()).sheet.widths_mm == (("lanes", 25.5),)
    field.setValue(field.minimum())
    assert dialog.over(Sop()).sheet == SheetSettings()


def test_a_width_that_the_office_has_fixed_is_told(qtbot: QtBot) -> None:
    dialog = SheetDialog(Sop(), OFFICE, None)
    qtbot.addWidget(dialog)
    assert width_field(dialog, "Kegiatan").text() == "ikut kantor"
    assert width_field(dialog, "Keluaran").text() == "otomatis"


def test_an_sop_prints_a_word_of_its_own(qtbot: QtBot) -> None:
    dialog = SheetDialog(Sop(), OFFICE, None)
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget)
    rows = {table.item(row, 0).text(): row for row in range(table.rowCount())}
    table.item(rows["Keluaran"], 1).setText(" Hasil ")
    assert dialog.over(Sop()).sheet.labels == (("column_outputs", "Hasil"),)


def test_an_sop_marks_a_list_of_its_table_in_its_own_way(qtbot: QtBot) -> None:
    dialog = SheetDialog(Sop(), OFFICE, None)
    qtbot.addWidget(dialog)
    form = dialog.findChild(ListsField).findChild(QFormLayout)
    marks = next(box for box in dialog.findChildren(QComboBox) if form.labelForField(box) and
                 form.labelForField(box).text() == "Output")  # fmt: skip
    marks.setCurrentIndex(marks.findText("1. 2. 3."))
    assert dialog.over(Sop()).identity.list_styles == ListStyles(outputs=ListStyle.NUMBERS)


def test_own_columns_begin_as_the_offices(qtbot: QtBot) -> None:
    dialog = SheetDialog(Sop(), OFFICE, None)
    qtbot.addWidget(dialog)
    columns = next(box for box in dialog.findChildren(QGroupBox) if box.title() == "Kolom sendiri")
    columns.setChecked(True)
    assert dialog.over(Sop()).sheet.columns == OFFICE.sheet.columns
    choices = columns.findChild(QListWidget)
    output = next(
        choices.item(row)
        for row in range(choices.count())
        if choices.item(row).text() == "Keluaran"
    )
    output.setCheckState(Qt.CheckState.Unchecked)
    assert dialog.over(Sop()).sheet.columns == ("activity", "lanes", "duration")


def test_a_new_office_is_what_was_typed(qtbot: QtBot) -> None:
    dialog = NewOfficeDialog(None)
    qtbot.addWidget(dialog)
    lines, address = dialog.findChildren(QPlainTextEdit)
    lines.setPlainText("PEMERINTAH KOTA CONTOH\nBAGIAN UMUM")
    address.setPlainText("Jalan Melati 1")
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Contoh")
    assert dialog.office() == Office(
        lines=("PEMERINTAH KOTA CONTOH", "BAGIAN UMUM"), address=("Jalan Melati 1",), city="Contoh"
    )


def test_titles_are_registered_once_each(qtbot: QtBot) -> None:
    dialog = TitlesDialog(("Sekretariat",), None)
    qtbot.addWidget(dialog)
    dialog.findChild(QPlainTextEdit).setPlainText("Surat Masuk\n\nSurat Keluar\nSurat Masuk ")
    assert dialog.titles() == ("Surat Masuk", "Surat Keluar")


def test_the_first_scope_is_chosen(qtbot: QtBot) -> None:
    dialog = ScopeDialog("PDF", [("SOP ini", ("a",)), ("Semua", ("a", "b"))], None)
    qtbot.addWidget(dialog)
    assert dialog.uuids() == ("a",)


@pytest.mark.parametrize("typed", ["7,5", "7.5"])
def test_numbers_are_typed_with_comma_or_point(qtbot: QtBot, typed: str) -> None:
    field = NumberField(8.0, 1.0, 24.0, "jam", 0.5)
    qtbot.addWidget(field)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.number() == 7.5
    assert field.text() == "7,5 jam"


def test_the_least_value_means_none_where_the_field_has_a_word_for_it(qtbot: QtBot) -> None:
    field = NumberField(None, 6.0, 14.0, "pt", 0.5, "Ikut kantor")
    qtbot.addWidget(field)
    assert field.number() is None
    field.stepUp()
    assert field.number() == 6.0


def test_a_large_logo_becomes_a_small_png(tmp_path: Path, qapp: object) -> None:
    picture = QImage(QSize(3000, 1500), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    path = tmp_path / "logo.jpg"
    assert picture.save(str(path))
    logo = read_logo(path)
    assert logo.startswith(b"\x89PNG")
    assert QImage.fromData(logo).size() == QSize(LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_logo_is_shown_and_what_in_a_file_is_none_is_not(qtbot: QtBot) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    for logo, is_shown in ((resource("example", "logo.png").read_bytes(), True), (svg, False)):
        field = LogoField(Office(logo=logo))
        qtbot.addWidget(field)
        assert field.findChild(QLabel).pixmap().isNull() is not is_shown


def test_what_is_no_picture_is_refused(tmp_path: Path, qapp: object) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"not a picture")
    with pytest.raises(UserError, match="picture_unreadable"):
        read_logo(path)
    with pytest.raises(UserError, match="picture_unreadable"):
        read_logo(tmp_path / "missing.png")


def test_a_picture_of_too_many_dots_is_refused_unread(tmp_path: Path, qapp: object) -> None:
    picture = QImage(QSize(6000, 5000), QImage.Format.Format_Mono)
    picture.fill(0)
    path = tmp_path / "logo.png"
    assert picture.save(str(path))
    with pytest.raises(UserError, match="picture_too_large"):
        read_logo(path)
