"""The command line and a damaged file: what is sound is rescued, and damage is named."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.edits import new_sop
from sopdesk.foundation.faults import UserError
from sopdesk.storage import daily
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Three SOPs: the first can be had from its history, of the second nothing is sound."""
    path = tmp_path / "rusak.db"
    with create(path) as office_file:
        office_file.add_new([new_sop("Surat masuk"), new_sop("Cuti"), new_sop("Arsip")])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sops SET number = 'x' WHERE title IN ('Surat masuk', 'Cuti')")
        connection.execute("UPDATE revisions SET value = x'00' WHERE title = 'Cuti'")
    return path


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    with create(path) as office_file:
        office_file.add(new_sop("Milik kita"))
    return path


def titles(path: Path) -> list[str]:
    with open_file(path) as office_file:
        return [stored.sop.identity.title for stored in office_file.load_all()]


def test_a_rescue_writes_what_is_sound_and_names_what_is_lost(
    tmp_path: Path, damaged: Path, run: Run
) -> None:
    new, before = tmp_path / "baru.db", damaged.read_bytes()
    code, out, err = run("rescue", damaged, "-o", new)
    assert (code, err) == (1, "")
    first, second, third = out.splitlines()
    assert first == f"{new}: 2 SOPs."
    assert second == "  x Cuti: damaged, and nothing of it could be rescued."
    assert third == "  1 earlier saves in the histories are lost."
    assert titles(new) == ["Surat masuk", "Arsip"]
    assert verify(new).is_sound
    assert damaged.read_bytes() == before


def test_a_rescue_that_loses_nothing_exits_0(tmp_path: Path, ours: Path, run: Run) -> None:
    assert run("rescue", ours, "-o", tmp_path / "baru.db")[0] == 0


@pytest.mark.parametrize("name", ["kantor.db", "ada.txt"])
def test_a_rescue_overwrites_nothing(tmp_path: Path, ours: Path, run: Run, name: str) -> None:
    (tmp_path / "ada.txt").write_text("surat")
    before = (tmp_path / name).read_bytes()
    code, out, err = run("rescue", ours, "-o", tmp_path / name)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert (tmp_path / name).read_bytes() == before


def test_where_nothing_is_sound_it_says_so(tmp_path: Path, damaged: Path, run: Run) -> None:
    damaged.write_bytes(damaged.read_bytes()[:4096])
    code, _, err = run("rescue", damaged, "-o", tmp_path / "baru.db")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "Nothing in" in err
    assert not (tmp_path / "baru.db").exists()


def test_check_names_a_damaged_sop_as_an_error_and_checks_the_others(
    damaged: Path, run: Run
) -> None:
    code, out, _ = run("check", damaged, "--json")
    assert code == 1
    errors = [one for one in json.loads(out) if one["code"] == "sop_damaged"]
    assert [(one["severity"], one["step"], bool(one["sop"])) for one in errors] == [
        ("error", None, True)
    ] * 2
    assert all("is damaged" in one["message"] for one in errors)
    code, out, _ = run("check", damaged)
    assert (code, out.count("is damaged"), "1 SOPs checked" in out) == (1, 2, True)


def test_print_writes_all_that_is_asked_for_or_nothing(
    tmp_path: Path, damaged: Path, run: Run
) -> None:
    code, _, err = run("print", damaged, "-o", tmp_path / "a.pdf")
    assert (code, "is damaged" in err) == (2, True)
    assert not (tmp_path / "a.pdf").exists()
    assert run("print", damaged, "-o", tmp_path / "a.pdf", "--sop", "#3")[0] == 0


def test_a_merge_brings_in_what_is_sound_names_the_rest_and_exits_1(
    ours: Path, damaged: Path, run: Run
) -> None:
    code, out, err = run("merge", ours, damaged)
    assert (code, err) == (1, "")
    assert f"  x Cuti: damaged in {damaged}, so it did not come in." in out.splitlines()
    assert titles(ours) == ["Milik kita", "Surat masuk", "Arsip"]
    code, out, _ = run("merge", ours, damaged, "--json")
    told = json.loads(out)
    assert (code, [loss["title"] for loss in told["losses"]]) == (1, ["Cuti"])
    assert len(told["skipped"]) == 2


def test_an_import_brings_in_what_is_sound_and_lists_the_rest(
    ours: Path, damaged: Path, run: Run
) -> None:
    code, out, err = run("import", ours, damaged, "--json")
    (told,) = json.loads(out)
    assert (code, err, told["error"]) == (0, "", None)
    assert [loss["title"] for loss in told["losses"]] == ["Cuti"]
    assert titles(ours) == ["Milik kita", "Surat masuk", "Arsip"]
    assert "damaged in" in run("import", ours, damaged)[1]


@pytest.mark.parametrize("command", ["import", "merge"])
def test_a_day_s_backup_that_cannot_be_made_is_a_warning_and_changes_no_code(
    tmp_path: Path, ours: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    other = tmp_path / "lain.db"
    with create(other) as office_file:
        office_file.add(new_sop("Milik mereka"))

    def refuse(_connection: object, path: Path) -> None:
        raise UserError("backup_unwritable", path=str(path), folder=str(tmp_path))

    monkeypatch.setattr(daily, "keep_daily", refuse)
    code, _, err = run(command, ours, other)
    assert (code, len(err.splitlines())) == (0, 1)
    assert err.startswith("Saved, but without a backup of today: ")
    assert titles(ours) == ["Milik kita", "Milik mereka"]
