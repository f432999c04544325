"""The symbols and flows of one flow table, looked up once for all the questions of its findings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from sopdesk.document.reading import rows_of_steps
from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Ways:
    """Who stands where, and who leads to whom; as quick for thousands of steps as for ten."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self._rows = rows_of_steps(procedure)
        self._names = {lane.id: plain(lane.name).strip() for lane in procedure.lanes}
        self._out: defaultdict[str, list[Flow]] = defaultdict(list)
        self._entered: set[str] = set()
        self._partners: defaultdict[str, list[str]] = defaultdict(list)
        for flow in procedure.flows:
            if flow.line is Line.ARROW:
                self._out[flow.source].append(flow)
                self._entered.add(flow.target)
            else:
                self._partners[flow.source].append(flow.target)
                self._partners[flow.target].append(flow.source)

    def arrows_from(self, symbol: Symbol) -> list[Flow]:
        """Return the arrows that leave a symbol; plain lines do not count."""
        return self._out.get(symbol.id, [])

    def is_entered(self, symbol: Symbol) -> bool:
        """Tell whether an arrow enters a symbol."""
        return symbol.id in self._entered

    def lane(self, symbol: Symbol) -> str:
        """Return the names of a symbol's lanes."""
        return " + ".join(self._names[lane] for lane in symbol.lanes)

    def above(self, symbol: Symbol) -> list[Symbol]:
        """Return the symbols of the nearest row above a symbol's that has any."""
        place = bisect_left(self._filled, self._rows[symbol.step])
        return self._by_row[self._filled[place - 1]] if place else []

    def below(self, symbol: Symbol) -> list[Symbol]:
        """Return the symbols of the nearest row below a symbol's that has any."""
        place = bisect_right(self._filled, self._rows[symbol.step])
        return self._by_row[self._filled[place]] if place < len(self._filled) else []

    def first(self) -> Symbol:
        """Return the first symbol of the topmost row."""
        return self._by_row[self._filled[0]][0]

    def last(self) -> Symbol:
        """Return the last symbol of the lowest row."""
        return self._by_row[self._filled[-1]][-1]

    @cached_property
    def reached(self) -> set[str]:
        """The ids of the symbols that can be reached from a start; plain lines lead both ways."""
        ways = {name: [flow.target for flow in flows] for name, flows in self._out.items()}
        for name, others in self._partners.items():
            ways[name] = [*ways.get(name, ()), *others]
        return _spread(ways, (s.id for s in self.procedure.symbols if s.kind is Kind.START))

    @cached_property
    def led_by_partner(self) -> set[str]:
        """The ids of those who work together with one that has a way on, or is an end."""
        leaders = (s.id for s in self.procedure.symbols if s.kind is Kind.END or s.id in self._out)
        return _spread(self._partners, leaders)

    @cached_property
    def _by_row(self) -> dict[int, list[Symbol]]:
        rows: defaultdict[int, list[Symbol]] = defaultdict(list)
        for symbol in self.procedure.symbols:
            rows[self._rows[symbol.step]].append(symbol)
        return rows

    @cached_property
    def _filled(self) -> list[int]:
        return sorted(self._by_row)


def _spread(ways: Mapping[str, Iterable[str]], names: Iterable[str]) -> set[str]:
    """Return these names and all that the ways lead to from them."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += ways.get(name, ())
    return found
