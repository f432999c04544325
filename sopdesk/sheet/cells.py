"""What stands in the text cells of a flow table's row, broken into lines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.merged_cells import SPANNING, covered_rows
from sopdesk.document.numbering import shown_numbers
from sopdesk.sheet.faces import leading_mm
from sopdesk.sheet.remembering import remember
from sopdesk.sheet.typeset import (
    break_text,
    line_widths_mm,
    list_line_widths_mm,
    natural_width_mm,
    set_list,
    widest_list_word_mm,
    widest_word_mm,
)

if TYPE_CHECKING:
    from sopdesk.document.values import ListStyle, Procedure, Step
    from sopdesk.sheet.look import SheetLook
    from sopdesk.sheet.typeset import TextLine

PADDING_X_MM = 1.2
PADDING_Y_MM = 1.3

References = Mapping[str, tuple[str, str]]
"""The uuid of an SOP that a step may refer to, to its number and title."""


class Passage(NamedTuple):
    """A text, or a list in a style, inside a cell."""

    items: tuple[str, ...]
    style: ListStyle | None = None


Cell = tuple[Passage, ...]


@remember(64)
def cells_of(
    procedure: Procedure, look: SheetLook, references: References
) -> list[dict[str, Cell]]:
    """Return each row's cells by column, lanes left out; a covered cell is empty."""
    covered = {column: covered_rows(procedure.steps, column) for column in SPANNING}
    keys = [key for key in look.columns if key != "lanes"]
    numbers = shown_numbers(procedure)
    return [
        {
            key: ()
            if row in covered.get(key, ())
            else cell_of(step, key, numbers[row], look, references)
            for key in keys
        }
        for row, step in enumerate(procedure.steps)
    ]


def cell_of(step: Step, column: str, number: str, look: SheetLook, references: References) -> Cell:
    """Return what a step's cell holds; a list of one item prints without its mark."""
    if column == "number":
        return _text(number)
    if column == "activity":
        return (
            *_text(step.activity),
            *_list(step.activity_items, look.list_style("activity_items"), is_alone=False),
            *_text(reference_words(step, look, references)),
        )
    if column in ("requirements", "outputs"):
        items = step.requirements if column == "requirements" else step.outputs
        return _list(items, look.list_style(column), is_alone=True)
    return _text(step.duration if column == "duration" else step.remarks)


def _text(text: str) -> Cell:
    return (Passage((text,)),) if text else ()


def _list(items: tuple[str, ...], style: ListStyle, is_alone: bool) -> Cell:
    if is_alone and len(items) == 1:
        return _text(items[0])
    return (Passage(items, style),) if items else ()


def reference_words(step: Step, look: SheetLook, references: References) -> str:
    """Return the words that name the SOP a step refers to, its title and number as they are now."""
    if step.refers_to is None or step.refers_to not in references:
        return ""
    number, title = references[step.refers_to]
    words = look.label("refers_to")
    for name, value in (("{number}", number), ("{title}", title)):
        words = words.replace(name, value)
    return " ".join(words.split())


@lru_cache(maxsize=32768)
def lines_of(cell: Cell, font: str, size_pt: float, width_mm: float) -> tuple[TextLine, ...]:
    """Return a cell's lines in a column of this width, paddings included."""
    inner = width_mm - 2 * PADDING_X_MM
    lines: list[TextLine] = []
    for part in cell:
        if part.style is None:
            lines += break_text(part.items[0], font, size_pt, inner)
        else:
            lines += set_list(part.items, part.style, font, size_pt, inner)
    return tuple(lines)


def least_width_mm(cell: Cell, look: SheetLook) -> float:
    """Return the least width of a column in which no word of the cell breaks."""
    widest = 0.0
    for part in cell:
        if part.style is None:
            widest = max(widest, widest_word_mm(part.items[0], look.font, look.size_pt))
        else:
            word = widest_list_word_mm(part.items, part.style, look.font, look.size_pt)
            widest = max(widest, word)
    return widest + 2 * PADDING_X_MM


def whole_width_mm(cell: Cell, look: SheetLook) -> float:
    """Return the width at which each text of the cell stands on one line."""
    texts = [text for part in cell for text in part.items]
    widest = max([natural_width_mm(text, look.font, look.size_pt) for text in texts], default=0.0)
    return widest + 2 * PADDING_X_MM


def whole_lines_mm(cell: Cell, look: SheetLook) -> list[float]:
    """Return how wide each line of the cell is where no column breaks it."""
    widths: list[float] = []
    for part in cell:
        if part.style is None:
            widths += line_widths_mm(part.items[0], look.font, look.size_pt)
        else:
            widths += list_line_widths_mm(part.items, part.style, look.font, look.size_pt)
    return widths


def text_height_mm(lines: int, look: SheetLook) -> float:
    """Return the height of a cell with so many lines, paddings included."""
    return lines * leading_mm(look.font, look.size_pt) + 2 * PADDING_Y_MM
