"""The canvas by keyboard: walking along the flow and to neighbours, typing, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.editor.keys import command_of, is_typed
from ui.editor.sheet.neighbours import neighbour
from ui.works import Selection

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sopdesk.document.values import Procedure
    from ui.editor.canvas.in_place import InPlaceEditing
    from ui.editor.canvas.mouse import CanvasMouse
    from ui.editor.sheet.flow_view import FlowView
    from ui.editor.sheet.neighbours import Direction

_ARROWS: dict[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class CanvasKeys:
    """Turns keys into what the canvas and its commands do."""

    def __init__(self, view: FlowView, in_place: InPlaceEditing, mouse: CanvasMouse) -> None:
        self._view, self._in_place, self._mouse = view, in_place, mouse

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False where it means nothing."""
        command = command_of(event)
        if command is not None:
            self._view.commanded.emit(command)
            return True
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not modifiers and event.key() in _ARROWS:
            return self._go(_ARROWS[Qt.Key(event.key())])
        if not modifiers and self._edit_or_remove(event.key()):
            return True
        if is_typed(event) and event.text() != " ":
            return self._type(event)
        return False

    def _edit_or_remove(self, key: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            return self._edit()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._view.commands.remove_selected()
        elif key == Qt.Key.Key_Escape:
            if not self._mouse.cancel():
                self._view.select(Selection())
        else:
            return False
        return True

    def _edit(self) -> bool:
        """Edit the selected flow's label, or the activity of the selected step."""
        selection = self._view.session.selection
        if selection.flow is not None:
            return self._in_place.edit_label()
        return bool(selection.steps) and self._in_place.edit_step(selection.steps[0])

    def _type(self, event: QKeyEvent) -> bool:
        if not self._edit():
            return False
        editor = self._in_place.editor
        if editor is not None:
            editor.keyPressEvent(event)
        return True

    def _go(self, direction: Direction) -> bool:
        view, symbol = self._view, self._view.commands.selected_symbol()
        view.flush()
        if view.sheet is None:
            return False
        if symbol is None:
            return self._select_first()
        found = neighbour(view.sheet, view.procedure_index, symbol.id, direction)
        if found is not None:
            view.commands.select_symbol(found)
        return True

    def _select_first(self) -> bool:
        symbols = self._view.symbols()
        if symbols:
            self._view.commands.select_symbol(symbols[0])
        return bool(symbols)

    def walk(self, is_next: bool) -> bool:
        """Select the next symbol along the flow, or the one before; False at its ends."""
        view = self._view
        view.flush()
        procedure, symbol = view.session.procedure, view.commands.selected_symbol()
        if procedure is None or not view.symbols():
            return False
        if symbol is None:
            return is_next and self._select_first()
        found = _along(procedure, view.symbols(), symbol.id, is_next)
        if found is not None:
            view.commands.select_symbol(found)
        return found is not None


def _along(procedure: Procedure, order: list[str], symbol: str, is_next: bool) -> str | None:
    """Return the nearest symbol that a flow leads on to; where none does, the next on the sheet.

    Flows that lead back are not followed: so a walk comes to an end.
    """
    places = {name: place for place, name in enumerate(order)}
    here = places.get(symbol)
    if here is None:
        return None
    if is_next:
        ends = [
            places[f.target] for f in procedure.flows if f.source == symbol and f.target in places
        ]
        ahead = [place for place in ends if place > here]
        place = min(ahead, default=here + 1)
    else:
        ends = [
            places[f.source] for f in procedure.flows if f.target == symbol and f.source in places
        ]
        behind = [place for place in ends if place < here]
        place = max(behind, default=here - 1)
    return order[place] if 0 <= place < len(order) else None
