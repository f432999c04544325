"""Findings in the cells of the steps: what is empty, unreadable, or numbered out of order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.durations import parse_duration
from sopdesk.document.edits import add_symbol
from sopdesk.document.edits.splicing import gap_at
from sopdesk.document.edits.steps import lane_for
from sopdesk.document.findings.finding import Finding
from sopdesk.document.markup import plain
from sopdesk.document.merged_cells import covered_rows
from sopdesk.document.numbering import bare, shown_numbers
from sopdesk.document.reading import rows_of_steps, symbols_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.office import WorkCalendar
    from sopdesk.document.values import Procedure


def findings_in_cells(
    procedure: Procedure, calendar: WorkCalendar, columns: tuple[str, ...]
) -> Iterator[Finding]:
    """Yield the findings in the cells; a column that is not printed has none."""
    with_symbol = {symbol.step for symbol in procedure.symbols}
    for step in procedure.steps:
        if not step.activity.strip() and not step.activity_items and not step.refers_to:
            yield Finding("step_without_activity", "warning", step.id)
        if step.id not in with_symbol:
            mend = partial(_with_symbol, step_id=step.id) if procedure.lanes else None
            yield Finding("step_without_symbol", "warning", step.id, mend=mend)
    if "duration" in columns:
        yield from _in_durations(procedure, calendar)
    if "number" in columns:
        yield from _in_numbers(procedure)


def _with_symbol(procedure: Procedure, step_id: str) -> Procedure:
    row = rows_of_steps(procedure).get(step_id)
    if row is None or symbols_of(procedure, step_id):
        return procedure
    lane = lane_for(procedure, gap_at(procedure, row + 1, row - 1))
    return add_symbol(procedure, step_id, (lane,)) if lane is not None else procedure


def _in_durations(procedure: Procedure, calendar: WorkCalendar) -> Iterator[Finding]:
    covered = covered_rows(procedure.steps, "duration")
    for row, step in enumerate(procedure.steps):
        if row in covered:
            continue
        text = plain(step.duration).strip()
        if not text:
            yield Finding("duration_missing", "warning", step.id)
        elif parse_duration(text, calendar) is None:
            yield Finding("duration_unreadable", "hint", step.id, facts={"text": text})


def _in_numbers(procedure: Procedure) -> Iterator[Finding]:
    """Compare each whole number with the one above; others (`3a`, blank) may be what they like."""
    seen: set[str] = set()
    last = 0
    for step, shown in zip(procedure.steps, shown_numbers(procedure), strict=True):
        number = bare(shown)
        if number and number.casefold() in seen:
            yield Finding("number_repeated", "warning", step.id, 0, {"number": number}, _renumbered)
        elif number.isdecimal() and int(number) > last + 1:
            facts = {"number": number, "expected": last + 1}
            yield Finding("number_skipped", "hint", step.id, 0, facts, _renumbered)
        seen.add(number.casefold())
        last = int(number) if number.isdecimal() else last


def _renumbered(procedure: Procedure) -> Procedure:
    """Return the procedure with every whole number automatic."""
    numbers = zip(procedure.steps, shown_numbers(procedure), strict=True)
    return replace(
        procedure,
        steps=tuple(
            replace(step, number=None)
            if step.number is not None and bare(shown).isdecimal()
            else step
            for step, shown in numbers
        ),
    )
