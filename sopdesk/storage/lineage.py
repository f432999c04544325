"""Which of two files' versions of an SOP came after the other, read off their saves.

Every save has a random name, which stays with it in every copy of the file. So a version is the
older one where its save is among the other's. Where an SOP came by an exchange file, the names
differ; then its content is looked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

Verdict = Literal["skip", "add", "take", "keep_both"]

_SAVES = "SELECT sop_uuid, rev, save_id, sha256, origin FROM revisions ORDER BY rev"
_KNOWN = """
SELECT 1 FROM revisions WHERE sop_uuid = :uuid UNION ALL SELECT 1 FROM sops WHERE uuid = :uuid
"""
_PRESENT = "SELECT uuid, rev, save_id, sha256, position, origin FROM sops"


class Save(NamedTuple):
    """One save of an SOP: its number, its name, and the SHA-256 of what was saved."""

    rev: int
    save_id: str
    form: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a file knows of an SOP: its saves that are kept, and the present one, if it is there.

    `position` is its place in the office's order, `origin` the uuid that it came with.
    """

    saves: tuple[Save, ...] = ()
    present: Save | None = None
    position: int = 0
    origin: str | None = None

    def has_saved(self, save: Save) -> bool:
        """Say whether a save was made in this file, or in one that it is a copy of."""
        return any(one.save_id == save.save_id for one in self.saves)

    def has_held(self, form: str) -> bool:
        """Say whether one of the saves was of this content."""
        return any(one.form == form for one in self.saves)

    def common_rev(self, other: Lineage) -> int | None:
        """Return the number of the last save that the other knows too; None without one."""
        known = (one.rev for one in self.saves if other.has_saved(one) or other.has_held(one.form))
        return max(known, default=None)


class Ledger:
    """The lineage of every SOP that a file has or had."""

    def __init__(self, lineages: Mapping[str, Lineage], beside: Mapping[str, set[str]]) -> None:
        """Take the lineages by uuid, and by uuid the contents that came in beside that SOP."""
        self._lineages = lineages
        self._beside = beside

    def of(self, uuid: str) -> Lineage:
        """Return the lineage of an SOP, an empty one where the file never had it."""
        return self._lineages.get(uuid, Lineage())

    def judge(self, uuid: str, theirs: Lineage) -> Verdict:
        """Say what becomes of another file's version of an SOP.

        What this file has, or had at any time, is skipped: also what was deleted since, and what
        came in beside another. Theirs is taken where it was made from ours. Where each has what
        the other never had, or each held the other's content once, both are kept.
        """
        if theirs.present is None or self._knows(uuid, theirs.present, theirs.origin):
            return "skip"
        ours = self.of(uuid)
        if ours.present is None:
            return "skip" if ours.has_held(theirs.present.form) else "add"
        if ours.present.form == theirs.present.form:
            return "skip"
        if theirs.has_saved(ours.present):
            return "take"
        is_older = ours.has_held(theirs.present.form)
        is_newer = theirs.has_held(ours.present.form)
        if is_older == is_newer:
            return "keep_both"
        return "skip" if is_older else "take"

    def _knows(self, uuid: str, save: Save, origin: str | None) -> bool:
        is_own = origin is not None and self.of(origin).has_held(save.form)
        return is_own or save.form in self._beside.get(uuid, ()) or self.of(uuid).has_saved(save)


def is_of_another_office(connection: sqlite3.Connection, uuids: Iterable[str]) -> bool:
    """Say whether a file never had one of these SOPs, but others: then it is no state of theirs.

    An SOP that was taken out stays in the history for ever; an empty file may be an early state.
    """
    if not _has(connection, "SELECT 1 FROM revisions"):
        return False
    return not any(_has(connection, _KNOWN, uuid=uuid) for uuid in uuids)


def _has(connection: sqlite3.Connection, sql: str, **facts: str) -> bool:
    return connection.execute(f"{sql} LIMIT 1", facts).fetchone() is not None


def read_ledger(connection: sqlite3.Connection) -> Ledger:
    """Return the lineages in a file; the caller holds the read transaction."""
    saves: defaultdict[str, list[Save]] = defaultdict(list)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for uuid, rev, save_id, form, origin in connection.execute(_SAVES):
        saves[uuid].append(Save(rev, save_id, form))
        if origin is not None:
            beside[origin].add(form)
    lineages = {uuid: Lineage(tuple(found)) for uuid, found in saves.items()}
    for uuid, rev, save_id, form, position, origin in connection.execute(_PRESENT):
        present = Save(rev, save_id, form)
        lineages[uuid] = Lineage(tuple(saves[uuid]), present, position, origin)
    return Ledger(lineages, beside)
