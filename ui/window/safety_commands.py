"""Keeping the office file safe: backups, a copy to send, what is sound of it, checking it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.moments import moment_word
from ui.waiting import waiting
from ui.window.file_commands import OFFICE_FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from sopdesk.storage.backups import Backup
    from ui.backups.report_dialog import Line
    from ui.jobs.job_runner import JobRunner
    from ui.session import Session
    from ui.toast import Toast
    from ui.window.file_commands import FileCommands


class SafetyCommands(QObject):
    """What the File menu offers besides saving. Long work is done by a child process."""

    def __init__(
        self,
        session: Session,
        files: FileCommands,
        jobs: JobRunner,
        toast: Toast,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._files = files
        self._jobs = jobs
        self._toast = toast
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {
            "backups": self.show_backups,
            "send_copy": self.ask_and_send,
            "verify_file": self.verify,
        }

    # Backups

    def show_backups(self) -> None:
        """Show the backups of the file; restore or open the one that is chosen."""
        from sopdesk.storage.backups import Backups
        from ui.backups.backups_dialog import BackupsDialog

        file = self._session.file
        if file is None:
            return
        with waiting():
            backups = Backups(file.path).list()
        can_restore = not self._session.is_read_only or file.stand_in is not None
        dialog = BackupsDialog(backups, self._window, can_restore=can_restore)
        chosen = dialog.chosen if asking.run(dialog) else None
        if chosen is None:
            return
        if dialog.choice == "open":
            self.open_backup(chosen)
        elif self._jobs.is_free and self._is_wanted(chosen):
            self.restore(chosen)

    def open_backup(self, backup: Backup) -> None:
        """Show a backup in place of the file, read-only."""
        from sopdesk.storage.office_file import open_file

        if self._files.saves.leave():
            path = backup.path
            self._files.look_at(lambda: open_file(path, writable=False), path)

    def _is_wanted(self, backup: Backup) -> bool:
        question = tr("Let the file be as it was {moment}?", moment=moment_word(backup.made_at))
        detail = tr(
            "It then holds {count} SOPs. What was saved since leaves the file, for everybody; the "
            "file as it is now is kept among the backups first.",
            count=backup.sops,
        )
        answers = [tr("Restore"), tr("Cancel")]
        return asking.choose(self._window, question, detail, answers, safe=1, default=1) == 0

    def restore(self, backup: Backup) -> None:
        """Let the file hold again what the backup holds, in a child process, and show it."""
        session = self._session
        if session.file is None or not self._files.saves.leave():
            return
        for sop in session.unsaved_sops:  # The clerk has just said that it need not be saved.
            session.give_up(sop.uuid)
        moment = moment_word(backup.made_at)

        path, is_rescued = session.file.path, session.file.stand_in is not None

        def show_anew(_made: object) -> None:
            if session.file is None or session.file.path != path:  # another is open by now
                ready = tr("{name} is ready.", name=path.name)
                self._toast.say(ready, tr("Open"), lambda: self._files.open(path))
                return
            if is_rescued:
                self._files.open(path)
                return
            # Not opened anew: what was typed while the restore went on stays, to be compared.
            session.reread()
            session.soundness.begin_anew()
            self._toast.withdraw_offers()
            self._toast.say(tr("The file is as it was {moment}.", moment=moment))

        task = {"task": "restore", "file": str(path), "backup": str(backup.path)}
        self._jobs.run(task, tr("Restoring the backup…"), show_anew)

    # A copy to send

    def ask_and_send(self) -> None:
        """Ask for a place and put a checked copy there; of a damaged file what is sound."""
        file = self._session.file
        if file is None or not self._jobs.is_free:
            return
        if file.stand_in is not None:
            self.ask_and_rescue()
            return
        self._session.commit_asked.emit()
        name = tr("{name} - copy", name=Path(file.path).stem)
        path = asking.save_path(
            self._window,
            tr("Send a copy"),
            Path.home() / f"{name}.db",
            OFFICE_FILES.format(tr("Office file")),
        )
        if path is not None:
            self.send_to(path)

    def send_to(self, path: Path) -> None:
        """Put a copy of the file, of one moment and checked, at this place."""
        unsaved = bool(self._session.unsaved_titles)
        # Of a file that cannot be changed, a copy is made to be changed.
        is_to_be_opened = self._session.is_read_only

        def say(_made: object) -> None:
            said = tr("“{name}” is ready to be sent.", name=path.name)
            if unsaved:
                said += f" {tr('It holds what was saved; your unsaved work is not in it.')}"
            if is_to_be_opened:
                self._toast.say(said, tr("Open the Copy"), lambda: self._files.open(path))
            else:
                self._toast.say(said)

        self._jobs.run({"task": "send_copy", "out": str(path)}, tr("Making the copy…"), say)

    # What is sound of a damaged file

    def ask_and_rescue(self) -> None:
        """Ask for a place and write what is sound there, as a new office file to go on with."""
        file = self._session.file
        if file is None or not self._jobs.is_free:
            return
        name = tr("{name} - sound", name=Path(file.path).stem)
        path = asking.save_path(
            self._window,
            tr("Save what is sound"),
            Path(file.path).with_name(f"{name}.db"),
            OFFICE_FILES.format(tr("Office file")),
            may_replace=False,
        )
        if path is not None:
            self.rescue_to(path)

    def rescue_to(self, path: Path) -> None:
        """Write what is sound into a new office file, and offer to open it."""
        task = {"task": "rescue", "out": str(path)}
        self._jobs.run(task, tr("Saving what is sound…"), lambda made: self._on_rescued(path, made))

    def _on_rescued(self, path: Path, made: Any) -> None:  # noqa: ANN401
        told = tr("“{name}” is ready, with {count} SOPs.", name=path.name, count=made["sops"])
        detail = tr("It was read and checked. The damaged file stays as it is.")
        if self._session.unsaved_titles:
            detail += f" {tr('It holds what was saved; your unsaved work is not in it.')}"
        answers = [tr("Open It"), tr("Not Now")]
        if asking.choose(self._window, told, detail, answers, safe=1) == 0:
            self._files.open(path)

    # Checking

    def verify(self) -> None:
        """Read and check everything in the file, in a child process, and say what was found."""
        file = self._session.file
        if file is not None and self._jobs.is_free:
            task = {"task": "verify", "file": str(file.path)}
            done = partial(self._on_verified, file.path)
            self._jobs.run(task, tr("Checking the file…"), done)

    def _on_verified(self, path: Path, found: Any) -> None:  # noqa: ANN401
        from ui.backups.report_dialog import Group, ReportDialog

        faults = [UserError(fault["code"], **fault["facts"]) for fault in found["faults"]]
        self._keep_in_mind(path, faults)
        if not faults:
            self._toast.say(
                tr(
                    "The file is sound: {sops} SOPs and {revisions} saves were checked.",
                    sops=found["sops"],
                    revisions=found["revisions"],
                )
            )
            return
        groups = [
            Group(tr("Damaged"), _worded(found["faults"])),
            Group(tr("Where it is still whole"), _worded(found["advice"])),
        ]
        outcome = tr("There is damage in this file. Nothing was changed by the check.")
        asking.run(ReportDialog(tr("The file was checked"), outcome, groups, "", self._window))

    def _keep_in_mind(self, path: Path, faults: Sequence[UserError]) -> None:
        """Let the window show what the check has found, unless another file is open by now."""
        session = self._session
        if session.file is None or session.file.path != path:
            return
        if not faults:
            session.soundness.begin_anew()
        for fault in faults:
            session.soundness.learn(fault)


def _worded(faults: Iterable[Mapping[str, Any]]) -> list[Line]:
    from ui.backups.report_dialog import Line

    return [Line(word_fault(UserError(fault["code"], **fault["facts"]))) for fault in faults]
