"""The kinds of a step's symbols, one line each, in the words of the interface language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.edits import add_symbol, set_kind
from sopdesk.document.edits.splicing import gap_at
from sopdesk.document.edits.steps import lane_for
from sopdesk.document.reading import rows_of_steps, symbols_of
from sopdesk.document.values import Kind, Procedure
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping


def kinds_text(procedure: Procedure, step_id: str, words: Mapping[Kind, str]) -> str:
    """Return the kind of each symbol of a step, one a line."""
    return "\n".join(words[symbol.kind] for symbol in symbols_of(procedure, step_id))


def set_kinds(
    procedure: Procedure, step_id: str, text: str, words: Mapping[Kind, str]
) -> Procedure:
    """Return the procedure with the symbols of a step made what the lines say.

    A word may be cut short as long as it is plain which is meant; an empty line is a process. A
    step without a symbol gets one, in the lane of the symbol above.

    Raises:
        UserError: `cell_kind_unknown`, `cell_too_many_lines`, `cell_no_lane`.
    """
    lines = text.split("\n") if text.strip() else []
    kinds = [_kind(line, words) for line in lines]
    symbols = symbols_of(procedure, step_id)
    if not symbols and len(kinds) == 1:
        return _with_symbol(procedure, step_id, kinds[0])
    while len(kinds) > len(symbols) and not lines[len(kinds) - 1].strip():
        kinds.pop()
    if len(kinds) > len(symbols):
        raise UserError("cell_too_many_lines", lines=len(kinds), symbols=len(symbols))
    kinds += [Kind.PROCESS] * (len(symbols) - len(kinds))
    for symbol, kind in zip(symbols, kinds, strict=True):
        procedure = set_kind(procedure, symbol.id, kind)
    return procedure


def _kind(line: str, words: Mapping[Kind, str]) -> Kind:
    typed = line.strip().casefold()
    if not typed:
        return Kind.PROCESS
    fitting = [kind for kind, word in words.items() if word.casefold().startswith(typed)]
    exact = [kind for kind, word in words.items() if word.casefold() == typed]
    if len(exact or fitting) != 1:
        known = ", ".join(words[kind] for kind in Kind)
        raise UserError("cell_kind_unknown", text=line.strip(), known=known)
    return (exact or fitting)[0]


def _with_symbol(procedure: Procedure, step_id: str, kind: Kind) -> Procedure:
    row = rows_of_steps(procedure)[step_id]
    lane = lane_for(procedure, gap_at(procedure, row + 1, row - 1))
    if lane is None:
        raise UserError("cell_no_lane")
    return add_symbol(procedure, step_id, (lane,), kind)
