"""A mailed copy comes back: what is newer comes in, what both have changed is kept twice."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.office import Office
from sopdesk.document.values import Identity, Sop, Status
from sopdesk.foundation.faults import UserError
from sopdesk.storage import merging
from sopdesk.storage.backups import Backup, Backups, Reason
from sopdesk.storage.merging import merge
from sopdesk.storage.office_file import OfficeFile, create, open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sopdesk.storage.office_file import Entry

MAIL = Sop(identity=Identity(title="Surat masuk", number="01"))
LEAVE = Sop(identity=Identity(title="Cuti"))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Where the mailed copy lies."""
    return tmp_path / "kiriman.db"


def mailed(file: OfficeFile, other: Path) -> Path:
    """Send a copy of the file as it is."""
    shutil.copyfile(file.path, other)
    return other


def change(path: Path | OfficeFile, sop: Sop, **fields: object) -> Sop:
    """Save an SOP changed, in a file that is open or closed."""
    if not isinstance(path, OfficeFile):
        with open_file(path) as opened:
            return change(opened, sop, **fields)
    stored = path.load(sop.uuid)
    changed = replace(stored.sop, **fields)  # type: ignore[arg-type]
    path.save(changed, stored.rev)
    return changed


def titles(entries: Iterable[Entry]) -> list[str]:
    return [entry.title for entry in entries]


def stored(file: OfficeFile) -> list[Sop]:
    return [found.sop for found in file.load_all()]


def test_an_sop_that_is_equal_is_skipped_and_nothing_is_written(
    file: OfficeFile, other: Path
) -> None:
    file.add_new([MAIL, LEAVE])
    mailed(file, other)
    before = file.path.read_bytes()
    report = merge(file, other)
    assert titles(report.skipped) == ["Surat masuk", "Cuti"]
    assert (report.added, report.taken, report.kept_both, report.backup) == ((), (), (), None)
    assert file.path.read_bytes() == before


def test_a_new_sop_comes_in_under_its_uuid(file: OfficeFile, other: Path) -> None:
    file.add(MAIL)
    with open_file(mailed(file, other)) as theirs:
        theirs.add(LEAVE, 1)
    report = merge(file, other)
    assert titles(report.added) == ["Cuti"]
    assert stored(file) == [MAIL, LEAVE]


def test_what_was_made_from_ours_is_taken_over_and_ours_stays_in_the_history(
    file: OfficeFile, other: Path
) -> None:
    file.add(MAIL)
    newer = change(mailed(file, other), MAIL, status=Status.FINAL)
    report = merge(file, other)
    assert titles(report.taken) == ["Surat masuk"]
    assert stored(file) == [newer]
    assert file.load_revision(MAIL.uuid, 1) == MAIL


def test_what_ours_was_made_from_is_skipped(file: OfficeFile, other: Path) -> None:
    file.add(MAIL)
    mailed(file, other)
    newer = change(file, MAIL, status=Status.FINAL)
    assert titles(merge(file, other).skipped) == ["Surat masuk"]
    assert stored(file) == [newer]


def test_going_back_to_an_earlier_content_is_a_change_like_any_other(
    file: OfficeFile, other: Path
) -> None:
    """Told by the names of the saves: the contents alone would call each the other's ancestor."""
    file.add(MAIL)
    change(file, MAIL, status=Status.FINAL)
    mailed(file, other)
    change(file, MAIL, status=MAIL.status)
    assert titles(merge(file, other).skipped) == ["Surat masuk"]
    assert stored(file) == [MAIL]

    shutil.copyfile(file.path, other)
    back = change(other, MAIL, status=Status.FINAL)
    assert titles(merge(file, other).taken) == ["Surat masuk"]
    assert stored(file) == [back]


def test_what_both_changed_is_kept_twice_side_by_side(file: OfficeFile, other: Path) -> None:
    file.add_new([MAIL, LEAVE])
    theirs = change(mailed(file, other), MAIL, status=Status.FINAL)
    ours = change(file, MAIL, status=Status.REVIEW)
    report = merge(file, other)
    (conflict,) = report.kept_both
    kept = replace(theirs, uuid=conflict.theirs_uuid, origin=MAIL.uuid)
    assert (conflict.ours_uuid, conflict.number, conflict.title) == (MAIL.uuid, "01", "Surat masuk")
    assert stored(file) == [ours, kept, LEAVE]
    assert conflict.base_rev is not None
    assert file.load_revision(MAIL.uuid, conflict.base_rev) == MAIL


def test_several_conflicts_each_stand_beside_their_own(file: OfficeFile, other: Path) -> None:
    sops = [Sop(identity=Identity(title=word)) for word in ("A", "B", "C", "D")]
    file.add_new(sops)
    mailed(file, other)
    for sop in (sops[0], sops[2]):
        change(other, sop, status=Status.FINAL)
        change(file, sop, status=Status.REVIEW)
    with open_file(other) as theirs:
        theirs.move(sops[3].uuid, 1)
        theirs.add(Sop(identity=Identity(title="E")), 1)
    merge(file, other)
    assert [(entry.title, entry.status.value) for entry in file.entries()] == [
        ("A", "review"), ("A", "final"), ("B", "draft"),
        ("C", "review"), ("C", "final"), ("D", "draft"), ("E", "draft"),
    ]  # fmt: skip


def test_merging_again_brings_nothing(file: OfficeFile, other: Path) -> None:
    file.add_new([MAIL, LEAVE])
    mailed(file, other)
    change(other, MAIL, status=Status.FINAL)
    change(file, MAIL, status=Status.REVIEW)
    change(other, LEAVE, status=Status.FINAL)
    merge(file, other)
    before = stored(file)
    report = merge(file, other)
    assert titles(report.skipped) == ["Surat masuk", "Cuti"]
    assert (report.kept_both, stored(file)) == ((), before)


def test_a_conflict_that_was_settled_does_not_come_back(file: OfficeFile, other: Path) -> None:
    file.add(MAIL)
    change(mailed(file, other), MAIL, status=Status.FINAL)
    change(file, MAIL, status=Status.REVIEW)
    (conflict,) = merge(file, other).kept_both
    settled = change(file, MAIL, status=Status.APPROVED)
    file.delete(conflict.theirs_uuid)
    assert titles(merge(file, other).skipped) == ["Surat masuk"]
    assert stored(file) == [settled]


def test_a_copy_of_the_merged_file_knows_all_that_its_sender_sent(
    file: OfficeFile, other: Path
) -> None:
    file.add(MAIL)
    theirs = change(mailed(file, other), MAIL, status=Status.FINAL)
    ours = change(file, MAIL, status=Status.REVIEW)
    merge(file, other)
    with open_file(other) as back:
        report = merge(back, file.path)
        assert [found.status for found in stored(back)] == [theirs.status, ours.status]
        assert len(report.kept_both) == 1
        assert len(report.skipped) == 1


def test_what_was_deleted_here_stays_deleted_unless_it_was_changed_there(
    file: OfficeFile, other: Path
) -> None:
    file.add_new([MAIL, LEAVE])
    mailed(file, other)
    newer = change(other, LEAVE, status=Status.FINAL)
    file.delete(MAIL.uuid)
    file.delete(LEAVE.uuid)
    report = merge(file, other)
    assert (titles(report.skipped), titles(report.added)) == (["Surat masuk"], ["Cuti"])
    assert stored(file) == [newer]


def test_what_was_deleted_there_stays_here(file: OfficeFile, other: Path) -> None:
    file.add(MAIL)
    with open_file(mailed(file, other)) as theirs:
        theirs.delete(MAIL.uuid)
    merge(file, other)
    assert stored(file) == [MAIL]


def test_sops_that_came_by_an_exchange_file_are_told_by_their_content(
    file: OfficeFile, other: Path
) -> None:
    file.add(MAIL)
    with create(other) as theirs:
        theirs.add(MAIL)
    newer = change(other, MAIL, status=Status.FINAL)
    assert titles(merge(file, other).taken) == ["Surat masuk"]
    assert stored(file) == [newer]


def test_where_each_held_the_other_s_content_once_both_are_kept(
    file: OfficeFile, other: Path
) -> None:
    final = replace(MAIL, status=Status.FINAL)
    file.add(MAIL)
    change(file, MAIL, status=Status.FINAL)
    with create(other) as theirs:
        theirs.add(final)
    change(other, MAIL, status=MAIL.status)
    assert len(merge(file, other).kept_both) == 1


def test_office_settings_stay_ours_even_where_there_are_none(file: OfficeFile, other: Path) -> None:
    with create(other, Office(lines=("DINAS LAIN",), city="Contoh")) as theirs:
        theirs.add(MAIL)
    before = file.office()
    merge(file, other)
    assert file.office() == before


def test_the_file_is_backed_up_before(file: OfficeFile, other: Path) -> None:
    file.add(MAIL)
    change(mailed(file, other), MAIL, status=Status.FINAL)
    report = merge(file, other)
    assert report.backup is not None
    assert report.backup.reason == "merge"
    Backups(file.path).restore(report.backup)
    assert stored(file) == [MAIL]


def test_the_other_file_is_never_written_to(file: OfficeFile, other: Path) -> None:
    with create(other) as theirs:
        theirs.add(MAIL)
    other.chmod(0o444)
    before = other.read_bytes()
    assert titles(merge(file, other).added) == ["Surat masuk"]
    assert other.read_bytes() == before


def test_all_come_in_or_none(
    file: OfficeFile, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(MAIL)
    with open_file(mailed(file, other)) as theirs:
        theirs.add(LEAVE)
    change(other, MAIL, status=Status.FINAL)

    def fail(*_: object) -> None:
        raise UserError("sop_too_much", title="", path="")

    monkeypatch.setattr("sopdesk.storage.changes.Change.insert", fail)
    with pytest.raises(UserError, match="sop_too_much"):
        merge(file, other)
    assert stored(file) == [MAIL]
    assert verify(file.path).is_sound


def test_a_save_by_a_colleague_meanwhile_is_seen(
    file: OfficeFile, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(MAIL)
    theirs = change(mailed(file, other), MAIL, status=Status.FINAL)
    ours: list[Sop] = []

    class Slow(Backups):
        def make(self, reason: Reason) -> Backup:
            backup = super().make(reason)
            ours.append(change(file.path, MAIL, status=Status.REVIEW))
            return backup

    monkeypatch.setattr(merging, "Backups", Slow)
    (conflict,) = merge(file, other).kept_both
    assert stored(file) == [*ours, replace(theirs, uuid=conflict.theirs_uuid, origin=MAIL.uuid)]


def test_progress_reaches_its_end_and_may_stop_the_merge(file: OfficeFile, other: Path) -> None:
    with create(other) as theirs:
        theirs.add_new([MAIL, LEAVE])
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        merge(file, other, stop)
    assert stored(file) == []
    merge(file, other, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_file_is_not_merged_into_itself(file: OfficeFile, other: Path) -> None:
    other.symlink_to(file.path)
    for name in (file.path, other):
        with pytest.raises(UserError, match="merge_itself"):
            merge(file, name)


def test_what_is_sound_in_a_damaged_file_comes_and_the_rest_is_named(
    file: OfficeFile, other: Path
) -> None:
    file.add(MAIL)
    with open_file(mailed(file, other)) as theirs:
        theirs.save(replace(MAIL, status=Status.FINAL), 1)
        theirs.add(LEAVE)
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE sops SET number = 'x'")
        connection.execute("UPDATE revisions SET value = x'00' WHERE title = 'Surat masuk'")
    before = other.read_bytes()

    report = merge(file, other)

    assert titles(report.added) == ["Cuti"], "its history has it whole"
    assert [(loss.title, loss.saved_at) for loss in report.losses] == [("Surat masuk", None)]
    assert stored(file) == [MAIL, LEAVE]
    assert other.read_bytes() == before


def test_a_file_that_takes_no_writing_takes_no_merge(
    path: Path, file: OfficeFile, other: Path
) -> None:
    mailed(file, other)
    with open_file(path, writable=False) as ours, pytest.raises(UserError, match="file_read_only"):
        merge(ours, other)
