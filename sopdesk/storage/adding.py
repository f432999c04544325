"""Taking SOPs in from elsewhere: what is there is never overwritten, nothing comes in twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sopdesk.document.form import sha256
from sopdesk.document.ids import new_uuid

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from sopdesk.document.values import Sop


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the SOPs of a source, each in its order.

    `added` holds all that came in; `beside` those among them that stand beside another with the
    uuid that they had (now their origin); `skipped` those that the file had already, equal.
    """

    added: tuple[Sop, ...] = ()
    beside: tuple[Sop, ...] = ()
    skipped: tuple[Sop, ...] = ()


@dataclass(frozen=True, slots=True)
class Bringing:
    """What is to come in from another office file.

    `added` at the end; `taken` over ours, each with the number of our save; `beside` each at a
    position, counted as they are before any came in. `authors` are those who saved them there, by
    the uuids that they have here.
    """

    added: tuple[Sop, ...] = ()
    taken: tuple[tuple[Sop, int], ...] = ()
    beside: tuple[tuple[Sop, int], ...] = ()
    authors: Mapping[str, str] = field(default_factory=dict)


def sort_out(connection: sqlite3.Connection, sops: Iterable[Sop]) -> ImportReport:
    """Decide what comes in, by uuid and canonical form; the caller holds the transaction.

    An SOP equal to the one with its uuid, or to one that came in beside that earlier, is skipped;
    one that differs gets a new uuid and keeps the old as its origin.
    """
    there = connection.execute("SELECT uuid, origin, sha256 FROM sops").fetchall()
    uuids = {uuid for uuid, _, _ in there}
    known = {(name, found) for *names, found in there for name in names}
    added: list[Sop] = []
    beside: list[Sop] = []
    skipped: list[Sop] = []
    for sop in sops:
        form = (sop.uuid, sha256(sop))
        if form in known:
            skipped.append(sop)
            continue
        known.add(form)
        if sop.uuid in uuids:
            added.append(replace(sop, uuid=new_uuid(), origin=sop.uuid))
            beside.append(added[-1])
        else:
            added.append(sop)
            uuids.add(sop.uuid)
    return ImportReport(tuple(added), tuple(beside), tuple(skipped))
