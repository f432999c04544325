"""The one door to the open office file, its SOPs and their changes; every panel looks in here.

A panel reads the session's values and asks it for changes; it learns of any change, its own
included, from the signals. No panel keeps a second truth. What cannot be done (a `UserError`) is
told through `fault_found`, and nothing has changed then.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sopdesk.document.history import History
from sopdesk.document.unread import followed
from ui.open_sops import OpenSops
from ui.saving import SaveReport, Saving
from ui.sheets import Sheets, lay_out
from ui.works import Selection, Work, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from sopdesk.document.unread import Unread
    from sopdesk.document.values import Procedure, Sop, Step
    from sopdesk.sheet.values import Sheet

__all__ = ["SaveReport", "Saving", "Selection", "Session"]


class Session(OpenSops):
    """An office file with its open SOPs, and what is seen and changed of one of them."""

    def __init__(self, parent: QObject | None = None, name: str = "") -> None:
        super().__init__(parent, name)
        self._sheets = Sheets()
        self._is_rehearsing = False
        self._rehearsed: Sop | None = None
        self._next_undos: list[tuple[str, Callable[[], object]]] = []
        self.file_changed.connect(self._forget_next_undo)

    def open_sop(self, uuid: str | None) -> bool:
        """Show this SOP, with the unsaved work that was left in it; say whether it is shown."""
        self._forget_next_undo()
        return super().open_sop(uuid)

    # What cannot be read yet

    @property
    def unread(self) -> dict[tuple[str, str], str]:
        """By step and column, the texts in the table that is looked at that cannot be read yet."""
        return self._current.unread_cells if self._current is not None else {}

    @property
    def unread_fields(self) -> dict[str, str]:
        """By name, the texts in fields of the identity that cannot be read yet."""
        return self._current.unread_fields if self._current is not None else {}

    def keep_unread(self, label: str, unread: Sequence[Unread]) -> bool:
        """Let these texts alone be what cannot be read yet, as one undo; like `apply`."""
        return self.apply(label, lambda sop: sop, unread=unread)

    # The SOP that is looked at

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
        return self._sheets.of(self.sop, self.office, self._list.references)

    def reference_of(self, step: Step) -> str:
        """Return how the sheet prints the other SOP that a step refers to, `""` for none."""
        if self.sop is None or step.refers_to is None:
            return ""
        from sopdesk.sheet.cells import reference_words
        from sopdesk.sheet.look import look_of

        return reference_words(step, look_of(self.sop, self.office), self._list.references)

    def lay_out(self, sop: Sop, paper: str | None = None) -> Sheet:
        """Lay out a state of an SOP that is only looked at, on its own or another paper."""
        return lay_out(sop, self.office, self._list.references, paper)

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

    def apply(
        self,
        label: str,
        edit: Callable[[Sop], Sop],
        merge_key: str | None = None,
        unread: Sequence[Unread] | None = None,
    ) -> bool:
        """Change the SOP by a pure function, as one undo named `label`; say whether it changed.

        Edits in a row with the same `merge_key` are one undo. The edit may raise a `UserError`.
        `unread` is what cannot be read from now on, as before where it is None; what was typed into
        a step that the edit removes goes with it, and comes back by undo.
        """
        work = self._current
        if work is None:
            return False
        before = work.sop

        def change() -> Sop:
            self._connection.check_writable()
            return edit(before)

        sop = self._connection.attempt(change)
        if sop is None:
            return False
        sop = before if sop == before else sop
        if self._is_rehearsing:
            self._rehearsed = sop if sop is not before else None
            return self._rehearsed is not None
        beside = followed(work.unread if unread is None else unread, before, sop)
        if sop is before and beside == work.unread:
            return False
        self._next_undos.clear()
        work.history.record(label, sop, merge_key, beside)
        self._tell_change(work, before)
        return True

    def apply_to_procedure(
        self,
        label: str,
        edit: Callable[[Procedure], Procedure],
        merge_key: str | None = None,
        unread: Sequence[Unread] | None = None,
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

        return self.apply(label, edit_sop, merge_key, unread)

    def rehearse(self, act: Callable[[], object]) -> Sop | None:
        """Return what the SOP would be after `act` had changed it; None where it would not.

        `act` makes one change by `apply`; nothing is changed by it and nothing told.
        """
        self._is_rehearsing, self._rehearsed = True, None
        was_silent = self.blockSignals(True)
        try:
            act()
        finally:
            self._is_rehearsing = False
            self.blockSignals(was_silent)
        return self._rehearsed

    @property
    def can_undo(self) -> bool:
        """Whether the SOP has a change to take back, or undo is to do something else."""
        if self._next_undos:
            return True
        return self._current is not None and self._current.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether the SOP has a change to bring back."""
        return self._current is not None and self._current.history.can_redo

    @property
    def undo_label(self) -> str:
        """What undo would take back, `""` for nothing."""
        if self._next_undos:
            return self._next_undos[-1][0]
        return (self._current.history.undo_label or "") if self._current is not None else ""

    @property
    def redo_label(self) -> str:
        """What redo would bring back, `""` for nothing."""
        return (self._current.history.redo_label or "") if self._current is not None else ""

    def undo(self) -> None:
        """Take back the SOP's last change, or what `undo_next_by` has named."""
        self.commit_asked.emit()
        if not self._next_undos:
            self._step(History.undo)
        else:
            _, take_back = self._next_undos.pop()
            take_back()
            self.saved_changed.emit()

    def undo_next_by(self, label: str, take_back: Callable[[], object]) -> None:
        """Let undo take back what no SOP's history holds, such as a deletion.

        It stays so until something is changed or another SOP is opened; of several the last one
        comes first.
        """
        self._next_undos.append((label, take_back))
        self.saved_changed.emit()

    def _forget_next_undo(self) -> None:
        if self._next_undos:
            self._next_undos.clear()
            self.saved_changed.emit()

    def redo(self) -> None:
        """Bring back the change that was taken back last."""
        self._step(History.redo)

    def _step(self, go: Callable[[History], object]) -> None:
        self.commit_asked.emit()
        work = self._current
        if work is not None:
            before, unread = work.sop, work.unread
            work.step(go)
            if work.sop is not before or work.unread != unread:
                self._tell_change(work, before)

    # Within

    def _tell_change(self, work: Work, before: Sop) -> None:
        work.settle()
        self._tell_sop()
        if listed(before) != listed(work.sop):
            self._show_entries(self.entries)
        self.saved_changed.emit()
