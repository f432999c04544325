"""The one way to ask the clerk something that blocks.

With `SOPDESK_NO_DIALOGS=1` nothing is ever shown: the safe answer is taken and logged.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from sopdesk.foundation.wording import tr

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
) -> int:
    """Ask for one of the answers and return its index; closing the dialog is the last answer.

    `safe` is the answer where nothing may be shown.
    """
    if is_silent():
        _log.info("not asked: %s; taken: %s", question, answers[safe])
        return safe
    box = message_box(parent, question, detail)
    role = QMessageBox.ButtonRole
    buttons = [
        box.addButton(answer, role.RejectRole if index == len(answers) - 1 else role.AcceptRole)
        for index, answer in enumerate(answers)
    ]
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])
    box.exec()
    box.deleteLater()
    clicked = box.clickedButton()
    return next((at for at, button in enumerate(buttons) if button is clicked), len(buttons) - 1)


def tell(parent: QWidget | None, message: str, detail: str = "") -> None:
    """Tell something that must not be overlooked, such as a fault."""
    if is_silent():
        _log.warning("not shown: %s %s", message, detail)
        return
    box = message_box(parent, message, detail)
    box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    box.deleteLater()


def message_box(parent: QWidget | None, message: str, detail: str) -> QMessageBox:
    """Return an empty box of the house's look: plain texts, the message before the detail."""
    import html  # Not worth a moment of the window's start.

    box = QMessageBox(parent)
    box.setWindowTitle("SOPDesk")
    box.setText(f"<b>{html.escape(message)}</b>" if detail else html.escape(message))
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setInformativeText(html.escape(detail).replace("\n", "<br>"))
    return box


def run(dialog: QDialog) -> bool:
    """Show a dialog until it is answered, and return whether it was accepted.

    What was filled in can be read until the caller returns to the event loop; then the dialog goes,
    which its parent would otherwise keep until the program ends.
    """
    try:
        if is_silent():
            _log.info("not shown: %s", dialog.windowTitle())
            return False
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


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
    if chosen.suffix.lower() == proposed.suffix:
        return chosen
    # What the dialog has asked about is another name: a title may end in something like ".2019".
    chosen = chosen.with_name(chosen.name + proposed.suffix)
    is_new = not (may_replace and os.path.exists(chosen))
    return chosen if is_new or _replaces(parent, chosen) else None


def _replaces(parent: QWidget | None, path: Path) -> bool:
    question = tr("“{name}” is there already. Replace it?", name=path.name)
    return choose(parent, question, "", [tr("Replace"), tr("Cancel")], safe=1, default=1) == 0
