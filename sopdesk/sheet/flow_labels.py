"""The labels of a decision's exits: beside their own line, near the diamond, clear of all else."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.faces import ascent_mm, descent_mm, leading_mm
from sopdesk.sheet.typeset import break_text, widest_word_mm
from sopdesk.sheet.values import Point, Rect, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.typeset import TextLine
    from sopdesk.sheet.values import Connector, Point, Shape

_WIDEST_MM = 13.0
_NARROW_MM = 8.0
_WIDEST_WORD_MM = 24.0
_LEAST_PT = 5.5
_ON_RULE = 3.0
"""What standing on a rule of the table counts, in mm of distance."""

_OFF_MM = 0.45
"""Between a label and its line."""

_OFFS_MM = (_OFF_MM, 1.3, 2.2)
"""Beside the line's first run, where a diamond's slope leaves room for a label that is higher."""

_BACK_MM = 3.6
"""How far a label may begin back over that slope."""

_AWAY_MM = 0.3
"""Between a label and anything else."""

_NEAR_MM = 11.5
"""How far from its symbol a label may begin."""

_PAST_MM = 1.1
"""How far past the end of a short first run a label may begin, and still be seen to belong."""

_SHIFT_MM = 0.8


class Label(NamedTuple):
    """A label set: its lines, its size, and its width and height in mm."""

    lines: tuple[TextLine, ...]
    size_pt: float
    width: float
    height: float


class Obstacles(NamedTuple):
    """What a label must not touch: outlines of symbols with their bounds, lines, and words."""

    outlines: list[tuple[Rect, tuple[Point, ...]]]
    lines: list[Rect]
    words: list[Rect]

    def near(self, area: Rect) -> Obstacles:
        """Return those that an area overlaps."""
        return Obstacles(
            [(rect, shape) for rect, shape in self.outlines if _overlap(rect, area)],
            [rect for rect in self.lines if _overlap(rect, area)],
            [rect for rect in self.words if _overlap(rect, area)],
        )


class Labelled(NamedTuple):
    """Connectors with the places of their labels, and the labels' lines.

    `crowded` counts the labels that stand smaller than they should, or on a line.
    """

    connectors: list[Connector]
    texts: list[Text]
    crowded: int


def label_connectors(
    connectors: Sequence[Connector],
    shapes: Sequence[Shape],
    words: Iterable[Rect],
    area: Rect,
    rules: Sequence[float],
    look: SheetLook,
) -> Labelled:
    """Return the connectors labelled, shortest texts first; one exit is labelled once.

    Labels stay inside `area` and rather off the upright rules at `rules`; `words` are the places of
    texts in symbols. Where no place is free a label is set narrower, then smaller, and at last on a
    line rather than not at all.
    """
    segments = (pair for c in connectors for pair in pairwise(c.points))
    obstacles = Obstacles(
        [(shape.rect, shape.outline) for shape in shapes],
        [segment_bounds(a, b) for a, b in segments],
        list(words),
    )
    labelled = list(connectors)
    texts: list[Text] = []
    crowded = 0
    places: dict[tuple[str, str, Point], Rect] = {}
    for index in sorted(range(len(labelled)), key=lambda i: (len(labelled[i].label), i)):
        connector = labelled[index]
        if not connector.label:
            continue
        key = (connector.source, connector.label, connector.points[0])
        if key not in places:
            label, places[key], is_free = _placed(connector, obstacles, area, rules, look)
            obstacles.words.append(places[key])
            texts += label_texts(label, places[key], area, look)
            crowded += not is_free
        labelled[index] = connector._replace(label_rect=places[key])
    return Labelled(labelled, texts, crowded)


def _placed(
    connector: Connector,
    obstacles: Obstacles,
    area: Rect,
    rules: Sequence[float],
    look: SheetLook,
) -> tuple[Label, Rect, bool]:
    """Return a label, its place, and whether it stands there as it is set best."""
    for tries, label in enumerate(_settings(connector.label, look)):
        rect = place_label(label, connector.points, obstacles, area, rules)
        if rect is not None:
            return label, rect, tries < 2
    for yielding in (obstacles._replace(lines=[]), Obstacles([], [], [])):
        rect = place_label(label, connector.points, yielding, area, rules)
        if rect is not None:
            return label, rect, False
    return label, next(rect for _, rect in _candidates(label, connector.points)), False


def label_pt(look: SheetLook) -> float:
    """Return the size of labels."""
    return max(6.0, min(look.size_pt - 1.5, 8.0))


def set_label(text: str, look: SheetLook) -> Label:
    """Return a label's lines, broken where it is long."""
    return _set(text, look, label_pt(look), _WIDEST_MM)


def _settings(text: str, look: SheetLook) -> Iterator[Label]:
    """Yield a label as it is set best, then narrower, then smaller, for where there is no room."""
    yield set_label(text, look)
    yield _set(text, look, label_pt(look), _NARROW_MM)
    yield _set(text, look, _LEAST_PT, _NARROW_MM)


def _set(text: str, look: SheetLook, size: float, room: float) -> Label:
    room = max(room, min(widest_word_mm(text, look.font, size), _WIDEST_WORD_MM))
    lines = break_text(text, look.font, size, room)
    width = max((line.width_mm for line in lines), default=0.0)
    return Label(lines, size, width, len(lines) * leading_mm(look.font, size))


def bottom_room(text: str, look: SheetLook) -> float:
    """Return the room below a symbol that a label of its bottom exit needs."""
    return set_label(text, look).height + 2 * _OFF_MM


def side_room(text: str, look: SheetLook) -> float:
    """Return the room beside a symbol in which a label of a side exit stands whole."""
    return set_label(text, look).width + 2 * _OFF_MM


def place_label(
    label: Label,
    path: Sequence[Point],
    obstacles: Obstacles,
    area: Rect,
    rules: Sequence[float] = (),
) -> Rect | None:
    """Return where a label stands beside the path that leaves its symbol, or None.

    Tries both sides of each run within reach of the symbol and takes the nearest place, rather one
    that does not stand on an upright rule, at one of the x in `rules`.
    """
    x, y = path[0]
    reach = _NEAR_MM + label.width + label.height
    close = obstacles.near(Rect(x - reach, y - reach, x + reach, y + reach))
    for _, rect in sorted(
        (cost + _ON_RULE * any(rect.left < x < rect.right for x in rules), rect)
        for cost, rect in _candidates(label, path)
    ):
        if _contains(area, rect) and _is_clear(rect, close):
            return rect
    return None


def _candidates(label: Label, path: Sequence[Point]) -> Iterator[tuple[float, Rect]]:
    """Yield (how far from the symbol, rectangle) along the path's runs."""
    gone = 0.0
    for index, (start, end) in enumerate(pairwise(path)):
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        at = _OFF_MM if index else _OFF_MM - _BACK_MM
        end_at = length if index else length + _PAST_MM
        while gone + at <= _NEAR_MM and at < end_at:
            share = at / length
            x = start[0] + (end[0] - start[0]) * share
            y = start[1] + (end[1] - start[1]) * share
            for off in (_OFF_MM,) if index else _OFFS_MM:
                for side, rect in enumerate(_beside(label, start, end, (x, y), off)):
                    yield gone + abs(at) + off + 0.1 * side + 2.0 * index, rect
            at += _SHIFT_MM
        gone += length
        if gone > _NEAR_MM:
            return


def _beside(label: Label, start: Point, end: Point, at: Point, off: float) -> tuple[Rect, Rect]:
    """Return the label on either side of a run, so far off it, beginning at a point of it."""
    (x, y), width, height = at, label.width, label.height
    if start[1] == end[1]:
        left = x if end[0] > start[0] else x - width
        return (
            Rect(left, y - off - height, left + width, y - off),
            Rect(left, y + off, left + width, y + off + height),
        )
    top = y if end[1] > start[1] else y - height
    return (
        Rect(x + off, top, x + off + width, top + height),
        Rect(x - off - width, top, x - off, top + height),
    )


def _contains(area: Rect, rect: Rect) -> bool:
    return (
        area.left <= rect.left
        and area.top <= rect.top
        and rect.right <= area.right
        and rect.bottom <= area.bottom
    )


def _is_clear(rect: Rect, obstacles: Obstacles) -> bool:
    grown = Rect(
        rect.left - _AWAY_MM, rect.top - _AWAY_MM, rect.right + _AWAY_MM, rect.bottom + _AWAY_MM
    )
    return not any(
        _overlap(grown, other) for other in (*obstacles.lines, *obstacles.words)
    ) and not any(
        _overlap(grown, bounds) and meets(grown, shape) for bounds, shape in obstacles.outlines
    )


def _overlap(a: Rect, b: Rect) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def segment_bounds(a: Point, b: Point) -> Rect:
    """Return a segment as a rectangle that is never empty."""
    thin = 0.01
    return Rect(
        min(a[0], b[0]) - thin, min(a[1], b[1]) - thin, max(a[0], b[0]) + thin,
        max(a[1], b[1]) + thin,
    )  # fmt: skip


def meets(rect: Rect, outline: tuple[Point, ...]) -> bool:
    """Tell whether a rectangle and a convex outline overlap (separating axis theorem)."""
    corners = (
        (rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom),
        (rect.left, rect.bottom),
    )  # fmt: skip
    axes = [(1.0, 0.0), (0.0, 1.0)]
    axes += [(b[1] - a[1], a[0] - b[0]) for a, b in pairwise((*outline, outline[0]))]
    return not any(_is_apart(corners, outline, axis) for axis in axes)


def _is_apart(some: Iterable[Point], others: Iterable[Point], axis: Point) -> bool:
    mine = [x * axis[0] + y * axis[1] for x, y in some]
    theirs = [x * axis[0] + y * axis[1] for x, y in others]
    return max(mine) <= min(theirs) or max(theirs) <= min(mine)


def label_texts(label: Label, rect: Rect, area: Rect, look: SheetLook) -> Iterator[Text]:
    """Yield the lines of a label in its rectangle."""
    leading = leading_mm(look.font, label.size_pt)
    ascent, descent = ascent_mm(look.font, label.size_pt), descent_mm(look.font, label.size_pt)
    for index, line in enumerate(label.lines):
        top = rect.top + index * leading + (leading - ascent - descent) / 2
        bounds = Rect(rect.left, top, rect.left + line.width_mm, top + ascent + descent)
        yield Text(rect.left, top + ascent, label.size_pt, line.runs, "label", bounds, area)
