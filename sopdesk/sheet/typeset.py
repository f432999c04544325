"""Text broken into lines by the widths of the very faces that print it.

A line breaks at a blank; a word too long for a line breaks after a hyphen or a slash between
letters, and what is still too long anywhere. Blanks at a break go, all others stay. Measuring is
remembered per text and breaking per text and width, so that a layout may ask again and again.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.lettering import letters
from sopdesk.document.values import ListStyle
from sopdesk.sheet.faces import MM_PER_PT, face_of, text_width_mm
from sopdesk.sheet.values import Glyphs
from sopdesk.sheet.words import cut_at, letter_cuts, parts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.words import Piece, Word

_CLEARANCE = 1e-7
"""Width at 1 pt that rounding may add: a text fits a column that was made just as wide."""

_MARK_GAP_EM = 0.45
"""Between the marks of a list and its texts; more than a blank, which ends each mark."""

_LEAST_TEXT_SHARE = 2 / 3
"""Of a list's width; where marks would leave less, texts do not hang beside them."""

_HALVINGS = 6
_MOST_EVEN = 6
"""How near to the narrowest width lines are made about equally long, and how many at most."""


class TextLine(NamedTuple):
    """One line: its width in mm without trailing blanks, and its stretches from left to right."""

    width_mm: float
    runs: tuple[Glyphs, ...]

    @property
    def text(self) -> str:
        """The words as read."""
        return "".join(run.text for run in self.runs)


@lru_cache(maxsize=32768)
def break_text(
    text: str, font: str, size_pt: float, width_mm: float, bold: bool = False
) -> tuple[TextLine, ...]:
    r"""Return the lines of a text with marks (see `markup`), none wider than `width_mm`.

    `\n` breaks a line too. No text gives no line. Where a column is narrower than one letter,
    each letter has a line, which then is wider.
    """
    limit = width_mm / size_pt + _CLEARANCE
    return tuple(
        _set(line, size_pt) for words in words_of(text, font, bold) for line in _fill(words, limit)
    )


@lru_cache(maxsize=1024)
def break_evenly(
    text: str, font: str, size_pt: float, width_mm: float, bold: bool = False
) -> tuple[TextLine, ...]:
    """Return a text's lines, as few as `break_text` makes, but about equally long.

    For what is centred, where a short last line looks left over.
    """
    lines = break_text(text, font, size_pt, width_mm, bold)
    low, high = widest_word_mm(text, font, size_pt, bold), width_mm
    for _ in range(_HALVINGS if 1 < len(lines) <= _MOST_EVEN and low < high else 0):
        middle = (low + high) / 2
        found = break_text(text, font, size_pt, middle, bold)
        if len(found) == len(lines):
            lines, high = found, middle
        else:
            low = middle
    return lines


def widest_word_mm(text: str, font: str, size_pt: float, bold: bool = False) -> float:
    """Return the least width at which nothing breaks inside a word.

    Where a word may break after a hyphen or a slash, its parts count.
    """
    return _widest_word(text, font, bold) * size_pt


def natural_width_mm(text: str, font: str, size_pt: float, bold: bool = False) -> float:
    r"""Return the least width at which the text breaks at its `\n` only."""
    return max(line_widths_mm(text, font, size_pt, bold), default=0.0)


def line_widths_mm(text: str, font: str, size_pt: float, bold: bool = False) -> list[float]:
    r"""Return the width of each line of a text that breaks at its `\n` only."""
    return [_width(line) * size_pt for line in words_of(text, font, bold)]


def _width(line: Iterable[Word]) -> float:
    """Return the width of the words in mm at 1 pt, without trailing blanks."""
    width = end = 0.0
    for word in line:
        end += word.width
        if word.pieces:
            width = end
        end += word.blank
    return width


@lru_cache(maxsize=16384)
def _widest_word(text: str, font: str, bold: bool) -> float:
    widest = 0.0
    for line in words_of(text, font, bold):
        for word in line:
            if word.width > widest:
                widest = max(widest, *[part.width for part in parts_of(word)])
    return widest


def _fill(words: Iterable[Word], limit: float) -> Iterator[list[Word]]:
    """Put as many words on each line as it holds, without blanks at either side of a break."""
    line: list[Word] = []
    used = 0.0
    has_broken = False
    for word in _short_enough(words, limit):
        if line and used + word.width > limit:
            if any(earlier.pieces for earlier in line):
                yield line
            line, used, has_broken = [], 0.0, True
        if word.pieces or line or not has_broken:
            line.append(word)
            used += word.width + word.blank
    yield line


def _set(line: Sequence[Word], size_pt: float) -> TextLine:
    """Return the words as a line, neighbours of one face together."""
    pieces: list[Piece] = []
    end = 0
    for word in line:
        pieces += word.pieces
        if word.pieces:
            end = len(pieces)
        if word.blank:
            pieces.append((" ", word.face, word.blank))
    x = 0.0
    found = []
    for face, same in groupby(pieces[:end], itemgetter(1)):
        texts, _, widths = zip(*same, strict=True)
        found.append(Glyphs(x, "".join(texts), face))
        x += sum(widths) * size_pt
    return TextLine(x, tuple(found))


def _short_enough(words: Iterable[Word], limit: float) -> Iterator[Word]:
    for word in words:
        if word.width <= limit:
            yield word
            continue
        for part in parts_of(word):
            if part.width <= limit:
                yield part
            else:
                yield from cut_at(part, letter_cuts(part, limit))


@lru_cache(maxsize=8192)
def set_list(
    items: tuple[str, ...], style: ListStyle, font: str, size_pt: float, width_mm: float
) -> tuple[TextLine, ...]:
    """Return the lines of a list, its texts hanging beside their marks.

    An item that begins with `- ` is a sub-item of the one before. A first item that ends with a
    colon introduces the others and has no mark, unless sub-items follow it. Blank items are left
    out. Where the column is too narrow to hang texts, marks run in with them.
    """
    entries = _entries(items, style)
    indents = _indents(entries, font, size_pt)
    if width_mm - indents.deepest < width_mm * _LEAST_TEXT_SHARE:
        indents = _Indents(0.0, 0.0, 0.0)
    column = (font, size_pt, width_mm)
    return tuple(line for entry in entries for line in _entry_lines(entry, indents, column))


def widest_list_word_mm(
    items: tuple[str, ...], style: ListStyle, font: str, size_pt: float
) -> float:
    """Return a width at which nothing breaks inside a word of the list, even where texts hang."""
    entries = _entries(items, style)
    widest = max([widest_word_mm(entry.text, font, size_pt) for entry in entries], default=0.0)
    return widest + _indents(entries, font, size_pt).deepest


def list_line_widths_mm(
    items: tuple[str, ...], style: ListStyle, font: str, size_pt: float
) -> list[float]:
    r"""Return the width of each line of a list whose texts hang and break at their `\n` only."""
    entries = _entries(items, style)
    indents = _indents(entries, font, size_pt)
    return [
        width + (indents.deepest if entry.is_sub else indents.item if entry.mark else 0.0)
        for entry in entries
        for width in line_widths_mm(entry.text, font, size_pt)
    ]


class _Indents(NamedTuple):
    """How far texts hang right of their marks, of items and of sub-items, and the most of both."""

    item: float
    sub: float
    deepest: float


class _Entry(NamedTuple):
    mark: str
    text: str
    is_sub: bool = False


_SUB_MARK = "-"


def _indents(entries: Sequence[_Entry], font: str, size_pt: float) -> _Indents:
    face = face_of(font)
    gap = _MARK_GAP_EM * size_pt * MM_PER_PT
    marks = {entry.mark for entry in entries if entry.mark and not entry.is_sub}
    item = max((text_width_mm(mark, face, size_pt) + gap for mark in marks), default=0.0)
    sub = text_width_mm(_SUB_MARK, face, size_pt) + gap
    return _Indents(item, sub, item + sub * any(entry.is_sub for entry in entries))


@lru_cache(maxsize=8192)
def _entries(items: tuple[str, ...], style: ListStyle) -> tuple[_Entry, ...]:
    shown = [item.strip() for item in items if item.strip()]
    if len(shown) > 1 and shown[0].endswith(":") and not _is_sub(shown[1]):
        return (_Entry("", shown[0]), *_marked(shown[1:], style))
    return tuple(_marked(shown, style))


def _is_sub(item: str) -> bool:
    return item.startswith("- ")


def _marked(shown: Sequence[str], style: ListStyle) -> list[_Entry]:
    """Mark items, and sub-items below one; a list that begins with a dash has items all through."""
    entries: list[_Entry] = []
    number = 0
    may_be_sub = False
    for item in shown:
        may_be_sub = may_be_sub or not _is_sub(item)
        if may_be_sub and _is_sub(item):
            entries.append(_Entry(_SUB_MARK, item[2:].lstrip(), is_sub=True))
        else:
            number += 1
            entries.append(_Entry(_mark(style, number), item.removeprefix("- ")))
    return entries


def _mark(style: ListStyle, number: int) -> str:
    """Return the mark of the n-th item, from 1."""
    match style:
        case ListStyle.BULLETS:
            return "•"
        case ListStyle.NUMBERS:
            return f"{number}."
        case ListStyle.LETTERS:
            return f"{letters(number).lower()}."
        case ListStyle.DASHES:
            return "-"
        case ListStyle.PLAIN:
            return ""


def _entry_lines(
    entry: _Entry, indents: _Indents, column: tuple[str, float, float]
) -> list[TextLine]:
    """Set one entry: its mark, and its text hanging beside it, or running on where none hangs."""
    font, size_pt, width_mm = column
    start, hang = (indents.item, indents.sub) if entry.is_sub else (0.0, indents.item)
    if not entry.mark:
        return list(break_text(entry.text, font, size_pt, width_mm))
    if not hang:
        return list(break_text(f"{entry.mark} {entry.text}", font, size_pt, width_mm))
    lines = break_text(entry.text, font, size_pt, width_mm - start - hang)
    moved = [_indented(line, start + hang) for line in lines]
    face, first = face_of(font), moved[0]
    if not first.runs:
        width = start + text_width_mm(entry.mark, face, size_pt)
        return [TextLine(width, (Glyphs(start, entry.mark, face),)), *moved[1:]]
    mark = Glyphs(start, f"{entry.mark} ", face)
    return [TextLine(first.width_mm, (mark, *first.runs)), *moved[1:]]


def _indented(line: TextLine, indent: float) -> TextLine:
    shifted = tuple(run._replace(offset=run.offset + indent) for run in line.runs)
    return TextLine(line.width_mm + indent, shifted)
