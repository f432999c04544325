"""The labels of a page, placed while it is planned, so that its rows leave them their room."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Kind
from sopdesk.sheet.band_labels import Band, LabelledExit, place_labels
from sopdesk.sheet.label_places import Way
from sopdesk.sheet.neighbourhood import FAR
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.routing.tracks import CELL
from sopdesk.sheet.spacing import GAP
from sopdesk.sheet.symbols import (
    OFFPAGE,
    edge_x,
    edge_y,
    offpage_size,
    outline,
    text_block,
)
from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopdesk.document.values import Symbol
    from sopdesk.sheet.flow_labels import Label
    from sopdesk.sheet.lane_spacing import ColumnPlaces
    from sopdesk.sheet.page_grid import PageGrid
    from sopdesk.sheet.routing.grid import Node
    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.table import Table
    from sopdesk.sheet.values import Point

_FREE_MM = 2.0
"""How far off its symbols a band has room for labels in any case."""


class LabelSpot(NamedTuple):
    """A label in its place: `rect` is in mm from the lanes' left and from its band's middle.

    `legs` are the flows' parts that leave by this exit, by index. Level lines in gutters keep
    `apart` mm off.
    """

    legs: tuple[int, ...]
    label: Label
    band: int
    rect: Rect
    apart: float


class _Exit(NamedTuple):
    """A node, the label of the links that leave it together by one port, and those links."""

    node: int
    label: str
    links: tuple[int, ...]


Owner = tuple[int, str]
"""Whose a line is: a node's, by the exit of a label."""


_Run = tuple[float, float, int, int]
"""A run of a route: left and right in mm, then its upper and lower line."""


def label_spots(
    table: Table, page: PageGrid, routes: Routes, x_of: ColumnPlaces, halves: Sequence[float],
    spread: float,
) -> tuple[LabelSpot, ...]:  # fmt: skip
    """Return the places of a page's labels, one for each exit; `x_of` is from the lanes' left.

    `halves` says for each band how high its symbols are above its middle. Labels stand `spread`
    times as far off their lines as usual.
    """
    exits = _exits(page, routes)
    if not exits:
        return ()
    by_band: dict[int, list[_Exit]] = defaultdict(list)
    for each in exits:
        by_band[page.grid.nodes[each.node].band].append(each)
    bands = _Bands(table, page, routes, x_of, halves, spread)
    placed = {band: iter(place_labels(bands.band(band, own))) for band, own in by_band.items()}
    spots = []
    for node, _, links in exits:
        band = page.grid.nodes[node].band
        label, rect, apart = next(placed[band])
        spots.append(LabelSpot(links, label, band, rect, apart))
    return tuple(spots)


def _exits(page: PageGrid, routes: Routes) -> list[_Exit]:
    """Return the exits with labels, the shortest labels first."""
    found: dict[tuple[int, str, tuple[int, int]], list[int]] = {}
    for index, link in enumerate(page.grid.links):
        if page.legs[index].label:
            found.setdefault((link.source, link.label, routes.paths[index][0]), []).append(index)
    exits = [_Exit(node, label, tuple(links)) for (node, label, _), links in found.items()]
    return sorted(exits, key=lambda each: len(each.label))


def trunk_of(paths: Sequence[Path]) -> Path:
    """Return the way that the routes of one exit share, where their label belongs to all."""
    trunk = paths[0]
    for path in paths[1:]:
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(trunk, path, strict=False))
        )
        ends = trunk[same : same + 1] + path[same : same + 1]
        turn = trunk[same - 1]
        if len(ends) == 2 and _heading(turn, ends[0]) == _heading(turn, ends[1]):
            nearer = min(ends, key=lambda end: abs(end[0] - turn[0]) + abs(end[1] - turn[1]))
            trunk = (*trunk[:same], nearer)
        elif same > 1:
            trunk = trunk[:same]
    return trunk


def _heading(start: tuple[int, int], end: tuple[int, int]) -> tuple[bool, bool, bool]:
    return start[0] == end[0], end[0] > start[0], end[1] > start[1]


class _Bands:
    """What stands and runs in and beside each band of a page."""

    def __init__(
        self, table: Table, page: PageGrid, routes: Routes, x_of: ColumnPlaces,
        halves: Sequence[float], spread: float,
    ) -> None:  # fmt: skip
        self._table, self._page, self._routes = table, page, routes
        self._x_of, self._halves, self._spread = x_of, halves, spread
        count, lane = max(1, len(table.procedure.lanes)), table.lane_mm
        self._width, self._rules = count * lane, tuple([i * lane for i in range(count + 1)])
        self._placed = place_symbols(table.procedure).by_id
        self._nodes: dict[int, list[int]] = defaultdict(list)
        for index, node in enumerate(page.grid.nodes):
            self._nodes[node.band].append(index)
        self._runs = self._all_runs()

    def band(self, band: int, exits: Sequence[_Exit]) -> Band:
        """Return a band with these exits of its nodes, whose labels are to be placed."""
        owners: dict[Owner, int] = {}
        labelled = []
        for node, label, links in exits:
            trunk = trunk_of([self._routes.paths[link] for link in links])
            number = owners.setdefault((node, label), len(owners))
            labelled.append(LabelledExit(label, self._way(node, trunk), number))
        solids: list[Rect] = []
        outlines: list[tuple[Point, ...]] = []
        for index in self._nodes[band]:
            self._add_symbol(index, solids, outlines)
        return Band(
            self._table.look,
            self._width,
            self._rules,
            self._halves[band] + _FREE_MM,
            tuple(solids),
            tuple(outlines),
            tuple(self._lines(band, owners)),
            tuple(labelled),
        )

    def _lines(self, band: int, owners: Mapping[Owner, int]) -> Iterator[tuple[Rect, int]]:
        """Yield the lines in and beside a band, each with whose alone it is of these, or -1."""
        first, last = self._routes.down.cell(band), self._routes.down.far(band)
        for (x1, x2, y1, y2), owner in self._runs.items():
            if y1 <= last and y2 >= first:
                ends = _y(y1, first), _y(y2, first)
                number = owners.get(owner, -1) if owner else -1
                yield Rect(x1, min(ends), x2, max(ends)), number

    def _add_symbol(
        self, index: int, solids: list[Rect], outlines: list[tuple[Point, ...]]
    ) -> None:
        """Add a symbol's bounds, or a decision's outline and what is written in it."""
        name, (rect, shape) = self._page.ids[index], self._shape(index)
        symbol = self._symbol(name)
        if symbol is None or symbol.kind is not Kind.DECISION:
            solids.append(rect)
            return
        outlines.append(shape)
        width, height = text_block(
            symbol, self._table.look, self._table.measures_of(name), rect.width
        )
        if height:
            x, y = rect.center
            solids.append(Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2))

    def _symbol(self, name: str) -> Symbol | None:
        """Return the symbol of that id, or None for a pentagon."""
        place = self._placed.get(name)
        return place.symbol if place else None

    def _shape(self, index: int) -> tuple[Rect, tuple[Point, ...]]:
        name, node = self._page.ids[index], self._page.grid.nodes[index]
        width, height = self._table.sizes.get(name) or offpage_size(self._table.measures)
        x = self._center(node)
        rect = Rect(x - width / 2, -height / 2, x + width / 2, height / 2)
        symbol = self._symbol(name)
        return rect, outline(symbol.kind if symbol else OFFPAGE, rect)

    def _center(self, node: Node) -> float:
        return (self._x_of.center(node.first) + self._x_of.center(node.last)) / 2

    def _all_runs(self) -> dict[_Run, Owner | None]:
        """Return the runs of all routes, each with its only owner or None where several share it.

        At a symbol a level run reaches its middle.
        """
        nodes, x_of = self._page.grid.nodes, self._x_of
        found: dict[_Run, Owner | None] = {}
        for link, path in zip(self._page.grid.links, self._routes.paths, strict=True):
            xs = [x_of(x) for x, _ in path]
            if path[0][1] == path[1][1]:
                xs[0] = self._center(nodes[link.source])
            if path[-1][1] == path[-2][1]:
                xs[-1] = self._center(nodes[link.target])
            owner = link.source, link.label
            for ((_, y1), (_, y2)), (x1, x2) in zip(pairwise(path), pairwise(xs), strict=True):
                run = (*((x1, x2) if x1 < x2 else (x2, x1)), *((y1, y2) if y1 < y2 else (y2, y1)))
                found[run] = owner if found.get(run, owner) == owner else None
        return found

    def _way(self, node: int, path: Path) -> Way:
        """Return a path from its symbol's outline to where it leaves the neighbourhood."""
        first = self._routes.down.cell(self._page.grid.nodes[node].band)
        symbol, shape = self._shape(node)
        way = [(self._x_of(x), _y(y, first)) for x, y in path]
        (x, y), (x_next, y_next) = way[:2]
        if path[0][1] == path[1][1]:
            way[0] = edge_x(shape, y, x_next > x), y
        else:
            way[0] = x, edge_y(shape, x, y_next > y)
        last = next((i for i, (_, y) in enumerate(way) if abs(y) == FAR), len(way) - 1)
        return Way(tuple(way[: last + 1]), symbol, shape, self._spread)


def _y(line: int, first: int) -> float:
    """Return where a line down is off the middle of the cell that begins with line `first`.

    The cell's edges count as its middle.
    """
    offset = line - first
    if 0 <= offset < CELL:
        return (0.0, -GAP, 0.0, GAP, 0.0)[offset]
    return -FAR if offset < 0 else FAR
