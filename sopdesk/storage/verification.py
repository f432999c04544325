"""Reading everything in an office file to say whether it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import OfficeFile
from sopdesk.storage.opening import located, open_guarded
from sopdesk.storage.revisions import damaged_revisions
from sopdesk.storage.verdicts import worded

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

_DAMAGE = ("file_damaged", "file_altered")

_NOT_AS_SAVED = """
SELECT uuid FROM sops WHERE NOT EXISTS (
  SELECT 1 FROM revisions
  WHERE sop_uuid = uuid AND revisions.rev = sops.rev AND revisions.sha256 = sops.sha256
    AND revisions.save_id = sops.save_id AND revisions.saved_at = sops.saved_at
)
"""
"""The SOPs whose last save is not among the revisions: when and as what they were saved."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: how many SOPs and revisions there are, and a fault for each damage."""

    sops: int = 0
    revisions: int = 0
    faults: tuple[UserError, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether everything in the file is as it was saved."""
        return not self.faults


def verify(path: str | os.PathLike[str]) -> Verification:
    """Read and check everything in an office file, and never write to it.

    Where a save was interrupted, a private copy is read in which it is rolled back.

    Raises:
        UserError: what `open_file` raises, but for damage.
    """
    target = located(path)
    try:
        opened = open_guarded(target, for_writing=False)
    except UserError as fault:
        if fault.code not in _DAMAGE:
            raise
        return Verification(faults=(fault,))
    faults: list[UserError] = []
    sops = revisions = 0
    with OfficeFile(opened) as file:
        try:
            with worded(target):
                sops = _count(opened.connection, "sops")
                revisions = _count(opened.connection, "revisions")
                faults.extend(_of_tables(opened.connection, target))
                faults.extend(_of_values(file))
                faults.extend(_of_revisions(opened.connection))
        except UserError as fault:  # So damaged that SQLite reads no further.
            if fault.code not in _DAMAGE:
                raise
            faults.append(fault)
    return Verification(sops, revisions, tuple(faults))


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


def _of_tables(connection: sqlite3.Connection, path: Path) -> Iterator[UserError]:
    is_sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    broken = ("PRAGMA foreign_key_check", _NOT_AS_SAVED)
    if not is_sound or any(connection.execute(sql).fetchone() is not None for sql in broken):
        yield UserError("file_damaged", path=str(path))


def _of_values(file: OfficeFile) -> Iterator[UserError]:
    try:
        file.office()
    except UserError as fault:
        yield fault
    try:
        entries = file.entries()
    except UserError as fault:
        yield fault
        return
    for entry in entries:
        try:
            file.load(entry.uuid)
        except UserError as fault:
            yield fault
    file.search("sop")  # What it looks into is in no hash.


def _of_revisions(connection: sqlite3.Connection) -> Iterator[UserError]:
    for rev, title in damaged_revisions(connection):
        yield UserError("revision_damaged", rev=rev, title=title)
