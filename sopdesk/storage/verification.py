"""Reading everything in an office file to say whether it is sound."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.backups import newest_good_backup
from sopdesk.storage.guard import patience
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import OfficeFile
from sopdesk.storage.opening import located, open_guarded
from sopdesk.storage.rescuing import open_salvage
from sopdesk.storage.revisions import damaged_revisions

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from sopdesk.storage.opened import Opened

_DAMAGE = ("file_damaged", "file_altered", "file_endless")

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
    """What was found: how many SOPs and revisions there are, and a fault for each damage.

    Where more than single SOPs is damaged, rows are no SOPs yet: `rescuable` says how many of them
    `rescue` brings, whole, some perhaps as an earlier save left them.
    `advice` says where what is damaged can be had whole: for each SOP the newest revision in the
    file that is (`verify_revision`); for all else the newest backup (`verify_backup`), or that
    there is none (`verify_no_backup`).
    """

    sops: int = 0
    revisions: int = 0
    faults: tuple[UserError, ...] = ()
    advice: tuple[UserError, ...] = ()
    rescuable: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether everything in the file is as it was saved."""
        return not self.faults

    @property
    def damaged_sops(self) -> int | None:
        """How many SOPs are damaged, where nothing else is; None where the file itself is."""
        codes = {fault.code for fault in self.faults}
        return len(self.faults) if codes <= {"sop_damaged"} else None


def verify(path: str | os.PathLike[str]) -> Verification:
    """Read and check everything in an office file, and never write to it.

    Where a save was interrupted, a private copy is read in which it is rolled back.

    Raises:
        UserError: what `open_file` raises, but for damage: the file could not be examined.
    """
    target = located(path)
    faults: list[UserError] = []
    advice: list[UserError] = []
    sops = revisions = 0
    opened = _opened(target, faults)
    if opened is None:
        advice.append(_of_backup(target))
        return _with_rescuable(target, Verification(0, 0, tuple(faults), tuple(advice)))
    with OfficeFile(opened) as file:
        try:
            sops = opened.read(lambda connection: _count(connection, "sops"))
            revisions = opened.read(lambda connection: _count(connection, "revisions"))
            if not faults:
                faults.extend(_of_tables(opened))
            faults.extend(_of_values(file))
            faults.extend(opened.read(_of_revisions))
            advice.extend(_from_history(file, faults))
        except UserError as fault:  # So damaged that SQLite reads no further.
            if fault.code not in _DAMAGE:
                raise
            faults.append(fault)
    faults = list({str(fault): fault for fault in faults}.values())
    if len(faults) > len(advice):
        advice.append(_of_backup(target))
    found = Verification(sops, revisions, tuple(faults), tuple(advice))
    return _with_rescuable(target, found)


def _with_rescuable(path: Path, found: Verification) -> Verification:
    if found.damaged_sops is not None:
        return found
    with contextlib.suppress(UserError), open_salvage(path) as salvage:
        count = sum(one.sop is not None for one in salvage.sops())
        return replace(found, sops=max(found.sops, count), rescuable=count)
    return found


def _opened(path: Path, faults: list[UserError]) -> Opened | None:
    """Open a file, noting that it is damaged; None where nothing of it can be read."""
    try:
        return open_guarded(path, for_writing=False)
    except UserError as fault:
        if fault.code not in _DAMAGE:
            raise
        faults.append(fault)
    with contextlib.suppress(UserError):
        opened = open_guarded(path, for_writing=False, despite_damage=True)
        if opened.version >= VERSION:
            return opened
        opened.close()  # its tables lack what is asked for here
    return None


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


def _of_tables(opened: Opened) -> list[UserError]:
    def is_sound(connection: sqlite3.Connection) -> bool:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        broken = ("PRAGMA foreign_key_check", _NOT_AS_SAVED)
        return whole and all(connection.execute(sql).fetchone() is None for sql in broken)

    if opened.read(is_sound, patience(opened.path)):
        return []
    return [UserError("file_damaged", path=str(opened.path))]


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


def _of_revisions(connection: sqlite3.Connection) -> list[UserError]:
    return [
        UserError("revision_damaged", rev=rev, title=title)
        for rev, title in damaged_revisions(connection)
    ]


def _from_history(file: OfficeFile, faults: list[UserError]) -> Iterator[UserError]:
    """Name for each damaged SOP its newest revision that is whole."""
    for fault in faults:
        if fault.code == "sop_damaged":
            rev = _whole_revision(file, str(fault.facts["uuid"]))
            if rev is not None:
                yield UserError("verify_revision", title=fault.facts["title"], rev=rev)


def _whole_revision(file: OfficeFile, uuid: str) -> int | None:
    for revision in file.revisions(uuid):
        with contextlib.suppress(UserError):
            file.load_revision(uuid, revision.rev)
            return revision.rev
    return None


def _of_backup(path: Path) -> UserError:
    """Name the newest backup that is whole."""
    found = newest_good_backup(path)
    if found is None:
        return UserError("verify_no_backup", path=str(path))
    made_at = f"{found.made_at.astimezone():%Y-%m-%d %H:%M}"
    return UserError("verify_backup", path=str(path), backup=str(found.path), made_at=made_at)
