"""What leaves the office file: the printer, PDF, recap. Files are made by a child process."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from sopdesk.foundation.wording import tr
from ui.dialogs import asking
from ui.window.left_out import tell_damage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from ui.jobs.job_runner import JobRunner
    from ui.session import Session
    from ui.settings import Settings
    from ui.toast import Toast

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class OutputCommands(QObject):
    """Printing, PDF and recap. Unsaved work is in all of them, as it stands.

    `shown` returns the uuids of the SOPs that the library shows.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        jobs: JobRunner,
        shown: Callable[[], Sequence[str]],
        toast: Toast,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._jobs = jobs
        self._toast = toast
        self._window = window
        self._shown = shown

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {
            "print": self.preview,
            "export_pdf": self.export_pdf,
            "export_recap": self.export_recap,
        }

    def preview(self) -> None:
        """Show the pages of the SOP as the printer will print them."""
        from ui.printing.preview_dialog import PreviewDialog

        self._session.commit_asked.emit()
        sop, sheet = self._session.sop, self._session.sheet
        if sop is None or sheet is None:
            return
        dialog = PreviewDialog(sheet, lambda paper: self._session.lay_out(sop, paper), self._window)
        asking.run(dialog)
        if dialog.is_printed:
            self._toast.say(tr("Sent to the printer."))

    def export_pdf(self) -> None:
        """Ask which SOPs and where, then write their sheets as a PDF."""
        from ui.dialogs.scope_dialog import ScopeDialog

        if not self._jobs.is_free:
            return
        self._session.commit_asked.emit()
        scopes = self._scopes()
        uuids = scopes[0][1]
        if len(scopes) > 1:
            dialog = ScopeDialog(tr("Export PDF"), scopes, self._window)
            if not asking.run(dialog):
                return
            uuids = dialog.uuids()
        name = self._session.title_of(uuids[0]) if len(uuids) == 1 else self._file_name()
        path = self._ask(tr("Export PDF"), name, ".pdf", tr("PDF document"))
        if path is not None:
            self.write_pdf(uuids, path)

    def write_pdf(self, uuids: Sequence[str], path: Path) -> None:
        """Write the sheets of these SOPs as a PDF, in a child process."""
        self._start({"task": "print", "wanted": list(uuids)}, path, tr("Making the PDF…"))

    def export_recap(self) -> None:
        """Ask where, then write the recap of the whole file as a workbook."""
        if not self._jobs.is_free:
            return
        self._session.commit_asked.emit()
        name = tr("Recap of {name}", name=self._file_name())
        path = self._ask(tr("Export recap"), name, ".xlsx", tr("Excel workbook"))
        if path is not None:
            self.write_recap(path)

    def write_recap(self, path: Path) -> None:
        """Write the recap of the whole file as a workbook, in a child process."""
        self._start({"task": "recap"}, path, tr("Making the recap…"))

    def _scopes(self) -> list[tuple[str, Sequence[str]]]:
        """Return the sets of SOPs that differ: this one, those shown, all."""
        everything = tuple(entry.uuid for entry in self._session.entries)
        shown = tuple(self._shown())
        scopes: list[tuple[str, Sequence[str]]] = []
        if self._session.sop is not None:
            scopes.append((tr("This SOP"), (self._session.sop.uuid,)))
        if 0 < len(shown) < len(everything):
            scopes.append((tr("The {count} shown in the list", count=len(shown)), shown))
        if not scopes or len(everything) > 1:
            scopes.append((tr("All {count} SOPs", count=len(everything)), everything))
        return scopes

    def _ask(self, title: str, name: str, ending: str, kind: str) -> Path | None:
        folder = self._settings.output_folder
        if folder is None or not os.path.isdir(folder):
            folder = Path(self._file_path()).parent
        proposed = folder / f"{_as_file_name(name)}{ending}"
        path = asking.save_path(self._window, title, proposed, f"{kind} (*{ending})")
        if path is not None:
            self._settings.output_folder = path.parent
        return path

    def _start(self, task: Mapping[str, Any], path: Path, words: str) -> None:
        self._jobs.run({**task, "out": str(path)}, words, lambda made: self._on_done(path, made))

    def _on_done(self, path: Path, made: Any) -> None:  # noqa: ANN401
        tell_damage(self._window, path, made["damage"])
        told = tr("{name} is ready.", name=path.name)
        if titles := made.get("titles"):  # of a print; a recap lists them
            told += " " + tr("{count} titles without a sheet were left out.", count=titles)
        self._toast.say(
            told,
            tr("Open"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    def _file_path(self) -> str:
        file = self._session.file
        return str(file.path) if file is not None else ""

    def _file_name(self) -> str:
        return Path(self._file_path()).stem


def _as_file_name(title: str) -> str:
    """Return a title without what no file name may hold, of bearable length."""
    return _NOT_IN_NAMES.sub(" ", title).strip(" .")[:120] or "SOP"
