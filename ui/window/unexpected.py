"""What happens on a fault of the program itself: it is logged, said plainly, and can be copied.

The window stays open and nothing typed is lost, so that the clerk can still save.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QMessageBox

import sopdesk
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_log = logging.getLogger(__name__)


class _Shown:
    """Whether a dialog stands open: a fault while painting would bring a hundred of them."""

    now = False


class _Rescue:
    """What keeps the work safe before anything else is done."""

    call: Callable[[], object] | None = None


def rescue_by(call: Callable[[], object]) -> None:
    """Have this called first on whatever is unexpected: it keeps a copy of all unsaved work."""
    _Rescue.call = call


def _rescue() -> None:
    if _Rescue.call is not None:
        try:
            _Rescue.call()
        except Exception:  # It may be the very fault that is to be shown.
            _log.exception("no recovery copy")


def catch_all() -> None:
    """Show from now on whatever no code has foreseen, instead of ending the program."""
    sys.excepthook = _on_exception


def _on_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    if isinstance(error, UserError):
        asking.tell(QApplication.activeWindow(), word_fault(error))
        return
    details = "".join(traceback.format_exception(kind, error, trace))
    _log.error("unexpected fault\n%s", details)
    _rescue()
    if asking.is_silent() or _Shown.now or QApplication.instance() is None:
        return
    _Shown.now = True
    try:
        _show(details)
    finally:
        _Shown.now = False


def _show(details: str) -> None:
    box = asking.message_box(
        QApplication.activeWindow(),
        tr("Something in SOPDesk went wrong. Your work is still open."),
        tr(
            "A recovery copy is kept. Save now. If it happens again, copy the details and send "
            "them to your administrator."
        ),
    )
    box.setDetailedText(f"{about_this_program()}\n\n{details}")
    copy = box.addButton(tr("Copy Details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(tr("Continue"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    if box.clickedButton() is copy:
        QApplication.clipboard().setText(box.detailedText())


def about_this_program() -> str:
    """Return the versions that a report of a fault needs, on one line."""
    return (
        f"SOPDesk {sopdesk.__version__}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, {platform.platform()}"
    )
