"""The numbers of the steps, as printed and as a clerk types them to name a step."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sopdesk.document.markup import plain

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure

_LEADING = re.compile(r"\s*(\d{1,9})")
_NAMEABLE = re.compile(r"[^\s:;#]+")


def shown_numbers(procedure: Procedure) -> tuple[str, ...]:
    """Return the number printed in each row.

    A step's own number stands as it is; an automatic one goes on from the number above it.
    """
    shown = []
    last = 0
    for step in procedure.steps:
        number = step.number if step.number is not None else f"{last + 1}."
        shown.append(number)
        match = _LEADING.match(plain(number))
        last = int(match[1]) if match else last
    return tuple(shown)


def bare(number: str) -> str:
    """Return a number without its dot and marks, as it is typed to name a step."""
    return plain(number).strip().rstrip(".").rstrip()


def row_names(procedure: Procedure) -> tuple[str, ...]:
    """Return a name for each row: its bare number, or `#5` for the row where that is no name.

    A number is no name where it is blank, occurs twice, or holds what separates names.
    """
    numbers = [bare(number) for number in shown_numbers(procedure)]
    times = Counter(number.casefold() for number in numbers)
    return tuple(
        number if times[number.casefold()] == 1 and _NAMEABLE.fullmatch(number) else f"#{row}"
        for row, number in enumerate(numbers, 1)
    )
