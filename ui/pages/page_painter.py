"""A page on a QPainter: the screen, the preview and the system printer share it.

Paints what `sopdesk.sheet.painting` says and computes no position. Text is set at 100 px under a
scaled painter, without hinting and kerning: only so do lines end where they end in the PDF.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from sopdesk.foundation.resources import resource
from sopdesk.sheet import painting
from sopdesk.sheet.faces import FACES, MM_PER_PT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.painting import Move
    from sopdesk.sheet.values import Face, Page, Picture, Point, Text

FONT_PX = 100
"""The size at which faces are set; measured: keeps the PDF's widths within 0.01 %."""

_HINTS = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
)


def paint_page(page: Page, painter: QPainter) -> None:
    """Paint everything on the page, black on whatever lies there.

    The painter's units are millimetres, its origin the page's top left. It is left as it was.
    """
    painter.save()
    painter.setRenderHints(_HINTS)
    painting.paint(page, QtSurface(painter))
    painter.restore()


class QtSurface:
    """A `painting.Surface` on a painter whose units are millimetres.

    Lines never get thinner than a device pixel, so that a table keeps its rules at any zoom.
    """

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._base = painter.worldTransform()
        self._device = painter.deviceTransform()
        self._to_mm = self._device.inverted()[0]
        self._scale = abs(self._device.m11()) or 1.0

    def line(self, start: Point, end: Point, width: float) -> None:
        """Stroke a straight line; an upright or level one covers whole pixels and stays sharp."""
        painter = self._painter
        if start[0] != end[0] and start[1] != end[1]:
            painter.setPen(self._pen(width))
            painter.drawLine(QPointF(*start), QPointF(*end))
            return
        half = width / 2
        box = QRectF(QPointF(*start), QPointF(*end)).normalized()
        box = (
            box.adjusted(0, -half, 0, half)
            if start[1] == end[1]
            else box.adjusted(-half, 0, half, 0)
        )
        painter.fillRect(self._on_pixels(box), Qt.GlobalColor.black)

    def _on_pixels(self, box: QRectF) -> QRectF:
        """Return the box moved and widened to whole device pixels, at least one each way."""
        shown = self._device.mapRect(box)
        whole = QRectF(
            round(shown.left()),
            round(shown.top()),
            max(1, round(shown.width())),
            max(1, round(shown.height())),
        )
        return self._to_mm.mapRect(whole)

    def path(self, moves: Sequence[Move], width: float) -> None:
        """Stroke an open path with mitred joins."""
        self._painter.setPen(self._pen(width))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(painter_path(moves))

    def polygon(self, points: Sequence[Point], width: float, filled: bool) -> None:
        """Stroke a closed polygon over black or white."""
        black = QColor(Qt.GlobalColor.black)
        self._painter.setPen(self._pen(width) if width else QPen(Qt.PenStyle.NoPen))
        self._painter.setBrush(black if filled else QColor(Qt.GlobalColor.white))
        self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))

    def text(self, text: Text) -> None:
        """Draw one line of text at its baseline, each run where the sheet put it."""
        painter = self._painter
        scale = text.size_pt * MM_PER_PT / FONT_PX
        place = QTransform(self._base).translate(text.x, text.y)
        if text.angle:
            place.rotate(-90)
        painter.setTransform(place.scale(scale, scale))
        painter.setPen(Qt.GlobalColor.black)
        for run in text.runs:
            painter.setFont(face_font(run.face))
            painter.drawText(QPointF(run.offset / scale, 0), run.text)
        painter.setTransform(self._base)

    def picture(self, picture: Picture) -> None:
        """Draw an image as large as its rectangle allows, in its own proportions."""
        image = _image(picture.data)
        rect = picture.rect
        if image.isNull():
            return
        scale = min(rect.width / image.width(), rect.height / image.height())
        place = QRectF(0, 0, image.width() * scale, image.height() * scale)
        place.moveCenter(QPointF(*rect.center))
        self._painter.drawImage(place, image)

    def _pen(self, width: float) -> QPen:
        return _black_pen(max(width, 1.0 / self._scale))


@lru_cache(maxsize=64)
def _black_pen(width: float) -> QPen:
    return QPen(
        QColor(Qt.GlobalColor.black),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.FlatCap,
        Qt.PenJoinStyle.MiterJoin,
    )


def painter_path(moves: Sequence[Move]) -> QPainterPath:
    """Return the moves as a path of Qt's."""
    path = QPainterPath()
    for verb, numbers in moves:
        if verb == "move":
            path.moveTo(*numbers)
        elif verb == "line":
            path.lineTo(*numbers)
        else:
            path.cubicTo(*numbers)
    return path


@cache
def face_font(face: Face) -> QFont:
    """Return the shipped face at `FONT_PX`, its file loaded on first use.

    Kerning and ligatures are off, as in the widths that the sheet was laid out with.
    """
    shipped = FACES[face]
    QFontDatabase.addApplicationFont(str(resource("fonts", shipped.file)))
    font = QFont(shipped.family)
    font.setBold(shipped.is_bold)
    font.setItalic(shipped.is_italic)
    font.setPixelSize(FONT_PX)
    font.setKerning(False)
    for ligatures in ("liga", "clig"):
        font.setFeature(QFont.Tag(ligatures), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return font


@lru_cache(maxsize=8)
def _image(data: bytes) -> QImage:
    image = QImage()
    image.loadFromData(data, "PNG")  # no other format, whatever a file from outside holds
    return image
