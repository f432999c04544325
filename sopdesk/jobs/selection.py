"""Which SOPs of an office file a task is about, and their values, saved or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from sopdesk.document.values import Status
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import Entry, OfficeFile


def chosen(entries: Sequence[Entry], wanted: Sequence[str]) -> list[Entry]:
    """Return the entries that are wanted, in the office's order; all where nothing is named.

    Each of `wanted` is a number as printed, which may occur twice, a position such as `#3`, or a
    uuid.

    Raises:
        UserError: `sop_not_found`, naming the first that fits no SOP.
    """
    if not wanted:
        return list(entries)
    found: set[str] = set()
    for name in wanted:
        fitting = _fitting(entries, " ".join(name.split()))
        if not fitting:
            raise UserError("sop_not_found", wanted=name)
        found |= fitting
    return [entry for entry in entries if entry.uuid in found]


def the_one(entries: Sequence[Entry], wanted: str) -> Entry:
    """Return the one entry that is wanted.

    Raises:
        UserError: `sop_not_found`; `sop_ambiguous` with the positions of those that fit.
    """
    first, *others = chosen(entries, [wanted])
    if others:
        positions = ", ".join(f"#{entry.position}" for entry in (first, *others))
        raise UserError("sop_ambiguous", wanted=wanted, positions=positions)
    return first


def _fitting(entries: Sequence[Entry], name: str) -> set[str]:
    """Return the uuids of the entries that a name means; a position is never taken for a number."""
    if placed := {entry.uuid for entry in entries if name == f"#{entry.position}"}:
        return placed
    return {
        entry.uuid
        for entry in entries
        if name and name in (" ".join(plain(entry.number).split()), entry.uuid)
    }


def with_sheets(entries: Sequence[Entry], unsaved: Iterable[Sop] = ()) -> list[Entry]:
    """Return the entries that are more than a title, or all where none is."""
    edited = {sop.uuid for sop in unsaved}
    found = [
        entry
        for entry in entries
        if entry.status is not Status.PLANNED or entry.step_count or entry.uuid in edited
    ]
    return found or list(entries)


def read_sops(
    office_file: OfficeFile,
    entries: Iterable[Entry],
    unsaved: Iterable[Sop] = (),
    damage: list[UserError] | None = None,
) -> Iterator[Sop]:
    """Yield the entries' SOPs; one that is also in `unsaved` as it stands there.

    Where `damage` is a list, SOPs that are damaged are left out and their faults put into it.

    Raises:
        UserError: of reading; `sop_damaged`, where they are not to be left out, or all are.
    """
    edited = {sop.uuid: sop for sop in unsaved}
    is_empty = True
    for entry in entries:
        try:
            sop = edited.get(entry.uuid) or office_file.load(entry.uuid).sop
        except UserError as fault:
            if fault.code != "sop_damaged" or damage is None:
                raise
            damage.append(fault)
        else:
            is_empty = False
            yield sop
    if is_empty and damage:
        raise damage[0]


def read_office(office_file: OfficeFile, damage: list[UserError] | None) -> Office:
    """Return the office's settings.

    Where they are damaged and `damage` is a list, those of a new office, and the fault is put into
    it.

    Raises:
        UserError: of reading; `office_damaged`, where there is no list.
    """
    return office_file.office(None if damage is None else damage.append)


def damaged_sops(damage: Iterable[UserError] | None) -> int:
    """Return how many SOPs were left out for being damaged."""
    return sum(fault.code == "sop_damaged" for fault in damage or ())
