"""Before the day's first change the file is kept as it was, and no save fails for it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Identity, Sop
from sopdesk.storage import backup_folder
from sopdesk.storage.backups import Backups
from sopdesk.storage.office_file import OfficeFile, open_file

if TYPE_CHECKING:
    from pathlib import Path

    from sopdesk.storage.backup_folder import Backup

MAIL = Sop(identity=Identity(title="Surat masuk"))
LEAVE = Sop(identity=Identity(title="Cuti"))


@pytest.fixture
def filled(file: OfficeFile) -> OfficeFile:
    file.add(MAIL)
    return file


def backups_of(file: OfficeFile) -> tuple[Backup, ...]:
    return Backups(file.path).list()


def let_a_day_pass(path: Path) -> None:
    for backup in Backups(path).list():
        day = f"{backup.made_at - timedelta(days=1):%Y-%m-%d}"
        name = backup.path.name.replace(f"{backup.made_at:%Y-%m-%d}", day)
        backup.path.rename(backup.path.with_name(name))


def test_a_file_that_was_just_made_needs_none(filled: OfficeFile) -> None:
    assert backups_of(filled) == ()


def test_the_first_change_of_a_day_keeps_the_file_as_it_was(filled: OfficeFile) -> None:
    for _ in range(2):
        with open_file(filled.path) as today:
            today.add(LEAVE)
            today.delete(LEAVE.uuid)
            today.save_office(replace(today.office(), city="Bogor"))
            assert today.backup_fault is None

    (kept,) = backups_of(filled)
    assert (kept.reason, kept.sops) == ("daily", 1)
    with open_file(kept.path, writable=False) as before:
        assert [entry.title for entry in before.entries()] == ["Surat masuk"]
        assert before.office().city == ""


def test_the_next_day_has_its_own(filled: OfficeFile) -> None:
    with open_file(filled.path) as file:
        file.add(LEAVE)
    let_a_day_pass(filled.path)

    with open_file(filled.path) as file:
        file.delete(LEAVE.uuid)

    assert [backup.sops for backup in backups_of(filled)] == [2, 1]


@pytest.mark.parametrize("hindrance", ["backup_no_room", "backup_unwritable"])
def test_a_backup_that_fails_is_told_and_the_change_is_saved(
    filled: OfficeFile, monkeypatch: pytest.MonkeyPatch, hindrance: str
) -> None:
    if hindrance == "backup_no_room":
        monkeypatch.setattr(backup_folder, "ROOM", 10**12)
    else:
        filled.path.with_name(f"{filled.path.name}.cadangan").touch()
        monkeypatch.setenv("XDG_DATA_HOME", os.fspath(filled.path))
        monkeypatch.setenv("LOCALAPPDATA", os.fspath(filled.path))

    with open_file(filled.path) as file:
        file.add(LEAVE)

        assert file.backup_fault is not None
        assert file.backup_fault.code == hindrance
        assert len(file.entries()) == 2
    assert backups_of(filled) == ()


def test_what_could_not_be_kept_in_the_morning_is_kept_at_the_next_change(
    filled: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_file(filled.path) as file:
        with monkeypatch.context() as morning:
            morning.setattr(backup_folder, "ROOM", 10**12)
            file.add(LEAVE)
        file.delete(LEAVE.uuid)
        assert file.backup_fault is None
        assert [backup.sops for backup in backups_of(filled)] == [2]


def test_what_could_not_be_kept_in_the_morning_is_kept_by_the_next_session(
    filled: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as morning, open_file(filled.path) as file:
        morning.setattr(backup_folder, "ROOM", 10**12)
        file.add(LEAVE)

    with open_file(filled.path) as file:
        file.delete(LEAVE.uuid)

    assert [backup.sops for backup in backups_of(filled)] == [2]
