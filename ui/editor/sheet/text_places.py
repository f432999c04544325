"""Which text of the sheet stands at a place and can be edited there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.sheet.look import look_of
from ui.editor.sheet.heading_targets import (
    LaneTarget,
    NotesTarget,
    TitleTarget,
    group_of,
    heading_of,
)
from ui.editor.sheet.hits import cell_at, label_at, lane_at, shape_at, text_at
from ui.editor.sheet.targets import CellTarget, LabelTarget, SymbolTarget

if TYPE_CHECKING:
    from sopdesk.sheet.values import Page, Point, Text
    from ui.editor.sheet.targets import TextTarget
    from ui.session import Session


def target_at(session: Session, page: Page, point: Point) -> TextTarget | None:
    """Return the text at a place of a page of the flow table that is looked at."""
    sop, procedure = session.sop, session.procedure
    if sop is None or procedure is None:
        return None
    connector = label_at(page, point)
    if connector is not None:
        return LabelTarget(session, procedure, connector.flow)
    shape = shape_at(page, point)
    if shape is not None and shape.letter is None:
        return SymbolTarget(session, shape.id)
    cell = cell_at(page, point, look_of(sop, session.office))
    if cell is not None:
        return CellTarget(session, cell.step, cell.column)
    text = text_at(page, point)
    return _by_role(session, page, text) if text is not None else None


def _by_role(session: Session, page: Page, text: Text) -> TextTarget | None:
    if text.role in ("lane", "group"):
        lane = lane_at(page, text.cell.center[0])
        if lane is None:
            return None
        is_lane = text.role == "lane"
        return LaneTarget(session, lane.id) if is_lane else group_of(session, text, lane.id)
    if text.role == "heading":
        return heading_of(session, page, text)
    if text.role == "note":
        return NotesTarget(session)
    return TitleTarget(session) if text.role == "title" and page.kind == "flow" else None
