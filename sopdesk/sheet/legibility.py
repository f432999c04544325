"""Findings on paper: flow tables with more lanes than can be read on theirs.

Columns and sizes alone tell it, without drawing a line, so that a whole office is checked quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.findings import Finding
from sopdesk.sheet.fitting import fit_table
from sopdesk.sheet.look import look_of
from sopdesk.sheet.spacing import BORDER, CLEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

_LEAST_PT = 7.0
"""Texts that are set smaller than this to make room are hard to read on paper."""

_LEAST_SCALE = 0.6
"""Symbols that are smaller than this beside their usual size are hard to tell apart."""


def findings_on_paper(sop: Sop, office: Office) -> Iterator[Finding]:
    """Yield a finding for each flow table whose lanes are too many for its paper.

    It is an error where lines have less room than they need, a warning where texts or symbols get
    too small. Titles of other SOPs that a step refers to are left out of the account.
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
