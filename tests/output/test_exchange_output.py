"""What is exported comes in again as it was; what cannot be written leaves no trace."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeds import seed_exchange, seed_sops
from strategies import sops

from sopdesk.document.form import canonical
from sopdesk.document.office import Office
from sopdesk.document.values import Identity, Sop
from sopdesk.foundation.faults import UserError
from sopdesk.intake.exchange import read_exchange
from sopdesk.output import exchange
from sopdesk.output.exchange import write_exchange

OFFICE = Office(lines=("PEMERINTAH KOTA", "SEKRETARIAT"), address=("Jalan 1",), city="Kota")


@given(st.lists(sops(most_steps=3), max_size=2, unique_by=lambda sop: sop.uuid))
def test_what_is_written_is_read_again(values: list[Sop]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "keluar.json"
        write_exchange(values, OFFICE, file)
        found = read_exchange(file)
    assert found.sops == tuple(values)
    assert found.office == OFFICE


def test_all_seeds_are_imported_exported_and_imported_again_equal(tmp_path: Path) -> None:
    source = tmp_path / "asal.json"
    source.write_text(json.dumps(seed_exchange()), encoding="utf-8")
    first = read_exchange(source)
    assert first.notes == ()
    assert len(first.sops) == 42
    write_exchange(first.sops, first.office, tmp_path / "keluar.json")
    again = read_exchange(tmp_path / "keluar.json")
    assert again == first
    assert [canonical(sop) for sop in again.sops] == [canonical(sop) for sop in seed_sops()]


def test_every_key_that_may_be_filled_in_stands_in_the_order_of_the_contract(
    tmp_path: Path,
) -> None:
    write_exchange([Sop()], OFFICE, tmp_path / "keluar.json")
    data = json.loads((tmp_path / "keluar.json").read_text(encoding="utf-8"))
    assert list(data) == ["format", "version", "office", "sops"]
    assert list(data["office"]) == ["lines", "address", "city"]
    assert list(data["sops"][0]) == [
        "uuid", "number", "title", "status", "unit", "institution", "created_on", "revised_on",
        "revision", "effective_on", "approved_by", "legal_basis", "qualifications", "related",
        "equipment", "warnings", "records", "list_styles", "sheet", "procedures", "closing",
    ]  # fmt: skip
    assert list(data["sops"][0]["procedures"][0]) == [
        "title", "lanes", "steps", "symbols", "flows", "notes",
    ]  # fmt: skip


def test_a_file_is_for_people_too(tmp_path: Path) -> None:
    related = tuple(f"SOP ke-{number} tentang surat" for number in range(9))
    sop = Sop(Identity(title="Menata «berkas»", related=related), uuid="u")
    write_exchange([sop], None, tmp_path / "keluar.json")
    lines = (tmp_path / "keluar.json").read_text(encoding="utf-8").splitlines()
    assert lines[:7] == [
        "{",
        ' "format": "sopdesk-exchange",',
        ' "version": 1,',
        ' "sops": [',
        "  {",
        '   "uuid": "u",',
        '   "number": null,',
    ]
    assert '   "title": "Menata «berkas»",' in lines
    assert '    "SOP ke-0 tentang surat",' in lines
    assert max(map(len, lines)) <= 100


def test_no_sops_and_no_office_are_a_file_too(tmp_path: Path) -> None:
    write_exchange([], None, tmp_path / "keluar.json")
    found = read_exchange(tmp_path / "keluar.json")
    assert (found.office, found.sops) == (None, ())


def test_an_export_that_no_import_would_take_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "is_too_large", lambda content: len(content) > 10)
    file = tmp_path / "keluar.json"
    file.write_text("lama")
    with pytest.raises(UserError, match="exchange_too_much"):
        write_exchange([Sop()], None, file)
    assert file.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [file]


def test_a_target_without_its_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="target_folder_missing"):
        write_exchange([Sop()], None, tmp_path / "tidak ada" / "keluar.json")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        path.open("wb").close()
        raise OSError(28, "No space left on device")

    file = tmp_path / "keluar.json"
    file.write_text("lama")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="disk_full"):
        write_exchange([Sop()], None, file)
    assert file.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [file]
