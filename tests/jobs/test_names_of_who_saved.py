"""Who saved stays in the office file: nothing that is handed out bears the name."""

from __future__ import annotations

import datetime
import zipfile
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from sopdesk.document.edits import new_sop
from sopdesk.jobs.exporting import export_sops
from sopdesk.jobs.printing import print_sheets
from sopdesk.jobs.recapping import make_recap
from sopdesk.storage.office_file import create

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Bu Penyimpan"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    with create(path, author=NAME) as file:
        file.add(new_sop("Surat masuk"))
        assert file.revisions(file.entries()[0].uuid)[0].author == NAME
    assert NAME.encode() in path.read_bytes(), "what is looked for can be found"
    return path


def test_a_printed_sheet_bears_no_name(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    print_sheets(path, out)
    reader = PdfReader(out)
    assert not [page for page in reader.pages if NAME in page.extract_text()]
    assert NAME not in str(reader.metadata)


def test_a_recap_bears_no_name(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    make_recap([path], out, on=datetime.date(2026, 1, 2))
    with zipfile.ZipFile(out) as book:
        assert not [name for name in book.namelist() if NAME.encode() in book.read(name)]


def test_an_exchange_file_bears_no_name(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    export_sops(path, out)
    assert NAME not in out.read_text(encoding="utf-8")
