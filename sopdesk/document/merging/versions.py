"""A flow table in three versions: what its things are called there, and how a list is merged."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from sopdesk.document.comparison.tables import Chart, names_of_steps
from sopdesk.document.merging.ordering import in_order
from sopdesk.document.merging.three_way import Spot, Three

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from sopdesk.document.merging.three_way import Thing, Umpire
    from sopdesk.document.values import Procedure


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


One = TypeVar("One", bound=_HasId)
Name = TypeVar("Name", bound="Hashable")
Item = TypeVar("Item")


class TableVersions:
    """What is asked of all three versions of the flow table at a place of the SOP."""

    def __init__(self, umpire: Umpire, index: int, tables: Three[Procedure]) -> None:
        self.umpire = umpire
        self.tables = tables
        self.index = index

    @cached_property
    def step_names(self) -> Three[dict[str, str]]:
        """Each step as it is spoken of, by its id."""
        return self.tables.map(names_of_steps)

    @cached_property
    def lane_names(self) -> Three[dict[str, str]]:
        """The name of each lane by its id."""
        return self.tables.map(lambda table: {lane.id: lane.name for lane in table.lanes})

    @cached_property
    def charts(self) -> Three[Chart]:
        """What the chart cells say."""
        return self.tables.map(lambda table: Chart(table, {}, {}))

    @cached_property
    def homes(self) -> dict[str, tuple[Thing, ...]]:
        """The steps that each symbol stands in, in one version or another, mine first."""
        found: dict[str, dict[Thing, None]] = {}
        for table in (self.tables.mine, self.tables.theirs, self.tables.base):
            for symbol in table.symbols:
                found.setdefault(symbol.id, {})["step", symbol.step] = None
        return {name: tuple(steps) for name, steps in found.items()}

    def spot(self, part: str, field: str, thing: Thing, names: Three[str]) -> Spot:
        """Return where a part of a thing stands, called as on my side, else as on theirs."""
        name = names.mine or names.theirs or names.base
        return Spot(part, field, name, self.index, thing)

    def taken(self, field: str) -> object:
        """Return a field of the table itself."""
        values = self.tables.map(lambda table: getattr(table, field))
        return values.of(self.umpire.side(Spot("table", field, procedure=self.index), values))

    def listed(
        self,
        field: str,
        merge: Callable[[str, Three[One | None]], One | None],
        shown: Three[dict[str, str]],
    ) -> tuple[One, ...]:
        """Return a list of the table: the things that `merge` leaves, in their merged order.

        `merge` is called with the id of a thing and its versions, None where it is not; `shown`
        tells each thing as text.
        """
        lists: Three[Sequence[One]] = self.tables.map(lambda table: getattr(table, field))
        by_id = lists.map(lambda things: {one.id: one for one in things})
        kept: dict[str, One] = {}
        for name in dict.fromkeys((*by_id.mine, *by_id.theirs, *by_id.base)):
            one = merge(name, found_in(by_id, name))
            if one is not None:
                kept[name] = one
        return self.ordered(field, by_id, kept, shown)

    def ordered(
        self,
        field: str,
        lists: Three[dict[Name, Item]],
        kept: Mapping[Name, Item],
        shown: Three[dict[Name, str]],
    ) -> tuple[Item, ...]:
        """Return the things that are kept in their merged order."""
        spot = Spot("table", field, procedure=self.index)
        texts = shown.map(lambda names: "\n".join(names.values()))
        order = in_order(self.umpire, spot, lists.map(tuple), kept, texts)
        return tuple(kept[name] for name in order)


def found_in(by_name: Three[dict[Name, Item]], name: Name) -> Three[Item | None]:
    """Return what each version has under a name, None where it has nothing."""
    return by_name.map(lambda things: things.get(name))
