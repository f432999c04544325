"""How two flow tables differ: lanes, steps, and where the steps lead."""

from __future__ import annotations

import difflib
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from sopdesk.document.comparison.difference import Change, Difference, worded
from sopdesk.document.merged_cells import SPANNING
from sopdesk.document.numbering import row_names
from sopdesk.document.reading import rows_of_symbols
from sopdesk.document.values import Flow, Lane, Line, Procedure, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Thing = TypeVar("Thing", Lane, Step)

_FIELDS = (
    "number", "activity", "activity_items", "requirements", "duration", "outputs", "remarks",
    "refers_to",
)  # fmt: skip


def differences_of_tables(
    index: int, old: Procedure | None, new: Procedure | None
) -> Iterator[Difference]:
    """Yield the differences of the flow tables `index`, one of which may not be there."""
    if new is None or old is None:
        title = (old or new or Procedure()).title
        change: Change = "removed" if new is None else "added"
        before, after = (title, "") if new is None else ("", title)
        yield Difference("table", "title", before, after, change, index)
        return
    for name in ("title", "notes"):
        before, after = worded(getattr(old, name)), worded(getattr(new, name))
        if before != after:
            yield Difference("table", name, before, after, procedure=index)
    yield from _Tables(index, old, new).differences()


class _Tables:
    """Two flow tables with their lanes and steps matched; `lanes` and `steps` map old to new."""

    def __init__(self, index: int, old: Procedure, new: Procedure) -> None:
        self._index, self._old, self._new = index, old, new
        self._lanes = _matched(old.lanes, new.lanes, lambda lane: lane.name)
        self._steps = _matched(old.steps, new.steps, lambda step: step.activity)
        self._names = (names_of_steps(old), names_of_steps(new))

    def differences(self) -> Iterator[Difference]:
        yield from self._came_and_went(
            "lane", self._lanes, self._old.lanes, self._new.lanes, ("name", "group")
        )
        yield from self._came_and_went(
            "step", self._steps, self._old.steps, self._new.steps, _FIELDS
        )
        yield from self._in_charts()

    def _came_and_went(
        self,
        part: str,
        matched: dict[str, str],
        old: Sequence[Thing],
        new: Sequence[Thing],
        compared: tuple[str, ...],
    ) -> Iterator[Difference]:
        after = {thing.id: thing for thing in new}
        for thing in old:
            name = self._name(thing, 0)
            if thing.id not in matched:
                yield Difference(part, part, name, "", "removed", self._index, name)
                continue
            other = after[matched[thing.id]]
            for field in compared:
                yield from self._changed(
                    part, field, getattr(thing, field), getattr(other, field), self._name(other, 1)
                )
        known = set(matched.values())
        for thing in new:
            if thing.id not in known:
                name = self._name(thing, 1)
                yield Difference(part, part, "", name, "added", self._index, name)
        for name in _moved([matched[t.id] for t in old if t.id in matched], [t.id for t in new]):
            shown = self._name(after[name], 1)
            yield Difference(part, part, shown, shown, "moved", self._index, shown)

    def _in_charts(self) -> Iterator[Difference]:
        """Compare symbols and ways by what they mean in the new table, and show each in its own."""
        same = {step: step for step in self._steps.values()}
        lanes = {lane: lane for lane in self._lanes.values()}
        before = Chart(self._old, self._steps, self._lanes)
        after = Chart(self._new, same, lanes)
        spans = {step.id: step for step in self._new.steps}
        for step in self._old.steps:
            if step.id not in self._steps:
                continue
            other = self._steps[step.id]
            name = self._names[1][other]
            for field in ("lanes", "kind", "text", "next"):
                old_key, old_text = before.cell(step.id, field)
                new_key, new_text = after.cell(other, field)
                if old_key != new_key:
                    yield from self._changed("step", field, old_text, new_text, name)
            for cell in SPANNING:
                rows = getattr(step.spans, cell), getattr(spans[other].spans, cell)
                yield from self._changed("step", f"spans.{cell}", *rows, name)

    def _changed(
        self, part: str, field: str, before: object, after: object, name: str
    ) -> Iterator[Difference]:
        if before != after:
            texts = worded(before), worded(after)
            yield Difference(part, field, *texts, procedure=self._index, name=name)

    def _name(self, thing: Lane | Step, side: int) -> str:
        return thing.name if isinstance(thing, Lane) else self._names[side][thing.id]


class Chart:
    """What the chart cells of a table's steps say, as a key to compare and as text to show."""

    def __init__(self, procedure: Procedure, steps: dict[str, str], lanes: dict[str, str]) -> None:
        self._procedure, self._steps, self._lanes = procedure, steps, lanes
        self._rows = rows_of_symbols(procedure)
        self._row_names = row_names(procedure)
        self._lane_names = {lane.id: lane.name for lane in procedure.lanes}
        self._leaving: defaultdict[str, list[Flow]] = defaultdict(list)
        for flow in procedure.flows:
            self._leaving[flow.source].append(flow)

    def cell(self, step_id: str, field: str) -> tuple[object, str]:
        """Return what the symbols of a step say in one column of the step table."""
        symbols = [symbol for symbol in self._procedure.symbols if symbol.step == step_id]
        if field == "lanes":
            key = [[self._lanes.get(lane, lane) for lane in s.lanes] for s in symbols]
            names = (" + ".join(self._lane_names[lane] for lane in s.lanes) for s in symbols)
            return key, "\n".join(names)
        if field == "next":
            ways = [self.ways(symbol.id) for symbol in symbols]
            return [key for key, _ in ways], "\n".join(text for _, text in ways)
        texts = [worded(getattr(symbol, field)) for symbol in symbols]
        return texts, "\n".join(texts)

    def ways(self, symbol_id: str) -> tuple[object, str]:
        """Return where a symbol leads, in the words of the column `next`."""
        key, texts = [], []
        for flow in self._leaving.get(symbol_id, ()):
            row = self._rows[flow.target]
            step = self._procedure.steps[row].id
            is_plain = flow.line is Line.PLAIN
            key.append((flow.label, self._steps.get(step, step), is_plain))
            label = f"{flow.label}: " if flow.label else ""
            texts.append(f"{label}{'-- ' if is_plain else ''}{self._row_names[row]}")
        return sorted(key), "; ".join(texts)


def names_of_steps(procedure: Procedure) -> dict[str, str]:
    """Return each step as it is spoken of: its number or row, and its activity."""
    names = row_names(procedure)
    return {
        step.id: f"{name} {step.activity}".strip()
        for step, name in zip(procedure.steps, names, strict=True)
    }


def _matched(
    old: Sequence[Thing], new: Sequence[Thing], words: Callable[[Thing], str]
) -> dict[str, str]:
    """Return the new id of each old one: the same id, else the next of the same words."""
    ids = {thing.id for thing in new}
    matched = {thing.id: thing.id for thing in old if thing.id in ids}
    free = [thing for thing in new if thing.id not in matched]
    for thing in old:
        if thing.id not in matched and words(thing).strip():
            twin = next((other for other in free if words(other) == words(thing)), None)
            if twin is not None:
                matched[thing.id] = twin.id
                free.remove(twin)
    return matched


def _moved(before: list[str], after: list[str]) -> list[str]:
    """Return the ids that do not keep their order among the others."""
    after = [name for name in after if name in before]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    kept = {
        name
        for block in matcher.get_matching_blocks()
        for name in after[block.b : block.b + block.size]
    }
    return [name for name in after if name not in kept]
