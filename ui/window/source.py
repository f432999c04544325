"""Asking for a file whose SOPs are to come into the open one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.dialogs import asking

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.jobs.job_runner import JobRunner
    from ui.session import Session


def ask_for_source(
    session: Session, jobs: JobRunner, title: str, kinds: str, window: QWidget
) -> Path | None:
    """Ask for a file, first where the office file stands; `kinds` as Qt filters.

    None without an answer, and where no file is open or a task runs, which is told.
    """
    file = session.file
    if file is None or not jobs.is_free:
        return None
    return asking.open_path(window, title, Path(file.path).parent, kinds)
