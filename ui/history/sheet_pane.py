"""The pages of a version that is only looked at, or a sentence on why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from sopdesk.foundation.wording import tr
from ui.pages.pages_view import PagesView
from ui.plain_words import PlainLabel
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Sop
    from sopdesk.sheet.values import Sheet


class SheetPane(QStackedWidget):
    """Shows one version at a time. `lay_out` makes its sheet."""

    def __init__(self, lay_out: Callable[[Sop], Sheet], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lay_out = lay_out
        self._sop: Sop | None = None
        self.pages = PagesView()
        self.pages.setObjectName("version_sheet")
        self.pages.setAccessibleName(tr("Sheet"))
        self._message = PlainLabel()
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setContentsMargins(40, 0, 40, 0)
        self.addWidget(self.pages)
        self.addWidget(self._message)

    def show_version(self, sop: Sop) -> None:
        """Show the pages of this version."""
        if sop is not self._sop:
            with waiting():
                self.pages.set_sheet(self._lay_out(sop))
            self._sop = sop
        self.setCurrentWidget(self.pages)

    def show_message(self, message: str) -> None:
        """Show a sentence in place of the pages."""
        self._message.setText(message)
        self.setCurrentWidget(self._message)

    @property
    def message(self) -> str:
        """The sentence that stands there, `""` where pages do."""
        return self._message.text() if self.currentWidget() is self._message else ""
