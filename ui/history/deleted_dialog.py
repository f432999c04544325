"""The SOPs that were taken out of the list and can come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui.history.frame import frame
from ui.history.sheet_pane import SheetPane
from ui.moments import moment_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Sop
    from sopdesk.sheet.values import Sheet
    from sopdesk.storage.office_file import Deleted

_SIZE = QSize(1080, 640)
_LIST_WIDTH = 340
_DELETED = Qt.ItemDataRole.UserRole


class DeletedDialog(QDialog):
    """Lists them beside their sheets; accepted, `chosen` is the one to bring back.

    `load` returns an SOP as it was and may raise a `UserError`; `lay_out` makes its sheet.
    """

    def __init__(
        self,
        deleted: Sequence[Deleted],
        load: Callable[[Deleted], Sop],
        lay_out: Callable[[Sop], Sheet],
        parent: QWidget | None,
        *,
        can_restore: bool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("deleted_dialog")
        self.setWindowTitle(tr("Deleted SOPs"))
        self._load, self._can_restore = load, can_restore
        self._list = QListWidget()
        self._list.setObjectName("deleted_list")
        self._list.setAccessibleName(tr("Deleted SOPs"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setSpacing(2)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        for one in deleted:
            self._list.addItem(_item(one))
        self._sheet = SheetPane(lay_out)
        self._restore = self._assemble()
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        self._show()

    def _assemble(self) -> QWidget:
        box = QDialogButtonBox()
        restore = box.addButton(tr("Put It Back"), QDialogButtonBox.ButtonRole.AcceptRole)
        restore.setObjectName("undelete")
        restore.setDefault(True)
        box.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        words = tr("An SOP that comes back stands at the end of the list.")
        frame(self, self._list, self._sheet, words, box, _SIZE, _LIST_WIDTH)
        return restore

    @property
    def chosen(self) -> Deleted | None:
        """The SOP that the list stands on."""
        item = self._list.currentItem()
        found: Deleted | None = item.data(_DELETED) if item is not None else None
        return found

    def _show(self, _row: int = 0) -> None:
        chosen = self.chosen
        is_sound = False
        if chosen is None:
            self._sheet.show_message(tr("No SOP was deleted from this file."))
        else:
            try:
                self._sheet.show_version(self._load(chosen))
                is_sound = True
            except UserError as fault:
                self._sheet.show_message(word_fault(fault))
        self._restore.setEnabled(is_sound and self._can_restore)


def _item(deleted: Deleted) -> QListWidgetItem:
    moment, who = moment_word(deleted.deleted_at), deleted.author
    by = tr("Deleted by {who} {moment}", who=who, moment=moment)
    when = by if who else tr("Deleted {moment}", moment=moment)
    facts = "   ·   ".join(part for part in (deleted.number, when) if part)
    item = QListWidgetItem(f"{deleted.title or tr('(untitled)')}\n{facts}")
    item.setData(_DELETED, deleted)
    return item
