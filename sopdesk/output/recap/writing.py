"""Put the sheets of the recap into one workbook, and the workbook whole into its place."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from sopdesk.document.markup import plain
from sopdesk.document.office import Office
from sopdesk.foundation.atomic import replacing
from sopdesk.foundation.faults import UserError
from sopdesk.output.recap.actors import write_actors
from sopdesk.output.recap.grid import Book
from sopdesk.output.recap.grouping import agency_name, group_by_unit
from sopdesk.output.recap.overview import write_overview
from sopdesk.output.recap.register import write_register

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from sopdesk.document.values import Sop

_EPOCH = datetime.datetime(1980, 1, 1)
"""The first instant that a zip archive can name."""


def write_recap(
    offices: Sequence[tuple[Office, Sequence[Sop]]],
    path: Path | str,
    *,
    on: datetime.date | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the recap of the offices' SOPs as a workbook, in one step, over what `path` held.

    Several offices are grouped by agency first; the first of them lends its place and signatory.
    `on` is the day of the recap: without it the date is left for the pen, and no SOP counts as in
    force. The same values give the same bytes. `progress` is told the number of SOPs written; what
    it raises ends the work and leaves the target as it was.

    Raises:
        UserError: as `atomic.replacing`; `recap_unreadable` where the written file does not read
            back. The target is as it was.
    """
    signing = offices[0][0] if offices else Office()
    root = group_by_unit(offices)
    title = recap_title([office for office, _ in offices])
    book = Book(title, names_agencies=len(offices) > 1)
    write_overview(book, title, root, signing, on)
    write_register(book, root, on, progress)
    write_actors(book, root)
    target = Path(path)
    with replacing(target) as temporary:
        _save(book.workbook, temporary)
        _check(book.workbook, temporary, target)


def recap_title(offices: Sequence[Office]) -> str:
    """Return the title that the office has settled, else one made of its letterhead.

    That of several offices names the government, which stands first in every letterhead.
    """
    if not offices:
        return "REKAPITULASI SOP"
    first = offices[0]
    if len(offices) > 1:
        return f"REKAPITULASI SOP {plain(''.join(first.lines[:1])).upper()}".strip()
    return first.recap.title or f"REKAPITULASI SOP {agency_name(first).upper()}"


class _TimelessZip(zipfile.ZipFile):
    """An archive whose entries carry no time of their own, so that equal content is equal bytes."""

    def writestr(self, name: str, data: bytes | str) -> None:  # type: ignore[override]
        entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
        entry.external_attr = 0o600 << 16
        super().writestr(entry, data, zipfile.ZIP_DEFLATED)


class _Writer(ExcelWriter):
    """Writes the sheets without openpyxl's temporary files, which fill a disk nobody asked for.

    The recap has no drawings, tables or comments, which the overridden method takes care of too.
    """

    def __init__(self, workbook: Workbook, archive: zipfile.ZipFile) -> None:
        super().__init__(workbook, archive)
        self._parts = archive

    def write_worksheet(self, ws: Worksheet) -> None:
        written = io.BytesIO()
        WorksheetWriter(ws, written).write()
        self._parts.writestr(ws.path[1:], written.getvalue())
        self.manifest.append(ws)


def _save(workbook: Workbook, path: Path) -> None:
    workbook.properties.created = workbook.properties.modified = _EPOCH
    with _TimelessZip(path, "w") as archive:
        _Writer(workbook, archive).write_data()


def _check(workbook: Workbook, path: Path, target: Path) -> None:
    """Read the file back before it replaces anything, and compare its sheets' sizes."""
    try:
        if _sizes(workbook) == _sizes_in(path):
            return
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UserError("recap_unreadable", path=str(target)) from error
    raise UserError("recap_unreadable", path=str(target))


def _sizes_in(path: Path) -> dict[str, tuple[int, int]]:
    with zipfile.ZipFile(path) as archive:
        if archive.testzip() is not None:
            return {}
    with open(path, "rb") as stream:  # By its name openpyxl takes only what ends in .xlsx.
        return _sizes(load_workbook(stream, read_only=True))


def _sizes(workbook: Workbook) -> dict[str, tuple[int, int]]:
    return {sheet.title: (sheet.max_row, sheet.max_column) for sheet in workbook.worksheets}
