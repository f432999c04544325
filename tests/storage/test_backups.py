"""Backups hold what the file held, are few enough, and bring it back whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from forked import Child, needs_fork

from sopdesk.document.office import Office
from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage import backup_folder, backups, connecting, copying, savelock
from sopdesk.storage.backup_folder import Backup, Reason, keep_daily, surplus
from sopdesk.storage.backups import Backups, newest_good_backup, send_copy
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.opening import open_guarded
from sopdesk.storage.verification import verify

MAIL = Sop(identity=Identity(title="Surat masuk"))
LEAVE = Sop(identity=Identity(title="Cuti"))
TODAY = datetime.now(UTC)
Usage = namedtuple("Usage", "total used free")


def titled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


def titles(path: Path) -> list[str]:
    with open_file(path, writable=False) as file:
        return [entry.title for entry in file.entries()]


@pytest.fixture
def folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.cadangan")


@pytest.fixture
def filled(path: Path) -> Path:
    with create(path) as file:
        file.add_new([MAIL, LEAVE])
    return path


@pytest.fixture
def kept(filled: Path) -> Backup:
    return Backups(filled).make("merge")


def spoil(path: Path, sql: str = "UPDATE sops SET title = 'x' WHERE title = 'Cuti'") -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def daily_of(path: Path) -> Backup | None:
    """Make the day's backup as the first change of a day does."""
    with closing(open_guarded(path, for_writing=True)) as opened:
        return keep_daily(opened.database().conn, path)


class TestMaking:
    @pytest.mark.parametrize("reason", ["daily", "migration", "merge", "restore"])
    def test_a_backup_holds_what_the_file_holds_and_is_listed(
        self, filled: Path, folder: Path, reason: Reason
    ) -> None:
        made = Backups(filled).make(reason)

        assert Backups(filled).list() == (made,)
        assert (made.reason, made.sops, made.is_sound) == (reason, 2, True)
        assert made.size == filled.stat().st_size
        assert abs(made.made_at - datetime.now(UTC)) < timedelta(minutes=1)
        assert [found.name for found in folder.iterdir()] == [made.path.name]
        assert verify(made.path).is_sound
        assert titles(made.path) == ["Surat masuk", "Cuti"]

    def test_the_daily_one_is_made_once_a_day(
        self, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert daily_of(filled) is not None
        assert daily_of(filled) is None

        (made,) = Backups(filled).list()
        yesterday = f"{made.made_at - timedelta(days=1):%Y-%m-%d}"
        name = made.path.name.replace(f"{made.made_at:%Y-%m-%d}", yesterday)
        made.path.rename(made.path.with_name(name))
        assert daily_of(filled) is not None

    def test_nobody_saves_meanwhile(self, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(savelock, "WAIT_SECONDS", 0.1)
        with savelock.held(filled), pytest.raises(UserError, match="file_locked"):
            Backups(filled).make("merge")

    def test_a_disk_with_too_little_room_is_left_alone(
        self, filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        size = filled.stat().st_size
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 3 * size - 1))
        with pytest.raises(UserError, match="backup_no_room"):
            Backups(filled).make("merge")
        assert list(folder.iterdir()) == []

        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 3 * size))
        Backups(filled).make("merge")

    def test_where_nothing_can_be_written_it_goes_to_the_users_folder(
        self, filled: Path, folder: Path
    ) -> None:
        folder.write_text("a file in its place")

        made = Backups(filled).make("merge")

        assert made.path.parent.parent == Path(os.environ["XDG_DATA_HOME"], "SOPDesk", "cadangan")
        assert Backups(filled).list() == (made,)
        assert Backups(filled.with_name("other.db")).list() == ()

    def test_a_folder_of_the_callers_choice_is_the_only_one(
        self, filled: Path, folder: Path, tmp_path: Path
    ) -> None:
        made = Backups(filled, tmp_path / "own").make("merge")

        assert made.path.parent == tmp_path / "own"
        assert not folder.exists()
        with pytest.raises(UserError, match="backup_unwritable"):
            Backups(filled, filled / "below a file").make("merge")

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
    def test_it_is_as_private_as_the_file(self, filled: Path, folder: Path) -> None:
        filled.chmod(0o600)
        filled.parent.chmod(0o750)

        made = Backups(filled).make("merge")

        assert made.path.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o750

    def test_a_file_with_a_damaged_sop_is_kept_as_it_is_and_said_to_be(self, filled: Path) -> None:
        spoil(filled)

        made = Backups(filled).make("merge")

        assert (made.sops, made.is_sound) == (1, False)
        assert Backups(filled).list() == (made,)

    def test_a_copy_that_is_not_like_the_file_is_no_backup(
        self, filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def pour_badly(source: sqlite3.Connection, target: sqlite3.Connection, _: Path) -> None:
            source.backup(target)
            target.execute("UPDATE sops SET title = 'x'")

        monkeypatch.setattr(copying, "pour", pour_badly)
        with pytest.raises(UserError, match="file_disturbed"):
            Backups(filled).make("merge")
        assert list(folder.iterdir()) == []

    def test_what_is_no_backup_is_not_listed_and_stays(self, kept: Backup, filled: Path) -> None:
        stray = kept.path.with_name("catatan.txt")
        stray.touch()
        Backups(filled).make("merge")
        assert stray not in {backup.path for backup in Backups(filled).list()}
        assert stray.exists()


class TestKeeping:
    @staticmethod
    def backup(days: int, reason: Reason, is_sound: bool = True) -> Backup:
        return Backup(Path(f"{days}"), TODAY - timedelta(days=days), reason, 1, 1, is_sound)

    def test_ten_daily_and_five_others_stay(self) -> None:
        many = [self.backup(day, reason) for day in range(20) for reason in ("daily", "merge")]
        gone = surplus(many)
        stay = [backup for backup in many if backup not in gone]
        assert [backup.made_at for backup in stay if backup.reason == "daily"] == [
            TODAY - timedelta(days=day) for day in range(10)
        ]
        assert [backup.made_at for backup in stay if backup.reason == "merge"] == [
            TODAY - timedelta(days=day) for day in range(5)
        ]

    def test_those_of_a_damaged_file_push_no_sound_one_out(self) -> None:
        damaged = [self.backup(day, "daily", is_sound=False) for day in range(30)]
        sound = [self.backup(day, "daily") for day in range(30, 40)]
        assert not set(surplus([*damaged, *sound])) & set(sound)

    def test_what_is_too_many_goes_when_one_more_is_made(self, filled: Path) -> None:
        made = [Backups(filled).make("merge") for _ in range(6)]
        assert Backups(filled).list() == tuple(made[:0:-1])

    def test_one_that_was_made_while_a_clock_was_ahead_is_the_first_to_go(
        self, filled: Path
    ) -> None:
        made = [Backups(filled).make("merge") for _ in range(5)]
        for backup in made:
            name = backup.path.name.replace(f"{backup.made_at:%Y}", "2099")
            backup.path.rename(backup.path.with_name(name))

        new = Backups(filled).make("merge")

        assert len(Backups(filled).list()) == 5
        assert new in Backups(filled).list()

    @pytest.mark.parametrize(
        "time",
        ["2024-13-40 250000.000000", "0001-01-01 000000.000000", "2024-01-01 000000.00000１"],
    )
    def test_a_name_of_no_such_time_is_none_of_a_backup(
        self, filled: Path, folder: Path, time: str
    ) -> None:
        folder.mkdir()
        (folder / f"x {time}Z harian 3 SOP.db").touch()

        assert Backups(filled).list() == ()
        assert daily_of(filled) is not None

    @pytest.mark.skipif(os.name == "nt", reason="Windows lets hardly anybody make a link")
    def test_what_cannot_be_reached_hides_none_of_the_others(
        self, filled: Path, folder: Path
    ) -> None:
        made = [Backups(filled).make("merge") for _ in range(3)]
        for number in range(1, 10):
            (folder / f"x 2024-01-0{number} 000000.000000Z harian 3 SOP.db").symlink_to("nowhere")

        assert sorted(Backups(filled).list(), key=lambda found: found.made_at) == made

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
    def test_a_file_of_a_name_in_two_lines_has_its_backups_too(self, tmp_path: Path) -> None:
        path = tmp_path / "two\nlines.db"
        create(path).close()

        made = Backups(path).make("merge")

        assert Backups(path).list() == (made,)


class TestRestoring:
    def test_the_file_holds_again_what_it_held(self, kept: Backup, filled: Path) -> None:
        with open_file(filled) as file:
            file.delete(LEAVE.uuid)
            file.save(titled(MAIL, "Surat keluar"), 1)

        Backups(filled).restore(kept)

        assert titles(filled) == ["Surat masuk", "Cuti"]
        assert verify(filled).is_sound
        before = Backups(filled).list()[0]
        assert before.reason == "restore"
        assert titles(before.path) == ["Surat keluar"]
        assert not list(filled.parent.glob(".*"))

    def test_a_restore_can_be_taken_back(self, kept: Backup, filled: Path) -> None:
        with open_file(filled) as file:
            file.delete(LEAVE.uuid)
        shelf = Backups(filled)
        shelf.restore(kept)

        shelf.restore(shelf.list()[0])

        assert titles(filled) == ["Surat masuk"]

    def test_an_open_session_sees_it_and_its_old_work_is_a_conflict(
        self, kept: Backup, filled: Path
    ) -> None:
        with open_file(filled) as file, open_file(filled) as other:
            for rev, title in enumerate(("dua", "tiga", "empat"), 1):
                file.save(titled(MAIL, title), rev)
            (before,) = other._connection.execute("PRAGMA data_version").fetchone()
            inode = filled.stat().st_ino

            Backups(filled).restore(kept)

            assert other._connection.execute("PRAGMA data_version").fetchone() != (before,)
            assert filled.stat().st_ino == inode
            stored = other.load(MAIL.uuid)
            assert (stored.sop, stored.rev) == (MAIL, 5)
            assert other.load(LEAVE.uuid).rev == 1
            for rev in range(1, 5):
                with pytest.raises(UserError, match="save_conflict"):
                    file.save(titled(MAIL, "lima"), rev)
            assert file.save(titled(MAIL, "lima"), 5) == 6
        assert verify(filled).is_sound

    def test_office_settings_that_were_open_are_a_conflict_too(
        self, kept: Backup, filled: Path
    ) -> None:
        with open_file(filled) as file:
            file.office()
            file.save_office(Office(city="Bogor"))
            Backups(filled).restore(kept)
            with pytest.raises(UserError, match="office_conflict"):
                file.save_office(Office(city="Depok"))
            assert file.office().city == ""

    def test_a_deleted_sop_that_comes_back_counts_on(self, kept: Backup, filled: Path) -> None:
        with open_file(filled) as file:
            file.delete(LEAVE.uuid)
            Backups(filled).restore(kept)
            assert file.load(LEAVE.uuid).rev == 3
            assert [revision.rev for revision in file.revisions(LEAVE.uuid)] == [3, 1]

    def test_a_backup_that_is_damaged_is_refused(self, kept: Backup, filled: Path) -> None:
        spoil(kept.path)
        before = filled.read_bytes()
        for _ in range(2):
            with pytest.raises(UserError, match="backup_damaged"):
                Backups(filled).restore(kept)
            kept.path.write_bytes(b"surat" * 1000)
        assert filled.read_bytes() == before
        assert Backups(filled).list() == (replace(kept, size=5000),)

    @pytest.mark.parametrize("content", [b"", b"surat" * 1000, None])
    def test_a_file_that_is_gone_or_no_longer_readable_comes_back(
        self, kept: Backup, filled: Path, content: bytes | None
    ) -> None:
        filled.unlink() if content is None else filled.write_bytes(content)
        journal = filled.with_name(f"{filled.name}-journal")
        journal.write_bytes(b"of the damaged file")

        Backups(filled).restore(kept)

        assert titles(filled) == ["Surat masuk", "Cuti"]
        assert verify(filled).is_sound
        asides = {backup.path for backup in Backups(filled).list()} - {kept.path}
        assert [path.read_bytes() for path in asides] == ([] if content is None else [content])
        if content is not None:
            (aside,) = asides
            assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"of the damaged file"

    def test_a_file_damaged_inside_comes_back(self, kept: Backup, filled: Path) -> None:
        content = bytearray(filled.read_bytes())
        content[4096:] = bytes(len(content) - 4096)
        filled.write_bytes(content)

        Backups(filled).restore(kept)

        assert verify(filled).is_sound

    def test_a_restore_that_fails_leaves_the_file_as_it_was(
        self, kept: Backup, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise UserError("file_locked", path=str(filled))

        with open_file(filled) as file:
            file.delete(LEAVE.uuid)
        monkeypatch.setattr(backups, "pour", fail)
        with pytest.raises(UserError, match="file_locked"):
            Backups(filled).restore(kept)
        assert titles(filled) == ["Surat masuk"]

    @pytest.mark.parametrize("has_happened", [True, False])
    def test_an_error_is_believed_only_where_the_restore_is_not_found_in_the_file(
        self, kept: Backup, filled: Path, monkeypatch: pytest.MonkeyPatch, has_happened: bool
    ) -> None:
        def fail(source: sqlite3.Connection, live: sqlite3.Connection, _: Path) -> None:
            if has_happened:
                source.backup(live)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error

        with open_file(filled) as file:
            file.delete(LEAVE.uuid)
        monkeypatch.setattr(backups, "pour", fail)
        if has_happened:
            Backups(filled).restore(kept)
        else:
            with pytest.raises(UserError, match="file_disturbed"):
                Backups(filled).restore(kept)
        assert ("Cuti" in titles(filled)) == has_happened

    def test_a_file_that_another_reads_all_the_while_is_left_as_it_was(
        self, kept: Backup, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copying, "BUSY_SECONDS", 0.0)
        monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.0)
        before = filled.read_bytes()
        with closing(sqlite3.connect(filled, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT 1 FROM sops").fetchone()
            with pytest.raises(UserError, match="file_locked"):
                Backups(filled).restore(kept)
        assert filled.read_bytes() == before
        assert verify(filled).is_sound

    @needs_fork
    def test_whatever_others_save_meanwhile_is_in_the_file_or_in_the_backups(
        self, kept: Backup, filled: Path
    ) -> None:
        children = [Child(save_often, filled, sop) for sop in (MAIL, LEAVE)]
        for _ in range(2):
            Backups(filled).restore(kept)
        saved = {title for child in children for title in child.result()}

        assert verify(filled).is_sound
        places = [filled, *(backup.path for backup in Backups(filled).list())]
        assert saved <= {title for place in places for title in titles_ever(place)}

    @needs_fork
    @pytest.mark.parametrize("done", [0.1, 0.5, 0.9])
    def test_a_restore_that_is_killed_midway_is_rolled_back(self, path: Path, done: float) -> None:
        kept = kill_midway(path, done, journal="DELETE")

        assert path.with_name(f"{path.name}-journal").stat().st_size > 4096
        assert titles(path) == ["Surat keluar"]
        assert verify(path).is_sound
        Backups(path).restore(kept)
        assert titles(path) == ["Surat masuk"]
        assert verify(path).is_sound

    @needs_fork
    def test_without_a_journal_it_would_not_be(self, path: Path) -> None:
        kill_midway(path, 0.5, journal="OFF")

        assert not verify(path).is_sound

    def test_without_new_numbers_old_work_would_overwrite_that_of_others(
        self, kept: Backup, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def only_name(source: sqlite3.Connection, *_: object) -> str:
            source.execute("UPDATE file SET save_id = 'restored'")
            return "restored"

        monkeypatch.setattr(backups, "outrank", only_name)
        with open_file(filled) as file:
            old = file.save(titled(MAIL, "dua"), 1)
            Backups(filled).restore(kept)
            assert file.save(titled(MAIL, "of another"), 1) == old
            file.save(titled(MAIL, "lost"), old)


def kill_midway(path: Path, done: float, journal: str) -> Backup:
    """Make a file and its backup, save once more, and restore until the process is killed."""
    steps = tuple(Step(activity=f"{number} " * 200) for number in range(300))
    with create(path) as file:
        file.add(replace(MAIL, procedures=(Procedure(steps=steps),)))
        kept = Backups(path).make("merge")
        file.save(titled(MAIL, "Surat keluar"), 1)
    child = Child(restore_and_die, path, kept, done, journal)
    _, status = os.waitpid(child.pid, 0)
    assert os.WIFSIGNALED(status)
    return kept


def save_often(path: Path, sop: Sop) -> list[str]:
    """Save an SOP eight times, each time over what it is then; return the titles it had."""
    saved: list[str] = []
    with open_file(path) as file:
        while len(saved) < 8:
            title = f"{sop.identity.title} {len(saved)}"
            rev = file.load(sop.uuid).rev
            with contextlib.suppress(UserError):  # the restore came between
                file.save(titled(sop, title), rev)
                saved.append(title)
    return saved


def titles_ever(path: Path) -> set[str]:
    with open_file(path, writable=False) as file:
        return {revision.title for sop in (MAIL, LEAVE) for revision in file.revisions(sop.uuid)}


def restore_and_die(path: Path, kept: Backup, done: float, journal: str) -> None:
    """Restore page by page with hardly a cache, so that pages reach the file before the end."""

    def pour_in_part(source: sqlite3.Connection, live: sqlite3.Connection, _: Path) -> None:
        live.execute("PRAGMA cache_size = 5")
        live.execute(f"PRAGMA journal_mode = {journal}")

        def die(_status: int, left: int, pages: int) -> None:
            if left < (1 - done) * pages:
                os.kill(os.getpid(), 9)

        source.backup(live, pages=5, progress=die)

    backups.pour = pour_in_part
    Backups(path).restore(kept)


class TestTheNewestGoodOne:
    def test_one_that_has_been_damaged_since_is_passed_over(
        self, kept: Backup, filled: Path
    ) -> None:
        newer = Backups(filled).make("merge")
        assert newest_good_backup(filled) == newer
        spoil(newer.path)
        assert newest_good_backup(filled) == kept
        kept.path.write_bytes(b"")
        assert newest_good_backup(filled) is None

    def test_one_of_a_damaged_file_is_not_good(self, kept: Backup, filled: Path) -> None:
        spoil(filled)
        Backups(filled).make("merge")
        assert newest_good_backup(filled) == kept


class TestSendingACopy:
    def test_a_copy_opens_anywhere(self, filled: Path, tmp_path: Path) -> None:
        target = tmp_path / "kiriman.db"
        with open_file(filled):
            send_copy(filled, target)
        assert titles(target) == ["Surat masuk", "Cuti"]
        assert verify(target).is_sound

    def test_the_file_itself_and_one_in_use_are_no_target(
        self, filled: Path, tmp_path: Path
    ) -> None:
        link = tmp_path / "tautan.db"
        os.link(filled, link)
        used = tmp_path / "lain.db"
        used.with_name("lain.db-journal").touch()
        before = filled.read_bytes()
        for target in (filled, link, used):
            with pytest.raises(UserError, match="out_is_office_file"):
                send_copy(filled, target)
        assert filled.read_bytes() == before

    def test_what_fails_leaves_nothing(self, path: Path, tmp_path: Path) -> None:
        path.write_text("surat")
        with pytest.raises(UserError, match="file_foreign"):
            send_copy(path, tmp_path / "kiriman.db")
        assert list(tmp_path.iterdir()) == [path]


def test_a_source_that_is_locked_is_given_up(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.0)
    with open_file(filled) as file, closing(sqlite3.connect(filled)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="file_locked"):
            backup_folder.keep(file._connection, filled, "merge")
