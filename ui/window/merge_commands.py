"""Merging a mailed copy of the office file: what came of each SOP, and what both had changed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.moments import moment_word
from ui.window.file_commands import OFFICE_FILES
from ui.window.source import ask_for_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.backups.report_dialog import Line
    from ui.jobs.job_runner import JobRunner
    from ui.session import Session
    from ui.toast import Toast


class MergeCommands(QObject):
    """Brings another office file in, by a child process, and reports.

    The last report on each file can be read again until the window closes.
    """

    reported = Signal()
    """There is another report on the open file."""

    def __init__(self, session: Session, jobs: JobRunner, toast: Toast, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._toast = toast
        self._window = window
        self._reports: dict[Path, Callable[[], object]] = {}

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {"merge_file": self.ask_and_merge, "merge_report": self.show_report}

    @property
    def has_report(self) -> bool:
        """Whether something was merged into the open file since the window was opened."""
        file = self._session.file
        return file is not None and file.path in self._reports

    def show_report(self) -> None:
        """Show once more what came of the last merge into the open file."""
        file = self._session.file
        if file is not None and self.has_report:
            self._reports[file.path]()

    def ask_and_merge(self) -> None:
        """Ask for another office file and bring its SOPs into this one."""
        kinds = OFFICE_FILES.format(tr("Office file"))
        path = ask_for_source(
            self._session, self._jobs, tr("Merge office file"), kinds, self._window
        )
        if path is not None:
            self.merge(path)

    def merge(self, other: Path) -> None:
        """Bring the SOPs of another office file in, all or none, and report what became of each."""
        file = self._session.file
        if file is None:
            return
        self._session.commit_asked.emit()
        task = {"task": "merge", "other": str(other)}
        self._jobs.run(task, tr("Merging…"), partial(self._on_merged, file.path, other))

    def _on_merged(self, ours: Path, other: Path, made: Any) -> None:  # noqa: ANN401
        self._session.reread()
        report = partial(self._report, ours, other, made)
        self._reports[ours] = report
        self.reported.emit()
        report()
        self._toast.say(_merge_outcome(made, other), tr("Show the Report"), report)

    def _report(self, ours: Path, other: Path, made: Any) -> None:  # noqa: ANN401
        from ui.backups.report_dialog import Group, Line, ReportDialog

        file = self._session.file
        is_open = file is not None and file.path == ours  # else another is open by now
        conflicts = [
            Line(_named(one), partial(self._compare, one, other) if is_open else None)
            for one in made["kept_both"]
        ]
        both = tr(
            "Changed in both files; the version from there is marked “other version” in the list"
        )
        groups = [
            Group(both, conflicts),
            Group(tr("Damaged in that file"), _lost(made["losses"])),
            Group(tr("New in this file"), _lines(made["added"])),
            Group(tr("Taken over, because it is newer there"), _lines(made["taken"])),
            Group(tr("Known already"), _lines(made["skipped"])),
        ]
        outcome = _merge_outcome(made, other)
        asking.run(ReportDialog(tr("Merged"), outcome, groups, tr("Compare…"), self._window))

    def _compare(self, conflict: Mapping[str, Any], other: Path) -> None:
        """Show both versions of an SOP that both files had changed."""
        from ui.comparison.comparison_dialog import ComparisonDialog

        session, file = self._session, self._session.file
        if file is None:
            return
        try:
            ours, theirs = (file.load(conflict[side]).sop for side in ("ours", "theirs"))
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return
        names = tr("In this file"), tr("From “{name}”", name=other.name)
        asking.run(
            ComparisonDialog((ours, theirs), names, session.lay_out, self._window, session.title_of)
        )


def _merge_outcome(made: Mapping[str, Any], other: Path) -> str:
    counts = {name: len(made[name]) for name in ("added", "taken", "skipped", "kept_both")}
    is_new = counts["added"] or counts["taken"] or counts["kept_both"]
    if not is_new and not made["losses"]:
        return tr("“{name}” brings nothing new.", name=other.name)
    return tr(
        "From “{name}”: {added} new, {taken} newer, {kept_both} kept in both versions.",
        name=other.name,
        **{name: counts[name] for name in ("added", "taken", "kept_both")},
    )


def _named(sop: Mapping[str, Any]) -> str:
    title = sop["title"] or tr("(untitled)")
    return "   ·   ".join(part for part in (sop["number"], title) if part)


def _lines(sops: Iterable[Mapping[str, Any]]) -> list[Line]:
    from ui.backups.report_dialog import Line

    return [Line(_named(sop)) for sop in sops]


def _lost(losses: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return a line for each SOP that is damaged in the other file, and what became of it."""
    from ui.backups.report_dialog import Line

    lines = []
    for loss in losses:
        title, saved_at = _named(loss), loss["saved_at"]
        if saved_at is None:
            lines.append(Line(tr("{title}: did not come in", title=title)))
        else:
            moment = moment_word(datetime.fromisoformat(saved_at))
            told = tr("{title}: the save of {moment} was used", title=title, moment=moment)
            lines.append(Line(told))
    return lines
