"""The editor's keys, the same in the step table, on the canvas and while a text is typed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_COMING_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.PopupFocusReason,
)


class Command(Enum):
    """What a key asks for, whatever view it is pressed in."""

    INSERT_BELOW = "insert_below"
    INSERT_ABOVE = "insert_above"
    DELETE_STEPS = "delete_steps"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    LANE_LEFT = "lane_left"
    LANE_RIGHT = "lane_right"
    START = "start"
    PROCESS = "process"
    DECISION = "decision"
    END = "end"
    CONNECT = "connect"
    ADD_SYMBOL = "add_symbol"
    REFER = "refer"
    """No keys of their own: the menus ask for these two."""
    COPY = "copy"
    CUT = "cut"
    PASTE = "paste"


_KEYS: dict[tuple[int, Qt.KeyboardModifier], Command] = {
    (Qt.Key.Key_Return, _CTRL): Command.INSERT_BELOW,
    (Qt.Key.Key_Return, _CTRL | _SHIFT): Command.INSERT_ABOVE,
    (Qt.Key.Key_Delete, _CTRL): Command.DELETE_STEPS,
    (Qt.Key.Key_Up, _CTRL | _SHIFT): Command.MOVE_UP,
    (Qt.Key.Key_Down, _CTRL | _SHIFT): Command.MOVE_DOWN,
    (Qt.Key.Key_Left, _CTRL | _SHIFT): Command.LANE_LEFT,
    (Qt.Key.Key_Right, _CTRL | _SHIFT): Command.LANE_RIGHT,
    (Qt.Key.Key_1, _CTRL): Command.START,
    (Qt.Key.Key_2, _CTRL): Command.PROCESS,
    (Qt.Key.Key_3, _CTRL): Command.DECISION,
    (Qt.Key.Key_4, _CTRL): Command.END,
    (Qt.Key.Key_L, _CTRL): Command.CONNECT,
    (Qt.Key.Key_C, _CTRL): Command.COPY,
    (Qt.Key.Key_X, _CTRL): Command.CUT,
    (Qt.Key.Key_V, _CTRL): Command.PASTE,
}
_OF_TEXT = frozenset(
    {
        Command.COPY,
        Command.CUT,
        Command.PASTE,
        Command.LANE_LEFT,
        Command.LANE_RIGHT,
        Command.DELETE_STEPS,
    }
)
"""Commands whose keys mean something else while a text is typed."""


def command_of(event: QKeyEvent, while_typing: bool = False) -> Command | None:
    """Return the command that a key asks for, None for any other key."""
    key = event.key()
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    command = _KEYS.get((key, modifiers))
    return None if while_typing and command in _OF_TEXT else command


def is_typed(event: QKeyEvent) -> bool:
    """Return whether a key writes a character, so that typing starts editing."""
    held = event.modifiers() & (_CTRL | _ALT | _META)
    # AltGr arrives as Ctrl+Alt where it writes a character.
    return (
        bool(event.text())
        and event.text().isprintable()
        and held
        in (
            Qt.KeyboardModifier.NoModifier,
            _CTRL | _ALT,
        )
    )


def leaves_field(event: QEvent) -> bool:
    """Return whether the clerk has left a field with this event.

    Not where the focus comes back by itself: who returns from another window or a menu types on.
    """
    if not isinstance(event, QFocusEvent) or not event.lostFocus():
        return False
    return event.reason() not in _COMING_BACK
