"""The saves of an SOP that are kept, the newest first: when, what, under which title."""

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
_REVISION = Qt.ItemDataRole.UserRole


class RevisionList(QTreeWidget):
    """One or two saves can be chosen: the one to look at, or the two to compare."""

    chosen_changed = Signal()

    def __init__(self, revisions: Sequence[Revision], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("revision_list")
        self.setAccessibleName(tr("Earlier saves"))
        self.setHeaderLabels([tr("When"), tr("What"), tr("Title")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for revision in revisions:
            words = moment_word(revision.saved_at), tr(_EVENTS[revision.event]), revision.title
            item = QTreeWidgetItem(list(words))
            item.setData(0, _REVISION, revision)
            item.setToolTip(2, plain_tip(revision.title))
            self.addTopLevelItem(item)
        for column in (0, 1):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
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
