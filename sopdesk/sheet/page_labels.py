"""The labels of a page, placed while it is planned, so that its rows leave them their room."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.values import Kind
from sopdesk.sheet.flow_labels import Label, settings
from sopdesk.sheet.label_places import Way, apart_mm, place_label
from sopdesk.sheet.neighbourhood import FAR, Neighbourhood
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
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.lane_spacing import ColumnPlaces
    from sopdesk.sheet.look import SheetLook
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


Exit = tuple[int, str]
"""A node and the label of the links that leave it together."""


class _Run(NamedTuple):
    """A run of a route between places across in mm and lines down, both in rising order."""

    x1: float
    x2: float
    y1: int
    y2: int


def label_spots(
    table: Table, page: PageGrid, routes: Routes, x_of: ColumnPlaces, halves: Sequence[float]
) -> tuple[LabelSpot, ...]:
    """Return the places of a page's labels, one for each exit; `x_of` is from the lanes' left.

    `halves` says for each band how high its symbols are above its middle. A place is clear of
    symbols, texts, other labels and lines, as long as level lines in the gutters keep off it.
    Where sides fixed by the user leave none, a label stands on a line rather than not at all.
    """
    exits: dict[tuple[int, str, tuple[int, int]], list[int]] = {}
    for index, link in enumerate(page.grid.links):
        if page.legs[index].label:
            exits.setdefault((link.source, link.label, routes.paths[index][0]), []).append(index)
    if not exits:
        return ()
    bands = _Bands(table, page, routes, x_of, halves)
    spots = []
    for (source, _, _), legs in sorted(exits.items(), key=lambda item: len(item[0][1])):
        band = page.grid.nodes[source].band
        label, rect, apart = bands.place(legs[0], trunk_of([routes.paths[leg] for leg in legs]))
        spots.append(LabelSpot(tuple(legs), label, band, rect, apart))
    return tuple(spots)


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
    """The neighbourhoods of a page's bands, each made when its first label is placed."""

    def __init__(
        self, table: Table, page: PageGrid, routes: Routes, x_of: ColumnPlaces,
        halves: Sequence[float],
    ) -> None:  # fmt: skip
        self._table, self._page, self._down = table, page, routes.down
        self._x_of, self._halves = x_of, halves
        self._symbols = {symbol.id: symbol for symbol in table.procedure.symbols}
        self._runs = self._all_runs(routes)
        self._made: dict[int, tuple[Neighbourhood, list[tuple[Rect, set[Exit]]]]] = {}
        self._full: set[tuple[int, int]] = set()
        """The ports beside whose lines a label has found no place that others left."""

    def place(self, index: int, path: Path) -> tuple[Label, Rect, float]:
        """Place a link's label beside its path, keep others off it, and say how far lines keep."""
        link = self._page.grid.links[index]
        band = self._page.grid.nodes[link.source].band
        if band not in self._made:
            lines = self._lines(band)
            self._made[band] = self._neighbourhood(band, lines), lines
        around, lines = self._made[band]
        others = [rect for rect, exits in lines if exits != {(link.source, link.label)}]
        way = self._way(link.source, path)
        found = None
        if path[0] not in self._full:
            found = _placed(link.label, way, _free_spaces(around), others, self._table.look)
        if found is None:
            self._full.add(path[0])
            found = _placed_anyhow(link.label, way, around.empty(), self._table.look)
        label, rect = found
        around.add_solid(rect)
        return label, rect, apart_mm(rect, way.points)

    def _lines(self, band: int) -> list[tuple[Rect, set[Exit]]]:
        """Return the lines in and beside a band, with the exits that each belongs to."""
        first, last = self._down.cell(band), self._down.far(band)
        found = []
        for run, exits in self._runs.items():
            if run.y1 <= last and run.y2 >= first:
                ends = self._y(run.y1, band), self._y(run.y2, band)
                found.append((Rect(run.x1, min(ends), run.x2, max(ends)), exits))
        return found

    def _neighbourhood(self, band: int, lines: Sequence[tuple[Rect, set[Exit]]]) -> Neighbourhood:
        table = self._table
        count, lane = max(1, len(table.procedure.lanes)), table.lane_mm
        reach = self._halves[band] + _FREE_MM
        around = Neighbourhood(count * lane, [i * lane for i in range(count)], (reach, reach))
        for index, node in enumerate(self._page.grid.nodes):
            if node.band == band:
                self._add_symbol(around, index)
        for rect, _ in lines:
            around.add_line(rect)
        return around

    def _add_symbol(self, around: Neighbourhood, index: int) -> None:
        name, (rect, shape) = self._page.ids[index], self._shape(index)
        symbol = self._symbols.get(name)
        if symbol is None or symbol.kind is not Kind.DECISION:
            around.add_solid(rect)
            return
        around.add_outline(shape)
        width, height = text_block(
            symbol, self._table.look, self._table.measures_of(name), rect.width
        )
        if height:
            x, y = rect.center
            around.add_solid(Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2))

    def _shape(self, index: int) -> tuple[Rect, tuple[Point, ...]]:
        name, node = self._page.ids[index], self._page.grid.nodes[index]
        width, height = self._table.sizes.get(name) or offpage_size(self._table.measures)
        x = self._center(node)
        rect = Rect(x - width / 2, -height / 2, x + width / 2, height / 2)
        symbol = self._symbols.get(name)
        return rect, outline(symbol.kind if symbol else OFFPAGE, rect)

    def _center(self, node: Node) -> float:
        return (self._x_of.center(node.first) + self._x_of.center(node.last)) / 2

    def _all_runs(self, routes: Routes) -> dict[_Run, set[Exit]]:
        """Return the runs of all routes and whose they are; at a symbol one reaches its middle."""
        found: dict[_Run, set[Exit]] = {}
        for link, path in zip(self._page.grid.links, routes.paths, strict=True):
            xs = [self._x_of(x) for x, _ in path]
            if path[0][1] == path[1][1]:
                xs[0] = self._center(self._page.grid.nodes[link.source])
            if path[-1][1] == path[-2][1]:
                xs[-1] = self._center(self._page.grid.nodes[link.target])
            for ((_, y1), (_, y2)), (x1, x2) in zip(pairwise(path), pairwise(xs), strict=True):
                run = _Run(min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2))
                found.setdefault(run, set()).add((link.source, link.label))
        return found

    def _y(self, line: int, band: int) -> float:
        """Return where a line down is; the edges of a band count as its middle."""
        offset = line - self._down.cell(band)
        if not 0 <= offset <= self._down.far(band) - self._down.cell(band):
            return -FAR if offset < 0 else FAR
        return (0.0, -GAP, 0.0, GAP, 0.0)[offset]

    def _way(self, source: int, path: Path) -> Way:
        """Return a path from its symbol's outline to where it leaves the neighbourhood."""
        band = self._page.grid.nodes[source].band
        symbol, shape = self._shape(source)
        way = [(self._x_of(x), self._y(y, band)) for x, y in path]
        (x, y), (x_next, y_next) = way[:2]
        if path[0][1] == path[1][1]:
            way[0] = edge_x(shape, y, x_next > x), y
        else:
            way[0] = x, edge_y(shape, x, y_next > y)
        last = next((i for i, (_, y) in enumerate(way) if abs(y) == FAR), len(way) - 1)
        return Way(way[: last + 1], symbol, shape)


def _placed(
    text: str,
    way: Way,
    spaces: Iterable[Neighbourhood],
    others: Sequence[Rect],
    look: SheetLook,
) -> tuple[Label, Rect] | None:
    """Return a label and its place, next to its own line if there is any way to set it so."""
    for space in spaces:
        for foreign, is_next in ((others, True), ((), True), ((), False)):
            for label in settings(text, look):
                rect = place_label(label, way, space, foreign, is_next=is_next)
                if rect is not None:
                    return label, rect
    return None


def _free_spaces(around: Neighbourhood) -> Iterator[Neighbourhood]:
    """Yield what a label keeps off, less and less."""
    yield around
    yield around.without_lines()


def _placed_anyhow(
    text: str, way: Way, empty: Neighbourhood, look: SheetLook
) -> tuple[Label, Rect]:
    """Return a label and its place beside its line, whatever else stands there."""
    found = _placed(text, way, (empty,), (), look)
    found = found or _placed(text, way._replace(outline=()), (empty,), (), look)
    if found is None:
        raise AssertionError(text)
    return found
