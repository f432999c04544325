"""The door: an SOP and its office become a sheet."""

from __future__ import annotations

from dataclasses import replace
from math import floor, inf
from types import MappingProxyType
from typing import TYPE_CHECKING

from sopdesk.sheet.binding import bind
from sopdesk.sheet.flow_table import TableAsk, lay_below, lay_table
from sopdesk.sheet.identity import lay_identity
from sopdesk.sheet.look import look_of
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.values import LanesTooNarrow, Paper, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Identity, Sop
    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.cells import References
    from sopdesk.sheet.flow_table import LaidTable
    from sopdesk.sheet.look import Orientation, SheetLook

NO_REFERENCES: References = MappingProxyType({})


def lay_out(
    sop: Sop,
    office: Office,
    *,
    paper: str | None = None,
    orientation: Orientation | None = None,
    endless: bool = False,
    references: References = NO_REFERENCES,
) -> Sheet:
    """Return the sheet of an SOP: its identity, then each of its flow tables.

    `paper` and `orientation` go before the settings of the SOP and the office. `endless` puts each
    flow table on one page as tall as it needs. `references` maps the uuid of an SOP that a step
    may refer to, to its number and title. The same values give the same sheet; what is unchanged
    since an earlier call is not computed again.
    """
    look = look_of(sop, office, paper, orientation)
    identity = _identity(sop.identity, office, look)
    tables: list[LaidTable] = []
    letters_used = 0
    for index, procedure in enumerate(sop.procedures):
        closing = sop.closing if index == len(sop.procedures) - 1 else None
        ask = TableAsk(procedure, look, closing, references, letters_used, endless)
        is_shared = index == 0 and look.identity_on_same_page and not endless
        tables.append(lay_below(ask, identity) if is_shared else lay_table(ask))
        letters_used += tables[-1].letters
    sheet_paper = _tall_enough(look.paper, tables) if endless else look.paper
    pages = bind(identity, tables, sheet_paper)
    title = sop.identity.title
    return Sheet(sop.uuid, sop.identity.number, title, sheet_paper, pages, _notes(tables))


@remember(64)
def _identity(identity: Identity, office: Office, look: SheetLook) -> tuple[Block, ...]:
    return lay_identity(identity, office, look, look.paper.frame)


def _tall_enough(paper: Paper, tables: Sequence[LaidTable]) -> Paper:
    """Return the paper, as tall as the highest table needs it."""
    tallest = max((laid.height for laid in tables), default=0.0)
    top, _, bottom, _ = paper.margins
    return replace(paper, height=max(paper.height, round(tallest + top + bottom, 4)))


def _notes(tables: Sequence[LaidTable]) -> tuple[LanesTooNarrow, ...]:
    """Return a note where lines come closer than they should; it never tells more than is kept."""
    least = min((laid.least_spacing for laid in tables), default=inf)
    return (LanesTooNarrow(floor(least * 100 + 1e-6) / 100),) if least < inf else ()
