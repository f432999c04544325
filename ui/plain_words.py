"""Words shown as they are: Qt takes what looks like markup for markup, wherever it comes from.

A title or a colleague's name with `<img src=...>` in it would fetch that picture from this disk, or
from a server that then knows who looked, as soon as it is shown.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label whose text is never taken for markup."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """Return what a tool tip must be given to show the text as it is."""
    return TextQt.convertFromPlainText(text) if TextQt.mightBeRichText(text) else text


def plain_caption(text: str) -> str:
    """Return what a button, a tab or a menu must be given to show the text as it is.

    There `&` marks the key that presses it: of "Umum & Kepegawaian" it would be gone.
    """
    return text.replace("&", "&&")
