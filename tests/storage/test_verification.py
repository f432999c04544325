"""Verifying reads everything, names what is damaged, and never writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.form import sha256
from sopdesk.document.values import Identity, Lane, Procedure, Sop, Step, Symbol
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import word_fault
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from pathlib import Path

MAIL = Sop(
    identity=Identity(title="Surat masuk"), procedures=(Procedure(steps=(Step(activity="Baca"),)),)
)
LEAVE = Sop(identity=Identity(title="Cuti"))


@pytest.fixture
def sound(path: Path) -> Path:
    with create(path) as file:
        file.add_new([MAIL, LEAVE])
        file.save(MAIL, 1)
    return path


def spoil(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(change)


def test_a_sound_file_is_counted(sound: Path) -> None:
    before = sound.read_bytes()

    found = verify(sound)

    assert (found.is_sound, found.sops, found.revisions) == (True, 2, 3)
    assert sound.read_bytes() == before
    assert [name.name for name in sound.parent.iterdir()] == [sound.name]


def test_damage_of_an_sop_without_a_number_is_told_in_a_whole_sentence(sound: Path) -> None:
    spoil(sound, "UPDATE sops SET status = 'x' WHERE title = 'Cuti'")

    (fault,) = verify(sound).faults

    assert '"Cuti" (–)' in word_fault(fault)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("UPDATE steps SET activity = 'Buang'", ["sop_damaged"]),
        ("UPDATE sops SET title = title || '!'", ["sop_damaged", "sop_damaged"]),
        ("UPDATE sops SET status = 'x' WHERE title = 'Cuti'", ["sop_damaged"]),
        ("UPDATE office SET calendar = replace(calendar, '7.5', '8')", ["office_damaged"]),
        ("UPDATE revisions SET value = x'00' WHERE rev = 2", ["revision_damaged"]),
        ("UPDATE sops SET saved_at = '2001-01-01T00:00:00+00:00' WHERE id = 1", ["file_damaged"]),
        ("UPDATE sops SET saved_at = 'kemarin' WHERE id = 1", ["file_damaged"]),
        ("DELETE FROM sop_search_config", ["file_damaged"]),
        ("DELETE FROM procedures WHERE sop_id = 1", ["file_damaged", "sop_damaged"]),
    ],
)
def test_damage_is_named(sound: Path, change: str, codes: list[str]) -> None:
    spoil(sound, change)
    before = sound.read_bytes()

    found = verify(sound)

    assert [fault.code for fault in found.faults] == codes
    assert not found.is_sound
    assert sound.read_bytes() == before


@pytest.mark.parametrize("parent", ["id", "77"])
def test_units_without_an_outermost_one_are_damage_to_whoever_reads_or_saves(
    path: Path, parent: str
) -> None:
    sop = replace(LEAVE, identity=Identity(title="Cuti", unit=("Sekretariat",)))
    with create(path) as file:
        file.add(sop)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE units SET parent_id = {parent}")

    with open_file(path) as file:
        for act in (file.entries, lambda: file.load(sop.uuid), lambda: file.save(sop, 1)):
            with pytest.raises(UserError, match="file_damaged"):
                act()
    assert {fault.code for fault in verify(path).faults} == {"file_damaged", "office_damaged"}


def test_parts_that_do_not_fit_together_are_damage_whatever_the_hash_says(path: Path) -> None:
    lanes = (Lane("a"), Lane("b"), Lane("c"))
    wide = Procedure(lanes, (Step("s"),), (Symbol("s", ("a", "b"), id="n"),))
    apart = replace(wide, symbols=(Symbol("s", ("a", "c"), id="n"),))
    with create(path) as file:
        file.add(sop := replace(LEAVE, procedures=(wide,)))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE symbol_lanes SET lane_id = 'c' WHERE lane_id = 'b'")
        forged = sha256(replace(sop, procedures=(apart,)))
        connection.execute("UPDATE sops SET sha256 = ?", [forged])

    assert [fault.code for fault in verify(path).faults] == ["file_damaged", "sop_damaged"]


def test_a_file_cut_short_is_damage(sound: Path) -> None:
    sound.write_bytes(sound.read_bytes()[:9000])

    assert [fault.code for fault in verify(sound).faults] == ["file_damaged"]


def test_what_is_no_office_file_cannot_be_verified(path: Path) -> None:
    path.write_text("surat")

    with pytest.raises(UserError, match="file_foreign"):
        verify(path)


def codes(faults: tuple[UserError, ...]) -> list[tuple[str, object]]:
    return [(fault.code, fault.facts.get("rev")) for fault in faults]


def test_a_damaged_sop_is_said_to_be_whole_in_its_history(sound: Path) -> None:
    spoil(sound, "UPDATE steps SET activity = 'Buang'")

    found = verify(sound)

    assert (found.sops, found.damaged_sops) == (2, 1)
    assert found.faults[0].facts["position"] == 1
    assert codes(found.advice) == [("verify_revision", 2)]


def test_where_its_last_revision_is_damaged_too_the_one_before_is_named(sound: Path) -> None:
    spoil(sound, "UPDATE steps SET activity = 'Buang'")
    spoil(sound, "UPDATE revisions SET value = x'00' WHERE rev = 2")

    assert ("verify_revision", 1) in codes(verify(sound).advice)


def test_damage_that_no_revision_mends_is_said_to_be_whole_in_the_newest_backup(
    sound: Path,
) -> None:
    assert codes(verify(sound).advice) == []
    Backups(sound).make("daily")
    spoil(sound, "UPDATE steps SET activity = 'Buang'")
    spoil(sound, "UPDATE revisions SET value = x'00'")

    found = verify(sound)

    assert [code for code, _ in codes(found.advice)] == ["verify_backup"]
    assert found.advice[0].facts["backup"] == str(Backups(sound).list()[0].path)


def test_without_a_backup_that_is_said(sound: Path) -> None:
    spoil(sound, "UPDATE office SET city = 'Lain'")

    assert [code for code, _ in codes(verify(sound).advice)] == ["verify_no_backup"]


def test_in_a_damaged_file_the_sops_that_are_whole_are_counted(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'step_items'"
        ).fetchone()
    with open(sound, "r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xee" * 4096)
    before = sound.read_bytes()

    found = verify(sound)

    assert (found.sops, found.is_sound, found.damaged_sops) == (2, False, None)
    assert found.rescuable == 2
    assert sound.read_bytes() == before
