"""The backups of the office file: when, why, how much is in each; open one, go back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import hint
from ui.dialogs.sizes import on_screen
from ui.moments import moment_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton, QWidget

    from sopdesk.storage.backups import Backup

Choice = Literal["restore", "open"]
_SIZE = QSize(720, 440)
_BACKUP = Qt.ItemDataRole.UserRole
_REASONS = {
    "daily": "Daily, before the first change",
    "migration": "Before an update of the file",
    "merge": "Before a merge",
    "restore": "Before a backup was restored",
}


class BackupsDialog(QDialog):
    """Lists the backups, the newest first; accepted, `choice` says what to do with `chosen`."""

    def __init__(
        self, backups: Sequence[Backup], parent: QWidget | None, *, can_restore: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("backups_dialog")
        self.setWindowTitle(tr("Backups"))
        self.choice: Choice | None = None
        self._can_restore = can_restore
        self._list = QTreeWidget()
        self._list.setObjectName("backup_list")
        self._list.setAccessibleName(tr("Backups"))
        self._list.setHeaderLabels([tr("When"), tr("Why"), tr("SOPs"), tr("Size"), tr("Condition")])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setAllColumnsShowFocus(True)
        for backup in backups:
            self._list.addTopLevelItem(_item(backup))
        fits = QHeaderView.ResizeMode.ResizeToContents
        self._list.header().setSectionResizeMode(fits)
        self._buttons = self._arrange(bool(backups))
        self._list.itemSelectionChanged.connect(self._enable)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._enable()
        self.resize(on_screen(self, parent, _SIZE))

    @property
    def chosen(self) -> Backup | None:
        """The backup that the list stands on."""
        items = self._list.selectedItems()
        found: Backup | None = items[0].data(0, _BACKUP) if items else None
        return found

    def _arrange(self, has_some: bool) -> dict[Choice, QPushButton]:
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        restore = box.addButton(tr("Restore…"), role.ActionRole)
        look = box.addButton(tr("Open Read-Only"), role.ActionRole)
        close = box.addButton(tr("Close"), role.RejectRole)
        close.setDefault(True)
        restore.setObjectName("restore_backup")
        look.setObjectName("open_backup")
        restore.setAutoDefault(False)
        look.setAutoDefault(False)
        restore.clicked.connect(lambda: self._choose("restore"))
        look.clicked.connect(lambda: self._choose("open"))
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        said = tr(
            "SOPDesk backs the file up by itself: before the first change of each day, and before "
            "anything large is done to it."
        )
        if not has_some:
            said += f"\n\n{tr('There is no backup of this file yet.')}"
        column.addWidget(hint(said))
        column.addWidget(self._list, 1)
        column.addWidget(box)
        return {"restore": restore, "open": look}

    def _enable(self) -> None:
        has_one = self.chosen is not None
        self._buttons["open"].setEnabled(has_one)
        self._buttons["restore"].setEnabled(has_one and self._can_restore)

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def _item(backup: Backup) -> QTreeWidgetItem:
    condition = tr("sound") if backup.is_sound else tr("with damage")
    item = QTreeWidgetItem(
        [
            moment_word(backup.made_at),
            tr(_REASONS[backup.reason]),
            str(backup.sops),
            size_word(backup.size),
            condition,
        ]
    )
    for column in (2, 3):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setData(0, _BACKUP, backup)
    return item


def size_word(size: int) -> str:
    """Return a file's size in kB or MB, rounded up."""
    kilobytes = -(-size // 1000)
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{-(-kilobytes // 1000)} MB"
