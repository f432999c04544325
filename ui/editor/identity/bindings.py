"""Each field of the identity form: what it shows of an SOP, and what its text changes. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sopdesk.document.dates import parse_date, print_date
from sopdesk.document.texts import clean
from sopdesk.document.values import LISTS, Closing
from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.dates import PartialDate
    from sopdesk.document.values import Approval, Identity, Sop

Form = Literal["line", "lines", "date", "employee_id"]
_UNIT_MARK = re.compile(r"\s+/\s+|\s*>\s*")
_NIP_PARTS = (8, 6, 1, 3)
"""How an employee number is spaced: birth date, appointment, sex, serial number."""


class NotReadable(ValueError):
    """What was typed says nothing that the field can hold; the message tells the clerk."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A field: its name in the exchange file, how it is typed, and its way to and from the SOP.

    A list is given and taken as one text per item.
    `write` raises `NotReadable` where the text makes no sense.
    """

    name: str
    form: Form
    said: str
    read: Callable[[Sop], tuple[str, ...]]
    write: Callable[[Sop, tuple[str, ...]], Sop]

    def why_unread(self, sop: Sop, texts: tuple[str, ...]) -> str:
        """Return why a text says nothing that the field can hold, `""` where it does."""
        try:
            self.write(sop, texts)
        except NotReadable as fault:
            return str(fault)
        return ""


def bindings() -> dict[str, Binding]:
    """Return the fields of the form by name."""
    fields = [
        _text("number", tr("SOP number")),
        _text("title", tr("Title of the SOP")),
        Binding("unit", "line", tr("Unit"), _read_unit, _write_unit),
        _list("institution", tr("Letterhead")),
        _date("created_on", tr("Date made")),
        _date("revised_on", tr("Date revised")),
        _text("revision", tr("Revision")),
        _date("effective_on", tr("Effective date")),
        *_signatory("approved_by"),
        *(_list(name, _list_names()[name]) for name in LISTS),
        *_signatory("closing"),
        Binding(
            "closing_place_date",
            "line",
            tr("Place and date"),
            lambda sop: (sop.closing.place_date if sop.closing else "",),
            lambda sop, texts: _with_closing(sop, place_date=_line(texts)),
        ),
    ]
    return {field.name: field for field in fields}


def signatory_words() -> dict[str, str]:
    """Return the parts of a signature block, in order, in the language of the interface."""
    return {
        "position": tr("Position"),
        "name": tr("Name"),
        "rank": tr("Rank"),
        "employee_id": tr("Employee number"),
    }


def spaced_employee_id(text: str) -> str:
    """Return an employee number of 18 digits in its four groups, any other text as it is."""
    digits = "".join(text.split())
    if len(digits) != sum(_NIP_PARTS) or not digits.isdigit():
        return text.strip()
    groups, at = [], 0
    for length in _NIP_PARTS:
        groups.append(digits[at : at + length])
        at += length
    return " ".join(groups)


def _list_names() -> dict[str, str]:
    return {
        "legal_basis": tr("Legal basis"),
        "qualifications": tr("Qualifications"),
        "related": tr("Related SOPs"),
        "equipment": tr("Equipment"),
        "warnings": tr("Warnings"),
        "records": tr("Records"),
    }


def _line(texts: tuple[str, ...]) -> str:
    return " ".join(clean("\n".join(texts)).split())


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the items, blank ones left out; an item may have lines of its own."""
    items = ("\n".join(line.strip() for line in clean(text).split("\n")).strip() for text in texts)
    return tuple(item for item in items if item)


def _with_identity(sop: Sop, **fields: object) -> Sop:
    identity: Identity = replace(sop.identity, **fields)  # type: ignore[arg-type]
    return replace(sop, identity=identity)


def _text(name: str, said: str) -> Binding:
    return Binding(
        name,
        "line",
        said,
        lambda sop: (getattr(sop.identity, name),),
        lambda sop, texts: _with_identity(sop, **{name: _line(texts)}),
    )


def _list(name: str, said: str) -> Binding:
    return Binding(
        name,
        "lines",
        said,
        lambda sop: getattr(sop.identity, name),
        lambda sop, texts: _with_identity(sop, **{name: _lines(texts)}),
    )


def _date(name: str, said: str) -> Binding:
    def read(sop: Sop) -> tuple[str, ...]:
        date: PartialDate | None = getattr(sop.identity, name)
        return (" ".join(print_date(date).split()),)

    def write(sop: Sop, texts: tuple[str, ...]) -> Sop:
        typed = _line(texts)
        date = parse_date(typed) if typed not in ("", "-") else None
        if date is None and typed not in ("", "-"):
            raise NotReadable(tr("Not a date yet. Type it like 9-5-2019, 9 Mei 2019 or Mei 2019."))
        return _with_identity(sop, **{name: date})

    return Binding(name, "date", said, read, write)


def _read_unit(sop: Sop) -> tuple[str, ...]:
    return (" / ".join(sop.identity.unit),)


def _write_unit(sop: Sop, texts: tuple[str, ...]) -> Sop:
    parts = (part.strip() for part in _UNIT_MARK.split(_line(texts)))
    return _with_identity(sop, unit=tuple(part for part in parts if part))


def _signatory(owner: Literal["approved_by", "closing"]) -> list[Binding]:
    """Return the fields of a signature block: position lines, name, rank, employee number."""
    said = signatory_words()
    forms: dict[str, Form] = {"position": "lines", "employee_id": "employee_id"}

    def field(part: str) -> Binding:
        def read(sop: Sop) -> tuple[str, ...]:
            signed = _signed(sop, owner)
            value = getattr(signed, part) if signed is not None else ""
            return value if isinstance(value, tuple) else (value,)

        def write(sop: Sop, texts: tuple[str, ...]) -> Sop:
            value = _lines(texts) if part == "position" else _line(texts)
            if part == "employee_id":
                value = spaced_employee_id(_line(texts))
            if owner == "closing":
                return _with_closing(sop, **{part: value})
            fields: dict[str, Any] = {part: value}
            approval = replace(sop.identity.approved_by, **fields)
            return _with_identity(sop, approved_by=approval)

        return Binding(f"{owner}_{part}", forms.get(part, "line"), said[part], read, write)

    return [field(part) for part in said]


def _signed(sop: Sop, owner: str) -> Approval | Closing | None:
    return sop.closing if owner == "closing" else sop.identity.approved_by


def _with_closing(sop: Sop, **fields: object) -> Sop:
    """Return the SOP with a changed second signature block; an empty one is none."""
    closing = replace(sop.closing or Closing(), **fields)  # type: ignore[arg-type]
    return replace(sop, closing=None if closing == Closing() else closing)
