"""Merging a mailed copy: what another office file has comes in, and no work is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sopdesk.document.ids import new_uuid
from sopdesk.foundation.faults import UserError
from sopdesk.storage.adding import Bringing
from sopdesk.storage.backups import Backups
from sopdesk.storage.opening import is_same_file, located
from sopdesk.storage.rescuing import reading_sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopdesk.document.values import Sop
    from sopdesk.storage.backups import Backup
    from sopdesk.storage.lineage import Ledger, Verdict
    from sopdesk.storage.office_file import Entry, OfficeFile
    from sopdesk.storage.rescuing import Loss


@dataclass(frozen=True, slots=True)
class Conflict:
    """An SOP that both files changed: ours stands as it was, theirs behind it under a new uuid.

    Theirs has our uuid as its origin. `base_rev` is the revision of ours that both were made from,
    None where none is kept; number and title are theirs.
    """

    ours_uuid: str
    theirs_uuid: str
    number: str
    title: str
    base_rev: int | None


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What became of the other file's SOPs, in its order, as its list has them.

    `added` were not in our file, `taken` were newer than ours, `skipped` were known to it, as they
    are or from its history. `backup` is the file as it was before; None where nothing came in.
    `losses` are the other file's SOPs that are damaged there: they came as an earlier save, or not.
    """

    added: tuple[Entry, ...] = ()
    taken: tuple[Entry, ...] = ()
    skipped: tuple[Entry, ...] = ()
    kept_both: tuple[Conflict, ...] = ()
    backup: Backup | None = None
    losses: tuple[Loss, ...] = ()


def merge(
    ours: OfficeFile, other: Path | str, progress: Callable[[int, int], None] | None = None
) -> MergeReport:
    """Bring the SOPs of another office file into ours, all or none, and say what became of each.

    SOPs are matched by uuid; `lineage` says which version came after which. What is taken over
    stays in the history, what cannot be told is kept in both versions; what comes in bears the name
    of who saved it there. The other file is only read, and its office settings are left alone.
    Merging the same file again brings nothing. `progress` is told steps done and in all; what it
    raises ends the merge.

    Where the other file is damaged, what is sound in it comes, as `rescuing.rescue` finds it.

    Raises:
        UserError: `merge_itself`; of opening and reading the other file, `rescue_nothing`; of
            `Backups.make`; of writing ours. Our file is unchanged.
    """
    if ours.is_read_only:
        raise UserError("file_read_only", path=str(ours.path))
    if is_same_file(other, ours.path):
        raise UserError("merge_itself", path=str(located(other)))
    with reading_sound(other) as (source, rescued):
        arriving = _Arriving(source)
        wanted = arriving.wanted_by(ours.ledger())
        for done, entry in enumerate(wanted, 1):
            arriving.load(entry)
            if progress:
                progress(done, len(wanted) + 1)
        backup = None
        if wanted:
            backup = Backups(ours.path).make("merge")
            ours.bring_in(arriving.sort_out)
        if progress:
            progress(len(wanted) + 1, len(wanted) + 1)
    return arriving.report(backup, () if rescued is None else rescued.losses)


class _Arriving:
    """The SOPs of the other file on their way into ours."""

    def __init__(self, source: OfficeFile) -> None:
        self._source = source
        self._ledger = source.ledger()
        self._entries = source.entries()
        self._loaded: dict[str, Sop] = {}
        self._authors: dict[str, str] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._conflicts: list[Conflict] = []

    def wanted_by(self, ours: Ledger) -> list[Entry]:
        """Return the SOPs that a file does not have in this version."""
        self._judge(ours)
        return [entry for entry in self._entries if self._verdicts[entry.uuid] != "skip"]

    def load(self, entry: Entry) -> Sop:
        """Return an SOP, read once; who wrote it is noted."""
        if entry.uuid not in self._loaded:
            self._loaded[entry.uuid] = self._source.load(entry.uuid).sop
            last = self._source.last_revision(entry.uuid)
            self._authors[entry.uuid] = last.author if last is not None else ""
        return self._loaded[entry.uuid]

    def sort_out(self, ours: Ledger) -> Bringing:
        """Say how each SOP comes in, given what our file holds now: another may have saved."""
        self._judge(ours)
        beside = []
        for entry in self._of("keep_both"):
            sop = replace(self.load(entry), uuid=new_uuid(), origin=entry.uuid)
            self._authors[sop.uuid] = self._authors[entry.uuid]
            beside.append((sop, ours.of(entry.uuid).position + 1))
            self._conflicts.append(self._conflict(entry, sop, ours))
        taken = [(self.load(entry), ours.of(entry.uuid)) for entry in self._of("take")]
        return Bringing(
            tuple(self.load(entry) for entry in self._of("add")),
            tuple((sop, lineage.present.rev) for sop, lineage in taken if lineage.present),
            tuple(beside),
            self._authors,
        )

    def report(self, backup: Backup | None, losses: tuple[Loss, ...]) -> MergeReport:
        """Return what became of them."""
        return MergeReport(
            added=tuple(self._of("add")),
            taken=tuple(self._of("take")),
            skipped=tuple(self._of("skip")),
            kept_both=tuple(self._conflicts),
            backup=backup,
            losses=losses,
        )

    def _judge(self, ours: Ledger) -> None:
        self._verdicts = {
            entry.uuid: ours.judge(entry.uuid, self._ledger.of(entry.uuid))
            for entry in self._entries
        }

    def _of(self, verdict: Verdict) -> list[Entry]:
        return [entry for entry in self._entries if self._verdicts[entry.uuid] == verdict]

    def _conflict(self, entry: Entry, theirs: Sop, ours: Ledger) -> Conflict:
        base = ours.of(entry.uuid).common_rev(self._ledger.of(entry.uuid))
        return Conflict(entry.uuid, theirs.uuid, entry.number, entry.title, base)
