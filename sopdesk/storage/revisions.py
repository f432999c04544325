"""What was saved, whole: each revision of an SOP as its canonical form, compressed and thinned."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, cast

from sopdesk.document.form import canonical, from_form
from sopdesk.foundation.faults import UserError
from sopdesk.storage.rows import from_json_text
from sopdesk.storage.verdicts import Damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sqlite_utils import Database

    from sopdesk.document.values import Sop
    from sopdesk.storage.rows import Row, Saving

Event = Literal["added", "saved", "deleted"]

REVISION_COLUMNS = (
    "sop_uuid", "rev", "event", "saved_at", "save_id", "title", "number", "origin", "sha256",
    "value",
)  # fmt: skip

KEPT_NEWEST = 20
"""So many of an SOP's newest revisions stay, all of them."""
KEPT_DAYS = timedelta(days=90)
"""Of older ones the last of each day stays for so long, after that the last of each month."""

_DELETED = """
SELECT sop_uuid, title, number, saved_at, max(rev) AS last FROM revisions
WHERE sop_uuid NOT IN (SELECT uuid FROM sops)
GROUP BY sop_uuid HAVING event = 'deleted' ORDER BY saved_at DESC, title
"""
"""With `max` alone, SQLite takes the other columns from the row that has it."""

_LARGEST_VALUE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Revision:
    """One save of an SOP; `saved_at` is UTC, `title` and `number` as they were."""

    rev: int
    event: Event
    saved_at: datetime
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """An SOP that was taken out of the list; `deleted_at` is UTC, save `rev` holds it whole."""

    uuid: str
    title: str
    number: str
    deleted_at: datetime
    rev: int


def revision_row(saving: Saving, event: Event) -> Row:
    """Return the row of the revision table for an SOP that is being saved."""
    sop, identity = saving.sop, saving.sop.identity
    return (
        sop.uuid, saving.rev, event, saving.saved_at, saving.save_id, identity.title,
        identity.number, sop.origin, saving.sha256, zlib.compress(canonical(sop), 6),
    )  # fmt: skip


def read_revisions(connection: sqlite3.Connection, uuid: str) -> list[Revision]:
    """Return what is kept of an SOP's saves, the newest first.

    Raises:
        Damaged: the rows hold what no save has written.
    """
    rows = connection.execute(
        "SELECT rev, event, saved_at, title, number FROM revisions WHERE sop_uuid = ?"
        " ORDER BY rev DESC",
        [uuid],
    )
    return [
        Revision(rev, cast("Event", event), instant(saved_at), title, number)
        for rev, event, saved_at, title, number in rows
    ]


def read_deleted(connection: sqlite3.Connection) -> list[Deleted]:
    """Return the SOPs that were taken out, the last one first.

    Raises:
        Damaged: the rows hold what no save has written.
    """
    return [
        Deleted(uuid, title, number, instant(saved_at), rev)
        for uuid, title, number, saved_at, rev in connection.execute(_DELETED)
    ]


def read_revision(connection: sqlite3.Connection, uuid: str, rev: int) -> Sop | None:
    """Return an SOP as a save left it; None where that revision is not kept.

    Raises:
        UserError: `revision_damaged`.
    """
    row = connection.execute(
        "SELECT title, origin, sha256, value FROM revisions WHERE sop_uuid = ? AND rev = ?",
        [uuid, rev],
    ).fetchone()
    if row is None:
        return None
    title, origin, sha256, value = row
    try:
        text = _unpacked(value, sha256)
        sop, _ = from_form({**from_json_text(text), "uuid": uuid})
    except (ValueError, TypeError, zlib.error, UserError) as error:
        raise UserError("revision_damaged", rev=rev, title=title) from error
    return replace(sop, origin=origin)


def damaged_revisions(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return number and title of every revision in the file that is not what was saved."""
    damaged = []
    rows = connection.execute("SELECT rev, title, sha256, value FROM revisions")
    for rev, title, sha256, value in rows:
        try:
            _unpacked(value, sha256)
        except (ValueError, TypeError, zlib.error):
            damaged.append((rev, title))
    return damaged


def thin(database: Database, uuid: str, now: datetime) -> None:
    """Drop the revisions of an SOP that `kept` does not keep."""
    rows = database.execute(
        "SELECT rev, saved_at FROM revisions WHERE sop_uuid = ? ORDER BY rev DESC", [uuid]
    ).fetchall()
    if len(rows) <= KEPT_NEWEST:
        return
    try:
        saves = [(rev, instant(saved_at)) for rev, saved_at in rows]
    except Damaged:  # What `verify` tells; no save fails for it.
        return
    dropped = {rev for rev, _ in saves} - kept(saves, now)
    database.conn.executemany(
        "DELETE FROM revisions WHERE sop_uuid = ? AND rev = ?", [(uuid, rev) for rev in dropped]
    )


def kept(saves: Iterable[tuple[int, datetime]], now: datetime) -> set[int]:
    """Return the numbers of the saves to keep, given newest first with their times in UTC."""
    stay: set[int] = set()
    periods: set[str] = set()
    for index, (rev, saved_at) in enumerate(saves):
        is_recent = now - saved_at <= KEPT_DAYS
        period = saved_at.strftime("%Y-%m-%d" if is_recent else "%Y-%m")
        if index < KEPT_NEWEST or period not in periods:
            stay.add(rev)
        periods.add(period)
    return stay


def timestamp() -> str:
    """Return the present time in UTC as the tables hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def instant(text: str) -> datetime:
    """Return the time that `timestamp` has written.

    Raises:
        Damaged: it was not written so.
    """
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise Damaged("no time") from error
    if found.tzinfo is None:
        raise Damaged("a time of no place")
    return found


def _unpacked(value: bytes, sha256: str) -> bytes:
    """Unpack a value, but never into more than a save could have packed.

    Raises:
        ValueError, zlib.error: it is not what was saved.
    """
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(value, _LARGEST_VALUE)
    if not unpacker.eof or hashlib.sha256(text).hexdigest() != sha256:
        raise ValueError("not what was saved")
    return text
