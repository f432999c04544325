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


def test_a_sound_file_is_counted(sound: Path) -> None:
    before = sound.read_bytes()

    found = verify(sound)

    assert (found.is_sound, found.sops, found.revisions) == (True, 2, 3)
    assert sound.read_bytes() == before
    assert [name.name for name in sound.parent.iterdir()] == [sound.name]


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
    with closing(sqlite3.connect(sound)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(change)
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
