"""All links of a grid routed together: each in turn, then again while that makes it better.

First every link that jumps over bands gets a side of the chain of steps, so that few cross. Then
all are laid, each on its best route given those before it, steps first and short jumps before long
ones, which so run outside. Then comes rip-up and reroute. Between its rounds every used track gets
a free one on either side, so that a route can slip in between two others. Steps at the end that
nothing else has to do with (`last_steps`) are left for last.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Side
from sopdesk.sheet.routing.board import FIRST_TRACKS, Board
from sopdesk.sheet.routing.bundles import bundled
from sopdesk.sheet.routing.improving import Improvement
from sopdesk.sheet.routing.last_steps import without_last_steps
from sopdesk.sheet.routing.search import Found
from sopdesk.sheet.routing.sides import wished_sides
from sopdesk.sheet.routing.tracks import axis_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopdesk.sheet.routing.grid import Grid, Link
    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.routing.tracks import Axis

_ROUNDS = 3
"""Of laying again what crosses or detours, at most."""


class Routes(NamedTuple):
    """One path for each link, on the lines of two axes that hold no unused track but spare ones."""

    across: Axis
    down: Axis
    paths: tuple[Path, ...]


@lru_cache(maxsize=512)
def route(grid: Grid) -> Routes:
    """Return the routes of a grid's links; pure, deterministic and remembered.

    No route passes a node; two routes share a line only where they have the same target (their
    ends) or the same exit (their beginnings). Every link gets a route: where more of them are tied
    to one side of a node than it has ports, some go by other sides, and at the last over others.
    A band that comes at the end, with one link to it from the band before, changes no other route.
    """
    return _as_bundles(grid, route) or _and_last_steps(grid, route) or _improved(grid)


def sketch(grid: Grid) -> Routes:
    """Return routes as `route` does, each the best given those before it, and no more."""
    return _as_bundles(grid, sketch) or _and_last_steps(grid, sketch) or _first_routes(grid)[0]


def _as_bundles(grid: Grid, router: Callable[[Grid], Routes]) -> Routes | None:
    """Return routes with links that are one line laid as one, or None where there are none."""
    lines, line_of = bundled(grid)
    if lines is grid:
        return None
    routes = router(lines)
    return routes._replace(paths=tuple(routes.paths[line] for line in line_of))


def _and_last_steps(grid: Grid, router: Callable[[Grid], Routes]) -> Routes | None:
    """Return routes with the last steps laid around all others, or None where they have no way."""
    core, links, steps = without_last_steps(grid)
    if core is grid:
        return None
    routes = router(core)
    counts = (*routes.down.counts, *[FIRST_TRACKS] * (grid.bands - core.bands))
    board = Board(grid, routes.across, axis_of(counts))
    for index, path in zip(links, routes.paths, strict=True):
        board.put(index, Found(0.0, 0.0, path))
    for index in steps:
        found = board.find(index)
        if found is None:
            return None
        board.put(index, found)
    return _routes(board)


def _improved(grid: Grid) -> Routes:
    """Return all routes laid one after the other, then ripped up and laid again."""
    routes, owns = _first_routes(grid)
    board = Board(grid, routes.across, routes.down)
    for index, (path, own) in enumerate(zip(routes.paths, owns, strict=True)):
        board.put(index, Found(own, own, path))
    improvement = Improvement(board)
    for _ in range(_ROUNDS):
        board.stretch()
        if not improvement.round():
            break
    return _routes(board)


@lru_cache(maxsize=512)
def _first_routes(grid: Grid) -> tuple[Routes, tuple[float, ...]]:
    """Return the routes with which `route` begins, and what each costs by itself."""
    board = Board(grid)
    wishes = wished_sides(grid)
    for index in sorted(range(len(grid.links)), key=lambda i: (_reach(grid, grid.links[i]), i)):
        board.put(index, _first(board, index, wishes) or board.find_any(index))
    return _routes(board), tuple(own for _, own in sorted(board.owns.items()))


def _routes(board: Board) -> Routes:
    return Routes(board.across, board.down, tuple(path for _, path in sorted(board.paths.items())))


def _reach(grid: Grid, link: Link) -> tuple[int, int]:
    """Return how far a link goes in bands and lanes; one band down is the natural way."""
    source, target = grid.nodes[link.source], grid.nodes[link.target]
    lanes = max(0, source.first - target.last, target.first - source.last)
    return abs(target.band - source.band - 1), lanes


def _first(board: Board, index: int, wishes: Mapping[int, Side]) -> Found | None:
    """Return a link's first route: a jump's on its side of the chain, a step's out of their way.

    Where a jump would cross others it gets room to slip in between them. None where there is no
    way, whatever the wishes.
    """
    side, free = wishes.get(index), board.free_exits(index)
    if side is None:
        label = board.grid.links[index].label
        others = (j for j in board.siblings[index] if board.grid.links[j].label != label)
        taken = {wishes[j] for j in others if j in wishes}
        found = board.find(index, exits=[exit_ for exit_ in free if exit_ not in taken])
    elif side in free:
        found = board.find(index, exits=(side,), entries=(side, Side.TOP))
        if found is None or found.is_crossing:
            board.stretch()
            found = board.find(index, exits=(side,), entries=(side, Side.TOP))
    else:
        found = None
    return found or board.find(index)
