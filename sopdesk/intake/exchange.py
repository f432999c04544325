"""The exchange file, read: bounded, strict, and refused as a whole or taken as a whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sopdesk.document.form import from_form, office_from_form
from sopdesk.document.form.limits import LARGEST_FILE, MOST_SOPS, is_too_large
from sopdesk.document.form.node import Node, fault, shown
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

FORMAT = "sopdesk-exchange"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Exchange:
    """What an exchange file holds.

    `office` is None where the file names none; only its letterhead travels. `notes` are the paths
    of the keys that are not known, `left_out` those among them that stand outside the SOPs: no
    value keeps them.
    """

    office: Office | None
    sops: tuple[Sop, ...]
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_exchange(path: Path) -> Exchange:
    """Return what the file at `path` holds, all of it valid.

    Raises:
        UserError: `file_missing`; `exchange_<reason>` with the path of the file where it is no
            exchange file that this version can read, or of the first value in it that breaks a
            rule, such as `sops[3].procedures[0].flows[2].to`.
    """
    path = Path(path)
    node = _root(_parse(_read(path), path), path)
    office_data = node.value("office")
    office, notes = (None, ()) if office_data is None else office_from_form(office_data)
    read = [
        from_form(data, f"sops[{index}]")
        for index, data in enumerate(node.items("sops", MOST_SOPS))
    ]
    sops = tuple(sop for sop, _ in read)
    _check_uuids(sops)
    node.rest()
    left_out = (*notes, *node.notes)
    kept = (path for _, paths in read for path in paths)
    return Exchange(office, sops, (*left_out, *kept), left_out)


def _check_uuids(sops: tuple[Sop, ...]) -> None:
    seen: set[str] = set()
    for index, sop in enumerate(sops):
        if sop.uuid in seen:
            raise fault("duplicate", f"sops[{index}].uuid", value=sop.uuid)
        seen.add(sop.uuid)


def _root(data: object, path: Path) -> Node:
    """Return the outermost object if it says that it is an exchange file of this version."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError("exchange_foreign", path=str(path))
    node = Node(data, "")
    node.value("format")
    version = node.number("version", 1, 1_000_000)
    if version is None:
        raise fault("missing", "version")
    if version > VERSION:
        raise UserError("exchange_newer", path=str(path), version=f"{version:g}")
    return node


def _read(path: Path) -> str:
    """Return the text of a file that is small enough to be taken in."""
    try:
        if not path.exists():
            raise UserError("file_missing", path=str(path))
        if not path.is_file():  # A pipe or a device may never end.
            raise UserError("exchange_unreadable", path=str(path))
        with open(path, "rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError("exchange_unreadable", path=str(path)) from error
    if not content.strip():
        raise UserError("exchange_empty", path=str(path))
    if is_too_large(content):
        raise UserError("exchange_too_large", path=str(path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("exchange_not_utf8", path=str(path)) from error


def _parse(text: str, path: Path) -> object:
    """Return the JSON data of a text; a key given twice and a number without an end are refused."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                raise UserError("exchange_repeated_key", path=str(path), key=shown(key))
            found[key] = value
        return found

    def refuse(word: str) -> NoReturn:
        raise ValueError(word)

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise UserError(
            "exchange_not_json", path=str(path), line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise UserError("exchange_nested", path=str(path)) from error
    except ValueError as error:  # NaN, Infinity, or an integer of thousands of digits.
        raise UserError("exchange_endless_number", path=str(path)) from error
