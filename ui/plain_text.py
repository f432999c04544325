"""A field of several lines that takes no more from the clipboard than a text of an SOP may hold.

Qt would take whatever there is: a page copied whole by mistake keeps the window busy for minutes,
and could not be saved. A field of one line has the same bound from Qt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QToolTip

from sopdesk.document.form.limits import LONGEST_TEXT
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import word_fault

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


class PlainTextField(QPlainTextEdit):
    """Plain text; what is pasted or dropped comes in whole, or not at all with a word of why."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a text that there is room for."""
        if self.document().characterCount() + len(source.text()) <= LONGEST_TEXT:
            super().insertFromMimeData(source)
            return
        below = self.mapToGlobal(self.cursorRect().bottomLeft())
        QToolTip.showText(below, word_fault(UserError("paste_too_long", most=LONGEST_TEXT)), self)
