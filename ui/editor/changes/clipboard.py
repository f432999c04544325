"""Steps on the clipboard: whole for SOPDesk, as a table for everybody else."""

from __future__ import annotations

import atexit
import dataclasses
import json
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from sopdesk.document import edits
from sopdesk.document.form import from_form, to_form
from sopdesk.document.form.limits import LONGEST_TEXT
from sopdesk.document.values import Flow, Procedure, Sop
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr
from ui.editor.changes.table_text import paste_table, read_table, steps_as_table
from ui.editor.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.edits import Fragment
    from ui.editor.changes.commands import Commands

MIME = "application/x-sopdesk-steps+json"


class _Steps(QMimeData):
    """What this program itself has put on the clipboard."""


def copy_steps(commands: Commands) -> bool:
    """Put the selected steps on the clipboard; False where none is selected."""
    procedure, rows = commands.procedure, commands.selected_rows()
    if procedure is None or not rows:
        return False
    steps = [procedure.steps[row].id for row in rows]
    data = _Steps()
    data.setData(MIME, _written(edits.copy_steps(procedure, steps)))
    data.setText(steps_as_table(procedure, steps, kind_words()))
    QGuiApplication.clipboard().setMimeData(data)
    _leave_text_at_the_end()
    return True


def paste_steps(commands: Commands) -> bool:
    """Insert the clipboard's steps, or its table, below the selected steps; False for no table."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if data is None:  # Nothing was ever copied.
        return False
    procedure, rows = commands.procedure, commands.selected_rows()
    paste = _pasting(data)
    if paste is None or procedure is None:
        return False
    at = rows[-1] + 1 if rows else len(procedure.steps)
    commands.put(tr("Paste steps"), lambda value: paste(value, at))
    return True


def _pasting(data: QMimeData) -> Callable[[Procedure, int], Procedure] | None:
    """Return what puts the clipboard's steps, or its table, into a procedure from a row on."""
    fragment = _read(bytes(data.data(MIME).data())) if data.hasFormat(MIME) else None
    if fragment is not None:
        return lambda value, at: edits.paste_steps(value, fragment, at)
    text = data.text() if data.hasText() else ""
    table = read_table(text)
    if table is not None:
        return lambda value, at: paste_table(value, table, at, kind_words())
    return _refuse if len(text) > LONGEST_TEXT else None


def _refuse(_value: Procedure, _at: int) -> NoReturn:
    raise UserError("paste_too_long", most=LONGEST_TEXT)


def clipboard_text() -> str:
    """Return the text on the clipboard."""
    return QGuiApplication.clipboard().text()


@cache
def _leave_text_at_the_end() -> None:
    """Have the steps on the clipboard replaced by their text before Python ends.

    Where no other program holds the clipboard, Qt deletes what lies on it after Python's end, and
    an object that Python has made takes the process down with it then.
    """

    def leave_text() -> None:
        clipboard = QGuiApplication.clipboard() if QGuiApplication.instance() else None
        if clipboard is not None and isinstance(clipboard.mimeData(), _Steps):
            clipboard.setText(clipboard.text())

    atexit.register(leave_text)


def _written(fragment: Fragment) -> bytes:
    """Write a fragment in the exchange form; flows that lead out of it stand beside it."""
    procedure = Procedure(fragment.lanes, fragment.steps, fragment.symbols, fragment.flows)
    form = {
        "sop": to_form(Sop(procedures=(procedure,))),
        "outward": [[flow.source, flow.target, flow.label] for flow in fragment.outward],
        "label": fragment.label,
    }
    return json.dumps(form).encode()


def _read(data: bytes) -> Fragment | None:
    """Read what `_written` wrote, None where another version wrote something else."""
    try:
        form = json.loads(data)
        sop, _ = from_form(form["sop"])
        outward = tuple(Flow(str(s), str(t), str(label)) for s, t, label in form["outward"])
        label = str(form["label"])
    except (ValueError, KeyError, TypeError, UserError):
        return None
    procedure = sop.procedures[0]
    return dataclasses.replace(
        edits.copy_steps(procedure, [step.id for step in procedure.steps]),
        outward=outward,
        label=label,
    )
