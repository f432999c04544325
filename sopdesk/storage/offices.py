"""The office and its settings as rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.document.form import (
    calendar_from_form,
    calendar_to_form,
    customs_from_form,
    customs_to_form,
    list_styles_from_form,
    list_styles_to_form,
    recap_from_form,
    recap_to_form,
    settings_from_form,
    settings_to_form,
)
from sopdesk.document.office import OFFICE_LIST_STYLES, OFFICE_SHEET, Office
from sopdesk.storage.rows import from_json_text, json_text
from sopdesk.storage.units import UnitTree, listed_units

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from sqlite_utils import Database

_FORMS = ("calendar", "customs", "recap", "sheet", "list_styles")
_SELECT = f"SELECT city, logo, {', '.join(_FORMS)}, rev, sha256 FROM office"
_ITEMS = "SELECT text FROM office_items WHERE list = ? ORDER BY position"


@dataclass(frozen=True, slots=True)
class StoredOffice:
    """The office as the file has it, the number of its save, and whether its hash is right."""

    office: Office
    rev: int
    is_sound: bool


def read_office(connection: sqlite3.Connection) -> StoredOffice:
    """Return the office; the caller holds the read transaction.

    Raises:
        ValueError, KeyError, TypeError, UserError: the rows hold what no save has written.
    """
    city, logo, *forms, rev, sha256 = connection.execute(_SELECT).fetchone()
    office = Office(
        lines=_items(connection, "lines"),
        address=_items(connection, "address"),
        city=city,
        units=listed_units(connection),
        logo=logo,
        **_settings(dict(zip(_FORMS, map(from_json_text, forms), strict=True))),
    )
    return StoredOffice(office, rev, sha256_of_office(office) == sha256)


def write_office(database: Database, office: Office, rev: int, save_id: str) -> bool:
    """Write the office over save number `rev`, 0 in a new file; say whether that was the last.

    Raises:
        UserError: `exchange_...`, a setting that could not be read back.
    """
    forms = _forms(office)
    _settings(forms)  # what could not be read back is refused before it is written
    row = {
        "city": office.city,
        "logo": office.logo,
        **{name: json_text(form) for name, form in forms.items()},
        "rev": rev + 1,
        "save_id": save_id,
        "sha256": sha256_of_office(office),
    }
    if rev == 0:
        database.table("office").insert({"id": 1, **row})
    else:
        names = ", ".join(f"{name} = :{name}" for name in row)
        sql = f"UPDATE office SET {names} WHERE rev = :before"
        if database.execute(sql, {**row, "before": rev}).rowcount == 0:
            return False
    _write_items(database, office)
    tree = UnitTree(database)
    tree.list_in_order(_units(office))
    tree.prune()
    return True


def sha256_of_office(office: Office) -> str:
    """Return the SHA-256 over everything that is stored of an office."""
    form = {
        "lines": office.lines,
        "address": office.address,
        "city": office.city,
        "units": _units(office),
        "logo": None if office.logo is None else hashlib.sha256(office.logo).hexdigest(),
        **_forms(office),
    }
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _forms(office: Office) -> dict[str, dict[str, object]]:
    return {
        "calendar": calendar_to_form(office.calendar),
        "customs": customs_to_form(office.customs),
        "recap": recap_to_form(office.recap),
        "sheet": settings_to_form(office.sheet),
        "list_styles": list_styles_to_form(office.list_styles),
    }


def _settings(forms: dict[str, dict[str, object]]) -> dict[str, Any]:
    """Return from its forms what the office has settled; the way back of `_forms`."""
    return {
        "calendar": calendar_from_form(forms["calendar"]),
        "customs": customs_from_form(forms["customs"]),
        "recap": recap_from_form(forms["recap"]),
        "sheet": settings_from_form(forms["sheet"], absent=OFFICE_SHEET),
        "list_styles": list_styles_from_form(forms["list_styles"], absent=OFFICE_LIST_STYLES),
    }


def _units(office: Office) -> list[tuple[str, ...]]:
    return [path for path in dict.fromkeys(office.units) if path]


def _items(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    return tuple(text for (text,) in connection.execute(_ITEMS, [name]))


def _write_items(database: Database, office: Office) -> None:
    items = database.table("office_items")
    items.delete_where()
    lists = {"lines": office.lines, "address": office.address}
    items.insert_all(
        {"list": name, "position": position, "text": text}
        for name, texts in lists.items()
        for position, text in enumerate(texts)
    )
