"""The sheet of actors: for each its SOPs, and in each the number of its steps and their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.properties import Outline

from sopdesk.output.recap.words import print_doubts, print_time
from sopdesk.output.recap.workload import actors_of

if TYPE_CHECKING:
    from sopdesk.output.recap.grid import Book, Grid
    from sopdesk.output.recap.grouping import Group
    from sopdesk.output.recap.workload import Actor, Share

_COLUMNS = (
    ("No", 7), ("OPD", 26), ("Pelaksana", 32), ("Nomor SOP", 20), ("Nama SOP", 50),
    ("Jumlah Langkah", 10), ("Waktu", 20), ("Menit", 10), ("Catatan Waktu", 30),
)  # fmt: skip
_STYLES = ("text",) * 5 + ("number", "text", "number", "text")
_SUM_STYLES = ("sum counter",) + ("sum",) * 4 + ("sum number", "sum", "sum number", "sum")


def write_actors(book: Book, root: Group) -> None:
    """Append the sheet: below each actor's sum a row for each SOP, which Excel can fold away.

    Every row names its actor, so that a filter on an actor finds them all.
    """
    grid = book.grid("Pelaksana", [width for _, width in _COLUMNS])
    grid.sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    grid.write([heading for heading, _ in _COLUMNS], ["heading"] * len(_COLUMNS))
    for place, actor in enumerate(actors_of(root.walk()), 1):
        _write_sum(grid, place, actor)
        for share in actor.shares:
            _write_share(grid, actor, share)
    grid.filter_from(1, len(_COLUMNS))
    grid.set_up(repeated_rows="1:1", frozen="A2")


def _write_sum(grid: Grid, place: int, actor: Actor) -> None:
    total = actor.total
    grid.write(
        (
            place,
            actor.agency,
            actor.name,
            None,
            f"{len(actor.shares)} SOP",
            actor.steps,
            print_time(total, actor.office.calendar),
            total.minutes,
            print_doubts(total),
        ),
        _SUM_STYLES,
    )


def _write_share(grid: Grid, actor: Actor, share: Share) -> None:
    identity = share.entry.sop.identity
    grid.sheet.row_dimensions[grid.row].outlineLevel = 1
    grid.write(
        (
            None,
            actor.agency,
            actor.name,
            identity.number,
            identity.title,
            share.steps,
            print_time(share.total, share.entry.office.calendar),
            share.total.minutes,
            print_doubts(share.total),
        ),
        _STYLES,
    )
