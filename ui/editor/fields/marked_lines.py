r"""A cell's text as lines in the faces that it prints in: `*word*` and `**word**` read. No Qt.

What a mark spans is one text of the sheet: all lines of a remark, but one item of a list alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.markup import Run, runs

if TYPE_CHECKING:
    from collections.abc import Callable

Lines = tuple[tuple[Run, ...], ...]
_BULLET, _INDENT = "- ", "  "


def plain_lines(text: str) -> Lines:
    """Return the lines as they were typed, marks and all."""
    return tuple((Run(line),) if line else () for line in text.split("\n"))


def marked_lines(text: str) -> Lines:
    """Return the lines of a text; its items, lines that begin with `- `, are texts of their own."""
    return _lines(text, lambda line: line.startswith(_BULLET))


def marked_items(text: str) -> Lines:
    """Return the lines of a list, an item each; lines that are indented belong to the item."""
    return _lines(text, lambda line: not line.startswith(_INDENT))


def _lines(text: str, begins: Callable[[str], bool]) -> Lines:
    texts: list[str] = []
    for line in text.split("\n"):
        if texts and not begins(line):
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return tuple(line for one in texts for line in _broken(runs(one)))


def _broken(marked: tuple[Run, ...]) -> Lines:
    """Return the runs of a text line by line."""
    lines: list[list[Run]] = [[]]
    for run in marked:
        for at, part in enumerate(run.text.split("\n")):
            if at:
                lines.append([])
            if part:
                lines[-1].append(Run(part, run.is_bold, run.is_italic))
    return tuple(map(tuple, lines))
