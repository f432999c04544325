"""Symbols dragged from the palette onto the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from sopdesk.document import edits
from sopdesk.document.values import Kind, Line
from tests.ui.conftest import click_step

if TYPE_CHECKING:
    from ui.editor import EditorPane
    from ui.editor.canvas.view import SheetView
    from ui.session import Session

LEFT = Qt.MouseButton.LeftButton


def button(pane: EditorPane, kind: Kind) -> QToolButton:
    found = pane.findChild(QToolButton, f"palette_{kind.value}")
    assert found is not None
    return found


def at(view: SheetView, x: float, y: float) -> QPoint:
    """A place of the page of the flow table, on the screen."""
    page = next(index for index, page in enumerate(view.sheet.pages) if page.lanes)
    place = view.page_origin(page) + QPointF(x, y) * view.scale
    return view.viewport().mapToGlobal(place.toPoint())


def cell(view: SheetView, row: int, lane: int) -> QPoint:
    page = next(page for page in view.sheet.pages if page.lanes)
    column, band = page.lanes[lane], page.rows[row]
    return at(view, (column.left + column.right) / 2, (band.top + band.bottom) / 2)


def arrow(view: SheetView, flow: int) -> QPoint:
    """The middle of an arrow's longest stretch."""
    page = next(page for page in view.sheet.pages if page.lanes)
    points = next(c.points for c in page.connectors if c.flow == flow)
    (x, y), (u, v) = points[0], points[1]
    return at(view, (x + u) / 2, (y + v) / 2)


def drag(source: QToolButton, place: QPoint) -> None:
    start, end = source.rect().center(), source.mapFromGlobal(place)
    QTest.mousePress(source, LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(source, start + (end - start) * share)


def drop(source: QToolButton, place: QPoint) -> None:
    drag(source, place)
    QTest.mouseRelease(source, LEFT, pos=source.mapFromGlobal(place))


def test_a_symbol_is_dropped_into_a_cell_as_one_undo(
    pane: EditorPane, view: SheetView, session: Session
) -> None:
    before = session.procedure
    drop(button(pane, Kind.DECISION), cell(view, 1, 1))
    placed = next(s for s in session.procedure.symbols if s not in before.symbols)
    assert (placed.kind, placed.step) == (Kind.DECISION, before.steps[1].id)
    assert placed.lanes == (before.lanes[1].id,)
    assert session.selection.symbol == placed.id
    session.undo()
    assert session.procedure == before


def test_on_an_arrow_the_flow_leads_through_it(
    pane: EditorPane, view: SheetView, session: Session
) -> None:
    session.apply_to_procedure("Siapkan", lambda value: edits.set_label(value, 0, "Ya"))
    view.flush()
    before = session.procedure
    source, target = before.flows[0].source, before.flows[0].target
    drop(button(pane, Kind.PROCESS), arrow(view, 0))
    new = next(s for s in session.procedure.symbols if s not in before.symbols).id
    ways = [(flow.source, flow.target, flow.label) for flow in session.procedure.flows]
    assert ways[:2] == [(source, new, "Ya"), (new, target, "")]
    assert len(ways) == len(before.flows) + 1
    session.undo()
    assert session.procedure == before


def test_neither_a_plain_line_nor_a_start_divides_a_flow(
    pane: EditorPane, view: SheetView, session: Session
) -> None:
    count = len(session.procedure.flows)
    drop(button(pane, Kind.START), arrow(view, 0))
    assert len(session.procedure.flows) == count
    session.undo()
    session.apply_to_procedure("Siapkan", lambda value: edits.set_line(value, 0, Line.PLAIN))
    view.flush()
    drop(button(pane, Kind.PROCESS), arrow(view, 0))
    assert len(session.procedure.flows) == count


def test_the_cursor_says_where_it_cannot_be_dropped(
    pane: EditorPane, view: SheetView, session: Session
) -> None:
    before, source = session.procedure, button(pane, Kind.PROCESS)
    page = next(page for page in view.sheet.pages if page.lanes)
    text = at(view, page.lanes[0].left - 10, page.rows[0].top + 2)
    drag(source, text)
    assert source.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    QTest.mouseMove(source, source.mapFromGlobal(cell(view, 0, 1)))
    assert source.cursor().shape() == Qt.CursorShape.DragCopyCursor
    QTest.mouseRelease(source, LEFT, pos=QPoint(-4000, 0))
    drop(source, text)
    assert session.procedure is before


def test_escape_lets_it_go(pane: EditorPane, view: SheetView, session: Session) -> None:
    before, source = session.procedure, button(pane, Kind.PROCESS)
    drag(source, cell(view, 1, 1))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseMove(source, source.mapFromGlobal(cell(view, 1, 1)) + QPoint(4, 0))
    QTest.mouseRelease(source, LEFT, pos=source.mapFromGlobal(cell(view, 1, 1)))
    assert session.procedure is before


def test_a_click_gives_its_kind_to_the_selected_symbol(
    pane: EditorPane, view: SheetView, session: Session
) -> None:
    click_step(pane, 1)
    QTest.mouseClick(button(pane, Kind.DECISION), LEFT)
    assert session.procedure.symbols[1].kind is Kind.DECISION


def test_a_flow_that_is_not_there_is_not_divided(session: Session) -> None:
    procedure = session.procedure
    step, lane = procedure.steps[0].id, procedure.lanes[0].id
    for flow, where, lanes in ((9, step, (lane,)), (0, "?", (lane,)), (0, step, ("?",))):
        assert edits.add_on_flow(procedure, flow, where, lanes) is procedure
