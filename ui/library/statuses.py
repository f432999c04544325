"""The statuses of an SOP as the window words and colours them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from ui import theme

if TYPE_CHECKING:
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
    """Word how an SOP stands: its status, or in force once its effective date has come."""
    if status is not Status.APPROVED or effective_on is None or _first_day(effective_on) > today:
        return status_word(status)
    return tr("In force")


def _first_day(partial: PartialDate) -> date:
    """Return the first day that a date may mean."""
    return date(partial.year, partial.month or 1, partial.day or 1)


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
