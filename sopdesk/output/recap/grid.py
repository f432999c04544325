"""A workbook filled row by row: safe cells, one shared style per kind of cell, the page set-up."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties

from sopdesk.document.markup import plain
from sopdesk.document.texts import clean
from sopdesk.output.recap.heights import line_count, row_height_pt
from sopdesk.output.recap.styles import BODY_PT, BOLD, ONE_LINE, PREFIX, SIZES_PT, STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | datetime.date | None

CELL_LIMIT = 32_767
"""What a cell of a workbook holds at most, in UTF-16 units; Excel refuses more."""

_PIECE = 30_000
_CONTINUED = "\n(lanjutan: lembar {sheet}, baris {row})"
_REST_SHEET = "Lanjutan"
_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_LEGAL_PAPER = 5


class Book:
    """A workbook in the making, and the texts that were too long for their cells.

    `names_agencies` tells the sheets to say of which agency an SOP is.
    """

    def __init__(self, title: str, *, names_agencies: bool) -> None:
        self.names_agencies = names_agencies
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        for style in STYLES:
            self.workbook.add_named_style(style())
        self.workbook.properties.title = clean(title)
        self.workbook.properties.creator = "SOPDesk"
        self._rest: Grid | None = None

    def grid(self, name: str, widths: Sequence[float]) -> Grid:
        """Append a sheet whose columns are so many characters wide."""
        sheet = self.workbook.create_sheet(name)
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        return Grid(self, sheet)

    def shorten(self, text: str, sheet: str, cell: str) -> str:
        """Return what fits into the cell and says where the rest is; write the rest there."""
        if _units(text) <= CELL_LIMIT:
            return text
        if self._rest is None:
            self._rest = self.grid(_REST_SHEET, (14, 8, 8, 120))
            self._rest.write(("Lembar", "Sel", "Bagian", "Teks"), ("heading",) * 4)
            self._rest.set_up(repeated_rows="1:1", frozen="A2")
        first, *others = _pieces(text)
        row = self._rest.row
        for part, piece in enumerate(others, 2):
            self._rest.write((sheet, cell, part, piece), ("text", "text", "number", "text"))
        return first + _CONTINUED.format(sheet=_REST_SHEET, row=row)


class Grid:
    """A sheet that is filled from the top; `row` is the next row to be written."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book = book
        self.sheet = sheet
        self.row = 1

    def write(self, values: Sequence[CellValue], styles: Sequence[str]) -> None:
        """Write one row from the first column on; None leaves a cell with its borders empty."""
        lines = 1
        for column, (value, style) in enumerate(zip(values, styles, strict=True), 1):
            self.put(column, value, style)
            if isinstance(value, str) and style not in ONE_LINE:
                lines = max(lines, self._lines(value, style, column, column))
        self._finish_row(lines, BODY_PT)

    def put(self, column: int, value: CellValue, style: str) -> None:
        """Write one cell of the current row. A text stays a text, whatever it begins with."""
        cell = self.sheet.cell(self.row, column)
        cell.style = PREFIX + style
        if isinstance(value, str):
            self._put_text(cell, value)
        elif value is not None:
            cell.value = value

    def _put_text(self, cell: Cell | MergedCell, value: str) -> None:
        text = self._book.shorten(clean(plain(value)), self.sheet.title, cell.coordinate)
        if not text:
            return
        cell.value = text
        cell.data_type = "s"
        if text.lstrip().startswith(_BEGINS_A_FORMULA):
            # Else Excel takes the text for a formula as soon as somebody edits the cell, or another
            # program does that reads it without its leading blanks.
            cell.quotePrefix = True

    def write_wide(self, first: int, last: int, text: str, style: str) -> None:
        """Write a text into a row of its own, over the columns `first` to `last`."""
        self.put(first, text, style)
        for column in range(first + 1, last + 1):
            self.put(column, None, style)
        self.sheet.merge_cells(None, self.row, first, self.row, last)
        self._finish_row(self._lines(text, style, first, last), SIZES_PT.get(style, BODY_PT))

    def _lines(self, text: str, style: str, first: int, last: int) -> int:
        letters = (get_column_letter(column) for column in range(first, last + 1))
        width = sum(self.sheet.column_dimensions[letter].width for letter in letters)
        return line_count(text, width, SIZES_PT.get(style, BODY_PT), style in BOLD)

    def _finish_row(self, lines: int, size_pt: float) -> None:
        self.sheet.row_dimensions[self.row].height = row_height_pt(lines, size_pt)
        self.row += 1

    def filter_from(self, row: int, columns: int) -> None:
        """Offer filters on the table whose headings stand in this row."""
        last = max(self.row - 1, row)
        self.sheet.auto_filter.ref = f"A{row}:{get_column_letter(columns)}{last}"

    def set_up(
        self,
        *,
        repeated_rows: str,
        frozen: str,
        repeated_columns: str | None = None,
        pages_wide: int = 1,
    ) -> None:
        """Set the sheet up for Legal paper, landscape, its headings repeated on each page."""
        sheet = self.sheet
        sheet.page_setup.paperSize = _LEGAL_PAPER
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth = pages_wide
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.page_margins.footer = 0.3
        sheet.print_title_rows = repeated_rows
        if repeated_columns:
            sheet.print_title_cols = repeated_columns
        footer = HeaderFooterItem()
        footer.right.text = "Halaman &P dari &N"
        sheet.HeaderFooter.oddFooter = footer
        sheet.freeze_panes = frozen


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _pieces(text: str) -> list[str]:
    """Cut a text into pieces that fit into cells, between characters, never inside one."""
    pieces, start = [], 0
    while start < len(text):
        end = start + _PIECE
        while _units(text[start:end]) > _PIECE:
            end -= _units(text[start:end]) - _PIECE
        pieces.append(text[start:end])
        start = end
    return pieces
