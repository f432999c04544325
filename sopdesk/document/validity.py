"""What every SOP value must hold, whoever made it: an edit, a file or a test.

A value that breaks these rules cannot be drawn or stored; a legal one may still be a poor SOP,
which `findings` tells. Paths and names are those of the exchange file.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.merged_cells import SPANNING
from sopdesk.document.office import FONTS, PAPERS
from sopdesk.document.reading import neighbouring
from sopdesk.document.values import COLUMNS, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopdesk.document.values import Procedure, SheetSettings, Sop, Symbol


class Fault(NamedTuple):
    """A broken rule: where (`procedures[0].flows[2].to`), and which, for a log or a test.

    A clerk meets these rules in an exchange file, where `form` words them.
    """

    path: str
    rule: str

    def __str__(self) -> str:
        """Return the path and what is wrong there."""
        return f"{self.path}: {self.rule}"


def faults(sop: Sop) -> tuple[Fault, ...]:
    """Return every broken rule, in the order of the value; none for a valid SOP."""
    found = list(_faults_of_sheet(sop.sheet))
    if not sop.procedures:
        found.append(Fault("procedures", "an SOP has at least one flow table"))
    for index, procedure in enumerate(sop.procedures):
        found += faults_of_procedure(procedure, f"procedures[{index}].")
    return tuple(found)


def faults_of_procedure(procedure: Procedure, path: str = "") -> Iterator[Fault]:
    """Yield the broken rules of one flow table; `path` goes before theirs."""
    yield from _repeated(f"{path}lanes", [lane.id for lane in procedure.lanes])
    yield from _repeated(f"{path}steps", [step.id for step in procedure.steps])
    yield from _repeated(f"{path}symbols", [symbol.id for symbol in procedure.symbols])
    for index, step in enumerate(procedure.steps):
        for cell in SPANNING:
            if getattr(step.spans, cell) < 1:
                yield Fault(f"{path}steps[{index}].spans.{cell}", "a cell covers at least one row")
            if getattr(step.spans, cell) > len(procedure.steps) - index:
                yield Fault(f"{path}steps[{index}].spans.{cell}", "a cell ends within the table")
    steps = {step.id for step in procedure.steps}
    for index, symbol in enumerate(procedure.symbols):
        yield from _faults_of_symbol(procedure, symbol, steps, f"{path}symbols[{index}]")
    yield from _faults_of_flows(procedure, path)


def _repeated(path: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield Fault(f"{path}[{index}].id", f'the id "{name}" occurs twice')
        seen.add(name)


def _faults_of_symbol(
    procedure: Procedure, symbol: Symbol, steps: set[str], path: str
) -> Iterator[Fault]:
    if symbol.step not in steps:
        yield Fault(f"{path}.step", f'no step "{symbol.step}"')
    if not symbol.lanes:
        yield Fault(f"{path}.lanes", "a symbol stands in at least one lane")
        return
    lanes = {lane.id for lane in procedure.lanes}
    unknown = [name for name in symbol.lanes if name not in lanes]
    for name in unknown:
        yield Fault(f"{path}.lanes", f'no lane "{name}"')
    if not unknown and neighbouring(procedure, symbol.lanes) != [symbol.lanes]:
        yield Fault(f"{path}.lanes", "the lanes of a wide symbol are neighbours, left to right")


def _faults_of_flows(procedure: Procedure, path: str) -> Iterator[Fault]:
    symbols = {symbol.id for symbol in procedure.symbols}
    for index, flow in enumerate(procedure.flows):
        here = f"{path}flows[{index}]"
        if flow.source not in symbols:
            yield Fault(f"{here}.from", f'no symbol "{flow.source}"')
        if flow.target not in symbols:
            yield Fault(f"{here}.to", f'no symbol "{flow.target}"')
        if flow.exit is Side.TOP:
            yield Fault(f"{here}.exit", "a flow never leaves at the top")
        if flow.entry is Side.BOTTOM:
            yield Fault(f"{here}.entry", "a flow never enters at the bottom")


def _faults_of_sheet(sheet: SheetSettings) -> Iterator[Fault]:
    if sheet.paper is not None and sheet.paper not in PAPERS:
        yield Fault("sheet.paper", f'no paper "{sheet.paper}"')
    if sheet.font is not None and sheet.font not in FONTS:
        yield Fault("sheet.font", f'no font "{sheet.font}"')
    yield from _faults_of_columns(sheet.columns or ())
    yield from _faults_of_measures(sheet)


def _faults_of_columns(columns: tuple[str, ...]) -> Iterator[Fault]:
    for index, column in enumerate(columns):
        if column not in COLUMNS:
            yield Fault(f"sheet.columns[{index}]", f'no column "{column}"')
        elif column in columns[:index]:
            yield Fault(f"sheet.columns[{index}]", f'the column "{column}" occurs twice')


def _faults_of_measures(sheet: SheetSettings) -> Iterator[Fault]:
    if sheet.size_pt is not None and not _is_measure(sheet.size_pt, above_zero=True):
        yield Fault("sheet.size_pt", f"not a measure: {sheet.size_pt}")
    for index, margin in enumerate(sheet.margins_mm or ()):
        if not _is_measure(margin):
            yield Fault(f"sheet.margins_mm[{index}]", f"not a measure: {margin}")
    for column, width in sheet.widths_mm:
        if column not in COLUMNS:
            yield Fault(f"sheet.widths_mm.{column}", f'no column "{column}"')
        if not _is_measure(width, above_zero=True):
            yield Fault(f"sheet.widths_mm.{column}", f"not a measure: {width}")


def _is_measure(value: float, *, above_zero: bool = False) -> bool:
    return math.isfinite(value) and (value > 0 if above_zero else value >= 0)
