"""The SOPs that a clerk has open, each with its own history, and what of them is not saved yet.

Knows nothing of Qt; `session` tells the window when something here changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sopdesk.document.history import History
from sopdesk.document.unread import Unread, is_stranded, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopdesk.document.dates import PartialDate
    from sopdesk.document.values import Procedure, Sop, Status
    from sopdesk.storage.office_file import Entry, Revision


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


@dataclass(frozen=True, slots=True)
class Foreign:
    """What another clerk has made of an SOP since it was loaded here.

    `sop` is None where it is no longer in the list. `last` is its newest save in the file's
    history, which tells by whom, when and how; None where nothing is kept of it.
    """

    sop: Sop | None
    rev: int = 0
    last: Revision | None = None

    @property
    def by(self) -> str:
        """The name of who did it, `""` where nobody knows."""
        return self.last.author if self.last is not None else ""


@dataclass(slots=True, eq=False)
class Work:
    """One open SOP. `saved` is the value that the file holds at revision `rev`.

    `sent` is the value that is being saved at this moment. `foreign` is what another has made of it
    meanwhile, while there is unsaved work that must not be overwritten. `loaded` is the change of
    another that this history begins with, and that undo does not reach behind. `aside` are own
    versions that lost against another's and still have to be put into the file's history.
    """

    history: History
    saved: Sop
    rev: int
    procedure_index: int = 0
    selection: Selection = field(default_factory=Selection)
    sent: Sop | None = None
    foreign: Foreign | None = None
    loaded: Foreign | None = None
    aside: tuple[Sop, ...] = ()

    @property
    def sop(self) -> Sop:
        """The SOP as it stands, saved or not."""
        return self.history.sop

    @property
    def procedure(self) -> Procedure:
        """The flow table that is looked at."""
        return self.sop.procedures[self.procedure_index]

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What was typed and cannot be read yet; it is no part of any value."""
        return self.history.unread

    @property
    def unread_cells(self) -> dict[tuple[str, str], str]:
        """By step and column, what of it was typed into the table that is looked at."""
        return {(one.step, one.column): one.text for one in self._unread_here()}

    def with_cells(self, texts: Mapping[tuple[str, str], str]) -> tuple[Unread, ...]:
        """Return what cannot be read yet, with these texts in the table that is looked at."""
        before = self._unread_here()
        here = (Unread(self.procedure_index, *cell, text) for cell, text in texts.items())
        return (*(one for one in self.unread if one not in before), *here)

    def _unread_here(self) -> list[Unread]:
        steps = {step.id for step in self.procedure.steps} if self.unread else set()
        at = self.procedure_index
        return [one for one in self.unread if one.procedure == at and one.step in steps]

    @property
    def unread_fields(self) -> dict[str, str]:
        """By name, what of it was typed into the identity."""
        return {one.column: one.text for one in self.unread if not one.step}

    def with_field(self, name: str, text: str | None) -> tuple[Unread, ...]:
        """Return what cannot be read yet, with this text in a field of the identity, or none."""
        others = (one for one in self.unread if one.step or one.column != name)
        return (*others, *(() if text is None else (Unread(0, "", name, text),)))

    @property
    def stranded(self) -> tuple[Unread, ...]:
        """What of it has no place any more, because another has removed its step."""
        return tuple(one for one in self.unread if is_stranded(self.sop, one))

    @property
    def is_dirty(self) -> bool:
        """Whether the file holds something else, or is not yet known to hold this."""
        return (
            self.sent is not None
            or bool(self.aside)
            or (self.sop is not self.saved and self.sop != self.saved)
        )

    @property
    def unsaved(self) -> tuple[Sop, ...]:
        """The versions that are in no save of the file yet, the present one last."""
        return (*self.aside, self.sop) if self.is_dirty else ()

    def over(self, entry: Entry) -> Entry:
        """Return the file's entry with this work laid over it, unless only the file is newer."""
        if entry.rev > self.rev and not self.is_dirty:
            return entry
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
        """Point at a flow table, and at parts of it, that exist."""
        self.procedure_index = min(self.procedure_index, len(self.sop.procedures) - 1)
        self.selection = self.selection.within(self.procedure)

    # Saving, and what others save

    def begin_save(self) -> Sop:
        """Return the value to save; what is typed from now on is an undo of its own."""
        self.history.end_merge()
        self.sent = self.sop
        return self.sent

    def end_save(self, sop: Sop, rev: int) -> None:
        """Know that the file holds this value as its save number `rev`."""
        self.saved, self.rev = sop, rev
        self.sent = self.foreign = None
        self.aside = ()

    def meet(self, foreign: Foreign) -> None:
        """Show what another has made of the SOP from now on.

        Never over unsaved work: then it is kept beside, to be compared.
        """
        if foreign.sop is not None and foreign.sop == self.sop:  # both have made the same of it
            self.saved, self.rev, self.foreign = foreign.sop, foreign.rev, None
        elif foreign.sop is None or self.is_dirty:
            self.foreign = foreign
        else:
            self.begin_anew(foreign.sop, foreign)

    def begin_anew(self, sop: Sop, loaded: Foreign) -> None:
        """Stand at this value over what another has saved, with a history that begins here.

        Undo never reaches behind the change of another: it would take that back unseen. The own
        version that this leaves goes into the file's history with the next save. What cannot be
        read yet stays, even where its step is gone.
        """
        mine, theirs, flow = self.sop, loaded.sop, self._selected_ends()
        if theirs is None:
            return
        if self.is_dirty and mine not in (sop, theirs):
            self.aside = (*self.aside, mine)
        self.history = History(sop, settled(sop, self.unread))
        self.saved, self.rev = theirs, loaded.rev
        self.loaded, self.foreign = loaded, None
        self._settle_with(flow)

    def step(self, go: Callable[[History], object]) -> None:
        """Go back or forth in the history."""
        flow = self._selected_ends()
        go(self.history)
        self._settle_with(flow)

    def _settle_with(self, flow: tuple[str, str] | None) -> None:
        """Settle, and select a flow no longer where it joins others than these by now.

        A flow has no id: another may stand at its index.
        """
        self.settle()
        if self._selected_ends() != flow:
            self.selection = replace(self.selection, flow=None)

    def _selected_ends(self) -> tuple[str, str] | None:
        """Return the symbols that the selected flow joins, None where none is selected."""
        index = self.selection.flow
        if index is None:
            return None
        flow = self.procedure.flows[index]
        return flow.source, flow.target


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

    def clear(self) -> None:
        """Forget all of it, because another file is opened."""
        self._works.clear()

    @property
    def dirty(self) -> tuple[Work, ...]:
        """The works that hold something the file does not, in the order they were opened."""
        return tuple(work for work in self._works.values() if work.is_dirty)

    @property
    def to_keep(self) -> tuple[Work, ...]:
        """The works that a crash must not cost: unsaved, or with text that cannot be read yet."""
        return tuple(work for work in self._works.values() if work.is_dirty or work.unread)

    @property
    def revs(self) -> dict[str, int]:
        """The saves that the works with something to lose stand on, by uuid."""
        return {
            uuid: work.rev
            for uuid, work in self._works.items()
            if work.is_dirty or work.history.can_undo or work.history.can_redo
        }


def listed(sop: Sop) -> tuple[str, str, tuple[str, ...], PartialDate | None, Status]:
    """Return what the list of SOPs shows of one: number, title, unit, effective date, status."""
    identity = sop.identity
    return identity.number, identity.title, identity.unit, identity.effective_on, sop.status
