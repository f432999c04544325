"""What is on a page, put on any surface: the one chain that the screen, the PDF and pictures share.

Stroke widths, arrow heads and hops are decided here and nowhere else; a surface only knows how
to draw lines, curves, polygons, texts and images in millimetres.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.sheet.values import Connector, Page, Picture, Point, Shape, Text

SYMBOL_WIDTH_MM = 0.4
FLOW_WIDTH_MM = 0.35
"""Twice a rule of the table and more, so that a flow is not lost beside one."""

ARROW_LENGTH_MM = 1.7
ARROW_WIDTH_MM = 1.35
HOP_RADIUS_MM = 0.7
_KAPPA = 0.5522847498


class Move(NamedTuple):
    """One part of a path: `move` or `line` to a point, or `curve` with two controls first."""

    verb: Literal["move", "line", "curve"]
    numbers: tuple[float, ...]


class Surface(Protocol):
    """Something to paint on, in millimetres from the top left of the page, y downwards."""

    def line(self, start: Point, end: Point, width: float) -> None:
        """Stroke a straight line in black, butt ends."""

    def path(self, moves: Sequence[Move], width: float) -> None:
        """Stroke an open path in black, mitred joins."""

    def polygon(self, points: Sequence[Point], width: float, filled: bool) -> None:
        """Stroke a closed polygon in black; fill it with black first, or with white."""

    def text(self, text: Text) -> None:
        """Draw one line of text in black at its baseline."""

    def picture(self, picture: Picture) -> None:
        """Draw an image fitted into its rectangle."""


def paint(page: Page, surface: Surface) -> None:
    """Draw everything on the page: pictures, table, flows, symbols, then texts."""
    for picture in page.pictures:
        surface.picture(picture)
    for rule in page.rules:
        surface.line(rule.start, rule.end, rule.width)
    for connector in _each_way_once(page.connectors):
        paint_connector(connector, surface)
    for shape in page.shapes:
        paint_shape(shape, surface)
    for text in page.texts:
        surface.text(text)


def _each_way_once(connectors: Sequence[Connector]) -> Iterable[Connector]:
    """Return one connector for each way: a line drawn twice looks thicker on a screen."""
    return {(each.points, each.has_arrow): each for each in connectors}.values()


def paint_shape(shape: Shape, surface: Surface) -> None:
    """Draw a symbol's outline over white."""
    surface.polygon(shape.outline, SYMBOL_WIDTH_MM, False)


def paint_connector(connector: Connector, surface: Surface) -> None:
    """Draw a flow with its hops and its arrow head."""
    surface.path(connector_path(connector), FLOW_WIDTH_MM)
    if connector.has_arrow:
        surface.polygon(arrow_head(connector.points), 0.0, True)


def connector_path(connector: Connector) -> list[Move]:
    """Return the stroke: straight segments, a half circle upwards at each hop.

    Under an arrow head the stroke stops short of the tip, so that the tip stays sharp.
    """
    points = list(connector.points)
    if connector.has_arrow:
        points[-1] = _before(points[-2], points[-1], ARROW_LENGTH_MM / 2)
    moves = [Move("move", points[0])]
    for start, end in itertools.pairwise(points):
        for jump in _jumps_between(connector.jumps, start, end):
            moves += _hop(jump, math.copysign(HOP_RADIUS_MM, end[0] - start[0]))
        moves.append(Move("line", end))
    return moves


def arrow_head(points: Sequence[Point]) -> tuple[Point, Point, Point]:
    """Return the filled triangle whose tip is the last point of the path."""
    (x, y), tip = points[-2], points[-1]
    base_x, base_y = _before((x, y), tip, ARROW_LENGTH_MM)
    length = math.dist((x, y), tip) or 1.0
    along_x, along_y = (tip[0] - x) / length, (tip[1] - y) / length
    half = ARROW_WIDTH_MM / 2
    return (
        tip,
        (base_x - along_y * half, base_y + along_x * half),
        (base_x + along_y * half, base_y - along_x * half),
    )


def _before(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end)
    share = min(1.0, distance / length) if length else 0.0
    return end[0] + (start[0] - end[0]) * share, end[1] + (start[1] - end[1]) * share


def _jumps_between(jumps: Sequence[Point], start: Point, end: Point) -> list[Point]:
    """Return the hops on this segment in the order of travel; only a horizontal one has any."""
    if start[1] != end[1]:
        return []
    left, right = sorted((start[0], end[0]))
    found = [jump for jump in jumps if jump[1] == start[1] and left < jump[0] < right]
    return sorted(found, reverse=end[0] < start[0])


def _hop(center: Point, radius: float) -> list[Move]:
    """Return the moves over a line at `center`; `radius` is negative when travelling left."""
    x, y = center
    rise, bend = abs(radius), radius * _KAPPA
    lift = rise * _KAPPA
    return [
        Move("line", (x - radius, y)),
        Move("curve", (x - radius, y - lift, x - bend, y - rise, x, y - rise)),
        Move("curve", (x + bend, y - rise, x + radius, y - lift, x + radius, y)),
    ]
