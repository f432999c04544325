"""Who changed an SOP, and when, in words for a clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.wording import tr
from ui.moments import moment_word

if TYPE_CHECKING:
    from ui.works import Foreign


def what_happened(foreign: Foreign) -> str:
    """Return the sentence that tells the change: who, if that is known, did what, and when."""
    who = foreign.by or tr("Another user")
    if foreign.sop is None:
        return tr("{who} deleted this SOP.", who=who)
    if foreign.saved_at is None:
        return tr("{who} saved this SOP.", who=who)
    return tr("{who} saved this SOP {moment}.", who=who, moment=moment_word(foreign.saved_at))
