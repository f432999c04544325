"""How a unit and an SOP look in the library: title on up to two lines, number and status below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sopdesk.document.values import Status
from ui import theme
from ui.library.library_model import (
    COLLEAGUES_ROLE,
    COUNT_ROLE,
    DEPTH_ROLE,
    ENTRY_ROLE,
    UNSAVED_ROLE,
    second_line,
    standing_of,
)
from ui.statuses import status_color

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeView

    from sopdesk.storage.office_file import Entry

Index = QModelIndex | QPersistentModelIndex

_SIDE = 10
_MARK = 8
_GAP = 8
_ABOVE = 5
_SMALL = 0.88
_UNSAVED = "●  "


class LibraryDelegate(QStyledItemDelegate):
    """Paints the rows of the library in its tree view."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the title needs at the view's width."""
        line, small = _heights(option.font.key())
        if index.data(ENTRY_ROLE) is None:
            return QSize(0, line + 2 * _ABOVE + 2)
        lines = len(_lines(index.data(), option.font.key(), self._text_width(index)))
        return QSize(0, lines * line + small + 2 * _ABOVE + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        look = theme.colors()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
        across = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        if is_selected or is_under_mouse:
            painter.fillRect(across, QColor(look.selected if is_selected else look.hover))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(look.accent))
            painter.drawRect(across.adjusted(0, 0, -1, -1))
        entry = index.data(ENTRY_ROLE)
        if entry is None:
            _paint_unit(painter, option, index)
        else:
            self._paint_sop(painter, option, index, entry)
        painter.restore()

    def _text_width(self, index: Index) -> int:
        depth: int = index.data(DEPTH_ROLE)
        branch = self._view.indentation() * depth + _GAP // 2
        return self._view.viewport().width() - max(_SIDE, branch) - _MARK - _GAP - _SIDE

    def _paint_sop(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: Entry
    ) -> None:
        look = theme.colors()
        metrics = QFontMetrics(option.font)
        # A leaf has nothing to unfold: its mark stands where a unit has its branch.
        left = max(_SIDE, option.rect.left() - self._view.indentation() + _GAP // 2)
        top = option.rect.top() + _ABOVE
        _paint_mark(
            painter, QRectF(left, top + (metrics.height() - _MARK) / 2, _MARK, _MARK), entry
        )
        text_left = left + _MARK + _GAP
        width = self._text_width(index)
        font = QFont(option.font)
        font.setItalic(entry.status is Status.PLANNED)
        painter.setFont(font)
        is_over = entry.status in (Status.SUPERSEDED, Status.WITHDRAWN)
        painter.setPen(QColor(look.faint if is_over or not entry.title else look.text))
        for line in _lines(index.data(), option.font.key(), width):
            painter.drawText(text_left, top + metrics.ascent(), line)
            top += metrics.height()
        small = _small(option.font)
        painter.setFont(small)
        painter.setPen(QColor(look.faint))
        below = QFontMetrics(small)
        if index.data(UNSAVED_ROLE):
            painter.setPen(QColor(look.accent))
            painter.drawText(text_left, top + below.ascent() + 1, _UNSAVED)
            text_left += below.horizontalAdvance(_UNSAVED)
            width -= below.horizontalAdvance(_UNSAVED)
            painter.setPen(QColor(look.faint))
        if index.data(COLLEAGUES_ROLE):
            side = below.ascent()
            _paint_person(painter, QRectF(text_left + width - side, top + 1, side, side))
            width -= side + _GAP
        if entry.is_damaged:
            side = below.ascent()
            place = QRect(text_left + width - side, top + 1, side, side)
            theme.icon("warning").paint(painter, place)
            width -= side + _GAP
        painter.drawText(text_left, top + below.ascent() + 1, _fitting(entry, below, width))


def _paint_unit(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    look = theme.colors()
    font = QFont(option.font)
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    count = str(index.data(COUNT_ROLE))
    room = option.rect.adjusted(0, 0, -_SIDE, 0)
    count_width = QFontMetrics(option.font).horizontalAdvance(count)
    painter.setFont(option.font)
    painter.setPen(QColor(look.faint))
    flags = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, flags | Qt.AlignmentFlag.AlignRight, count)
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    name = metrics.elidedText(
        index.data(), Qt.TextElideMode.ElideRight, room.width() - count_width - _GAP
    )
    painter.drawText(room, flags | Qt.AlignmentFlag.AlignLeft, name)


def _fitting(entry: Entry, metrics: QFontMetrics, width: int) -> str:
    """Return number and status; a long number is shortened in its middle, never the status."""
    standing = standing_of(entry)
    room = width - metrics.horizontalAdvance(second_line(" ", standing))
    number = metrics.elidedText(entry.number, Qt.TextElideMode.ElideMiddle, max(room, 0))
    return metrics.elidedText(second_line(number, standing), Qt.TextElideMode.ElideRight, width)


def _paint_mark(painter: QPainter, place: QRectF, entry: Entry) -> None:
    """Paint the status as a dot: hollow while there is no sheet, or no longer a valid one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = QColor(status_color(entry.status))
    is_hollow = entry.status in (Status.PLANNED, Status.SUPERSEDED, Status.WITHDRAWN)
    painter.setPen(color)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else color)
    painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_person(painter: QPainter, place: QRectF) -> None:
    """Paint a head and shoulders, small: somebody else has this SOP open."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = QColor(theme.colors().faint)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    side = place.width()
    painter.drawEllipse(place.center() - QPointF(0, 0.2 * side), 0.22 * side, 0.22 * side)
    shoulders = QRectF(
        place.left() + 0.12 * side, place.top() + 0.58 * side, 0.76 * side, 0.8 * side
    )
    painter.drawChord(shoulders, 0, 180 * 16)
    painter.setPen(color)


@lru_cache(maxsize=4)
def _font(key: str) -> QFont:
    font = QFont()
    font.fromString(key)
    return font


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    return small


@lru_cache(maxsize=4)
def _heights(font_key: str) -> tuple[int, int]:
    """Return the heights of a line of the title and of the one below it."""
    font = _font(font_key)
    return QFontMetrics(font).height(), QFontMetrics(_small(font)).height()


@lru_cache(maxsize=4096)
def _lines(title: str, font_key: str, width: int) -> tuple[str, ...]:
    """Break a title into at most two lines; the second is elided where that is not enough."""
    font = _font(font_key)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(title) <= width or width <= 0:
        return (title,)
    layout = QTextLayout(title, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    rest = title[first.textLength() :]
    head = title[: first.textLength()].rstrip()
    return head, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
