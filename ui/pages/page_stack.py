"""Where pages stand when they are shown one below the other, in millimetres; no Qt in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.values import Rect

if TYPE_CHECKING:
    from sopdesk.sheet.values import Paper, Point

GAP_MM = 8.0
"""Between two pages, and around them all."""


class PagePoint(NamedTuple):
    """A place on a page: the page's index and millimetres from its top left."""

    page: int
    x: float
    y: float

    @property
    def point(self) -> Point:
        """The place on the page."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class PageStack:
    """`count` pages of one paper; the origin is the top left of the desk they lie on."""

    paper_width: float
    paper_height: float
    count: int

    @classmethod
    def of(cls, paper: Paper, count: int) -> PageStack:
        """Stack `count` pages of this paper."""
        return cls(paper.width, paper.height, count)

    @property
    def width(self) -> float:
        """The width of the desk."""
        return self.paper_width + 2 * GAP_MM

    @property
    def height(self) -> float:
        """The height of the desk."""
        return GAP_MM + self.count * (self.paper_height + GAP_MM)

    def top(self, page: int) -> float:
        """Return where a page begins."""
        return GAP_MM + page * (self.paper_height + GAP_MM)

    def rect(self, page: int) -> Rect:
        """Return a page's place on the desk."""
        top = self.top(page)
        return Rect(GAP_MM, top, GAP_MM + self.paper_width, top + self.paper_height)

    def to_page(self, x: float, y: float) -> PagePoint:
        """Return the place on the nearest page; it may lie outside of the page's paper."""
        pitch = self.paper_height + GAP_MM
        page = int((y - GAP_MM / 2) // pitch)
        page = max(0, min(page, self.count - 1))
        return PagePoint(page, x - GAP_MM, y - self.top(page))

    def to_desk(self, page: int, rect: Rect) -> Rect:
        """Return a page's rectangle as it lies on the desk."""
        top = self.top(page)
        return Rect(rect.left + GAP_MM, rect.top + top, rect.right + GAP_MM, rect.bottom + top)

    def visible(self, top: float, bottom: float) -> range:
        """Return the pages that show between two heights of the desk."""
        if not self.count:
            return range(0)
        return range(self.to_page(0, top).page, self.to_page(0, bottom).page + 1)
