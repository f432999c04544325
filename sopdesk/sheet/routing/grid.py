"""The routing problem: symbols in the cells of bands and lanes, and the links between them."""

from __future__ import annotations

from typing import NamedTuple

from sopdesk.document.values import Side

EXITS = (Side.BOTTOM, Side.RIGHT, Side.LEFT)
ENTRIES = (Side.TOP, Side.LEFT, Side.RIGHT)


class Node(NamedTuple):
    """A symbol in band `band` over the lanes `first` to `last`.

    One that `is_pointed` ends in tips at its left and right, where no line meets it from above or
    leaves it downwards.
    """

    band: int
    first: int
    last: int
    is_pointed: bool = False

    @property
    def broad(self) -> range:
        """The lanes in which lines come from above and leave downwards."""
        tip = (self.last - self.first) // 2 if self.is_pointed else 0
        return range(self.first + tip, self.last + 1 - tip)


class Link(NamedTuple):
    """A flow from node to node, by index.

    `label` tells the exits of one symbol apart: links of the same source and label are one exit and
    may share their way, as may links into the same target. `exit` and `entry` are fixed sides.
    """

    source: int
    target: int
    label: str = ""
    exit: Side | None = None
    entry: Side | None = None


class Grid(NamedTuple):
    """`lanes` columns and `bands` rows of cells; no two nodes share a cell."""

    lanes: int
    bands: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
