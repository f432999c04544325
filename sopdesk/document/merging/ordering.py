"""The order of things of which some came, some went, and some moved on one side or the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from sopdesk.document.merging.three_way import Spot, Three, Umpire

Name = TypeVar("Name", bound="Hashable")


def in_order(
    umpire: Umpire,
    spot: Spot,
    orders: Three[tuple[Name, ...]],
    kept: Collection[Name],
    shown: Three[str],
) -> list[Name]:
    """Return the things that are kept, in the order of the side that moved any.

    What the other side added stands behind the neighbour that it was added behind; where both
    added something there, mine comes first.
    """
    shared = set(orders.mine).intersection(orders.theirs)
    if orders.base:
        shared.intersection_update(orders.base)
    side = umpire.side(spot, orders.map(lambda order: _only(order, shared)), shown)
    leading = orders.of(side)
    other = orders.theirs if side == "mine" else orders.mine
    own = set(leading).difference(other) if side == "mine" else set[Name]()
    return _with_added(list(_only(leading, kept)), _only(other, kept), own)


def _with_added(merged: list[Name], other: Iterable[Name], first: Collection[Name]) -> list[Name]:
    """Put what is new in `other` behind its neighbour there, but after those of `first`."""
    known = set(merged)
    place = 0
    for name in other:
        if name in known:
            place = merged.index(name) + 1
            continue
        while place < len(merged) and merged[place] in first:
            place += 1
        merged.insert(place, name)
        place += 1
    return merged


def _only(order: Iterable[Name], wanted: Collection[Name]) -> tuple[Name, ...]:
    return tuple(name for name in order if name in wanted)
