"""A sheet's pages one below the other, as paper on a calm desk: scrolling and zooming.

Knows nothing of selection or editing; whoever edits derives from it, and a preview uses it as is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.pages.page_painter import paint_page
from ui.pages.page_stack import GAP_MM, PagePoint, PageStack
from ui.theme import colors

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

    from sopdesk.sheet.values import Page, Rect, Sheet

Fit = Literal["width", "page"]
ZOOM_STEP = 1.2
LEAST_ZOOM, MOST_ZOOM = 0.2, 6.0
_MOST_CACHED_PIXELS = 24_000_000
"""A page larger than this is painted directly; smaller ones are kept as pictures up to it."""


class PagesView(QAbstractScrollArea):
    """Shows the pages of one sheet. `zoom` 1.0 is life size by the screen's own claim."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._stack = PageStack(297.0, 210.0, 0)
        self._zoom = 1.0
        self._fit: Fit | None = "width"
        self._pictures: dict[int, tuple[Page, QPixmap]] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.horizontalScrollBar().setSingleStep(24)
        self.verticalScrollBar().setSingleStep(24)

    # What is shown

    @property
    def sheet(self) -> Sheet | None:
        """The sheet on view."""
        return self._sheet

    def set_sheet(self, sheet: Sheet | None) -> None:
        """Show another sheet, or another state of it; zoom and place are kept."""
        before = self._sheet
        self._sheet = sheet
        if sheet is not None:
            self._stack = PageStack.of(sheet.paper, len(sheet.pages))
        if before is None or sheet is None or before.paper != sheet.paper:
            self._pictures.clear()
        self._apply_fit()
        self._set_ranges()
        self.viewport().update()

    @property
    def stack(self) -> PageStack:
        """Where the pages lie."""
        return self._stack

    # Zoom

    @property
    def zoom(self) -> float:
        """The magnification in use."""
        return self._zoom

    @property
    def fit(self) -> Fit | None:
        """What the zoom follows when the view is resized."""
        return self._fit

    @property
    def scale(self) -> float:
        """Pixels per millimetre."""
        return self._zoom * self.logicalDpiX() / 25.4

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Magnify; what lies under `anchor` (the middle, if none) stays where it is."""
        self._fit = None
        self._magnify(zoom, anchor)

    def set_fit(self, fit: Fit) -> None:
        """Follow the view's width, or show a whole page."""
        self._fit = fit
        self._apply_fit()

    def zoom_in(self) -> None:
        """Magnify by a step."""
        self.set_zoom(self._zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Step back."""
        self.set_zoom(self._zoom / ZOOM_STEP)

    def _magnify(self, zoom: float, anchor: QPointF | None = None) -> None:
        zoom = max(LEAST_ZOOM, min(zoom, MOST_ZOOM))
        if abs(zoom - self._zoom) < 1e-6:
            return
        anchor = anchor or QPointF(self.viewport().rect().center())
        x, y = self.to_desk(anchor)
        self._zoom = zoom
        self._pictures.clear()
        self._set_ranges()
        offset = self._offset()
        self.horizontalScrollBar().setValue(
            round(self.horizontalScrollBar().value() + offset.x() + x * self.scale - anchor.x())
        )
        self.verticalScrollBar().setValue(
            round(self.verticalScrollBar().value() + offset.y() + y * self.scale - anchor.y())
        )
        self.viewport().update()
        self.zoom_changed.emit(zoom)

    def _apply_fit(self) -> None:
        if self._fit is None or not self._stack.count:
            return
        view = self.maximumViewportSize()
        # Room for the bar beforehand: else fitting the width makes it come and go without end.
        across = view.width() - self.verticalScrollBar().sizeHint().width()
        zoom = across / self._stack.width
        if self._fit == "page":
            zoom = min(zoom, view.height() / (self._stack.paper_height + GAP_MM))
        self._magnify(zoom * 25.4 / self.logicalDpiX(), QPointF(view.width() / 2, 0))

    # Places

    def _offset(self) -> QPointF:
        """Return where the desk's origin lies in the viewport; narrow content is centred."""
        spare = self.viewport().width() - self._stack.width * self.scale
        x = spare / 2 if spare > 0 else -float(self.horizontalScrollBar().value())
        return QPointF(round(x), -float(self.verticalScrollBar().value()))

    def to_desk(self, place: QPointF) -> tuple[float, float]:
        """Return millimetres on the desk for a place in the viewport."""
        offset = self._offset()
        return (place.x() - offset.x()) / self.scale, (place.y() - offset.y()) / self.scale

    def to_page(self, place: QPointF) -> PagePoint:
        """Return the place on the nearest page for a place in the viewport."""
        return self._stack.to_page(*self.to_desk(place))

    def to_view(self, page: int, rect: Rect) -> QRectF:
        """Return where a page's rectangle shows in the viewport."""
        desk = self._stack.to_desk(page, rect)
        offset, scale = self._offset(), self.scale
        return QRectF(
            offset.x() + desk.left * scale,
            offset.y() + desk.top * scale,
            desk.width * scale,
            desk.height * scale,
        )

    def page_origin(self, page: int) -> QPointF:
        """Return where a page's top left shows in the viewport."""
        rect = self._stack.rect(page)
        return self._offset() + QPointF(rect.left, rect.top) * self.scale

    def show_rect(self, page: int, rect: Rect, margin_px: int = 40) -> None:
        """Scroll as little as needed to show a page's rectangle."""
        view = self.to_view(page, rect)
        for bar, start, end, size in (
            (self.horizontalScrollBar(), view.left(), view.right(), self.viewport().width()),
            (self.verticalScrollBar(), view.top(), view.bottom(), self.viewport().height()),
        ):
            room = min(margin_px, max(0.0, (size - (end - start)) / 2))
            if start - room < 0:
                bar.setValue(int(bar.value() + start - room))
            elif end + room > size:
                bar.setValue(int(bar.value() + end + room - size))

    def scroll_towards(self, place: QPointF) -> None:
        """Scroll a little where a place lies beyond the viewport's edge."""
        for bar, at, length in (
            (self.horizontalScrollBar(), place.x(), self.viewport().width()),
            (self.verticalScrollBar(), place.y(), self.viewport().height()),
        ):
            beyond = min(at, 0.0) or max(at - length, 0.0)
            bar.setValue(bar.value() + round(max(-40.0, min(beyond, 40.0))))

    def show_page(self, page: int) -> None:
        """Scroll a page's top edge to the top."""
        self.verticalScrollBar().setValue(int((self._stack.top(page) - GAP_MM / 2) * self.scale))

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        width, height = self._stack.width * self.scale, self._stack.height * self.scale
        for bar, length, page in (
            (self.horizontalScrollBar(), width, view.width()),
            (self.verticalScrollBar(), height, view.height()),
        ):
            bar.setPageStep(page)
            bar.setRange(0, max(0, round(length) - page))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the desk, the pages that show, and what lies over them."""
        painter = QPainter(self.viewport())
        exposed = event.rect()
        painter.fillRect(exposed, QColor(colors().backdrop))
        if self._sheet is None:
            return
        top, bottom = (self.to_desk(QPointF(0, y))[1] for y in (exposed.top(), exposed.bottom()))
        for index in self._stack.visible(top, bottom):
            self._paint_sheet_of_paper(painter, index)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_overlay(painter)

    def paint_overlay(self, painter: QPainter) -> None:
        """Paint over the pages, in pixels of the viewport; nothing here."""

    def _paint_sheet_of_paper(self, painter: QPainter, index: int) -> None:
        assert self._sheet is not None
        origin = self.page_origin(index).toPoint()
        size = QSize(
            round(self._stack.paper_width * self.scale),
            round(self._stack.paper_height * self.scale),
        )
        _paint_shadow(painter, origin, size)
        page = self._sheet.pages[index]
        picture = self._picture_of(index, page, size)
        if picture is not None:
            painter.drawPixmap(origin, picture)
            return
        painter.save()
        painter.setClipRect(QRectF(origin, size.toSizeF()), Qt.ClipOperation.IntersectClip)
        painter.fillRect(painter.clipBoundingRect(), Qt.GlobalColor.white)
        painter.translate(origin)
        painter.scale(self.scale, self.scale)
        paint_page(page, painter)
        painter.restore()

    def _picture_of(self, index: int, page: Page, size: QSize) -> QPixmap | None:
        """Return the page as pixels, painted once per state; None when that takes too much room."""
        ratio = self.devicePixelRatioF()
        pixels = size.width() * size.height() * ratio * ratio
        if pixels > _MOST_CACHED_PIXELS:
            return None
        known = self._pictures.pop(index, None)
        if known is None or not (known[0] is page or known[0] == page):
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.white)
            painter = QPainter(picture)
            painter.scale(self.scale, self.scale)
            paint_page(page, painter)
            painter.end()
            known = page, picture
        self._pictures[index] = known
        while len(self._pictures) > 1 and pixels * len(self._pictures) > _MOST_CACHED_PIXELS:
            del self._pictures[next(iter(self._pictures))]
        return known[1]

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what the zoom follows."""
        super().resizeEvent(event)
        self._apply_fit()
        self._set_ranges()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / 120
            self.set_zoom(self._zoom * ZOOM_STEP**notches, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Repaint after a scroll; the pages are pictures, so it costs little."""
        self.viewport().update()


def _paint_shadow(painter: QPainter, origin: QPoint, size: QSize) -> None:
    for spread in range(4, 0, -1):
        rect = QRectF(origin, size.toSizeF()).adjusted(-spread, -spread + 1, spread, spread + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 10))
        painter.drawRoundedRect(rect, spread, spread)
