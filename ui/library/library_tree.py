"""The library as a tree of values: units with their subunits and counts, SOPs as leaves.

Knows nothing of Qt; the model shows what is built here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopdesk.storage.office_file import Entry

Unit = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Node:
    """A unit (its path in the office) or one SOP of it; `row` is its place in its parent.

    `key` is for whoever names nodes by numbers.
    """

    parent: Node | None = None
    unit: Unit = ()
    entry: Entry | None = None
    row: int = 0
    children: list[Node] = field(default_factory=list)
    count: int = 0
    key: int = 0

    def add(self, child: Node) -> Node:
        """Put a child last."""
        child.parent, child.row = self, len(self.children)
        self.children.append(child)
        return child

    @property
    def depth(self) -> int:
        """How many units stand around this."""
        above = self.parent
        return 0 if above is None or above.parent is None else above.depth + 1

    @property
    def has_no_name(self) -> bool:
        """Whether this is the group of the SOPs that name no unit."""
        return self.entry is None and not self.unit


def build(entries: Iterable[Entry], units: Sequence[Unit] = ()) -> Node:
    """Return the root of the tree: units in the office's order, then as the SOPs name them.

    SOPs keep their order and stand before their unit's subunits. Those without a unit come last
    in a group of their own; where no SOP names a unit there are no groups at all.
    """
    entries = list(entries)
    root = Node()
    if not any(entry.unit for entry in entries):
        for entry in entries:
            root.add(Node(entry=entry))
        root.count = len(entries)
        return root
    members: dict[Unit, list[Entry]] = {}
    for entry in entries:
        members.setdefault(tuple(entry.unit), []).append(entry)
    nodes: dict[Unit, Node] = {(): root}
    for unit in _ordered([*units, *members], members):
        node = _node_of(unit, nodes)
        for entry in members.get(unit, ()):
            node.add(Node(entry=entry))
    _sops_first(root)
    if () in members:
        rest = root.add(Node())
        for entry in members[()]:
            rest.add(Node(entry=entry))
    _count(root)
    return root


def _ordered(units: Iterable[Unit], members: dict[Unit, list[Entry]]) -> list[Unit]:
    """Return each unit once, as first named, only those that lead to an SOP."""
    used = {unit[:length] for unit in members for length in range(1, len(unit) + 1)}
    return [unit for unit in dict.fromkeys(tuple(unit) for unit in units) if unit in used]


def _node_of(unit: Unit, nodes: dict[Unit, Node]) -> Node:
    if unit not in nodes:
        nodes[unit] = _node_of(unit[:-1], nodes).add(Node(unit=unit))
    return nodes[unit]


def _sops_first(node: Node) -> None:
    """Order a unit's own SOPs before its subunits."""
    node.children.sort(key=lambda child: child.entry is None)
    for row, child in enumerate(node.children):
        child.row = row
        _sops_first(child)


def _count(node: Node) -> int:
    """Note below each unit how many SOPs it holds."""
    node.count = 1 if node.entry is not None else sum(map(_count, node.children))
    return node.count
