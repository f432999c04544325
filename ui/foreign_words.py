"""Who changed an SOP, and when, in words for a clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.wording import tr
from ui.moments import moment_word

if TYPE_CHECKING:
    from ui.works import Foreign


def what_happened(foreign: Foreign) -> str:
    """Return the sentence that tells the change: who, if that is known, did what, and when."""
    who, last = foreign.by or tr("Another user"), foreign.last
    if foreign.sop is None:
        if last is not None and last.event == "deleted":
            return tr("{who} deleted this SOP.", who=who)
        return tr(
            "This SOP is no longer in the file: an older state of the file, such as a backup, "
            "was put in its place."
        )
    if last is None:
        return tr("{who} saved this SOP.", who=who)
    moment = moment_word(last.saved_at)
    if last.cause == "backup":
        return tr("{who} restored this SOP from a backup {moment}.", who=who, moment=moment)
    if last.cause == "merge":
        return _of_a_merge(last.author, moment)
    return tr("{who} saved this SOP {moment}.", who=who, moment=moment)


def _of_a_merge(author: str, moment: str) -> str:
    """Word a version from another file: its author is not the one who merged."""
    if not author:
        return tr("A version from another file was merged in {moment}.", moment=moment)
    return tr(
        "The version of {who} from another file was merged in {moment}.", who=author, moment=moment
    )
