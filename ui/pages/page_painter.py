"""A page on a QPainter: the screen, the preview and the system printer share it.

Paints what `sopdesk.sheet.painting` says and computes no position. Text is set at 100 px under a
scaled painter, without hinting and kerning: only so do lines end where they end in the PDF.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
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
from ui.pages.pixel_grid import PixelGrid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """A `painting.Surface` on a painter in millimetres; strokes stand on its pixels."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._base = painter.worldTransform()
        self._grid = PixelGrid(painter.deviceTransform())

    def line(self, start: Point, end: Point, width: float) -> None:
        """Stroke a straight line; an upright or level one is sharp, and pale where it is thin."""
        if start[0] != end[0] and start[1] != end[1]:
            self._painter.setPen(self._pen(width))
            self._painter.drawLine(QPointF(*start), QPointF(*end))
        else:
            rule, strength = self._grid.rule(start, end, width), self._grid.strength(width)
            self._painter.fillRect(rule, _grey(strength))

    def path(self, moves: Sequence[Move], width: float) -> None:
        """Stroke an open path with mitred joins."""
        self._painter.setPen(self._pen(width))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(painter_path(self._grid.path(moves, width)))

    def polygon(self, points: Sequence[Point], width: float, filled: bool) -> None:
        """Stroke a closed polygon over black or white."""
        black = QColor(Qt.GlobalColor.black)
        self._painter.setPen(self._outline_pen(points, width) if width else Qt.PenStyle.NoPen)
        self._painter.setBrush(black if filled else QColor(Qt.GlobalColor.white))
        shown = (
            self._grid.head(points, painting.FLOW_WIDTH_MM)
            if filled
            else self._grid.outline(points, width)
        )
        self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in shown]))

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

    def _outline_pen(self, points: Sequence[Point], width: float) -> QPen:
        """Return a pen as wide as asked for slopes, which would look thin in whole pixels."""
        if all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise((*points, points[0]))):
            return self._pen(width)
        return _black_pen(max(width, self._grid.stroke(width)))

    def _pen(self, width: float) -> QPen:
        return _black_pen(self._grid.stroke(width))


@lru_cache(maxsize=64)
def _black_pen(width: float) -> QPen:
    return QPen(
        QColor(Qt.GlobalColor.black),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.FlatCap,
        Qt.PenJoinStyle.MiterJoin,
    )


@lru_cache(maxsize=64)
def _grey(strength: float) -> QColor:
    """Return black of this strength on white; not see-through, since rules cross each other."""
    return QColor.fromRgbF(1.0 - strength, 1.0 - strength, 1.0 - strength)


def painter_path(moves: Iterable[Move]) -> QPainterPath:
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
