"""SOPs in and out as an exchange file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.window.left_out import tell_damage
from ui.window.source import ask_for_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from ui.jobs.job_runner import JobRunner
    from ui.session import Session
    from ui.toast import Toast

EXCHANGE_FILES = "{} (*.json)"


class ExchangeCommands(QObject):
    """The commands of the File menu that read and write exchange files."""

    def __init__(self, session: Session, jobs: JobRunner, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._toast = toast
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {
            "import_exchange": self.import_exchange,
            "export_exchange": self.export_exchange,
        }

    def import_exchange(self) -> None:
        """Ask for an exchange file and add its SOPs."""
        kinds = EXCHANGE_FILES.format(tr("Exchange file"))
        path = ask_for_source(
            self._session, self._jobs, tr("Import exchange file"), kinds, self._window
        )
        if path is not None:
            self.import_from(path)

    def import_from(self, path: Path) -> None:
        """Add the SOPs of an exchange file, and say how many came in."""
        task = {"task": "import", "sources": [str(path)]}
        self._jobs.run(task, tr("Importing…"), self._on_imported)

    def _on_imported(self, outcomes: Any) -> None:  # noqa: ANN401
        self._session.reread()
        for outcome in outcomes:
            fault = outcome["fault"]
            if fault:
                asking.tell(self._window, word_fault(UserError(fault["code"], **fault["facts"])))
            else:
                self._toast.say(_told(outcome))

    def export_exchange(self) -> None:
        """Ask for a place and write all SOPs there, as they stand, as an exchange file."""
        file = self._session.file
        if file is None or not self._jobs.is_free:
            return
        self._session.commit_asked.emit()
        path = asking.save_path(
            self._window,
            tr("Export exchange file"),
            Path(file.path).with_suffix(".json"),
            EXCHANGE_FILES.format(tr("Exchange file")),
        )
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write all SOPs, as they stand, as an exchange file."""
        task = {"task": "export", "out": str(path)}
        self._jobs.run(task, tr("Exporting…"), lambda made: self._on_exported(path, made))

    def _on_exported(self, path: Path, made: Any) -> None:  # noqa: ANN401
        tell_damage(self._window, path, made["damage"])
        self._toast.say(tr("{name} is ready.", name=path.name))


def _told(outcome: Mapping[str, Any]) -> str:
    """Say what became of a source: what came in, what stands beside another, what was there."""
    told = [tr("SOPs imported: {count}.", count=len(outcome["added"]))]
    if outcome["beside"]:
        told.append(tr("Beside a different version: {count}.", count=len(outcome["beside"])))
    if outcome["skipped"]:
        told.append(tr("Already there: {count}.", count=len(outcome["skipped"])))
    return " ".join(told)
