"""Lanjut ke: choose by keyboard where the selected symbol leads, and with which label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QListWidgetItem, QWidget

from sopdesk.document.values import Kind
from sopdesk.foundation.wording import tr
from ui.editor.fields.choices import target_text
from ui.editor.kind_icons import kind_icon
from ui.editor.popups.list_popup import ListPopup
from ui.editor.words import NO, YES, free_label, number_of

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure, Symbol
    from ui.editor.changes.commands import Commands


class ConnectPopup(ListPopup):
    """The symbols that the source may lead to; a number means its step first."""

    def __init__(self, commands: Commands, source: Symbol, window: QWidget) -> None:
        procedure = commands.procedure
        assert procedure is not None
        self._commands, self._source = commands, source
        self._targets = [symbol for symbol in procedure.symbols if symbol.id != source.id]
        self._numbers = [number_of(procedure, symbol.step) for symbol in self._targets]
        self._label = _label_box(procedure, source)
        super().__init__(
            tr("Step {number} goes on to", number=number_of(procedure, source.step)),
            tr("Number or words of the step"),
            tr("Steps"),
            [QListWidgetItem(kind_icon(s.kind), target_text(procedure, s)) for s in self._targets],
            window,
            self._label,
        )
        self.setObjectName("connect_popup")
        self.setAccessibleName(tr("Next step"))

    def is_exactly(self, row: int, typed: str) -> bool:
        """Return whether this is the number of the symbol's step."""
        return self._numbers[row] == typed

    def choose(self, row: int) -> None:
        """Connect, with the label that is chosen."""
        label = self._label.currentText().strip() if self._label is not None else None
        self._commands.connect(self._source.id, self._targets[row].id, label)


def _label_box(procedure: Procedure, source: Symbol) -> QComboBox | None:
    """Return the choice of the exit's label, for a decision alone."""
    if source.kind is not Kind.DECISION:
        return None
    box = QComboBox()
    box.setEditable(True)
    box.setAccessibleName(tr("Label of the arrow"))
    used = [flow.label for flow in procedure.flows if flow.label]
    box.addItems(list(dict.fromkeys((YES, NO, *used))))
    box.setEditText(free_label(procedure, source.id))
    return box
