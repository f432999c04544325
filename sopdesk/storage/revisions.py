"""What was saved, whole: each revision of an SOP as its canonical form, compressed and thinned."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, cast, get_args

from sopdesk.document.form import canonical, from_form
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.person import short_name
from sopdesk.storage.acts import Cause
from sopdesk.storage.rows import from_json_text
from sopdesk.storage.verdicts import Damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sqlite_utils import Database

    from sopdesk.document.values import Sop
    from sopdesk.storage.acts import Act
    from sopdesk.storage.rows import Row, Saving

Event = Literal["added", "saved", "deleted"]
"""What a save did to the SOP in the list; the other half of the story is its `Cause`."""

REVISION_COLUMNS = (
    "sop_uuid", "rev", "event", "saved_at", "save_id", "title", "number", "origin", "sha256",
    "value", "author", "cause",
)  # fmt: skip

KEPT_NEWEST = 20
"""So many of an SOP's newest revisions stay, all of them."""
KEPT_DAYS = timedelta(days=90)
"""Of older ones the last of each day stays for so long, after that the last of each month."""

_DELETED = """
SELECT sop_uuid, title, number, saved_at, author, max(rev) AS last FROM revisions
WHERE sop_uuid NOT IN (SELECT uuid FROM sops)
GROUP BY sop_uuid HAVING event = 'deleted' ORDER BY saved_at DESC, title
"""
"""With `max` alone, SQLite takes the other columns from the row that has it."""

_REPEAT = """
INSERT INTO revisions (
  sop_uuid, rev, event, saved_at, save_id, title, number, origin, sha256, value, author, cause
) SELECT sop_uuid, ?, ?, ?, ?, title, number, origin, sha256, value, ?, ?
FROM revisions WHERE sop_uuid = ? AND rev = ?
"""

_LARGEST_VALUE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Revision:
    """One save of an SOP; `saved_at` is UTC, `title` and `number` as they were.

    `author` is the name of who saved it, or wrote it in the file that it came from by a merge; `""`
    where nobody noted that, as before version 2 of the tables.
    """

    rev: int
    event: Event
    saved_at: datetime
    title: str
    number: str
    author: str = ""
    cause: Cause = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """An SOP that was taken out of the list; `deleted_at` is UTC, save `rev` holds it whole.

    `author` is who took it out, `""` where nobody noted that.
    """

    uuid: str
    title: str
    number: str
    deleted_at: datetime
    rev: int
    author: str = ""


def revision_row(saving: Saving, event: Event) -> Row:
    """Return the row of the revision table for an SOP that is being saved."""
    sop, identity, act = saving.sop, saving.sop.identity, saving.act
    return (
        sop.uuid, saving.rev, event, act.saved_at, act.save_id, identity.title, identity.number,
        sop.origin, saving.sha256, zlib.compress(canonical(sop), 6), act.author, act.cause,
    )  # fmt: skip


def repeat_revision(
    connection: sqlite3.Connection, uuid: str, before: int, rev: int, event: Event, act: Act
) -> None:
    """Note as save number `rev` once more what the save `before` left of an SOP."""
    connection.execute(
        _REPEAT, [rev, event, act.saved_at, act.save_id, act.author, act.cause, uuid, before]
    )


def read_revisions(connection: sqlite3.Connection, uuid: str, most: int = -1) -> list[Revision]:
    """Return what is kept of an SOP's saves, or so many of them, the newest first.

    Raises:
        Damaged: the rows hold what no save has written.
    """
    rows = connection.execute(
        "SELECT rev, event, saved_at, title, number, author, cause FROM revisions"
        " WHERE sop_uuid = ? ORDER BY rev DESC LIMIT ?",
        [uuid, most],
    )
    found = []
    for rev, event, saved_at, title, number, author, cause in rows:
        event, cause = noted(event, cause)
        name = short_name(author)
        found.append(Revision(rev, event, instant(saved_at), title, number, name, cause))
    return found


def noted(event: object, cause: object) -> tuple[Event, Cause]:
    """Return what a row tells that a save did, and how it came about.

    Raises:
        Damaged: no save notes this.
    """
    if event not in get_args(Event) or cause not in get_args(Cause):
        raise Damaged("no save notes this")
    return cast("Event", event), cast("Cause", cause)


def read_deleted(connection: sqlite3.Connection) -> list[Deleted]:
    """Return the SOPs that were taken out, the last one first.

    Raises:
        Damaged: the rows hold what no save has written.
    """
    return [
        Deleted(uuid, title, number, instant(saved_at), rev, short_name(author))
        for uuid, title, number, saved_at, author, rev in connection.execute(_DELETED)
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
        return sop_in(uuid, origin, sha256, value)
    except (ValueError, TypeError, zlib.error, UserError) as error:
        raise UserError("revision_damaged", rev=rev, title=title) from error


def sop_in(uuid: str, origin: str | None, sha256: str, value: bytes) -> Sop:
    """Return the SOP that a revision's row holds.

    Raises:
        ValueError, TypeError, zlib.error, UserError: it is not what was saved.
    """
    sop, _ = from_form({**from_json_text(unpacked(value, sha256)), "uuid": uuid})
    return replace(sop, origin=origin)


def damaged_revisions(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return number and title of every revision in the file that is not what was saved."""
    damaged = []
    rows = connection.execute("SELECT rev, title, sha256, value FROM revisions")
    for rev, title, sha256, value in rows:
        try:
            unpacked(value, sha256)
        except (ValueError, TypeError, zlib.error):
            damaged.append((rev, title))
    return damaged


def is_return(connection: sqlite3.Connection, uuid: str, form: str) -> bool:
    """Say whether content with this SHA-256 is that of an earlier save and not the present one."""
    rows = connection.execute(
        "SELECT sha256, cause FROM revisions WHERE sop_uuid = ? ORDER BY rev DESC", [uuid]
    ).fetchall()
    present = next((found for found, cause in rows if cause != "aside"), None)
    return form != present and any(form == found for found, _ in rows)


def thin(database: Database, uuid: str, now: datetime) -> None:
    """Drop the revisions of an SOP that `kept` does not keep."""
    rows = database.execute(
        "SELECT rev, saved_at, cause FROM revisions WHERE sop_uuid = ? ORDER BY rev DESC", [uuid]
    ).fetchall()
    if len(rows) <= KEPT_NEWEST:
        return
    try:
        saves = [(rev, instant(saved_at), cause == "aside") for rev, saved_at, cause in rows]
    except Damaged:  # What `verify` tells; no save fails for it.
        return
    dropped = {rev for rev, *_ in saves} - kept(saves, now)
    database.conn.executemany(
        "DELETE FROM revisions WHERE sop_uuid = ? AND rev = ?", [(uuid, rev) for rev in dropped]
    )


def kept(saves: Iterable[tuple[int, datetime, bool]], now: datetime) -> set[int]:
    """Return the numbers of the saves to keep.

    They are given newest first: number, time in UTC, and whether it is a version set aside. No
    later save has built on such a one, so none of its day stands for it: of the last `KEPT_DAYS`
    all stay, of older ones the last of each month, beside that of the other saves.
    """
    stay: set[int] = set()
    periods: set[tuple[str, bool]] = set()
    for index, (rev, saved_at, is_aside) in enumerate(saves):
        is_recent = now - saved_at <= KEPT_DAYS
        period = saved_at.strftime("%Y-%m-%d" if is_recent else "%Y-%m"), is_aside
        if index < KEPT_NEWEST or (is_aside and is_recent) or period not in periods:
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


def unpacked(value: bytes, sha256: str) -> bytes:
    """Unpack a value, but never into more than a save could have packed.

    Raises:
        ValueError, zlib.error: it is not what was saved.
    """
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(value, _LARGEST_VALUE)
    if not unpacker.eof or hashlib.sha256(text).hexdigest() != sha256:
        raise ValueError("not what was saved")
    return text
