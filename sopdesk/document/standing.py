"""Whether an SOP is in force, which is not stored but follows from its status and dates."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from sopdesk.document.values import Status

if TYPE_CHECKING:
    from sopdesk.document.dates import PartialDate


def is_in_force(status: Status, effective_on: PartialDate | None, today: datetime.date) -> bool:
    """Return whether the SOP is approved and its effective date has come.

    Where the day or the month of that date is left for the pen, the first it may mean counts.
    """
    if status is not Status.APPROVED or effective_on is None:
        return False
    first = datetime.date(effective_on.year, effective_on.month or 1, effective_on.day or 1)
    return first <= today
