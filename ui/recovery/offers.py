"""Recovery copies that a crash has left, and how the office file stands to each. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.values import Sop
    from sopdesk.storage.drafts import Draft
    from sopdesk.storage.office_file import OfficeFile


class Standing(Enum):
    """What has become of the SOP in the file since the copy's work began."""

    SAME = auto()
    CHANGED = auto()
    DELETED = auto()
    UNREACHABLE = auto()
    """The file is not open: it is missing, or cannot be read."""
    SAVED = auto()
    """The file holds all that the copy does, but for text that could not be read yet."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A recovery copy, how the file stands to it, and what the file holds; None for nothing."""

    draft: Draft
    standing: Standing
    held: Sop | None = None

    @property
    def title(self) -> str:
        """The title of the SOP as it was typed."""
        return self.draft.sop.identity.title


def offers_of(drafts: Iterable[Draft], file: OfficeFile | None) -> list[Offer]:
    """Return the copies with their standing; `file` is the one they belong to, if it is open."""
    return [_offer(draft, file) for draft in drafts]


def _offer(draft: Draft, file: OfficeFile | None) -> Offer:
    if file is None:
        return Offer(draft, Standing.UNREACHABLE, draft.base)
    try:
        stored = file.load(draft.uuid)
    except UserError as fault:
        is_gone = fault.code == "sop_missing"
        return Offer(draft, Standing.DELETED if is_gone else Standing.UNREACHABLE, draft.base)
    if stored.sop == draft.sop or not draft.has_work:
        return Offer(draft, Standing.SAVED, stored.sop)
    standing = Standing.SAME if stored.rev == draft.rev else Standing.CHANGED
    return Offer(draft, standing, stored.sop)
