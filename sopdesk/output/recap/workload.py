"""Who carries out which steps, and how long they take: the figures behind the sheet of actors."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.durations import Total, total
from sopdesk.document.markup import plain
from sopdesk.document.merged_cells import owner_row
from sopdesk.document.values import Spans
from sopdesk.output.recap.grouping import agency_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopdesk.document.office import Office
    from sopdesk.document.values import Procedure, Sop, Step
    from sopdesk.output.recap.grouping import Entry


class Share(NamedTuple):
    """What one actor does in one SOP."""

    entry: Entry
    steps: int
    total: Total


@dataclass(slots=True)
class Actor:
    """An actor of an agency, and the actor's share in each SOP."""

    agency: str
    name: str
    office: Office
    shares: list[Share] = field(default_factory=list)

    @property
    def steps(self) -> int:
        """The number of steps the actor takes part in."""
        return sum(share.steps for share in self.shares)

    @property
    def total(self) -> Total:
        """The time of these steps; two who carry a step out together spend its time each."""
        return join_totals(share.total for share in self.shares)


def actors_of(entries: Iterable[Entry]) -> list[Actor]:
    """Return the actors by name within each agency, with their shares in the order of the recap.

    Names that differ in case or spacing only are one actor. A lane without a name is nobody's.
    """
    found: dict[tuple[str, str], Actor] = {}
    agencies: list[str] = []
    for entry in entries:
        agency = agency_name(entry.office)
        if agency not in agencies:
            agencies.append(agency)
        for name, share in _shares(entry):
            key = (agency, name.casefold())
            actor = found.setdefault(key, Actor(agency, name, entry.office))
            actor.shares.append(share)
    return sorted(
        found.values(), key=lambda actor: (agencies.index(actor.agency), actor.name.casefold())
    )


def sop_total(sop: Sop, office: Office) -> Total:
    """Return the time of all its steps by the office's calendar."""
    return join_totals(total(procedure.steps, office.calendar) for procedure in sop.procedures)


def join_totals(totals: Iterable[Total]) -> Total:
    """Return the sum, and together what of it is uncertain."""
    known = list(totals)
    return Total(
        sum(one.minutes for one in known),
        tuple(doubt for one in known for doubt in one.left_out),
        tuple(doubt for one in known for doubt in one.estimated),
    )


def _shares(entry: Entry) -> Iterator[tuple[str, Share]]:
    """Yield each actor of the SOP with the steps and the time in all its flow tables together."""
    names: dict[str, str] = {}
    steps: dict[str, int] = {}
    totals: dict[str, list[Total]] = {}
    for procedure in entry.sop.procedures:
        for name, rows in _rows_by_actor(procedure).items():
            key = name.casefold()
            names.setdefault(key, name)
            steps[key] = steps.get(key, 0) + len(rows)
            timed = _timed_steps(procedure, rows)
            totals.setdefault(key, []).append(total(timed, entry.office.calendar))
    for key, name in names.items():
        yield name, Share(entry, steps[key], join_totals(totals[key]))


def _rows_by_actor(procedure: Procedure) -> dict[str, set[int]]:
    """Return the rows in which each actor has a symbol; actors in the order of the lanes."""
    row_of = {step.id: row for row, step in enumerate(procedure.steps)}
    lanes_to_rows: dict[str, set[int]] = {lane.id: set() for lane in procedure.lanes}
    for symbol in procedure.symbols:
        for lane_id in symbol.lanes:
            lanes_to_rows[lane_id].add(row_of[symbol.step])
    found: dict[str, tuple[str, set[int]]] = {}
    for lane in procedure.lanes:
        if name := " ".join(plain(lane.name).split()):
            found.setdefault(name.casefold(), (name, set()))[1].update(lanes_to_rows[lane.id])
    return dict(found.values())


def _timed_steps(procedure: Procedure, rows: set[int]) -> list[Step]:
    """Return the steps whose duration cells stand beside the rows, each once.

    A cell that covers several rows belongs to all of them, and is returned without its span, since
    the rows that follow it here are not those that it covers.
    """
    owners = {owner_row(procedure.steps, row, "duration") for row in rows}
    return [replace(procedure.steps[row], spans=Spans()) for row in sorted(owners)]
