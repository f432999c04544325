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
    with OfficeFile(opened) as file, worded(target):
        faults = [*_of_tables(opened.connection, target), *_of_values(file)]
        (sops,) = opened.connection.execute("SELECT count(*) FROM sops").fetchone()
        (revisions,) = opened.connection.execute("SELECT count(*) FROM revisions").fetchone()
        faults += [
            UserError("revision_damaged", rev=rev, title=title)
            for rev, title in damaged_revisions(opened.connection)
        ]
    return Verification(sops, revisions, tuple(faults))


def _of_tables(connection: sqlite3.Connection, path: Path) -> Iterator[UserError]:
    is_sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    if not is_sound or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
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
