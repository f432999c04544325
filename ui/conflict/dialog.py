"""The dialog on a save that met another's: both versions part by part, and what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document.merging import choose, merge
from sopdesk.foundation.wording import tr
from ui.comparison.comparison_view import ComparisonView
from ui.conflict.clash_card import ClashCard
from ui.conflict.merged_list import MergedList
from ui.dialogs.sizes import on_screen
from ui.foreign_words import what_happened
from ui.plain_words import PlainLabel, plain_caption

if TYPE_CHECKING:
    from sopdesk.document.values import Sop
    from ui.sharing import Versions

MOST_CARDS = 100
"""So many clashes are asked about one by one; of more, a whole version is the better choice."""
_SIZE = QSize(1060, 680)


class ConflictDialog(QDialog):
    """Asks what is to be saved: the parts as chosen, or one version whole.

    Nothing is lost by any answer: the version that is not taken stays in the file's history.
    """

    def __init__(self, versions: Versions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict_dialog")
        self.setWindowTitle(tr("Two versions of one SOP"))
        self.is_to_be_copied = False
        self._versions = versions
        name = versions.foreign.by
        self._their_name = tr("{name}’s", name=name) if name else tr("Theirs")
        self._merged = merge(versions.base, versions.mine, versions.theirs)
        self._cards = [
            ClashCard(clash, self._their_name) for clash in self._merged.clashes[:MOST_CARDS]
        ]
        self._ways = {
            "parts": QRadioButton(tr("Put together, part by part")),
            "mine": QRadioButton(tr("Take all of mine")),
            "theirs": QRadioButton(plain_caption(_all_of(versions.foreign.by))),
        }
        self._result = ComparisonView()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.windowTitle())
        self._tabs.addTab(self._part_list(), tr("Parts"))
        self._tabs.addTab(self._result, tr("Result"))
        self._arrange()
        self._listen()
        self.resize(on_screen(self, parent, _SIZE))

    # What is chosen

    def sop(self) -> Sop:
        """Return what is to be saved."""
        if self._whole == "mine":
            return self._versions.mine
        if self._whole == "theirs":
            return self._versions.theirs
        return choose(self._merged, {card.key: card.side for card in self._cards})

    @property
    def _whole(self) -> str:
        return next(name for name, button in self._ways.items() if button.isChecked())

    # How it is built

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._tabs, 1)
        column.addLayout(self._foot())

    def _head(self) -> QWidget:
        head = QWidget()
        title = PlainLabel(
            tr("“{title}”", title=self._versions.mine.identity.title or tr("(untitled)"))
            + f"  —  {what_happened(self._versions.foreign)}"
        )
        title.setWordWrap(True)
        title.setStyleSheet("font-weight: 600;")
        hint = PlainLabel(
            tr("Your work is safe. What you do not take stays in the history of the SOP.")
        )
        hint.setForegroundRole(hint.foregroundRole().PlaceholderText)
        hint.setWordWrap(True)
        ways = QHBoxLayout()
        ways.setSpacing(22)
        group = QButtonGroup(self)
        for name, button in self._ways.items():
            button.setObjectName(f"conflict_{name}")
            group.addButton(button)
            ways.addWidget(button)
        ways.addStretch()
        self._ways["parts"].setChecked(True)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(4)
        column.addLayout(ways)
        return head

    def _part_list(self) -> QScrollArea:
        self._choosable = QWidget()
        column = QVBoxLayout(self._choosable)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        clashes = self._merged.clashes
        if clashes:
            column.addWidget(_heading(tr("Both changed these: {count}", count=len(clashes))))
        for card in self._cards:
            column.addWidget(card)
        if len(clashes) > len(self._cards):
            left = len(clashes) - len(self._cards)
            column.addWidget(PlainLabel(tr("{count} more are taken from mine.", count=left)))
        merged = MergedList(self._merged, self._their_name)
        if merged.count:
            column.addWidget(_heading(tr("Already put together: {count}", count=merged.count)))
            column.addWidget(merged)
        if not clashes and not merged.count:
            column.addWidget(PlainLabel(tr("The two versions say the same.")))
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._choosable)
        return area

    def _foot(self) -> QHBoxLayout:
        beside = QPushButton(tr("Save Mine as a Copy"))
        beside.setObjectName("conflict_copy")
        beside.clicked.connect(self._on_copy_clicked)
        later = QPushButton(tr("Not Now"))
        later.clicked.connect(self.reject)
        keep = QPushButton(tr("Save the Result"))
        keep.setObjectName("conflict_save")
        keep.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 14)
        row.setSpacing(10)
        row.addWidget(beside)
        row.addStretch()
        for button in (beside, later, keep):
            # The clerk may still be typing when this appears: Enter must not answer it.
            button.setAutoDefault(False)
        row.addWidget(later)
        row.addWidget(keep)
        return row

    def _listen(self) -> None:
        for card in self._cards:
            card.chosen.connect(self._show_result)
        for button in self._ways.values():
            button.toggled.connect(self._on_way_toggled)
        self._show_result()

    def _on_way_toggled(self, is_checked: bool) -> None:
        if is_checked:
            self._choosable.setEnabled(self._whole == "parts")
            self._show_result()

    def _show_result(self) -> None:
        names = tr("As it was"), tr("Result")
        self._result.show_versions(self._versions.base, self.sop(), names)

    def _on_copy_clicked(self) -> None:
        self.is_to_be_copied = True
        self.accept()


def _heading(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setForegroundRole(label.foregroundRole().PlaceholderText)
    return label


def _all_of(name: str) -> str:
    return tr("Take all of {name}’s", name=name) if name else tr("Take all of theirs")
