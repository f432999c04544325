"""The process ends as it should, whatever the window has handed to the system."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COPY = """
import sys
from ui.app import create
app, window = create(["sopdesk", sys.argv[1]])
steps = tuple(step.id for step in window.session.procedure.steps)
from ui.works import Selection
window.session.select(Selection(steps))
from ui.editor.changes.clipboard import copy_steps
from ui.editor.changes.commands import Commands
assert copy_steps(Commands(window.session))
"""


def test_copied_steps_do_not_take_the_process_down(office_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", COPY, str(office_path)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
