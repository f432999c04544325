"""Where a step's symbols lead, one line a symbol: `5`, or `Ya: 5; Tidak: 3`, or nothing.

A row is named as `numbering.row_names` says. Plain lines are no order and stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from sopdesk.document.edits.flows import with_flows
from sopdesk.document.numbering import bare, row_names, shown_numbers
from sopdesk.document.reading import arrows_from, rows_of_symbols, symbols_of
from sopdesk.document.values import Flow, Kind, Line, Procedure, Symbol
from sopdesk.foundation.faults import UserError

_BY_ROW = re.compile(r"#\s*(\d{1,6})")

_COMMA_OF_TWO_WAYS = re.compile(r"(:\s*#?\d+)\s*,(?=[^:;]*:)")
"""The comma of `Ya: 5, Tidak: 3`."""

_SPOKEN = re.compile(
    r"\s*([^\W\d_]+(?:\s+[^\W\d_]+)*?)\s*(?:[:=→]|->|\ske)?\s*(#?\d{1,6})\s*(?:[.,;/]|$|(?=\s))"
)
"""One way of `ya 5 tidak 3` or `ya ke 5, tidak ke 3`: a label of words alone, and a number."""


class _Way(NamedTuple):
    label: str
    row: int
    name: str


def next_text(procedure: Procedure, step_id: str) -> str:
    """Return where each symbol of a step leads, one symbol a line."""
    lines = [_line(procedure, symbol) for symbol in symbols_of(procedure, step_id)]
    return "\n".join(lines) if any(lines) else ""


def set_next(procedure: Procedure, step_id: str, text: str) -> Procedure:
    """Return the procedure with the symbols of a step leading where the lines say.

    A way that was there already, by its label and row, else by its row or label alone, keeps its
    flow: its target symbol, its fixed sides. A new one leads to the first symbol of its row.

    Raises:
        UserError: `cell_number_unknown`, `cell_number_repeated`, `cell_step_without_symbol`,
            `cell_next_itself`, `cell_next_unread`, `cell_too_many_lines`.
    """
    symbols = symbols_of(procedure, step_id)
    lines = text.split("\n")
    while len(lines) > len(symbols) and not lines[-1].strip():
        lines.pop()
    if len(lines) > len(symbols):
        raise UserError("cell_too_many_lines", lines=len(lines), symbols=len(symbols))
    old = [_line(procedure, symbol) for symbol in symbols]
    lines += [""] * (len(symbols) - len(lines))
    ways = [_read(procedure, line) for line in lines]
    for symbol, way, line, before in zip(symbols, ways, lines, old, strict=True):
        if line.strip() != before:
            procedure = _lead(procedure, symbol, way)
    return procedure


def _line(procedure: Procedure, symbol: Symbol) -> str:
    rows, names = rows_of_symbols(procedure), row_names(procedure)
    parts = []
    for flow in arrows_from(procedure, symbol.id):
        name = names[rows[flow.target]]
        label = _flat(flow.label)
        parts.append(f"{label}: {name}" if label else name)
    return "; ".join(parts)


def _flat(label: str) -> str:
    return " ".join(label.split())


# --- reading -----------------------------------------------------------------------------------


def _read(procedure: Procedure, line: str) -> list[_Way]:
    """Read `label: number; label: number`, or else the same as it is spoken."""
    ways, left = _written(line)
    if left:
        ways = _spoken(line)
        if not ways:
            raise UserError("cell_next_unread", text=left)
    return [_Way(label, _row(procedure, name), name) for label, name in ways]


def _written(line: str) -> tuple[list[tuple[str, str]], str]:
    """Return the labels and numbers, and the text behind them that is neither.

    A label may hold what parts ways elsewhere: a piece without a colon or number belongs to the
    label that follows it.
    """
    ways: list[tuple[str, str]] = []
    pending = ""
    for piece in _COMMA_OF_TWO_WAYS.sub(r"\1;", line).split(";"):
        pending = f"{pending};{piece}" if pending else piece
        label, _, name = (part.strip() for part in pending.rpartition(":"))
        if not pending.strip():
            pending = ""
        elif not name:
            break
        elif not _may_be_label(piece):
            ways.append((_flat(label), name))
            pending = ""
    return ways, pending.strip()


def _spoken(line: str) -> list[tuple[str, str]]:
    """Return the labels and numbers of `ya 5 tidak 3`, labels in capitals; none if it is other."""
    ways: list[tuple[str, str]] = []
    at = 0
    while at < len(line.rstrip()):
        match = _SPOKEN.match(line, at)
        if match is None:
            return []
        label = _flat(match[1])
        ways.append((label[0].upper() + label[1:], match[2]))
        at = match.end()
    return ways


def _may_be_label(piece: str) -> bool:
    """Tell whether a piece names no row, so that it can only begin a label with a semicolon."""
    return ":" not in piece and not re.match(r"\s*[#\d]", piece)


def _row(procedure: Procedure, name: str) -> int:
    if match := _BY_ROW.fullmatch(name):
        row = int(match[1]) - 1
        if 0 <= row < len(procedure.steps):
            return row
        raise UserError("cell_number_unknown", number=name)
    numbers = [bare(number).casefold() for number in shown_numbers(procedure)]
    wanted = bare(name).casefold()
    rows = [row for row, number in enumerate(numbers) if number == wanted and wanted]
    if not rows:
        raise UserError("cell_number_unknown", number=name)
    if len(rows) > 1:
        raise UserError("cell_number_repeated", number=name, row=rows[0] + 1)
    return rows[0]


# --- leading -----------------------------------------------------------------------------------


def _lead(procedure: Procedure, symbol: Symbol, ways: list[_Way]) -> Procedure:
    """Replace the arrows from a symbol by these ways, keeping each flow that is still meant."""
    rows = rows_of_symbols(procedure)
    free = list(arrows_from(procedure, symbol.id))
    kept: list[Flow | None] = [None] * len(ways)
    for fits in (_fits_both, _fits_row, _fits_label):
        for index, way in enumerate(ways):
            if kept[index] is None:
                kept[index] = next((f for f in free if fits(f, rows[f.target], way)), None)
                free = [flow for flow in free if flow is not kept[index]]
    led: list[Flow] = []
    for way, flow in zip(ways, kept, strict=True):
        led.append(_led(procedure, symbol, way, flow, led))
    return _exchanged(procedure, symbol, led)


def _fits_both(flow: Flow, row: int, way: _Way) -> bool:
    return _fits_row(flow, row, way) and _fits_label(flow, row, way)


def _fits_row(_flow: Flow, row: int, way: _Way) -> bool:
    return row == way.row


def _fits_label(flow: Flow, _row: int, way: _Way) -> bool:
    return _flat(flow.label) == way.label


def _led(
    procedure: Procedure, symbol: Symbol, way: _Way, flow: Flow | None, before: list[Flow]
) -> Flow:
    rows = rows_of_symbols(procedure)
    if flow is None:
        return Flow(symbol.id, _target(procedure, symbol, way, before), way.label)
    if _flat(flow.label) != way.label:
        flow = replace(flow, label=way.label)
    if rows[flow.target] != way.row:
        flow = replace(flow, target=_target(procedure, symbol, way, before), entry=None)
    return flow


def _target(procedure: Procedure, symbol: Symbol, way: _Way, before: list[Flow]) -> str:
    """Return the first symbol of a row that this way can lead to, a start only at need."""
    row = symbols_of(procedure, procedure.steps[way.row].id)
    if not row:
        raise UserError("cell_step_without_symbol", number=way.name)
    taken = {flow.target for flow in before if _flat(flow.label) == way.label}
    open_to = [other for other in row if other.id != symbol.id]
    if not open_to:
        raise UserError("cell_next_itself", number=way.name)
    return min(open_to, key=lambda one: (one.id in taken, one.kind is Kind.START)).id


def _exchanged(procedure: Procedure, symbol: Symbol, led: list[Flow]) -> Procedure:
    """Put the ways into the places of the symbol's arrows, in their order, more behind the last."""
    places = [
        index
        for index, flow in enumerate(procedure.flows)
        if flow.source == symbol.id and flow.line is Line.ARROW
    ]
    flows: list[Flow] = []
    queue = list(led)
    for index, flow in enumerate(procedure.flows):
        if index not in places:
            flows.append(flow)
            continue
        count = len(queue) if index == places[-1] else 1
        flows += queue[:count]
        queue = queue[count:]
    return with_flows(procedure, (*flows, *queue))
