r"""Italics and bold inside a text: `*word*`, `**word**`, and `\*` for an asterisk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = re.compile(r"\\([*\\])|(\*{1,3})")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    is_bold: bool = False
    is_italic: bool = False


@lru_cache(maxsize=8192)
def runs(text: str) -> tuple[Run, ...]:
    """Return the text as runs, in order, marks removed.

    A mark that never closes is a plain asterisk. Neighbouring runs differ in face; no run is empty.
    """
    if "*" not in text and "\\" not in text:
        return (Run(text),) if text else ()
    return _join(_close(_tokens(text)))


def plain(text: str) -> str:
    """Return the text without its marks."""
    return "".join(run.text for run in runs(text))


def escape(text: str) -> str:
    r"""Return the text so that `plain` gives it back: asterisks become `\*`."""
    return text.replace("\\", "\\\\").replace("*", "\\*")


def marked(parts: Iterable[Run]) -> str:
    """Return the text whose `runs` are these, as far as faces of blank stretches go."""
    text, bold, italic = "", False, False
    for run in (*parts, Run("")):
        text += "**" * (run.is_bold != bold) + "*" * (run.is_italic != italic) + escape(run.text)
        bold, italic = run.is_bold, run.is_italic
    return text


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Split into (piece, is_mark); `***` is read as `**` and `*`."""
    pieces: list[tuple[str, bool]] = []
    last = 0
    for match in _MARK.finditer(text):
        if match.start() > last:
            pieces.append((text[last : match.start()], False))
        if match[1]:
            pieces.append((match[1], False))
        else:
            pieces += [("**", True), ("*", True)] if match[2] == "***" else [(match[2], True)]
        last = match.end()
    if last < len(text):
        pieces.append((text[last:], False))
    return pieces


def _close(pieces: list[tuple[str, bool]]) -> list[Run]:
    """Pair the marks of each kind in order; the odd one out is text."""
    marks = {mark: [i for i, (piece, is_mark) in enumerate(pieces) if is_mark and piece == mark]
             for mark in ("*", "**")}  # fmt: skip
    odd = {places[-1] for places in marks.values() if len(places) % 2}
    bold = italic = False
    found: list[Run] = []
    for index, (piece, is_mark) in enumerate(pieces):
        if is_mark and index not in odd:
            bold ^= piece == "**"
            italic ^= piece == "*"
        else:
            found.append(Run(piece, bold, italic))
    return found


def _join(parts: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for part in parts:
        if joined and (joined[-1].is_bold, joined[-1].is_italic) == (part.is_bold, part.is_italic):
            joined[-1] = Run(joined[-1].text + part.text, part.is_bold, part.is_italic)
        elif part.text:
            joined.append(part)
    return tuple(joined)
