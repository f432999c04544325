"""The long tasks: what they take, tell and return, and how they end early."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from sopdesk.document.edits import add_lane, insert_step, new_sop, replace_procedure
from sopdesk.document.office import Office
from sopdesk.document.values import Lane, Sop, Status, Step
from sopdesk.foundation.faults import UserError
from sopdesk.jobs.checking import check_sops
from sopdesk.jobs.exporting import export_sops
from sopdesk.jobs.importing import import_sources
from sopdesk.jobs.printing import print_sheets
from sopdesk.jobs.recapping import make_recap
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from pathlib import Path

    from sopdesk.jobs import Progress

OFFICE = Office(lines=("PEMERINTAH KOTA CONTOH", "DINAS ARSIP"))


def written(title: str, number: str) -> Sop:
    sop = new_sop(title)
    table = add_lane(sop.procedures[0], Lane(name="Staf"))
    table = insert_step(table, Step(activity="Mencatat surat", duration="10 menit"), 0)
    sop = replace_procedure(sop, 0, table)
    return replace(sop, identity=replace(sop.identity, number=number))


@pytest.fixture
def sops() -> list[Sop]:
    return [written("Satu", "1"), written("Dua", "2"), written("Tiga", "3")]


@pytest.fixture
def path(tmp_path: Path, sops: list[Sop]) -> Path:
    path = tmp_path / "kantor.db"
    with create(path, OFFICE) as office_file:
        for sop in sops:
            office_file.add(sop)
    return path


def outline(path: Path) -> list[str]:
    return [str(entry["/Title"]) for entry in PdfReader(path).outline]


def retitled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


def test_what_is_not_saved_yet_is_printed_as_it_stands(
    tmp_path: Path, path: Path, sops: list[Sop]
) -> None:
    unsaved = [retitled(sops[1], "Dua, diubah")]
    made = print_sheets(path, tmp_path / "a.pdf", unsaved=unsaved)
    assert outline(tmp_path / "a.pdf") == ["1 Satu", "2 Dua, diubah", "3 Tiga"]
    assert (made.sops, made.titles) == (3, 0)
    assert made.pages == len(PdfReader(tmp_path / "a.pdf").pages)
    with open_file(path) as office_file:
        assert office_file.load(sops[1].uuid).sop == sops[1]


def test_a_step_refers_to_an_sop_as_it_stands_in_the_editor(
    tmp_path: Path, path: Path, sops: list[Sop]
) -> None:
    table = sops[0].procedures[0]
    steps = (replace(table.steps[0], refers_to=sops[1].uuid),)
    referring = replace_procedure(sops[0], 0, replace(table, steps=steps))
    for unsaved, title in (([referring], "Dua"), ([referring, retitled(sops[1], "Lima")], "Lima")):
        print_sheets(path, tmp_path / "a.pdf", wanted=["1"], unsaved=unsaved)
        words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
        assert f"Lihat SOP 2 {title}" in " ".join(words.split())


def test_the_document_names_the_sop_or_the_office(tmp_path: Path, path: Path) -> None:
    for wanted, title in ((["2"], "Dua"), ([], "SOP DINAS ARSIP")):
        print_sheets(path, tmp_path / "a.pdf", wanted=wanted)
        metadata = PdfReader(tmp_path / "a.pdf").metadata
        assert metadata is not None
        assert (metadata.title, metadata.author) == (title, "DINAS ARSIP")


def test_a_title_without_a_sheet_is_printed_only_where_nothing_else_is_wanted(
    tmp_path: Path, path: Path
) -> None:
    planned = replace(new_sop("Baru judul"), status=Status.PLANNED)
    with open_file(path) as office_file:
        office_file.add(planned)
    assert print_sheets(path, tmp_path / "a.pdf").titles == 1
    assert print_sheets(path, tmp_path / "a.pdf", wanted=["#3", "#4"]).titles == 1
    assert print_sheets(path, tmp_path / "a.pdf", wanted=[planned.uuid]).sops == 1
    begun = replace(written("Baru mulai", "4"), uuid=planned.uuid, status=Status.PLANNED)
    assert print_sheets(path, tmp_path / "a.pdf", unsaved=[begun]).titles == 0


def test_an_office_without_sops_has_nothing_to_print(tmp_path: Path) -> None:
    create(tmp_path / "kosong.db").close()
    with pytest.raises(UserError, match="nothing_to_print") as raised:
        print_sheets(tmp_path / "kosong.db", tmp_path / "a.pdf")
    assert raised.value.facts["path"] == str(tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def told_by(run: object) -> list[tuple[int, int]]:
    """What a task tells its progress."""
    told: list[tuple[int, int]] = []
    run(lambda done, total: told.append((done, total)))  # type: ignore[operator]
    return told


def test_every_task_tells_its_progress_up_to_the_end(tmp_path: Path, path: Path) -> None:
    def in_(name: str) -> Path:
        return tmp_path / name

    one_by_one = [(1, 3), (2, 3), (3, 3)]
    assert told_by(lambda tell: print_sheets(path, in_("a.pdf"), progress=tell)) == one_by_one
    assert told_by(lambda tell: export_sops(path, in_("a.json"), progress=tell)) == one_by_one
    assert told_by(lambda tell: check_sops(path, progress=tell)) == one_by_one
    assert told_by(lambda tell: import_sources(path, [in_("a.json")], progress=tell)) == [(1, 1)]
    assert told_by(lambda tell: make_recap([path], in_("a.xlsx"), on=None, progress=tell)) == [
        (done, 6) for done in range(1, 7)
    ]


@pytest.mark.parametrize("task", ["print", "recap", "export"])
def test_what_progress_raises_ends_the_task_and_leaves_the_output_as_it_was(
    tmp_path: Path, path: Path, task: str
) -> None:
    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    def run(out: Path, tell: Progress) -> object:
        if task == "print":
            return print_sheets(path, out, progress=tell)
        if task == "export":
            return export_sops(path, out, progress=tell)
        return make_recap([path], out, on=None, progress=tell)

    out = tmp_path / "hasil" / "keluaran.json"
    out.parent.mkdir()
    out.write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        run(out, stop)
    assert [file.read_bytes() for file in out.parent.iterdir()] == [b"before"]


def test_the_recap_holds_what_is_not_saved_yet(tmp_path: Path, path: Path, sops: list[Sop]) -> None:
    unsaved = [retitled(sops[0], "=SATU")]
    made = make_recap([path], tmp_path / "a.xlsx", on=datetime.date(2026, 1, 2), unsaved=unsaved)
    register = load_workbook(tmp_path / "a.xlsx")["Register"]
    assert (made.sops, register["C2"].value, register["C2"].data_type) == (3, "=SATU", "s")


def test_a_file_that_is_named_twice_is_recapped_once(tmp_path: Path, path: Path) -> None:
    again = path.parent / "." / path.name
    assert make_recap([path, again], tmp_path / "a.xlsx", on=None).sops == 3


def test_a_source_that_fails_is_told_and_the_others_come_in(tmp_path: Path, path: Path) -> None:
    (tmp_path / "rusak.json").write_text("{", encoding="utf-8")
    export_sops(path, tmp_path / "baik.json")
    create(tmp_path / "baru.db").close()
    bad, missing, good, again = import_sources(
        tmp_path / "baru.db",
        [tmp_path / name for name in ("rusak.json", "tiada.db", "baik.json", "baik.json")],
    )
    assert bad.fault is not None
    assert missing.fault is not None
    assert (bad.fault.code, missing.fault.code) == ("exchange_not_json", "file_missing")
    assert [sop.title for sop in good.added] == ["Satu", "Dua", "Tiga"]
    assert (len(again.added), len(again.skipped)) == (0, 3)


def test_an_office_file_is_not_imported_into_itself(path: Path) -> None:
    (outcome,) = import_sources(path, [path.parent / "." / path.name])
    assert outcome.fault is not None
    assert outcome.fault.code == "import_itself"


def test_a_file_that_takes_no_writing_imports_nothing(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text(json.dumps({}), encoding="utf-8")
    monkeypatch.setattr("sopdesk.storage.header._may_make_files", lambda _: False)
    with pytest.raises(UserError, match="file_read_only"):
        import_sources(path, [tmp_path / "a.json"])
