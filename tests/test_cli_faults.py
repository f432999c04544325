"""Bad input on the command line: one clear sentence each, exit 2, and nothing has changed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopdesk.cli import main
from sopdesk.document.edits import new_sop
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import word_fault
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
READING = ("list", "check", "print", "recap", "export", "layout", "verify")


@pytest.fixture
def office_path(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    with create(path) as office_file:
        for number in range(30):
            office_file.add(new_sop(f"Judul {number} {'panjang ' * 200}"))
    return path


def arguments_of(command: str, path: Path, folder: Path) -> list[str]:
    """The command on this office file, its output in the folder."""
    more = {
        "import": [str(folder / "sumber.json")],
        "print": ["-o", str(folder / "keluaran.pdf")],
        "recap": ["-o", str(folder / "keluaran.xlsx")],
        "export": ["-o", str(folder / "keluaran.json")],
        "layout": ["--sop", "#1", "--json"],
    }
    return [command, str(path), *more.get(command, [])]


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Everything in the folder and below."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence with which the command ends; both languages have one."""
    sentences = []
    for language in ("id", "en"):
        code = main([*arguments, "--lang", language])
        captured = capsys.readouterr()
        assert (code, captured.out, captured.err.count("\n")) == (2, "", 1), captured.err
        assert not captured.err.startswith(("fault.", "Ada kesalahan dalam program"))
        sentences.append(captured.err)
    assert sentences[0] != sentences[1]
    return sentences[0]


def titles(path: Path) -> list[str]:
    with open_file(path) as office_file:
        return [entry.title for entry in office_file.entries()]


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def text(path: Path) -> None:
    path.write_text("Bukan basis data.", encoding="utf-8")


def foreign_database(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE anything (value)")


def truncated_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def newer(path: Path) -> None:
    change(path, "PRAGMA user_version = 999")


def altered(path: Path) -> None:
    change(path, "CREATE TABLE guest (value)")


def circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


BROKEN = (missing, empty, folder, text, foreign_database, newer, circle)


@pytest.mark.parametrize("command", [*READING, "import"])
@pytest.mark.parametrize("spoil", BROKEN)
def test_a_file_that_is_no_office_file_is_named_and_left_alone(
    tmp_path: Path,
    office_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    spoil: Callable[[Path], None],
) -> None:
    (tmp_path / "sumber.json").write_text("{}", encoding="utf-8")
    spoil(office_path)
    before = snapshot(tmp_path)
    assert str(office_path) in refused(capsys, *arguments_of(command, office_path, tmp_path))
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("command", [command for command in READING if command != "verify"])
@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_truncated_office_file_is_called_damaged(
    tmp_path: Path,
    office_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    share: float,
) -> None:
    content = office_path.read_bytes()
    office_path.write_bytes(content[: int(len(content) * share)])
    before = snapshot(tmp_path)
    assert "rusak" in refused(capsys, *arguments_of(command, office_path, tmp_path))
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("spoil", [truncated_head, altered])
def test_verify_exits_1_on_damage(
    office_path: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]
) -> None:
    spoil(office_path)
    before = office_path.read_bytes()
    assert main(["verify", str(office_path)]) == 1
    assert str(office_path) in capsys.readouterr().out
    assert office_path.read_bytes() == before


def test_a_read_only_file_takes_no_import_but_all_else(
    tmp_path: Path,
    office_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "sumber.json").write_text(
        json.dumps({"format": "sopdesk-exchange", "version": 1, "sops": [{"title": "A"}]}),
        encoding="utf-8",
    )
    monkeypatch.setattr("sopdesk.storage.header._may_make_files", lambda _: False)
    before = snapshot(tmp_path)
    sentence = refused(capsys, *arguments_of("import", office_path, tmp_path))
    assert "hanya" in sentence
    assert snapshot(tmp_path) == before
    assert main(["list", str(office_path)]) == 0


EXCHANGES = {
    "missing": None,
    "empty": "",
    "not json": "{",
    "a list": "[]",
    "foreign": '{"format": "lain", "version": 1}',
    "newer": '{"format": "sopdesk-exchange", "version": 2, "sops": []}',
    "a wrong kind": '{"format": "sopdesk-exchange", "version": 1, "sops": [{"title": 7}]}',
    "not utf-8": b"\xff\xfe{",
}


@pytest.mark.parametrize("content", EXCHANGES.values(), ids=EXCHANGES)
def test_a_broken_exchange_file_is_refused_whole(
    tmp_path: Path,
    office_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str | bytes | None,
) -> None:
    source = tmp_path / "sumber.json"
    if content is not None:
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = snapshot(tmp_path)
    refused(capsys, "import", str(office_path), str(source))
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("command", ["print", "recap", "export"])
@pytest.mark.parametrize("where", ["missing folder", "a folder", "no permission"])
def test_a_target_that_cannot_be_written_is_named(
    tmp_path: Path,
    office_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    where: str,
) -> None:
    out_folder = tmp_path / "keluaran"
    arguments = arguments_of(command, office_path, out_folder)
    if where == "a folder":
        Path(arguments[-1]).mkdir(parents=True)
    if where == "no permission":
        out_folder.mkdir()

        def refuse(**_: object) -> tuple[int, str]:
            raise PermissionError(13, "denied")

        monkeypatch.setattr("tempfile.mkstemp", refuse)
    before = snapshot(tmp_path)
    assert arguments[-1] in refused(capsys, *arguments)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("command", ["print", "recap", "export"])
def test_an_office_file_is_never_replaced_by_what_is_made_of_it(
    tmp_path: Path, office_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    same = office_path.rename(tmp_path / "kantor.json")
    arguments = [*arguments_of(command, same, tmp_path)[:-1], str(same)]
    before = snapshot(tmp_path)
    assert "berkas kantor" in refused(capsys, *arguments)
    assert snapshot(tmp_path) == before


def test_a_recap_may_have_any_name(tmp_path: Path, office_path: Path) -> None:
    assert main(["recap", str(office_path), "-o", str(tmp_path / "rekap")]) == 0
    assert (tmp_path / "rekap").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("command", ["print", "recap", "export", "import"])
def test_a_name_that_no_file_can_have_is_refused(
    tmp_path: Path, office_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    *arguments, last = arguments_of(command, office_path, tmp_path)
    ending = ".db" if command == "import" else Path(last).suffix
    before = snapshot(tmp_path)
    refused(capsys, *arguments, str(tmp_path / f"{'x' * 300}{ending}"))
    assert snapshot(tmp_path) == before


def run_in_shell(command: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as `sopdesk "$@"` within a line of the shell."""
    line = command.replace("sopdesk", f'"{sys.executable}" -m ui.start')
    return subprocess.run(
        ["/bin/sh", "-c", line, "sh", *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_results_that_cannot_be_written_are_told(office_path: Path) -> None:
    ran = run_in_shell('sopdesk "$@" > /dev/full', "list", str(office_path))
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
    assert b"penuh" in ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close streams")
@pytest.mark.parametrize(
    ("line", "name", "code"),
    [
        ('sopdesk list "$@" >&-', "kantor.db", 0),
        ('sopdesk list "$@" <&- >&- 2>&-', "kantor.db", 0),
        ('sopdesk list "$@" 2>&-', "hilang.db", 2),
        ('sopdesk list "$@" 2>/dev/full', "hilang.db", 2),
    ],
)
def test_closed_streams_change_no_exit_code(
    office_path: Path, line: str, name: str, code: int
) -> None:
    ran = run_in_shell(line, str(office_path.with_name(name)))
    assert (ran.returncode, ran.stderr) == (code, b"")


def test_a_sentence_is_one_line_and_commands_no_terminal(
    office_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = refused(capsys, "layout", str(office_path), "--json", "--sop", "\x1b[31m\nA")
    assert "\\u001b[31m\\nA" in sentence


@pytest.mark.parametrize("json_wanted", [False, True])
def test_a_title_turns_no_line_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], json_wanted: bool
) -> None:
    title = "Surat \u202etuaK\u2066 \u200f"
    with create(tmp_path / "kantor.db") as office_file:
        office_file.add(new_sop(title))
    more = ["--json"] if json_wanted else []
    assert main(["list", str(tmp_path / "kantor.db"), *more]) == 0
    shown = capsys.readouterr().out
    assert "Surat \\u202etuaK\\u2066" in shown
    assert shown.isascii()
    if json_wanted:
        assert json.loads(shown)[0]["title"] == title


def test_a_fault_names_a_title_without_turning_its_line_round() -> None:
    fault = UserError("sop_deleted", title="Surat \u202etuaK")
    assert "Surat \\u202etuaK" in word_fault(fault)


def test_a_file_that_could_never_be_saved_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = refused(capsys, "new", str(tmp_path / f"{'x' * 237}.db"))
    assert "terlalu panjang" in sentence
    assert snapshot(tmp_path) == {}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no such folder")
def test_a_folder_that_takes_no_files_is_not_called_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "tidak dapat ditulis" in refused(capsys, "new", "/proc/kantor.db")


ENDED = """
import os, signal, sys
from sopdesk.jobs import printing
lay_out = printing._sheets
def ended(*arguments):
    yield from lay_out(*arguments)
    os.kill(os.getpid(), signal.SIGTERM)
printing._sheets = ended
from sopdesk.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a word")
def test_a_command_that_is_ended_leaves_nothing_behind(tmp_path: Path, office_path: Path) -> None:
    before = snapshot(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-c", ENDED, *arguments_of("print", office_path, tmp_path)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)
    assert snapshot(tmp_path) == before


OUTPUTS = ("keluaran.json", "keluaran.pdf", "keluaran.xlsx", "sumber.json")

FULL_DISK = """
import resource, sys
from sopdesk.cli import main
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit that Windows lacks")
@pytest.mark.parametrize("command", ["print", "recap", "export", "import", "new"])
def test_a_full_disk_is_named_and_what_was_there_stays(
    tmp_path: Path, office_path: Path, command: str
) -> None:
    out = tmp_path / "hasil"
    out.mkdir()
    for name in OUTPUTS:
        (out / name).write_bytes(b"before")
    sops = [{"title": "Baru " * 6000}] * 40
    (out / "sumber.json").write_text(
        json.dumps({"format": "sopdesk-exchange", "version": 1, "sops": sops}), encoding="utf-8"
    )
    target = out / "baru.db" if command == "new" else office_path
    limit = office_path.stat().st_size + 2000 if command == "import" else 3000
    before, listed = snapshot(tmp_path), titles(office_path)
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(limit), *arguments_of(command, target, out)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.count(b"\n") == 1
    if command in ("import", "new"):
        # The limit reaches SQLite as a fault of input and output, and its rollback may be left to
        # the next opening.
        assert b"penuh" in ran.stderr or b"terganggu" in ran.stderr
        assert titles(office_path) == listed
        assert main(["verify", str(office_path)]) == 0
        assert snapshot(out) == {name: before[f"hasil/{name}"] for name in OUTPUTS}
    else:
        assert b"penuh" in ran.stderr
        assert snapshot(tmp_path) == before
