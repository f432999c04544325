"""Merging the flow tables of an SOP: which of them are the same one, having no ids of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.comparison.tables import names_of_steps
from sopdesk.document.merging.ordering import in_order
from sopdesk.document.merging.tables import merged_table
from sopdesk.document.merging.three_way import Spot, Three
from sopdesk.document.merging.versions import found_in
from sopdesk.document.values import Procedure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.merging.three_way import Umpire

    Tables = Sequence[Procedure]


def merged_tables(
    umpire: Umpire, base: Tables | None, mine: Tables, theirs: Tables
) -> tuple[Procedure, ...]:
    """Return the flow tables of both sides; an empty one where none is left."""
    names = names_of_tables(base, mine, theirs)
    tables = Three(
        *(
            dict(zip(called, found, strict=True))
            for called, found in zip(names, (base or (), mine, theirs), strict=True)
        )
    )
    kept = {
        name: table
        for name in dict.fromkeys((*names.mine, *names.theirs, *names.base))
        if (table := _merged(umpire, name, tables)) is not None
    }
    texts = tables.map(lambda found: "\n\n".join(_told(table) for table in found.values()))
    order = in_order(umpire, Spot("table", "tables"), names.map(tuple), kept, texts)
    return tuple(kept[name] for name in order) or (Procedure(),)


def _merged(umpire: Umpire, name: str, tables: Three[dict[str, Procedure]]) -> Procedure | None:
    """Return what becomes of a table; it is named by its place on my side, else on theirs."""
    index = next(
        list(found).index(name)
        for found in (tables.mine, tables.theirs, tables.base)
        if name in found
    )
    found = found_in(tables, name)
    if found.mine is not None and found.theirs is not None:
        return merged_table(umpire, index, found.map(lambda table: table or Procedure()))
    title = next((table.title for table in found if table is not None), "")
    spot = Spot("table", "table", title, index, ("table", name))
    shown = found.map(lambda table: "" if table is None else _told(table))
    return found.of(umpire.side_of_thing(spot, found, shown))


def _told(table: Procedure) -> str:
    """Return a whole table as text: its title and its steps."""
    return "\n".join(filter(None, (table.title, *names_of_steps(table).values())))


def names_of_tables(base: Tables | None, mine: Tables, theirs: Tables) -> Three[list[str]]:
    """Return a name for each flow table of each version, the same for the same table.

    Tables are the same that share most lanes and steps, else those at the same place. Of tables
    that are not in the base, both having been added, only those that share something are the same.
    """
    of_base = [f"base {place}" for place in range(len(base or ()))]
    of_mine = [f"mine {place}" for place in range(len(mine))]
    of_theirs = [f"theirs {place}" for place in range(len(theirs))]
    for name, twin in _pairs(mine, base or (), by_place=True):
        of_mine[name] = of_base[twin]
    for name, twin in _pairs(theirs, base or (), by_place=True):
        of_theirs[name] = of_base[twin]
    new_mine = [place for place, name in enumerate(of_mine) if name not in of_base]
    new_theirs = [place for place, name in enumerate(of_theirs) if name not in of_base]
    for name, twin in _pairs(
        [theirs[place] for place in new_theirs],
        [mine[place] for place in new_mine],
        by_place=base is None,
    ):
        of_theirs[new_theirs[name]] = of_mine[new_mine[twin]]
    return Three(of_base, of_mine, of_theirs)


def _pairs(left: Tables, right: Tables, *, by_place: bool) -> list[tuple[int, int]]:
    """Return the places of the tables that are the same, each table once."""
    kin = [
        (-len(_things(one) & _things(other)), abs(i - j), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if one == other or _things(one) & _things(other)
    ]
    places = [(place, place) for place in range(min(len(left), len(right)))] if by_place else []
    pairs: dict[int, int] = {}
    for i, j in [*((i, j) for *_, i, j in sorted(kin)), *places]:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _things(table: Procedure) -> frozenset[tuple[str, str]]:
    lanes = (("lane", lane.id) for lane in table.lanes)
    return frozenset((*lanes, *(("step", step.id) for step in table.steps)))
