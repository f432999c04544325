"""Two versions of an SOP that came from one: what either side changed, and where both did.

A merge happens by itself only where the parts do not touch. A part is a field of the identity, the
sheet or the closing block, of a lane, a step or a symbol; all ways out of one symbol; the order of
a list; or whether something is there. Lanes, steps and symbols are matched by their ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sopdesk.document.merging.pairing import merged_tables
from sopdesk.document.merging.records import merged_record
from sopdesk.document.merging.three_way import Clash, Side, Spot, Three, Umpire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sopdesk.document.values import Sop

__all__ = ["Clash", "Merged", "Side", "choose", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: the SOP with every clash decided for mine, and the clashes.

    The clashes stand in the order of the sheet, those of one step or lane together. The three
    versions stay, so that `choose` can decide again.
    """

    sop: Sop
    clashes: tuple[Clash, ...]
    base: Sop | None
    mine: Sop
    theirs: Sop


def merge(base: Sop | None, mine: Sop, theirs: Sop) -> Merged:
    """Return what both sides made of `base`; None is unknown, and every difference a clash.

    A part that one side changed is taken from there, one that both changed differently is a clash.
    Added steps stand behind the neighbour that they were added behind. A thing that one side took
    away and the other changed is a clash of the whole thing. The result is valid if both sides
    are, and has the uuid and the origin of mine; where it equals mine it is the same object.
    """
    sop, clashes = _merged(base, mine, theirs, {})
    return Merged(sop, _together(clashes), base, mine, theirs)


def choose(merged: Merged, choices: Mapping[str, Side]) -> Sop:
    """Return the merged SOP with its clashes decided as chosen, by their keys; the others for mine.

    What only hangs on a thing that is chosen, as the ways that lead to a step, follows it.
    """
    sop, _ = _merged(merged.base, merged.mine, merged.theirs, choices)
    return sop


def _merged(
    base: Sop | None, mine: Sop, theirs: Sop, choices: Mapping[str, Side]
) -> tuple[Sop, list[Clash]]:
    umpire = Umpire(has_base=base is not None, choices=choices)
    sops = Three(base, mine, theirs)
    parts = {
        "identity": _record(umpire, sops, "identity"),
        "status": _field(umpire, sops, "status"),
        "extra": _field(umpire, sops, "extra"),
        "sheet": _record(umpire, sops, "sheet"),
        "procedures": merged_tables(
            umpire, base.procedures if base else None, mine.procedures, theirs.procedures
        ),
        "closing": _record(umpire, sops, "closing"),
    }
    changes = {name: part for name, part in parts.items() if part != getattr(mine, name)}
    sop = replace(mine, **changes) if changes else mine  # type: ignore[arg-type]
    return sop, umpire.clashes


def _field(umpire: Umpire, sops: Three[Sop | None], name: str) -> object:
    values = sops.map(lambda sop: getattr(sop, name, None))
    return values.of(umpire.side(Spot("identity", name), values))


def _record(umpire: Umpire, sops: Three[Sop | None], name: str) -> object:
    """Merge field by field; as a whole where a side has no such block, as `closing` may be None."""
    values = sops.map(lambda sop: getattr(sop, name, None))
    if values.mine is not None and values.theirs is not None:
        return merged_record(umpire, Spot(name, ""), *values)
    return values.of(umpire.side(Spot(name, name), values))


def _together(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """Return the clashes of one lane or step side by side, each where its first one stands."""
    groups: dict[object, list[Clash]] = {}
    for clash in clashes:
        groups.setdefault((clash.procedure, clash.part, clash.name), []).append(clash)
    return tuple(clash for group in groups.values() for clash in group)
