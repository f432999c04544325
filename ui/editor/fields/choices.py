"""What can be chosen in the cells of the step table, and where a symbol can lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from ui.editor.fields.choice_list import Choice, Choices
from ui.editor.words import kind_words, lane_names, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sopdesk.document.values import Procedure, Symbol

_MOST_WORDS = 200
LEAST_TYPED = 3
"""So many letters of a text are typed before others like it are offered."""


def cell_choices(
    procedure: Procedure | None, row: int, column: str, words_of: Callable[[str], Iterable[str]]
) -> Choices:
    """Return what can be chosen in a cell; `words_of` a topic are those the office has used."""
    if procedure is None:
        return Choices()
    if column == "lanes":
        return lane_choices(procedure, words_of("lanes"))
    if column == "kind":
        return kind_choices()
    if column in ("activity", "requirements", "outputs"):
        return text_choices(procedure, row, column, words_of(column))
    return next_choices(procedure) if column == "next" else Choices()


def lane_choices(procedure: Procedure, used: Iterable[str]) -> Choices:
    """Return the table's own actors first, then those that the office has used elsewhere."""
    names = [lane.name for lane in procedure.lanes if lane.name]
    names += list(used)[:_MOST_WORDS]
    return Choices.of(dict.fromkeys(names), separators="+")


def actor_choices(procedure: Procedure, used: Iterable[str]) -> Choices:
    """Return what an actor of the table can be called: as the office has it, and as none here."""
    here = {lane.name for lane in procedure.lanes}
    return Choices.of(name for name in used if name not in here)


def text_choices(procedure: Procedure, row: int, column: str, used: Iterable[str]) -> Choices:
    """Return what the office has typed into a column; a step may need what the last one gave."""
    given = procedure.steps[row - 1].outputs if column == "requirements" and row else ()
    # A cell's list completes a line: what has several is offered to none.
    lines = (text for text in (*given, *used) if "\n" not in text)
    return Choices.of(dict.fromkeys(lines), least=LEAST_TYPED)


def kind_choices() -> Choices:
    """Return the kinds; nothing else can stand there."""
    return Choices.of(kind_words().values(), closed=True)


def next_choices(procedure: Procedure) -> Choices:
    """Return the steps that have a symbol, as `5 - Paraf SPT (Kabag)`, written as `5`."""
    entries: dict[str, Choice] = {}
    for symbol in procedure.symbols:
        number = number_of(procedure, symbol.step)
        entries.setdefault(number, Choice(target_text(procedure, symbol), number))
    return Choices(tuple(entries.values()), separators=":;")


def target_text(procedure: Procedure, symbol: Symbol) -> str:
    """Word a symbol as a place to go to: `5 - Paraf SPT (Kabag)`."""
    activity = next((step.activity for step in procedure.steps if step.id == symbol.step), "")
    first = plain(activity).split("\n", 1)[0]
    shown = first if len(first) <= 60 else first[:59].rstrip() + "…"
    return f"{number_of(procedure, symbol.step)} - {shown} ({lane_names(procedure, symbol)})"
