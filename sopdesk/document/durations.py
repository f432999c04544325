"""Durations as clerks write them, as minutes of work by the office's calendar.

A duration is free text: `10 menit`, `7hr`, `1,5 jam`, `1 jam 30 menit`, `½ hari`, `maks. 3 hari`.
Of a range or of two values (`1 - 2 hari`, `120 Menit / 3 Hari`) the longest counts, and the time is
an estimate, as it is with `±`, `maks.` or other words beside the value. `2 x 24 jam` is two days.
What names no time (`-`, `Segera`, `Sesuai kebutuhan`) has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.markup import plain
from sopdesk.document.merged_cells import covered_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.office import WorkCalendar
    from sopdesk.document.values import Step


class Duration(NamedTuple):
    """A time of work; `is_exact` is False for a range or a value with words beside it."""

    minutes: int
    is_exact: bool


class Total(NamedTuple):
    """A sum in minutes, and what of it is uncertain, each as (step, text).

    `left_out` names no time and is not in the sum; `estimated` is in it by its longest value. An
    empty cell is neither.
    """

    minutes: int
    left_out: tuple[tuple[Step, str], ...] = ()
    estimated: tuple[tuple[Step, str], ...] = ()


_LONGEST = 500
"""Characters of the longest text that is read for a time; what says more is no time any more."""

_UNITS = {
    "second": ("detik", "dtk"),
    "minute": ("menit", "mnt", "mnit", "min", "'", "′", "’"),
    "hour": ("jam", "jm", "j"),
    "day": ("hari", "hr", "hri", "h"),
    "week": ("minggu", "mgg", "mngu", "mggu", "mg", "pekan"),
    "month": ("bulan", "bln", "bl"),
    "quarter": ("triwulan", "tw"),
    "semester": ("semester", "smt"),
    "year": ("tahun", "thn", "th"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_WORDED = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "setengah": 0.5, "seperempat": 0.25,
}  # fmt: skip
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

_NUMBER = (
    r"(?<![\d.,])(?:(?:\d{1,6}\s+)?[13]/[24](?!\d)|\d{1,6}(?:[.,]\d{1,3})?\s*[½¼¾]?|[½¼¾])"
    rf"|\b(?:{'|'.join(_WORDED)})\b"
)
_UNIT = "|".join(sorted((re.escape(word) for word in _UNIT_OF), key=len, reverse=True))
_RANGE = r"(?:-|–|—|s\s*/\s*d|s\.?\s*d\.?|sampai(?:\s+dengan)?|hingga|atau)"
_VALUE = re.compile(
    rf"(?:(?P<low>{_NUMBER})\s*{_RANGE}\s*)?"
    rf"(?:(?P<times>{_NUMBER})\s*[x×]\s*)?"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})(?![^\W\d_])\.?(?:\s*(?:kerja|kalender)\b)?"
    rf"|\bse(?P<one>jam|hari|minggu|bulan|tahun)\b"
)
_BRACKETS = re.compile(r"\([^)]*\)")
_ONLY_DIVIDER = re.compile(rf"\s*(?:/|{_RANGE})\s*")
_ONLY_JOINT = re.compile(r"[\s,;+&]*(?:dan|lebih)?\s*")


def read_duration(text: str, calendar: WorkCalendar) -> Duration | None:
    """Return the time that a text names, or None where it names none or it cannot be told."""
    text = " ".join(plain(text).casefold().split())
    if len(text) > _LONGEST:
        return None
    text = _BRACKETS.sub(" ", text).strip()
    found = list(_VALUE.finditer(text))
    if not found:
        return None
    gaps = _gaps(text, found)
    between = gaps[1:-1]
    values = [_minutes(match, calendar) for match in found]
    is_exact = not gaps[0].strip() and not gaps[-1].strip(" .") and not _has_range(found)
    if all(_ONLY_JOINT.fullmatch(gap) for gap in between):
        minutes = sum(values)
    elif all(_ONLY_DIVIDER.fullmatch(gap) for gap in between):
        minutes, is_exact = max(values), False
    else:
        return None
    return Duration(max(1, int(minutes + 0.5)), is_exact) if minutes > 0 else None


def parse_duration(text: str, calendar: WorkCalendar) -> int | None:
    """Return the minutes that a text names; see `read_duration`."""
    duration = read_duration(text, calendar)
    return duration.minutes if duration else None


def total(steps: Sequence[Step], calendar: WorkCalendar) -> Total:
    """Return the time of the steps; a cell over several rows counts once."""
    covered = covered_rows(steps, "duration")
    minutes = 0
    left_out, estimated = [], []
    for row, step in enumerate(steps):
        if row in covered or not step.duration.strip():
            continue
        duration = read_duration(step.duration, calendar)
        if duration is None:
            left_out.append((step, step.duration))
            continue
        minutes += duration.minutes
        if not duration.is_exact:
            estimated.append((step, step.duration))
    return Total(minutes, tuple(left_out), tuple(estimated))


def word_minutes(
    minutes: float, calendar: WorkCalendar, names: tuple[str, str, str] = ("hari", "jam", "menit")
) -> str:
    """Return minutes in working days, hours and minutes, by default in the words of the sheet."""
    left = int(minutes + 0.5)
    words = []
    for name, worth in zip(names, (int(calendar.hours_per_day * 60), 60, 1), strict=True):
        count, left = divmod(left, worth) if worth > 0 else (0, left)
        if count:
            words.append(f"{count} {name}")
    return " ".join(words) or f"0 {names[-1]}"


def _gaps(text: str, found: list[re.Match[str]]) -> list[str]:
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _has_range(found: list[re.Match[str]]) -> bool:
    return any(match["low"] for match in found)


def _minutes(match: re.Match[str], calendar: WorkCalendar) -> float:
    worth = _worth(calendar)
    if match["one"]:
        return worth[_UNIT_OF[match["one"]]]
    number, unit = _number(match["number"]), _UNIT_OF[match["unit"]]
    if match["low"]:
        number = max(number, _number(match["low"]))
    times = _number(match["times"]) if match["times"] else 1
    if match["times"] and unit == "hour" and number == 24:
        return times * worth["day"]
    return times * number * worth[unit]


def _number(text: str) -> float:
    text = text.strip()
    if text in _WORDED:
        return _WORDED[text]
    fraction = _FRACTIONS.get(text[-1:], 0.0)
    whole = text.rstrip("½¼¾").strip()
    if "/" in whole:
        *before, part = whole.split()
        above, below = part.split("/")
        return sum(map(int, before)) + int(above) / int(below)
    # A dot before three digits parts thousands; before fewer it is a decimal point.
    whole = re.sub(r"\.(?=\d{3}$)", "", whole).replace(",", ".")
    return float(whole or 0) + fraction


def _worth(calendar: WorkCalendar) -> dict[str, float]:
    """Return the minutes of work in each unit."""
    day = calendar.hours_per_day * 60
    month = day * calendar.days_per_month
    return {
        "second": 1 / 60,
        "minute": 1,
        "hour": 60,
        "day": day,
        "week": day * calendar.days_per_week,
        "month": month,
        "quarter": 3 * month,
        "semester": 6 * month,
        "year": 12 * month,
    }
