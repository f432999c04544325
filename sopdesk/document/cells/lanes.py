"""The lanes of a step's symbols, by name: `A + B` is one wide symbol, a line is one symbol."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.edits import add_lane, add_symbol, move_symbol, remove_symbol
from sopdesk.document.reading import neighbouring, symbols_of
from sopdesk.document.values import Lane, Procedure, Symbol
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINT = " + "


def lanes_text(procedure: Procedure, step_id: str) -> str:
    """Return the lanes of each symbol of a step, one symbol a line."""
    return "\n".join(_line(procedure, symbol) for symbol in symbols_of(procedure, step_id))


def set_lanes(procedure: Procedure, step_id: str, text: str) -> Procedure:
    """Return the procedure with the symbols of a step in the lanes that the lines name.

    A symbol whose line stands unchanged stays; changed lines move symbols, further lines add them,
    missing ones remove them. A name that no lane has adds a lane: last, or beside the lane that it
    is typed with.

    Raises:
        UserError: `cell_lanes_apart`: a wide symbol over lanes that are no neighbours.
    """
    symbols = symbols_of(procedure, step_id)
    old = [_line(procedure, symbol) for symbol in symbols]
    new = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    order: list[str | None] = [None] * len(new)
    for i, j, size in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        order[j : j + size] = [symbol.id for symbol in symbols[i : i + size]]
    free = [symbol.id for symbol in symbols if symbol.id not in order]
    for place, line in enumerate(new):
        if order[place] is None and free:
            procedure, lanes = _lanes(procedure, line)
            order[place] = free.pop(0)
            procedure = move_symbol(procedure, order[place] or "", lanes)
    for name in free:
        procedure = remove_symbol(procedure, name)
    for place, line in enumerate(new):
        if order[place] is None:
            procedure, lanes = _lanes(procedure, line)
            procedure = add_symbol(procedure, step_id, lanes)
            order[place] = symbols_of(procedure, step_id)[-1].id
    return _ordered(procedure, step_id, order)


def _ordered(procedure: Procedure, step_id: str, order: list[str | None]) -> Procedure:
    """Return the procedure with the symbols of a step listed in this order, in the same places."""
    listed = {symbol.id: symbol for symbol in symbols_of(procedure, step_id)}
    queue = [listed.pop(name) for name in order if name in listed]
    queue += listed.values()
    symbols = tuple(
        queue.pop(0) if symbol.step == step_id else symbol for symbol in procedure.symbols
    )
    return procedure if symbols == procedure.symbols else replace(procedure, symbols=symbols)


def _line(procedure: Procedure, symbol: Symbol) -> str:
    names = {lane.id: " ".join(lane.name.split()) for lane in procedure.lanes}
    return _JOINT.join(names[lane] for lane in symbol.lanes)


def _lanes(procedure: Procedure, line: str) -> tuple[Procedure, tuple[str, ...]]:
    """Return the lanes that a line names, and the procedure with those that were missing."""
    whole = _find(procedure, line)
    if whole is not None:
        return procedure, (whole,)
    found: list[str] = []
    for name in (part.strip() for part in line.split("+")):
        lane = _find(procedure, name) if name else None
        if name and lane is None:
            procedure, lane = _added(procedure, name, found)
        if lane is not None:
            found.append(lane)
    runs = neighbouring(procedure, tuple(found))
    if len(runs) != 1:
        raise UserError("cell_lanes_apart", text=line)
    return procedure, runs[0]


def _added(procedure: Procedure, name: str, beside: Sequence[str]) -> tuple[Procedure, str]:
    lane = Lane(name=name)
    order = [one.id for one in procedure.lanes]
    place = order.index(beside[-1]) + 1 if beside else None
    return add_lane(procedure, lane, place), lane.id


def _find(procedure: Procedure, name: str) -> str | None:
    wanted = " ".join(name.split()).casefold()
    for lane in procedure.lanes:
        if " ".join(lane.name.split()).casefold() == wanted:
            return lane.id
    return None
