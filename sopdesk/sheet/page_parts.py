"""What is put on the pages of a flow table: its rows, in parts where they are too high.

A row higher than a page is cut into parts inside its texts; its symbols stand in the first.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.cells import PADDING_Y_MM, Passage, lines_of, text_height_mm
from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.table import text_heights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.sheet.table import Merged, Table
    from sopdesk.sheet.typeset import TextLine

_TELLING = ("activity", "requirements", "outputs", "remarks", "duration")
"""The columns that may say that a row is continued; the first that a table has does."""

_MOST_CONTINUED = 3
"""Lines, for the word that says so; a column that is narrower goes on without."""

_ROW_ROOM_MM = 5.2
_BAND_ROOM_MM = 5.4
"""What a row and a band take beside symbols, at least."""

_STRIP_MM = 13.0
"""Left free for pentagons where the first part of a row begins below others."""

_LIKELY = 1.1
"""How much higher than they must be rows get, about, for their lines."""

_LEAST_SHARE = 0.2
"""Of a page, for the first part of a row to begin on it."""


class Part(NamedTuple):
    """A row, or one of the parts of a row that is higher than a page; lines from `first` on."""

    row: int
    part: int = 1
    parts: int = 1
    first: int = 0
    lines: int | None = None


class Least(NamedTuple):
    """What a part needs at least: for its texts, and for its symbols with the room around them."""

    texts: float
    symbols: float

    def height(self, strip: float = 0.0) -> float:
        """Return the part's height, a strip of pentagons included."""
        return max(self.texts, self.symbols + strip)


@remember(64)
def parts_of(table: Table, capacity: float, first_rows: frozenset[int]) -> tuple[Part, ...]:
    """Return the rows, those higher than `capacity` mm in parts.

    The first part of a row takes what the rows before it leave of their page, as far as can be told
    before pages are planned; but rows known to be the first on a page take all of it.
    """
    parts: list[Part] = []
    used = 0.0
    for row, (texts, symbols) in enumerate(
        zip(text_heights(table), _symbols_mm(table), strict=True)
    ):
        height = max(texts, symbols)
        if _all_texts_mm(table, row) > capacity:
            left = capacity - used * _LIKELY - _STRIP_MM
            is_enough = left >= max(symbols + _STRIP_MM, capacity * _LEAST_SHARE)
            begins_below = is_enough and row not in first_rows
            parts += _split(table, row, left if begins_below else capacity, capacity)
            used = part_text_height(table, parts[-1])
            continue
        used = used + height if used + height <= capacity else height
        parts.append(Part(row))
    return tuple(parts)


def _all_texts_mm(table: Table, row: int) -> float:
    """Return how high a row's texts are, that of a merged cell that begins in it included."""
    return text_height_mm(max(map(len, table.lines[row].values()), default=0), table.look)


def _split(table: Table, row: int, first_mm: float, capacity: float) -> Iterator[Part]:
    """Yield the parts of a row that is higher than a page, the first of them `first_mm` high."""
    leading = leading_mm(table.look.font, table.look.size_pt)
    first, most = (
        max(1, int((height - 2 * PADDING_Y_MM) / leading)) for height in (first_mm, capacity)
    )
    following = max(1, most - len(continued_lines(table)))
    count = max(map(len, table.lines[row].values()))
    starts = [0, *range(first, count, following)]
    for number, (start, end) in enumerate(pairwise((*starts, count)), 1):
        yield Part(row, number, len(starts), start, end - start)


@remember(64)
def leasts_of(table: Table, parts: tuple[Part, ...]) -> tuple[Least, ...]:
    """Return what each part needs at least."""
    symbols = _symbols_mm(table)
    return tuple(
        Least(part_text_height(table, part), symbols[part.row] if part.part == 1 else 0.0)
        for part in parts
    )


@remember(64)
def _symbols_mm(table: Table) -> tuple[float, ...]:
    """Return what each row's symbols need at least, with the room around them."""
    placed = place_symbols(table.procedure)
    highest: dict[tuple[int, int], float] = {}
    for place in placed.places:
        band = place.row, place.band
        highest[band] = max(highest.get(band, 0.0), table.sizes[place.symbol.id][1])
    heights = [_ROW_ROOM_MM + _BAND_ROOM_MM * (bands - 1) for bands in placed.bands]
    for (row, _), height in highest.items():
        heights[row] += height
    return tuple(heights)


def part_lines(table: Table, part: Part, column: str) -> tuple[TextLine, ...]:
    """Return the lines of a column that stand in a part; later parts say what they go on with."""
    lines = table.lines[part.row][column]
    if part.lines is None:
        return lines
    if part.part > 1 and column == "number":
        return lines
    own = lines[part.first : part.first + part.lines]
    is_told = part.part > 1 and column == _telling_column(table)
    return continued_lines(table) + own if is_told else own


def resumed_cells(
    table: Table, parts: Sequence[Part]
) -> tuple[tuple[Merged, tuple[TextLine, ...]], ...]:
    """Return the merged cells that began on an earlier page, and what they hold."""
    return tuple(
        (merged, table.lines[merged.rows.start][merged.column])
        for merged in table.merged
        if parts and parts[0].row in merged.rows[1:]
    )


def continued_lines(table: Table) -> tuple[TextLine, ...]:
    """Return the lines that stand above the texts of a row's later parts, none where too narrow."""
    column = _telling_column(table)
    if column is None:
        return ()
    left, right = table.columns.of(column)
    cell = (Passage((table.look.label("continued"),)),)
    lines = lines_of(cell, table.look.font, table.look.size_pt, right - left)
    return lines if len(lines) <= _MOST_CONTINUED else ()


def _telling_column(table: Table) -> str | None:
    """Return the column whose texts say that a row is continued."""
    columns = table.look.columns
    return next((column for column in _TELLING if column in columns), None)


def part_text_height(table: Table, part: Part) -> float:
    """Return the height that a part's texts need."""
    if part.lines is None:
        return text_heights(table)[part.row]
    columns = table.lines[part.row]
    count = max(len(part_lines(table, part, column)) for column in columns)
    return text_height_mm(count, table.look)
