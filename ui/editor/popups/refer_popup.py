"""Rujuk SOP lain: choose the SOP of this office that a step invokes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidgetItem, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.popups.list_popup import ListPopup
from ui.editor.words import number_of

if TYPE_CHECKING:
    from sopdesk.document.values import Step
    from ui.editor.changes.commands import Commands
    from ui.session import Session


class ReferPopup(ListPopup):
    """The other SOPs of the file by title and number, and none for a step that refers to one."""

    def __init__(self, session: Session, commands: Commands, step: Step, window: QWidget) -> None:
        procedure, sop = commands.procedure, session.sop
        assert procedure is not None
        assert sop is not None
        self._commands, self._step_id = commands, step.id
        others = [entry for entry in session.entries if entry.uuid != sop.uuid]
        self._uuids: list[str | None] = [entry.uuid for entry in others]
        words = [
            "  ·  ".join(filter(None, [entry.title or tr("(untitled)"), entry.number]))
            for entry in others
        ]
        if step.refers_to is not None:
            self._uuids.insert(0, None)
            words.insert(0, tr("No other SOP"))
        super().__init__(
            tr("Step {number} refers to the SOP", number=number_of(procedure, step.id)),
            tr("Number or words of the title"),
            tr("Other SOPs"),
            [QListWidgetItem(text) for text in words],
            window,
        )
        self.setObjectName("refer_popup")
        self.setAccessibleName(tr("Other SOP"))

    def choose(self, row: int) -> None:
        """Let the step refer to the SOP in this row."""
        self._commands.refer_to(self._step_id, self._uuids[row])
