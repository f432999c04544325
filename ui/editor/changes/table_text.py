"""Steps as the text of a table, as Excel and Word put it on the clipboard, and back. No Qt."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from sopdesk.document.cells import cell_text, set_cell
from sopdesk.document.edits import insert_step
from sopdesk.document.form.limits import LONGEST_TEXT
from sopdesk.document.texts import clean
from sopdesk.document.values import Step
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopdesk.document.values import Kind, Procedure

Table = list[list[str]]
COLUMNS = (
    "number", "activity", "lanes", "kind", "next", "requirements", "duration", "outputs", "remarks",
)  # fmt: skip
_HEADINGS = {
    "number": ("no", "nomor", "no."),
    "activity": ("kegiatan", "aktivitas", "uraian prosedur", "uraian kegiatan", "uraian",
                 "langkah", "activity"),
    "lanes": ("pelaksana", "pelaku", "actor"),
    "kind": ("simbol", "symbol"),
    "next": ("lanjut ke", "next step"),
    "requirements": ("kelengkapan", "persyaratan", "persyaratan/kelengkapan", "requirements"),
    "duration": ("waktu", "duration"),
    "outputs": ("output", "keluaran", "outputs"),
    "remarks": ("keterangan", "ket", "ket.", "remarks"),
}  # fmt: skip
MOST_ROWS = 300
"""Of a table that is pasted at once: several SOPs. Twice as many take four times as long."""
_DURATION = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:menit|mnt|jam|hari|hr|minggu|mgg|mngu|bulan|bln|tahun)\b", re.I
)
_NUMBER = re.compile(r"\d{1,3}\s*[.)]?")


def steps_as_table(
    procedure: Procedure, steps: Sequence[str], kind_words: Mapping[Kind, str]
) -> str:
    """Return steps as tab-separated lines, cells with line breaks quoted as Excel does."""
    written = io.StringIO()
    writer = csv.writer(written, dialect="excel-tab", lineterminator="\n")
    for step in steps:
        writer.writerow(cell_text(procedure, step, column, kind_words) for column in COLUMNS)
    return written.getvalue()


def read_table(text: str) -> Table | None:
    """Return the cells of a copied table, None where the text is none: one line without a tab.

    Of one that is too long to be pasted, one row more than may be is enough.
    """
    text = clean(text).strip("\n")
    if not text or ("\t" not in text and "\n" not in text):
        return None
    filled = filter(any, csv.reader(io.StringIO(text), dialect="excel-tab"))
    try:
        rows = list(islice(filled, MOST_ROWS + 1))
    except csv.Error:  # A cell is longer than any table's.
        return None
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows] or None


def columns_of(table: Table) -> tuple[tuple[str | None, ...], int]:
    """Return which column of the step table each column is, and how many rows are headings.

    Known heading words decide. Without them a column of numbers is the first, one of times is the
    duration, and the rest stand in the order of the sheet.
    """
    for count in range(1, min(3, len(table)) + 1):
        named = tuple(_named(row[place] for row in table[:count]) for place in range(len(table[0])))
        if "activity" in named:
            return named, count
    width = len(table[0])
    if width == len(COLUMNS):
        return COLUMNS, 0
    return _guessed(table, width), 0


def paste_table(
    procedure: Procedure, table: Table, at: int, kind_words: Mapping[Kind, str]
) -> Procedure:
    """Return the procedure with the table's rows inserted as steps from row `at`.

    A cell that cannot be read, such as a next step that is not there, is left out.

    Raises:
        UserError: `paste_too_many_rows`; `paste_too_long`, a cell's text.
    """
    if len(table) > MOST_ROWS:
        raise UserError("paste_too_many_rows", most=MOST_ROWS)
    if any(len(cell) > LONGEST_TEXT for row in table for cell in row):
        raise UserError("paste_too_long", most=LONGEST_TEXT)
    columns, heads = columns_of(table)
    steps = [Step() for _ in table[heads:]]
    for offset, step in enumerate(steps):
        procedure = insert_step(procedure, step, at + offset)
    # Where a symbol leads last: only then is every step there that it may name.
    for wanted in (*(c for c in COLUMNS if c != "next"), "next"):
        for step, row in zip(steps, table[heads:], strict=True):
            for column, text in zip(columns, row, strict=True):
                if column == wanted and text.strip():
                    procedure = _with_cell(procedure, step.id, column, text.strip(), kind_words)
    return procedure


def _with_cell(
    procedure: Procedure, step: str, column: str, text: str, kind_words: Mapping[Kind, str]
) -> Procedure:
    if column == "number" and _NUMBER.fullmatch(text):
        return procedure  # A plain number follows by itself.
    try:
        return set_cell(procedure, step, column, text, kind_words)
    except UserError:
        return procedure


def _named(cells: object) -> str | None:
    said = [" ".join(str(cell).lower().split()) for cell in cells]  # type: ignore[attr-defined]
    for column, names in _HEADINGS.items():
        if any(name in said for name in names):
            return column
    return None


def _guessed(table: Table, width: int) -> tuple[str | None, ...]:
    columns: list[str | None] = [None] * width
    start = 0
    if width > 1 and _share(table, 0, _NUMBER.fullmatch) > 0.5:
        columns[0], start = "number", 1
    columns[start] = "activity"
    duration = max(
        range(start + 1, width), key=lambda place: _share(table, place, _DURATION.search), default=0
    )
    if duration and _share(table, duration, _DURATION.search) > 0.3:
        columns[duration] = "duration"
        between = (
            ("lanes", "requirements")[-(duration - start - 1) :] if duration > start + 1 else ()
        )
        _fill(columns, start + 1, between)
        _fill(columns, duration + 1, ("outputs", "remarks"))
    else:
        _fill(columns, start + 1, ("lanes", "requirements", "outputs", "remarks"))
    return tuple(columns)


def _fill(columns: list[str | None], start: int, names: Sequence[str]) -> None:
    for place, name in zip(range(start, len(columns)), names, strict=False):
        if columns[place] is None:
            columns[place] = name


def _share(table: Table, place: int, matches: object) -> float:
    cells = [row[place].strip() for row in table if row[place].strip()]
    return sum(bool(matches(cell)) for cell in cells) / len(cells) if cells else 0.0  # type: ignore[operator]
