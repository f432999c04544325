"""`sopdesk merge`: what comes in is counted, what both changed is listed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.edits import new_sop
from sopdesk.document.values import Sop, Status
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    with create(path) as office_file:
        office_file.add_new([new_sop("Surat masuk"), new_sop("Cuti")])
    return path


@pytest.fixture
def theirs(tmp_path: Path, ours: Path) -> Path:
    path = tmp_path / "kiriman.db"
    shutil.copyfile(ours, path)
    return path


def save(path: Path, title: str, status: Status) -> None:
    with open_file(path) as office_file:
        entry = next(one for one in office_file.entries() if one.title == title)
        sop: Sop = office_file.load(entry.uuid).sop
        office_file.save(replace(sop, status=status), entry.rev)


def test_what_is_new_or_newer_comes_in_and_is_counted(ours: Path, theirs: Path, run: Run) -> None:
    save(theirs, "Cuti", Status.FINAL)
    with open_file(theirs) as other:
        other.add(new_sop("Arsip"))
    code, out, err = run("merge", ours, theirs)
    first, last = out.splitlines()
    assert (code, err) == (0, "")
    assert first.endswith("1 SOPs added, 1 newer ones taken over, 1 were known already.")
    assert Path(last.split(": ")[1]).is_file()
    assert "Arsip" in run("list", ours)[1]


def test_a_conflict_exits_1_and_names_both_places(ours: Path, theirs: Path, run: Run) -> None:
    save(ours, "Cuti", Status.REVIEW)
    save(theirs, "Cuti", Status.FINAL)
    code, out, _ = run("merge", ours, theirs)
    assert code == 1
    assert f"Cuti: changed in both files, so both are kept: #2 is from {ours}, #3" in out
    code, out, _ = run("merge", ours, theirs)
    assert (code, len(out.splitlines())) == (0, 1)


def test_json_tells_the_uuids_and_the_revision_that_both_were_made_from(
    ours: Path, theirs: Path, run: Run
) -> None:
    save(ours, "Cuti", Status.REVIEW)
    save(theirs, "Cuti", Status.FINAL)
    code, out, _ = run("merge", ours, theirs, "--json")
    told: dict[str, Any] = json.loads(out)
    (both,) = told["kept_both"]
    with open_file(ours) as office_file:
        assert office_file.load(both["theirs"]).sop.origin == both["ours"]
        assert office_file.load_revision(both["ours"], both["base_rev"]).status is Status.DRAFT
    assert code == 1
    assert [sop["title"] for sop in told["skipped"]] == ["Surat masuk"]
    assert (told["source"], told["added"], told["taken"]) == (str(theirs), [], [])
    assert Path(told["backup"]).is_file()


def test_the_other_file_is_unchanged(ours: Path, theirs: Path, run: Run) -> None:
    save(ours, "Cuti", Status.REVIEW)
    before = theirs.read_bytes()
    run("merge", ours, theirs)
    assert theirs.read_bytes() == before


@pytest.mark.parametrize("name", ["kantor.db", "tiada.db", "bukan.db"])
def test_what_cannot_be_merged_is_told_in_one_sentence(
    tmp_path: Path, ours: Path, run: Run, name: str
) -> None:
    (tmp_path / "bukan.db").write_text("bukan berkas kantor", encoding="utf-8")
    before = ours.read_bytes()
    code, out, err = run("merge", ours, tmp_path / name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert name in err
    assert ours.read_bytes() == before
