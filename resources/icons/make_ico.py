"""Make `app.ico`, the program's icon on Windows, from `app.svg`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels: what Windows asks for at 100 to 200 %."""


def draw(size: int) -> Image.Image:
    """Return the icon at this size in pixels, drawn afresh and not scaled down."""
    canvas = QImage(size, size, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    QSvgRenderer(str(FOLDER / "app.svg")).render(painter)
    painter.end()
    pixels = canvas.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), bytes(pixels.constBits()))


if __name__ == "__main__":
    largest, *others = (draw(size) for size in reversed(SIZES))
    largest.save(FOLDER / "app.ico", sizes=[(n, n) for n in SIZES], append_images=others)
