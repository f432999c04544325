"""The whole chain on forty-two real SOPs, from an exchange file to sheets, recap and back."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from sopdesk.cli import main
from sopdesk.document.markup import plain
from sopdesk.storage.office_file import open_file
from tests.seeds import seed_exchange, seed_sops

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopdesk.document.values import Sop


@pytest.fixture(scope="module")
def office_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office file into which the command line has imported all of them."""
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "seeds.json").write_text(json.dumps(seed_exchange()), encoding="utf-8")
    assert main(["new", str(folder / "kantor.db")]) == 0
    assert main(["import", str(folder / "kantor.db"), str(folder / "seeds.json")]) == 0
    return folder / "kantor.db"


def stored(path: Path) -> list[Sop]:
    with open_file(path, writable=False) as office_file:
        return [one.sop for one in office_file.load_all()]


def test_they_come_in_and_go_out_and_come_in_again_equal(office_path: Path, tmp_path: Path) -> None:
    assert stored(office_path) == list(seed_sops())
    out, other = tmp_path / "keluar.json", tmp_path / "lain.db"
    assert main(["export", str(office_path), "-o", str(out)]) == 0
    assert main(["new", str(other)]) == 0
    assert main(["import", str(other), str(out)]) == 0
    assert stored(other) == list(seed_sops())


def test_they_are_listed_and_checked(office_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(office_path), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["number"] for one in listed] == [sop.identity.number for sop in seed_sops()]
    assert main(["check", str(office_path), "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert {"number_skipped"} <= {finding["code"] for finding in found}
    assert main(["verify", str(office_path)]) == 0


def texts_of(sop: Sop) -> Iterator[str]:
    """Every text of the identity and of the flow tables that the sheet must show."""
    identity = sop.identity
    yield from (identity.title, identity.number, *identity.institution)
    yield from (*identity.approved_by.position, identity.approved_by.name)
    for items in ("legal_basis", "qualifications", "related", "equipment", "warnings", "records"):
        yield from getattr(identity, items)
    for table in sop.procedures:
        yield from (table.title, *table.notes, *(lane.name for lane in table.lanes))
        for step in table.steps:
            yield from (step.activity, *step.activity_items, *step.requirements, step.duration)
            yield from (*step.outputs, step.remarks)
        yield from (flow.label for flow in table.flows)


def test_every_word_of_every_cell_is_in_the_pdf(office_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "sop.pdf"
    assert main(["print", str(office_path), "-o", str(out)]) == 0
    pdf = PdfReader(out)
    starts = [pdf.get_destination_page_number(entry) for entry in pdf.outline]  # type: ignore[arg-type]
    assert len(starts) == len(seed_sops()) == 42
    pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    missing = {
        (sop.identity.number, word)
        for sop, (start, end) in zip(seed_sops(), pairwise([*starts, len(pages)]), strict=True)
        for text in texts_of(sop)
        for word in plain(text).split()
        if word not in "".join(pages[int(start or 0) : int(end or 0)])
    }
    assert missing == set()


def test_the_recap_counts_them_and_holds_every_step(office_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "rekap.xlsx"
    assert main(["recap", str(office_path), "-o", str(out)]) == 0
    book = load_workbook(out)
    recap = {str(cell.value) for row in book["Rekap"].iter_rows() for cell in row}
    assert "JUMLAH = 42 SOP, terdiri dari:" in recap
    assert "BAGIAN ORGANISASI DAN REFORMASI BIROKRASI = 41 SOP" in recap
    register = list(book["Register"].iter_rows(min_row=2, values_only=True))
    steps = sum(len(table.steps) for sop in seed_sops() for table in sop.procedures)
    headings = [cell.value for cell in book["Register"][1]]
    assert len(register) == 42
    assert sum(int(str(row[headings.index("Jumlah Langkah")])) for row in register) == steps
