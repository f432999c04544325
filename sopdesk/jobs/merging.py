"""Bring another office file into an office file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.jobs.importing import Brought
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sopdesk.foundation.faults import UserError
    from sopdesk.jobs import Progress
    from sopdesk.storage.merging import Conflict
    from sopdesk.storage.office_file import Entry
    from sopdesk.storage.rescuing import Loss


@dataclass(frozen=True, slots=True)
class KeptBoth:
    """An SOP that both files had changed: the uuid and the place in the list of each version.

    `base_rev` is the revision of ours that both were made from, None where none is kept.
    """

    number: str
    title: str
    ours: str
    theirs: str
    our_position: int
    their_position: int
    base_rev: int | None


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What became of the SOPs of the other file; `backup` is the path of ours as it was before.

    `added` were new, `taken` newer than ours, `skipped` known already; `kept_both` are conflicts.
    Without a backup nothing has changed. `losses` are damaged in the other file: they came as an
    earlier save, or not.
    """

    source: str
    added: tuple[Brought, ...] = ()
    taken: tuple[Brought, ...] = ()
    skipped: tuple[Brought, ...] = ()
    kept_both: tuple[KeptBoth, ...] = ()
    backup: str | None = None
    losses: tuple[Loss, ...] = ()


def merge_files(
    file: Path | str,
    other: Path | str,
    *,
    author: str | None = None,
    on_warning: Callable[[UserError], object] = lambda fault: None,
    progress: Progress | None = None,
) -> MergedFile:
    """Bring the SOPs of the other office file into the first, all or none.

    `author` as for `open_file`; `on_warning` is told why the backup before the day's first change
    could not be made.

    Raises:
        UserError: of `storage.merging.merge`; the office file is unchanged.
    """
    from sopdesk.storage.merging import merge

    with open_file(file, author=author) as office_file:
        report = merge(office_file, other, progress)
        positions = {entry.uuid: entry.position for entry in office_file.entries()}
        if office_file.backup_fault is not None:
            on_warning(office_file.backup_fault)
    return MergedFile(
        str(other),
        _brought(report.added),
        _brought(report.taken),
        _brought(report.skipped),
        tuple(_kept_both(conflict, positions) for conflict in report.kept_both),
        None if report.backup is None else str(report.backup.path),
        report.losses,
    )


def _brought(entries: Iterable[Entry]) -> tuple[Brought, ...]:
    return tuple(Brought(entry.uuid, entry.number, entry.title) for entry in entries)


def _kept_both(conflict: Conflict, positions: dict[str, int]) -> KeptBoth:
    return KeptBoth(
        conflict.number,
        conflict.title,
        conflict.ours_uuid,
        conflict.theirs_uuid,
        # Another may have taken one out again since.
        positions.get(conflict.ours_uuid, 0),
        positions.get(conflict.theirs_uuid, 0),
        conflict.base_rev,
    )
