"""The office's list of SOPs, without the SOPs themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sopdesk.document.dates import PartialDate
from sopdesk.document.values import Status
from sopdesk.storage.revisions import instant
from sopdesk.storage.units import unit_paths

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Sequence
    from typing import Any

    from sopdesk.storage.units import UnitPath

_ENTRIES = """
SELECT id, uuid, number, title, unit_id, status, rev, effective_on, saved_at, origin
FROM sops ORDER BY position
"""
_STEP_COUNTS = """
SELECT sop_id, count(*) FROM steps JOIN procedures ON procedures.id = procedure_id GROUP BY sop_id
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the office's list of SOPs; `position` counts from 1, `saved_at` is UTC.

    Of one that `is_damaged` the SOP cannot be loaded, and what is told of it here may be wrong. One
    that `is_twin` is another version of an SOP in the list, and came in beside it.
    """

    position: int
    uuid: str
    number: str
    title: str
    unit: tuple[str, ...]
    status: Status
    rev: int
    effective_on: PartialDate | None
    saved_at: datetime
    step_count: int
    is_damaged: bool = False
    is_twin: bool = False


def read_entries(connection: sqlite3.Connection, damaged: Container[str] = ()) -> list[Entry]:
    """Return the list in the office's order; the caller holds the read transaction.

    `damaged` are the uuids of those that are known to be; a row that no save has written is too.

    Raises:
        ValueError: the tree of units is none.
    """
    units = unit_paths(connection)
    counts = dict(connection.execute(_STEP_COUNTS).fetchall())
    rows = connection.execute(_ENTRIES).fetchall()
    uuids = {row[1] for row in rows}
    return [
        _entry(
            position, row[:-1], units, counts.get(row[0], 0), row[1] in damaged, row[-1] in uuids
        )
        for position, row in enumerate(rows, 1)
    ]


def _entry(
    position: int,
    row: Sequence[Any],
    units: dict[int, UnitPath],
    step_count: int,
    is_damaged: bool,
    is_twin: bool,
) -> Entry:
    _, uuid, number, title, unit_id, status, rev, effective_on, saved_at = row
    try:
        if not all(isinstance(text, str) for text in (uuid, number, title)):
            raise TypeError("bytes for a text")
        return Entry(
            position=position,
            uuid=uuid,
            number=number,
            title=title,
            unit=() if unit_id is None else units[unit_id],
            status=Status(status),
            rev=rev,
            effective_on=None if effective_on is None else PartialDate.from_iso(effective_on),
            saved_at=instant(saved_at),
            step_count=step_count,
            is_damaged=is_damaged,
            is_twin=is_twin,
        )
    except (ValueError, KeyError, TypeError):
        return Entry(
            position=position,
            uuid=str(uuid),
            number=_readable(number),
            title=_readable(title),
            unit=(),
            status=Status.DRAFT,
            rev=rev,
            effective_on=None,
            saved_at=datetime.min.replace(tzinfo=UTC),
            step_count=step_count,
            is_damaged=True,
        )


def _readable(found: object) -> str:
    return found.decode(errors="replace") if isinstance(found, bytes) else str(found)
