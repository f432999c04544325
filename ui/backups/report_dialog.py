"""What came of a merge or of a check: the outcome in a sentence, and the list of what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from sopdesk.foundation.wording import tr
from ui.dialogs.sizes import on_screen
from ui.plain_words import PlainLabel, plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QPushButton, QWidget

_SIZE = QSize(640, 460)
_LOOK = Qt.ItemDataRole.UserRole
_HIGHEST = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found; `look` shows more of it, where there is more."""

    text: str
    look: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind under their heading."""

    heading: str
    lines: Sequence[Line]


class _WholeSentences(QStyledItemDelegate):
    """Makes each row as high as its words need; a tree by itself cuts them off after one line."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size that the words take in the column as wide as it is now."""
        one_line = super().sizeHint(option, index)
        words = index.data()
        depth = 2 if index.parent().isValid() else 1
        margins = 2 * (self._tree.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
        width = self._tree.columnWidth(0) - depth * self._tree.indentation() - margins
        metrics = QFontMetrics(index.data(Qt.ItemDataRole.FontRole) or option.font)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        needed = metrics.boundingRect(0, 0, width, _HIGHEST, flags, words).height()
        beyond = max(0, needed - metrics.height())
        return QSize(min(one_line.width(), width), one_line.height() + beyond)


class ReportDialog(QDialog):
    """Shows groups of lines, empty ones left out; Enter or a double click looks at a line."""

    def __init__(
        self,
        title: str,
        outcome: str,
        groups: Sequence[Group],
        look_word: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("report_dialog")
        self.setWindowTitle(title)
        self._looks: list[Callable[[], object]] = []
        self._tree = QTreeWidget(self)
        self._tree.ensurePolished()  # else rows opened now keep the height of another style
        self._tree.setObjectName("report_list")
        self._tree.setAccessibleName(title)
        self._tree.setHeaderHidden(True)
        self._tree.setWordWrap(True)
        self._tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._tree.setItemDelegate(_WholeSentences(self._tree))
        for group in groups:
            if group.lines:
                self._add(group)
        self._tree.expandAll()
        box = QDialogButtonBox()
        self._look = self._look_button(box, look_word) if self._looks else None
        close = box.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        self._tree.itemActivated.connect(self._on_look)
        self._tree.currentItemChanged.connect(self._enable)
        box.rejected.connect(self.reject)
        said = PlainLabel(outcome)
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(said)
        column.addWidget(self._tree, 1)
        column.addWidget(box)
        self._enable()
        self.resize(on_screen(self, parent, _SIZE))

    def _add(self, group: Group) -> None:
        head = QTreeWidgetItem([f"{group.heading} ({len(group.lines)})"])
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        self._tree.addTopLevelItem(head)
        for line in group.lines:
            item = QTreeWidgetItem(head, [line.text])
            item.setToolTip(0, plain_tip(line.text))
            if line.look is not None:
                item.setData(0, _LOOK, len(self._looks))
                self._looks.append(line.look)
                if self._tree.currentItem() is None:
                    self._tree.setCurrentItem(item)

    def _look_button(self, box: QDialogButtonBox, words: str) -> QPushButton:
        button = box.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName("report_look")
        button.setAutoDefault(False)
        button.clicked.connect(self._on_look)
        return button

    def _enable(self) -> None:
        if self._look is not None:
            self._look.setEnabled(self._current_look() is not None)

    def _current_look(self) -> Callable[[], object] | None:
        item = self._tree.currentItem()
        number = item.data(0, _LOOK) if item is not None else None
        return self._looks[number] if number is not None else None

    def _on_look(self) -> None:
        look = self._current_look()
        if look is not None:
            look()
