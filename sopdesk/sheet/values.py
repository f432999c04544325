"""The sheet as an immutable value: what is drawn, where, in millimetres.

The origin is the top left of the page, y runs downwards. The screen, the PDF and the geometry
listing read these values and compute no position of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Point = tuple[float, float]
Face = str
"""A font file's key, e.g. `sans-bold`; see `faces`."""

PageKind = Literal["identity", "flow", "identity+flow"]


class Rect(NamedTuple):
    """A rectangle in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width in mm."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in mm."""
        return self.bottom - self.top

    @property
    def center(self) -> Point:
        """The middle point."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Glyphs(NamedTuple):
    """A stretch of a line in one face, its left end `offset` mm from the line's start."""

    offset: float
    text: str
    face: Face


class Text(NamedTuple):
    """One line of text. `(x, y)` is the start of its baseline; the rest is what it stands in.

    `angle` is 0, or 90 for a line that reads upwards. `rect` is the ink's bounds (ascent to
    descent, as set), `cell` the rectangle that it must stay in.
    """

    x: float
    y: float
    size_pt: float
    runs: tuple[Glyphs, ...]
    role: str
    rect: Rect
    cell: Rect
    step: str | None = None
    angle: Literal[0, 90] = 0

    @property
    def text(self) -> str:
        """The words as read."""
        return "".join(run.text for run in self.runs)


class Rule(NamedTuple):
    """A straight line of the table or under a name."""

    start: Point
    end: Point
    width: float


class Picture(NamedTuple):
    """An image fitted into `rect`; `data` is the PNG."""

    rect: Rect
    data: bytes


class Shape(NamedTuple):
    """A symbol: kind, bounds, convex outline (not closed). `letter` is an off-page pair's."""

    id: str
    kind: str
    rect: Rect
    outline: tuple[Point, ...]
    letter: str | None = None


class Connector(NamedTuple):
    """A flow, or its part on this page, from one shape to another.

    `points` is the straight path, without hops, repeated or collinear points; `jumps` are the
    places on horizontal segments where it hops over another line. `flow` is the index in the
    procedure's flows.
    """

    source: str
    target: str
    flow: int
    points: tuple[Point, ...]
    has_arrow: bool
    label: str
    label_rect: Rect | None
    jumps: tuple[Point, ...]


class Box(NamedTuple):
    """A named area of the page: an identity field, the letterhead, the table."""

    role: str
    rect: Rect


class LaneBand(NamedTuple):
    """Where a lane's column stands on a page."""

    id: str
    left: float
    right: float


class RowBand(NamedTuple):
    """Where a step's row, or part `part` of `parts` of it, stands on a page."""

    step: str
    part: int
    parts: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, complete; `procedure` is the index of the flow table it shows, or of the last."""

    number: int
    kind: PageKind
    procedure: int
    boxes: tuple[Box, ...] = ()
    lanes: tuple[LaneBand, ...] = ()
    rows: tuple[RowBand, ...] = ()
    rules: tuple[Rule, ...] = ()
    shapes: tuple[Shape, ...] = ()
    connectors: tuple[Connector, ...] = ()
    texts: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Paper:
    """Paper as it is turned: width and height in mm; margins top, right, bottom, left."""

    name: str
    width: float
    height: float
    margins: tuple[float, float, float, float]

    @cached_property
    def frame(self) -> Rect:
        """The area inside the margins."""
        top, right, bottom, left = self.margins
        return Rect(left, top, self.width - right, self.height - bottom)


@dataclass(frozen=True, slots=True)
class LanesTooNarrow:
    """A note: the spacing could not be kept; `least_spacing_mm` is what was reached."""

    least_spacing_mm: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """An SOP laid out: its pages in order on one paper."""

    sop: str
    number: str
    title: str
    paper: Paper
    pages: tuple[Page, ...]
    notes: tuple[LanesTooNarrow, ...] = ()
