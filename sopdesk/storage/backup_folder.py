"""The folder of an office file's backups: what is in it, what goes in and what must leave.

It stands beside the file, where every clerk finds it, or in the user's folder where nothing can be
written there. A backup's name says all that is listed of it, so that a list opens no file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from sopdesk.foundation.atomic import replacing
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.places import user_folder
from sopdesk.storage.copying import Contents, copy_to
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Reason = Literal["daily", "migration", "merge", "restore"]

KEPT_DAILY = 10
KEPT_OTHERS = 5
KEPT_UNSOUND = 5
"""Backups of a damaged file count by themselves: they must never push a sound one out."""

ROOM = 3
"""So many times the file's size must be free: the backup, a journal as large, and work to come."""

_WORDS: dict[Reason, str] = {
    "daily": "harian",
    "migration": "pembaruan",
    "merge": "penggabungan",
    "restore": "pemulihan",
}
_REASONS = {word: reason for reason, word in _WORDS.items()}
_TIME = "%Y-%m-%d %H%M%S.%f"
_NAME = re.compile(
    rf".* (20\d\d-\d\d-\d\d \d{{6}}\.\d{{6}})Z ({'|'.join(_REASONS)}) (\d+) SOP( rusak)?\.db",
    re.ASCII | re.DOTALL,
)
_UNNAMED = "baru.db"
"""A backup in the making; only its name makes it one."""
_LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of an office file: made when (UTC), why, of how many bytes, with how many SOPs.

    `is_sound` is false where the file itself had damage when it was made; `sops` then counts the
    ones that are whole.
    """

    path: Path
    made_at: datetime
    reason: Reason
    size: int
    sops: int
    is_sound: bool = True


def folders_of(path: Path) -> tuple[Path, Path]:
    """Return where the backups of the file at an absolute path may stand, the better place first.

    In the user's folder files of one name in different folders must not share one.
    """
    mark = hashlib.sha256(os.path.normcase(path).encode(errors="surrogateescape")).hexdigest()[:12]
    beside = path.with_name(f"{path.name}.cadangan")
    return beside, user_folder() / "cadangan" / f"{_stem(path)}-{mark}"


def keep(
    source: sqlite3.Connection, path: Path, reason: Reason, folder: Path | None = None
) -> Backup:
    """Make a backup of the open file at `path`, and let those go that are too many.

    The caller holds the savelock and has no transaction open. Without a `folder` it goes to the
    first of `folders_of` that takes it.

    Raises:
        UserError: `backup_no_room`, `backup_unwritable`, those of `copying.copy_to`. Nothing is
            left behind.
    """
    return fill(path, reason, folder, lambda target: copy_to(source, target, path))


def keep_daily(source: sqlite3.Connection, path: Path, folder: Path | None = None) -> Backup | None:
    """Make the day's backup, otherwise like `keep`; None where there is one, or nothing to keep.

    Days are those of this computer's calendar. A file that nothing was ever saved in is not kept.

    Raises:
        UserError: as `keep` does.
    """
    today = datetime.now(UTC).astimezone().date()
    folders = folders_of(path) if folder is None else (folder,)
    with worded(path):
        is_new = source.execute("SELECT 1 FROM revisions LIMIT 1").fetchone() is None
    if is_new or any(
        backup.reason == "daily" and backup.made_at.astimezone().date() == today
        for backup in kept_in(folders)
    ):
        return None
    return keep(source, path, "daily", folder)


def fill(
    path: Path, reason: Reason, folder: Path | None, write: Callable[[Path], Contents]
) -> Backup:
    """Let `write` make the backup of the file at `path` in a given place; otherwise like `keep`.

    Raises:
        UserError: as `keep` does, or as `write` does.
    """
    place = _ready(path, folders_of(path) if folder is None else (folder,))
    try:
        found = path.stat()
        check_room(place, found.st_size, path)
        made_at = datetime.now(UTC)
        with replacing(place / _UNNAMED) as temporary:
            contents = write(temporary)
        target = place / _name(path, made_at, reason, contents)
        (place / _UNNAMED).chmod(found.st_mode & 0o777)  # it is as private as the file itself
        (place / _UNNAMED).replace(target)
    except OSError as error:
        raise UserError("backup_unwritable", path=str(path), folder=str(place)) from error
    _tidy(place, made_at)
    return Backup(target, made_at, reason, found.st_size, *contents)


def check_room(folder: Path, size: int, path: Path) -> None:
    """Refuse to begin what may fill the disk: a full one would stop the saves too.

    Raises:
        UserError: `backup_no_room`.
        OSError: the disk does not answer.
    """
    if shutil.disk_usage(folder).free < ROOM * size:
        megabytes = -(-ROOM * size // 2**20)
        raise UserError("backup_no_room", path=str(path), folder=str(folder), megabytes=megabytes)


def kept_in(folders: Iterable[Path]) -> tuple[Backup, ...]:
    """Return the backups in these folders, the newest first; what has no such name is not one."""
    found = [backup for folder in folders for backup in _in(folder)]
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def surplus(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups that are too many, given the newest first."""
    room = {"daily": KEPT_DAILY, "other": KEPT_OTHERS, "unsound": KEPT_UNSOUND}
    too_many = []
    for backup in backups:
        kind = "daily" if backup.reason == "daily" else "other"
        kind = kind if backup.is_sound else "unsound"
        room[kind] -= 1
        if room[kind] < 0:
            too_many.append(backup)
    return too_many


def _ready(path: Path, folders: Iterable[Path]) -> Path:
    """Return the first of the folders that takes files, made if need be."""
    for folder in folders:
        with contextlib.suppress(OSError):
            _make(folder)
            with tempfile.TemporaryFile(dir=folder):
                return folder
    raise UserError("backup_unwritable", path=str(path), folder=str(folder))


def _make(folder: Path) -> None:
    """Make a folder that is open to those to whom the folder around it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
        folder.chmod(folder.parent.stat().st_mode & 0o777)


def _in(folder: Path) -> Iterator[Backup]:
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if (parts := _NAME.fullmatch(path.name)) is not None:
                time, word, sops, flaw = parts.groups()
                # no such day: another gave it the name; no such file: another has just removed it
                with contextlib.suppress(ValueError, OSError):
                    made_at = datetime.strptime(time, _TIME).replace(tzinfo=UTC)
                    size = path.stat().st_size
                    yield Backup(path, made_at, _REASONS[word], size, int(sops), flaw is None)


def _tidy(folder: Path, made_at: datetime) -> None:
    """Remove what is too many; what another program holds just now goes the next time.

    One of a later time than the newest was made while a clock was ahead. It counts as the oldest:
    else it would stay for years, and what is made today would leave at once.
    """
    backups = kept_in([folder])
    of_ahead = [backup for backup in backups if backup.made_at > made_at]
    for backup in surplus([*backups[len(of_ahead) :], *of_ahead]):
        with contextlib.suppress(OSError):
            backup.path.unlink()


def _name(path: Path, made_at: datetime, reason: Reason, contents: Contents) -> str:
    flaw = "" if contents.is_sound else " rusak"
    time = f"{made_at:{_TIME}}"
    return f"{_stem(path)} {time}Z {_WORDS[reason]} {contents.sops} SOP{flaw}.db"


def _stem(path: Path) -> str:
    return path.stem[:_LONGEST_STEM]
