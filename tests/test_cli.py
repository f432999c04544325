"""The command line as a clerk's scripts meet it: results, exit codes, one sentence per error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from sopdesk.cli import COMMANDS, main, telling
from sopdesk.document.edits import add_lane, insert_step, new_sop, replace_procedure
from sopdesk.document.numbering import shown_numbers
from sopdesk.document.office import Office
from sopdesk.document.values import Lane, Procedure, Sop, Status, Step
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def items(self) -> list[dict[str, Any]]:
        """The JSON list that was written."""
        found: list[dict[str, Any]] = json.loads(self.out)
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """The JSON object that was written."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command in this process."""

    def run_it(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_it


def written(title: str, number: str, *unit: str) -> Sop:
    """An SOP of two steps by one actor."""
    sop = new_sop(title, unit)
    table = add_lane(sop.procedures[0], Lane(name="Staf Arsip"))
    for row, activity in enumerate(("Mencatat surat", "Menyimpan surat")):
        table = insert_step(table, Step(activity=activity, duration="10 menit"), row)
    sop = replace_procedure(sop, 0, table)
    return replace(sop, identity=replace(sop.identity, number=number))


@pytest.fixture
def office_path(tmp_path: Path) -> Path:
    """An office of four SOPs: two share a number, the last is only a title."""
    path = tmp_path / "kantor.db"
    planned = replace(new_sop("Baru judul"), status=Status.PLANNED)
    with create(path, Office(lines=("PEMERINTAH KOTA CONTOH", "DINAS ARSIP"))) as office_file:
        office_file.add(written("Surat Masuk", "01", "Sekretariat"))
        office_file.add(written("Surat Keluar", "02", "Sekretariat"))
        office_file.add(written("Surat Keluar Lagi", "02", "Bidang Arsip"))
        office_file.add(planned)
    return path


# new and import


def test_new_makes_an_office_file_and_refuses_to_overwrite(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    path = tmp_path / "baru.db"
    assert run("new", path).code == 0
    before = path.read_bytes()
    again = run("new", path)
    assert (again.code, again.out, again.err.count("\n")) == (2, "", 1)
    assert path.read_bytes() == before
    assert run("list", path) == (0, "", "")


def test_what_is_exported_comes_in_again_equal(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    assert run("export", office_path, "-o", tmp_path / "semua.json").code == 0
    run("new", tmp_path / "lain.db")
    imported = run("import", tmp_path / "lain.db", tmp_path / "semua.json", "--json").items
    assert [len(imported[0][key]) for key in ("added", "beside", "skipped")] == [4, 0, 0]
    assert imported[0]["error"] is None
    assert all_sops(tmp_path / "lain.db") == all_sops(office_path)


def all_sops(path: Path) -> list[Sop]:
    with open_file(path) as office_file:
        return [stored.sop for stored in office_file.load_all()]


def test_keys_that_are_not_known_are_told_and_those_of_an_sop_are_kept(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    source, out = tmp_path / "a.json", tmp_path / "b.json"
    sops = [{"title": "Baru", "colour": "red"}]
    data = {"format": "sopdesk-exchange", "version": 1, "by": "X", "sops": sops}
    source.write_text(json.dumps(data), encoding="utf-8")
    ran = run("import", office_path, source, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "sops[0].colour: unknown to this version, and kept." in ran.out
    assert "by: unknown to this version, and left out." in ran.out
    run("export", office_path, "-o", out, "--sop", "#5")
    assert json.loads(out.read_text(encoding="utf-8"))["sops"][0]["colour"] == "red"
    told = run("import", office_path, source, "--json").items[0]
    assert (told["unknown"], told["left_out"]) == (["by", "sops[0].colour"], ["by"])


def test_a_first_import_brings_the_letterhead_and_a_later_one_leaves_it(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    run("new", tmp_path / "lain.db")
    first = run("import", tmp_path / "lain.db", office_path, "--json").items
    with open_file(tmp_path / "lain.db") as office_file:
        assert office_file.office().lines == ("PEMERINTAH KOTA CONTOH", "DINAS ARSIP")
        office_file.save_office(replace(office_file.office(), lines=("DINAS LAIN",)))
    second = run("import", tmp_path / "lain.db", office_path, "--json").items
    assert (first[0]["letterhead"], second[0]["letterhead"]) == (True, False)
    assert len(second[0]["skipped"]) == 4


@pytest.mark.parametrize("own", [{"city": "Contoh"}, {"address": ("Jalan Satu",)}])
def test_an_office_that_has_any_part_of_a_letterhead_keeps_it(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran], own: dict[str, Any]
) -> None:
    create(tmp_path / "lain.db", Office(**own)).close()
    assert run("import", tmp_path / "lain.db", office_path).code == 0
    with open_file(tmp_path / "lain.db") as office_file:
        assert office_file.office() == Office(**own)


def test_an_sop_that_differs_from_the_one_with_its_uuid_comes_in_beside_it(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    run("export", office_path, "-o", tmp_path / "a.json", "--sop", "01")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    data["sops"][0]["title"] = "Surat Masuk, diubah"
    data["sops"][0]["warna"] = "biru"
    (tmp_path / "b.json").write_text(json.dumps(data), encoding="utf-8")
    ran = run("import", office_path, tmp_path / "b.json")
    assert ran.code == 0
    assert "Surat Masuk, diubah" in ran.out
    assert "sops[0].warna" in ran.out
    titles = [entry["title"] for entry in run("list", office_path, "--json").items]
    assert titles[0] == "Surat Masuk"
    assert titles[-1] == "Surat Masuk, diubah"


def test_a_source_that_is_refused_keeps_no_other_out_and_none_of_it_comes_in(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    run("new", tmp_path / "lain.db")
    run("export", office_path, "-o", tmp_path / "baik.json")
    data = json.loads((tmp_path / "baik.json").read_text(encoding="utf-8"))
    data["sops"][2]["procedures"][0]["flows"][0]["to"] = "n9"
    (tmp_path / "rusak.json").write_text(json.dumps(data), encoding="utf-8")
    ran = run("import", tmp_path / "lain.db", tmp_path / "rusak.json", tmp_path / "baik.json")
    assert ran.code == 2
    assert "sops[2].procedures[0].flows[0].to" in ran.err
    assert ran.err.count("\n") == 1
    assert len(run("list", tmp_path / "lain.db", "--json").items) == 4


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a", "a.txt"])
def test_other_endings_are_refused_by_a_sentence(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran], name: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    for ran in (
        run("import", office_path, tmp_path / name),
        run("export", office_path, "-o", tmp_path / name),
    ):
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert ".json" in ran.err
    assert (tmp_path / name).read_bytes() == b"x"


# list, check, verify


def test_list_writes_a_line_or_an_object_for_each_sop_in_the_office_s_order(
    office_path: Path, run: Callable[..., Ran]
) -> None:
    lines = run("list", office_path).out.splitlines()
    assert [line.split()[0] for line in lines] == ["#1", "#2", "#3", "#4"]
    assert "01" in lines[0]
    assert "Surat Masuk" in lines[0]
    first = run("list", office_path, "--json").items[0]
    assert list(first) == ["position", "uuid", "number", "title", "unit", "status"]
    assert (first["position"], first["unit"], first["status"]) == (1, ["Sekretariat"], "draft")


def test_check_exits_1_only_where_it_finds_an_error(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    sound = run("check", office_path, "--json")
    assert sound.code == 0
    assert {finding["severity"] for finding in sound.items} <= {"warning", "hint"}
    broken = written("Tanpa akhir", "03")
    table = broken.procedures[0]
    with open_file(office_path) as office_file:
        office_file.add(replace_procedure(broken, 0, replace(table, flows=())))
    ran = run("check", office_path, "--json")
    assert ran.code == 1
    found = next(finding for finding in ran.items if finding["severity"] == "error")
    assert list(found) == ["sop", "code", "severity", "step", "message"]
    assert found["sop"] == broken.uuid
    assert not found["message"].startswith("finding.")
    said = run("check", office_path)
    assert (said.code, said.err) == (1, "")
    assert any(line.startswith("#5 03") and "kesalahan" in line for line in said.out.splitlines())


def test_check_names_the_table_with_too_many_lanes_for_its_paper(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    sop = written("Banyak pelaksana", "03")
    table = sop.procedures[0]
    crowded = replace(table, lanes=(*table.lanes, *(Lane(name="Staf") for _ in range(40))))
    with open_file(office_path) as office_file:
        office_file.add(replace(sop, procedures=(table, crowded)))
    ran = run("check", office_path, "--json")
    assert ran.code == 1
    assert [found["code"] for found in ran.items if found["severity"] == "error"] == [
        "lanes_too_narrow"
    ]
    lines = [line for line in run("check", office_path).out.splitlines() if "tidak muat" in line]
    assert len(lines) == 1
    assert "#5 03, tabel 2" in lines[0]


def test_check_numbers_a_table_once_however_much_it_finds_there(
    office_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    sop = written("Surat Hilang", "03")
    steps = tuple(replace(step, duration="Segera") for step in sop.procedures[0].steps)
    with open_file(office_path) as office_file:
        office_file.add(replace_procedure(sop, 0, replace(sop.procedures[0], steps=steps)))
    numbered: list[Procedure] = []

    def count(procedure: Procedure) -> tuple[str, ...]:
        numbered.append(procedure)
        return shown_numbers(procedure)

    monkeypatch.setattr(telling, "shown_numbers", count)
    assert run("check", office_path).out.count("#5 03, langkah") == len(steps) > 1
    assert len(numbered) == len(run("list", office_path, "--json").items)


def test_verify_says_what_is_sound_and_writes_nothing(
    office_path: Path, run: Callable[..., Ran]
) -> None:
    before = office_path.read_bytes(), sorted(os.listdir(office_path.parent))
    ran = run("verify", office_path)
    assert (ran.code, ran.err) == (0, "")
    assert "4 SOP" in ran.out
    assert (office_path.read_bytes(), sorted(os.listdir(office_path.parent))) == before


def test_verify_finds_changed_content(office_path: Path, run: Callable[..., Ran]) -> None:
    content = office_path.read_bytes()
    assert content.count(b"Mencatat surat") > 0
    office_path.write_bytes(content.replace(b"Mencatat surat", b"Membuang surat"))
    changed = office_path.read_bytes()
    ran = run("verify", office_path)
    assert ran.code == 1
    assert "Surat Masuk" in ran.out
    assert office_path.read_bytes() == changed


# print, recap, layout


def test_print_writes_the_sheets_in_the_office_s_order_and_leaves_titles_out(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    ran = run("print", office_path, "-o", tmp_path / "a.pdf", "--paper", "a4")
    assert (ran.code, ran.err) == (0, "")
    assert "1 judul" in ran.out
    pdf = PdfReader(tmp_path / "a.pdf")
    assert [str(entry["/Title"]) for entry in pdf.outline] == [
        "01 Surat Masuk",
        "02 Surat Keluar",
        "02 Surat Keluar Lagi",
    ]
    width, height = (float(side) * 25.4 / 72 for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (297, 210)


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [(["01"], [1]), (["#3"], [3]), (["02"], [2, 3]), (["#3", "01"], [1, 3]), (["#4"], [4])],
)
def test_number_and_position_choose_sops(
    tmp_path: Path,
    office_path: Path,
    run: Callable[..., Ran],
    wanted: list[str],
    positions: list[int],
) -> None:
    listed = run("list", office_path, "--json").items
    chosen = [argument for name in wanted for argument in ("--sop", name)]
    assert run("export", office_path, "-o", tmp_path / "a.json", *chosen).code == 0
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [sop["uuid"] for sop in data["sops"]] == [listed[at - 1]["uuid"] for at in positions]
    assert run("print", office_path, "-o", tmp_path / "a.pdf", *chosen).code == 0
    assert len(PdfReader(tmp_path / "a.pdf").outline) == len(positions)


@pytest.mark.parametrize("wanted", ["99", "#0", "#5", "#", ""])
def test_an_sop_that_is_not_there_is_named_and_nothing_is_written(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran], wanted: str
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"before")
    ran = run("print", office_path, "-o", tmp_path / "a.pdf", "--sop", wanted)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert (tmp_path / "a.pdf").read_bytes() == b"before"


def test_layout_lists_one_sheet_and_names_the_positions_where_a_number_occurs_twice(
    office_path: Path, run: Callable[..., Ran]
) -> None:
    found = run("layout", office_path, "--sop", "01", "--json", "--orientation", "portrait").facts
    assert (found["format"], found["number"]) == ("sopdesk-layout", "01")
    assert found["paper"]["width"] < found["paper"]["height"]
    endless = run("layout", office_path, "--sop", "#1", "--json", "--endless").facts
    assert [page["kind"] for page in endless["pages"]].count("flow") == 1
    ran = run("layout", office_path, "--sop", "02", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "#2, #3" in ran.err


def test_a_position_is_never_taken_for_a_number_and_a_number_is_as_printed(
    office_path: Path, run: Callable[..., Ran]
) -> None:
    with open_file(office_path) as office_file:
        office_file.add(written("Seperti Posisi", "#2"))
        office_file.add(written("Tebal", "**07** /  2025"))
    titles = {"#2": "Surat Keluar", "#5": "Seperti Posisi", "07 / 2025": "Tebal"}
    for wanted, title in titles.items():
        found = run("layout", office_path, "--sop", wanted, "--json").facts
        listed = run("list", office_path, "--json").items
        assert [one["title"] for one in listed if one["uuid"] == found["sop"]] == [title]


def test_recap_covers_many_files(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    with create(tmp_path / "lain.db", Office(lines=("DINAS PASAR",))) as office_file:
        office_file.add(written("Retribusi", "9"))
    out = tmp_path / "rekap.xlsx"
    assert run("recap", office_path, tmp_path / "lain.db", "-o", out).code == 0
    found = [cell.value for row in load_workbook(out)["Rekap"].iter_rows() for cell in row]
    assert {"DINAS ARSIP = 4 SOP", "DINAS PASAR = 1 SOP"} <= set(found)


def test_recap_counts_a_file_once_by_whatever_way_it_is_named(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    (tmp_path / "jalan").symlink_to(office_path.parent)
    ways = (office_path, tmp_path / "jalan" / office_path.name)
    assert "4 SOP" in run("recap", *ways, "-o", tmp_path / "rekap.xlsx").out


def test_no_command_but_import_and_merge_changes_the_office_file(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran]
) -> None:
    before = office_path.read_bytes()
    for command in (
        ("list", office_path),
        ("check", office_path),
        ("print", office_path, "-o", tmp_path / "a.pdf"),
        ("recap", office_path, "-o", tmp_path / "a.xlsx"),
        ("export", office_path, "-o", tmp_path / "a.json"),
        ("layout", office_path, "--sop", "01", "--json"),
        ("verify", office_path),
    ):
        run(*command)
    assert office_path.read_bytes() == before


@pytest.mark.parametrize(("command", "ending"), [("print", ".pdf"), ("recap", ".xlsx")])
def test_an_output_never_replaces_an_office_file(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran], command: str, ending: str
) -> None:
    other = tmp_path / "lain.db"
    create(other).close()
    disguised = tmp_path / f"kantor{ending}"
    disguised.write_bytes(office_path.read_bytes())
    for read, out in ((office_path, office_path), (office_path, other), (disguised, disguised)):
        before = out.read_bytes()
        assert run(command, read, "-o", out).code == 2
        assert out.read_bytes() == before


@pytest.mark.parametrize("name", ["{}-journal", "{}-wal", "{}-shm", ".{}.savelock"])
def test_an_output_never_stands_where_a_save_puts_what_it_needs(
    tmp_path: Path, office_path: Path, run: Callable[..., Ran], name: str
) -> None:
    office = office_path.rename(tmp_path / "kantor.2026")
    out = tmp_path / name.format(office.name)
    assert run("print", office, "-o", out).code == 2
    assert not out.exists()


# Language, arguments, streams


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frob"],
        ["merge", "a.db"],
        ["list"],
        ["list", "a.db", "--nonsense"],
        ["print", "a.db"],
        ["print", "a.db", "-o", "a.pdf", "--book"],
        ["print", "a.db", "-o", "a.pdf", "--paper", "a9"],
        ["print", "a.db", "-o"],
        ["layout", "a.db", "--json"],
        ["--lang", "de", "list", "a.db"],
    ],
)
def test_arguments_that_make_no_sense_are_told_in_one_sentence_of_the_language(
    run: Callable[..., Ran], arguments: list[str]
) -> None:
    told = run(*arguments)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith("Perintah tidak dipahami: ")
    for english in ("argument ", "required", "expected", "invalid", "unrecognized", "choose"):
        assert english not in told.err
    assert run("--lang=en", *arguments).err.startswith("Not understood: ")


def test_help_is_worded_in_both_languages_and_offers_only_what_works(
    run: Callable[..., Ran],
) -> None:
    for command in ([], *([name] for name in COMMANDS)):
        indonesian = run(*command, "--help")
        english = run(*command, "--help", "--lang", "en")
        assert (indonesian.code, english.code) == (0, 0)
        assert indonesian.out.startswith("pemakaian: ")
        assert english.out.startswith("usage: ")
        for untranslated in ("positional arguments", "options:", "show "):
            assert untranslated not in indonesian.out
        for later in ("--book", ".docx", ".svg", ".png"):
            assert later not in indonesian.out


@pytest.mark.parametrize("place", [0, 1])
def test_the_language_may_be_chosen_before_or_after_the_command(
    run: Callable[..., Ran], place: int
) -> None:
    arguments = ["list", "/no/such/file.db"]
    english = [*arguments[:place], "--lang", "en", *arguments[place:]]
    assert run(*english).err.startswith("There is no file")
    assert run(*arguments).err.startswith("Berkas")


def test_debug_adds_the_traceback(run: Callable[..., Ran]) -> None:
    sentence, *trace = run("list", "/no/such/file.db", "--debug").err.splitlines()
    assert sentence.startswith("Berkas")
    assert trace[0].startswith("Traceback")
    assert trace[-1].startswith("sopdesk.foundation.faults.UserError")


@pytest.mark.parametrize(
    ("error", "words"), [(KeyboardInterrupt(), "Dihentikan"), (ZeroDivisionError("x"), "--debug")]
)
def test_an_interruption_and_a_bug_are_told_in_one_sentence(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, error: BaseException, words: str
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("sopdesk.cli.commands.run_list", fail)
    ran = run("list", "a.db")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert words in ran.err


def test_progress_shows_on_a_terminal_only(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, office_path: Path, tmp_path: Path
) -> None:
    assert run("recap", office_path, "-o", tmp_path / "a.xlsx").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown = run("recap", office_path, "-o", tmp_path / "a.xlsx").err
    assert "Membuat rekap 3/8" in shown
    assert shown.endswith("\r")


# As a process


def in_a_process(code: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )


LOADED = """
import sys
from ui.start import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(sys.modules))
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        (("--help",), ("PySide6", "reportlab", "openpyxl", "sqlite3", "sqlite_utils")),
        (("list",), ("PySide6", "reportlab", "openpyxl", "sqlite_utils")),
        (("print", "-o", "a.pdf"), ("PySide6", "openpyxl")),
        (("recap", "-o", "a.xlsx"), ("PySide6", "reportlab")),
        (("layout", "--sop", "01", "--json"), ("PySide6", "reportlab", "openpyxl")),
    ],
)
def test_a_command_imports_no_window_and_only_the_libraries_it_needs(
    tmp_path: Path, office_path: Path, command: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    arguments = [str(tmp_path / part) if part.startswith("a.") else part for part in command]
    if command != ("--help",):
        arguments.insert(1, str(office_path))
    ran = in_a_process(LOADED, *arguments)
    assert ran.returncode == 0, ran.stderr[-2000:]
    roots = {name.split(".")[0] for name in ran.stderr.decode().split()}
    assert roots.isdisjoint(unwanted)


def test_output_is_utf_8_whatever_the_pipe(office_path: Path) -> None:
    with open_file(office_path) as office_file:
        office_file.add(new_sop("Façade – “日本”"))
    ran = in_a_process("from ui.start import main; import sys; sys.exit(main())", "list",
                       office_path)  # fmt: skip
    assert "Façade – “日本”" in ran.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_gets_no_complaint(office_path: Path) -> None:
    code = (
        "import os, sys; reading, writing = os.pipe(); os.close(reading); os.dup2(writing, 1)\n"
        "from ui.start import main; sys.exit(main())"
    )
    ran = in_a_process(code, "list", office_path)
    assert (ran.returncode, ran.stderr) == (2, b"")
