"""What was done to an SOP, so that it can be undone: the values themselves, not inverse commands.

Values share what did not change, so that a long history costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopdesk.document.values import Sop

MOST = 1000
"""How many changes are remembered; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class _Change:
    label: str
    before: Sop
    after: Sop
    merge_key: object = None


class History:
    """The changes of one SOP in order, and where the clerk stands among them."""

    def __init__(self, sop: Sop) -> None:
        self._sop = sop
        self._done: list[_Change] = []
        self._undone: list[_Change] = []

    @property
    def sop(self) -> Sop:
        """The value as it stands."""
        return self._sop

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to bring back."""
        return bool(self._undone)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would bring back."""
        return self._undone[-1].label if self._undone else None

    def record(self, label: str, sop: Sop, merge_key: object = None) -> None:
        """Stand at this value from now on; what was undone cannot be redone any more.

        Changes in a row with the same `merge_key` (keystrokes in one field, nudges of one symbol)
        are one change; None merges with nothing. The same value again is no change.
        """
        if sop is self._sop:
            return
        before = self._sop
        last = self._done[-1] if self._done else None
        if merge_key is not None and last and last.merge_key == merge_key:
            before = self._done.pop().before
        self._sop = sop
        self._undone.clear()
        self._done.append(_Change(label, before, sop, merge_key))
        del self._done[:-MOST]

    def end_merge(self) -> None:
        """Let the next change be one of its own, whatever its key."""
        if self._done and self._done[-1].merge_key is not None:
            last = self._done[-1]
            self._done[-1] = _Change(last.label, last.before, last.after)

    def undo(self) -> Sop:
        """Take the last change back and return the value before it; unchanged if there is none."""
        if self._done:
            change = self._done.pop()
            self._undone.append(change)
            self._sop = change.before
            self.end_merge()
        return self._sop

    def redo(self) -> Sop:
        """Bring the last undone change back and return the value; unchanged if there is none."""
        if self._undone:
            change = self._undone.pop()
            self._done.append(change)
            self._sop = change.after
            self.end_merge()
        return self._sop
