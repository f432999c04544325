"""The office's logo: chosen from a picture file, checked, and kept as a small PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.plain_words import PlainLabel
from ui.theme import LIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from sopdesk.document.office import Office

LARGEST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1000
"""A logo prints 25 mm wide: this is 1,000 dots an inch there."""
_SHOWN = 84


class LogoField(QWidget):
    """Shows the logo, and offers another or none."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._logo = office.logo
        self._picture = PlainLabel()
        self._picture.setFixedSize(_SHOWN, _SHOWN)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setStyleSheet(
            # A logo is seen as on paper, whatever the scheme.
            "background: white; border: 1px solid palette(mid); border-radius: 5px;"
            f" color: {LIGHT.faint};"
        )
        choose = QPushButton(tr("Choose Picture…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self._remove = QPushButton(tr("Remove"))
        self._remove.setAutoDefault(False)
        self._remove.clicked.connect(lambda: self._keep(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._picture)
        row.addSpacing(8)
        row.addWidget(choose)
        row.addWidget(self._remove)
        row.addStretch()
        self._keep(office.logo)

    def logo(self) -> bytes | None:
        """Return the logo as a PNG."""
        return self._logo

    def _choose(self) -> None:
        path = asking.open_path(
            self, tr("Choose a logo"), None, f"{tr('Pictures')} (*.png *.jpg *.jpeg)"
        )
        if path is None:
            return
        try:
            self._keep(read_logo(path))
        except UserError as fault:
            asking.tell(self, word_fault(fault))

    def _keep(self, logo: bytes | None) -> None:
        self._logo = logo
        self._remove.setEnabled(logo is not None)
        image = QImage()
        image.loadFromData(logo or b"", "PNG")  # no other format, whatever a file may hold
        if image.isNull():
            self._picture.setPixmap(QPixmap())
            self._picture.setText(tr("No logo"))
            return
        room = QSize(_SHOWN - 12, _SHOWN - 12)
        self._picture.setPixmap(
            QPixmap.fromImage(image).scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )


def read_logo(path: Path) -> bytes:
    """Return a picture file as a PNG of at most `LONGEST_SIDE` pixels.

    Size and dimensions are checked before anything is decoded.

    Raises:
        UserError: `picture_unreadable`, `picture_too_large`.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UserError("picture_unreadable", path=str(path)) from error
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)  # else an SVG by the name of a PNG is one
    pixels = reader.size()
    if bytes(reader.format().data()) not in (b"png", b"jpeg", b"jpg") or not pixels.isValid():
        raise UserError("picture_unreadable", path=str(path))
    if size > LARGEST_BYTES or pixels.width() * pixels.height() > MOST_PIXELS:
        raise UserError("picture_too_large", path=str(path))
    image = reader.read()
    if image.isNull():
        raise UserError("picture_unreadable", path=str(path))
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            LONGEST_SIDE,
            LONGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
