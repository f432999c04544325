"""The larger fields that sheet settings are made of: margins, columns, widths, words, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QGroupBox,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.values import COLUMNS, ListStyle, ListStyles
from sopdesk.foundation.wording import tr
from ui.dialogs.fields import ChoiceField, NumberField, form, hint
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopdesk.document.values import Pairs

Margins = tuple[float, float, float, float]
Widths = tuple[tuple[str, float], ...]

_WIDTHS_A_ROW = 4
_ROW = 24
_NARROWEST_MM, _WIDEST_MM = 5.0, 250.0
_LIST_WORDS = (
    ("legal_basis", "Legal basis"),
    ("qualifications", "Qualifications"),
    ("related", "Related SOPs"),
    ("equipment", "Equipment"),
    ("warnings", "Warnings"),
    ("records", "Records"),
    ("activity_items", "Items of an activity"),
    ("requirements", "Requirements"),
    ("outputs", "Outputs"),
)
_STYLE_WORDS = (
    (ListStyle.NUMBERS, "1. 2. 3."),
    (ListStyle.LETTERS, "a. b. c."),
    (ListStyle.BULLETS, "•"),
    (ListStyle.DASHES, "–"),
    (ListStyle.PLAIN, "Plain text"),
)


class MarginsField(QGroupBox):
    """Four margins in mm. `is_own` makes them optional; None: they are always the sheet's."""

    def __init__(self, margins: Margins, is_own: bool | None) -> None:
        super().__init__(tr("Margins"))
        if is_own is not None:
            self.setTitle(tr("Own margins"))
            self.setCheckable(True)
            self.setChecked(is_own)
        words = (tr("Top"), tr("Right"), tr("Bottom"), tr("Left"))
        self._fields = [NumberField(margin, 0.0, 60.0, "mm") for margin in margins]
        grid = QGridLayout(self)
        for index, place in enumerate(((0, 0), (1, 2), (0, 2), (1, 0))):
            label = PlainLabel(words[index])
            label.setBuddy(self._fields[index])
            grid.addWidget(label, *place)
            grid.addWidget(self._fields[index], place[0], place[1] + 1)

    def margins(self) -> Margins | None:
        """Return top, right, bottom, left; None where the office's hold."""
        if self.isCheckable() and not self.isChecked():
            return None
        top, right, bottom, left = (field.number() or 0.0 for field in self._fields)
        return top, right, bottom, left


class ColumnsField(QGroupBox):
    """Which columns the flow table has, in which order: ticked and dragged.

    `words` are the printed words by their keys.
    """

    def __init__(
        self, columns: tuple[str, ...], is_own: bool | None, words: Mapping[str, str]
    ) -> None:
        super().__init__(tr("Columns of the table"))
        if is_own is not None:
            self.setTitle(tr("Own columns"))
            self.setCheckable(True)
            self.setChecked(is_own)
        self._list = QListWidget()
        self._list.setAccessibleName(self.title())
        self._list.setMinimumWidth(170)
        self._list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        for column in (*columns, *(other for other in COLUMNS if other not in columns)):
            item = QListWidgetItem(words[f"column_{column}"], self._list)
            item.setData(Qt.ItemDataRole.UserRole, column)
            item.setSizeHint(QSize(0, _ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            shown = column in columns
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            if column in ("activity", "lanes"):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        box = QVBoxLayout(self)
        box.addWidget(self._list)
        box.addWidget(hint(tr("Drag to change the order.")))

    def columns(self) -> tuple[str, ...] | None:
        """Return the ticked columns in their order; None where the office's hold."""
        if self.isCheckable() and not self.isChecked():
            return None
        items = [self._list.item(row) for row in range(self._list.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )


class WidthsField(QGroupBox):
    """The columns' widths in mm; one that is left automatic follows what its column holds.

    What is not set follows the widths that the `office` has fixed.
    """

    def __init__(self, widths: Widths, office: Widths, words: Mapping[str, str]) -> None:
        super().__init__(tr("Widths of the columns"))
        own, inherited = dict(widths), dict(office)
        self._fields: dict[str, NumberField] = {}
        grid = QGridLayout(self)
        for place, column in enumerate(COLUMNS):
            empty = tr("as the office") if column in inherited else tr("automatic")
            field = NumberField(own.get(column), _NARROWEST_MM, _WIDEST_MM, "mm", empty=empty)
            word = words[f"column_{column}"]
            label = PlainLabel(tr("{column}, each", column=word) if column == "lanes" else word)
            label.setBuddy(field)
            row, across = divmod(place, _WIDTHS_A_ROW)
            grid.addWidget(label, row, 2 * across)
            grid.addWidget(field, row, 2 * across + 1)
            self._fields[column] = field

    def widths(self) -> Widths:
        """Return the widths that are set."""
        numbers = ((column, field.number()) for column, field in self._fields.items())
        return tuple((column, number) for column, number in numbers if number is not None)


class WordsField(QWidget):
    """The printed words: the usual one, and what is printed in its place."""

    def __init__(self, own: Pairs, usual: Mapping[str, str], headings: tuple[str, str]) -> None:
        super().__init__()
        words = dict(own)
        self._table = QTableWidget(len(DEFAULT_LABELS), 2)
        self._table.setAccessibleName(tr("Printed words"))
        self._table.setHorizontalHeaderLabels(list(headings))
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(26)
        self._table.setShowGrid(False)
        stretch = QHeaderView.ResizeMode.Stretch
        self._table.horizontalHeader().setSectionResizeMode(stretch)
        for row, key in enumerate(DEFAULT_LABELS):
            item = QTableWidgetItem(usual[key])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self._table.setItem(row, 0, item)
            self._table.setItem(row, 1, QTableWidgetItem(words.get(key, "")))
        column = QVBoxLayout(self)
        column.addWidget(hint(tr("Leave a word empty to print the usual one.")))
        column.addWidget(self._table)

    def words(self) -> Pairs:
        """Return the words that are printed in place of the usual ones."""
        return tuple(
            (self._text(row, 0, Qt.ItemDataRole.UserRole), self._text(row, 1).strip())
            for row in range(self._table.rowCount())
            if self._text(row, 1).strip()
        )

    def _text(
        self, row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole
    ) -> str:
        item = self._table.item(row, column)
        return str(item.data(role) or "") if item is not None else ""


class ListsField(QWidget):
    """How the items of each list are marked. With `office` each may be left to the office."""

    def __init__(self, styles: ListStyles, office: ListStyles | None = None) -> None:
        super().__init__()
        words = {style: tr(word) for style, word in _STYLE_WORDS}
        self._fields: dict[str, ChoiceField[ListStyle | None]] = {}
        fields = form()
        for name, word in _LIST_WORDS:
            choices: list[tuple[ListStyle | None, str]] = list(words.items())
            if office is not None:
                inherited = words.get(getattr(office, name), "")
                choices.insert(0, (None, tr("As the office ({word})", word=inherited)))
            self._fields[name] = ChoiceField(choices, getattr(styles, name))
            fields.addRow(tr(word), self._fields[name])
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(hint(tr("How the items of each list are marked on the sheet.")))
        column.addLayout(fields)
        column.addStretch()

    def styles(self) -> ListStyles:
        """Return the styles as they were chosen."""
        return ListStyles(**{name: field.value() for name, field in self._fields.items()})
