"""SOPs from their rows: the way back of `rows`."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sopdesk.document.dates import PartialDate
from sopdesk.document.form import list_styles_from_form, settings_from_form, sha256
from sopdesk.document.form.limits import MOST_FLOWS, MOST_LANES, MOST_STEPS, MOST_SYMBOLS
from sopdesk.document.validity import faults
from sopdesk.document.values import (
    LISTS,
    Approval,
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    Procedure,
    Side,
    Sop,
    Spans,
    Status,
    Step,
    Symbol,
)
from sopdesk.foundation.faults import UserError
from sopdesk.storage.rows import COLUMNS, from_json_text
from sopdesk.storage.units import unit_paths
from sopdesk.storage.verdicts import Damaged, is_damage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from sopdesk.document.values import Pairs
    from sopdesk.storage.units import UnitPath

T = TypeVar("T")

_MOST_PARTS = (MOST_LANES, MOST_STEPS, MOST_SYMBOLS, MOST_FLOWS)

_SCOPES = {
    "id": "id IN (SELECT value FROM json_each(?))",
    "sop_id": "sop_id IN (SELECT value FROM json_each(?))",
    "procedure_id": "procedure_id IN (SELECT id FROM procedures"
    " WHERE sop_id IN (SELECT value FROM json_each(?)))",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """An SOP as the file has it, and the number of its last save."""

    sop: Sop
    rev: int


def read_sops(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    path: Path,
    *,
    despite_damage: bool = False,
) -> list[Stored]:
    """Return the SOPs in the rows with these ids, in the office's order.

    The caller holds the transaction; `path` is the file to tell the clerk. `despite_damage` a table
    that cannot be read counts as one without rows for them: an SOP that has none there is whole all
    the same, and of any other the hash says that it is not.

    Raises:
        UserError: `sop_damaged`: by its hash an SOP is not what was saved, or its parts do not fit
            together, as no program of ours saves them, or it is not found by its uuid.
    """
    shelf = _Shelf(connection, ids, despite_damage)
    return [_checked(shelf, facts, path) for facts in shelf.sops]


def id_of(connection: sqlite3.Connection, uuid: str) -> int | None:
    """Return the id of an SOP's row; None where there is none.

    Only where its index does not lead to it is the table itself looked through: a damaged index,
    which no quick check finds, does not make an SOP one that was deleted, nor another one. Nor does
    a damaged uuid, which is compared as it is read: SQLite would compare its bytes.
    """
    found = _id_by_index(connection, uuid)
    row = connection.execute("SELECT uuid FROM sops WHERE id = ?", [found]).fetchone()
    if row == (uuid,):
        return found
    rows = connection.execute("SELECT id, uuid FROM sops NOT INDEXED")
    return next((int(key) for key, name in rows if name == uuid), None)


def _id_by_index(connection: sqlite3.Connection, uuid: str) -> int | None:
    row = connection.execute("SELECT id FROM sops WHERE uuid = ?", [uuid]).fetchone()
    return None if row is None else int(row[0])


def _checked(shelf: _Shelf, facts: dict[str, Any], path: Path) -> Stored:
    try:
        sop = shelf.sop(facts)
        is_sound = shelf.is_led_to(facts) and sha256(sop) == facts["sha256"] and not faults(sop)
    except (ValueError, KeyError, TypeError, UserError):
        is_sound = False
    if not is_sound:
        names = {name: facts[name] for name in ("position", "title", "uuid")}
        names["number"] = facts["number"] or "–"  # it stands in brackets
        raise UserError("sop_damaged", path=str(path), **names)
    return Stored(sop, facts["rev"])


class _Shelf:
    """The rows of some SOPs, fetched in one query a table, however many the SOPs.

    Plain cursors, not sqlite-utils: reading is what a window's start waits for, and importing
    sqlite-utils takes longer than all the rest of it.
    """

    def __init__(
        self, connection: sqlite3.Connection, ids: Sequence[int], despite_damage: bool
    ) -> None:
        self._connection = connection
        self._ids = json.dumps(list(ids))
        self._despite_damage = despite_damage
        no_units: dict[int, UnitPath] = {}
        self._units = self._readable(lambda: unit_paths(connection), no_units)
        self.sops = [
            dict(zip(COLUMNS["sops"], row, strict=True))
            for row in self._rows("sops", "id", "position")
        ]
        self._closings = {row[0]: row for row in self._rows("closings", "sop_id", "sop_id")}
        self._sop_items = self._texts("sop_items", "sop_id", 2)
        self._notes = self._texts("procedure_notes", "procedure_id", 1)
        self._groups = self._texts("lane_groups", "procedure_id", 2)
        self._step_items = self._texts("step_items", "procedure_id", 3)
        self._symbol_lanes = self._texts("symbol_lanes", "procedure_id", 2)
        self._procedures = self._by_owner("procedures", "sop_id", 1)
        self._lanes = self._by_owner("lanes", "procedure_id", 0)
        self._steps = self._by_owner("steps", "procedure_id", 0)
        self._symbols = self._by_owner("symbols", "procedure_id", 0)
        self._flows = self._by_owner("flows", "procedure_id", 0)

    def is_led_to(self, facts: dict[str, Any]) -> bool:
        """Say whether the index of uuids, which no hash vouches for, leads to one of `sops`."""
        return bool(_id_by_index(self._connection, facts["uuid"]) == facts["id"])

    def sop(self, facts: dict[str, Any]) -> Sop:
        """Return the SOP of one of `sops`.

        Raises:
            ValueError, KeyError, TypeError, UserError: the rows hold what no save has written.
        """
        sop_id = facts["id"]
        return Sop(
            identity=self._identity(facts),
            procedures=tuple(self._procedure(row) for row in self._procedures[sop_id]),
            status=Status(facts["status"]),
            sheet=settings_from_form(from_json_text(facts["sheet"])),
            closing=self._closing(sop_id),
            uuid=facts["uuid"],
            origin=facts["origin"],
            extra=_pairs(facts["extra"]),
        )

    def _rows(self, table: str, scope: str, order: str) -> list[Sequence[Any]]:
        columns = ", ".join(COLUMNS[table])
        sql = f"SELECT {columns} FROM {table} WHERE {_SCOPES[scope]} ORDER BY {order}"
        query = self._connection.execute
        none: list[Sequence[Any]] = []
        found = self._readable(lambda: query(sql, [self._ids]).fetchall(), none)
        return [_with_texts(row) if bytes in map(type, row) else row for row in found]

    def _readable(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except sqlite3.Error as error:
            if not (self._despite_damage and is_damage(error)):
                raise
            return otherwise

    def _by_owner(
        self, table: str, scope: str, owner: int
    ) -> defaultdict[int, list[Sequence[Any]]]:
        """Group a table's rows by the column at `owner`, each group in the order of the SOP."""
        grouped: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
        for row in self._rows(table, scope, "position"):
            grouped[row[owner]].append(row)
        return grouped

    def _texts(self, table: str, scope: str, width: int) -> Mapping[Any, tuple[str, ...]]:
        """Return the texts of a table of lists by the `width` columns that name the list."""
        grouped: defaultdict[Any, list[str]] = defaultdict(list)
        for row in self._rows(table, scope, "position"):
            grouped[row[:width]].append(row[-1])
        return {key: tuple(texts) for key, texts in grouped.items()}

    def _identity(self, facts: dict[str, Any]) -> Identity:
        def items(name: str) -> tuple[str, ...]:
            return self._sop_items.get((facts["id"], name), ())

        unit_id = facts["unit_id"]
        return Identity(
            title=facts["title"],
            number=facts["number"],
            unit=() if unit_id is None else self._units[unit_id],
            institution=items("institution"),
            created_on=_date(facts["created_on"]),
            revised_on=_date(facts["revised_on"]),
            revision=facts["revision"],
            effective_on=_date(facts["effective_on"]),
            approved_by=Approval(
                position=items("approved_by_position"),
                name=facts["approved_by_name"],
                rank=facts["approved_by_rank"],
                employee_id=facts["approved_by_employee_id"],
            ),
            list_styles=list_styles_from_form(from_json_text(facts["list_styles"])),
            **{name: items(name) for name in LISTS},
        )

    def _closing(self, sop_id: int) -> Closing | None:
        row = self._closings.get(sop_id)
        if row is None:
            return None
        _, place_date, name, rank, employee_id = row
        position = self._sop_items.get((sop_id, "closing_position"), ())
        return Closing(place_date, position, name, rank, employee_id)

    def _procedure(self, row: Sequence[Any]) -> Procedure:
        key, _, _, title, extra = row
        for rows, most in zip(
            (self._lanes, self._steps, self._symbols, self._flows), _MOST_PARTS, strict=True
        ):
            if len(rows[key]) > most:  # Before the time is spent that so many take.
                raise Damaged("more than any save has written")
        return Procedure(
            lanes=tuple(self._lane(found) for found in self._lanes[key]),
            steps=tuple(self._step(found) for found in self._steps[key]),
            symbols=tuple(self._symbol(found) for found in self._symbols[key]),
            flows=tuple(_flow(found) for found in self._flows[key]),
            title=title,
            notes=self._notes.get((key,), ()),
            extra=_pairs(extra),
        )

    def _lane(self, row: Sequence[Any]) -> Lane:
        key, lane_id, _, name, extra = row
        return Lane(lane_id, name, self._groups.get((key, lane_id), ()), _pairs(extra))

    def _step(self, row: Sequence[Any]) -> Step:
        key, step_id, _, number, activity, duration, remarks, *spans, refers_to, extra = row
        items = self._step_items
        return Step(
            id=step_id,
            activity=activity,
            number=number,
            activity_items=items.get((key, step_id, "activity_items"), ()),
            requirements=items.get((key, step_id, "requirements"), ()),
            duration=duration,
            outputs=items.get((key, step_id, "outputs"), ()),
            remarks=remarks,
            spans=Spans(*spans),
            refers_to=refers_to,
            extra=_pairs(extra),
        )

    def _symbol(self, row: Sequence[Any]) -> Symbol:
        key, symbol_id, _, step_id, kind, text, extra = row
        lanes = self._symbol_lanes.get((key, symbol_id), ())
        return Symbol(step_id, lanes, Kind(kind), text, symbol_id, _pairs(extra))


def _with_texts(row: Sequence[Any]) -> Sequence[Any]:
    """Return a row with texts for bytes, that no hash knows: none would pass for an empty text."""
    return tuple("\ufffd" if isinstance(value, bytes) else value for value in row)


def _flow(row: Sequence[Any]) -> Flow:
    _, _, source, target, label, line, leaving, entry, extra = row
    return Flow(
        source=source,
        target=target,
        label=label,
        line=Line(line),
        exit=None if leaving is None else Side(leaving),
        entry=None if entry is None else Side(entry),
        extra=_pairs(extra),
    )


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.from_iso(text)


def _pairs(text: str) -> Pairs:
    return tuple(from_json_text(text).items()) if text != "{}" else ()
