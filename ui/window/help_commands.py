"""What the Help menu offers: the keys, and what program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.foundation.wording import tr
from ui.dialogs import asking
from ui.window.unexpected import about_this_program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from ui.window.actions import Actions


class HelpCommands(QObject):
    """The commands of the Help menu."""

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {"keys": self.show_keys, "about": self.show_about}

    def show_keys(self) -> None:
        """Show every shortcut of the menus."""
        from ui.dialogs.keys_dialog import KeysDialog

        asking.run(KeysDialog(self._actions, self._window))

    def show_about(self) -> None:
        """Show name and versions."""
        asking.tell(
            self._window,
            "SOPDesk",
            f"{tr('Type the steps; the flowchart draws itself, ready to print.')}\n\n"
            f"{about_this_program()}",
        )
