"""The steps at the end of a grid that nothing else has to do with: laid last, around all others.

A band belongs to them if its only link is a step that comes from the band before. Whatever stands
before such steps is routed as if they were not there; so a step that comes at the end changes no
other route.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.routing.grid import Grid, Link

if TYPE_CHECKING:
    from collections.abc import Sequence


class Parted(NamedTuple):
    """A grid up to its last steps, the indices of its links, and those of the steps in order."""

    core: Grid
    links: tuple[int, ...]
    steps: tuple[int, ...]


def without_last_steps(grid: Grid) -> Parted:
    """Return a grid without its last steps and its last bands without nodes; itself if none."""
    steps = _last_steps(grid)
    gone = {grid.links[index].target for index in steps}
    kept = [node for node in range(len(grid.nodes)) if node not in gone]
    links = tuple(index for index in range(len(grid.links)) if index not in steps)
    bands = 1 + max((grid.nodes[node].band for node in kept), default=-1)
    if bands == grid.bands:
        return Parted(grid, links, ())
    at = {node: index for index, node in enumerate(kept)}
    core = Grid(
        grid.lanes,
        bands,
        tuple(grid.nodes[node] for node in kept),
        tuple(_moved(grid.links[index], at) for index in links),
    )
    return Parted(core, links, steps)


def _last_steps(grid: Grid) -> tuple[int, ...]:
    """Return the links that are last steps, first to last."""
    nodes: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(grid.nodes):
        nodes[node.band].append(index)
    touching: dict[int, list[int]] = defaultdict(list)
    for index, link in enumerate(grid.links):
        for end in {link.source, link.target}:
            touching[end].append(index)
    bands = sorted(nodes)
    found: list[int] = []
    for before, band in zip(bands[-2::-1], bands[:0:-1], strict=True):
        own = {index for node in nodes[band] for index in touching[node]} - set(found)
        if len(nodes[band]) > 1 or not _is_step(grid, own, nodes[before]):
            break
        found += own
    return tuple(reversed(found))


def _is_step(grid: Grid, links: set[int], before: Sequence[int]) -> bool:
    """Tell whether these are one link from one of the nodes before, tied to no side."""
    if len(links) != 1:
        return False
    (link,) = (grid.links[index] for index in links)
    return link.source in before and link.exit is None and link.entry is None


def _moved(link: Link, at: dict[int, int]) -> Link:
    return link._replace(source=at[link.source], target=at[link.target])
