"""What the Help menu offers: the keys, and what program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from sopdesk.foundation.wording import tr
from ui.dialogs import asking
from ui.window.menus import names_in
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

        asking.run(KeysDialog(_shortcuts(self._actions), self._window))

    def show_about(self) -> None:
        """Show name and versions."""
        asking.tell(
            self._window,
            "SOPDesk",
            f"{tr('Type the steps; the flowchart draws itself, ready to print.')}\n\n"
            f"{about_this_program()}",
        )


def _shortcuts(actions: Actions) -> dict[str, list[tuple[str, str]]]:
    """Return the keys of each menu's actions with their words, as the menus say them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for title, name in names_in():
        keys = actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            words = actions[name].text().partition(":")[0].removesuffix("…")
            groups.setdefault(tr(title).replace("&", ""), []).append((keys, words))
    return groups
