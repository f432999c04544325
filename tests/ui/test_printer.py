"""What goes to the system's printer: the right paper, the chosen pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from sopdesk.sheet.values import Page, Paper, Sheet
from ui.printing.printer import chosen_pages, has_size, print_sheet, printer_for

if TYPE_CHECKING:
    from pathlib import Path

F4 = Paper("f4", 330.0, 215.0, (15.0, 12.0, 12.0, 12.0))
SHEET = Sheet("uuid", "1", "Judul", F4, tuple(Page(n, "flow", 0) for n in (1, 2, 3)))


def test_the_printer_gets_the_sheets_own_paper(qapp: object) -> None:
    layout = printer_for(F4).pageLayout()
    size = layout.pageSize().size(QPageSize.Unit.Millimeter)
    assert (size.width(), size.height()) == pytest.approx((215, 330), abs=1)
    assert layout.orientation() == QPageLayout.Orientation.Landscape


@pytest.mark.parametrize(
    ("sizes", "is_there"),
    [
        ([(210.0, 297.0), (215.9, 355.6)], False),
        ([(210.0, 297.0), (330.2, 215.9)], True),
        ([], False),
    ],
)
def test_a_printer_has_f4_when_a_size_is_near_enough(
    sizes: list[tuple[float, float]], is_there: bool
) -> None:
    assert has_size(sizes, F4) is is_there


@pytest.mark.parametrize(
    ("first", "last", "numbers"), [(0, 0, [1, 2, 3]), (2, 3, [2, 3]), (2, 0, [2]), (3, 9, [3])]
)
def test_only_the_chosen_pages_are_printed(first: int, last: int, numbers: list[int]) -> None:
    assert [page.number for page in chosen_pages(SHEET, first, last)] == numbers


def test_every_page_reaches_the_printer(tmp_path: Path, qapp: object) -> None:
    import pypdfium2

    printer = printer_for(F4)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "cetak.pdf"))
    print_sheet(SHEET, printer)
    document = pypdfium2.PdfDocument(tmp_path / "cetak.pdf")
    width, height = document[0].get_size()
    count = len(document)
    document.close()
    assert count == 3
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((330, 215), abs=1)
