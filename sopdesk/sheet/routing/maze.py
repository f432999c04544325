"""The way of fewest bends from one port to another, however many it takes.

A wave of lines (Mikami and Tabuchi's line search): from all that the lines reached so far cross,
the lines across them are reached next. It finds a way wherever there is one, but looks neither at
length nor at crossings, so it serves where the patterns of few bends find none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.routing.planes import bits_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.routing.planes import Plane
    from sopdesk.sheet.routing.ports import End

Corner = tuple[int, int]

_MOST_WAYS = 30
"""How many ways are shown at most: those after the first are for where it may not be taken."""


class _Line(NamedTuple):
    """A line that the wave has reached at `at`, how far it goes, and the one it turned off from."""

    plane: Plane
    line: int
    at: int
    reach: int
    before: _Line | None


def ways(out: End, into: End) -> Iterator[tuple[Corner, ...]]:
    """Yield the corners of ways between two ports, those of the fewest bends first.

    Corners are (place, line) of the out's plane.
    """
    wave = [_Line(out.plane, out.line, out.at, out.reach, None)]
    seen = {out.plane: {out.line: out.reach}, out.other: {}}
    shown = 0
    while wave and shown < _MOST_WAYS:
        for line in wave:
            if line.plane is not into.plane and _meet(line, into):
                yield tuple(_corners(line, into, out.plane))
                shown += 1
        wave = [turned for line in wave for turned in _turned(line, out, seen)]


def _meet(line: _Line, into: End) -> bool:
    return bool(line.reach >> into.line & 1 and into.reach >> line.line & 1)


def _turned(line: _Line, out: End, seen: dict[Plane, dict[int, int]]) -> Iterator[_Line]:
    """Yield the lines across one, at the places where nobody has been yet."""
    other = out.other if line.plane is out.plane else out.plane
    for place in bits_of(line.reach & line.plane.tracks):
        there = seen[other].get(place, 0)
        if there >> line.line & 1:
            continue
        reach = other.around(place, line.line, may_cross=True)
        seen[other][place] = there | reach | 1 << line.line
        if reach:
            yield _Line(other, place, line.line, reach, line)


def _corners(last: _Line, into: End, level: Plane) -> list[Corner]:
    """Return the corners of a way, the first one first."""
    found = [_corner(last, into.line, level)]
    line = last
    while line.before is not None:
        found.append(_corner(line.before, line.line, level))
        line = line.before
    return found[::-1]


def _corner(line: _Line, place: int, level: Plane) -> Corner:
    return (place, line.line) if line.plane is level else (line.line, place)
