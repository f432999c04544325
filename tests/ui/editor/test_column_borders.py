"""Widths of the sheet's columns, set by dragging their borders on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from sopdesk.sheet.look import look_of
from ui.editor.canvas.resizing import MoveBorder
from ui.editor.sheet.borders import Border, borders_of, place_at, widths_at

if TYPE_CHECKING:
    from ui.editor.canvas.view import SheetView
    from ui.session import Session

LEFT = Qt.MouseButton.LeftButton
WIDTHS_MM = 0.5
"""Widths set by dragging are multiples of this."""


def borders(view: SheetView) -> list[Border]:
    assert view.sheet is not None
    look = look_of(view.session.sop, view.session.office)
    return next(found for page in view.sheet.pages if (found := borders_of(page, look)))


def border(view: SheetView, left: str, parts: int = 1) -> Border:
    return next(b for b in borders(view) if b.left.key == left and b.parts == parts)


def shown(view: SheetView, x: float, y: float) -> QPoint:
    """A place of the page of the flow table, in the viewport."""
    page = next(index for index, page in enumerate(view.sheet.pages) if page.lanes)
    return (view.page_origin(page) + QPointF(x, y) * view.scale).toPoint()


def drag(view: SheetView, border: Border, by_mm: float) -> None:
    y = (border.top + border.bottom) / 2 + 3
    start, end = shown(view, border.x, y), shown(view, border.x + by_mm, y)
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    view.flush()


def test_a_border_is_dragged_as_one_undo(view: SheetView, session: Session) -> None:
    before, old = session.sop, border(view, "activity")
    drag(view, old, -20)
    assert {key for key, _ in session.sop.sheet.widths_mm} == {"activity", "lanes"}
    assert border(view, "activity").x == pytest.approx(old.x - 20, abs=WIDTHS_MM)
    session.undo()
    assert session.sop == before


def test_the_columns_apart_from_a_border_stay(view: SheetView) -> None:
    left, right = border(view, "number"), border(view, "requirements")
    drag(view, border(view, "activity"), -10)
    assert border(view, "number").x == pytest.approx(left.x, abs=0.01)
    assert border(view, "requirements").x == pytest.approx(right.x, abs=0.01)


def test_a_border_within_the_lanes_makes_all_lanes_alike(view: SheetView, session: Session) -> None:
    old = border(view, "lanes", 1)
    drag(view, old, 6)
    lanes = next(page.lanes for page in view.sheet.pages if page.lanes)
    a_dot = 1 / view.scale
    assert lanes[0].right == pytest.approx(old.x + 6, abs=a_dot)
    assert lanes[1].right - lanes[1].left == pytest.approx(lanes[0].right - lanes[0].left)
    assert dict(session.sop.sheet.widths_mm)["lanes"] == pytest.approx(
        lanes[0].right - lanes[0].left, abs=0.1
    )


def test_a_double_click_leaves_the_widths_to_the_sheet_again(
    view: SheetView, session: Session
) -> None:
    before, old = session.sop, border(view, "activity")
    drag(view, old, -20)
    moved = border(view, "activity")
    place = shown(view, moved.x, moved.bottom - 1)
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    QTest.mouseDClick(view.viewport(), LEFT, pos=place)
    view.flush()
    assert session.sop == before
    assert border(view, "activity").x == pytest.approx(old.x)
    assert not view.in_place.is_open


def test_a_double_click_where_no_width_is_set_edits_the_cell(view: SheetView) -> None:
    old = border(view, "number")
    QTest.mouseDClick(view.viewport(), LEFT, pos=shown(view, old.x, old.bottom - 1))
    assert view.in_place.is_open


def test_the_pointer_says_where_a_border_can_be_taken(view: SheetView) -> None:
    old = border(view, "activity")
    QTest.mouseMove(view.viewport(), shown(view, old.x, old.bottom - 1))
    assert view.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
    QTest.mouseMove(view.viewport(), shown(view, old.x - 8, old.bottom - 1))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_click_on_a_border_selects_the_row_and_moves_nothing(
    view: SheetView, session: Session
) -> None:
    before, old = session.sop, border(view, "activity")
    QTest.mouseClick(view.viewport(), LEFT, pos=shown(view, old.x, old.bottom - 1))
    assert session.selection.steps == (session.procedure.steps[-1].id,)
    assert session.sop is before


def test_escape_lets_the_border_go_where_it_was(view: SheetView, session: Session) -> None:
    before, old = session.sop, border(view, "activity")
    start, end = shown(view, old.x, old.bottom - 1), shown(view, old.x - 20, old.bottom - 1)
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), end)
    assert isinstance(view._mouse.gesture, MoveBorder)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert session.sop is before


def test_a_line_follows_the_pointer(view: SheetView) -> None:
    old = border(view, "activity")
    start, end = shown(view, old.x, old.bottom - 1), shown(view, old.x - 20, old.bottom - 1)
    before = view.viewport().grab().toImage()
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), end)
    line = shown(view, old.x - 20, (old.top + old.bottom) / 2)
    during = view.viewport().grab().toImage()
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert during.pixelColor(line) != before.pixelColor(line)


@pytest.mark.parametrize("x", [-100.0, 0.0, 42.3, 60.0, 500.0])
def test_what_one_column_gains_the_other_loses(view: SheetView, x: float) -> None:
    for old in borders(view):
        widths = widths_at(old, x)
        whole = sum(widths[side.key] * side.parts for side in (old.left, old.right))
        assert whole == pytest.approx(old.right.right - old.left.left, abs=0.05)
        assert widths[old.left.key] >= old.left.least
        assert widths[old.right.key] >= old.right.least - 0.01
        assert old.left.left < place_at(old, x) < old.right.right
