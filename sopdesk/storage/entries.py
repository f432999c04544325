"""The office's list of SOPs, without the SOPs themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.document.dates import PartialDate
from sopdesk.document.values import Status
from sopdesk.storage.revisions import instant
from sopdesk.storage.units import unit_paths

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sopdesk.storage.units import UnitPath

_ENTRIES = """
SELECT id, uuid, number, title, unit_id, status, rev, effective_on, saved_at
FROM sops ORDER BY position
"""
_STEP_COUNTS = """
SELECT sop_id, count(*) FROM steps JOIN procedures ON procedures.id = procedure_id GROUP BY sop_id
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the office's list of SOPs; `position` counts from 1, `saved_at` is UTC."""

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


def read_entries(connection: sqlite3.Connection) -> list[Entry]:
    """Return the list in the office's order; the caller holds the read transaction.

    Raises:
        ValueError, KeyError: the rows hold what no save has written.
    """
    units = unit_paths(connection)
    counts = dict(connection.execute(_STEP_COUNTS).fetchall())
    rows = connection.execute(_ENTRIES).fetchall()
    return [
        _entry(position, row, units, counts.get(row[0], 0)) for position, row in enumerate(rows, 1)
    ]


def _entry(position: int, row: Sequence[Any], units: dict[int, UnitPath], step_count: int) -> Entry:
    _, uuid, number, title, unit_id, status, rev, effective_on, saved_at = row
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
    )
