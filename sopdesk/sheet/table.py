"""A flow table before it is cut into pages: columns, the rows' texts, the symbols' sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.merged_cells import SPANNING, covered_rows
from sopdesk.sheet import symbols
from sopdesk.sheet.cells import cells_of, lines_of, text_height_mm
from sopdesk.sheet.columns import fit
from sopdesk.sheet.fitting import fit_table
from sopdesk.sheet.heading import lay_heading
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.remembering import remember

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure
    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.cells import References
    from sopdesk.sheet.columns import Columns
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.typeset import TextLine

_MOST_SYMBOLS_SHARE = 0.45
"""Of what a page has room for below the heading, for the symbols of a row: they are never cut."""


class Merged(NamedTuple):
    """A cell over several rows: its column and rows."""

    column: str
    rows: range


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A procedure's table at one width. Widths and heights are in mm from its top left.

    `lines` holds each row's lines by column; `sizes` each symbol's width and height by id; `aside`
    the room beside the symbols in a lane. A row that a merged cell covers has no lines of its own
    there. `own_measures` are those of symbols whose texts are set smaller than the others', so that
    a row's symbols have room in `symbols_room`.
    """

    procedure: Procedure
    look: SheetLook
    columns: Columns
    lane_mm: float
    aside: float
    measures: symbols.Measures
    heading: Block
    lines: tuple[dict[str, tuple[TextLine, ...]], ...]
    merged: tuple[Merged, ...]
    sizes: dict[str, tuple[float, float]]
    own_measures: dict[str, symbols.Measures]
    symbols_room: float

    @property
    def width(self) -> float:
        """The table's width."""
        return self.columns.spans[-1][2]

    @property
    def lanes_left(self) -> float:
        """Where the first lane begins."""
        return self.columns.of("lanes")[0]

    def measures_of(self, symbol_id: str) -> symbols.Measures:
        """Return the measures by which a symbol and the text in it are set."""
        return self.own_measures.get(symbol_id, self.measures)

    def merged_from(self, row: int, column: str) -> Merged | None:
        """Return the merged cell that begins in this row and column, if any."""
        for merged in self.merged:
            if merged.column == column and merged.rows.start == row:
                return merged
        return None


@remember(64)
def set_table(
    procedure: Procedure,
    look: SheetLook,
    width_mm: float,
    aside: float,
    references: References,
) -> Table:
    """Return a procedure's table; `aside` is the room that its lines ask for beside the symbols.

    Lanes are equal and as narrow as symbols, lines and the words of their headings allow. Where
    they leave too little for the texts, headings give way first, then symbols and texts shrink,
    then lines come closer.
    """
    rows = cells_of(procedure, look, references)
    look, measures, lane_mm, _ = fit_table(procedure, look, width_mm, aside, references)
    columns = fit(rows, look, width_mm, lane_mm * max(1, len(procedure.lanes)))
    widths = {key: right - left for key, left, right in columns.spans}
    lines = tuple(
        {key: lines_of(cell, look.font, look.size_pt, widths[key]) for key, cell in row.items()}
        for row in rows
    )
    heading = lay_heading(procedure.lanes, look, columns)
    room = (look.paper.frame.height - heading.height) * _MOST_SYMBOLS_SHARE
    own_measures, sizes = sized_symbols(procedure, look, measures, lane_mm, room)
    return Table(
        procedure,
        look,
        columns,
        lane_mm,
        (lane_mm - measures.width) / 2,
        measures,
        heading,
        lines,
        _merged(procedure, look),
        sizes,
        own_measures,
        room,
    )


def _merged(procedure: Procedure, look: SheetLook) -> tuple[Merged, ...]:
    """Return the merged cells of the columns that are shown."""
    found = []
    for column in SPANNING:
        if column not in look.columns:
            continue
        covered = covered_rows(procedure.steps, column)
        for row in range(len(procedure.steps)):
            end = row + 1
            while row not in covered and end in covered:
                end += 1
            if end > row + 1:
                found.append(Merged(column, range(row, end)))
    return tuple(found)


def sized_symbols(
    procedure: Procedure,
    look: SheetLook,
    measures: symbols.Measures,
    lane_mm: float,
    room_mm: float,
    columns: int = 1,
) -> tuple[dict[str, symbols.Measures], dict[str, tuple[float, float]]]:
    """Return the own measures of symbols that have some, and the width and height of all, by id.

    Texts get smaller where the symbols of a row, its lanes being so many columns each, would be
    higher than `room_mm` with them.
    """
    placed = place_symbols(procedure, columns)
    own_measures, sizes = {}, {}
    for symbol, row, _, first, last in placed.places:
        width = measures.width + (last - first) * (lane_mm / columns)
        own = measures
        if symbol.text:
            most_mm = room_mm / placed.bands[row]
            own = symbols.low_enough(symbol, look, measures, width, most_mm)
        if own is not measures:
            own_measures[symbol.id] = own
        sizes[symbol.id] = width, symbols.height_mm(symbol, look, own, width)
    return own_measures, sizes


@remember(64)
def text_heights(table: Table) -> tuple[float, ...]:
    """Return the height that the texts of each row need; a merged cell's are not its own."""
    starts = {(merged.rows.start, merged.column) for merged in table.merged}
    heights = []
    for row, columns in enumerate(table.lines):
        counts = [len(lines) for key, lines in columns.items() if (row, key) not in starts]
        heights.append(text_height_mm(max(counts, default=0), table.look))
    return tuple(heights)
