"""Making an office file where there is none."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import sopdesk
from sopdesk.document.ids import new_id
from sopdesk.foundation.atomic import FULL, replacing
from sopdesk.foundation.faults import UserError
from sopdesk.storage import journal
from sopdesk.storage.connecting import connect, database_on
from sopdesk.storage.header import make_probe
from sopdesk.storage.migrations import migrate
from sopdesk.storage.offices import write_office
from sopdesk.storage.revisions import timestamp
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopdesk.document.office import Office


def make_file(target: Path, office: Office) -> None:
    """Make an office file without SOPs; it appears whole, in place of nothing.

    Raises:
        UserError: `file_exists`, `target_folder_missing`, `target_unwritable`, `disk_full`,
            `file_name_long` (what stands beside a file while it is saved could not be named),
            `file_beside_taken` (a journal was left there, which would be rolled into the new file).
            No file is left behind.
    """
    with where_none_is(target) as temporary:
        fill(temporary, office)


@contextlib.contextmanager
def where_none_is(target: Path) -> Iterator[Path]:
    """Yield a temporary path for a file that is put in the place of nothing when the block ends.

    Raises:
        UserError: as `make_file`, or what the block raises. No file is left behind.
    """
    _claim(target)
    try:
        _check_length(target)
        journal.refuse_any(target)
        with replacing(target) as temporary, worded(target):
            yield temporary
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _claim(target: Path) -> None:
    """Take the name by making the file, which fails where there is one, whoever else tries."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except FileExistsError as error:
        raise UserError("file_exists", path=str(target)) from error
    except OSError as error:
        if os.path.isdir(target.parent):
            raise UserError("target_unwritable", path=str(target)) from error
        raise UserError(
            "target_folder_missing", path=str(target), folder=str(target.parent)
        ) from error


def _check_length(target: Path) -> None:
    """See that what stands beside a file while it is saved can be named too."""
    try:
        make_probe(target)
    except OSError as error:
        code = "disk_full" if error.errno in FULL else "file_name_long"
        raise UserError(code, path=str(target)) from error


def fill(path: Path, office: Office) -> None:
    """Make the tables in an empty file, and the two rows that every office file has.

    Raises:
        sqlite3.Error: as for any write.
    """
    connection = connect(path, "rw")
    try:
        database = database_on(connection)
        migrate(database)
        connection.execute("BEGIN IMMEDIATE")
        change = {"save_id": new_id(), "saved_at": timestamp()}
        database.table("file").insert({"id": 1, "made_by": sopdesk.__version__, **change})
        write_office(database, office, 0, change["save_id"])
        connection.execute("COMMIT")
    finally:
        connection.close()
