"""The sheet of actors: for each its SOPs, and in each the number of its steps and their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.properties import Outline

from sopdesk.output.recap.words import print_doubts, print_time
from sopdesk.output.recap.workload import actors_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.output.recap.grid import Book, CellValue
    from sopdesk.output.recap.grouping import Group
    from sopdesk.output.recap.workload import Actor, Share

_COLUMNS = (
    ("No", 7), ("OPD", 30), ("Pelaksana", 34), ("Nomor SOP", 22), ("Nama SOP", 54),
    ("Jumlah Langkah", 10), ("Waktu", 20), ("Menit", 10), ("Catatan Waktu", 30),
)  # fmt: skip
_STYLES = ("text",) * 5 + ("number", "text", "number", "text")
_SUM_STYLES = ("sum counter",) + ("sum",) * 4 + ("sum number", "sum", "sum number", "sum")
_AGENCY = 1


def write_actors(book: Book, root: Group) -> None:
    """Append the sheet: below each actor's sum a row for each SOP, which Excel can fold away.

    Every row names its actor, so that a filter on an actor finds them all. The agency is named only
    where there are several.
    """
    shown = [column for column in range(len(_COLUMNS)) if book.names_agencies or column != _AGENCY]
    grid = book.grid("Pelaksana", [_COLUMNS[column][1] for column in shown])
    grid.sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)

    def write(values: Sequence[CellValue], styles: Sequence[str]) -> None:
        grid.write([values[column] for column in shown], [styles[column] for column in shown])

    write([heading for heading, _ in _COLUMNS], ["heading"] * len(_COLUMNS))
    for place, actor in enumerate(actors_of(root.walk()), 1):
        write(_sum_values(place, actor), _SUM_STYLES)
        for share in actor.shares:
            grid.sheet.row_dimensions[grid.row].outlineLevel = 1
            write(_share_values(actor, share), _STYLES)
    grid.filter_from(1, len(shown))
    grid.set_up(repeated_rows="1:1", frozen="A2")


def _sum_values(place: int, actor: Actor) -> Sequence[CellValue]:
    total = actor.total
    return (
        place,
        actor.agency,
        actor.name,
        None,
        f"{len(actor.shares)} SOP",
        actor.steps,
        print_time(total, actor.office.calendar),
        total.minutes,
        print_doubts(total),
    )


def _share_values(actor: Actor, share: Share) -> Sequence[CellValue]:
    identity = share.entry.sop.identity
    return (
        None,
        actor.agency,
        actor.name,
        identity.number,
        identity.title,
        share.steps,
        print_time(share.total, share.entry.office.calendar),
        share.total.minutes,
        print_doubts(share.total),
    )
