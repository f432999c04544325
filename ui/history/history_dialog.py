"""The earlier saves of an SOP: look at one, compare two, bring one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.comparison.comparison_view import ComparisonView
from ui.history.frame import frame
from ui.history.revision_list import RevisionList
from ui.history.sheet_pane import SheetPane
from ui.moments import moment_word
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Sop
    from sopdesk.sheet.values import Sheet
    from sopdesk.storage.office_file import Revision
    from ui.history.versions import Versions

_SIZE = QSize(1240, 680)
_LIST_WIDTH = 620


class HistoryDialog(QDialog):
    """Shows the saves of an SOP, beside what it is `now`; changes nothing itself.

    `now` is None where the SOP is damaged: a save is then compared with the one before only.
    `lay_out` makes the sheet of a version, `title_of` names an SOP by its uuid.
    """

    def __init__(
        self,
        now: Sop | None,
        versions: Versions,
        lay_out: Callable[[Sop], Sheet],
        title_of: Callable[[str], str],
        parent: QWidget | None,
        *,
        can_restore: bool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history_dialog")
        self.setWindowTitle(tr("History of “{title}”", title=_title(now, versions)))
        self._now, self._versions = now, versions
        self._title_of, self._can_restore = title_of, can_restore
        self.restored: tuple[Revision, Sop] | None = None
        """The save that is to be brought back, once the dialog was accepted."""
        self._list = RevisionList(versions.revisions, is_there=now is not None)
        self._sheet = SheetPane(lay_out)
        self._comparison = ComparisonView()
        self._with = QComboBox()
        self._with.addItems([tr("how it is now"), tr("the save before")])
        if now is None:
            self._with.removeItem(0)
        self._with.setAccessibleName(tr("Compared with"))
        self._with_label = PlainLabel(tr("Compared with:"))
        self._tabs = QTabWidget()
        self._restore = self._assemble()
        self._list.chosen_changed.connect(self._show)
        self._tabs.currentChanged.connect(self._show)
        self._with.currentIndexChanged.connect(self._show)
        self._list.choose(0)

    def _assemble(self) -> QWidget:
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(tr("What to see of it"))
        self._tabs.addTab(self._sheet, tr("Sheet"))
        self._tabs.addTab(self._compared(), tr("What differs"))
        box = QDialogButtonBox()
        restore = box.addButton(tr("Bring This Save Back"), QDialogButtonBox.ButtonRole.ActionRole)
        restore.setObjectName("restore_revision")
        restore.setAutoDefault(False)
        restore.clicked.connect(self._on_restore_clicked)
        close = box.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        box.rejected.connect(self.reject)
        words = tr("Choose two saves with Ctrl to compare them.")
        frame(self, self._list, self._tabs, words, box, _SIZE, _LIST_WIDTH)
        return restore

    def _compared(self) -> QWidget:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.setSpacing(8)
        head.addWidget(self._with_label)
        head.addWidget(self._with)
        head.addStretch()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._comparison, 1)
        return page

    # What is chosen

    def _show(self, _index: int = 0) -> None:
        chosen = self._list.chosen()
        are_two = len(chosen) == 2
        self._with_label.setVisible(not are_two)
        self._with.setVisible(not are_two)
        try:
            is_sound = self._show_chosen(chosen)
        except UserError as fault:
            self._sheet.show_message(word_fault(fault))
            self._comparison.show_message(word_fault(fault))
            is_sound = False
        self._restore.setEnabled(is_sound and self._can_restore and len(chosen) == 1)

    def _show_chosen(self, chosen: tuple[Revision, ...]) -> bool:
        """Show what is chosen; say whether the first of it can be read.

        Raises:
            UserError: a save that is chosen cannot be read.
        """
        if not chosen:
            self._sheet.show_message(tr("Choose a save at the left."))
            self._comparison.show_message(tr("Choose a save at the left."))
            return False
        sop = self._versions.sop(chosen[0])
        if self._tabs.currentIndex() == 0:
            self._sheet.show_version(sop)
        else:
            self._compare(chosen)
        return True

    def _compare(self, chosen: tuple[Revision, ...]) -> None:
        """Compare two chosen saves, or one with what the box says; the older stands left."""
        newer = chosen[0]
        older = chosen[-1] if len(chosen) > 1 else self._versions.before(newer)
        if len(chosen) == 1 and self._now is not None and self._with.currentIndex() == 0:
            versions = self._versions.sop(newer), self._now
            names = _name(newer), tr("Now")
        elif older is None:
            self._comparison.show_message(tr("This is the first save that is kept."))
            return
        else:
            versions = self._versions.sop(older), self._versions.sop(newer)
            names = _name(older), _name(newer)
        self._comparison.show_versions(*versions, names, self._title_of)

    def _on_restore_clicked(self) -> None:
        (revision,) = self._list.chosen()
        self.restored = revision, self._versions.sop(revision)
        self.accept()


def _title(now: Sop | None, versions: Versions) -> str:
    if now is not None:
        return now.identity.title
    return versions.revisions[0].title if versions.revisions else ""


def _name(revision: Revision) -> str:
    moment, who = moment_word(revision.saved_at), revision.author
    if revision.cause == "aside":
        whose = " ".join(filter(None, [who, moment]))
        return tr("Set aside, not used · {whose}", whose=whose)
    if not who:
        return tr("Saved {moment}", moment=moment)
    return tr("Saved by {who} {moment}", who=who, moment=moment)
