"""How a cell of the step table looks and is edited; widths and heights follow the text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.fields.cell_editor import PADDING_PX, CellEditor
from ui.editor.fields.marked_lines import marked_items, marked_lines, plain_lines
from ui.editor.fields.text_block import text_block
from ui.editor.keys import leaves_field
from ui.editor.kind_icons import paint_kind
from ui.editor.table.columns import column_title, key_of
from ui.editor.table.model import FAULT_ROLE, KINDS_ROLE, REFERS_ROLE, SELECTED_ROLE
from ui.editor.words import kind_words
from ui.theme import colors

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.editor.fields.choice_list import Choices
    from ui.editor.fields.marked_lines import Lines

Index = QModelIndex | QPersistentModelIndex
_ICON_PX = 15
_LEAST_HEIGHT_PX = 26
READINGS = {
    "activity": marked_lines,
    "requirements": marked_items,
    "duration": marked_lines,
    "outputs": marked_items,
    "remarks": marked_lines,
}
"""How the columns are read whose texts print in bold and italics."""


class StepDelegate(QStyledItemDelegate):
    """Paints and edits the cells. `choices_of` says what may stand in a cell."""

    editor_opened = Signal(object)

    def __init__(self, parent: QObject, choices_of: Callable[[Index], Choices]) -> None:
        super().__init__(parent)
        self._choices_of = choices_of
        self.editor: CellEditor | None = None
        """The field that is open, if any."""

    # How it looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell: its shade, its symbols, its text, and what could not be read in it."""
        look, rect, state = colors(), option.rect, option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.selected))
        elif index.data(SELECTED_ROLE):
            painter.fillRect(rect, QColor(look.hover))
        inner = rect.adjusted(PADDING_PX, PADDING_PX, -PADDING_PX, -PADDING_PX)
        if key_of(index) == "kind" and not index.data(FAULT_ROLE):
            self._paint_kinds(painter, option, index, inner)
            inner = inner.adjusted(_ICON_PX + 6, 0, 0, 0)
        self._paint_text(painter, option.font, index, inner)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.accent), 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_text(self, painter: QPainter, font: QFont, index: Index, inner: QRect) -> None:
        """Paint the text, and below it why it cannot be read or which SOP the step refers to."""
        look, key, fault = colors(), key_of(index), index.data(FAULT_ROLE)
        text, refers = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), index.data(REFERS_ROLE)
        color = look.error if fault else look.faint if key == "number" else look.text
        painter.setPen(QColor(color))
        block = text_block(text, inner.width(), font, _reading(key, fault))
        top = QPointF(inner.topLeft())
        block.paint(painter, top)
        below = top + QPointF(0, block.height + 2)
        if fault:
            text_block(fault, inner.width(), _small(font)).paint(painter, below)
        elif refers:
            painter.setPen(QColor(look.accent))
            text_block(refers, inner.width(), font).paint(painter, below if text else top)
        elif not text and key == "activity":
            painter.setPen(QColor(look.faint))
            text_block(tr("Type the activity"), inner.width(), font).paint(painter, top)

    def _paint_kinds(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, inner: QRect
    ) -> None:
        line = option.fontMetrics.lineSpacing()
        for row, kind in enumerate(index.data(KINDS_ROLE) or ()):
            top = inner.top() + row * line + (line - _ICON_PX) / 2
            paint_kind(painter, kind, QRectF(inner.left(), top + 1, _ICON_PX, _ICON_PX - 2))

    def height_for(self, index: Index, width: int, font: QFont) -> int:
        """Return how tall a cell must be, in pixels, for its text in this width."""
        width -= 2 * PADDING_PX + 1
        if key_of(index) == "kind":
            width -= _ICON_PX + 6
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        key, fault = key_of(index), index.data(FAULT_ROLE)
        height = text_block(text, width, font, _reading(key, fault)).height
        refers = index.data(REFERS_ROLE)
        if fault:
            height += text_block(fault, width, _small(font)).height + 4
        elif refers:
            height += text_block(refers, width, font).height + 4
        return max(_LEAST_HEIGHT_PX, round(height) + 2 * PADDING_PX + 2)

    def kind_width(self, font: QFont) -> int:
        """Return the width at which every kind stands in one line."""
        metrics = QFontMetrics(font)
        words = max(metrics.horizontalAdvance(word) for word in kind_words().values())
        return words + _ICON_PX + 6 + 2 * PADDING_PX + 4

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a cell takes at the width it has."""
        width: int = option.rect.width()
        return QSize(width, self.height_for(index, width, option.font))

    # How it is edited

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open a field over the cell."""
        editor = CellEditor(parent, self._choices_of(index))
        editor.setAccessibleName(column_title(key_of(index)))
        self.editor = editor
        self.editor_opened.emit(editor)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the field."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into the field; a change elsewhere does not disturb typing."""
        if not isinstance(editor, CellEditor):
            return
        if editor.property("is_filled"):
            editor.follow(_text(index))
        else:
            editor.setProperty("is_filled", True)
            editor.fill(_text(index))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Write the field's text, if it was changed or could not be read before."""
        if isinstance(editor, CellEditor) and (editor.is_changed or index.data(FAULT_ROLE)):
            index.model().setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)
            editor.note_written(_text(index))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Cover the cell."""
        if isinstance(editor, CellEditor):
            editor.fit_into(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave all keys to the field; a lost focus commits, as Qt has it.

        Not one that comes back by itself: whoever returns from another window types on.
        """
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if event.type() == QEvent.Type.FocusOut and not leaves_field(event):
            return False
        return super().eventFilter(editor, event)


def _text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.EditRole) or "")


def _reading(key: str, fault: object) -> Callable[[str], Lines]:
    return plain_lines if fault else READINGS.get(key, plain_lines)


@lru_cache(maxsize=4)
def _small_of(key: str) -> QFont:
    font = QFont()
    font.fromString(key)
    font.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    return font


def _small(font: QFont) -> QFont:
    return _small_of(font.key())
