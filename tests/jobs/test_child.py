"""A task in a child process: what it says, and that ending it leaves nothing half-written."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from sopdesk.document.edits import new_sop
from sopdesk.document.form import to_form
from sopdesk.jobs import child
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _same_signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    with create(path) as office_file:
        for number in range(3):
            office_file.add(new_sop(f"Judul {number}"))
    return path


def said(job: Mapping[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    """The exit code of a job, and the objects that it wrote."""
    out = io.StringIO()
    code = child.main(io.StringIO(json.dumps(job)), out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_job_tells_its_progress_and_what_it_made(tmp_path: Path, path: Path) -> None:
    out = tmp_path / "a.pdf"
    code, lines = said({"task": "print", "file": str(path), "out": str(out), "wanted": ["#1"]})
    assert code == 0
    assert lines[0] == {"progress": [1, 1]}
    pages = len(PdfReader(out).pages)
    made = {"out": str(out), "sops": 1, "pages": pages, "titles": 0, "damage": []}
    assert lines[-1]["done"] == made


def test_a_job_carries_what_is_not_saved_yet(tmp_path: Path, path: Path) -> None:
    with open_file(path) as office_file:
        stored = next(office_file.load_all()).sop
    form = {**to_form(stored), "title": "Diubah"}
    out = tmp_path / "a.xlsx"
    code, _ = said({"task": "recap", "file": str(path), "out": str(out), "unsaved": [form]})
    assert (code, load_workbook(out)["Register"]["C2"].value) == (0, "Diubah")


def test_checking_a_copy_and_a_restore_are_jobs_too(tmp_path: Path, path: Path) -> None:
    (_, lines) = said({"task": "verify", "file": str(path)})
    assert lines == [{"done": {"sops": 3, "revisions": 3, "faults": [], "advice": []}}]

    copy = tmp_path / "salinan.db"
    assert said({"task": "send_copy", "file": str(path), "out": str(copy)})[0] == 0
    with open_file(copy) as office_file:
        assert len(office_file.entries()) == 3

    backup = Backups(path).make("daily")
    with open_file(path) as office_file:
        office_file.delete(office_file.entries()[0].uuid)
    code, _ = said({"task": "restore", "file": str(path), "backup": str(backup.path)})
    with open_file(path) as office_file:
        assert (code, len(office_file.entries())) == (0, 3)


def test_a_backup_that_is_gone_is_not_restored(tmp_path: Path, path: Path) -> None:
    code, lines = said({"task": "restore", "file": str(path), "backup": str(tmp_path / "x.db")})
    assert (code, lines[-1]["fault"]["code"]) == (2, "file_missing")


def test_export_and_import_are_jobs_too(tmp_path: Path, path: Path) -> None:
    out, other = str(tmp_path / "a.json"), str(tmp_path / "lain.db")
    create(other).close()
    assert said({"task": "export", "file": str(path), "out": out})[0] == 0
    code, lines = said({"task": "import", "file": other, "sources": [out, "tiada.json"]})
    first, second = lines[-1]["done"]
    assert code == 0
    assert [sop["title"] for sop in first["added"]] == ["Judul 0", "Judul 1", "Judul 2"]
    assert second["fault"]["code"] == "file_missing"


def test_merge_is_a_job_too(tmp_path: Path, path: Path) -> None:
    other = str(tmp_path / "lain.db")
    create(other).close()
    code, lines = said({"task": "merge", "file": other, "other": str(path)})
    assert (code, lines[-2]) == (0, {"progress": [4, 4]})
    assert [sop["title"] for sop in lines[-1]["done"]["added"]] == ["Judul 0", "Judul 1", "Judul 2"]


def test_a_fault_is_told_with_its_facts(tmp_path: Path) -> None:
    missing = str(tmp_path / "tiada.db")
    code, lines = said({"task": "recap", "files": [missing], "out": str(tmp_path / "a.xlsx")})
    assert (code, lines) == (2, [{"fault": {"code": "file_missing", "facts": {"path": missing}}}])


def test_a_child_ends_quietly_when_nobody_listens(tmp_path: Path, path: Path) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    job = {"task": "recap", "file": str(path), "out": str(tmp_path / "a.xlsx")}
    with pytest.raises(SystemExit) as leaving:
        child.main(io.StringIO(json.dumps(job)), Gone())
    assert leaving.value.code == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kantor.db"]


SLOW = """
import sys
from sopdesk.jobs import child, printing

def stop_here(sheets, path, *, progress, **_):
    from sopdesk.foundation.atomic import replacing
    with replacing(path) as temporary:
        temporary.write_text("half")
        progress(1)
        sys.stdin.buffer.raw.read()

import sopdesk.output.pdf
sopdesk.output.pdf.write_pdf = stop_here
import io
sys.exit(child.main(io.StringIO(sys.stdin.readline()), sys.stdout))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_ending_the_process_leaves_the_output_as_it_was(
    tmp_path: Path, path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"before")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    job = {"task": "print", "file": str(path), "out": str(out)}
    process.stdin.write(json.dumps(job).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline()) == {"progress": [1, 3]}
    process.send_signal(number)
    _, complaints = process.communicate(timeout=30)
    assert (process.returncode != 0, complaints) == (True, b"")
    assert out.read_bytes() == b"before"
    leftovers = {file.name for file in tmp_path.iterdir()} - {"kantor.db", "a.pdf"}
    # What SIGKILL leaves, the next write of the same name clears away; see `atomic`.
    assert bool(leftovers) == (number == signal.SIGKILL)


def test_the_package_runs_as_a_program(tmp_path: Path, path: Path) -> None:
    job = {"task": "recap", "file": str(path), "out": str(tmp_path / "a.xlsx")}
    ran = subprocess.run(
        [sys.executable, "-m", "sopdesk.jobs"],
        input=json.dumps(job).encode(),
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout.splitlines()[-1])["done"]["sops"] == 3
