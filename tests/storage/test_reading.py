"""Reading never writes, never runs without end, and calls damage only what is found twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from forked import Child, needs_fork

from sopdesk.document.ids import new_uuid
from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage import (
    changes,
    changing,
    connecting,
    looking_again,
    office_reader,
    opening,
    writing,
)
from sopdesk.storage.connecting import connect, reading
from sopdesk.storage.office_file import OfficeFile, create, open_file
from sopdesk.storage.opening import open_guarded
from sopdesk.storage.savelock import lock_path
from sopdesk.storage.schema import APPLICATION_ID
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = 4096
STEPS = tuple(Step(activity="Menerima surat. " * 20) for _ in range(40))
SOPS = [
    Sop(identity=Identity(title=title), procedures=(Procedure(steps=STEPS),))
    for title in ("satu", "dua", "tiga")
]


@pytest.fixture
def full(file: OfficeFile) -> OfficeFile:
    """An open file with three SOPs."""
    file.add_new(SOPS)
    return file


def damage(path: Path, change: str) -> None:
    """Let another program change what our hashes vouch for."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.executescript(change)


DAMAGE = "UPDATE sops SET created_on = '2020' WHERE title = 'dua'"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sops",
        "CREATE TABLE t (id INTEGER)",
        "CREATE TEMP TABLE t (id INTEGER)",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA writable_schema = ON",
        "ATTACH ':memory:' AS other",
        "VACUUM INTO 'copy.db'",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    ],
)
def test_a_connection_that_reads_can_do_nothing_else(full: OfficeFile, statement: str) -> None:
    before = full.path.read_bytes()

    with pytest.raises(sqlite3.Error):
        full._connection.execute(statement)

    assert full.path.read_bytes() == before


def test_what_a_file_asks_for_that_is_not_reading_makes_it_altered(full: OfficeFile) -> None:
    with pytest.raises(UserError, match="file_altered"), worded(full.path):
        full._connection.execute("DELETE FROM sops")


ENDLESS = "SELECT count(*) FROM step_items a, steps b, steps c, steps d, steps e"


def test_a_query_without_end_is_stopped(full: OfficeFile) -> None:
    with (
        pytest.raises(UserError, match="file_endless"),
        worded(full.path),
        reading(full._connection, 0.02) as connection,
    ):
        connection.execute(ENDLESS).fetchone()

    assert full.load(SOPS[0].uuid).sop == SOPS[0]


def test_a_reading_that_waits_is_not_stopped(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A slow network keeps no processor busy: the clock may run, this thread's does not.
    monkeypatch.setattr(connecting.time, "thread_time", lambda: 7.0)
    monkeypatch.setattr(connecting, "_STEPS_BETWEEN_LOOKS", 1)

    assert len(full.entries()) == 3


def open_despite_damage(path: Path) -> OfficeFile:
    return OfficeFile(open_guarded(path, for_writing=False, despite_damage=True))


def page_of(path: Path, text: bytes) -> int:
    """Return where the page begins in which a text stands."""
    return path.read_bytes().index(text) // PAGE * PAGE


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody write into a locked file")
def test_a_page_that_was_read_wrong_once_is_read_again_from_the_disk(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = page_of(full.path, SOPS[0].uuid.encode())
    with open(full.path, "r+b") as stream:
        stream.seek(place)
        good = stream.read(PAGE)
        stream.seek(place)
        stream.write(b"\xee" * PAGE)
        stream.flush()
        with open_despite_damage(full.path) as file:
            with pytest.raises(UserError, match="file_damaged"):
                file.entries()
            stream.seek(place)
            stream.write(good)
            stream.flush()

            assert len(file.entries()) == 3


def test_what_passes_between_two_looks_is_no_damage(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[object] = []
    read = office_reader.read_sops

    def disturbed_once(*arguments: object) -> object:
        looks.append(arguments)
        if len(looks) == 1:
            raise UserError("sop_damaged", path="", title="", number="", uuid=SOPS[0].uuid)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(office_reader, "read_sops", disturbed_once)

    assert full.load(SOPS[0].uuid).sop == SOPS[0]
    assert len(looks) == 2
    assert [entry.is_damaged for entry in full.entries()] == [False] * 3


def test_a_change_that_meets_what_is_no_damage_says_that_it_was_disturbed(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = sqlite3.DatabaseError("database disk image is malformed")
    fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT

    def misread(*_: object) -> None:
        raise fault

    monkeypatch.setattr(writing, "rows_of", misread)

    with pytest.raises(UserError, match="file_disturbed"):
        full.save(SOPS[0], 1)


def save_and_wait(path: Path, telling: int, waiting: int) -> None:
    """Write half a save into the file, as a large one does, and finish it when told to."""
    with open_file(path) as file, file._changing() as change:
        change._database.execute("PRAGMA cache_spill = 1")
        change._database.execute("PRAGMA cache_size = 1")
        change._database.execute("UPDATE steps SET remarks = remarks || 'x'")
        change._database.execute("UPDATE steps SET remarks = substr(remarks, 2)")
        os.write(telling, b"!")
        os.read(waiting, 1)


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite's locks count for nothing, as on a share that drops them."""
    address = connecting.uri_of
    monkeypatch.setattr(
        connecting, "uri_of", lambda path, mode: f"{address(path, mode)}&vfs=unix-none"
    )


@needs_fork
@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_reading_leaves_the_journal_of_anothers_save_alone_where_locks_are_dropped(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    path = full.path
    full.close()
    without_locks(monkeypatch)
    hearing, telling = os.pipe()
    waiting, go = os.pipe()
    child = Child(save_and_wait, path, telling, waiting)
    os.read(hearing, 1)
    journal = path.with_name(f"{path.name}-journal")
    assert journal.exists()

    with closing(connect(path, mode)) as connection:  # type: ignore[arg-type]
        if mode == "ro":
            with pytest.raises(sqlite3.OperationalError) as caught:
                connection.execute("SELECT * FROM sops").fetchall()
            assert caught.value.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK
        else:  # What we would do with a connection that may write, and must not.
            connection.execute("SELECT * FROM sops").fetchall()

    assert journal.exists() is (mode == "ro")
    if mode == "ro":
        os.write(go, b"!")
        child.result()
        monkeypatch.undo()
        with open_file(path) as file:
            assert [stored.sop for stored in file.load_all()] == SOPS
    else:
        child.kill()
    for end in (hearing, telling, waiting, go):
        os.close(end)


@contextmanager
def half_a_save(path: Path) -> Iterator[Callable[[], None]]:
    """Let another process write half a save into the file; yield what lets it finish that."""
    hearing, telling = os.pipe()
    waiting, go = os.pipe()
    child = Child(save_and_wait, path, telling, waiting)
    os.read(hearing, 1)

    def finish() -> None:
        os.write(go, b"!")
        child.result()
        undone.pop_all()

    with ExitStack() as ends, ExitStack() as undone:
        for end in (hearing, telling, waiting, go):
            ends.callback(os.close, end)
        undone.callback(child.kill)
        yield finish


@needs_fork
def test_who_may_only_read_waits_for_half_a_save_where_locks_are_dropped(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    with open_file(full.path, writable=False) as file, half_a_save(full.path) as finish:
        monkeypatch.setattr(looking_again, "pause", finish)

        assert [entry.uuid for entry in file.entries()] == [sop.uuid for sop in SOPS]


def test_a_save_that_begins_while_a_file_is_opened_keeps_nobody_out(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    check = opening.check_sound
    with closing(connect(full.path, "rw")) as another:

        def saved_meanwhile(*facts: object) -> bool:
            is_checked = check(*facts)  # type: ignore[arg-type]
            another.execute("PRAGMA cache_size = 1")
            another.execute("BEGIN IMMEDIATE")
            another.execute("UPDATE steps SET remarks = remarks || 'x'")
            return is_checked

        monkeypatch.setattr(opening, "check_sound", saved_meanwhile)

        with open_file(full.path, writable=False) as file:
            assert full._opened.has_journal
            assert file._opened._copy is None
            another.execute("ROLLBACK")
            assert len(file.entries()) == 3


def test_a_damaged_sop_keeps_none_of_the_others_from_being_loaded(full: OfficeFile) -> None:
    damage(full.path, DAMAGE)
    told: list[UserError] = []

    loaded = [stored.sop for stored in full.load_all(told.append)]

    assert loaded == [SOPS[0], SOPS[2]]
    assert [(fault.code, fault.facts["position"], fault.facts["title"]) for fault in told] == [
        ("sop_damaged", 2, "dua")
    ]
    with pytest.raises(UserError, match="sop_damaged"):
        list(full.load_all())


def load_in_vain(file: OfficeFile, uuid: str) -> None:
    with pytest.raises(UserError, match="sop_damaged"):
        file.load(uuid)


@pytest.mark.parametrize(
    "find",
    [
        lambda file: list(file.check_sops()),
        lambda file: list(file.load_all(lambda fault: None)),
        lambda file: load_in_vain(file, SOPS[1].uuid),
    ],
)
def test_the_list_marks_an_sop_that_was_found_damaged(
    full: OfficeFile, find: Callable[[OfficeFile], object]
) -> None:
    damage(full.path, DAMAGE)

    find(full)

    assert [entry.is_damaged for entry in full.entries()] == [False, True, False]


def test_an_sop_that_is_saved_anew_is_damaged_no_more(full: OfficeFile) -> None:
    damage(full.path, DAMAGE)
    assert list(full.check_sops()) == [3]

    full.save(SOPS[1], 1)

    assert not any(entry.is_damaged for entry in full.entries())
    assert full.load(SOPS[1].uuid).sop == SOPS[1]


def change_a_bit_of(path: Path, uuid: str, table: str, bit: int, at: int = 20) -> None:
    """Change one bit of an SOP's uuid, or behind it, where a table or index has it."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()
    whole, start = bytearray(path.read_bytes()), (page - 1) * PAGE
    place = whole.index(uuid.encode(), start, start + PAGE)
    whole[place + at] ^= bit
    path.write_bytes(whole)


@pytest.mark.parametrize("table", ["sops", "sqlite_autoindex_sops_1"])
@pytest.mark.parametrize("bit", [1, 0x80], ids=["another letter", "no letter at all"])
def test_an_sop_and_its_index_that_differ_are_damaged_not_deleted(
    full: OfficeFile, table: str, bit: int
) -> None:
    full.close()
    change_a_bit_of(full.path, SOPS[1].uuid, table, bit)

    with open_file(full.path) as file:
        uuids = [entry.uuid for entry in file.entries()]
        for load in (lambda: file.load(uuids[1]), lambda: list(file.load_all())):
            with pytest.raises(UserError, match="sop_damaged"):
                load()
        assert [file.load(uuids[at]).sop for at in (0, 2)] == [SOPS[0], SOPS[2]]
        with pytest.raises(UserError, match="file_damaged"):
            file.save(replace(SOPS[1], uuid=uuids[1]), 1)
        assert file.load(uuids[0]).sop == SOPS[0]


@pytest.mark.parametrize("bit", [1, 2], ids=["to another SOP", "to none"])
def test_an_sop_whose_index_leads_elsewhere_is_damaged_not_deleted(
    full: OfficeFile, bit: int
) -> None:
    full.close()
    uuid = SOPS[1].uuid
    change_a_bit_of(full.path, uuid, "sqlite_autoindex_sops_1", bit, at=len(uuid))

    with open_file(full.path) as file:
        with pytest.raises(UserError, match="sop_damaged"):
            file.load(uuid)
        with suppress(UserError):
            file.delete(uuid)
        assert [file.load(SOPS[at].uuid).sop for at in (0, 2)] == [SOPS[0], SOPS[2]]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sops SET status = 'x' WHERE title = 'dua'",
        "UPDATE sops SET saved_at = 'kemarin' WHERE title = 'dua'",
        "UPDATE sops SET effective_on = '2020-13' WHERE title = 'dua'",
        "UPDATE sops SET title = CAST('dua' AS BLOB) WHERE title = 'dua'",
    ],
)
def test_a_row_that_no_save_has_written_is_marked_and_the_list_stands(
    full: OfficeFile, change: str
) -> None:
    damage(full.path, change)

    entries = full.entries()

    assert [(entry.title, entry.is_damaged) for entry in entries] == [
        ("satu", False), ("dua", True), ("tiga", False),
    ]  # fmt: skip


def test_a_damaged_file_opens_to_read_what_is_whole(path: Path) -> None:
    with create(path) as file:
        file.add_new(SOPS)
        (page,) = file._connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'revisions'"
        ).fetchone()
    with open(path, "r+b") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(b"\xee" * PAGE)
    before = path.read_bytes()
    with pytest.raises(UserError, match="file_damaged"):
        open_file(path)

    with open_despite_damage(path) as file:
        assert [stored.sop for stored in file.load_all()] == SOPS
        with pytest.raises(UserError, match="file_read_only"):
            file.save(SOPS[0], 1)

    assert path.read_bytes() == before


def test_a_deleted_sop_comes_back_as_it_was(full: OfficeFile) -> None:
    changed = replace(SOPS[1], origin=new_uuid())
    full.save(changed, 1)
    full.delete(changed.uuid)
    assert [(one.uuid, one.title, one.rev) for one in full.deleted()] == [(changed.uuid, "dua", 3)]

    assert full.undelete(changed.uuid) == 4

    assert full.load(changed.uuid).sop == changed
    assert [entry.title for entry in full.entries()] == ["satu", "tiga", "dua"]
    assert full.deleted() == []
    with pytest.raises(UserError, match="sop_not_deleted"):
        full.undelete(changed.uuid)


def test_what_was_not_saved_of_a_deleted_sop_comes_back_with_it(full: OfficeFile) -> None:
    lost, unsaved = (replace(SOPS[1], origin=new_uuid()) for _ in range(2))
    full.delete(unsaved.uuid, (lost, unsaved))

    assert full.undelete(unsaved.uuid) == 5

    assert full.load(unsaved.uuid).sop == unsaved
    assert [full.load_revision(unsaved.uuid, rev) for rev in (1, 2, 3)] == [SOPS[1], lost, unsaved]


def test_what_was_not_saved_is_kept_also_where_another_has_deleted_the_sop(
    full: OfficeFile,
) -> None:
    unsaved = replace(SOPS[1], origin=new_uuid())
    full.delete(unsaved.uuid)
    full.delete(unsaved.uuid, (unsaved,))

    assert [entry.title for entry in full.entries()] == ["satu", "tiga"]
    full.undelete(unsaved.uuid)
    assert full.load(unsaved.uuid).sop == unsaved


def test_what_was_never_there_cannot_come_back(full: OfficeFile) -> None:
    for uuid in (SOPS[0].uuid, new_uuid()):
        with pytest.raises(UserError, match="sop_not_deleted"):
            full.undelete(uuid)


def test_who_was_thought_dead_while_saving_does_not_commit(full: OfficeFile) -> None:
    # A laptop that slept: another has broken the savelock, and may be writing.
    def delete_after_a_sleep() -> None:
        with full._changing() as change:
            change.delete(SOPS[0].uuid)
            lock_path(full.path).write_bytes(b"of another")

    with pytest.raises(UserError, match="file_locked"):
        delete_after_a_sleep()

    lock_path(full.path).unlink()
    assert [stored.sop for stored in full.load_all()] == SOPS
    full.save(SOPS[0], 1)


def test_a_save_is_found_by_another_connection_than_the_one_that_wrote_it(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[sqlite3.Connection] = []
    is_in = changes.Change.is_in

    def ask(change: changes.Change, connection: sqlite3.Connection) -> bool:
        asked.append(connection)
        return is_in(change, connection)

    monkeypatch.setattr(changes.Change, "is_in", ask)

    full.save(SOPS[0], 1)

    assert asked == [full._connection]


@pytest.mark.parametrize("change", ["save_id = 'x'", "sha256 = 'x'"])
def test_a_save_that_is_not_found_as_it_was_written_is_lost(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    has_arrived = changing._has_arrived

    def after_a_fault(*arguments: object) -> bool:
        damage(full.path, f"UPDATE sops SET {change} WHERE uuid = '{SOPS[0].uuid}'")
        return has_arrived(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(changing, "_has_arrived", after_a_fault)

    with pytest.raises(UserError, match="save_lost"):
        full.save(SOPS[0], 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("ALTER TABLE units ADD COLUMN head TEXT; PRAGMA user_version = 9", "file_newer"),
        ("CREATE TRIGGER t AFTER UPDATE ON sops BEGIN DELETE FROM revisions; END", "file_altered"),
    ],
)
def test_a_file_that_another_program_changed_meanwhile_is_neither_read_nor_written(
    full: OfficeFile, change: str, code: str
) -> None:
    damage(full.path, change)

    for act in (full.entries, lambda: full.save(SOPS[0], 1)):
        with pytest.raises(UserError, match=code):
            act()


def test_a_file_put_back_to_another_version_must_be_opened_again(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    full._opened.version += 1
    damage(full.path, "ANALYZE")

    for act in (full.entries, lambda: full.save(SOPS[0], 1)):
        with pytest.raises(UserError, match="file_reopen"):
            act()


@needs_fork
def test_a_save_that_was_cut_off_is_rolled_back_by_whoever_reads_next(full: OfficeFile) -> None:
    hearing, telling = os.pipe()
    waiting, go = os.pipe()
    child = Child(save_and_wait, full.path, telling, waiting)
    os.read(hearing, 1)
    child.kill()
    assert full.path.with_name(f"{full.path.name}-journal").exists()

    assert [stored.sop for stored in full.load_all()] == SOPS

    assert [found.name for found in full.path.parent.iterdir() if found.is_file()] == [
        full.path.name
    ]
    for end in (hearing, telling, waiting, go):
        os.close(end)


def test_a_copy_for_reading_that_finds_no_room_says_so(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(full.path, "PRAGMA journal_mode = WAL")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", refuse)
    full.close()

    with pytest.raises(UserError, match="copy_no_room"):
        open_file(full.path, writable=False)


def test_no_copy_is_begun_that_the_disk_has_no_room_for(
    full: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(full.path, "PRAGMA journal_mode = WAL")
    full.close()
    copied: list[object] = []
    monkeypatch.setattr(shutil, "copyfile", lambda *paths: copied.append(paths))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=9))

    with pytest.raises(UserError, match="copy_no_room"):
        open_file(full.path, writable=False)
    assert copied == []


def test_a_file_of_a_terabyte_of_nothing_is_damaged_and_never_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "besar.db"
    beginning = b"SQLite format 3\x00" + bytes(52) + APPLICATION_ID.to_bytes(4, "big")
    path.write_bytes(beginning)
    os.truncate(path, 2**40)
    copied: list[object] = []
    monkeypatch.setattr(shutil, "copyfile", lambda *paths: copied.append(paths))

    with pytest.raises(UserError, match="file_damaged"):
        open_despite_damage(path)
    assert copied == []
