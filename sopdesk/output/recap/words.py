"""The recap's own words and numerals."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING

from sopdesk.document.dates import PartialDate, print_date
from sopdesk.document.durations import word_minutes
from sopdesk.document.lettering import letters
from sopdesk.document.standing import is_in_force
from sopdesk.document.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.document.durations import Total
    from sopdesk.document.office import WorkCalendar
    from sopdesk.document.values import Sop

IN_FORCE = "Disahkan, berlaku"
_GONE = (Status.SUPERSEDED, Status.WITHDRAWN)

STATUS_WORDS = {
    Status.PLANNED: "Belum Disusun",
    Status.DRAFT: "Konsep",
    Status.REVIEW: "Direviu",
    Status.CORRECTION: "Perlu Perbaikan",
    Status.FINAL: "Final (Siap TTD)",
    Status.APPROVED: "Disahkan",
    Status.SUPERSEDED: "Diganti",
    Status.WITHDRAWN: "Dicabut",
}

STATUS_ORDER = (
    *(word for status, word in STATUS_WORDS.items() if status not in _GONE),
    IN_FORCE,
    *(STATUS_WORDS[status] for status in _GONE),
)
"""The words in the order of an SOP's life."""

_FIRST_EXCEL_DAY = datetime.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: the days before it are off by one."""

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def status_word(sop: Sop, on: datetime.date | None) -> str:
    """Return the status, or that the SOP is in force; without `on` nothing is said to be."""
    if on and is_in_force(sop.status, sop.identity.effective_on, on):
        return IN_FORCE
    return STATUS_WORDS[sop.status]


def date_value(date: PartialDate | None) -> datetime.date | str:
    """Return a date that Excel can sort; a text where a part is blank or Excel has no such day."""
    if date is not None and date.month is not None and date.day is not None:
        day = datetime.date(date.year, date.month, date.day)
        if day >= _FIRST_EXCEL_DAY:
            return day
    return print_date(date).strip()


def print_day(on: datetime.date) -> str:
    """Return the day as the recap prints it, e.g. `9 Mei 2019`."""
    return print_date(PartialDate(on.year, on.month, on.day)).removeprefix("0")


def print_time(total: Total, work_calendar: WorkCalendar) -> str:
    """Return the time in words, nothing where there is none."""
    return word_minutes(total.minutes, work_calendar) if total.minutes else ""


def print_doubts(total: Total) -> str:
    """Return what a sum could not add and what it had to estimate, as the cells have it."""
    doubts = (("Tidak terhitung", total.left_out), ("Perkiraan", total.estimated))
    return "\n".join(
        f"{word}: {_counted(text for _, text in found)}" for word, found in doubts if found
    )


def _counted(texts: Iterable[str]) -> str:
    """Return each text once, with how often it occurs, e.g. `Segera (2); -`."""
    counts = Counter(" ".join(text.split()) for text in texts)
    return "; ".join(text if times == 1 else f"{text} ({times})" for text, times in counts.items())


def print_list(items: Sequence[str]) -> str:
    """Return the items one a line, numbered where there are several."""
    if len(items) == 1:
        return items[0]
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def numeral(places: Sequence[int]) -> str:
    """Return the number of a group from its place on each level: `I`, `I.A`, `I.A.1`, `I.A.1.a`."""
    forms = (roman, letters, str, lambda place: letters(place).lower())
    return ".".join(forms[min(level, len(forms) - 1)](place) for level, place in enumerate(places))


def roman(number: int) -> str:
    """Return a positive number in Roman numerals."""
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written
