"""What every SOP value must hold, whoever made it: an edit, a file or a test.

A value that breaks these rules cannot be drawn or stored; a legal one may still be a poor SOP,
which `findings` tells. Paths and names are those of the exchange file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopdesk.document.edits.lanes import neighbouring
from sopdesk.document.merged_cells import SPANNING
from sopdesk.document.office import FONTS, PAPERS
from sopdesk.document.values import COLUMNS, Side
from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopdesk.document.values import Procedure, SheetSettings, Sop, Symbol


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule: where (`procedures[0].flows[2].to`), and which, to be filled with `name`."""

    path: str
    rule: str
    name: str = ""

    @property
    def reason(self) -> str:
        """The rule in the interface language."""
        return tr(self.rule, name=self.name)

    def __str__(self) -> str:
        """Return the path and what is wrong there."""
        return f"{self.path}: {self.reason}"


NO_LANE = 'no lane "{name}"'
NO_STEP = 'no step "{name}"'
NO_SYMBOL = 'no symbol "{name}"'
REPEATED_ID = 'the id "{name}" occurs twice'
NO_LANES_AT_ALL = "a symbol stands in at least one lane"
LANES_APART = "the lanes of a wide symbol are neighbours, left to right"
SPAN_TOO_SMALL = "a cell covers at least one row"
NO_SUCH_EXIT = "a flow never leaves at the top"
NO_SUCH_ENTRY = "a flow never enters at the bottom"
NO_PROCEDURE = "an SOP has at least one flow table"
NO_SUCH_PAPER = 'no paper "{name}"'
NO_SUCH_FONT = 'no font "{name}"'
NO_SUCH_COLUMN = 'no column "{name}"'
REPEATED_COLUMN = 'the column "{name}" occurs twice'
NO_MEASURE = "not a measure: {name}"


def faults(sop: Sop) -> tuple[Fault, ...]:
    """Return every broken rule, in the order of the value; none for a valid SOP."""
    found = list(_faults_of_sheet(sop.sheet))
    if not sop.procedures:
        found.append(Fault("procedures", NO_PROCEDURE))
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
                yield Fault(f"{path}steps[{index}].spans.{cell}", SPAN_TOO_SMALL)
    steps = {step.id for step in procedure.steps}
    for index, symbol in enumerate(procedure.symbols):
        yield from _faults_of_symbol(procedure, symbol, steps, f"{path}symbols[{index}]")
    yield from _faults_of_flows(procedure, path)


def _repeated(path: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield Fault(f"{path}[{index}].id", REPEATED_ID, name)
        seen.add(name)


def _faults_of_symbol(
    procedure: Procedure, symbol: Symbol, steps: set[str], path: str
) -> Iterator[Fault]:
    if symbol.step not in steps:
        yield Fault(f"{path}.step", NO_STEP, symbol.step)
    if not symbol.lanes:
        yield Fault(f"{path}.lanes", NO_LANES_AT_ALL)
        return
    lanes = {lane.id for lane in procedure.lanes}
    unknown = [name for name in symbol.lanes if name not in lanes]
    for name in unknown:
        yield Fault(f"{path}.lanes", NO_LANE, name)
    if not unknown and neighbouring(procedure, symbol.lanes) != [symbol.lanes]:
        yield Fault(f"{path}.lanes", LANES_APART)


def _faults_of_flows(procedure: Procedure, path: str) -> Iterator[Fault]:
    symbols = {symbol.id for symbol in procedure.symbols}
    for index, flow in enumerate(procedure.flows):
        here = f"{path}flows[{index}]"
        if flow.source not in symbols:
            yield Fault(f"{here}.from", NO_SYMBOL, flow.source)
        if flow.target not in symbols:
            yield Fault(f"{here}.to", NO_SYMBOL, flow.target)
        if flow.exit is Side.TOP:
            yield Fault(f"{here}.exit", NO_SUCH_EXIT)
        if flow.entry is Side.BOTTOM:
            yield Fault(f"{here}.entry", NO_SUCH_ENTRY)


def _faults_of_sheet(sheet: SheetSettings) -> Iterator[Fault]:
    if sheet.paper is not None and sheet.paper not in PAPERS:
        yield Fault("sheet.paper", NO_SUCH_PAPER, sheet.paper)
    if sheet.font is not None and sheet.font not in FONTS:
        yield Fault("sheet.font", NO_SUCH_FONT, sheet.font)
    yield from _faults_of_columns(sheet.columns or ())
    yield from _faults_of_measures(sheet)


def _faults_of_columns(columns: tuple[str, ...]) -> Iterator[Fault]:
    for index, column in enumerate(columns):
        if column not in COLUMNS:
            yield Fault(f"sheet.columns[{index}]", NO_SUCH_COLUMN, column)
        elif column in columns[:index]:
            yield Fault(f"sheet.columns[{index}]", REPEATED_COLUMN, column)


def _faults_of_measures(sheet: SheetSettings) -> Iterator[Fault]:
    if sheet.size_pt is not None and not _is_measure(sheet.size_pt, above_zero=True):
        yield Fault("sheet.size_pt", NO_MEASURE, str(sheet.size_pt))
    for index, margin in enumerate(sheet.margins_mm or ()):
        if not _is_measure(margin):
            yield Fault(f"sheet.margins_mm[{index}]", NO_MEASURE, str(margin))
    for column, width in sheet.widths_mm:
        if column not in COLUMNS:
            yield Fault(f"sheet.widths_mm.{column}", NO_SUCH_COLUMN, column)
        if not _is_measure(width, above_zero=True):
            yield Fault(f"sheet.widths_mm.{column}", NO_MEASURE, str(width))


def _is_measure(value: float, *, above_zero: bool = False) -> bool:
    return math.isfinite(value) and (value > 0 if above_zero else value >= 0)
