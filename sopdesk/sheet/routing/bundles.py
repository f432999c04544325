"""Links that are one line: the same flow twice, and exits to one target beyond a symbol's sides.

They would share their way in any case, since nothing keeps them apart; laid one by one, each is
asked about all the others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sopdesk.sheet.routing.grid import EXITS

if TYPE_CHECKING:
    from sopdesk.sheet.routing.grid import Grid, Link


def bundled(grid: Grid) -> tuple[Grid, tuple[int, ...]]:
    """Return a grid with one link for each line, and the line of each of the grid's links.

    Exits of different labels are lines of their own as long as each label has a side for itself.
    """
    labels: dict[int, set[str]] = defaultdict(set)
    for link in grid.links:
        if link.label:
            labels[link.source].add(link.label)
    lines: dict[Link, int] = {}
    first: list[Link] = []
    line_of = []
    for link in grid.links:
        has_sides = len(labels[link.source]) <= len(EXITS)
        key = link if has_sides else link._replace(label="")
        if key not in lines:
            lines[key] = len(first)
            first.append(link)
        line_of.append(lines[key])
    if len(first) == len(grid.links):
        return grid, tuple(line_of)
    return grid._replace(links=tuple(first)), tuple(line_of)
