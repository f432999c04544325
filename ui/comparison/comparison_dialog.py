"""Two versions of an SOP in a window of their own: what differs, and the two sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from ui.comparison.comparison_view import ComparisonView
from ui.dialogs.fields import hint
from ui.dialogs.sizes import on_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Sop
    from sopdesk.sheet.values import Sheet

_SIZE = QSize(1080, 680)


class ComparisonDialog(QDialog):
    """Shows two versions; nothing is changed here.

    `lay_out` makes the sheet of a version; the sheets are laid out when they are looked at.
    A `note` says what belongs to the versions and is in none of them.
    """

    def __init__(
        self,
        versions: tuple[Sop, Sop],
        names: tuple[str, str],
        lay_out: Callable[[Sop], Sheet],
        parent: QWidget | None,
        title_of: Callable[[str], str] | None = None,
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_dialog")
        self.setWindowTitle(tr("Compare two versions"))
        self._versions, self._names, self._lay_out = versions, names, lay_out
        self._view = ComparisonView()
        self._view.show_versions(*versions, names, title_of)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(tr("What to see of it"))
        self._tabs.addTab(self._view, tr("What differs"))
        self._tabs.addTab(QWidget(), tr("Both sheets"))
        self._tabs.currentChanged.connect(self._on_tab_changed)
        close = QDialogButtonBox()
        close.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        close.setContentsMargins(16, 0, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self._tabs, 1)
        if note:
            said = hint(note)
            said.setObjectName("comparison_note")
            said.setContentsMargins(16, 0, 16, 0)
            column.addWidget(said)
        column.addWidget(close)
        self.resize(on_screen(self, parent, _SIZE))

    def _on_tab_changed(self, index: int) -> None:
        """Lay the two sheets out at the first look at them."""
        from ui.comparison.sheet_pair import SheetPair

        if index != 1 or isinstance(self._tabs.widget(1), SheetPair):
            return
        one, other = map(self._lay_out, self._versions)
        pair = SheetPair((one, other), self._names)
        # What takes the place of a page would be told as a change of page.
        self._tabs.blockSignals(True)
        self._tabs.removeTab(1)
        self._tabs.addTab(pair, tr("Both sheets"))
        self._tabs.setCurrentIndex(1)
        self._tabs.blockSignals(False)
