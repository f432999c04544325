"""A damaged file is rescued into a new one: what is sound comes, what is not is named."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from released.make import file_of

from sopdesk.document.office import Office
from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage.merging import merge
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.rescuing import Loss, open_in_its_place, reading_sound, rescue
from sopdesk.storage.verification import verify

PAGE = 4096
OFFICE = Office(lines=("DINAS CONTOH",), city="Contoh")


def sop(title: str, unit: tuple[str, ...] = ("Umum",)) -> Sop:
    steps = tuple(Step(activity=f"{title}, langkah {row}", id=f"s{row}") for row in range(3))
    return Sop(Identity(title=title, number=title[:2], unit=unit), (Procedure(steps=steps),))


MAIL, LEAVE, ARCHIVE = SOPS = [sop("Surat masuk"), sop("Cuti"), sop("Arsip", ("Umum", "TU"))]


def titled(found: Sop, title: str) -> Sop:
    return replace(found, identity=replace(found.identity, title=title))


@pytest.fixture
def damaged(path: Path) -> Path:
    """A file with three SOPs, one saved twice, and one deleted; the tests damage it."""
    with create(path, OFFICE) as file:
        file.add_new(SOPS)
        file.save(titled(LEAVE, "Cuti tahunan"), 1)
        file.add(gone := sop("Sudah dihapus"))
        file.delete(gone.uuid)
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "baru.db"


def spoil(path: Path, *changes: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for change in changes:
            connection.execute(change)


def wipe(path: Path, part: str) -> None:
    """Overwrite the first page of a table or index."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [part]
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xee" * PAGE
    path.write_bytes(content)


def titles(path: Path) -> list[str]:
    with open_file(path) as file:
        return [stored.sop.identity.title for stored in file.load_all()]


ALL = ["Surat masuk", "Cuti tahunan", "Arsip"]


def test_a_sound_file_comes_whole_with_its_histories_and_can_go_on(
    damaged: Path, new: Path
) -> None:
    told: list[tuple[int, int]] = []

    rescued = rescue(damaged, new, lambda done, total: told.append((done, total)))

    assert (rescued.sops, rescued.is_complete) == (3, True)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert verify(new).is_sound
    with open_file(damaged) as old, open_file(new) as file:
        assert list(file.load_all()) == list(old.load_all())
        assert file.office() == old.office() == OFFICE
        for one in SOPS:
            assert file.revisions(one.uuid) == old.revisions(one.uuid)
        assert file.deleted() == old.deleted()
        assert file.search("cuti") == [LEAVE.uuid]
        assert file.save(titled(LEAVE, "Cuti besar"), 2) == 3
        report = merge(old, new)
        assert [entry.title for entry in report.taken] == ["Cuti besar"], "one knows the other"


SCHEMA_PAGES = (1, 17, 18, 27)
"""Where every file says what tables it has; the first page also bears the header."""


def wipe_pages(path: Path, *numbers: int) -> None:
    content = bytearray(path.read_bytes())
    for number in numbers:
        start = max((number - 1) * PAGE, 100)
        content[start : number * PAGE] = bytes(number * PAGE - start)
    path.write_bytes(content)


@pytest.mark.parametrize("pages", [(1,), (17,), (18,), (27,), SCHEMA_PAGES])
def test_where_a_file_no_longer_says_what_tables_it_has_ours_stand_in(
    damaged: Path, new: Path, pages: tuple[int, ...]
) -> None:
    with open_file(damaged) as file:
        saved = list(file.load_all())
        histories = [file.revisions(one.uuid) for one in SOPS]
        deleted = file.deleted()
    wipe_pages(damaged, *pages)
    before = damaged.read_bytes()

    rescued = rescue(damaged, new)

    assert rescued.is_complete
    assert damaged.read_bytes() == before
    with open_file(new) as file:
        assert list(file.load_all()) == saved
        assert [file.revisions(one.uuid) for one in SOPS] == histories
        assert file.deleted() == deleted


@pytest.mark.parametrize("version", [1, 2])
def test_each_released_version_has_its_own_tables_stand_in(
    path: Path, new: Path, version: int
) -> None:
    shutil.copy(file_of(version), path)
    with open_file(path, writable=False) as file:
        saved = [stored.sop for stored in file.load_all()]
    wipe_pages(path, *SCHEMA_PAGES)

    assert rescue(path, new).is_complete
    with open_file(new) as file:
        assert [stored.sop for stored in file.load_all()] == saved


def test_a_file_that_was_brought_up_to_date_has_its_tables_stand_in_too(
    path: Path, new: Path
) -> None:
    shutil.copy(file_of(1), path)
    with open_file(path) as file:
        saved = [stored.sop for stored in file.load_all()]
    wipe_pages(path, *SCHEMA_PAGES)

    assert rescue(path, new).is_complete
    with open_file(new) as file:
        assert [stored.sop for stored in file.load_all()] == saved


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("page_bytes", [512, PAGE, 8192])
def test_a_file_that_another_program_has_tidied_has_its_tables_stand_in_too(
    path: Path, new: Path, version: int, page_bytes: int
) -> None:
    shutil.copy(file_of(version), path)
    with open_file(path, writable=False) as file:
        saved = [stored.sop for stored in file.load_all()]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("VACUUM")
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes(page_bytes - 100) + content[page_bytes:])

    assert rescue(path, new).is_complete
    with open_file(new) as file:
        assert [stored.sop for stored in file.load_all()] == saved


def test_what_another_program_has_put_among_the_tables_does_not_come(
    damaged: Path, new: Path
) -> None:
    spoil(damaged, "CREATE VIEW daftar AS SELECT title FROM sops")
    with pytest.raises(UserError, match="file_altered"):
        open_file(damaged)

    assert rescue(damaged, new).is_complete
    assert titles(new) == ALL


@pytest.mark.parametrize(
    ("place", "found"), [(16, b"\x02\x00"), (16, b"\x00\x03"), (62, b"\xff\xff")]
)
def test_a_header_that_is_damaged_too_makes_no_harm(
    damaged: Path, new: Path, place: int, found: bytes
) -> None:
    wipe_pages(damaged, *SCHEMA_PAGES)
    content = bytearray(damaged.read_bytes())
    content[place : place + 2] = found
    damaged.write_bytes(content)

    with pytest.raises(UserError, match=r"rescue_nothing|file_newer|file_foreign_database"):
        rescue(damaged, new)
    assert not new.exists()


@pytest.mark.parametrize(
    "part",
    ["steps", "units", "sops", "sop_search", "sops_by_position", "sqlite_autoindex_revisions_1"],
)
def test_whatever_page_cannot_be_read_every_sop_comes_as_it_was_saved(
    damaged: Path, new: Path, part: str
) -> None:
    wipe(damaged, part)
    before = damaged.read_bytes()
    with pytest.raises(UserError, match="file_damaged"):
        open_file(damaged)

    rescued = rescue(damaged, new)

    assert rescued.sops == 3
    assert sorted(titles(new)) == sorted(ALL)
    assert verify(new).is_sound
    assert damaged.read_bytes() == before
    with open_file(new) as file:
        assert [one.title for one in file.deleted()] == ["Sudah dihapus"]


@pytest.mark.parametrize("filling", [b"\0", b"\xee"])
def test_a_file_whose_beginning_is_lost_is_damaged_and_comes_whole(
    damaged: Path, new: Path, filling: bytes
) -> None:
    content = damaged.read_bytes()
    damaged.write_bytes(filling * PAGE + content[PAGE:])
    before = damaged.read_bytes()
    with pytest.raises(UserError, match="file_damaged"):
        open_file(damaged)

    assert verify(damaged).rescuable == 3
    assert rescue(damaged, new).losses == ()

    assert titles(new) == ALL
    assert damaged.read_bytes() == before


def test_without_any_history_the_sops_themselves_come(damaged: Path, new: Path) -> None:
    wipe(damaged, "revisions")
    wipe(damaged, "sqlite_autoindex_revisions_1")

    rescued = rescue(damaged, new)

    assert rescued.is_complete
    assert rescued.lost_saves >= len(ALL)
    assert titles(new) == ALL
    assert verify(new).is_sound


def test_an_sop_without_rows_in_what_cannot_be_read_comes_all_the_same(
    path: Path, new: Path
) -> None:
    with create(path) as file:
        file.add_new([*SOPS, Sop(Identity(title="Baru judul"), (Procedure(),))])
    for page in ("steps", "revisions", "sqlite_autoindex_revisions_1"):
        wipe(path, page)

    assert verify(path).rescuable == 1
    rescued = rescue(path, new)

    assert titles(new) == ["Baru judul"]
    assert [loss.title for loss in rescued.losses] == [one.identity.title for one in SOPS]
    assert rescued.lost_saves == 4


def test_saves_that_are_no_longer_sound_are_counted(damaged: Path, new: Path) -> None:
    spoil(damaged, "UPDATE revisions SET value = x'00' WHERE rev = 1")

    assert rescue(damaged, new).lost_saves == 4


@pytest.mark.parametrize("note", ["event = 'sawed'", "cause = 'marge'", "author = x'00'"])
def test_a_save_with_a_note_that_none_writes_is_not_sound(
    damaged: Path, new: Path, note: str
) -> None:
    spoil(damaged, "PRAGMA ignore_check_constraints = ON", f"UPDATE revisions SET {note}")

    rescued = rescue(damaged, new)

    assert titles(new) == ALL
    assert rescued.lost_saves > 4


def test_a_save_of_which_the_index_tells_otherwise_comes_once(damaged: Path, new: Path) -> None:
    second, third = (f"{LEAVE.uuid}".encode() + number + b"saved" for number in (b"\2", b"\3"))
    content = damaged.read_bytes()
    assert content.count(second) == 1
    damaged.write_bytes(content.replace(second, third))

    rescued = rescue(damaged, new)

    assert titles(new) == ALL
    assert rescued.lost_saves == 1


def test_of_a_file_that_was_copied_in_part_what_has_come_is_rescued(path: Path, new: Path) -> None:
    with create(path) as file:
        for number in range(30):
            file.add(sop(f"SOP {number}"))
        saved = [stored.sop for stored in file.load_all()]
    content = path.read_bytes()
    path.write_bytes(content[: -2 * PAGE])
    before = path.read_bytes()

    rescued = rescue(path, new)

    with open_file(new) as file:
        found = [stored.sop for stored in file.load_all()]
    assert 0 < rescued.sops == len(found)
    assert all(one in saved for one in found)
    assert rescued.sops + sum(loss.saved_at is None for loss in rescued.losses) >= 30
    assert path.read_bytes() == before


def test_sops_of_which_not_even_the_title_is_left_are_counted(path: Path, new: Path) -> None:
    with create(path) as file:
        for number in range(30):
            file.add(sop(f"SOP {number}"))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with pytest.raises(UserError, match="rescue_nothing"):
        rescue(path, new)

    assert not new.exists()


def test_a_damaged_sop_comes_from_its_history_and_nothing_is_lost(damaged: Path, new: Path) -> None:
    spoil(damaged, "UPDATE sops SET number = 'x' WHERE title = 'Cuti tahunan'")

    assert rescue(damaged, new).is_complete
    assert titles(new) == ALL


def test_where_only_an_earlier_save_is_sound_that_comes_and_is_named(
    damaged: Path, new: Path
) -> None:
    spoil(
        damaged,
        "UPDATE sops SET number = 'x' WHERE title = 'Cuti tahunan'",
        "UPDATE revisions SET value = x'00' WHERE rev = 2 AND title = 'Cuti tahunan'",
    )

    rescued = rescue(damaged, new)

    (loss,) = rescued.losses
    assert (loss.title, loss.uuid, loss.saved_at is None) == ("Cuti", LEAVE.uuid, False)
    assert titles(new) == ["Surat masuk", "Cuti", "Arsip"]


def test_an_sop_of_which_nothing_is_sound_is_named_and_the_others_come(
    damaged: Path, new: Path
) -> None:
    spoil(
        damaged,
        "UPDATE sops SET number = 'x' WHERE title = 'Arsip'",
        "UPDATE revisions SET value = x'00' WHERE title = 'Arsip'",
        "UPDATE office SET city = 'x'",
    )

    rescued = rescue(damaged, new)

    assert rescued.losses == (Loss(ARCHIVE.uuid, "x", "Arsip"),)
    assert not rescued.has_office
    assert titles(new) == ALL[:2]
    with open_file(new) as file:
        assert file.office() == Office()


@pytest.mark.parametrize("part", ["steps", "sops"])
def test_a_file_of_an_older_version_is_rescued_too(path: Path, new: Path, part: str) -> None:
    shutil.copyfile(file_of(1), path)
    with open_file(path, writable=False) as file:
        saved = sorted(stored.sop.uuid for stored in file.load_all())
    shutil.copyfile(file_of(1), path)
    wipe(path, part)

    rescued = rescue(path, new)

    with open_file(new) as file:
        assert sorted(stored.sop.uuid for stored in file.load_all()) == saved
    assert rescued.is_complete
    assert verify(new).is_sound


def test_a_version_set_aside_never_comes_back_as_the_sop(damaged: Path, new: Path) -> None:
    with open_file(damaged) as file:
        file.save(titled(MAIL, "Punya saya"), 1, [titled(MAIL, "Punya mereka")])
    spoil(
        damaged,
        "UPDATE sops SET number = 'x' WHERE title = 'Punya saya'",
        "UPDATE revisions SET value = x'00' WHERE title = 'Punya saya'",
    )

    rescue(damaged, new)

    assert titles(new)[0] == "Surat masuk"


def test_a_file_in_which_nothing_is_sound_makes_no_new_one(path: Path, new: Path) -> None:
    with create(path) as file:
        file.add(MAIL)
    path.write_bytes(path.read_bytes()[:PAGE])

    with pytest.raises(UserError, match="rescue_nothing"):
        rescue(path, new)

    assert not new.exists()


def test_what_is_there_is_never_overwritten(damaged: Path, new: Path) -> None:
    new.write_text("surat")

    with pytest.raises(UserError, match="file_exists"):
        rescue(damaged, new)

    assert new.read_text() == "surat"
    with pytest.raises(UserError, match="file_exists"):
        rescue(damaged, damaged)


def test_what_progress_raises_ends_the_rescue_and_leaves_nothing(damaged: Path, new: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescue(damaged, new, stop)

    assert [found.name for found in damaged.parent.iterdir()] == [damaged.name]


def test_what_was_rescued_opens_in_the_place_of_the_damaged_file_to_read_only(
    damaged: Path,
) -> None:
    wipe(damaged, "steps")
    folder = tempfile.TemporaryDirectory()
    stand_in = Path(folder.name, damaged.name)
    rescue(damaged, stand_in)

    with open_in_its_place(damaged, folder) as file, file.again() as again:
        for one in (file, again):
            assert (one.path, one.stand_in, one.is_read_only) == (damaged, stand_in, True)
            assert [entry.title for entry in one.entries()] == ALL
        with pytest.raises(UserError, match="file_read_only"):
            file.save(MAIL, 1)
    assert not Path(folder.name).exists()


def test_a_folder_without_the_file_is_cleared_away(damaged: Path) -> None:
    folder = tempfile.TemporaryDirectory()
    with pytest.raises(UserError, match="file_unreadable"):
        open_in_its_place(damaged, folder)
    assert not Path(folder.name).exists()


def test_reading_what_is_sound_needs_no_rescue_without_damage(damaged: Path) -> None:
    with reading_sound(damaged) as (file, rescued):
        assert rescued is None
        assert file.stand_in is None
    wipe(damaged, "steps")
    with reading_sound(damaged) as (file, rescued):
        assert rescued is not None
        assert rescued.is_complete
        assert [entry.title for entry in file.entries()] == ALL
        stand_in = file.stand_in
    assert stand_in is not None
    assert not stand_in.exists()
