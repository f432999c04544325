"""The history tells whose each save is, and how it came about."""

from __future__ import annotations

import getpass
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Identity, Sop
from sopdesk.foundation.person import LONGEST_NAME
from sopdesk.storage.backups import Backups
from sopdesk.storage.merging import merge
from sopdesk.storage.office_file import OfficeFile, open_file

if TYPE_CHECKING:
    from pathlib import Path

MAIL = Sop(identity=Identity(title="Surat masuk"))


def titled(title: str) -> Sop:
    return replace(MAIL, identity=Identity(title=title))


def told(file: OfficeFile, uuid: str = MAIL.uuid) -> list[tuple[str, str, str]]:
    """What the history says of each save, the newest first."""
    return [(found.event, found.cause, found.author) for found in file.revisions(uuid)]


@pytest.fixture
def rina(file: OfficeFile) -> OfficeFile:
    file.author = "Rina"
    return file


def test_each_save_bears_the_name_of_who_saved(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina.author = "Budi"
    rina.save(titled("dua"), 1)
    rina.author = "Siti"
    rina.delete(MAIL.uuid)

    assert told(rina) == [("deleted", "", "Siti"), ("saved", "", "Budi"), ("added", "", "Rina")]
    assert [found.author for found in rina.deleted()] == ["Siti"]
    last = rina.last_revision(MAIL.uuid)
    assert last is not None
    assert (last.rev, last.event, last.author) == (3, "deleted", "Siti")


def test_an_sop_that_was_never_there_has_no_last_save(file: OfficeFile) -> None:
    assert file.last_revision(MAIL.uuid) is None


def test_whoever_gave_no_name_is_called_as_the_system_does(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "pengguna")
    file.add(MAIL)
    assert told(file) == [("added", "", "pengguna")]


def test_where_the_system_has_no_name_either_none_is_noted(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    file.add(MAIL)
    assert told(file) == [("added", "", "")]


def test_a_name_is_one_short_line(rina: OfficeFile) -> None:
    rina.author = "Bu\nContoh\u202e" + "x" * 200
    rina.add(MAIL)
    (found,) = rina.revisions(MAIL.uuid)
    assert found.author == ("BuContoh" + "x" * 200)[:LONGEST_NAME]


def test_a_name_that_another_program_wrote_is_harmless_too(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina._opened.database().execute("UPDATE revisions SET author = ?", ["a\nb" * 1000])
    (found,) = rina.revisions(MAIL.uuid)
    assert found.author == ("ab" * 1000)[:LONGEST_NAME]


def test_a_version_set_aside_is_marked_as_such_and_nothing_else(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina.author = "Budi"

    rina.save(titled("gabungan"), 1, [titled("milik saya")])

    assert told(rina) == [("saved", "", "Budi"), ("saved", "aside", "Budi"), ("added", "", "Rina")]


def test_content_that_was_there_before_is_an_earlier_save_brought_back(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina.save(titled("dua"), 1)
    rina.save(MAIL, 2)
    rina.save(MAIL, 3)

    assert [found.cause for found in rina.revisions(MAIL.uuid)] == ["", "restore", "", ""]


def test_a_version_set_aside_can_be_brought_back(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina.save(titled("dua"), 1, [titled("milik saya")])
    rina.save(titled("milik saya"), 3)

    assert [found.cause for found in rina.revisions(MAIL.uuid)] == ["restore", "", "aside", ""]


def test_taking_the_others_version_over_ones_own_brings_nothing_back(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina.save(titled("milik rekan"), 1)
    rina.save(titled("milik rekan"), 2, [titled("milik saya")])

    assert [found.cause for found in rina.revisions(MAIL.uuid)] == ["", "aside", "", ""]


def test_a_deleted_sop_that_comes_back_is_told_so(rina: OfficeFile) -> None:
    rina.add(MAIL)
    rina.delete(MAIL.uuid)
    rina.author = "Budi"
    rina.undelete(MAIL.uuid)

    assert told(rina)[0] == ("added", "restore", "Budi")


def test_what_is_imported_is_told_so(rina: OfficeFile) -> None:
    rina.add_new([MAIL])
    assert told(rina) == [("added", "import", "Rina")]


def test_what_a_merge_brings_bears_the_name_of_who_saved_it_there(
    rina: OfficeFile, tmp_path: Path
) -> None:
    taken, both, new = MAIL, Sop(identity=Identity(title="Cuti")), Sop()
    rina.add(taken)
    rina.add(both)
    other = tmp_path / "kiriman.db"
    shutil.copyfile(rina.path, other)
    with open_file(other, author="Budi") as theirs:
        theirs.save(titled("lebih baru"), 1)
        theirs.save(replace(both, identity=Identity(title="Cuti Budi")), 1)
        theirs.author = "Siti"
        theirs.add(new)
    rina.save(replace(both, identity=Identity(title="Cuti Rina")), 1)

    report = merge(rina, other)

    (conflict,) = report.kept_both
    assert told(rina) == [("saved", "merge", "Budi"), ("added", "", "Rina")]
    assert told(rina, conflict.theirs_uuid) == [("added", "merge", "Budi")]
    assert told(rina, new.uuid) == [("added", "merge", "Siti")]
    assert told(rina, both.uuid)[0] == ("saved", "", "Rina")


def test_a_restored_backup_is_told_by_who_restored_it(rina: OfficeFile) -> None:
    rina.add(MAIL)
    backup = Backups(rina.path).make("restore")
    rina.save(titled("dua"), 1)

    Backups(rina.path).restore(backup, "Budi")

    assert told(rina) == [("saved", "backup", "Budi"), ("added", "", "Rina")]


def test_an_sop_that_the_backup_lacks_was_not_deleted(rina: OfficeFile) -> None:
    rina.add(Sop())
    backup = Backups(rina.path).make("restore")
    rina.add(MAIL)

    Backups(rina.path).restore(backup)

    assert rina.last_revision(MAIL.uuid) is None
