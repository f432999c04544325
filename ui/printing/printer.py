"""A sheet on the system's printer: the same pages as on the screen, on paper of its own size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from sopdesk.foundation.faults import UserError
from ui.pages.page_painter import paint_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.values import Page, Paper, Sheet

_TOLERANCE_MM = 1.5
"""Drivers round paper sizes to points, or to tenths of an inch."""

PAPER_NAMES = {"f4": "F4", "f4-210": "F4 210", "a4": "A4", "legal": "Legal", "letter": "Letter"}


def upright(paper: Paper) -> tuple[float, float]:
    """Return the shorter and the longer side of a paper in mm."""
    return min(paper.width, paper.height), max(paper.width, paper.height)


def printer_for(paper: Paper) -> QPrinter:
    """Return the default printer, set to this very paper without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_paper(printer, paper)
    return printer


def set_paper(printer: QPrinter, paper: Paper) -> None:
    """Ask the printer for this paper, turned as the sheet is.

    A size that the system knows within a millimetre (F4 is its Folio) is asked for by its name:
    more printers have it than take any size.
    """
    size = QPageSize(
        QSizeF(*upright(paper)),
        QPageSize.Unit.Millimeter,
        PAPER_NAMES.get(paper.name, paper.name),
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    turned = (
        QPageLayout.Orientation.Landscape
        if paper.width > paper.height
        else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(), QPageLayout.Unit.Millimeter))


def has_paper(info: QPrinterInfo, paper: Paper) -> bool:
    """Return whether a printer takes this paper: it lists the size, or any size."""
    if info.isNull() or info.supportsCustomPageSizes():
        return True
    return has_size(
        [size.size(QPageSize.Unit.Millimeter).toTuple() for size in info.supportedPageSizes()],
        paper,
    )


def has_size(sizes_mm: Sequence[tuple[float, float]], paper: Paper) -> bool:
    """Return whether one of the sizes (width and height in mm, however turned) is this paper."""
    wanted = upright(paper)
    return any(
        abs(min(size) - wanted[0]) <= _TOLERANCE_MM and abs(max(size) - wanted[1]) <= _TOLERANCE_MM
        for size in sizes_mm
    )


def chosen_pages(sheet: Sheet, first: int, last: int) -> Sequence[Page]:
    """Return the pages from first to last as a print dialog counts them; 0 means all."""
    if first <= 0:
        return sheet.pages
    return sheet.pages[first - 1 : max(first, last)]


def print_sheet(sheet: Sheet, printer: QPrinter) -> None:
    """Print the pages that the printer's dialog has chosen.

    Raises:
        UserError: `printer_failed`, the printer could not be started.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("printer_failed", printer=printer.printerName())
    try:
        for index, page in enumerate(chosen_pages(sheet, printer.fromPage(), printer.toPage())):
            if index:
                printer.newPage()
            painter.resetTransform()
            painter.scale(printer.logicalDpiX() / 25.4, printer.logicalDpiY() / 25.4)
            paint_page(page, painter)
    finally:
        painter.end()
