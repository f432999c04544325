"""The SOPs by agency, unit and subunit, in the order in which the recap lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

NAMELESS_AGENCY = "OPD TANPA NAMA"
NO_UNIT = "Tanpa Bagian/Bidang"


class Entry(NamedTuple):
    """An SOP and the office whose customs it follows."""

    office: Office
    sop: Sop


@dataclass(slots=True)
class Group:
    """A unit: the SOPs that are its own, then its subunits in order."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of SOPs in it and in everything below it."""
        return len(self.entries) + sum(group.count for group in self.groups.values())

    @property
    def filled(self) -> tuple[Group, ...]:
        """The subunits that have SOPs, in order."""
        return tuple(group for group in self.groups.values() if group.count)

    def at(self, path: Sequence[str]) -> Group:
        """Return the group at the end of the path, made where it is missing.

        Names that differ in case or spacing only are one unit, spelt as first met.
        """
        group = self
        for name in path:
            if words := " ".join(plain(name).split()):
                group = group.groups.setdefault(words.casefold(), Group(words))
        return group

    def walk(self) -> Iterator[Entry]:
        """Yield every SOP in the order of the recap."""
        return chain(self.entries, *(group.walk() for group in self.groups.values()))


def agency_name(office: Office) -> str:
    """Return the agency's own name, the last line of its letterhead."""
    return plain(office.lines[-1]) if office.lines else NAMELESS_AGENCY


def group_by_unit(offices: Sequence[tuple[Office, Sequence[Sop]]]) -> Group:
    """Return the tree of units, with the agencies as outermost groups where there are several.

    Units stand in the office's own order, and those it does not list where their first SOP does.
    An SOP without a unit stands directly below its agency; in a single agency that has units, below
    a last group of its own.
    """
    root = Group("")
    for office, sops in offices:
        agency = (agency_name(office),) if len(offices) > 1 else ()
        for unit in office.units:
            root.at(agency + unit)
        for sop in sops:
            root.at(agency + sop.identity.unit).entries.append(Entry(office, sop))
    if root.filled and root.entries:
        root.at((NO_UNIT,)).entries.extend(root.entries)
        root.entries.clear()
    return root
