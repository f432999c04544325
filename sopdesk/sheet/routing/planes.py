"""One direction of the grid: its lines, what lies along them, and what a way along one costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.sheet.routing.costs import LENGTH
from sopdesk.sheet.routing.occupancy import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.routing.tracks import Axis


class Plane:
    """The lines of one direction with what lies on them; a place along one is an `axis` line."""

    def __init__(
        self, axis: Axis, taken: list[int], others: dict[int, int], blocked: list[int],
        crossing: list[int], scale: float,
    ) -> None:  # fmt: skip
        """Take what lies along each line: `others` stands in for `taken` where it has the line."""
        self.axis = axis
        self._taken, self._others, self._blocked = taken, others, blocked
        self._crossing = crossing
        self._nominal = axis.nominal
        self._price = scale * LENGTH
        self.tracks = axis.runnable

    def barred(self, line: int) -> int:
        """Return as bits where the line cannot be used."""
        return self._blocked[line] | self.taken(line)

    def taken(self, line: int) -> int:
        """Return as bits where other routes lie."""
        taken = self._others.get(line)
        return self._taken[line] if taken is None else taken

    def is_free(self, line: int, a: int, b: int) -> bool:
        """Tell whether nothing lies between two places, ends included."""
        return not self.barred(line) & span(a, b)

    def crossings(self, line: int, a: int, b: int) -> int:
        """Return how many runs of the other direction are crossed strictly between two places."""
        if a > b:
            a, b = b, a
        between = (1 << b) - (2 << a)
        return (self._crossing[line] & between).bit_count() if between > 0 else 0

    def length(self, a: int, b: int) -> float:
        """Return what the way between two places costs."""
        return abs(self._nominal[a] - self._nominal[b]) * self._price

    def reach(self, line: int, at: int, goes_on: bool) -> int | None:
        """Return as bits the places beyond `at`, or else before it, up to the first obstacle.

        None where another route lies there.
        """
        taken = self.taken(line)
        if taken >> at & 1:
            return None
        bars = taken | self._blocked[line]
        return _ahead(bars, at, self.axis.length) if goes_on else _behind(bars, at)

    def around(self, line: int, at: int, may_cross: bool) -> int:
        """Return as bits the places that a line through `at` reaches; none where `at` is barred."""
        bars = self.barred(line)
        if bars >> at & 1:
            return 0
        if not may_cross:
            bars |= self._crossing[line] & ~(1 << at)
        return _ahead(bars, at, self.axis.length) | _behind(bars, at)


def _ahead(bars: int, at: int, length: int) -> int:
    start = at + 1
    rest = bars >> start
    free = (rest & -rest).bit_length() - 1 if rest else length - start
    return ((1 << free) - 1) << start


def _behind(bars: int, at: int) -> int:
    begin = (bars & ((1 << at) - 1)).bit_length()
    return (1 << at) - (1 << begin)


def bits_of(bits: int) -> Iterator[int]:
    """Yield the places of the set bits, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
