"""Offering under a field what can be typed into it: shown, walked through, taken, or ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ui.editor.fields.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from ui.editor.fields.choice_list import Choices

_MOST_OFFERED = 50
"""More choices at a time nobody reads, and a long list takes its time to come."""


class Offering(QObject):
    """The list of a field while it shows. Keys that the clerk has not meant for it pass by it.

    `part` returns what is typed of a choice, `line` where in the field that stands.
    """

    taken = Signal(object)
    """The `Choice` that is to be written."""

    def __init__(self, field: QWidget, part: Callable[[], str], line: Callable[[], QRect]) -> None:
        super().__init__(field)
        self._field, self._part, self._line = field, part, line
        self._list: ChoiceList | None = None
        self._closes_by_taking = False

    @property
    def is_open(self) -> bool:
        """Whether the list shows."""
        return self._list is not None

    def offer(self, choices: Choices, is_asked: bool = False) -> None:
        """Show the choices that fit what is being typed, all of them when asked for."""
        fitting = choices.fitting(self._part(), is_asked)[:_MOST_OFFERED]
        if not fitting:
            self.close()
            return
        if self._list is None:
            self._list = ChoiceList(self._field)
            self._list.itemClicked.connect(self.take)
        self._closes_by_taking = choices.closed
        self._list.offer(fitting, self._line(), preselected=is_asked or choices.closed)

    def take_key(self, event: QKeyEvent) -> bool:
        """Walk, take or close by a key; False leaves it to the field, as if no list were there.

        That is so with Enter and Tab where the clerk stands on no choice; Tab goes on in any case.
        """
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._list is None or modifiers:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            is_done = self.take() and key != Qt.Key.Key_Tab
            return is_done and not self._closes_by_taking
        else:
            return False
        return True

    def close(self) -> None:
        """Show nothing."""
        if self._list is not None:
            self._list.close()
            self._list.deleteLater()
            self._list = None

    def take(self, _item: object = None) -> bool:
        """Have the choice written that the list stands on, and say whether there was one."""
        chosen = self._list.chosen if self._list is not None else None
        if chosen is not None:
            self.taken.emit(chosen)
        self.close()
        return chosen is not None
