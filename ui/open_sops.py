"""The SOPs of the open file as they come and go: opened, added, deleted, given up, recovered.

What is done with the one that is looked at is the session's.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sopdesk.document.history import History
from sopdesk.document.unread import settled
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr
from ui.open_file import OpenFile
from ui.works import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.unread import Unread
    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import OfficeFile

_RECOVERED = "recovered"
"""What is recovered of one SOP, value and unread text, is one undo."""


class OpenSops(OpenFile):
    """An office file of which SOPs are open, one of them looked at."""

    def open_sop(self, uuid: str | None) -> bool:
        """Show this SOP, with the unsaved work that was left in it; say whether it is shown."""
        self.commit_asked.emit()
        if self._current is not None and self._current.sop.uuid == uuid:
            return True
        work = self._connection.attempt(lambda: self._work_on(uuid)) if uuid is not None else None
        if work is None and uuid is not None:
            return False
        self._current = work
        self._tell_sop()
        return True

    # What is unsaved

    @property
    def unsaved_sops(self) -> tuple[Sop, ...]:
        """The SOPs with unsaved work, as they stand."""
        return tuple(work.sop for work in self._works.dirty)

    @property
    def works_to_keep(self) -> tuple[Work, ...]:
        """The works with something unsaved, or typed and not yet readable, in them."""
        return self._works.to_keep

    @property
    def unsaved_titles(self) -> tuple[str, ...]:
        """The titles of the SOPs with unsaved work; `""` where one has no title yet."""
        return tuple(sop.identity.title for sop in self.unsaved_sops)

    def is_unsaved(self, uuid: str) -> bool:
        """Whether this SOP has unsaved work, or text that cannot be read yet."""
        return any(work.sop.uuid == uuid for work in self._works.to_keep)

    @property
    def unread_count(self) -> int:
        """How many texts cannot be read yet, and so not be saved, in all open SOPs."""
        return sum(len(work.unread) for work in self._works.to_keep)

    # SOPs that come and go

    def add(self, *sops: Sop, position: int | None = None) -> bool:
        """Put new SOPs into the file, at the end or from a position (the first is 1) on.

        The first of them is shown.
        """
        self.commit_asked.emit()

        def put_in(file: OfficeFile) -> list[int]:
            # When it is tried again, the first ones may be there.
            known = {entry.uuid: entry.rev for entry in file.entries()}
            places = [None if position is None else position + at for at in range(len(sops))]
            return [
                known.get(sop.uuid) or file.add(sop, place)
                for sop, place in zip(sops, places, strict=True)
            ]

        revs = self.do_in_file(put_in, lambda: self.add(*sops, position=position))
        for sop, rev in zip(sops, revs or (), strict=False):
            self._works.put(Work(History(sop), sop, rev))
        self._read_entries()
        return revs is not None and (not sops or self.open_sop(sops[0].uuid))

    def delete(self, uuid: str) -> bool:
        """Take an SOP out of the file; say whether that was done.

        What of it was not saved goes into its history first. Its neighbour is shown if it was the
        one looked at.
        """
        self.commit_asked.emit()
        work = self._works.get(uuid)
        unsaved = work.unsaved if work is not None else ()

        def take_out(file: OfficeFile) -> bool:
            file.delete(uuid, unsaved)
            return True

        if not self.do_in_file(take_out, lambda: self.delete(uuid)):
            return False
        self.give_up(uuid)
        return True

    def give_up(self, uuid: str) -> None:
        """Forget the work on an SOP; if it was looked at, show it anew, or its neighbour."""
        behind = self.position_behind(uuid)
        self._works.drop(uuid)
        was_shown = self._current is not None and self._current.sop.uuid == uuid
        if was_shown:
            self._current = None
        self._read_entries()
        if was_shown:
            left = [entry.uuid for entry in self.entries]
            at = behind - 2 if behind is not None else 0
            neighbour = left[min(at, len(left) - 1)] if left else None
            self.open_sop(uuid if uuid in left else neighbour)
        self.saved_changed.emit()

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
        rev = self.do_in_file(lambda file: file.add(copy, position))
        if rev is None:
            return False
        self._works.drop(uuid)
        self._works.put(
            Work(History(copy, work.unread), copy, rev, work.procedure_index, work.selection)
        )
        self._read_entries()
        if self._current is work:
            self._current = self._works.get(copy.uuid)
            self._tell_sop()
        self.saved_changed.emit()
        return True

    def put_back(self, uuid: str) -> bool:
        """Put an open SOP that another has deleted into the file again, as it stands here."""
        work = self._works.get(uuid)
        if work is None:
            return False
        sop = work.sop
        rev = self.do_in_file(lambda file: file.add(sop), lambda: self.put_back(uuid))
        if rev is None:
            return False
        work.end_save(sop, rev)
        self._read_entries()
        self.note_changed(work)
        return True

    def recover(
        self, uuid: str, rev: int, base: Sop, sop: Sop, unread: Sequence[Unread] = ()
    ) -> bool:
        """Go on with unsaved work that was left behind, and show it; say whether it is shown.

        It stands over the save `rev`, which left `base`: when it is saved, what another has saved
        since is noticed as ever. `unread` stands beside it again. Undo goes back to the base.
        """
        history = History(base)
        history.record(tr("Recovered work"), sop, _RECOVERED, settled(sop, unread))
        was_shown = self._current is not None and self._current.sop.uuid == uuid
        self._current = None if was_shown else self._current
        self._works.put(Work(history, base, rev))
        is_shown = self.open_sop(uuid)
        self._show_entries(self.entries)
        self.saved_changed.emit()
        return is_shown

    def recall_unread(self, uuid: str, unread: Sequence[Unread]) -> bool:
        """Let texts stand beside an SOP again that were left there; say whether it is there."""
        work = self._connection.attempt(lambda: self._work_on(uuid))
        if work is None:
            return False
        known = {one.place for one in work.unread}
        new = (one for one in settled(work.sop, unread) if one.place not in known)
        together = (*work.unread, *new)
        if work.history.can_undo or work.history.can_redo:
            work.history.record(tr("Recovered work"), work.sop, _RECOVERED, together)
        else:  # as it was left: there is nothing to take back
            work.history = History(work.sop, together)
        self.note_changed(work)
        return True

    # Within

    def _work_on(self, uuid: str) -> Work:
        """Return the work on an SOP, read anew unless there is something to lose in it."""
        known = self._works.get(uuid)
        if known is not None and (known.is_dirty or known.history.can_undo):
            return known
        if self.file is None:
            raise UserError("no_file")
        try:
            stored = self.file.load(uuid)
        except UserError as fault:
            if fault.code == "sop_damaged":
                self.soundness.note(uuid, is_damaged=True)
            raise
        self.soundness.note(uuid, is_damaged=False)
        if known is not None and known.rev == stored.rev:
            return known
        unread = known.unread if known is not None else ()
        history = History(stored.sop, settled(stored.sop, unread))
        work = Work(history, stored.sop, stored.rev)
        self._works.put(work)
        if known is not None and known is self._current:
            self._current = work  # what is changed from now on belongs to the works that are saved
        return work
