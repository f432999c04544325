"""Every file that is not a sound office file is told apart, named, and left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from forked import as_nobody, in_child, needs_fork

from sopdesk.document.office import Office
from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.visible import visible
from sopdesk.foundation.wording import use_language, word_fault
from sopdesk.storage import connecting, guard
from sopdesk.storage.connecting import uri_of
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.schema import APPLICATION_ID
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = Sop(
    identity=Identity(title="Surat masuk"),
    procedures=(Procedure(steps=tuple(Step(activity="Menerima surat. " * 20) for _ in range(50))),),
)


def verdict(path: Path, *, writable: bool = True) -> str:
    """The code of the fault that opening meets; its sentence must stand in both languages."""
    with pytest.raises(UserError) as caught:
        open_file(path, writable=writable).close()
    for language in ("id", "en"):
        use_language(language)
        sentence = word_fault(caught.value)
        assert visible(str(path)) in sentence
        assert "fault." not in sentence
    return caught.value.code


def make(path: Path) -> Path:
    with create(path) as file:
        file.add(LONG)
    return path


@contextmanager
def sql(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program at work on the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def another_database(path: Path) -> None:
    with sql(path) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")


def cut_in_header(path: Path) -> None:
    path.write_bytes(make(path).read_bytes()[:60])


def cut_in_half(path: Path) -> None:
    whole = make(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def cut_by_a_byte(path: Path) -> None:
    path.write_bytes(make(path).read_bytes()[:-1])


def first_page_only(path: Path) -> None:
    path.write_bytes(make(path).read_bytes()[:4096])


def scribbled_over(path: Path) -> None:
    whole = bytearray(make(path).read_bytes())
    for page in range(1, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 64] = b"\xee" * 64
    path.write_bytes(whole)


def newer(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("UPDATE file SET made_by = '9.1'")
        connection.execute("PRAGMA user_version = 99")


def of_a_format_to_come(path: Path) -> None:
    whole = bytearray(make(path).read_bytes())
    whole[47] = 5
    path.write_bytes(whole)


def with_a_view(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("CREATE VIEW titles AS SELECT title FROM sops")


def with_a_trigger(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("CREATE TRIGGER t AFTER UPDATE ON sops BEGIN DELETE FROM revisions; END")


def with_an_index(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("CREATE INDEX i ON sops (title)")


def with_a_column(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("ALTER TABLE sops ADD COLUMN notes TEXT")


def without_a_table(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("DROP TABLE closings")


def without_version(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("PRAGMA user_version = 0")


def with_a_name_that_is_no_text(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET name = CAST(name AS BLOB) WHERE name = 'sops'")


def without_any_table(path: Path) -> None:
    with sql(path) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


FAULTS: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: None, "file_missing"),
    (lambda path: path.mkdir(), "file_is_folder"),
    (lambda path: path.touch(), "file_empty"),
    (lambda path: path.write_bytes(b"PK\x03\x04 a workbook"), "file_foreign"),
    (lambda path: path.write_bytes(b"\0" * 4096), "file_foreign"),
    (another_database, "file_foreign_database"),
    (cut_in_header, "file_damaged"),
    (cut_in_half, "file_damaged"),
    (cut_by_a_byte, "file_damaged"),
    (first_page_only, "file_damaged"),
    (scribbled_over, "file_damaged"),
    (of_a_format_to_come, "file_damaged"),
    (newer, "file_newer"),
    (with_a_view, "file_altered"),
    (with_a_trigger, "file_altered"),
    (with_an_index, "file_altered"),
    (with_a_column, "file_altered"),
    (without_a_table, "file_altered"),
    (without_version, "file_altered"),
    (without_any_table, "file_altered"),
    (with_a_name_that_is_no_text, "file_altered"),
]


@pytest.mark.parametrize(("spoil", "code"), FAULTS)
@pytest.mark.parametrize("writable", [True, False])
def test_a_bad_file_is_named_and_left_alone(
    path: Path, spoil: Callable[[Path], object], code: str, writable: bool
) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else None

    assert verdict(path, writable=writable) == code

    assert (path.read_bytes() if path.is_file() else None) == before
    assert {found.name for found in path.parent.iterdir()} <= {path.name}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)

    assert verdict(path) == "file_foreign"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
@pytest.mark.parametrize("ending", ["-journal", "-wal"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_journal_that_is_no_file_is_not_read(path: Path, ending: str, kind: str) -> None:
    make(path)
    journal = path.with_name(path.name + ending)
    if kind == "pipe":
        os.mkfifo(journal)
    elif kind == "folder":
        journal.mkdir()
    else:
        journal.symlink_to("/dev/zero")

    assert verdict(path) == "file_beside_taken"


def test_what_does_not_begin_as_ours_may_be_ours_all_the_same(path: Path) -> None:
    path.write_bytes(bytes(4096))

    with pytest.raises(UserError, match="file_foreign") as caught:
        open_file(path)

    use_language("en")
    assert "if this is one, its beginning is damaged" in word_fault(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
def test_a_name_that_is_no_text_is_a_name_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"kantor\xff.db")

    assert make(path).exists()
    with open_file(path) as file:
        assert file.save(LONG, 1) == 2


@pytest.mark.skipif(os.name == "nt", reason="there the whole path is what may be too long")
def test_a_name_too_long_for_the_files_beside_it_can_only_be_read(
    path: Path, tmp_path: Path
) -> None:
    long = make(path).rename(tmp_path / f"{'x' * 240}.db")

    with open_file(long) as file:
        assert (file.is_read_only, len(file.entries())) == (True, 1)


def test_a_newer_file_names_the_version_that_made_it(path: Path) -> None:
    newer(path)

    with pytest.raises(UserError) as caught:
        open_file(path)

    assert caught.value.facts["version"] == "9.1"


def test_a_path_through_a_file_is_missing(path: Path) -> None:
    path.touch()

    assert verdict(path / "kantor.db") == "file_missing"


def test_a_path_that_no_file_can_have_is_missing(tmp_path: Path) -> None:
    assert verdict(tmp_path / "a\0b.db") == "file_missing"


def test_who_comes_by_a_link_finds_the_same_locks(path: Path, tmp_path: Path) -> None:
    make(path)
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this user may not make links")

    with open_file(link) as file:
        assert file.path == path


@pytest.mark.parametrize("statement", ["ANALYZE", "VACUUM", "REINDEX", "PRAGMA optimize"])
def test_what_an_sqlite_browser_does_to_tidy_up_is_no_harm(path: Path, statement: str) -> None:
    with sql(make(path)) as connection:
        connection.execute(statement)

    with open_file(path) as file:
        assert file.load(LONG.uuid).sop == LONG
        assert file.save(LONG, 1) == 2


def test_a_damaged_sop_is_named_and_the_others_open(path: Path) -> None:
    other = Sop(identity=Identity(title="Surat keluar"))
    with sql(make(path)) as connection:
        connection.execute("UPDATE steps SET activity = 'Membuang surat.' WHERE position = 3")

    with open_file(path) as file:
        file.add(other)
        with pytest.raises(UserError, match="sop_damaged") as caught:
            file.load(LONG.uuid)
        assert file.load(other.uuid).sop == other
        assert [entry.title for entry in file.entries()] == ["Surat masuk", "Surat keluar"]

    assert caught.value.facts["title"] == "Surat masuk"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sops SET title = 'Lain'",
        "UPDATE sops SET effective_on = 'kemarin'",
        "UPDATE sops SET sheet = '{'",
        "UPDATE sops SET unit_id = 77",
        "DELETE FROM steps WHERE position = 7",
        "UPDATE steps SET duration_rows = 2 WHERE position = 1",
        "UPDATE steps SET remarks = x'' WHERE position = 1",
    ],
)
def test_content_changed_behind_our_back_is_not_shown_as_good(path: Path, change: str) -> None:
    with sql(make(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(change)

    with open_file(path) as file, pytest.raises(UserError, match="sop_damaged"):
        file.load(LONG.uuid)


def test_office_settings_changed_behind_our_back_are_not_used(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("UPDATE office SET city = 'Lain'")

    with open_file(path) as file:
        told: list[UserError] = []
        assert file.office(told.append) == Office()
        assert [fault.code for fault in told] == ["office_damaged"]
        with pytest.raises(UserError, match="office_damaged"):
            file.save_office(Office(city="Kota"))

        file.restore_office(Office(city="Kota"))

        assert file.office().city == "Kota"
        file.save_office(Office(city="Kabupaten"))
    assert verify(path).is_sound


def test_a_large_file_lists_at_once_but_takes_no_change_before_the_whole_is_checked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    with sql(path) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'step_items'"
        ).fetchone()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\xee" * 4096
    path.write_bytes(whole)
    assert verdict(path) == "file_damaged"
    monkeypatch.setattr(guard, "SMALL_BYTES", 0)

    with open_file(path) as file:
        assert [entry.title for entry in file.entries()] == ["Surat masuk"]
        with pytest.raises(UserError, match="file_damaged"):
            file.add(Sop())

    assert path.read_bytes() == whole


def test_a_fault_that_passes_is_no_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(path)
    fault = sqlite3.DatabaseError("database disk image is malformed")
    fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    faults, check = [fault], guard._check_quickly

    def disturbed(*facts: object) -> None:
        if faults:
            raise faults.pop()
        check(*facts)

    monkeypatch.setattr(guard, "_check_quickly", disturbed)

    open_file(path).close()

    assert not faults


def test_a_file_that_another_keeps_locked_is_busy_not_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    with sql(make(path)) as connection:
        connection.execute("BEGIN EXCLUSIVE")

        assert verdict(path) == "file_locked"
        assert verdict(path, writable=False) == "file_locked"


def test_a_wal_file_is_converted_where_it_may_be_written(path: Path) -> None:
    with sql(make(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    assert path.read_bytes()[18:20] == b"\x02\x02"

    with open_file(path) as file:
        assert file.load(LONG.uuid).sop == LONG

    assert path.read_bytes()[18:20] == b"\x01\x01"
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def leave_a_wal(path: Path) -> None:
    """Leave a file as a killed program does that used WAL mode: its last change in the WAL alone.

    Its lock file, which a copy of the two has not got, SQLite makes anew.
    """
    beside = [path, path.with_name(f"{path.name}-wal")]
    kept = [path.with_name("half"), path.with_name("half-wal")]
    with sql(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE file SET made_by = 'WAL'")
        for source, copy in zip(beside, kept, strict=True):
            shutil.copy(source, copy)
    for source, copy in zip(beside, kept, strict=True):
        copy.replace(source)


@pytest.mark.parametrize("writable", [True, False])
def test_what_stands_in_a_wal_is_read(path: Path, writable: bool) -> None:
    leave_a_wal(make(path))
    before = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    assert len(before) == 2

    with open_file(path, writable=writable) as file:
        assert file.load(LONG.uuid).sop == LONG
        found = file._connection.execute("SELECT made_by FROM file").fetchone()
        assert found == ("WAL",)
        assert file.is_read_only is not writable

    after = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    assert (after == before) is not writable
    assert len(after) == (1 if writable else 2)


def interrupt_a_save(path: Path) -> None:
    """Leave the file as a power cut in the middle of a save does: half written, journal beside."""
    whole, journal = path.with_name("half"), path.with_name("half-journal")
    with sql(path) as connection:
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE steps SET activity = 'Separuh ' || activity")
        shutil.copy(path, whole)
        shutil.copy(path.with_name(f"{path.name}-journal"), journal)
        connection.execute("ROLLBACK")
    whole.replace(path)
    journal.replace(path.with_name(f"{path.name}-journal"))


def test_an_interrupted_save_is_rolled_back_when_the_file_is_opened_to_write(path: Path) -> None:
    interrupt_a_save(make(path))

    with open_file(path) as file:
        assert file.load(LONG.uuid).sop == LONG

    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_reading_after_an_interrupted_save_reads_a_copy_and_writes_nothing(path: Path) -> None:
    interrupt_a_save(make(path))
    before = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    assert len(before) == 2

    with open_file(path, writable=False) as file:
        assert file.load(LONG.uuid).sop == LONG
        assert (file.path, file.is_read_only) == (path, True)

    assert {found.name: found.read_bytes() for found in path.parent.iterdir()} == before


@pytest.mark.parametrize("spoil", [with_a_trigger, newer])
@pytest.mark.parametrize("leave", [leave_a_wal, interrupt_a_save])
@pytest.mark.parametrize("writable", [True, False])
def test_a_file_that_is_refused_keeps_what_lies_beside_it_too(
    path: Path, spoil: Callable[[Path], None], leave: Callable[[Path], None], writable: bool
) -> None:
    spoil(path)
    leave(path)
    before = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    assert len(before) == 2

    assert verdict(path, writable=writable) in ("file_altered", "file_newer")

    assert {found.name: found.read_bytes() for found in path.parent.iterdir()} == before


def newer_but_readable(path: Path, oldest_reader: int) -> None:
    with sql(make(path)) as connection:
        connection.execute("CREATE TABLE talks (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("CREATE INDEX talks_by_text ON talks (text)")
        connection.execute(f"PRAGMA user_version = {oldest_reader << 16 | 9}")


def test_a_newer_file_that_says_we_may_is_opened_to_read(path: Path) -> None:
    newer_but_readable(path, oldest_reader=1)
    before = path.read_bytes()

    with open_file(path) as file:
        assert (file.is_read_only, file.load(LONG.uuid).sop) == (True, LONG)

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 9",
        f"PRAGMA user_version = {(VERSION + 1) << 16 | 9}",
        "CREATE VIEW titles AS SELECT title FROM sops",
        "CREATE TRIGGER t AFTER UPDATE ON sops BEGIN DELETE FROM revisions; END",
        "CREATE VIRTUAL TABLE v USING fts5 (words)",
        "ALTER TABLE sops ADD COLUMN notes TEXT",
    ],
)
def test_a_newer_file_is_refused_where_it_does_not_say_so_or_holds_what_acts(
    path: Path, change: str
) -> None:
    newer_but_readable(path, oldest_reader=1)
    with sql(path) as connection:
        connection.execute(change)

    assert verdict(path) == "file_newer"


def test_opened_for_reading_nothing_can_be_saved(path: Path) -> None:
    make(path)
    before = path.read_bytes()

    with open_file(path, writable=False) as file:
        assert file.is_read_only
        with pytest.raises(UserError, match="file_read_only"):
            file.add(Sop())

    assert path.read_bytes() == before


def look_and_try_to_save(path: Path) -> tuple[bool, list[str], str]:
    with open_file(path) as file:
        titles = [entry.title for entry in file.entries()]
        assert file.load(LONG.uuid).sop == LONG
        with pytest.raises(UserError) as caught:
            file.add(Sop())
        return file.is_read_only, titles, caught.value.code


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, as those of `tmp_path` may not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@needs_fork
@pytest.mark.parametrize(
    ("folder_mode", "file_mode"), [(0o777, 0o444), (0o555, 0o666), (0o555, 0o444)]
)
def test_a_read_only_file_or_folder_opens_and_says_so(
    open_folder: Path, folder_mode: int, file_mode: int
) -> None:
    path = make(open_folder / "kantor.db")
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)

    assert as_nobody(look_and_try_to_save, path) == (True, ["Surat masuk"], "file_read_only")

    assert [found.name for found in open_folder.iterdir()] == [path.name]


@needs_fork
def test_a_file_that_may_not_be_read_says_so(open_folder: Path) -> None:
    path = make(open_folder / "kantor.db")
    path.chmod(0o000)

    assert as_nobody(verdict, path) == "file_unreadable"


@needs_fork
def test_a_file_in_a_closed_folder_says_so(open_folder: Path) -> None:
    path = make(open_folder / "kantor.db")
    open_folder.chmod(0o000)

    assert as_nobody(verdict, path) == "file_unreadable"


@needs_fork
def test_looking_at_a_file_drops_no_lock_of_this_process(path: Path) -> None:
    # On POSIX any close of the file would drop them all, and another process could write.
    make(path)
    with open_file(path) as file:
        file._opened.database().execute("BEGIN IMMEDIATE")
        open_file(path, writable=False).close()
        open_file(path).close()

        assert another_process_can_write(path) is False

        file._opened.stop_writing()


def another_process_can_write(path: Path) -> bool:
    def try_to() -> bool:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True

    return bool(in_child(try_to))


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/data/a b#1?.db"), "file:///data/a%20b%231%3F.db?mode=rw"),
        (PurePosixPath("/data/50%.db"), "file:///data/50%25.db?mode=rw"),
        (PureWindowsPath(r"C:\Data\kantor.db"), "file:///C%3A/Data/kantor.db?mode=rw"),
        (
            PureWindowsPath(r"\\server\bagian umum\k.db"),
            "file:////server/bagian%20umum/k.db?mode=rw",
        ),
    ],
)
def test_every_path_has_its_address(path: PurePosixPath | PureWindowsPath, uri: str) -> None:
    assert uri_of(path, "rw") == uri
