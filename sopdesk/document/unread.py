"""What was typed and cannot be read yet: it stands beside an SOP's value, whose part it is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.values import Sop


@dataclass(frozen=True, slots=True)
class Unread:
    """A text as it was typed into a cell of a flow table, or into a field of the identity.

    `procedure` is the index of the flow table, `step` an id, `column` the column's key. Of a field
    of the identity `step` is `""` and `column` its name.
    """

    procedure: int
    step: str
    column: str
    text: str

    @property
    def place(self) -> tuple[int, str, str]:
        """The cell or field that it was typed into."""
        return self.procedure, self.step, self.column


def is_stranded(sop: Sop, one: Unread) -> bool:
    """Return whether the step into which a text was typed is gone."""
    return _placed(sop, one) is None


def settled(sop: Sop, unread: Iterable[Unread]) -> tuple[Unread, ...]:
    """Return the texts, each in the flow table that has its step; all stay, stranded ones too.

    They are in the order of their places, so that the same texts are equal.
    """
    placed = (_placed(sop, one) or one for one in unread)
    return tuple(sorted(placed, key=lambda one: one.place))


def followed(unread: Iterable[Unread], before: Sop, after: Sop) -> tuple[Unread, ...]:
    """Return what is left of the texts by a change of the clerk's own: each goes with its step."""
    kept = (one for one in unread if not is_stranded(after, one) or is_stranded(before, one))
    return settled(after, kept)


def _placed(sop: Sop, one: Unread) -> Unread | None:
    """Return a text in the flow table that has its step, None where none has."""
    if not one.step:
        return one
    tables = range(len(sop.procedures))
    for index in sorted(tables, key=lambda table: table != one.procedure):
        if any(step.id == one.step for step in sop.procedures[index].steps):
            return one if index == one.procedure else replace(one, procedure=index)
    return None
