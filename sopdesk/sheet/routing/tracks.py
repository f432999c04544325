"""The lines on which connectors may run, as whole numbers.

Across: channel 0, lane 0, channel 1, lane 1, ... ; down: gutter 0, band 0, gutter 1, ... A channel
or a gutter (an *alley*) holds as many tracks as it has been given. A lane or a band (a *cell*)
always holds five lines: the symbol's near edge, three lines through it, its far edge. Connectors
run on the tracks of alleys and on the three middle lines of cells, and end on the edges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

CELL = 5
MIDDLE = 2
_SHARES = (0.25, 0.42, 0.5, 0.58, 0.75)
"""Where a cell's lines lie, as shares of its width or height."""

Place = tuple[bool, int, int]


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction: `counts[i]` tracks in alley i, and a cell after each alley but the last.

    `starts` says at which line each alley begins, `nominal` how far along each line lies, in cells,
    `places` what each line is: whether a cell's, the index of its cell or alley, and its offset
    there. `runnable` holds as bits the lines on which a connector may turn: tracks and middles of
    cells.
    """

    counts: tuple[int, ...]
    starts: tuple[int, ...] = field(init=False)
    length: int = field(init=False)
    nominal: tuple[float, ...] = field(init=False)
    places: tuple[Place, ...] = field(init=False)
    runnable: int = field(init=False)

    def __post_init__(self) -> None:
        """Derive the rest from the counts."""
        starts: list[int] = []
        nominal: list[float] = []
        places: list[Place] = []
        runnable = 0
        last = len(self.counts) - 1
        for alley, count in enumerate(self.counts):
            at = len(places)
            starts.append(at)
            runnable |= ((1 << count) - 1) << at
            nominal += [alley - 0.2 + 0.4 * (i + 1) / (count + 1) for i in range(count)]
            places += [(False, alley, i) for i in range(count)]
            if alley < last:
                runnable |= 1 << (at + count + MIDDLE)
                nominal += [alley + share for share in _SHARES]
                places += [(True, alley, i) for i in range(CELL)]
        for name, value in (
            ("starts", tuple(starts)), ("length", len(places)), ("nominal", tuple(nominal)),
            ("places", tuple(places)), ("runnable", runnable),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    @staticmethod
    def of(cells: int, tracks: int) -> Axis:
        """Return an axis of so many cells with the same number of tracks in every alley."""
        return axis_of((tracks,) * (cells + 1))

    def alley(self, index: int) -> range:
        """Return the lines of an alley."""
        start = self.starts[index]
        return range(start, start + self.counts[index])

    def cell(self, index: int) -> int:
        """Return a cell's first line, its near edge."""
        return self.starts[index] + self.counts[index]

    def middle(self, index: int) -> int:
        """Return a cell's middle line."""
        return self.cell(index) + MIDDLE

    def far(self, index: int) -> int:
        """Return a cell's last line, its far edge."""
        return self.cell(index) + CELL - 1

    def place(self, line: int) -> Place:
        """Return (is it a cell's line, index of the cell or alley, offset inside it)."""
        if line < 0:
            raise ValueError(line)
        return self.places[line]

    def stretched(self, used: int) -> tuple[Axis, tuple[int, ...]]:
        """Return an axis with a free track beside every used one, and where each line went.

        `used` holds the lines in use as bits. A track that is not used goes; its entry is -1.
        """
        counts: list[int] = []
        went: list[int] = []
        at = 0
        last = len(self.counts) - 1
        for alley in range(len(self.counts)):
            kept = 0
            for line in self.alley(alley):
                if used >> line & 1:
                    went.append(at + 2 * kept + 1)
                    kept += 1
                else:
                    went.append(-1)
            counts.append(2 * kept + 1)
            at += counts[-1]
            if alley < last:
                went += range(at, at + CELL)
                at += CELL
        return axis_of(tuple(counts)), tuple(went)


@lru_cache(maxsize=512)
def axis_of(counts: tuple[int, ...]) -> Axis:
    """Return the axis with so many tracks in its alleys, the same one for the same counts."""
    return Axis(counts)
