"""The recap: what it lists, counts and sums, and that it is a sound workbook."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from sopdesk.document.dates import PartialDate
from sopdesk.document.lettering import letters
from sopdesk.document.office import Office, PrintCustoms, RecapForm
from sopdesk.document.values import (
    Approval,
    Identity,
    Lane,
    Procedure,
    Sop,
    Spans,
    Status,
    Step,
    Symbol,
)
from sopdesk.foundation.faults import UserError
from sopdesk.output.recap import write_recap
from sopdesk.output.recap.grid import CELL_LIMIT
from sopdesk.output.recap.heights import line_count
from sopdesk.output.recap.writing import recap_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

DAY = datetime.date(2026, 11, 21)
OFFICE = Office(
    lines=("PEMERINTAH KOTA CONTOH", "DINAS ARSIP"),
    city="Contoh",
    units=(("Sekretariat",), ("Bidang Arsip",)),
    recap=RecapForm(
        signatory=Approval(("Kepala Dinas",), "Nama Pejabat", "Pembina", "19700101 199001 1 001")
    ),
)


def sop(title: str, *unit: str, **identity: object) -> Sop:
    return Sop(Identity(title=title, unit=unit, **identity))  # type: ignore[arg-type]


def made(
    path: Path, offices: Sequence[tuple[Office, Sequence[Sop]]], on: datetime.date | None = DAY
) -> Workbook:
    write_recap(offices, path / "rekap.xlsx", on=on)
    return load_workbook(path / "rekap.xlsx")


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The values of the rows that hold any."""
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


def texts(sheet: Worksheet) -> list[str]:
    return [str(value) for row in rows(sheet) for value in row if value is not None]


def by_heading(sheet: Worksheet, row: int) -> dict[str, object]:
    return {str(sheet.cell(1, column).value): sheet.cell(row, column).value
            for column in range(1, sheet.max_column + 1)}  # fmt: skip


def test_headings_number_the_units_and_count_what_is_listed_below_them(tmp_path: Path) -> None:
    sops = [
        sop("Penyusutan", "Bidang Arsip"),
        sop("Surat Masuk", "Sekretariat", "Subbag Umum"),
        sop("Surat Keluar", "Sekretariat", "Subbag Umum"),
        sop("Gaji", "Sekretariat", "Subbag Keuangan"),
    ]
    listed = rows(made(tmp_path, [(OFFICE, sops)])["Rekap"])
    assert [row[:3] for row in listed[2:12]] == [
        ("NO", "BAGIAN / BIDANG", "NAMA / JUDUL SOP"),
        ("I", "SEKRETARIAT = 3 SOP", None),
        ("I.A", "Subbag Umum (2 SOP)", None),
        (1, "Subbag Umum", "Surat Masuk"),
        (2, "Subbag Umum", "Surat Keluar"),
        ("I.B", "Subbag Keuangan (1 SOP)", None),
        (1, "Subbag Keuangan", "Gaji"),
        ("II", "BIDANG ARSIP = 1 SOP", None),
        (1, "Bidang Arsip", "Penyusutan"),
        (None, "JUMLAH = 4 SOP, terdiri dari:", "Menurut status:"),
    ]
    assert {"1. Sekretariat = 3 SOP", "2. Bidang Arsip = 1 SOP"} <= set(texts_of(listed))


def texts_of(listed: list[tuple[object, ...]]) -> list[str]:
    return [str(value) for row in listed for value in row if value is not None]


def test_a_unit_that_the_office_does_not_list_follows_and_one_without_sops_is_left_out(
    tmp_path: Path,
) -> None:
    sheet = made(tmp_path, [(OFFICE, [sop("A", "Unit Baru"), sop("B", "Bidang Arsip")])])["Rekap"]
    assert [text for text in texts(sheet) if " = 1 SOP" in text and text.isupper()] == [
        "BIDANG ARSIP = 1 SOP",
        "UNIT BARU = 1 SOP",
    ]
    assert "SEKRETARIAT" not in " ".join(texts(sheet))


def test_units_that_differ_in_case_or_spacing_are_one(tmp_path: Path) -> None:
    sops = [sop("A", "Bidang  Arsip"), sop("B", "BIDANG ARSIP"), sop("C", "*Bidang* Arsip")]
    assert "BIDANG ARSIP = 3 SOP" in texts(made(tmp_path, [(OFFICE, sops)])["Rekap"])


def test_sops_without_a_unit_stand_last_in_a_group_of_their_own(tmp_path: Path) -> None:
    sops = [sop("Tanpa unit"), sop("Berunit", "Bidang Arsip")]
    found = texts(made(tmp_path, [(OFFICE, sops)])["Rekap"])
    assert found.index("TANPA BAGIAN/BIDANG = 1 SOP") > found.index("BIDANG ARSIP = 1 SOP")


def test_an_office_without_units_needs_no_headings(tmp_path: Path) -> None:
    listed = rows(made(tmp_path, [(Office(), [sop("A"), sop("B")])])["Rekap"])
    assert [row[:3] for row in listed[3:5]] == [(1, None, "A"), (2, None, "B")]
    assert "JUMLAH = 2 SOP" in texts_of(listed)


def test_titles_without_a_sheet_are_listed_and_counted(tmp_path: Path) -> None:
    planned = replace(sop("Baru judul", "Bidang Arsip"), status=Status.PLANNED)
    book = made(tmp_path, [(OFFICE, [planned, sop("Ada", "Bidang Arsip")])])
    found = texts(book["Rekap"])
    assert "BIDANG ARSIP = 2 SOP" in found
    assert {"Baru judul", "Belum Disusun", "Belum Disusun = 1 SOP", "Konsep = 1 SOP"} <= set(found)
    assert book["Register"].max_row == 3


def test_several_offices_are_grouped_by_agency_first_and_the_first_signs(tmp_path: Path) -> None:
    other = Office(lines=("PEMERINTAH KOTA CONTOH", "DINAS PASAR"))
    sheet = made(tmp_path, [(OFFICE, [sop("A", "Sekretariat")]), (other, [sop("B")])])["Rekap"]
    found = texts(sheet)
    assert found[0] == "REKAPITULASI SOP PEMERINTAH KOTA CONTOH"
    assert {"DINAS ARSIP = 1 SOP", "Sekretariat (1 SOP)", "DINAS PASAR = 1 SOP"} <= set(found)
    assert {"I", "I.A", "II", "Nama Pejabat"} <= set(found)


def test_place_date_and_signatory_stand_below(tmp_path: Path) -> None:
    sheet = made(tmp_path, [(OFFICE, [sop("A")])])["Rekap"]
    below = [row[3] for row in rows(sheet)]
    assert below[-5:] == [
        "Contoh, 21 November 2026",
        "Kepala Dinas",
        "Nama Pejabat",
        "Pembina",
        "NIP. 19700101 199001 1 001",
    ]


def test_without_a_day_the_date_is_left_for_the_pen(tmp_path: Path) -> None:
    found = texts(made(tmp_path, [(OFFICE, [sop("A")])], on=None)["Rekap"])
    assert any(text.startswith("Contoh, ....") for text in found)


@pytest.mark.parametrize(
    ("effective_on", "on", "word"),
    [
        (PartialDate(2026, 11, 21), DAY, "Disahkan, berlaku"),
        (PartialDate(2026, 11, 22), DAY, "Disahkan"),
        (PartialDate(2026, 11), DAY, "Disahkan, berlaku"),
        (PartialDate(2026, 12), DAY, "Disahkan"),
        (PartialDate(2026), DAY, "Disahkan, berlaku"),
        (PartialDate(2025), None, "Disahkan"),
        (None, DAY, "Disahkan"),
    ],
)
def test_an_approved_sop_is_in_force_once_its_effective_date_has_come(
    tmp_path: Path, effective_on: PartialDate | None, on: datetime.date | None, word: str
) -> None:
    approved = replace(sop("A", effective_on=effective_on), status=Status.APPROVED)
    book = made(tmp_path, [(OFFICE, [approved])], on=on)
    assert by_heading(book["Register"], 2)["Status"] == word


def test_the_register_holds_every_field_of_the_identity(tmp_path: Path) -> None:
    full = Sop(
        Identity(
            title="Judul *miring*",
            number="001/ARSIP/2026",
            unit=("Bidang Arsip", "Seksi Depo"),
            institution=("PEMERINTAH KOTA CONTOH", "DINAS ARSIP"),
            created_on=PartialDate(2026, 1, 31),
            revised_on=PartialDate(2026, 3),
            revision="02",
            effective_on=None,
            approved_by=Approval(("a.n. WALI KOTA", "Kepala"), "Nama", "Pembina", "19700101"),
            legal_basis=("UU A", "UU B"),
            qualifications=("Teliti",),
            related=("SOP lain",),
            equipment=("Komputer",),
            warnings=("Awas",),
            records=("Buku",),
        )
    )
    sheet = made(tmp_path, [(OFFICE, [full])])["Register"]
    found = by_heading(sheet, 2)
    expected = {
        "Nomor SOP": "001/ARSIP/2026",
        "Nama SOP": "Judul miring",
        "Bagian / Bidang": "Bidang Arsip / Seksi Depo",
        "Status": "Konsep",
        "Tanggal Pembuatan": datetime.datetime(2026, 1, 31),
        "Tanggal Revisi": "Maret 2026",
        "Revisi": "02",
        "Tanggal Efektif": None,
        "Disahkan oleh": "a.n. WALI KOTA\nKepala",
        "Nama Pejabat": "Nama",
        "Pangkat": "Pembina",
        "NIP": "19700101",
        "Kop": "PEMERINTAH KOTA CONTOH\nDINAS ARSIP",
        "Dasar Hukum": "1. UU A\n2. UU B",
        "Kualifikasi Pelaksana": "Teliti",
        "Keterkaitan": "SOP lain",
        "Peralatan/Perlengkapan": "Komputer",
        "Peringatan": "Awas",
        "Pencatatan dan Pendataan": "Buku",
    }
    assert {heading: found[heading] for heading in expected} == expected


@pytest.mark.parametrize(
    ("form", "expected"), [("words", "[$-421]dd mmmm yyyy"), ("digits", "dd-mm-yyyy")]
)
def test_dates_are_real_dates_in_the_office_s_form(
    tmp_path: Path, form: str, expected: str
) -> None:
    office = replace(OFFICE, customs=PrintCustoms(date_form=form))  # type: ignore[arg-type]
    dated = sop("A", created_on=PartialDate(2026, 5, 9))
    cell = made(tmp_path, [(office, [dated])])["Register"]["F2"]
    assert (cell.is_date, cell.number_format) == (True, expected)


def test_a_day_before_excel_s_calendar_stays_a_text(tmp_path: Path) -> None:
    old = sop("A", created_on=PartialDate(1899, 8, 17))
    assert made(tmp_path, [(OFFICE, [old])])["Register"]["F2"].value == "17 Agustus 1899"


def timed(*steps: tuple[str, str, int], name: str = "A") -> Sop:
    """An SOP of steps: the actor of each, its duration, and how many rows that covers."""
    names = dict.fromkeys(actor for actor, _, _ in steps)
    lanes = {actor: Lane(name=actor) for actor in names}
    rows = [Step(duration=text, spans=Spans(duration=span)) for _, text, span in steps]
    symbols = [Symbol(row.id, (lanes[actor].id,)) for row, (actor, _, _) in zip(rows, steps)]  # noqa: B905
    table = Procedure(tuple(lanes.values()), tuple(rows), tuple(symbols))
    return Sop(Identity(title=name), (table,))


def test_the_register_sums_the_time_and_says_what_it_could_not_add(tmp_path: Path) -> None:
    sops = [timed(("Staf", "30 menit", 1), ("Kabag", "1 jam", 1), ("Staf", "Segera", 1))]
    found = by_heading(made(tmp_path, [(OFFICE, sops)])["Register"], 2)
    assert (found["Jumlah Langkah"], found["Menit"]) == (3, 90)
    assert found["Total Waktu"] == "1 jam 30 menit"
    assert found["Catatan Waktu"] == "Tidak terhitung: Segera"
    assert found["Pelaksana"] == "1. Staf\n2. Kabag"


def actor_rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    """Actor, title or number of SOPs, steps and minutes of each row."""
    return [
        (found["Pelaksana"], found["Nama SOP"], found["Jumlah Langkah"], found["Menit"])
        for found in (by_heading(sheet, row) for row in range(2, sheet.max_row + 1))
    ]


def test_each_actor_is_listed_with_the_sops_steps_and_time(tmp_path: Path) -> None:
    first = timed(("Staf", "10 menit", 1), ("Kabag", "5 menit", 1), ("Staf", "1 jam", 1), name="X")
    second = timed(("STAF", "20 menit", 1), name="Y")
    sheet = made(tmp_path, [(OFFICE, [first, second])])["Pelaksana"]
    assert actor_rows(sheet) == [
        ("Kabag", "1 SOP", 1, 5),
        ("Kabag", "X", 1, 5),
        ("Staf", "2 SOP", 3, 90),
        ("Staf", "X", 2, 70),
        ("Staf", "Y", 1, 20),
    ]
    assert sheet.row_dimensions[3].outlineLevel == 1


def test_a_duration_over_several_rows_counts_once_for_each_actor_beside_it(tmp_path: Path) -> None:
    shared = timed(("Staf", "1 jam", 3), ("Kabag", "", 1), ("Staf", "", 1), ("Staf", "2 jam", 1))
    book = made(tmp_path, [(OFFICE, [shared])])
    sums = [row[2:] for row in actor_rows(book["Pelaksana"]) if row[1] == "1 SOP"]
    assert sums == [(1, 60), (3, 180)]
    assert by_heading(book["Register"], 2)["Menit"] == 180


def test_actors_of_two_agencies_are_told_apart(tmp_path: Path) -> None:
    offices = [
        (Office(lines=("DINAS A",)), [timed(("Staf", "1 jam", 1))]),
        (Office(lines=("DINAS B",)), [timed(("Staf", "2 jam", 1))]),
    ]
    book = made(tmp_path, offices)
    sums = [row[3] for row in actor_rows(book["Pelaksana"]) if row[1] == "1 SOP"]
    assert sums == [60, 120]
    assert [by_heading(book["Register"], row)["OPD"] for row in (2, 3)] == ["DINAS A", "DINAS B"]
    assert "OPD" not in texts(made(tmp_path, offices[:1])["Pelaksana"])


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "-", "@SUM(A1)", "=cmd|' /C calc'!A0", "#REF!", "\t=1+1", "\n =1+1"]
)
def test_no_text_becomes_a_formula_or_an_error(tmp_path: Path, text: str) -> None:
    attack = Sop(Identity(text, text, (text,), legal_basis=(text,), approved_by=Approval((text,))))
    book = made(tmp_path, [(replace(OFFICE, lines=(text,)), [attack])])
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    cell = book["Register"]["C2"]
    assert cell.value == text
    assert cell.quotePrefix == text.lstrip().startswith(("=", "+", "-", "@"))


def test_units_are_lettered_however_many_there_are() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703, 18_278, 18_279)] == [
        "A", "Z", "AA", "ZZ", "AAA", "ZZZ", "AAAA",
    ]  # fmt: skip


def test_characters_that_no_workbook_can_hold_are_left_out(tmp_path: Path) -> None:
    dirty = sop("A\x00B\x1bC\ud800D\ufffeE\r\nF")
    assert made(tmp_path, [(OFFICE, [dirty])])["Register"]["C2"].value == "ABCDE\nF"


def test_a_text_too_long_for_a_cell_is_split_and_says_where_it_goes_on(tmp_path: Path) -> None:
    long = "".join(f"{number:09d} " for number in range(9_000)) + "😀" * 10
    book = made(tmp_path, [(OFFICE, [sop("A", warnings=(long,))])])
    rest = rows(book["Lanjutan"])
    cell = next(cell for cell in book["Register"][2] if len(str(cell.value)) > 1000)
    first, pointer = str(cell.value).rsplit("\n", 1)
    assert pointer == "(lanjutan: lembar Lanjutan, baris 2)"
    assert rest[1][:3] == ("Register", cell.coordinate, 2)
    assert first + "".join(str(row[3]) for row in rest[1:]) == long
    assert max(len(text) for sheet in book for text in texts(sheet)) <= CELL_LIMIT


def test_excel_counts_a_character_beyond_the_first_65536_twice(tmp_path: Path) -> None:
    long = "😀" * 20_000
    book = made(tmp_path, [(OFFICE, [sop("A", warnings=(long,))])])
    found = [text for sheet in book for text in texts(sheet)]
    assert max(len(text.encode("utf-16-le")) // 2 for text in found) <= CELL_LIMIT
    assert sum(text.count("😀") for text in found) == 20_000


def test_every_sheet_is_ready_for_the_printer(tmp_path: Path) -> None:
    for sheet in made(tmp_path, [(OFFICE, [timed(("Staf", "1 jam", 1))])]):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (5, "landscape")
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref


def test_a_row_is_tall_enough_for_its_text(tmp_path: Path) -> None:
    sops = [sop("Pendek", "B"), sop("Sangat panjang sekali " * 12, "B")]
    sheet = made(tmp_path, [(OFFICE, sops)])["Rekap"]
    short, long = (sheet.row_dimensions[row].height for row in (6, 7))
    assert short is not None
    assert long is not None
    assert long > 2 * short


def test_a_word_longer_than_its_column_takes_lines_too() -> None:
    assert line_count("x" * 100, 20, 10, is_bold=False) > 2
    assert line_count("kata " * 20, 20, 10, is_bold=False) > 2
    assert line_count("kata", 20, 10, is_bold=False) == 1


def test_the_same_values_give_the_same_bytes_and_no_clerk_s_name(tmp_path: Path) -> None:
    offices = [(OFFICE, [sop("A", "Sekretariat"), timed(("Staf", "1 jam", 1))])]
    for name in ("satu.xlsx", "dua.xlsx"):
        write_recap(offices, tmp_path / name, on=DAY)
    assert (tmp_path / "satu.xlsx").read_bytes() == (tmp_path / "dua.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "satu.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert load_workbook(tmp_path / "satu.xlsx").properties.creator == "SOPDesk"


def test_progress_counts_the_sops_and_may_end_the_work(tmp_path: Path) -> None:
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"before")
    told: list[int] = []

    def stop_at_two(done: int) -> None:
        told.append(done)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_recap([(OFFICE, [sop("A"), sop("B"), sop("C")])], target, progress=stop_at_two)
    assert told == [1, 2]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_a_recap_that_does_not_read_back_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"before")
    monkeypatch.setattr(
        "sopdesk.output.recap.writing._save", lambda _, path: path.write_bytes(b"PK broken")
    )
    with pytest.raises(UserError, match="recap_unreadable"):
        write_recap([(OFFICE, [sop("A")])], target)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_the_title_is_the_office_s_own_where_it_has_one() -> None:
    assert recap_title([OFFICE]) == "REKAPITULASI SOP DINAS ARSIP"
    assert recap_title([replace(OFFICE, recap=RecapForm(title="DAFTAR SOP"))]) == "DAFTAR SOP"
    assert recap_title([]) == "REKAPITULASI SOP"


def test_an_empty_office_has_an_empty_recap(tmp_path: Path) -> None:
    assert "JUMLAH = 0 SOP" in texts(made(tmp_path, [(OFFICE, [])])["Rekap"])
