"""The statuses of an SOP as the window words and colours them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.dates import print_date
from sopdesk.document.standing import is_in_force
from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from ui import theme

if TYPE_CHECKING:
    from datetime import date

    from sopdesk.document.dates import PartialDate

_WORDS = {
    Status.PLANNED: "Planned",
    Status.DRAFT: "Draft",
    Status.REVIEW: "In review",
    Status.CORRECTION: "To be corrected",
    Status.FINAL: "Final (ready to sign)",
    Status.APPROVED: "Approved",
    Status.SUPERSEDED: "Superseded",
    Status.WITHDRAWN: "Withdrawn",
}


def status_word(status: Status) -> str:
    """Return a status in the words of the interface language."""
    return tr(_WORDS[status])


def standing_word(status: Status, effective_on: PartialDate | None, today: date) -> str:
    """Word how an SOP stands: its status, and in force once its effective date has come."""
    if is_in_force(status, effective_on, today):
        return tr("Approved, in force")
    return status_word(status)


def force_word(status: Status, effective_on: PartialDate | None, today: date) -> str:
    """Word since or from when an approved SOP is in force; `""` for any other status."""
    if status is not Status.APPROVED:
        return ""
    if effective_on is None:
        return tr("not in force yet: it has no effective date")
    day = print_date(effective_on).strip()
    if is_in_force(status, effective_on, today):
        return tr("in force since {date}", date=day)
    return tr("in force from {date}", date=day)


def status_color(status: Status) -> str:
    """Return the colour of a status' mark: work to do stands out, what is over fades."""
    look = theme.colors()
    return {
        Status.PLANNED: look.border,
        Status.DRAFT: look.faint,
        Status.REVIEW: look.accent,
        Status.CORRECTION: look.error,
        Status.FINAL: look.warning,
        Status.APPROVED: look.good,
        Status.SUPERSEDED: look.border,
        Status.WITHDRAWN: look.border,
    }[status]
