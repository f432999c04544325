"""Which tables are the same in a page's rows, or in all lanes: an edit pays for its change only."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sopdesk.sheet.page_parts import part_lines, resumed_cells
from sopdesk.sheet.remembering import Firsts

if TYPE_CHECKING:
    from sopdesk.sheet.page_parts import Part
    from sopdesk.sheet.table import Table

_TABLES: Firsts[Table] = Firsts(512)
_IN_LANES: Firsts[Table] = Firsts(64)


@lru_cache(maxsize=512)
def same_in_parts(table: Table, parts: tuple[Part, ...]) -> Table:
    """Return the first table that has the same in these parts of rows, whatever its others say.

    What is planned and drawn of a page by the identity of that table is remembered while its own
    rows, the symbols and the flows stay.
    """
    procedure = table.procedure
    key = (
        *map(id, (procedure.lanes, procedure.symbols, procedure.flows)),
        tuple([step.id for step in procedure.steps]),
        table.look,
        table.columns,
        table.lane_mm,
        table.measures,
        table.merged,
        parts,
        tuple([part_lines(table, part, key) for part in parts for key in table.lines[part.row]]),
        resumed_cells(table, parts),
    )
    return _TABLES.of(key, table)


def same_in_lanes(table: Table) -> Table:
    """Return the first table that has the same symbols and flows, whatever its rows say.

    What is routed by the identity of that table is remembered while texts of the rows change.
    """
    procedure = table.procedure
    key = (
        *map(id, (procedure.lanes, procedure.symbols, procedure.flows)),
        tuple([step.id for step in procedure.steps]),
        table.look,
        table.lane_mm,
        table.measures,
        table.symbols_room,
    )
    return _IN_LANES.of(key, table)
