"""Dates whose day, or month and day, may be left for the pen."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Literal

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

DateForm = Literal["words", "digits"]
"""How an office prints dates: `09 Mei 2019` or `09-05-2019`."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DIGITS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|(?!19|20)\d{2})", re.ASCII)
"""A year may have its last two digits alone, but 19 and 20 are the beginning of one half typed."""
_MONTH_DIGITS = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})[-\s]+)?([A-Za-z]{3,9})\.?[-\s]+(\d{4})", re.ASCII)
_ENGLISH = {
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7,
    "august": 8, "october": 10, "december": 12, "aug": 8, "oct": 10, "dec": 12, "nopember": 11,
    "pebruari": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, perhaps its month, perhaps its day; a day is never without its month."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar has.

        Raises:
            ValueError: the date does not exist, or has a day without a month.
        """
        if not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day without its month")
            return
        if not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        last = calendar.monthrange(self.year, self.month)[1]
        if self.day is not None and not 1 <= self.day <= last:
            raise ValueError(f"no such day: {self.year}-{self.month}-{self.day}")

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read `2019-05-09`, `2019-05` or `2019`.

        Raises:
            ValueError: the text has another form, or names no date.
        """
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(f"not a date: {text!r}")
        return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]

    @property
    def iso(self) -> str:
        """The date as the exchange file writes it; the inverse of `from_iso`."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def parse_date(text: str) -> PartialDate | None:
    """Read a date as people type it, or return None where it names none.

    Understands `9-5-2019`, `9/5/26`, `9 Mei 2019`, `Mei 2019`, `05-2019`, `2019` and ISO dates.
    """
    text = " ".join(text.split())
    try:
        if _ISO.fullmatch(text):
            return PartialDate.from_iso(text)
        if match := _DIGITS.fullmatch(text):
            day, month, year = (int(part) for part in match.groups())
            return PartialDate(_whole(year), month, day)
        if match := _MONTH_DIGITS.fullmatch(text):
            return PartialDate(int(match[2]), int(match[1]))
        if (match := _WORDS.fullmatch(text)) and (named := _month(match[2])):
            return PartialDate(int(match[3]), named, int(match[1]) if match[1] else None)
    except ValueError:
        return None
    return None


def _whole(year: int) -> int:
    """Return the year that one of two digits means, as POSIX reads it: 1969 to 2068."""
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def _month(word: str) -> int | None:
    word = word.lower()
    for number, name in enumerate(MONTHS, 1):
        if name.lower() == word or name.lower()[:3] == word:
            return number
    return _ENGLISH.get(word)


def print_date(date: PartialDate | None, form: DateForm = "words", empty: str = "") -> str:
    """Word a date for the sheet; what is missing stays blank, e.g. `   Mei 2024`."""
    if date is None:
        return empty
    day = f"{date.day:02d}" if date.day is not None else "  "
    if form == "digits":
        month = f"{date.month:02d}" if date.month is not None else "  "
        return f"{day}-{month}-{date.year}"
    if date.month is None:
        return f"{'':12}{date.year}"
    return f"{day} {MONTHS[date.month - 1]} {date.year}"
