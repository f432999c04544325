"""What a crash has left of unsaved work, and what may be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from sopdesk.foundation.wording import tr
from ui.dialogs.fields import hint
from ui.dialogs.sizes import on_screen
from ui.moments import moment_word
from ui.plain_words import PlainLabel
from ui.recovery.offers import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.recovery.offers import Offer

Choice = Literal["restore", "compare", "rescue", "discard"]
_SIZE = QSize(680, 460)
_OFFER = Qt.ItemDataRole.UserRole


class RecoveryDialog(QDialog):
    """Offers the copies of one office file; accepted, `choice` says what to do with `chosen`.

    `can_restore` is whether the file is open and can be written. Closing leaves all as it is.
    """

    def __init__(
        self, path: Path, offers: Sequence[Offer], parent: QWidget | None, *, can_restore: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_dialog")
        self.setWindowTitle(tr("Recovery copies"))
        self.choice: Choice | None = None
        self._can_restore = can_restore
        self._list = QListWidget()
        self._list.setObjectName("recovery_list")
        self._list.setAccessibleName(tr("Recovery copies"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setWordWrap(True)
        self._list.setSpacing(2)
        for offer in offers:
            self._list.addItem(_item(offer))
        self._buttons = {
            "restore": self._button(tr("Recover"), "restore"),
            "compare": self._button(tr("Compare…"), "compare"),
            "rescue": self._button(tr("Into a New File…"), "rescue"),
            "discard": self._button(tr("Discard…"), "discard"),
        }
        self._arrange(path)
        self._list.itemSelectionChanged.connect(self._enable)
        self._list.selectAll()
        self._enable()
        self._buttons["restore" if can_restore else "rescue"].setDefault(True)
        self.resize(on_screen(self, parent, _SIZE))

    def chosen(self) -> list[Offer]:
        """Return the copies that are selected, in the order of the list."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return [item.data(_OFFER) for item in items if item.isSelected()]

    def _arrange(self, path: Path) -> None:
        told = PlainLabel(tr("Work that was not saved has been kept."))
        font = told.font()
        font.setBold(True)
        told.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(told)
        column.addWidget(hint(self._what_happened(path)))
        column.addWidget(self._list, 1)
        row = QHBoxLayout()
        for name in ("restore", "compare", "rescue", "discard"):
            row.addWidget(self._buttons[name])
        row.addStretch()
        later = QPushButton(tr("Not Now"))
        later.setAutoDefault(False)
        later.clicked.connect(self.reject)
        row.addWidget(later)
        column.addLayout(row)

    def _what_happened(self, path: Path) -> str:
        said = tr(
            "SOPDesk stopped, or was closed, before the work in “{name}” could be saved. What was "
            "typed until about two seconds before is here.",
            name=path.name,
        )
        if self._can_restore:
            return said
        return f"{said} " + tr(
            "The file cannot be written at present. The copies stay until it can, or go into a "
            "new file."
        )

    def _button(self, words: str, choice: Choice) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(f"recovery_{choice}")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()

    def _enable(self) -> None:
        chosen = self.chosen()
        for name, button in self._buttons.items():
            button.setEnabled(bool(chosen) and (name != "restore" or self._can_restore))
        can_compare = len(chosen) == 1 and chosen[0].held is not None
        self._buttons["compare"].setEnabled(can_compare)


def _item(offer: Offer) -> QListWidgetItem:
    typed = tr("typed until {moment}", moment=moment_word(offer.draft.kept_at))
    facts = f"{typed}   ·   {_standing_word(offer.standing)}"
    item = QListWidgetItem(f"{offer.title or tr('(untitled)')}\n{facts}")
    item.setData(_OFFER, offer)
    return item


def _standing_word(standing: Standing) -> str:
    return {
        Standing.SAME: tr("the file has not changed since"),
        Standing.CHANGED: tr("the file was saved anew since: both will be compared"),
        Standing.DELETED: tr("the SOP was deleted from the file since"),
        Standing.UNREACHABLE: tr("the file cannot be reached"),
        Standing.SAVED: tr("the file holds the same"),
    }[standing]
