"""Which text of the sheet can be edited where it stands, and what writing it changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.cells import cell_text, set_cell
from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.texts import clean
from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from sopdesk.sheet.values import Rect
from ui.editor.sheet.hits import Cell, cell_at, label_at, lane_at, shape_at, text_at, united
from ui.editor.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Procedure, Sop
    from sopdesk.sheet.values import Connector, Page, Point, Shape, Text
    from ui.session import Session

_LEAST_MM = 14.0
"""The least width of a field over a small text such as a label."""


@dataclass(frozen=True, slots=True)
class TextTarget:
    """A text that can be edited in place: where, what it says, how to write it."""

    rect: Rect
    text: str
    name: str
    write: Callable[[str], object]
    cell: Cell | None = None


def target_at(session: Session, page: Page, point: Point) -> TextTarget | None:
    """Return the text at a place of a page of the flow table that is looked at."""
    sop, procedure = session.sop, session.procedure
    if sop is None or procedure is None:
        return None
    connector = label_at(page, point)
    if connector is not None:
        return label_target(session, procedure, connector)
    shape = shape_at(page, point)
    if shape is not None and shape.letter is None:
        return symbol_target(session, procedure, shape)
    cell = cell_at(page, point, look_of(sop, session.office))
    if cell is not None:
        return cell_target(session, procedure, cell)
    text = text_at(page, point)
    return _by_role(session, procedure, page, text) if text is not None else None


def cell_target(session: Session, procedure: Procedure, cell: Cell) -> TextTarget:
    """Return a cell of the flow table as a text to edit."""
    text = cell_text(procedure, cell.step, cell.column, kind_words())

    def write(typed: str) -> None:
        session.apply_to_procedure(
            tr("Edit text"),
            lambda value: set_cell(value, cell.step, cell.column, clean(typed), kind_words()),
        )

    return TextTarget(cell.rect, text, tr("Edit text"), write, cell)


def label_target(session: Session, procedure: Procedure, connector: Connector) -> TextTarget:
    """Return a flow's label, or the place for one at its beginning."""
    rect = connector.label_rect
    if rect is None:
        x, y = connector.points[0]
        rect = Rect(x + 1, y, x + 1 + _LEAST_MM, y + 4)

    def write(typed: str) -> None:
        session.apply_to_procedure(
            tr("Edit label"),
            lambda value: edits.set_label(value, connector.flow, clean(typed).strip()),
        )

    label = procedure.flows[connector.flow].label
    return TextTarget(_widened(rect), label, tr("Label of the arrow"), write)


def symbol_target(session: Session, procedure: Procedure, shape: Shape) -> TextTarget:
    """Return the text inside a symbol."""
    text = next((s.text for s in procedure.symbols if s.id == shape.id), "")

    def write(typed: str) -> None:
        session.apply_to_procedure(
            tr("Edit text"),
            lambda value: edits.set_symbol_text(value, shape.id, clean(typed).strip()),
        )

    return TextTarget(_widened(shape.rect), text, tr("Text in the symbol"), write)


def _by_role(session: Session, procedure: Procedure, page: Page, text: Text) -> TextTarget | None:
    if text.role in ("lane", "group"):
        lane = lane_at(page, text.cell.center[0])
        if lane is None:
            return None
        return (_lane if text.role == "lane" else _group)(session, procedure, text, lane.id)
    if text.role == "heading":
        return _heading(session, page, text)
    if text.role == "note" or (text.role == "title" and page.kind == "flow"):
        return _around_table(session, procedure, page, text)
    return None


def _lane(session: Session, procedure: Procedure, text: Text, lane_id: str) -> TextTarget | None:
    name = next((lane.name for lane in procedure.lanes if lane.id == lane_id), "")

    def write(typed: str) -> None:
        session.apply_to_procedure(
            tr("Rename actor"),
            lambda value: edits.rename_lane(value, lane_id, clean(typed).strip()),
        )

    return TextTarget(text.cell, name, tr("Name of the actor"), write)


def _group(session: Session, procedure: Procedure, text: Text, lane_id: str) -> TextTarget | None:
    """Return a heading over lanes; writing it renames it over every lane below it."""
    groups = {lane.id: lane.group for lane in procedure.lanes}
    shown = text.text.strip()
    name = next((g for g in groups.get(lane_id, ()) if shown and shown in g), None)
    if name is None:
        return None

    def rename(value: Procedure, typed: str) -> Procedure:
        for lane in value.lanes:
            if name in lane.group:
                renamed = tuple(typed if g == name else g for g in lane.group)
                value = edits.set_lane_group(value, lane.id, tuple(g for g in renamed if g))
        return value

    def write(typed: str) -> None:
        session.apply_to_procedure(
            tr("Rename group"), lambda value: rename(value, clean(typed).strip())
        )

    return TextTarget(text.cell, name, tr("Name of the group"), write)


def _heading(session: Session, page: Page, text: Text) -> TextTarget | None:
    """Return a heading word; writing it words it for this SOP alone, empty as the office does."""
    sop = session.sop
    if sop is None:
        return None
    said = "".join(t.text for t in page.texts if t.cell == text.cell and t.role == "heading")
    look = look_of(sop, session.office)
    keys = [key for key in DEFAULT_LABELS if key.startswith("column_")]
    key = next((key for key in keys if _same(look.label(key), said)), None)
    if key is None:
        return None

    def word(value: Sop, typed: str) -> Sop:
        labels = {**dict(value.sheet.labels), key: typed}
        kept = tuple((name, said) for name, said in labels.items() if said)
        return dataclasses.replace(value, sheet=dataclasses.replace(value.sheet, labels=kept))

    def write(typed: str) -> None:
        session.apply(tr("Edit heading"), lambda value: word(value, " ".join(clean(typed).split())))

    return TextTarget(text.cell, look.label(key), tr("Heading"), write)


def _around_table(session: Session, procedure: Procedure, page: Page, text: Text) -> TextTarget:
    """Return the title above a flow table, or all notes below it, one a line."""
    field = "title" if text.role == "title" else "notes"
    known = procedure.title if field == "title" else "\n".join(procedure.notes)

    def write(typed: str) -> None:
        lines = tuple(line.strip() for line in clean(typed).split("\n") if line.strip())
        changed = {"title": clean(typed).strip()} if field == "title" else {"notes": lines}
        session.apply_to_procedure(
            tr("Edit text"),
            lambda value: dataclasses.replace(value, **changed),
        )

    cell = united([t.cell for t in page.texts if t.role == text.role])
    return TextTarget(cell, known, tr("Edit text"), write)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).lower() == "".join(other.split()).lower()


def _widened(rect: Rect) -> Rect:
    spare = max(0.0, _LEAST_MM - rect.width) / 2
    return Rect(rect.left - spare, rect.top, rect.right + spare, rect.bottom)
