"""Saving without making the clerk wait: SOP after SOP on the file thread, then the window is told.

Until a save has been read back its SOP counts as unsaved; what is typed meanwhile stays unsaved on
top of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sopdesk.foundation.faults import UserError
from ui.looking import foreign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import Entry, OfficeFile
    from ui.file_thread import Asked, FileThread
    from ui.works import Foreign, Work, Works


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What a save did: titles saved, and per SOP that could not be saved its uuid and fault."""

    saved: tuple[str, ...] = ()
    faults: tuple[tuple[str, UserError], ...] = ()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one SOP: its new number of saves, or the fault and what another made of it."""

    rev: int = 0
    fault: UserError | None = None
    foreign: Foreign | None = None


class Saving:
    """One save of all unsaved work, or of some SOPs; it ends when each has its answer.

    `on_sop` is told the uuid and the fault, or None, of each SOP as it is answered; `on_foreign` of
    what another has made of one; `on_end` the list of SOPs as it is afterwards, or None where there
    was nothing to save or it could not be read. `thread` is None where no file is open.
    """

    def __init__(
        self,
        works: Works,
        thread: FileThread | None,
        on_sop: Callable[[str, UserError | None], object],
        on_foreign: Callable[[Work, Foreign], object],
        on_end: Callable[[Sequence[Entry] | None], object],
    ) -> None:
        self._works, self._thread = works, thread
        self._on_sop, self._on_foreign, self._on_end = on_sop, on_foreign, on_end
        self._open = 0
        self._is_begun = False
        self._again: set[str] = set()
        self._saved: list[str] = []
        self._faults: dict[str, UserError] = {}
        self._calls: list[Callable[[SaveReport], object]] = []
        self.is_done = False

    @property
    def report(self) -> SaveReport:
        """What has been done so far; once it is done, all."""
        return SaveReport(tuple(dict.fromkeys(self._saved)), tuple(self._faults.items()))

    def then(self, call: Callable[[SaveReport], object]) -> None:
        """Call this with the report when it is done."""
        if self.is_done:
            call(self.report)
        else:
            self._calls.append(call)

    def wait(self, at_most_ms: int | None = None) -> SaveReport:
        """Return when it is done, or after so long, with the window painted meanwhile."""
        if self._thread is not None:
            self._thread.wait_until(lambda: self.is_done, at_most_ms)
        return self.report

    def begin(self, only: Collection[str] | None = None) -> None:
        """Save what is unsaved now, all of it or only these SOPs.

        A second call while it goes on has what is newer saved when the SOP's turn has come.
        """
        wanted = [work for work in self._works.dirty if only is None or work.sop.uuid in only]
        if self._is_begun:
            self._again.update(work.sop.uuid for work in wanted)
            return
        self._is_begun = True
        for work in wanted:
            self._save(work)
        if not wanted:
            self._end(None)

    def _save(self, work: Work) -> None:
        sop, aside = work.begin_save(), work.aside
        self._open += 1
        job = partial(_save, sop=sop, rev=work.rev, aside=aside)
        self._ask(job).then(partial(self._on_answered, work, sop))

    def _ask(self, work: Callable[[OfficeFile], T]) -> Asked[T]:
        if self._thread is None:
            raise UserError("no_file")
        return self._thread.ask(work)

    def _on_answered(self, work: Work, sop: Sop, asked: Asked[_Outcome]) -> None:
        self._open -= 1
        outcome = _Outcome(fault=asked.fault) if asked.fault is not None else asked.result()
        work.sent = None
        if outcome.foreign is not None:
            self._on_foreign(work, outcome.foreign)
            if work.foreign is None and work.is_dirty:  # the same, but something to set aside
                self._save(work)
                return
        fault = outcome.fault if outcome.foreign is None or work.foreign is not None else None
        if fault is not None:
            self._faults[sop.uuid] = fault
        else:
            self._saved.append(sop.identity.title)
            if outcome.rev:
                work.end_save(sop, outcome.rev)
        self._on_sop(sop.uuid, fault)
        if not self._open:
            self._go_on()

    def _go_on(self) -> None:
        """Read the list as it is now, once nothing is left to save."""
        if not self._save_again():
            self._ask(lambda file: file.entries()).then(self._on_listed)

    def _save_again(self) -> bool:
        """Save what a later call has asked for; say whether there is such."""
        again, self._again = self._again, set()
        newer = [work for work in self._works.dirty if work.sop.uuid in again]
        for work in newer:
            self._faults.pop(work.sop.uuid, None)
            self._save(work)
        return bool(newer)

    def _on_listed(self, asked: Asked[list[Entry]]) -> None:
        if not self._save_again():
            self._end(None if asked.fault is not None else asked.result())

    def _end(self, entries: Sequence[Entry] | None) -> None:
        self.is_done = True
        self._on_end(entries)
        calls, self._calls = self._calls, []
        for call in calls:
            call(self.report)


def _save(file: OfficeFile, sop: Sop, rev: int, aside: Sequence[Sop]) -> _Outcome:
    """Save one SOP, in the file thread; where another was faster, return what is there now."""
    try:
        return _Outcome(file.save(sop, rev, aside))
    except UserError as fault:
        if fault.code not in ("save_conflict", "sop_deleted"):
            raise
        return _Outcome(fault=fault, foreign=foreign_in(file, sop.uuid))
