"""What is drawn in a crowded page's lanes, made smaller about the place where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.sheet.values import Glyphs, Rect

if TYPE_CHECKING:
    from sopdesk.sheet.values import Connector, Point, Shape, Text


@dataclass(frozen=True, slots=True)
class Zoom:
    """Makes things smaller by `factor` about a point that stays; all in mm of the page."""

    origin: Point
    factor: float

    def point(self, point: Point) -> Point:
        """Return where a point goes."""
        (x, y), (left, top) = point, self.origin
        return round(left + (x - left) * self.factor, 4), round(top + (y - top) * self.factor, 4)

    def rect(self, rect: Rect) -> Rect:
        """Return where a rectangle goes."""
        return Rect(*self.point((rect.left, rect.top)), *self.point((rect.right, rect.bottom)))

    def shape(self, shape: Shape) -> Shape:
        """Return a symbol made smaller."""
        outline = tuple(map(self.point, shape.outline))
        return shape._replace(rect=self.rect(shape.rect), outline=outline)

    def connector(self, connector: Connector) -> Connector:
        """Return a connector made smaller."""
        rect = connector.label_rect
        return connector._replace(
            points=tuple(map(self.point, connector.points)),
            label_rect=self.rect(rect) if rect else None,
            jumps=tuple(map(self.point, connector.jumps)),
        )

    def text(self, text: Text) -> Text:
        """Return a line of text set smaller."""
        x, y = self.point((text.x, text.y))
        runs = tuple(Glyphs(run.offset * self.factor, run.text, run.face) for run in text.runs)
        rect, cell = self.rect(text.rect), self.rect(text.cell)
        size_pt = text.size_pt * self.factor
        return text._replace(x=x, y=y, size_pt=size_pt, runs=runs, rect=rect, cell=cell)
