"""How a sheet looks, as a form: complete for the office, or an SOP's own settings over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.office import FONTS, OFFICE_SHEET, PAPERS
from sopdesk.document.values import COLUMNS, SheetSettings
from sopdesk.foundation.wording import tr
from ui.dialogs.fields import ChoiceField, NumberField, form
from ui.dialogs.sheet_fields import ColumnsField, MarginsField, WidthsField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.values import Pairs

T = TypeVar("T")

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
        words = {**DEFAULT_LABELS, **dict(effective.labels), **dict(sheet.labels)}
        self._columns = ColumnsField(
            sheet.columns or effective.columns or COLUMNS,
            None if office is None else sheet.columns is not None,
            words,
        )
        inherited = office.widths_mm if office is not None else ()
        self._widths = WidthsField(sheet.widths_mm, inherited, words)
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
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(self._columns, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(row)
        column.addWidget(self._widths)

    def settings(self, labels: Pairs) -> SheetSettings:
        """Return the settings as they stand, with these printed words."""
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
            labels=labels,
            widths_mm=self._widths.widths(),
            number_row=self._number_row.value(),
            identity_on_same_page=self._same_page.value(),
        )
