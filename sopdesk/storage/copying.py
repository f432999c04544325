"""Copies of an office file by SQLite's backup API: of one moment, examined before they count.

A file is never copied byte by byte while it is in use: that copy could hold half a save.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.foundation.faults import UserError
from sopdesk.storage.assembling import read_sops
from sopdesk.storage.connecting import BUSY_SECONDS, connect, database_on, reading
from sopdesk.storage.guard import check_schema, check_whole, patience_with
from sopdesk.storage.migrations import VERSION, migrate
from sopdesk.storage.offices import read_office
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_BATCH = 100


class Contents(NamedTuple):
    """What is sound in a file: how many of its SOPs, and whether that and the office is all."""

    sops: int
    is_sound: bool


def copy_to(source: sqlite3.Connection, target: Path, named: Path) -> Contents:
    """Copy an open file that has passed the guard into an empty one; say what the copy holds.

    What is damaged in the source is so in the copy, and nothing else is. `named` is the source's
    path to tell the clerk. The caller has no transaction open on it.

    Raises:
        UserError: `file_locked`, `disk_full`, `file_damaged`, `file_disturbed` (the copy is not
            like the source). The target may be half-written.
    """
    with worded(named, target):
        with closing(connect(target, "rw")) as copy:
            pour(source, copy, named)
            found = examine(copy, named)
        if not found.is_sound and examine(source, named) != found:
            raise UserError("file_disturbed", path=str(named))
    return found


def pour(source: sqlite3.Connection, target: sqlite3.Connection, named: Path) -> None:
    """Replace all that `target` holds by what `source` holds, in one transaction of the target.

    It is SQLite's own write with its locks and journal: whoever has the target open sees it before
    or after, and when it is cut off it is rolled back by whoever opens the file next.

    Raises:
        UserError: `file_locked`, another used `named` all the while. The target is as it was.
        sqlite3.Error: as for any other write.
    """
    deadline = time.monotonic() + BUSY_SECONDS

    def give_up(status: int, _left: int, _pages: int) -> None:
        # Python itself would try for ever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise UserError("file_locked", path=str(named))

    source.backup(target, progress=give_up)


def examine(connection: sqlite3.Connection, named: Path) -> Contents:
    """Check the whole of an open file, and every SOP in it against its hash.

    One of an older version is migrated for that in a temporary place, and stays as it is.

    Raises:
        UserError: those of `guard`: the file as a whole is not sound.
    """
    with worded(named):
        with reading(connection, patience_with(_size(connection))):
            version = check_schema(connection, named)
            check_whole(connection, named)
            if version >= VERSION:  # a later one that says that we may read it
                return _contents(connection, named)
        with closing(sqlite3.connect("", isolation_level=None)) as later:  # on disk, and nameless
            pour(connection, later, named)
            migrate(database_on(later))
            with reading(later, patience_with(_size(later))):
                return _contents(later, named)


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_bytes)


def _contents(connection: sqlite3.Connection, named: Path) -> Contents:
    ids = [key for (key,) in connection.execute("SELECT id FROM sops ORDER BY id")]
    sound = sum(_sound_ones(connection, ids, named))
    return Contents(sound, sound == len(ids) and _is_office_sound(connection))


def _sound_ones(connection: sqlite3.Connection, ids: Sequence[int], named: Path) -> Iterator[int]:
    """Yield how many SOPs of each batch are sound; only a batch that is not is read one by one."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        if _are_sound(connection, batch, named):
            yield len(batch)
        else:
            yield sum(_are_sound(connection, [key], named) for key in batch)


def _are_sound(connection: sqlite3.Connection, ids: Sequence[int], named: Path) -> bool:
    try:
        read_sops(connection, ids, named)
    except UserError:
        return False
    return True


def _is_office_sound(connection: sqlite3.Connection) -> bool:
    try:
        return read_office(connection).is_sound
    except (ValueError, KeyError, TypeError, UserError):
        return False
