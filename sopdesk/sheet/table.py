"""A flow table before it is cut into pages: columns, the rows' texts, the symbols' sizes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.merged_cells import SPANNING, covered_rows
from sopdesk.document.numbering import shown_numbers
from sopdesk.sheet import symbols
from sopdesk.sheet.cells import cell_of, lines_of, text_height_mm
from sopdesk.sheet.columns import asked_text_width_mm, fit, least_text_width_mm
from sopdesk.sheet.heading import lane_word_mm, lay_heading
from sopdesk.sheet.lane_spacing import tight_aside
from sopdesk.sheet.placing import place_symbols
from sopdesk.sheet.remembering import remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sopdesk.document.values import Procedure, Symbol
    from sopdesk.sheet.blocks import Block
    from sopdesk.sheet.cells import Cell, References
    from sopdesk.sheet.columns import Columns
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.typeset import TextLine

_ATTEMPTS = (
    (0.0, 1.0), (0.0, 0.86), (0.0, 0.72), (-1.0, 0.72), (-1.0, 0.6), (-2.0, 0.6), (-3.0, 0.5),
    (-4.0, 0.4), (-4.0, 0.3),
)  # fmt: skip
"""How much smaller texts and symbols get, in pt and as a factor, until lanes and texts fit."""

_TIGHT_SCALE = 0.5
"""From here on lines first come closer to symbols and rules, before symbols get smaller still."""

_YIELDING_SCALE = 0.6
"""Rather than make symbols smaller, columns of texts give up the widths fixed for them by hand."""

_FIXED_ATTEMPTS = tuple(product((0.0, -1.0, -2.0, -3.0, -4.0), (1.0, 0.86, 0.72, 0.6, 0.5, 0.4)))
"""The same where the lanes' width is fixed: smaller texts would give their lines no room."""

_LEAST_PT = 5.5
_WIDEST_HEADING_MM = 30.0
_LEAST_ASIDE_MM = 1.6
_MOST_LANES_SHARE = 0.7
"""Of the table's width, for lanes that have no room; a finding says so."""

_LANES_SHARE = 0.45
"""Of the table's width, up to which lanes get wider for the words of their headings."""

_MOST_SYMBOLS_SHARE = 0.45
"""Of what a page has room for below the heading, for the symbols of a row: they are never cut."""

_EASY_TEXTS = 1.5
"""What texts keep of the least width they need, before lanes get wider than they must be."""


class Merged(NamedTuple):
    """A cell over several rows: its column and rows."""

    column: str
    rows: range


class Fitting(NamedTuple):
    """How small texts and symbols get so that lanes and texts fit beside each other.

    `fits` is false where even the least sizes leave the lanes less room than they ask for.
    """

    look: SheetLook
    measures: symbols.Measures
    lane_mm: float
    fits: bool


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A procedure's table at one width. Widths and heights are in mm from its top left.

    `lines` holds each row's lines by column; `sizes` each symbol's width and height by id; `aside`
    the room beside the symbols in a lane. A row that a merged cell covers has no lines of its own
    there. `own_measures` are those of symbols whose texts are set smaller than the others'.
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
    rows = _cells(procedure, look, references)
    cells = tuple(tuple(row.items()) for row in rows)
    look, measures, lane_mm, _ = _fitting(procedure, rows, look, width_mm, aside)
    columns = fit(cells, look, width_mm, lane_mm * max(1, len(procedure.lanes)))
    widths = {key: right - left for key, left, right in columns.spans}
    lines = tuple(
        {key: lines_of(cell, look.font, look.size_pt, widths[key]) for key, cell in row.items()}
        for row in rows
    )
    heading = lay_heading(procedure.lanes, look, columns)
    room = (look.paper.frame.height - heading.height) * _MOST_SYMBOLS_SHARE
    own_measures = dict(_own_measures(procedure, look, measures, lane_mm, room))
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
        {
            symbol.id: _size(symbol, look, own_measures.get(symbol.id, measures), lane_mm)
            for symbol in procedure.symbols
        },
        own_measures,
    )


def fit_table(
    procedure: Procedure,
    look: SheetLook,
    width_mm: float,
    aside: float,
    references: References,
) -> Fitting:
    """Return how a procedure's table is made to fit; told without breaking a line of its texts."""
    return _fitting(procedure, _cells(procedure, look, references), look, width_mm, aside)


@remember(64)
def _cells(procedure: Procedure, look: SheetLook, references: References) -> list[dict[str, Cell]]:
    """Return each row's cells by column, lanes left out; a covered cell is empty."""
    covered = {column: covered_rows(procedure.steps, column) for column in SPANNING}
    keys = [key for key in look.columns if key != "lanes"]
    numbers = shown_numbers(procedure)
    return [
        {
            key: ()
            if row in covered.get(key, ())
            else cell_of(step, key, numbers[row], look, references)
            for key in keys
        }
        for row, step in enumerate(procedure.steps)
    ]


def _fitting(
    procedure: Procedure,
    rows: list[dict[str, Cell]],
    look: SheetLook,
    width_mm: float,
    aside: float,
) -> Fitting:
    """Return the first attempt with which all columns fit.

    The last one stands even where lines have less room than they ask for.
    """
    count = max(1, len(procedure.lanes))
    fixed = look.fixed_width_mm("lanes")
    has_free = any(look.fixed_width_mm(key) is None for key in look.columns if key != "lanes")
    for smaller, scale, text_width_mm in _attempts(look):
        tried = replace(look, size_pt=max(look.size_pt + smaller, min(look.size_pt, _LEAST_PT)))
        measures = symbols.measures_of(procedure.symbols, tried, scale)
        room = (width_mm - text_width_mm(rows, tried)) / count
        room_aside = aside if scale > _TIGHT_SCALE else tight_aside(aside)
        least = measures.width + 2 * room_aside
        heading = min(lane_word_mm(procedure.lanes, tried), _WIDEST_HEADING_MM)
        if fixed is not None and least <= fixed <= room:
            return Fitting(tried, measures, fixed, fits=True)
        if fixed is None and least <= room:
            spare = (width_mm - _EASY_TEXTS * (width_mm - room * count)) / count
            wide = min(heading, width_mm * _LANES_SHARE / count, spare) if has_free else room
            return Fitting(tried, measures, min(max(least, wide), room), fits=True)
    asked = least if fixed is None else fixed
    lane_mm = max(min(room, asked), measures.width + 2 * _LEAST_ASIDE_MM)
    widest = max(room, width_mm * _MOST_LANES_SHARE / count)
    if lane_mm > widest:  # Unreadable, but on the paper.
        measures = symbols.measures_of(procedure.symbols, tried, scale * widest / lane_mm)
    return Fitting(tried, measures, min(lane_mm, widest), fits=False)


def spare_lane_mm(
    procedure: Procedure,
    look: SheetLook,
    width_mm: float,
    references: References,
) -> float:
    """Return how wide each lane may be while the texts beside them still have it easy."""
    texts = least_text_width_mm(_cells(procedure, look, references), look)
    return (width_mm - _EASY_TEXTS * texts) / max(1, len(procedure.lanes))


def _attempts(
    look: SheetLook,
) -> Iterator[tuple[float, float, Callable[[list[dict[str, Cell]], SheetLook], float]]]:
    """Yield what to try, and what the texts then ask for: widths fixed by hand stand at first."""
    attempts = _ATTEMPTS if look.fixed_width_mm("lanes") is None else _FIXED_ATTEMPTS
    for smaller, scale in attempts:
        if scale >= _YIELDING_SCALE and look.widths_mm:
            yield smaller, scale, asked_text_width_mm
    for smaller, scale in attempts:
        yield smaller, scale, least_text_width_mm


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


def _size(
    symbol: Symbol, look: SheetLook, measures: symbols.Measures, lane_mm: float
) -> tuple[float, float]:
    width = _width(symbol, measures, lane_mm)
    return width, symbols.height_mm(symbol, look, measures, width)


def _width(symbol: Symbol, measures: symbols.Measures, lane_mm: float) -> float:
    return measures.width + (len(symbol.lanes) - 1) * lane_mm


def _own_measures(
    procedure: Procedure,
    look: SheetLook,
    measures: symbols.Measures,
    lane_mm: float,
    room_mm: float,
) -> Iterator[tuple[str, symbols.Measures]]:
    """Yield the measures of symbols whose texts must be smaller so that a page holds their row."""
    placed = place_symbols(procedure)
    for place in placed.places:
        symbol, most_mm = place.symbol, room_mm / placed.bands[place.row]
        width = _width(symbol, measures, lane_mm)
        own = (
            symbols.low_enough(symbol, look, measures, width, most_mm) if symbol.text else measures
        )
        if own is not measures:
            yield symbol.id, own


def text_height(table: Table, row: int) -> float:
    """Return the height that the texts of a row need; a merged cell's are not its own."""
    starts = {merged.column for merged in table.merged if merged.rows.start == row}
    counts = [len(lines) for key, lines in table.lines[row].items() if key not in starts]
    return text_height_mm(max(counts, default=0), table.look)
