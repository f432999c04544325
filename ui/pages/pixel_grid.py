"""Where strokes stand on a screen's pixels, so that they are sharp, and as strong as on paper.

A stroke that runs upright or level covers whole pixels. A rule thinner than one is one wide, and
paler instead: so the table stays behind its flows at any zoom. Nothing moves by more than a pixel.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from sopdesk.sheet.painting import Move

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QTransform

    from sopdesk.sheet.values import Point

_PALEST = 0.4
"""Of black, for the thinnest rule."""


class PixelGrid:
    """The pixels below a painter whose units are millimetres."""

    def __init__(self, device: QTransform) -> None:
        """Take what leads from millimetres to pixels."""
        self._scale = hypot(device.m11(), device.m12()) or 1.0
        self._is_turned = device.m12() != 0.0 or device.m21() != 0.0
        self._across, self._down = (device.m11(), device.dx()), (device.m22(), device.dy())

    def stroke(self, width: float) -> float:
        """Return the width of a stroke as whole pixels, at least one; both in mm."""
        return self._pixels(width) / self._scale

    def strength(self, width: float) -> float:
        """Return how black a rule is, which is drawn wider where it is thinner than a pixel."""
        return min(1.0, max(_PALEST, width * self._scale))

    def rule(self, start: Point, end: Point, width: float) -> QRectF:
        """Return an upright or level stroke in mm, whole pixels wide and long."""
        (x1, x2), (y1, y2) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        if y1 == y2:
            y1, y2 = y1 - width / 2, y2 + width / 2
        else:
            x1, x2 = x1 - width / 2, x2 + width / 2
        if self._is_turned:
            return QRectF(x1, y1, x2 - x1, y2 - y1)
        (scale_x, left), (scale_y, top) = self._across, self._down
        return QRectF(
            (round(x1 * scale_x + left) - left) / scale_x,
            (round(y1 * scale_y + top) - top) / scale_y,
            max(1, round((x2 - x1) * scale_x)) / scale_x,
            max(1, round((y2 - y1) * scale_y)) / scale_y,
        )

    def point(self, point: Point, width: float) -> Point:
        """Return the nearest point where a stroke of this width covers whole pixels, in mm.

        On a page that is turned it is the point itself.
        """
        if self._is_turned:
            return point
        (scale_x, left), (scale_y, top), middle = self._across, self._down, self._middle(width)
        x = round(point[0] * scale_x + left - middle) + middle
        y = round(point[1] * scale_y + top - middle) + middle
        return (x - left) / scale_x, (y - top) / scale_y

    def path(self, moves: Sequence[Move], width: float) -> Iterator[Move]:
        """Yield a path of upright and level lines on the grid; its curves go along."""
        by = 0.0
        for move in moves:
            if move.verb == "curve":
                numbers = (n + by * (place % 2) for place, n in enumerate(move.numbers))
                yield Move("curve", tuple(numbers))
            else:
                x, y = self.point((move.numbers[0], move.numbers[1]), width)
                by = y - move.numbers[1]
                yield Move(move.verb, (x, y))

    def outline(self, points: Sequence[Point], width: float) -> list[Point]:
        """Return an outline stretched so that its bounds stand on the grid."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        (x1, y1), (x2, y2) = (min(xs), min(ys)), (max(xs), max(ys))
        left, top = self.point((x1, y1), width)
        right, bottom = self.point((x2, y2), width)
        across, down = (right - left) / ((x2 - x1) or 1.0), (bottom - top) / ((y2 - y1) or 1.0)
        return [(left + (x - x1) * across, top + (y - y1) * down) for x, y in points]

    def head(self, points: Sequence[Point], width: float) -> list[Point]:
        """Return an arrow head, its tip first, where the end of its stroke stands on the grid."""
        (tip_x, tip_y), (x, y) = points[0], self.point(points[0], width)
        return [(at + x - tip_x, down + y - tip_y) for at, down in points]

    def _middle(self, width: float) -> float:
        """Return where a stroke lies in a pixel: in its middle, or on its edge."""
        return self._pixels(width) % 2 / 2

    def _pixels(self, width: float) -> int:
        return max(1, round(width * self._scale))
