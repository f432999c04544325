"""Findings on paper: flow tables with more lanes, or symbols in a step, than theirs can show.

Columns and sizes alone tell it, without drawing a line, so that a whole office is checked quickly.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sopdesk.document.findings import Finding
from sopdesk.sheet.fitting import fit_table
from sopdesk.sheet.look import look_of
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.row_spacing import least_height
from sopdesk.sheet.spacing import BORDER, CLEAR
from sopdesk.sheet.table import sized_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.office import Office
    from sopdesk.document.values import Procedure, Sop
    from sopdesk.sheet.fitting import Fitting

_LEAST_PT = 7.0
"""Texts that are set smaller than this to make room are hard to read on paper."""

_LEAST_SCALE = 0.6
"""Symbols that are smaller than this beside their usual size are hard to tell apart."""

_FEW_SYMBOLS = 5
"""In one cell: these fit any page, their texts set smaller where they must."""


def findings_on_paper(sop: Sop, office: Office) -> Iterator[Finding]:
    """Yield a finding for each flow table whose lanes are too many for its paper.

    It is an error where lines have less room than they need, a warning where texts or symbols get
    too small, and for each step whose symbols are higher than a page. Titles of other SOPs that a
    step refers to are left out of the account.
    """
    look = look_of(sop, office)
    width_mm = look.paper.frame.width
    for index, procedure in enumerate(sop.procedures):
        if not procedure.steps or not procedure.lanes:
            continue
        fitting = fit_table(procedure, look, width_mm, CLEAR + BORDER, {})
        facts = {"lanes": len(procedure.lanes)}
        is_small = fitting.look.size_pt < min(_LEAST_PT, look.size_pt)
        if not fitting.fits:
            yield Finding("lanes_too_narrow", "error", None, index, facts)
        elif is_small or fitting.measures.scale < _LEAST_SCALE:
            yield Finding("lanes_too_small", "warning", None, index, facts)
        for step, count in _crowded_steps(procedure, fitting, look.paper.frame.height):
            yield Finding("symbols_too_many", "warning", step, index, {"symbols": count})


def _crowded_steps(
    procedure: Procedure, fitting: Fitting, page_mm: float
) -> Iterator[tuple[str, int]]:
    """Yield the steps whose symbols, below each other, are higher than a page, and how many."""
    placed = place_symbols(procedure)
    if max(placed.bands) <= _FEW_SYMBOLS:
        return
    look, measures, lane_mm = fitting.look, fitting.measures, fitting.lane_mm
    _, sizes = sized_symbols(procedure, look, measures, lane_mm, page_mm / 2)
    halves = [[0.0] * bands for bands in placed.bands]
    for symbol, row, band, *_ in placed.places:
        halves[row][band] = max(halves[row][band], sizes[symbol.id][1] / 2)
    counts = Counter(place.row for place in placed.places)
    for row, step in enumerate(procedure.steps):
        if least_height(halves[row]) > page_mm:
            yield step.id, counts[row]
