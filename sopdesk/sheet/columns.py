"""How wide the columns of a flow table are: as their contents need, so that the table is short."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import PADDING_X_MM, least_width_mm, whole_lines_mm, whole_width_mm
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.typeset import widest_word_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.cells import Cell
    from sopdesk.sheet.look import SheetLook

_STEP_MM = 2.0
_GRAIN_MM = 0.5
"""Widths are multiples of this, so that a changed word seldom changes a column."""

_LEAST_MM = 6.0
_UPRIGHT_BELOW_PT = 7.5
"""Below this size a column may be narrower than its heading, which then stands upright."""

_AMPLE = 1.3
"""Times its least width, for a column of texts that take so much on one line."""

_SHORT = {"number": 18.0, "duration": 24.0}
"""Columns of short texts, and the most that one takes to keep a text on one line."""

_WIDEST_WORD_MM = 30.0
_AREA_MM = 12.0
_WIDE_MM = 400.0
_BREAK_MM = 4.0
"""What the end of each line costs, and how far apart ends are at most."""

_OWN_SHARE = 0.05

HEADING_PADDING_MM = 0.8


class Columns(NamedTuple):
    """Where the columns stand: (key, left, right) in mm from the table's left; lanes as one."""

    spans: tuple[tuple[str, float, float], ...]

    def of(self, key: str) -> tuple[float, float]:
        """Return left and right of a column.

        Raises:
            KeyError: the table has no such column.
        """
        for name, left, right in self.spans:
            if name == key:
                return left, right
        raise KeyError(key)


@remember(128)
def least_widths(rows: Sequence[dict[str, Cell]], look: SheetLook) -> dict[str, float]:
    """Return what each text column needs at least; remembered by the identity of both."""
    keys = [key for key in look.columns if key != "lanes"]
    return {key: _least(key, tuple([row[key] for row in rows]), look) for key in keys}


@remember(128)
def ample_mm(rows: Sequence[dict[str, Cell]], look: SheetLook) -> float:
    """Return the width in which all text columns together have it easy, or what is fixed by hand.

    Remembered by the identity of both.
    """
    ample = 0.0
    for key, least in least_widths(rows, look).items():
        wished = _AMPLE * least
        is_long = any(whole_width_mm(row[key], look) >= wished for row in rows)
        ample += min(wished if is_long else least, look.fixed_width_mm(key) or wished)
    return ample


def asked_widths(rows: Sequence[dict[str, Cell]], look: SheetLook) -> dict[str, float]:
    """Return the same with the widths that were fixed by hand in their place."""
    return least_widths(rows, look) | {
        key: width for key, width in look.widths_mm if key in look.columns and key != "lanes"
    }


def fit(
    rows: Sequence[dict[str, Cell]],
    look: SheetLook,
    width_mm: float,
    lanes_mm: float,
) -> Columns:
    """Return the columns of a table `width_mm` wide whose lanes together take `lanes_mm`.

    Widths fixed by the user stand, as far as the page allows; short columns take what they hold;
    the others share the rest so that the rows get as low as they can.
    """
    widths = _text_widths(rows, look, width_mm - lanes_mm)
    widths["lanes"] = lanes_mm
    spans = []
    left = 0.0
    for key in look.columns:
        spans.append((key, left, left + widths[key]))
        left += widths[key]
    return Columns(tuple(spans))


def _text_widths(rows: Sequence[dict[str, Cell]], look: SheetLook, room: float) -> dict[str, float]:
    least, widths = least_widths(rows, look), asked_widths(rows, look)
    free = [key for key in least if look.fixed_width_mm(key) is None]
    _share(widths, free, rows, look, room)
    # Where all are fixed, none may follow what it holds: a step that comes moves nothing.
    return _within(widths, least if free else dict.fromkeys(least, 0.0), room)


def _within(widths: dict[str, float], least: dict[str, float], room: float) -> dict[str, float]:
    """Return widths that fit the room: first what is wider than need be shrinks, then all."""
    over = sum(widths.values()) - room
    if over <= 0:
        return widths
    spare = {key: max(0.0, width - least[key]) for key, width in widths.items()}
    slack = sum(spare.values())
    taken = min(1.0, over / slack) if slack else 0.0
    widths = {key: width - spare[key] * taken for key, width in widths.items()}
    share = min(1.0, room / sum(widths.values()))
    return {key: width * share for key, width in widths.items()}


@lru_cache(maxsize=1024)
def _least(key: str, column: tuple[Cell, ...], look: SheetLook) -> float:
    """Return the least width of a column: its longest word, its heading's, its short texts."""
    least = _LEAST_MM
    if look.size_pt >= _UPRIGHT_BELOW_PT:
        heading = widest_word_mm(look.label(f"column_{key}"), look.font, look.size_pt, True)
        least = max(least, heading + 2 * HEADING_PADDING_MM)
    for cell in column:
        least = max(least, min(least_width_mm(cell, look), _WIDEST_WORD_MM))
        if key in _SHORT:
            least = max(least, min(whole_width_mm(cell, look), _SHORT[key]))
    return math.ceil(least / _GRAIN_MM) * _GRAIN_MM


def _share(
    widths: dict[str, float],
    free: Sequence[str],
    rows: Sequence[dict[str, Cell]],
    look: SheetLook,
    room: float,
) -> None:
    """Give what is left of the room to the long columns, or to the last where there is none."""
    left = room - sum(widths.values())
    long = [key for key in free if key not in _SHORT]
    if left > 0 and long:
        areas = tuple(tuple(_area(row[key], look) for row in rows) for key in long)
        widths.update(
            zip(long, _shares(tuple(widths[key] for key in long), areas, left), strict=True)
        )
    elif left > 0 and free:
        widths[free[-1]] += left


@lru_cache(maxsize=256)
def _shares(
    widths: tuple[float, ...], areas: tuple[tuple[float, ...], ...], left: float
) -> tuple[float, ...]:
    """Return the widths after giving away what is left, always to whom it shortens the table most.

    `areas` holds for each column what its rows need; coarse as they are, typing seldom changes
    them, and the columns stay where they were.
    """
    shared = list(widths)
    heights = [_heights(*column) for column in zip(areas, shared, strict=True)]
    while left > 0:
        step = min(_STEP_MM, left)
        gains = _gains(step, shared, heights)
        best = max(range(len(shared)), key=lambda key: (gains[key], -shared[key]))
        shared[best] += step
        heights[best] = _heights(areas[best], shared[best])
        left -= step
    return tuple(shared)


def _area(cell: Cell, look: SheetLook) -> float:
    """Return how much width the lines of a cell need together, a coarse measure of its size."""
    widths = whole_lines_mm(cell, look)
    breaks = sum([max(1, math.ceil(width / _WIDE_MM)) for width in widths])
    return math.ceil((sum(widths) + _BREAK_MM * breaks) / _AREA_MM) * _AREA_MM


def _heights(areas: Sequence[float], width: float) -> list[float]:
    """Return how many lines each of a column's cells takes, about."""
    inner = width - 2 * PADDING_X_MM
    return [area / inner for area in areas]


def _gains(step: float, widths: Sequence[float], heights: Sequence[Sequence[float]]) -> list[float]:
    """Return by how many lines the table gets shorter with each column that gets wider.

    A row gets shorter with its highest cell only, and that down to the second; what a column's own
    cells gain counts a little, too.
    """
    inner = [width - 2 * PADDING_X_MM for width in widths]
    shrunk = [width / (width + step) for width in inner]
    gains = [_OWN_SHARE * (1 - shrunk[k]) * sum(column) for k, column in enumerate(heights)]
    nothing = [0.0] * len(heights[0])
    for row in zip(*heights, nothing, strict=True):
        ordered = sorted(row)
        highest, second = ordered[-1], ordered[-2]
        key = row.index(highest)
        lower = highest * shrunk[key]
        gains[key] += highest - (lower if lower > second else second)
    return gains
