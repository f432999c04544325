"""What is said and offered when an office file does not open. The file itself stays untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking
from ui.moments import moment_word
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sopdesk.storage.backups import Backup
    from ui.window.file_commands import FileCommands

    Way = tuple[str, Callable[[], bool]]

_PASSING = ("file_locked", "file_disturbed", "file_unreadable", "file_damaged")
"""What may be gone at another try: a share that is slow, a disk that stutters."""
_DAMAGED = ("file_damaged", "file_altered", "file_endless")
_LOST = (*_DAMAGED, "file_missing", "file_empty", "file_foreign", "file_foreign_database")
"""What a backup helps against."""
_MOST_TOLD = 6


class FileTrouble:
    """Words the verdict on a file, and offers the ways out that there are for it."""

    def __init__(self, files: FileCommands, window: QWidget) -> None:
        """Take who opens files, and the window that asks."""
        self._files = files
        self._window = window

    def resolve(self, fault: UserError, path: Path) -> bool:
        """Tell why the file did not open, and take the way that is chosen; say if it is open."""
        with waiting():
            backup = _newest_backup(path) if fault.code in _LOST else None
            detail = _detail(fault, path, backup)
        ways = self._ways(fault, path, backup)
        if not ways:
            asking.tell(self._window, word_fault(fault))
            return False
        answers = [*(words for words, _take in ways), tr("Close")]
        # What Enter does changes nothing: another try where that may help, else no way at all.
        default = len(ways) - (fault.code in _PASSING)
        chosen = asking.choose(
            self._window, word_fault(fault), detail, answers, safe=len(ways), default=default
        )
        return chosen < len(ways) and ways[chosen][1]()

    def _ways(self, fault: UserError, path: Path, backup: Backup | None) -> list[Way]:
        ways: list[Way] = []
        if backup is not None:
            words = tr("Restore the Backup of {moment}", moment=moment_word(backup.made_at))
            ways.append((words, lambda: self._restore(path, backup)))
        if fault.code in _DAMAGED:
            ways.append((tr("Open What Is Sound"), lambda: self._open_sound(path)))
        if fault.code in _PASSING:
            ways.append((tr("Try Again"), lambda: self._files.open(path)))
        return ways

    def _restore(self, path: Path, backup: Backup) -> bool:
        """Put the backup in the file's place; what was there goes into the backups first."""
        from sopdesk.storage.backups import Backups

        try:
            with waiting():
                Backups(path).restore(backup)
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return False
        return self._files.open(path)

    def _open_sound(self, path: Path) -> bool:
        """Show what in the file is whole, read-only."""
        from sopdesk.storage.office_file import open_despite_damage

        return self._files.look_at(lambda: open_despite_damage(path), path)


def _newest_backup(path: Path) -> Backup | None:
    from sopdesk.storage.backups import newest_good_backup

    return newest_good_backup(path)


def _detail(fault: UserError, path: Path, backup: Backup | None) -> str:
    """Return what is known beyond the fault: what is damaged, and what a backup holds."""
    told = [f"•  {text}" for text in _damage(path)] if fault.code in _DAMAGED else []
    if backup is not None:
        told.append(
            tr(
                "The newest sound backup is of {moment}, with {count} SOPs. Before it is restored, "
                "the file as it is now is kept among the backups.",
                moment=moment_word(backup.made_at),
                count=backup.sops,
            )
        )
    elif fault.code in _LOST:
        told.append(tr("There is no backup of this file on this computer or beside it."))
    return "\n".join(told)


def _damage(path: Path) -> list[str]:
    """Return the words of what is damaged within the file, where that can be told."""
    from sopdesk.storage.verification import verify

    try:
        found = verify(path)
    except UserError:
        return []
    inner = [word_fault(fault) for fault in found.faults if fault.code not in _DAMAGED]
    return inner[:_MOST_TOLD]
