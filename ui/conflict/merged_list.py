"""What came together by itself, since only one side had changed it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sopdesk.document.comparison import differences
from sopdesk.foundation.wording import tr
from ui import theme
from ui.conflict.words import changed_words, place_of, text_of

if TYPE_CHECKING:
    from sopdesk.document.comparison import Difference
    from sopdesk.document.merging import Merged

MOST = 60
"""So many are listed; the result shows all."""


class MergedList(QLabel):
    """The parts that were merged, each with the side that it came from and what it says now."""

    def __init__(self, merged: Merged, their_name: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        found = merged_parts(merged)
        self.count = len(found)
        words = {"mine": tr("Mine"), "theirs": their_name, "both": tr("Both")}
        rows = [_row(part, words[side]) for part, side in found[:MOST]]
        if len(found) > MOST:
            rows.append(html.escape(tr("{count} more differences.", count=len(found) - MOST)))
        self.setText("<br>".join(rows))


def merged_parts(merged: Merged) -> list[tuple[Difference, str]]:
    """Return what the merge changed by itself, each with `mine`, `theirs` or `both`."""
    if merged.base is None:
        return []
    clashing = {(one.part, one.field, one.name, one.procedure) for one in merged.clashes}
    mine = set(differences(merged.base, merged.mine))
    theirs = set(differences(merged.base, merged.theirs))
    found = []
    for one in differences(merged.base, merged.sop):
        if (one.part, one.field, one.name, one.procedure) in clashing:
            continue
        side = "both" if (one in mine) == (one in theirs) else "mine" if one in mine else "theirs"
        found.append((one, side))
    return found


def _row(part: Difference, side: str) -> str:
    faint = theme.colors().faint
    if part.change == "changed":
        said = changed_words(text_of(part, part.before), text_of(part, part.after))
    else:
        words = {"added": tr("added"), "removed": tr("removed"), "moved": tr("moved")}
        said = html.escape(words[part.change])
    place = html.escape(place_of(part))
    return f"<span style='color: {faint}'>{html.escape(side)}:</span> {place}: {said or '–'}"
