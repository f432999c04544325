"""The SOPs that the window lists: as the file holds them, under what is not saved yet. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.storage.office_file import Entry
    from ui.sheets import References
    from ui.works import Works


class SopList:
    """The entries in the office's order, with unsaved titles and statuses, and damage marked.

    `is_damaged` says of which SOPs damage is known.
    """

    def __init__(self, works: Works, is_damaged: Callable[[str], bool]) -> None:
        """Begin empty."""
        self._works, self._is_damaged = works, is_damaged
        self.entries: tuple[Entry, ...] = ()
        self.references: References = {}
        """Number and title by uuid; another object only where one of them is another."""

    def show(self, entries: Sequence[Entry]) -> bool:
        """List these from now on; say whether the list is another than before."""
        shown = tuple(self._shown(entry) for entry in entries)
        if shown == self.entries:
            return False
        self.entries = shown
        references = {entry.uuid: (entry.number, entry.title) for entry in shown}
        if references != self.references:
            self.references = references
        return True

    def position_behind(self, uuid: str) -> int | None:
        """Return the position right behind an SOP; None, the end, where it is not listed."""
        places = enumerate(self.entries, 2)
        return next((position for position, entry in places if entry.uuid == uuid), None)

    def title_of(self, uuid: str) -> str:
        """Return an SOP's title as it stands, saved or not; `""` where there is none."""
        return next((entry.title for entry in self.entries if entry.uuid == uuid), "")

    def _shown(self, entry: Entry) -> Entry:
        is_damaged = self._is_damaged(entry.uuid)
        if entry.is_damaged != is_damaged:
            entry = replace(entry, is_damaged=is_damaged)
        work = self._works.get(entry.uuid)
        return work.over(entry) if work is not None else entry
