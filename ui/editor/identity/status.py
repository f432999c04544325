"""The status of an SOP in the identity form, and whether it is in force."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from ui.plain_words import PlainLabel
from ui.statuses import force_word, status_word

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from sopdesk.document.values import Sop
    from ui.session import Session


class StatusLine(QWidget):
    """A status to choose behind `label`, and below it since when the SOP is in force."""

    def __init__(self, session: Session, label: PlainLabel) -> None:
        super().__init__()
        self._session = session
        self._box = _StatusBox()
        self._box.activated.connect(self._on_chosen)
        label.setBuddy(self._box)
        self._force = PlainLabel()
        self._force.setObjectName("status_force")
        self._force.setWordWrap(True)  # Narrow, it would press the particulars out of sight.
        self._force.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._force)

    def follow(self, sop: Sop) -> None:
        """Show the SOP's status as it is today."""
        self._box.setCurrentIndex(self._box.findData(sop.status))
        self._box.setEnabled(not self._session.is_read_only)
        force = force_word(sop.status, sop.identity.effective_on, date.today())
        self._force.setText(force)
        self._force.setVisible(bool(force))

    def _on_chosen(self, index: int) -> None:
        status = Status(self._box.itemData(index))
        self._session.apply(
            tr("Change status"), lambda sop: dataclasses.replace(sop, status=status)
        )


class _StatusBox(QComboBox):
    """A status is chosen by opening the list: scrolling the form must not change it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field_status")
        self.setAccessibleName(tr("Status"))
        for status in Status:
            self.addItem(status_word(status), status)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()
