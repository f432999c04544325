"""What the printer will print, page by page, and the way to the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, word_fault
from ui import theme
from ui.dialogs import asking
from ui.pages.pages_view import PagesView
from ui.plain_words import PlainLabel
from ui.printing.printer import (
    PAPER_NAMES,
    has_paper,
    print_sheet,
    printer_for,
    set_paper,
    upright,
)
from ui.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from sopdesk.sheet.values import Paper, Sheet

_SIZE = QSize(1080, 700)


class PreviewDialog(QDialog):
    """The pages of one sheet. `lay_out_on` lays the SOP out on another paper, by its name."""

    def __init__(
        self, sheet: Sheet, lay_out_on: Callable[[str], Sheet], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preview_dialog")
        self.setWindowTitle(tr("Print preview"))
        self._sheet = sheet
        self._lay_out_on = lay_out_on
        self.is_printed = False
        self._printer: QPrinter | None = None
        self._view = PagesView(self)
        self._view.setAccessibleName(tr("Print preview"))
        self._view.set_sheet(sheet)
        self._view.set_fit("page")
        self._facts = PlainLabel(describe(sheet))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(self._view, 1)
        self.resize(self._size(parent))

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        row.addWidget(self._facts, 1)
        for name, words, call in (
            ("zoom_out", tr("Zoom Out"), self._view.zoom_out),
            ("fit", tr("Fit Page"), lambda: self._view.set_fit("page")),
            ("zoom_in", tr("Zoom In"), self._view.zoom_in),
        ):
            button = QToolButton()
            button.setIcon(theme.icon(name))
            button.setIconSize(QSize(20, 20))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setAutoRaise(True)
            button.clicked.connect(call)
            row.addWidget(button)
        row.addSpacing(12)
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        send = QPushButton(tr("Print…"))
        send.setObjectName("preview_print")
        send.setDefault(True)
        send.clicked.connect(self._print)
        row.addWidget(close)
        row.addWidget(send)
        return row

    def _size(self, parent: QWidget | None) -> QSize:
        room = (parent or self).screen().availableGeometry().size()
        return _SIZE.boundedTo(QSize(room.width() - 60, room.height() - 80))

    def _print(self) -> None:
        """Ask for the printer, see that it has the paper, print, and close."""
        # Qt's dialog points at the printer for as long as it lives itself, and that is this long.
        printer = self._printer = printer_for(self._sheet.paper)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._sheet.pages))
        if not asking.run(dialog):
            return
        sheet = self._sheet
        if not has_paper(QPrinterInfo(printer), sheet.paper):
            other = self._ask_for_paper(sheet.paper)
            if other is None:
                return
            sheet = other
        set_paper(printer, sheet.paper)
        try:
            with waiting():
                print_sheet(sheet, printer)
        except UserError as fault:
            asking.tell(self, word_fault(fault))
            return
        self.is_printed = True
        self.accept()

    def _ask_for_paper(self, paper: Paper) -> Sheet | None:
        """Say honestly that the printer lacks the paper; return what is to be printed instead."""
        short, long = upright(paper)
        answer = asking.choose(
            self,
            tr("{paper} is not in this printer’s list.", paper=PAPER_NAMES.get(paper.name, "")),
            tr(
                "Make a size of {short} x {long} mm in the printer’s settings, or print on Legal: "
                "the sheet is laid out anew for it.",
                short=f"{short:g}",
                long=f"{long:g}",
            ),
            [tr("Print on Legal"), tr("Print Anyway"), tr("Cancel")],
            safe=2,
        )
        if answer == 0:
            return self._lay_out_on("legal")
        return self._sheet if answer == 1 else None


def describe(sheet: Sheet) -> str:
    """Return what the pages are: title, paper, how many."""
    short, long = upright(sheet.paper)
    paper = tr(
        "{paper}, {short} x {long} mm",
        paper=PAPER_NAMES.get(sheet.paper.name, sheet.paper.name),
        short=f"{short:g}",
        long=f"{long:g}",
    )
    turned = tr("landscape") if sheet.paper.width > sheet.paper.height else tr("portrait")
    pages = tr("Pages: {count}", count=len(sheet.pages))
    return "   ·   ".join([paper, turned, pages])
