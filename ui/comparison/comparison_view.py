"""Two versions of an SOP side by side, to read, to scroll and to copy from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from sopdesk.document.comparison import differences
from sopdesk.foundation.wording import tr
from ui.comparison.page import page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.comparison import Difference
    from sopdesk.document.values import Sop


class ComparisonView(QTextBrowser):
    """Shows what differs; it says so where nothing does, and follows the system's colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_view")
        self.setAccessibleName(tr("What differs"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("#comparison_view { border: none; border-radius: 0; }")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self._differences: tuple[Difference, ...] = ()
        self._names = ("", "")
        self._title_of: Callable[[str], str] | None = None
        self._message = ""

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What is shown."""
        return self._differences

    def show_versions(
        self,
        old: Sop,
        new: Sop,
        names: tuple[str, str],
        title_of: Callable[[str], str] | None = None,
    ) -> None:
        """Show how two versions differ, under these two names.

        `title_of` names the SOP of a uuid that a step invokes.
        """
        self._differences = differences(old, new)
        self._names, self._title_of = names, title_of
        self._message = "" if self._differences else tr("The two versions are the same.")
        self._show()

    def show_message(self, message: str) -> None:
        """Show a sentence in place of a comparison."""
        self._differences, self._message = (), message
        self._show()

    def _show(self) -> None:
        if self._message:
            self.setPlainText(self._message)
        else:
            self.setHtml(page_of(self._differences, self._names, self._title_of))

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._differences:
            self._show()
