"""The unsaved work in a new office file: where the file that was open is another office's now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.wording import tr
from ui.dialogs import asking

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sopdesk.storage.office_file import OfficeFile
    from ui.session import Session


def ask_for_place(session: Session, window: QWidget) -> Path | None:
    """Ask where the new office file shall be; None for nowhere, or without an open file."""
    if session.file is None:
        return None
    name = tr("{name} - my work", name=session.file.path.stem)
    return asking.save_path(
        window,
        tr("New office file"),
        session.file.path.with_name(f"{name}.db"),
        f"{tr('Office file')} (*.db)",
        may_replace=False,
    )


def make_file(path: Path, session: Session) -> OfficeFile:
    """Make an office file with this office's settings and all SOPs that are not saved.

    Raises:
        UserError: as `create` and `add`; no file is left.
    """
    from sopdesk.storage.office_file import create

    file = create(path, session.office, session.name)
    try:
        for sop in session.unsaved_sops:
            file.add(sop)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return file
