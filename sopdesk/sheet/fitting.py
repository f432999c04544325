"""How small texts and symbols get so that lanes and texts fit beside each other on the paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import cells_of
from sopdesk.sheet.columns import ample_mm, asked_widths, least_widths
from sopdesk.sheet.heading import lane_word_mm
from sopdesk.sheet.lane_spacing import tight_aside
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.symbols import measures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.values import Procedure
    from sopdesk.sheet.cells import Cell, References
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.symbols import Measures

_ATTEMPTS = (
    (0.0, 1.0), (0.0, 0.86), (0.0, 0.72), (-1.0, 0.72), (-1.0, 0.6), (-2.0, 0.6), (-3.0, 0.5),
    (-4.0, 0.4), (-4.0, 0.3),
)  # fmt: skip
"""How much smaller texts and symbols get, in pt and as a factor, until lanes and texts fit."""

_TIGHT_SCALE = 0.5
"""From here on lines first come closer to symbols and rules, before symbols get smaller still."""

_YIELDING_SCALE = 0.6
"""Rather than make symbols smaller, columns of texts give up the widths fixed for them by hand."""

_FIXED_ATTEMPTS = tuple(product((0.0, -1.0, -2.0, -3.0, -4.0), (1.0, 0.86, 0.72, 0.6, 0.5, 0.4)))
"""The same where the lanes' width is fixed: smaller texts would give their lines no room."""

_AMPLE_SCALE = 0.72
"""Symbols get so small before long texts have no more than the least width they need: large symbols
beside rows of many short lines make a long table."""

_LEAST_PT = 5.5
"""Texts get no smaller than this, unless they are set so."""

_WIDEST_HEADING_MM = 30.0
"""Of a lane for the longest word of its actor's name; a longer one breaks or stands upright."""

_LEAST_ASIDE_MM = 1.6
"""Beside symbols in lanes that have no room, as long as it is on the paper."""

_MOST_LANES_SHARE = 0.7
"""Of the table's width, for lanes that have no room; a finding says so."""

_LANES_SHARE = 0.45
"""Of the table's width, up to which lanes get wider for the words of their headings."""

_EASY_TEXTS = 1.5
"""What texts keep of the least width they need, before lanes get wider than they must be."""


class Fitting(NamedTuple):
    """How small texts and symbols get so that lanes and texts fit beside each other.

    `fits` is false where even the least sizes leave the lanes less room than they ask for.
    """

    look: SheetLook
    measures: Measures
    lane_mm: float
    fits: bool


def fit_table(
    procedure: Procedure, look: SheetLook, width_mm: float, aside: float, references: References
) -> Fitting:
    """Return the first attempt with which all columns fit; no line of texts is broken to tell.

    `aside` is the room in mm that lines ask for beside symbols. The last attempt stands even where
    they have less.
    """
    count = max(1, len(procedure.lanes))
    fixed = look.fixed_width_mm("lanes")
    rows = cells_of(procedure, look, references)
    for tried, scale, texts_mm in _attempts(look, rows):
        measures = measures_of(procedure.symbols, tried, scale)
        room = (width_mm - texts_mm) / count
        room_aside = aside if scale > _TIGHT_SCALE else tight_aside(aside)
        least = measures.width + 2 * room_aside
        is_ample = scale <= _AMPLE_SCALE or least <= (width_mm - ample_mm(rows, tried)) / count
        if fixed is None and least <= room and is_ample:
            wide = _easy_lane_mm(procedure, tried, width_mm, texts_mm)
            return Fitting(tried, measures, min(max(least, wide), room), fits=True)
        if fixed is not None and least <= fixed <= room:
            return Fitting(tried, measures, fixed, fits=True)
    asked = least if fixed is None else fixed
    lane_mm = max(min(room, asked), measures.width + 2 * _LEAST_ASIDE_MM)
    widest = max(room, width_mm * _MOST_LANES_SHARE / count)
    if lane_mm > widest:  # Unreadable, but on the paper.
        measures = measures_of(procedure.symbols, tried, scale * widest / lane_mm)
    return Fitting(tried, measures, min(lane_mm, widest), fits=False)


def _attempts(
    look: SheetLook, rows: list[dict[str, Cell]]
) -> Iterator[tuple[SheetLook, float, float]]:
    """Yield looks and scales to try, and how wide all texts ask to be in mm.

    Widths that are fixed by hand stand at first.
    """
    attempts = _ATTEMPTS if look.fixed_width_mm("lanes") is None else _FIXED_ATTEMPTS
    if look.widths_mm:
        for smaller, scale in attempts:
            if scale >= _YIELDING_SCALE:
                tried = _smaller(look, smaller)
                yield tried, scale, sum(asked_widths(rows, tried).values())
    for smaller, scale in attempts:
        tried = _smaller(look, smaller)
        yield tried, scale, sum(least_widths(rows, tried).values())


@remember(128)
def _smaller(look: SheetLook, by_pt: float) -> SheetLook:
    """Return the look with smaller texts, the same one for the same look."""
    size_pt = max(look.size_pt + by_pt, min(look.size_pt, _LEAST_PT))
    return look if size_pt == look.size_pt else replace(look, size_pt=size_pt)


def _easy_lane_mm(procedure: Procedure, look: SheetLook, width_mm: float, texts_mm: float) -> float:
    """Return how wide lanes should be for their headings, or infinite where all texts are fixed."""
    count = max(1, len(procedure.lanes))
    if all(look.fixed_width_mm(key) is not None for key in look.columns if key != "lanes"):
        return float("inf")
    heading = min(lane_word_mm(procedure.lanes, look), _WIDEST_HEADING_MM)
    spare = (width_mm - _EASY_TEXTS * texts_mm) / count
    return min(heading, width_mm * _LANES_SHARE / count, spare)


def spare_lane_mm(
    procedure: Procedure,
    look: SheetLook,
    width_mm: float,
    references: References,
) -> float:
    """Return how wide each lane may be while the texts beside them still have it easy."""
    texts = sum(least_widths(cells_of(procedure, look, references), look).values())
    return (width_mm - _EASY_TEXTS * texts) / max(1, len(procedure.lanes))
