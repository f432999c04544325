"""The labels of one band, each placed clear of what stands there and of those placed before it.

All is in mm from the lanes' left and from the band's middle, so that a band whose surroundings stay
is asked for again in no time, wherever its page begins and however high its row is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.flow_labels import settings
from sopdesk.sheet.label_places import apart_mm, place_label
from sopdesk.sheet.neighbourhood import Neighbourhood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.flow_labels import Label
    from sopdesk.sheet.label_places import Way
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.neighbourhood import Outline
    from sopdesk.sheet.values import Point, Rect


class LabelledExit(NamedTuple):
    """The label of an exit, the way that its line goes, and the number that its lines bear."""

    label: str
    way: Way
    number: int


class Band(NamedTuple):
    """What stands and runs in and beside a band, and the exits whose labels are to be placed.

    `rules` are the x of the rules between lanes; up to `free` mm off the band's middle a label
    costs no height. Each of the `lines` comes with the number of the exit that it belongs to alone,
    or -1.
    """

    look: SheetLook
    width: float
    rules: tuple[float, ...]
    free: float
    solids: tuple[Rect, ...]
    outlines: tuple[Outline, ...]
    lines: tuple[tuple[Rect, int], ...]
    exits: tuple[LabelledExit, ...]


class PlacedLabel(NamedTuple):
    """A label in its place, and how far level lines in the gutters keep off it in mm."""

    label: Label
    rect: Rect
    apart: float


@lru_cache(maxsize=1024)
def place_labels(band: Band) -> tuple[PlacedLabel, ...]:
    """Return the places of a band's labels in the order of its exits.

    A place is clear of symbols, texts, other labels and lines, as long as level lines in the
    gutters keep off it. Where sides fixed by the user leave none, a label stands on a line rather
    than not at all.
    """
    around = Neighbourhood(band.width, band.rules, band.free)
    for solid in band.solids:
        around.add_solid(solid)
    for outline in band.outlines:
        around.add_outline(outline)
    for rect, _ in band.lines:
        around.add_line(rect)
    full: set[Point] = set()
    """Where lines begin beside which a label has found no place that others left."""
    placed = []
    for text, way, number in band.exits:
        found = None
        if way.points[0] not in full:
            others = [rect for rect, owner in band.lines if owner != number]
            found = _placed(text, way, _free_spaces(around), others, band.look)
        if found is None:
            full.add(way.points[0])
            found = _placed_anyhow(text, way, around.empty(), band.look)
        label, rect = found
        around.add_solid(rect)
        placed.append(PlacedLabel(label, rect, apart_mm(rect, way.points)))
    return tuple(placed)


def _free_spaces(around: Neighbourhood) -> Iterator[Neighbourhood]:
    """Yield what a label keeps off, less and less."""
    yield around
    yield around.without_lines()


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


def _placed_anyhow(
    text: str, way: Way, empty: Neighbourhood, look: SheetLook
) -> tuple[Label, Rect]:
    """Return a label and its place beside its line, whatever else stands there."""
    found = _placed(text, way, (empty,), (), look)
    found = found or _placed(text, way._replace(outline=()), (empty,), (), look)
    if found is None:
        raise AssertionError(text)
    return found
