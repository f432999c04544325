"""What is said and offered when an office file does not open. The file itself stays untouched."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.moments import moment_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from sopdesk.storage.office_file import OfficeFile

    Way = tuple[str, Callable[[], bool]]

_PASSING = ("file_locked", "file_disturbed", "file_unreadable", "file_damaged")
"""What may be gone at another try: a share that is slow, a disk that stutters."""
_DAMAGED = ("file_damaged", "file_altered", "file_endless")
_LOST = (*_DAMAGED, "file_missing", "file_empty", "file_foreign", "file_foreign_database")
"""What a backup helps against."""
_MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class _Diagnosis:
    """What was found to help: the newest sound backup, and what was rescued; None for nothing."""

    backup: Mapping[str, Any] | None = None
    rescued: Mapping[str, Any] | None = None

    @property
    def is_all_there(self) -> bool:
        """Whether what was rescued is everything, as it was last saved."""
        rescued = self.rescued
        return rescued is not None and not rescued["losses"] and rescued["has_office"]


class FileTrouble:
    """Words the verdict on a file, and offers the ways out that there are for it.

    The best way comes first, and Enter takes it: what is sound where that is everything, else the
    newest sound backup, else what is sound. None of them loses what is in the damaged file.

    `open_path` opens an office file, `look_at` shows one that `open_it` opens, at its place.
    """

    def __init__(
        self,
        open_path: Callable[[Path], bool],
        look_at: Callable[[Callable[[], OfficeFile], Path], bool],
        window: QWidget,
    ) -> None:
        self._open_path, self._look_at = open_path, look_at
        self._window = window

    def resolve(self, fault: UserError, path: Path) -> bool:
        """Tell why the file did not open, and take the way that is chosen; say if it is open."""
        with ExitStack() as stack:
            folder = tempfile.TemporaryDirectory(prefix="sopdesk-", ignore_cleanup_errors=True)
            stack.callback(folder.cleanup)
            diagnosis = self._diagnose(fault, path, Path(folder.name, path.name))

            def open_sound() -> bool:
                stack.pop_all()  # the folder goes with the file that is open now
                return self._open_sound(path, folder)

            return self._offer(fault, diagnosis, self._ways(fault, path, diagnosis, open_sound))

    def _diagnose(self, fault: UserError, path: Path, stand_in: Path) -> _Diagnosis | None:
        """Look in a child process for what helps, and rescue what is sound into `stand_in`.

        None where nobody has looked to the end: nothing can be said then of what there is.
        """
        if fault.code not in _LOST or asking.is_silent():
            return None
        job = {"task": "diagnose", "file": str(path), "out": str(stand_in)}
        found = self._carry_out(job, tr("Looking for what can be opened…"))
        return None if found is None else _Diagnosis(**found)

    def _ways(
        self,
        fault: UserError,
        path: Path,
        diagnosis: _Diagnosis | None,
        open_sound: Callable[[], bool],
    ) -> list[Way]:
        ways: list[Way] = []
        found = diagnosis or _Diagnosis()
        if (backup := found.backup) is not None:
            words = tr("Restore the Backup of {moment}", moment=_moment(backup["made_at"]))
            ways.append((words, lambda: self._restore(path, backup["path"])))
        if found.rescued is not None:
            at = 0 if found.is_all_there else len(ways)
            ways.insert(at, (tr("Open What Is Sound"), open_sound))
        if fault.code in _PASSING:
            ways.append((tr("Try Again"), lambda: self._open_path(path)))
        return ways

    def _offer(self, fault: UserError, diagnosis: _Diagnosis | None, ways: list[Way]) -> bool:
        if not ways:
            asking.tell(self._window, word_fault(fault))
            return False
        detail = "" if diagnosis is None else "\n\n".join(_findings(fault, diagnosis))
        answers = [*(words for words, _take in ways), tr("Close")]
        chosen = asking.choose(
            self._window, _verdict(fault, diagnosis), detail, answers, safe=len(ways)
        )
        return chosen < len(ways) and ways[chosen][1]()

    def _restore(self, path: Path, backup: str) -> bool:
        """Put the backup in the file's place; what was there goes into the backups first."""
        job = {"task": "restore", "file": str(path), "backup": backup}
        restored = self._carry_out(job, tr("Restoring the backup…"))
        return restored is not None and self._open_path(path)

    def _open_sound(self, path: Path, folder: tempfile.TemporaryDirectory[str]) -> bool:
        """Show what was rescued, read-only, in the place of the file."""
        from sopdesk.storage.rescuing import open_in_its_place

        return self._look_at(lambda: open_in_its_place(path, folder), path)

    def _carry_out(self, job: Mapping[str, Any], words: str) -> Any | None:  # noqa: ANN401
        """Do a task, return what it made; None where it was cancelled or failed, which is told."""
        from ui.jobs.job_dialog import carry_out

        try:
            return carry_out(job, words, self._window)
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return None


def _verdict(fault: UserError, diagnosis: _Diagnosis | None) -> str:
    """Return what happened; what to do about damage depends on what was found, and follows."""
    name = Path(str(fault.facts["path"])).name
    if fault.code == "file_foreign" and diagnosis is not None and diagnosis.backup is not None:
        return tr(
            "“{name}” no longer begins as an office file does: its beginning is damaged, or "
            "another file has come in its place. It was left as it is.",
            name=name,
        )
    if fault.code not in _DAMAGED:
        return word_fault(fault)
    return tr("“{name}” is damaged and cannot be opened. It was left as it is.", name=name)


def _findings(fault: UserError, diagnosis: _Diagnosis) -> list[str]:
    """Return what was found, the best first, as the ways stand."""
    told = [_of_backup(diagnosis.backup)]
    if diagnosis.rescued is not None:
        told.insert(0 if diagnosis.is_all_there else 1, _of_rescue(diagnosis))
    elif fault.code in _DAMAGED:
        told.append(
            tr(
                "Nothing in the file itself is sound any more. Perhaps a colleague has a copy, on "
                "another computer or in the mail."
            )
        )
    return told


def _of_backup(backup: Mapping[str, Any] | None) -> str:
    if backup is None:
        return tr("There is no backup of this file on this computer or beside it.")
    return tr(
        "The newest sound backup is of {moment}, with {count} SOPs; what was saved since is not in "
        "it. Before it is restored, the file as it is now is kept among the backups.",
        moment=_moment(backup["made_at"]),
        count=backup["sops"],
    )


def _of_rescue(diagnosis: _Diagnosis) -> str:
    rescued = diagnosis.rescued or {}
    if diagnosis.is_all_there:
        all_there = tr(
            "All {count} SOPs in it are sound, as they were last saved. You can open, print and "
            "export them, and save them as a new office file.",
            count=rescued["sops"],
        )
        return " ".join([all_there, *_of_histories(rescued)])
    told = [
        tr(
            "{count} SOPs in it are sound. You can open, print and export them, and save them as a "
            "new office file. Not sound are:",
            count=rescued["sops"],
        )
    ]
    told += [f"•  {_loss(loss)}" for loss in rescued["losses"][:_MOST_TOLD]]
    if (more := len(rescued["losses"]) - _MOST_TOLD) > 0:
        told.append(tr("and {count} more", count=more))
    if not rescued["has_office"]:
        told.append(f"•  {tr('the office settings: letterhead, paper, fonts')}")
    return "\n".join([*told, *_of_histories(rescued)])


def _of_histories(rescued: Mapping[str, Any]) -> list[str]:
    count = rescued["lost_saves"]
    return [tr("{count} earlier saves in the histories are lost.", count=count)] if count else []


def _loss(loss: Mapping[str, Any]) -> str:
    title = " ".join(part for part in (loss["number"], loss["title"] or tr("(untitled)")) if part)
    if loss["saved_at"] is None:
        return title
    moment = _moment(loss["saved_at"])
    return tr("{title} (here as it was saved {moment})", title=title, moment=moment)


def _moment(iso: str) -> str:
    return moment_word(datetime.fromisoformat(iso))
