"""Words found, and replaced, in all texts of an SOP that a clerk has typed.

Looked through are the identity, the flow tables and the closing signature, in the order of the
sheet. Dates, the unit, the revision, employee numbers and step numbers are no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sopdesk.document.merged_cells import SPANNING, covered_rows
from sopdesk.document.values import LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sopdesk.document.values import Identity, Lane, Procedure, Sop, Step

    Change = Callable[["Place", str], str]

T = TypeVar("T")
_SIGNATORY = ("position", "name", "rank")
_STEP = ("activity", "activity_items", "requirements", "duration", "outputs", "remarks")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; spaces in `words` stand for line breaks too."""

    words: str
    is_whole: bool = True
    """Only where no letter or digit stands right before or behind."""
    is_exact: bool = False
    """Only in the same capitals."""

    def pattern(self) -> re.Pattern[str] | None:
        """Return the words as a pattern, None for none."""
        said = r"\s+".join(map(re.escape, self.words.split()))
        if not said:
            return None
        whole = rf"(?<!\w){said}(?!\w)" if self.is_whole else said
        return re.compile(whole, re.NOFLAG if self.is_exact else re.IGNORECASE)


class Place(NamedTuple):
    """A text of an SOP: `part` and `field` as `comparison` names them, flow table and step."""

    part: str
    field: str
    procedure: int = 0
    step: str | None = None


class Occurrence(NamedTuple):
    """Where the words stand: `text[start:end]` of a place."""

    place: Place
    text: str
    start: int
    end: int


def occurrences(sop: Sop, search: Search) -> tuple[Occurrence, ...]:
    """Return where the words stand, in the order of the sheet."""
    pattern = search.pattern()
    found: list[Occurrence] = []

    def look(place: Place, text: str) -> str:
        if pattern is not None:
            found.extend(Occurrence(place, text, *m.span()) for m in pattern.finditer(text))
        return text

    _changed(sop, look)
    return tuple(found)


def replace_words(sop: Sop, search: Search, by: str, only: int | None = None) -> Sop:
    """Return the SOP with other words in place of those, or at one of the `occurrences` only.

    An item of a list that is left empty goes. The same SOP where nothing is found.
    """
    pattern, count = search.pattern(), -1

    def word(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return by if only in (None, count) else match[0]

    if pattern is None:
        return sop
    return _changed(sop, lambda _place, text: pattern.sub(word, text))


def _changed(sop: Sop, change: Change) -> Sop:
    identity = _identity(sop.identity, change)
    procedures = tuple(
        _procedure(index, procedure, change) for index, procedure in enumerate(sop.procedures)
    )
    closing = sop.closing and _texts(
        sop.closing, ("place_date", *_SIGNATORY), change, partial(Place, "closing")
    )
    after = identity, procedures, closing
    if after == (sop.identity, sop.procedures, sop.closing):
        return sop
    return replace(sop, identity=identity, procedures=procedures, closing=closing)


def _identity(identity: Identity, change: Change) -> Identity:
    place = partial(Place, "identity")
    identity = _texts(identity, ("institution", "number"), change, place)
    approved_by = _texts(
        identity.approved_by, _SIGNATORY, change, lambda name: place(f"approved_by.{name}")
    )
    if approved_by is not identity.approved_by:
        identity = replace(identity, approved_by=approved_by)
    return _texts(identity, ("title", *LISTS), change, place)


def _procedure(index: int, procedure: Procedure, change: Change) -> Procedure:
    table = partial(Place, "table", procedure=index)
    procedure = _texts(procedure, ("title",), change, table)
    lanes = _lanes(procedure.lanes, change, partial(Place, "lane", procedure=index))
    hidden = {cell: covered_rows(procedure.steps, cell) for cell in SPANNING}
    steps = tuple(
        _step(step, {cell for cell in hidden if row in hidden[cell]}, change, index)
        for row, step in enumerate(procedure.steps)
    )
    steps_of = {symbol.id: symbol.step for symbol in procedure.symbols}
    symbols = tuple(
        _texts(symbol, ("text",), change, _in_step("step", index, symbol.step))
        for symbol in procedure.symbols
    )
    flows = tuple(
        _texts(flow, ("label",), change, _in_step("flow", index, steps_of[flow.source]))
        for flow in procedure.flows
    )
    made = replace(procedure, lanes=lanes, steps=steps, symbols=symbols, flows=flows)
    return _texts(made if made != procedure else procedure, ("notes",), change, table)


def _in_step(part: str, procedure: int, step: str) -> partial[Place]:
    return partial(Place, part, procedure=procedure, step=step)


def _lanes(lanes: Sequence[Lane], change: Change, place: partial[Place]) -> tuple[Lane, ...]:
    """Change names and the headings above; a heading over several lanes is one text."""
    groups: dict[tuple[str, ...], tuple[str, ...]] = {}
    headings: dict[str, str] = {}
    for lane in lanes:
        for heading in lane.group:
            if heading not in headings:
                headings[heading] = change(place("group"), heading)
        groups[lane.group] = tuple(headings[h] for h in lane.group if headings[h].strip())
    return tuple(
        _texts(
            lane if groups[lane.group] == lane.group else replace(lane, group=groups[lane.group]),
            ("name",),
            change,
            place,
        )
        for lane in lanes
    )


def _step(step: Step, hidden: Collection[str], change: Change, procedure: int) -> Step:
    """Change a step's cells, but those that a merged cell hides: the clerk does not see them."""
    shown = [name for name in _STEP if name not in hidden]
    return _texts(step, shown, change, _in_step("step", procedure, step.id))


def _texts(record: T, names: Sequence[str], change: Change, place: Callable[[str], Place]) -> T:
    """Change the named fields of a record, each a text or a list; the same record if none is."""
    after: dict[str, Any] = {}
    for name in names:
        before = getattr(record, name)
        if isinstance(before, str):
            after[name] = change(place(name), before)
        else:
            items = [(item, change(place(name), item)) for item in before]
            after[name] = tuple(new for old, new in items if new.strip() or new == old)
    changed = {name: value for name, value in after.items() if value != getattr(record, name)}
    return replace(record, **changed) if changed else record  # type: ignore[type-var]
