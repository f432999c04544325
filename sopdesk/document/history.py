"""What was done to an SOP, so that it can be undone: the values themselves, not inverse commands.

Values share what did not change, so that a long history costs little. What stands beside a value
and cannot be read yet goes back and forth with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.unread import Unread
    from sopdesk.document.values import Sop

MOST = 1000
"""How many changes are remembered; the oldest are forgotten first."""


class _State(NamedTuple):
    """A value, and what was typed beside it and cannot be read yet."""

    sop: Sop
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    label: str
    before: _State
    after: _State
    merge_key: object = None


class History:
    """The changes of one SOP in order, and where the clerk stands among them."""

    def __init__(self, sop: Sop, unread: Iterable[Unread] = ()) -> None:
        self._state = _State(sop, tuple(unread))
        self._done: list[_Change] = []
        self._undone: list[_Change] = []

    @property
    def sop(self) -> Sop:
        """The value as it stands."""
        return self._state.sop

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What stands beside it and cannot be read yet."""
        return self._state.unread

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

    def record(
        self,
        label: str,
        sop: Sop,
        merge_key: object = None,
        unread: Iterable[Unread] | None = None,
    ) -> None:
        """Stand at this value from now on; what was undone cannot be redone any more.

        `unread` stands beside it, as before where it is None. Changes in a row with the same
        `merge_key` (keystrokes in one field, nudges of one symbol) are one change; None merges with
        nothing. The same value with the same beside it is no change.
        """
        after = _State(sop, self.unread if unread is None else tuple(unread))
        if sop is self.sop and after.unread == self.unread:
            return
        before = self._state
        last = self._done[-1] if self._done else None
        if merge_key is not None and last and last.merge_key == merge_key:
            before = self._done.pop().before
        self._state = after
        self._undone.clear()
        self._done.append(_Change(label, before, after, merge_key))
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
            self._state = change.before
            self.end_merge()
        return self.sop

    def redo(self) -> Sop:
        """Bring the last undone change back and return the value; unchanged if there is none."""
        if self._undone:
            change = self._undone.pop()
            self._done.append(change)
            self._state = change.after
            self.end_merge()
        return self.sop
