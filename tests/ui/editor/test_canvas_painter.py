"""Pages on a QPainter: lines end where they end on paper, rules stay sharp, hits are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from sopdesk.sheet.faces import FACES, MM_PER_PT, text_width_mm
from sopdesk.sheet.symbols import outline
from sopdesk.sheet.values import (
    Connector,
    Glyphs,
    Page,
    Paper,
    Picture,
    Rect,
    RowBand,
    Rule,
    Shape,
    Sheet,
    Text,
)
from ui.editor.sheet.geometry import distance_to
from ui.editor.sheet.hits import connector_at, row_at, shape_at
from ui.editor.sheet.neighbours import neighbour
from ui.pages.page_painter import FONT_PX, face_font, paint_page
from ui.pages.page_stack import PageStack
from ui.pages.pages_view import PagesView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BOX = ((10.0, 10.0), (30.0, 10.0), (30.0, 20.0), (10.0, 20.0))
DIAMOND = ((40.0, 15.0), (50.0, 10.0), (60.0, 15.0), (50.0, 20.0))
SIZE_MM = (100.0, 60.0)


def page_of(**parts: object) -> Page:
    return Page(1, "flow", 0, **parts)  # type: ignore[arg-type]


def painted(page: Page, scale: float) -> QImage:
    image = QImage(round(SIZE_MM[0] * scale), round(SIZE_MM[1] * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_page(page, painter)
    painter.end()
    return image


def ink(image: QImage, rect: QRectF | None = None) -> QRectF:
    """The bounds of what is not white, in pixels."""
    within = (rect or QRectF(image.rect())).toRect()
    places = [
        (x, y)
        for x in range(within.left(), within.right() + 1)
        for y in range(within.top(), within.bottom() + 1)
        if image.pixelColor(x, y).lightness() < 128
    ]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return QRectF(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


@pytest.mark.parametrize("face", [face for face in FACES if not face.startswith("symbols")])
def test_a_line_is_as_wide_as_the_layout_reckoned(qtbot: QtBot, face: str) -> None:
    text = "Kasubag Keuangan meneliti difinisi AVATAR, To. Wa: efisiensi 2024"
    set_width = QFontMetricsF(face_font(face)).horizontalAdvance(text)
    assert set_width * MM_PER_PT == pytest.approx(text_width_mm(text, face, FONT_PX), rel=5e-4)


def test_text_stands_on_its_baseline_where_the_sheet_put_it(qtbot: QtBot) -> None:
    rect = Rect(20, 20, 60, 30)
    text = Text(20, 30, 20, (Glyphs(0, "H", "sans"), Glyphs(30, "H", "sans")), "note", rect, rect)
    found = ink(painted(page_of(texts=(text,)), 10))
    assert found.bottom() == pytest.approx(300, abs=1.5)
    assert found.left() == pytest.approx(200 + 0.08 * 20 * MM_PER_PT * 10, abs=2)
    assert found.right() > 500


def test_upright_text_reads_upwards(qtbot: QtBot) -> None:
    rect = Rect(40, 10, 50, 55)
    text = Text(50, 55, 20, (Glyphs(0, "HHHH", "sans"),), "lane", rect, rect, None, 90)
    found = ink(painted(page_of(texts=(text,)), 10))
    assert found.height() > 2 * found.width()
    assert found.right() == pytest.approx(500, abs=1.5)
    assert found.bottom() < 550


ZOOMS = pytest.mark.parametrize("scale", [1.3, 2.1, 3.14, 3.78, 4.77])


def down(image: QImage, scale: float, x: float, top: float, bottom: float) -> list[int]:
    """The lightness of the pixels of a column, from top to bottom in mm."""
    rows = range(round(top * scale), round(bottom * scale))
    return [image.pixelColor(round(x * scale), y).lightness() for y in rows]


def across(image: QImage, scale: float, y: float, left: float, right: float) -> list[int]:
    """The lightness of the pixels of a row, from left to right in mm."""
    columns = range(round(left * scale), round(right * scale))
    return [image.pixelColor(x, round(y * scale)).lightness() for x in columns]


@ZOOMS
def test_a_rule_is_sharp_and_paler_where_it_is_thinner_than_a_pixel(
    qtbot: QtBot, scale: float
) -> None:
    rules = tuple(Rule((10, y), (90, y), width) for y, width in ((10, 0.15), (30, 0.6)))
    image = painted(page_of(rules=(*rules, Rule((20, 5), (20, 40), 0.15))), scale)
    thin, thick = down(image, scale, 50, 5, 15), down(image, scale, 50, 25, 35)
    (grey,) = set(thin) - {255}
    assert thin.count(grey) == 1
    assert 255 * 0.25 < grey < 255 * 0.65
    assert min(down(image, scale, 20, 5, 15)) == grey
    if scale > 2:
        assert all(each <= 2 or each == 255 for each in thick)
        assert sum(each <= 2 for each in thick) == round(0.6 * scale)


@ZOOMS
def test_flows_and_boxes_are_sharp_and_meet(qtbot: QtBot, scale: float) -> None:
    points = ((30.03, 15.02), (60.07, 15.02), (60.07, 41.01))
    flow = Connector("a", "b", 0, points, True, "", None, ())
    shape = Shape("a", "process", Rect(10, 10, 30, 20), BOX)
    image = painted(page_of(connectors=(flow,), shapes=(shape,)), scale)
    for strokes in (
        down(image, scale, 45, 12, 18),
        across(image, scale, 30, 55, 65),
        down(image, scale, 20, 5, 15),
        across(image, scale, 15 - 2, 5, 15),
    ):
        assert set(strokes) == {0, 255}
        assert strokes.count(0) <= 2
    level = down(image, scale, 45, 12, 18).index(0) + round(12 * scale)
    run = across(image, scale, level / scale, 29, 58)
    assert 255 not in run[run.index(0) :]


def test_an_arrow_head_sits_on_its_line(qtbot: QtBot) -> None:
    flow = Connector("a", "b", 0, ((50.13, 10.0), (50.13, 40.0)), True, "", None, ())
    image = painted(page_of(connectors=(flow,)), 4)
    line, head = ink(image, QRectF(0, 60, 400, 40)), ink(image, QRectF(0, 150, 400, 20))
    assert head.center().x() == pytest.approx(line.center().x(), abs=0.5)


def test_a_symbol_covers_what_lies_under_it(qtbot: QtBot) -> None:
    flow = Connector("a", "b", 0, ((5.0, 15.0), (80.0, 15.0)), False, "", None, ())
    shape = Shape("a", "process", Rect(10, 10, 30, 20), BOX)
    image = painted(page_of(connectors=(flow,), shapes=(shape,)), 4)
    assert image.pixelColor(80, 60).lightness() == 255
    assert image.pixelColor(200, 60).lightness() < 200


def test_a_picture_keeps_its_proportions(qtbot: QtBot) -> None:
    from PySide6.QtCore import QBuffer, QIODevice

    red = QImage(20, 10, QImage.Format.Format_RGB32)
    red.fill(QColor(200, 0, 0))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    red.save(buffer, "PNG")
    picture = Picture(Rect(10, 10, 50, 50), bytes(buffer.data().data()))
    found = ink(painted(page_of(pictures=(picture,)), 4))
    assert found.width() == pytest.approx(160, abs=2)
    assert found.height() == pytest.approx(80, abs=2)
    assert found.center().y() == pytest.approx(120, abs=2)


def test_a_painter_is_left_as_it_was(qtbot: QtBot) -> None:
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(2, 2)
    before = painter.worldTransform()
    paint_page(page_of(rules=(Rule((1, 1), (9, 9), 0.3),)), painter)
    assert painter.worldTransform() == before
    painter.end()


def test_the_corner_of_a_diamond_is_not_the_diamond() -> None:
    page = page_of(shapes=(Shape("d", "decision", Rect(40, 10, 60, 20), DIAMOND),))
    assert shape_at(page, (50, 15)) is not None
    assert shape_at(page, (41, 11)) is None
    assert shape_at(page, (39.5, 15), reach=1.0) is not None


def test_the_nearest_flow_is_meant_and_its_label_too() -> None:
    near = Connector("a", "b", 0, ((0.0, 10.0), (50.0, 10.0)), True, "", None, ())
    far = Connector("a", "c", 1, ((0.0, 14.0), (50.0, 14.0)), True, "Ya", Rect(20, 30, 25, 34), ())
    page = page_of(connectors=(near, far))
    assert connector_at(page, (20, 11), 3) is near
    assert connector_at(page, (20, 13.5), 3) is far
    assert connector_at(page, (22, 32), 1) is far
    assert connector_at(page, (20, 25), 3) is None


@given(
    st.tuples(st.floats(-50, 50), st.floats(-50, 50)),
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=5),
)
def test_a_path_is_never_farther_than_its_corners(
    point: tuple[float, float], path: list[tuple[float, float]]
) -> None:
    import math

    nearest = min(math.dist(corner, point) for corner in path)
    assert 0 <= distance_to(path, point) <= nearest + 1e-6


def test_a_row_begins_at_its_rule_and_ends_before_the_next() -> None:
    rows = (RowBand("a", 1, 1, 10, 20), RowBand("b", 1, 1, 20, 30))
    page = page_of(rows=rows)
    assert [row_at(page, y).step for y in (10, 19.9, 20, 29.9)] == ["a", "a", "b", "b"]
    assert row_at(page, 30) is None


def _sheet(*shapes: Shape) -> Sheet:
    paper = Paper("a4", *SIZE_MM, (5, 5, 5, 5))
    return Sheet("u", "", "", paper, (page_of(shapes=shapes),))


def _box(name: str, x: float, y: float) -> Shape:
    rect = Rect(x - 2, y - 2, x + 2, y + 2)
    return Shape(name, "process", rect, outline("process", rect))


def test_arrow_keys_go_straight_before_aside() -> None:
    sheet = _sheet(_box("a", 20, 10), _box("b", 40, 11), _box("c", 20, 40), _box("d", 30, 20))
    assert neighbour(sheet, 0, "a", "right") == "b"
    assert neighbour(sheet, 0, "a", "down") == "c"
    assert neighbour(sheet, 0, "c", "up") == "a"
    assert neighbour(sheet, 0, "a", "left") is None


@given(st.integers(1, 9), st.integers(0, 8), st.floats(0, 100), st.floats(0, 60))
def test_a_place_on_the_desk_is_the_place_on_its_page(
    count: int, page: int, x: float, y: float
) -> None:
    stack = PageStack(100.0, 60.0, count)
    page = min(page, count - 1)
    rect = stack.rect(page)
    found = stack.to_page(rect.left + x, rect.top + y)
    assert found.page == page
    assert found.point == (pytest.approx(x), pytest.approx(y))


def test_a_page_that_did_not_change_is_not_painted_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.pages import pages_view

    painted_pages: list[Page] = []
    monkeypatch.setattr(pages_view, "paint_page", lambda page, _: painted_pages.append(page))
    view = PagesView()
    qtbot.addWidget(view)
    view.resize(500, 700)
    first, second = page_of(), page_of(rules=(Rule((1, 1), (9, 1), 0.3),))
    paper = Paper("a4", *SIZE_MM, (5, 5, 5, 5))
    view.set_sheet(Sheet("u", "", "", paper, (first, second)))
    with qtbot.waitExposed(view):
        view.show()
    view.viewport().repaint()
    painted_pages.clear()
    changed = page_of(rules=(Rule((1, 2), (9, 2), 0.3),))
    view.set_sheet(Sheet("u", "", "", paper, (page_of(), changed)))
    view.viewport().repaint()
    assert painted_pages == [changed]


def test_a_magnified_place_stays_under_the_pointer(qtbot: QtBot) -> None:
    view = PagesView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.set_sheet(_sheet(_box("a", 20, 10)))
    with qtbot.waitExposed(view):
        view.show()
    view.set_zoom(3.0)
    place = QPointF(120, 140)
    before = view.to_desk(place)
    view.set_zoom(4.5, place)
    assert view.to_desk(place) == pytest.approx(before, abs=0.3)


def test_pictures_of_pages_take_bounded_room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.pages import pages_view

    view = PagesView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    paper = Paper("a4", *SIZE_MM, (5, 5, 5, 5))
    view.set_sheet(Sheet("u", "", "", paper, tuple(page_of() for _ in range(6))))
    with qtbot.waitExposed(view):
        view.show()
    for _ in range(6):
        view.viewport().repaint()
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    pixels = [picture.width() * picture.height() for _, picture in view._pictures.values()]
    monkeypatch.setattr(pages_view, "_MOST_CACHED_PIXELS", 2 * max(pixels))
    for page in range(6):
        view.show_page(page)
        view.viewport().repaint()
    assert len(view._pictures) <= 2
