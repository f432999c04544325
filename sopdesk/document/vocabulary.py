"""What an SOP has to offer to others that are typed: its texts by topic, and who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.document.values import LISTS, Approval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopdesk.document.values import Sop

TOPICS = ("lanes", "activity", "requirements", "outputs", *LISTS, "position", "rank")
"""The cells of the step table and the fields of the identity in which words come again."""


@dataclass(frozen=True, slots=True)
class Used:
    """The texts of an SOP by topic, each as often as it stands there, and who is named as signing.

    No text is empty, and no official without a name.
    """

    texts: Mapping[str, tuple[str, ...]]
    officials: tuple[Approval, ...]


def used_in(sop: Sop) -> Used:
    """Return what an SOP has to offer."""
    signed = tuple(_signed(sop))
    texts = {
        "lanes": (lane.name for procedure in sop.procedures for lane in procedure.lanes),
        **_of_steps(sop),
        **{name: getattr(sop.identity, name) for name in LISTS},
        "position": (line for one in signed for line in one.position),
        "rank": (one.rank for one in signed),
    }
    kept = {topic: tuple(text for text in found if text) for topic, found in texts.items()}
    return Used(kept, tuple(one for one in signed if one.name))


def _of_steps(sop: Sop) -> dict[str, tuple[str, ...]]:
    steps = [step for procedure in sop.procedures for step in procedure.steps]
    return {
        "activity": tuple(step.activity for step in steps),
        "requirements": tuple(text for step in steps for text in step.requirements),
        "outputs": tuple(text for step in steps for text in step.outputs),
    }


def _signed(sop: Sop) -> Iterator[Approval]:
    yield sop.identity.approved_by
    if (closing := sop.closing) is not None:
        yield Approval(closing.position, closing.name, closing.rank, closing.employee_id)
