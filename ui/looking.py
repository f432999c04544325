"""What another process has written into the office file, as the file thread finds it.

Nothing here touches Qt: it runs in the file thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from ui.works import Foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopdesk.document.office import Office
    from sopdesk.storage.office_file import Entry, OfficeFile
    from sopdesk.storage.watching import Watch


@dataclass(frozen=True, slots=True)
class Seen:
    """The file at one look: its office, its list, and which of the SOPs asked about are new.

    `foreign` holds, by uuid, each of them that is no longer at the save that was known.
    """

    office: Office
    entries: tuple[Entry, ...]
    foreign: Mapping[str, Foreign]


class Lookout:
    """Looks at the file again and again, and reads it only when it has changed."""

    def __init__(self) -> None:
        """Begin without a file; the first look always reads."""
        self._file: OfficeFile | None = None
        self._watch: Watch | None = None
        self._is_due = True

    def look(self, file: OfficeFile, known: Mapping[str, int]) -> Seen | None:
        """Return what is there, None where nothing has changed since the last look.

        `known` are the numbers of saves, by uuid, of the SOPs that are wanted if they are newer.

        Raises:
            UserError: `file_missing` (the share has gone), `file_moved` (another file stands there
                now), or what reading raises. The next look tries again.
        """
        if self._watch is None or self._file is not file:
            from sopdesk.storage.watching import Watch

            self.close()
            self._file, self._watch, self._is_due = file, Watch(file), True
        if not self._watch.is_there():
            raise UserError("file_missing", path=str(file.path))
        if self._watch.is_replaced():
            raise UserError("file_moved", path=str(file.path))
        self._is_due = self._watch.has_changed() or self._is_due
        if not self._is_due:
            return None
        seen = read(file, known)
        self._is_due = False
        return seen

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None


def read(file: OfficeFile, known: Mapping[str, int]) -> Seen:
    """Read the office, the list, and what is new of the SOPs that are known.

    Raises:
        UserError: the file cannot be read.
    """
    # Damage of the settings was told when the file was opened.
    office, entries = file.office(lambda fault: None), tuple(file.entries())
    listed = {entry.uuid: entry for entry in entries}
    foreign = {
        uuid: foreign_in(file, uuid)
        for uuid, rev in known.items()
        if uuid not in listed or listed[uuid].rev != rev
    }
    return Seen(office, entries, {uuid: one for uuid, one in foreign.items() if one is not None})


def foreign_in(file: OfficeFile, uuid: str) -> Foreign | None:
    """Return what the file holds of an SOP now; None where that cannot be read."""
    try:
        stored = file.load(uuid)
    except UserError as fault:
        if fault.code == "sop_missing":
            return Foreign(None, last=file.last_revision(uuid))
        if fault.code == "sop_damaged":  # opening it tells
            return None
        raise
    return Foreign(stored.sop, stored.rev, file.last_revision(uuid))
