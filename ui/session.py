"""The one door to the open office file, its SOPs and their changes; every panel looks in here.

A panel reads the session's values and asks it for changes; it learns of any change, its own
included, from the signals. No panel keeps a second truth. What cannot be done (a `UserError`) is
told through `fault_found`, and nothing has changed then.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from sopdesk.document.history import History
from sopdesk.foundation.faults import UserError
from ui.sheets import References, Sheets, lay_out
from ui.works import SaveReport, Selection, Work, Works, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Procedure, Sop
    from sopdesk.sheet.values import Sheet
    from sopdesk.storage.office_file import Entry, OfficeFile

__all__ = ["SaveReport", "Selection", "Session"]

T = TypeVar("T")


class Session(QObject):
    """An office file, its open SOPs with their histories, and the one that is looked at.

    `commit_asked` is emitted before anything that must not lose text being typed (save, undo,
    another SOP, printing, closing): whoever holds such text applies it at once.
    """

    file_changed = Signal()
    office_changed = Signal()
    entries_changed = Signal()
    sop_changed = Signal(object)
    """Another SOP, or another value of it, or another of its flow tables; None without an SOP."""
    selection_changed = Signal(object)
    saved_changed = Signal()
    """Whether there is unsaved work, or which, may have changed."""
    commit_asked = Signal()
    fault_found = Signal(object)
    """A `UserError` that the clerk should be told; nothing was changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: OfficeFile | None = None
        self._office: Office | None = None
        self._entries: tuple[Entry, ...] = ()
        self._works = Works()
        self._current: Work | None = None
        self._references: References = {}
        self._sheets = Sheets()

    # The office file

    @property
    def file(self) -> OfficeFile | None:
        """The open office file, None on the welcome page."""
        return self._file

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed: a read-only file, or none."""
        return self._file is None or self._file.is_read_only

    @property
    def office(self) -> Office:
        """The office of the file, with its settings; a nameless one without a file."""
        if self._office is None:
            self._office = _nameless_office()
        return self._office

    def use_file(self, file: OfficeFile | None) -> None:
        """Show this file from now on, and none of its SOPs yet; close the one before.

        Unsaved work in the one before is given up: the window has asked.

        Raises:
            UserError: the file cannot be read; it is closed, and the one before stays.
        """
        office, entries = _contents(file)
        before, self._file = self._file, file
        self._works, self._current = Works(), None
        self._office = office
        if before is not None:
            before.close()
        self.file_changed.emit()
        self.office_changed.emit()
        self._show_entries(entries)
        self._tell_sop()
        self.saved_changed.emit()

    def save_office(self, office: Office) -> bool:
        """Keep other office settings, in the file at once; say whether that was done."""
        if not self._do(lambda: self._writable().save_office(office)):
            return False
        self._office = office
        self.office_changed.emit()
        self._tell_sop()
        return True

    # The library

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The SOPs of the file in the office's order, with unsaved titles and statuses."""
        return self._entries

    def position_behind(self, uuid: str) -> int | None:
        """Return the position right behind an SOP; None, the end, where it is not listed."""
        places = enumerate(self._entries, 2)
        return next((position for position, entry in places if entry.uuid == uuid), None)

    def reread(self) -> None:
        """Read the office and the list of SOPs again, because another process has written."""
        file = self._file
        office = self._try(file.office) if file is not None else None
        if office is not None and office != self._office:
            self._office = office
            self.office_changed.emit()
            self._tell_sop()
        self._read_entries()

    def search(self, text: str) -> Sequence[str]:
        """Return the uuids of the SOPs whose saved words contain the text."""
        file = self._file
        return (self._try(lambda: file.search(text)) or ()) if file is not None else ()

    def add(self, *sops: Sop, position: int | None = None) -> bool:
        """Put new SOPs into the file, at the end or from a position (the first is 1) on.

        The first of them is shown.
        """
        self.commit_asked.emit()
        places = [None if position is None else position + offset for offset in range(len(sops))]
        are_added = all(map(self._add, sops, places))
        self._read_entries()
        return are_added and (not sops or self.open_sop(sops[0].uuid))

    def _add(self, sop: Sop, position: int | None) -> bool:
        rev = self._try(lambda: self._writable().add(sop, position))
        if rev is not None:
            self._works.put(Work(History(sop), sop, rev))
        return rev is not None

    def delete(self, uuid: str) -> None:
        """Take an SOP out of the file, and show its neighbour if it was the one looked at."""
        behind = self.position_behind(uuid)
        if not self._do(lambda: self._writable().delete(uuid)):
            return
        self._works.drop(uuid)
        was_shown = self._current is not None and self._current.sop.uuid == uuid
        if was_shown:
            self._current = None
        self._read_entries()
        if was_shown:
            left = [entry.uuid for entry in self._entries]
            at = behind - 2 if behind is not None else 0
            self.open_sop(left[min(at, len(left) - 1)] if left else None)
        self.saved_changed.emit()

    # The SOP that is looked at

    def open_sop(self, uuid: str | None) -> bool:
        """Show this SOP, with the unsaved work that was left in it; say whether it is shown."""
        self.commit_asked.emit()
        if self._current is not None and self._current.sop.uuid == uuid:
            return True
        work = self._try(lambda: self._work_on(uuid)) if uuid is not None else None
        if work is None and uuid is not None:
            return False
        self._current = work
        self._tell_sop()
        return True

    @property
    def sop(self) -> Sop | None:
        """The SOP that is looked at, unsaved changes included."""
        return self._current.sop if self._current is not None else None

    @property
    def procedure_index(self) -> int:
        """Which of the SOP's flow tables is looked at; 0 without an SOP."""
        return self._current.procedure_index if self._current is not None else 0

    @property
    def procedure(self) -> Procedure | None:
        """The flow table that is looked at."""
        return self._current.procedure if self._current is not None else None

    def show_procedure(self, index: int) -> None:
        """Look at another flow table of the SOP."""
        work = self._current
        if work is None or index not in range(len(work.sop.procedures)):
            return
        if index == work.procedure_index:
            return
        self.commit_asked.emit()
        work.procedure_index = index
        work.selection = Selection()
        self._tell_sop()

    @property
    def sheet(self) -> Sheet | None:
        """The SOP laid out on its paper; laid out once per value."""
        if self.sop is None:
            return None
        return self._sheets.of(self.sop, self.office, self._references)

    def lay_out(self, sop: Sop, paper: str | None = None) -> Sheet:
        """Lay out a state of an SOP that is only looked at, on its own or another paper."""
        return lay_out(sop, self.office, self._references, paper)

    @property
    def selection(self) -> Selection:
        """What is selected in every view of the flow table."""
        return self._current.selection if self._current is not None else Selection()

    def select(self, selection: Selection) -> None:
        """Select this in every view; ids that the flow table has not are left out."""
        work = self._current
        if work is None:
            return
        selection = selection.within(work.procedure)
        if selection != work.selection:
            work.selection = selection
            self.selection_changed.emit(selection)

    # Changes

    def apply(self, label: str, edit: Callable[[Sop], Sop], merge_key: str | None = None) -> bool:
        """Change the SOP by a pure function, as one undo named `label`; say whether it changed.

        Edits in a row with the same `merge_key` are one undo. The edit may raise a `UserError`.
        """
        work = self._current
        if work is None:
            return False
        before = work.sop

        def change() -> Sop:
            self._writable()
            return edit(before)

        sop = self._try(change)
        if sop is None or sop is before or sop == before:
            return False
        work.history.record(label, sop, merge_key)
        self._tell_change(work, before)
        return True

    def apply_to_procedure(
        self, label: str, edit: Callable[[Procedure], Procedure], merge_key: str | None = None
    ) -> bool:
        """Change the flow table that is looked at; otherwise like `apply`."""
        index = self.procedure_index

        def edit_sop(sop: Sop) -> Sop:
            before = sop.procedures[index]
            after = edit(before)
            if after is before:
                return sop
            procedures = (*sop.procedures[:index], after, *sop.procedures[index + 1 :])
            return dataclasses.replace(sop, procedures=procedures)

        return self.apply(label, edit_sop, merge_key)

    @property
    def can_undo(self) -> bool:
        """Whether the SOP has a change to take back."""
        return self._current is not None and self._current.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether the SOP has a change to bring back."""
        return self._current is not None and self._current.history.can_redo

    @property
    def undo_label(self) -> str:
        """What undo would take back, `""` for nothing."""
        return (self._current.history.undo_label or "") if self._current is not None else ""

    @property
    def redo_label(self) -> str:
        """What redo would bring back, `""` for nothing."""
        return (self._current.history.redo_label or "") if self._current is not None else ""

    def undo(self) -> None:
        """Take back the SOP's last change."""
        self._step(History.undo)

    def redo(self) -> None:
        """Bring back the change that was taken back last."""
        self._step(History.redo)

    def _step(self, go: Callable[[History], object]) -> None:
        self.commit_asked.emit()
        work = self._current
        if work is not None:
            before = work.sop
            go(work.history)
            if work.sop is not before:
                self._tell_change(work, before)

    # Saving

    @property
    def unsaved_sops(self) -> tuple[Sop, ...]:
        """The SOPs with unsaved work, as they stand."""
        return tuple(work.sop for work in self._works.dirty)

    @property
    def unsaved_titles(self) -> tuple[str, ...]:
        """The titles of the SOPs with unsaved work; `""` where one has no title yet."""
        return tuple(sop.identity.title for sop in self.unsaved_sops)

    def title_of(self, uuid: str) -> str:
        """Return an SOP's title as it stands, saved or not; `""` where there is none."""
        return next((entry.title for entry in self._entries if entry.uuid == uuid), "")

    def is_unsaved(self, uuid: str) -> bool:
        """Whether this SOP has unsaved work."""
        work = self._works.get(uuid)
        return work is not None and work.is_dirty

    def save(self) -> SaveReport:
        """Save every SOP with unsaved work, each through the check of its revision.

        What could not be saved stays as unsaved work; nothing is lost.
        """
        self.commit_asked.emit()
        report = self._works.save(lambda sop, rev: self._writable().save(sop, rev))
        if report.saved or report.faults:
            self._read_entries()
        self.saved_changed.emit()
        return report

    def save_beside(self, uuid: str, title: str) -> bool:
        """Save the unsaved work on this SOP as a new SOP behind it, and give the old one up.

        The way out when somebody else has saved the SOP meanwhile: both versions are in the file.
        """
        work = self._works.get(uuid)
        if work is None:
            return False
        from sopdesk.document.ids import new_uuid

        identity = dataclasses.replace(work.sop.identity, title=title)
        copy = dataclasses.replace(work.sop, identity=identity, uuid=new_uuid(), origin=uuid)
        position = self.position_behind(uuid)
        rev = self._try(lambda: self._writable().add(copy, position))
        if rev is None:
            return False
        self._works.drop(uuid)
        self._works.put(Work(History(copy), copy, rev, work.procedure_index, work.selection))
        self._read_entries()
        if self._current is work:
            self._current = self._works.get(copy.uuid)
            self._tell_sop()
        self.saved_changed.emit()
        return True

    # Within

    def _try(self, act: Callable[[], T]) -> T | None:
        """Return what `act` returns, None where it cannot be done; the clerk is told."""
        try:
            return act()
        except UserError as fault:
            self.fault_found.emit(fault)
            return None

    def _do(self, act: Callable[[], None]) -> bool:
        """Do what returns nothing; say whether it could be done."""

        def done() -> bool:
            act()
            return True

        return self._try(done) is not None

    def _writable(self) -> OfficeFile:
        if self._file is None:
            raise UserError("no_file")
        if self._file.is_read_only:
            raise UserError("file_read_only", path=str(self._file.path))
        return self._file

    def _work_on(self, uuid: str) -> Work:
        """Return the work on an SOP, read anew unless there is something to lose in it."""
        known = self._works.get(uuid)
        if known is not None and (known.is_dirty or known.history.can_undo):
            return known
        if self._file is None:
            raise UserError("sop_missing", uuid=uuid)
        stored = self._file.load(uuid)
        work = Work(History(stored.sop), stored.sop, stored.rev)
        self._works.put(work)
        return work

    def _read_entries(self) -> None:
        file = self._file
        entries = self._try(file.entries) if file is not None else ()
        if entries is not None:
            self._show_entries(entries)

    def _show_entries(self, entries: Sequence[Entry]) -> None:
        """Keep the list with what is not saved yet laid over it, and tell of it."""
        works = [(entry, self._works.get(entry.uuid)) for entry in entries]
        self._entries = tuple(work.over(entry) if work else entry for entry, work in works)
        references = {entry.uuid: (entry.number, entry.title) for entry in self._entries}
        if references != self._references:
            self._references = references
        self.entries_changed.emit()

    def _tell_change(self, work: Work, before: Sop) -> None:
        work.settle()
        self._tell_sop()
        if listed(before) != listed(work.sop):
            self._show_entries(self._entries)
        self.saved_changed.emit()

    def _tell_sop(self) -> None:
        self.sop_changed.emit(self.sop)
        self.selection_changed.emit(self.selection)


def _contents(file: OfficeFile | None) -> tuple[Office, Sequence[Entry]]:
    """Return what a file holds; one that cannot be read is closed."""
    if file is None:
        return _nameless_office(), ()
    try:
        return file.office(), file.entries()
    except UserError:
        file.close()
        raise


def _nameless_office() -> Office:
    """Return the office of no file; the values are imported after the window's first frame."""
    from sopdesk.document.office import Office

    return Office()
