"""The rows of a planned page, drawn: their rules and the texts of their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.sheet.blocks import RULE_MM
from sopdesk.sheet.cells import PADDING_X_MM, text_height_mm
from sopdesk.sheet.heading import lane_edges
from sopdesk.sheet.page_parts import part_lines, resumed_cells
from sopdesk.sheet.stacking import stacked
from sopdesk.sheet.values import LaneBand, Rect, RowBand, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.sheet.page_parts import Part
    from sopdesk.sheet.table import Merged, Table
    from sopdesk.sheet.typeset import TextLine
    from sopdesk.sheet.values import Text

_CENTERED = ("number", "duration")
"""The columns whose texts stand in their middle."""


class RowGrid:
    """The parts of rows on a page of a table, from `left` on; part i is between tops i and i + 1.

    All is in mm of the page.
    """

    def __init__(
        self, table: Table, parts: Sequence[Part], left: float, tops: Sequence[float]
    ) -> None:
        """Take the table, what of its rows is on the page, and where."""
        self._table, self._parts, self._left, self._tops = table, parts, left, tops
        self._steps = [step.id for step in table.procedure.steps]
        self._covered = {(merged.column, row) for merged in table.merged for row in merged.rows[1:]}

    def lanes(self) -> Iterator[LaneBand]:
        """Yield where each lane stands."""
        start, step = self._left + self._table.lanes_left, self._table.lane_mm
        for i, lane in enumerate(self._table.procedure.lanes):
            yield LaneBand(lane.id, round(start + i * step, 4), round(start + (i + 1) * step, 4))

    def rows(self) -> Iterator[RowBand]:
        """Yield where each part of a row stands."""
        for i, part in enumerate(self._parts):
            step = self._steps[part.row]
            yield RowBand(step, part.part, part.parts, self._tops[i], self._tops[i + 1])

    def rules(self) -> Iterator[Rule]:
        """Yield the rules between columns, then those below each part."""
        for x in lane_edges(self._table.procedure.lanes, self._table.columns):
            at = self._left + x
            yield Rule((at, self._tops[0]), (at, self._tops[-1]), RULE_MM)
        for below, y in enumerate(self._tops[1:], 1):
            for start, end in self._open_spans(below):
                a, b = start - RULE_MM / 2, end + RULE_MM / 2
                yield Rule((self._left + a, y), (self._left + b, y), RULE_MM)

    def _open_spans(self, below: int) -> Iterator[tuple[float, float]]:
        """Yield the stretches of the rule above part `below` that no merged cell covers."""
        start: float | None = None
        end = 0.0
        for key, left, right in self._table.columns.spans:
            if below < len(self._parts) and (key, self._parts[below].row) in self._covered:
                if start is not None:
                    yield start, end
                start = None
            else:
                start = left if start is None else start
                end = right
        if start is not None:
            yield start, end

    def texts(self) -> Iterator[Text]:
        """Yield the lines of all cells, each cell's in the middle of its height.

        A merged cell that began on an earlier page says again what it holds, where it has room.
        """
        for merged, lines in resumed_cells(self._table, self._parts):
            end = self._end(0, merged)
            height = self._tops[end] - self._tops[0]
            if text_height_mm(len(lines), self._table.look) <= height:
                yield from self._cell(lines, merged.column, 0, end)
        for index, part in enumerate(self._parts):
            for key, _, _ in self._table.columns.spans:
                lines = () if key == "lanes" else part_lines(self._table, part, key)
                if lines:
                    end = self._end(index, self._table.merged_from(part.row, key))
                    yield from self._cell(lines, key, index, end)

    def _cell(self, lines: Sequence[TextLine], key: str, index: int, end: int) -> Iterator[Text]:
        """Yield the lines of a column's cell that covers the parts from `index` to before `end`."""
        left, right = (self._left + x for x in self._table.columns.of(key))
        cell = Rect(left, self._tops[index], right, self._tops[end])
        look, step = self._table.look, self._steps[self._parts[index].row]
        start = None if key in _CENTERED else left + PADDING_X_MM
        yield from stacked(lines, look.font, look.size_pt, cell, key, left=start, step=step)

    def _end(self, index: int, merged: Merged | None) -> int:
        """Return the part behind a cell that begins in this one; a merged cell covers several."""
        end = index + 1
        while merged and end < len(self._parts) and self._parts[end].row in merged.rows:
            end += 1
        return end
