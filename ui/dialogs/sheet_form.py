"""How a sheet looks, as a form: complete for the office, or an SOP's own settings over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.office import FONTS, OFFICE_SHEET, PAPERS
from sopdesk.document.values import COLUMNS, SheetSettings
from sopdesk.foundation.wording import tr
from ui.dialogs.fields import ChoiceField, NumberField, form, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
Margins = tuple[float, float, float, float]

PAPER_WORDS = {
    "f4": "F4 / Folio (215 x 330 mm)",
    "f4-210": "F4 (210 x 330 mm)",
    "a4": "A4 (210 x 297 mm)",
    "legal": "Legal (216 x 356 mm)",
    "letter": "Letter (216 x 279 mm)",
}
_FONT_WORDS = {"sans": "Sans (Arial)", "serif": "Serif (Bookman)"}


class SheetForm(QWidget):
    """Fields for `SheetSettings`. With `office` each may be left to the office's settings."""

    def __init__(self, sheet: SheetSettings, office: SheetSettings | None = None) -> None:
        super().__init__()
        self._before = sheet
        self._office = office
        effective = office or OFFICE_SHEET
        orientations = [("landscape", tr("Landscape")), ("portrait", tr("Portrait"))]
        yes_no = [(True, tr("Yes")), (False, tr("No"))]
        self._paper = self._choice([(key, PAPER_WORDS[key]) for key in PAPERS], "paper")
        self._orientation = self._choice(orientations, "orientation")
        self._font = self._choice([(key, _FONT_WORDS[key]) for key in FONTS], "font")
        self._size = NumberField(
            sheet.size_pt, 6.0, 14.0, "pt", 0.5, tr("As the office") if office else ""
        )
        self._number_row = self._choice(yes_no, "number_row")
        self._same_page = self._choice(yes_no, "identity_on_same_page")
        self._margins = MarginsField(
            sheet.margins_mm or effective.margins_mm or (15.0, 12.0, 12.0, 12.0),
            is_own=None if office is None else sheet.margins_mm is not None,
        )
        self._columns = ColumnsField(
            sheet.columns or effective.columns or COLUMNS,
            is_own=None if office is None else sheet.columns is not None,
        )
        self._arrange()

    def _choice(self, choices: Sequence[tuple[T, str]], name: str) -> ChoiceField[T | None]:
        offered: list[tuple[T | None, str]] = list(choices)
        if self._office is not None:
            inherited = getattr(self._office, name)
            word = next((word for value, word in choices if value == inherited), "")
            offered.insert(0, (None, tr("As the office ({word})", word=word)))
        value: T | None = getattr(self._before, name)
        return ChoiceField(offered, value)

    def _arrange(self) -> None:
        fields = form()
        for label, field in (
            (tr("Paper"), self._paper),
            (tr("Orientation"), self._orientation),
            (tr("Font"), self._font),
            (tr("Font size"), self._size),
            (tr("Row of column numbers"), self._number_row),
            (tr("Identity and table on one page if they fit"), self._same_page),
        ):
            fields.addRow(label, field)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addLayout(fields)
        left.addWidget(self._margins)
        left.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(self._columns, 0)

    def settings(self, labels: tuple[tuple[str, str], ...] | None = None) -> SheetSettings:
        """Return the settings as they stand; labels and fixed widths as they were, or `labels`."""
        turned: dict[str | None, Literal["landscape", "portrait"]] = {
            "landscape": "landscape",
            "portrait": "portrait",
        }
        return SheetSettings(
            paper=self._paper.value(),
            orientation=turned.get(self._orientation.value()),
            margins_mm=self._margins.margins(),
            font=self._font.value(),
            size_pt=self._size.number(),
            columns=self._columns.columns(),
            labels=self._before.labels if labels is None else labels,
            widths_mm=self._before.widths_mm,
            number_row=self._number_row.value(),
            identity_on_same_page=self._same_page.value(),
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
            label = QLabel(words[index])
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
    """Which columns the flow table has, in which order: ticked and dragged."""

    def __init__(self, columns: tuple[str, ...], is_own: bool | None) -> None:
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
            item = QListWidgetItem(DEFAULT_LABELS[f"column_{column}"], self._list)
            item.setData(Qt.ItemDataRole.UserRole, column)
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
