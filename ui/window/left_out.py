"""What a file that was made does not hold, because it is damaged in the office file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def tell_damage(window: QWidget, path: Path, damage: Sequence[Mapping[str, Any]]) -> None:
    """Name what was left out of the file at `path` for being damaged, where anything was."""
    if damage:
        message = tr("“{name}” is ready, without what is damaged in the file.", name=path.name)
        faults = [UserError(fault["code"], **fault["facts"]) for fault in damage]
        asking.tell(window, message, "\n\n".join(map(word_fault, faults)))
