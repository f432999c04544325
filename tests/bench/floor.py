"""The least that a PDF by ReportLab costs: everything known beforehand, painted by its canvas.

Run as `python -m tests.bench.floor FOLDER` it paints the primitives that lie in the folder.
"""

from __future__ import annotations

import io
import pickle
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.resources import resource
from sopdesk.sheet.faces import FACES, MM_PER_PT
from tests.bench.measuring import peak_mb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from sopdesk.sheet.painting import Move
    from sopdesk.sheet.values import Picture, Point, Text

Numbers = tuple[float, ...]
PRIMITIVES = "primitives.pickle"


class Primitives:
    """A page that keeps what is painted on it, in points: a surface, see `painting.Surface`."""

    def __init__(self, width: float, height: float) -> None:
        """Take the page's size in points."""
        self.size = (width, height)
        self.lines: list[tuple[float, Numbers]] = []
        self.shapes: list[tuple[float, list[tuple[str, Numbers]], bool | None]] = []
        self.texts: list[tuple[float, float, int, float, str, str]] = []
        self.pictures: list[tuple[Numbers, bytes]] = []

    def line(self, start: Point, end: Point, width: float) -> None:
        """Keep a straight line."""
        self.lines.append((width / MM_PER_PT, self._points((*start, *end))))

    def path(self, moves: Sequence[Move], width: float) -> None:
        """Keep an open path."""
        kept = [(verb, self._points(numbers)) for verb, numbers in moves]
        self.shapes.append((width / MM_PER_PT, kept, None))

    def polygon(self, points: Sequence[Point], width: float, filled: bool) -> None:
        """Keep a closed polygon."""
        kept = [("line" if i else "move", self._points(point)) for i, point in enumerate(points)]
        self.shapes.append((width / MM_PER_PT, [*kept, ("close", ())], filled))

    def text(self, text: Text) -> None:
        """Keep a line of text, each stretch for itself."""
        for offset, words, face in text.runs:
            dx, dy = (0.0, -offset) if text.angle else (offset, 0.0)
            x, y = self._points((text.x + dx, text.y + dy))
            self.texts.append((x, y, text.angle, text.size_pt, face, words))

    def picture(self, picture: Picture) -> None:
        """Keep an image."""
        left, top, right, bottom = self._points(picture.rect)
        self.pictures.append(((left, bottom, right - left, top - bottom), picture.data))

    def _points(self, numbers: Sequence[float]) -> Numbers:
        ends = (self.size[1] - n / MM_PER_PT if i % 2 else n / MM_PER_PT
                for i, n in enumerate(numbers))  # fmt: skip
        return tuple(ends)


def paint_floor(pages: Iterable[Primitives], path: Path) -> None:
    """Paint the pages into a PDF, compressed and with the same faces embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for face in FACES:
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(resource("fonts", FACES[face].file))))
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    for page in pages:
        _paint_page(canvas, page)
    canvas.save()


def _paint_page(canvas: Canvas, page: Primitives) -> None:
    from reportlab.lib.utils import ImageReader

    canvas.setPageSize(page.size)
    for rect, data in page.pictures:
        canvas.drawImage(ImageReader(io.BytesIO(data)), *rect, mask="auto")
    for width, ends in page.lines:
        canvas.setLineWidth(width)
        canvas.line(*ends)
    for width, moves, filled in page.shapes:
        _paint_shape(canvas, width, moves, filled)
    canvas.setFillGray(0)
    for x, y, angle, size_pt, face, words in page.texts:
        canvas.setFont(face, size_pt)
        if not angle:
            canvas.drawString(x, y, words)
            continue
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.drawString(0, 0, words)
        canvas.restoreState()
    canvas.showPage()


def _paint_shape(
    canvas: Canvas, width: float, moves: Sequence[tuple[str, Numbers]], filled: bool | None
) -> None:
    path = canvas.beginPath()
    draw = {"move": path.moveTo, "line": path.lineTo, "curve": path.curveTo, "close": path.close}
    for verb, numbers in moves:
        draw[verb](*numbers)
    canvas.setLineWidth(width)
    if filled is not None:
        canvas.setFillGray(0 if filled else 1)
    canvas.drawPath(path, stroke=int(width > 0), fill=int(filled is not None))


def _run_floor(folder: Path) -> float:
    pages: list[Primitives] = pickle.loads((folder / PRIMITIVES).read_bytes())
    paint_floor(pages[:4], folder / "warm.pdf")
    began = time.process_time()
    paint_floor(pages, folder / "floor.pdf")
    return time.process_time() - began


if __name__ == "__main__":
    print(_run_floor(Path(sys.argv[1])), peak_mb())
