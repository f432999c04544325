"""What a file that comes from a backup must count on from, so that nobody's old work fits it.

A save goes over the number of saves that the clerk has loaded. A restored SOP with the number that
it had then would later reach the one that a colleague still has open, and be overwritten silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.ids import new_id
from sopdesk.storage.acts import Act
from sopdesk.storage.revisions import repeat_revision, timestamp

if TYPE_CHECKING:
    import sqlite3


class Save(NamedTuple):
    """A save of an SOP or of the office: its number, and the name that is like no other's."""

    rev: int
    save_id: str


class Saves(NamedTuple):
    """The last saves in a file: of the office, of each SOP, and the highest number of each SOP."""

    office: Save
    sops: dict[str, Save]
    highest: dict[str, int]


def saves_in(connection: sqlite3.Connection) -> Saves:
    """Return the last saves in an open file."""
    office = Save(*connection.execute("SELECT rev, save_id FROM office").fetchone())
    sops = connection.execute("SELECT uuid, rev, save_id FROM sops")
    highest = connection.execute("SELECT sop_uuid, max(rev) FROM revisions GROUP BY sop_uuid")
    return Saves(office, {uuid: Save(rev, name) for uuid, rev, name in sops}, dict(highest))


def outrank(connection: sqlite3.Connection, others: Saves, author: str) -> str:
    """Number what differs from another file's saves above them; return the name of this change.

    The history of each such SOP tells it as one more save, by `author` who brings the backup back;
    what is equal stays as it is.
    """
    save_id, now = new_id(), timestamp()
    act = Act(save_id, now, author, "backup")
    own = saves_in(connection)
    connection.execute("BEGIN IMMEDIATE")
    for uuid, save in own.sops.items():
        if uuid in others.highest and others.sops.get(uuid) != save:
            rev = max(own.highest.get(uuid, save.rev), others.highest[uuid]) + 1
            repeat_revision(connection, uuid, save.rev, rev, "saved", act)
            connection.execute(
                "UPDATE sops SET rev = ?, save_id = ?, saved_at = ? WHERE uuid = ?",
                [rev, save_id, now, uuid],
            )
    if own.office != others.office:
        rev = max(own.office.rev, others.office.rev) + 1
        connection.execute("UPDATE office SET rev = ?, save_id = ?", [rev, save_id])
    connection.execute("UPDATE file SET save_id = ?, saved_at = ?", [save_id, now])
    connection.execute("COMMIT")
    return save_id
