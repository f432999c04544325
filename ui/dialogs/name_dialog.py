"""The clerk's name, as colleagues on the same office file see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import buttons, hint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LONGEST = 60


class NameDialog(QDialog):
    """Asks for a name; an empty one stands for the user of the operating system."""

    def __init__(self, chosen: str, system_user: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Your name"))
        self.setMinimumWidth(420)
        self._name = QLineEdit(chosen)
        self._name.setObjectName("user_name")
        self._name.setAccessibleName(tr("Your name"))
        self._name.setPlaceholderText(system_user)
        self._name.setMaxLength(_LONGEST)
        self._name.selectAll()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(
            hint(
                tr(
                    "Colleagues who have the same office file open see this name, and the history "
                    "tells it of what you save. Left empty, it is the name that you are signed in "
                    "with on this computer."
                )
            )
        )
        column.addWidget(self._name)
        column.addWidget(buttons(self, tr("Use This Name")))

    def name(self) -> str:
        """Return the name as it was typed, `""` for the system's user."""
        return self._name.text().strip()
