"""The SOPs that a clerk has open, each with its own history, and what of them is not saved yet.

Knows nothing of Qt; `session` tells the window when something here changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.dates import PartialDate
    from sopdesk.document.history import History
    from sopdesk.document.values import Procedure, Sop, Status
    from sopdesk.storage.office_file import Entry


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected in the table and on the canvas alike, by ids; `flow` is an index."""

    steps: tuple[str, ...] = ()
    symbol: str | None = None
    flow: int | None = None

    def within(self, procedure: Procedure) -> Selection:
        """Return the part of the selection that the procedure still has."""
        steps = {step.id for step in procedure.steps}
        symbols = {symbol.id for symbol in procedure.symbols}
        kept = Selection(
            steps=tuple(step for step in self.steps if step in steps),
            symbol=self.symbol if self.symbol in symbols else None,
            flow=self.flow if self.flow is not None and self.flow < len(procedure.flows) else None,
        )
        return self if kept == self else kept


@dataclass(slots=True)
class Work:
    """One open SOP. `saved` is the value that the file holds at revision `rev`."""

    history: History
    saved: Sop
    rev: int
    procedure_index: int = 0
    selection: Selection = field(default_factory=Selection)

    @property
    def sop(self) -> Sop:
        """The SOP as it stands, saved or not."""
        return self.history.sop

    @property
    def procedure(self) -> Procedure:
        """The flow table that is looked at."""
        return self.sop.procedures[self.procedure_index]

    @property
    def is_dirty(self) -> bool:
        """Whether the file holds something else."""
        return self.sop is not self.saved and self.sop != self.saved

    def over(self, entry: Entry) -> Entry:
        """Return the file's entry with what is not saved yet laid over it."""
        number, title, unit, effective_on, status = listed(self.sop)
        return replace(
            entry,
            number=number,
            title=title,
            unit=unit,
            effective_on=effective_on,
            status=status,
        )

    def settle(self) -> None:
        """Point at a flow table that exists, and select only what it has."""
        self.procedure_index = min(self.procedure_index, len(self.sop.procedures) - 1)
        self.selection = self.selection.within(self.procedure)


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What a save did: titles saved, and per SOP that could not be saved its fault."""

    saved: tuple[str, ...] = ()
    faults: tuple[tuple[str, UserError], ...] = ()


class Works:
    """The open SOPs by uuid; an SOP with unsaved work stays until it is saved or given up."""

    def __init__(self) -> None:
        self._works: dict[str, Work] = {}

    def get(self, uuid: str | None) -> Work | None:
        """Return the work on this SOP, None where it is not open."""
        return self._works.get(uuid) if uuid is not None else None

    def put(self, work: Work) -> None:
        """Keep the work under its SOP's uuid."""
        self._works[work.sop.uuid] = work

    def drop(self, uuid: str) -> None:
        """Forget the work on this SOP, saved or not."""
        self._works.pop(uuid, None)

    @property
    def dirty(self) -> tuple[Work, ...]:
        """The works that hold something the file does not, in the order they were opened."""
        return tuple(work for work in self._works.values() if work.is_dirty)

    def save(self, save: Callable[[Sop, int], int]) -> SaveReport:
        """Save what is dirty by `save`, which takes a revision and returns the new one.

        A `UserError` of one SOP leaves it dirty, and the others are saved all the same.
        """
        saved: list[str] = []
        faults: list[tuple[str, UserError]] = []
        for work in self.dirty:
            try:
                work.rev = save(work.sop, work.rev)
            except UserError as fault:
                faults.append((work.sop.uuid, fault))
            else:
                work.saved = work.sop
                work.history.end_merge()
                saved.append(work.sop.identity.title)
        return SaveReport(tuple(saved), tuple(faults))


def listed(sop: Sop) -> tuple[str, str, tuple[str, ...], PartialDate | None, Status]:
    """Return what the list of SOPs shows of one: number, title, unit, effective date, status."""
    identity = sop.identity
    return identity.number, identity.title, identity.unit, identity.effective_on, sop.status
