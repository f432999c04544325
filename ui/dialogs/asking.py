"""The one way to ask the clerk something that blocks.

With `SOPDESK_NO_DIALOGS=1` nothing is ever shown: the safe answer is taken and logged.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)


def is_silent() -> bool:
    """Return whether dialogs must not be shown."""
    return os.environ.get("SOPDESK_NO_DIALOGS") == "1"


def choose(
    parent: QWidget | None,
    question: str,
    detail: str,
    answers: Sequence[str],
    *,
    safe: int,
    default: int = 0,
    icon: QMessageBox.Icon = QMessageBox.Icon.NoIcon,
) -> int:
    """Ask for one of the answers and return its index; closing the dialog is the last answer.

    `safe` is the answer where nothing may be shown.
    """
    if is_silent():
        _log.info("not asked: %s; taken: %s", question, answers[safe])
        return safe
    box = QMessageBox(icon, "SOPDesk", question, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(detail)
    role = QMessageBox.ButtonRole
    buttons = [
        box.addButton(answer, role.RejectRole if index == len(answers) - 1 else role.AcceptRole)
        for index, answer in enumerate(answers)
    ]
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])
    box.exec()
    clicked = box.clickedButton()
    return next((index for index, button in enumerate(buttons) if button is clicked), safe)


def tell(parent: QWidget | None, message: str, detail: str = "") -> None:
    """Tell something that must not be overlooked, such as a fault."""
    if is_silent():
        _log.warning("not shown: %s %s", message, detail)
        return
    box = QMessageBox(QMessageBox.Icon.NoIcon, "SOPDesk", message, parent=parent)
    box.setInformativeText(detail)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.exec()


def run(dialog: QDialog) -> bool:
    """Show a dialog until it is answered, and return whether it was accepted."""
    if is_silent():
        _log.info("not shown: %s", dialog.windowTitle())
        return False
    return dialog.exec() == QDialog.DialogCode.Accepted


def open_path(parent: QWidget | None, title: str, folder: Path | None, kinds: str) -> Path | None:
    """Ask for an existing file; None where there is no answer. `kinds` as Qt filters."""
    if is_silent():
        _log.info("not asked: %s", title)
        return None
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or ""), kinds)
    return Path(name) if name else None


def save_path(
    parent: QWidget | None, title: str, proposed: Path, kinds: str, *, may_replace: bool = True
) -> Path | None:
    """Ask where to write a file, with the ending of the proposed one; None without an answer.

    Where nothing may be replaced, the one who writes says so, rather than the dialog offering it.
    """
    if is_silent():
        _log.info("not asked: %s", title)
        return None
    option = QFileDialog.Option
    options = option(0) if may_replace else option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds, options=options)
    if not name:
        return None
    chosen = Path(name)
    return chosen if chosen.suffix else chosen.with_suffix(proposed.suffix)
