"""The saves of an SOP that are kept, the newest first: when, whose, what, under which title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from sopdesk.foundation.wording import tr
from ui.moments import moment_word
from ui.plain_words import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.storage.office_file import Revision

_EVENTS = {"added": "Added to the file", "saved": "Saved", "deleted": "Deleted"}
_CAUSES = {
    ("added", "import"): "Imported",
    ("added", "merge"): "Merged in from another file",
    ("added", "restore"): "Put back in the list",
    ("saved", "merge"): "Merged in from another file",
    ("saved", "restore"): "Earlier save brought back",
    ("saved", "backup"): "Restored from a backup",
    ("saved", "aside"): "Set aside, not used",
}
_WHEN, _WHO, _WHAT, _TITLE = range(4)
_WIDEST_NAME = 140
_NARROWEST = 110
_REVISION = Qt.ItemDataRole.UserRole


class RevisionList(QTreeWidget):
    """One or two saves can be chosen: the one to look at, or the two to compare.

    `is_there` says whether the newest save is what the file has, and is marked so. Titles are shown
    where they differ.
    """

    chosen_changed = Signal()

    def __init__(
        self, revisions: Sequence[Revision], parent: QWidget | None = None, *, is_there: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("revision_list")
        self.setAccessibleName(tr("Earlier saves"))
        self.setHeaderLabels([tr("When"), tr("Who"), tr("What"), tr("Title")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        for row, revision in enumerate(revisions):
            is_present = row == 0 and is_there and revision.event != "deleted"
            self.addTopLevelItem(_item(revision, is_present))
        for column in (_WHEN, _WHAT):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setMinimumSectionSize(_NARROWEST)
        self.setColumnHidden(_TITLE, len({revision.title for revision in revisions}) == 1)
        self.resizeColumnToContents(_WHO)
        self.setColumnWidth(_WHO, min(self.columnWidth(_WHO), _WIDEST_NAME))
        self.itemSelectionChanged.connect(self.chosen_changed)

    def choose(self, row: int) -> None:
        """Stand on a row."""
        item = self.topLevelItem(row)
        if item is not None:
            self.setCurrentItem(item)

    def chosen(self) -> tuple[Revision, ...]:
        """Return the saves that are chosen, the newest first."""
        found: list[Revision] = [item.data(0, _REVISION) for item in self.selectedItems()]
        return tuple(sorted(found, key=lambda revision: revision.rev, reverse=True))


def _item(revision: Revision, is_present: bool) -> QTreeWidgetItem:
    done = tr(_CAUSES.get((revision.event, revision.cause), _EVENTS[revision.event]))
    what = tr("{what} · in the file now", what=done) if is_present else done
    words = moment_word(revision.saved_at), revision.author or "–", what, revision.title
    item = QTreeWidgetItem(list(words))
    item.setData(0, _REVISION, revision)
    for column, tip in enumerate(("", _who_tip(revision), _what_tip(revision), revision.title)):
        item.setToolTip(column, plain_tip(tip))
    font = item.font(0)
    font.setBold(is_present)
    font.setItalic(revision.cause == "aside")
    for column in range(item.columnCount()):
        item.setFont(column, font)
    return item


def _who_tip(revision: Revision) -> str:
    return revision.author or tr("When this was saved, nobody noted who saved.")


def _what_tip(revision: Revision) -> str:
    if revision.cause != "aside":
        return ""
    return tr(
        "Two people had saved this SOP. This version was not taken then; it is kept here whole."
    )
