"""The lines on which connectors may run, as whole numbers.

Across: channel 0, lane 0, channel 1, lane 1, ... ; down: gutter 0, band 0, gutter 1, ... A channel
or a gutter (an *alley*) holds as many tracks as it has been given. A lane or a band (a *cell*)
always holds five lines: the symbol's near edge, three lines through it, its far edge. Connectors
run on the tracks of alleys and on the three middle lines of cells, and end on the edges.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CELL = 5
MIDDLE = 2


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction: `counts[i]` tracks in alley i, and a cell after each alley but the last."""

    counts: tuple[int, ...]
    starts: tuple[int, ...] = field(init=False)
    length: int = field(init=False)
    nominal: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Derive where each alley starts and how far along each line lies, in cells."""
        starts, nominal, at = [], [], 0
        last = len(self.counts) - 1
        for alley, count in enumerate(self.counts):
            starts.append(at)
            at += count
            nominal += [alley - 0.2 + 0.4 * (i + 1) / (count + 1) for i in range(count)]
            if alley < last:
                at += CELL
                nominal += [alley + share for share in (0.25, 0.42, 0.5, 0.58, 0.75)]
        object.__setattr__(self, "starts", tuple(starts))
        object.__setattr__(self, "length", at)
        object.__setattr__(self, "nominal", tuple(nominal))

    @classmethod
    def of(cls, cells: int, tracks: int) -> Axis:
        """Return an axis of so many cells with the same number of tracks in every alley."""
        return cls((tracks,) * (cells + 1))

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

    def place(self, line: int) -> tuple[bool, int, int]:
        """Return (is it a cell's line, index of the cell or alley, offset inside it)."""
        for index in range(len(self.starts) - 1, -1, -1):
            if line >= self.starts[index]:
                offset = line - self.starts[index]
                count = self.counts[index]
                return (False, index, offset) if offset < count else (True, index, offset - count)
        raise ValueError(line)

    def runnable(self) -> int:
        """Return as bits the lines on which a connector may turn: tracks and middles of cells."""
        bits = (1 << self.length) - 1
        for index in range(len(self.counts) - 1):
            bits &= ~(0b11011 << self.cell(index))
        return bits

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
        return Axis(tuple(counts)), tuple(went)
