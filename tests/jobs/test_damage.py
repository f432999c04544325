"""What is damaged in an office file keeps nobody from what is sound, and is named."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from sopdesk.document.edits import new_sop
from sopdesk.document.form import to_form
from sopdesk.document.office import Office
from sopdesk.foundation.faults import UserError
from sopdesk.jobs import child
from sopdesk.jobs.checking import check_sops
from sopdesk.jobs.exporting import export_sops
from sopdesk.jobs.importing import import_sources
from sopdesk.jobs.printing import print_sheets
from sopdesk.jobs.recapping import make_recap
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from sopdesk.document.values import Sop

TITLES = ["Satu", "Dua", "Tiga"]


@pytest.fixture
def sops() -> list[Sop]:
    return [new_sop(title) for title in TITLES]


@pytest.fixture
def path(tmp_path: Path, sops: list[Sop]) -> Path:
    """An office file whose second SOP, and whose settings, another program has changed."""
    path = tmp_path / "kantor.db"
    with create(path, Office(lines=("DINAS CONTOH",))) as office_file:
        office_file.add_new(sops)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sops SET number = 'x' WHERE title = 'Dua'")
        connection.execute("UPDATE office SET city = 'x'")
    return path


def codes(faults: tuple[UserError, ...]) -> list[str]:
    return [fault.code for fault in faults]


def test_the_sound_ones_are_printed_exported_and_recapped_where_that_is_asked_for(
    tmp_path: Path, path: Path
) -> None:
    printed = print_sheets(path, tmp_path / "a.pdf", sound_only=True)
    exported = export_sops(path, tmp_path / "a.json", sound_only=True)
    recapped = make_recap([path], tmp_path / "a.xlsx", on=None, sound_only=True)
    for made in (printed, exported, recapped):
        assert made.sops == 2
        assert sorted(codes(made.damage)) == ["office_damaged", "sop_damaged"]
        assert "Dua" in {fault.facts.get("title") for fault in made.damage}
    assert [entry["/Title"] for entry in PdfReader(tmp_path / "a.pdf").outline] == ["Satu", "Tiga"]
    sops = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["sops"]
    assert [sop["title"] for sop in sops] == ["Satu", "Tiga"]
    register = load_workbook(tmp_path / "a.xlsx")["Register"]
    assert [register.cell(row, 3).value for row in (2, 3, 4)] == ["Satu", "Tiga", None]


def test_otherwise_damage_ends_the_task_and_nothing_is_written(tmp_path: Path, path: Path) -> None:
    with pytest.raises(UserError, match="office_damaged"):
        print_sheets(path, tmp_path / "a.pdf")
    with pytest.raises(UserError, match="office_damaged"):
        export_sops(path, tmp_path / "a.json")
    with pytest.raises(UserError, match="sop_damaged"):
        make_recap([path], tmp_path / "a.xlsx", on=None)
    assert [found.name for found in tmp_path.iterdir()] == ["kantor.db"]


def test_where_all_that_is_wanted_is_damaged_nothing_is_written(tmp_path: Path, path: Path) -> None:
    with pytest.raises(UserError):
        print_sheets(path, tmp_path / "a.pdf", wanted=["#2"], sound_only=True)
    assert not (tmp_path / "a.pdf").exists()


def test_a_damaged_sop_is_printed_as_it_stands_in_the_editor(
    tmp_path: Path, path: Path, sops: list[Sop]
) -> None:
    printed = print_sheets(path, tmp_path / "a.pdf", unsaved=[sops[1]], sound_only=True)
    assert (printed.sops, codes(printed.damage)) == (3, ["office_damaged"])


def test_checking_goes_on_and_keeps_the_positions(path: Path) -> None:
    told: list[UserError] = []
    checked = check_sops(path, on_damage=told.append)
    assert [one.position for one in checked] == [1, 3]
    assert codes(tuple(told)) == ["office_damaged", "sop_damaged"]
    with pytest.raises(UserError, match="office_damaged"):
        check_sops(path)


def done(job: Mapping[str, Any]) -> Any:
    return child.run(job, lambda _done, _total: None)


def test_a_window_s_job_prints_what_is_sound_and_tells_the_rest(
    tmp_path: Path, path: Path, sops: list[Sop]
) -> None:
    for task, ending in (("print", "pdf"), ("export", "json"), ("recap", "xlsx")):
        out = str(tmp_path / f"a.{ending}")
        made = done({"task": task, "file": str(path), "out": out, "unsaved": [to_form(sops[0])]})
        assert made["sops"] == 2
        assert {"office_damaged", "sop_damaged"} == {one["code"] for one in made["damage"]}
        json.dumps(made, default=str)


def test_a_diagnosis_names_the_newest_sound_backup_and_what_is_sound_now(
    tmp_path: Path, path: Path
) -> None:
    out = tmp_path / "utuh.db"
    found = done({"task": "diagnose", "file": str(path), "out": str(out)})
    assert found["backup"] is None
    assert found["rescued"] == {"sops": 3, "losses": (), "has_office": False, "lost_saves": 0}
    with open_file(out) as rescued:
        assert [entry.title for entry in rescued.entries()] == TITLES
        rescued.save_office(Office(city="Bogor"))
    backup = Backups(out).make("daily")
    out.write_bytes(out.read_bytes()[:4096])
    found = done({"task": "diagnose", "file": str(out), "out": str(tmp_path / "lain.db")})
    assert found["rescued"] is None
    assert found["backup"] == {
        "path": str(backup.path),
        "made_at": backup.made_at.isoformat(),
        "sops": 3,
    }


def test_a_rescue_is_a_job_too(tmp_path: Path, path: Path) -> None:
    out = tmp_path / "baru.db"
    told: list[tuple[int, int]] = []
    job = {"task": "rescue", "file": str(path), "out": str(out)}
    made = child.run(job, lambda *progress: told.append(progress))
    assert told[-1] == (3, 3)
    assert made == {"sops": 3, "losses": (), "has_office": False, "lost_saves": 0}
    with pytest.raises(UserError, match="file_exists"):
        done(job)


def test_sops_come_into_a_file_with_damaged_settings_which_stay_as_they_are(
    tmp_path: Path, path: Path
) -> None:
    with create(tmp_path / "lain.db", Office(lines=("DINAS LAIN",))) as other:
        other.add_new([new_sop("Empat")])
    (outcome,) = import_sources(path, [tmp_path / "lain.db"])
    assert [sop.title for sop in outcome.added] == ["Empat"]
    assert not outcome.has_given_letterhead
    with open_file(path) as office_file, pytest.raises(UserError, match="office_damaged"):
        office_file.office()
