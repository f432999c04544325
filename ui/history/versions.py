"""The kept saves of one SOP, read from the office file when they are looked at. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import OfficeFile, Revision


class Versions:
    """The saves of an SOP, the newest first, and each as a value."""

    def __init__(self, file: OfficeFile, uuid: str) -> None:
        """Read the list of saves.

        Raises:
            UserError: the file cannot be read.
        """
        self._file, self._uuid = file, uuid
        self._known: dict[int, Sop] = {}
        self.revisions = tuple(file.revisions(uuid))

    def sop(self, revision: Revision) -> Sop:
        """Return the SOP as a save left it.

        Raises:
            UserError: `revision_damaged`, `revision_missing` (another has saved meanwhile, and an
                old save had to go), or the file cannot be read.
        """
        if revision.rev not in self._known:
            self._known[revision.rev] = self._file.load_revision(self._uuid, revision.rev)
        return self._known[revision.rev]

    def before(self, revision: Revision) -> Revision | None:
        """Return the save before this one, None before the first that is kept."""
        older = [other for other in self.revisions if other.rev < revision.rev]
        return older[0] if older else None
