"""Words as typesetting takes them: measured, in pieces of one face, and where they may be cut."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.markup import Run, runs
from sopdesk.sheet.faces import advances, face_of, split_by_face, text_width_mm
from sopdesk.sheet.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.values import Face

    Piece = tuple[str, Face, float]
    """A stretch of one face with its width in mm at 1 pt."""

_CHANCE = re.compile(r"(?<=\w[-/–—])(?=[^\W\d_]|\()")


class Word(NamedTuple):
    """What stands between two blanks, in pieces of one face; empty between two blanks in a row.

    Widths are in mm at 1 pt; `blank` is that of the blank after it, 0 where it has none, which is
    set in `face`.
    """

    width: float
    blank: float
    pieces: tuple[Piece, ...]
    face: Face


@lru_cache(maxsize=16384)
def words_of(text: str, font: str, bold: bool) -> tuple[tuple[Word, ...], ...]:
    """Return the measured words of each of the text's own lines."""
    shown = runs(printable(text).rstrip(" \n"))
    return tuple(_words_of_line(line, font, bold) for line in _own_lines(shown))


def _own_lines(shown: Sequence[Run]) -> Iterator[list[Run]]:
    if not shown:
        return
    line: list[Run] = []
    for run in shown:
        first, *others = run.text.split("\n")
        line.append(Run(first, run.is_bold, run.is_italic))
        for other in others:
            yield line
            line = [Run(other, run.is_bold, run.is_italic)]
    yield line


def _words_of_line(line: Iterable[Run], font: str, bold: bool) -> tuple[Word, ...]:
    words: list[Word] = []
    for run in line:
        face = face_of(font, bold or run.is_bold, run.is_italic)
        first, *others = run.text.split(" ")
        words[-1:] = [_joined(words[-1], _word(first, face)) if words else _word(first, face)]
        words += [_word(other, face) for other in others]
    return tuple(words)


@lru_cache(maxsize=16384)
def _word(text: str, face: Face) -> Word:
    pieces = tuple([_piece(part, own) for part, own in split_by_face(text, face)])
    return Word(sum([width for _, _, width in pieces]), advances(face)[" "], pieces, face)


def _piece(text: str, face: Face) -> Piece:
    return text, face, text_width_mm(text, face, 1.0)


def _joined(word: Word, more: Word) -> Word:
    """Return a word whose face changes inside; the blank after it is set in the last face."""
    return more._replace(width=word.width + more.width, pieces=word.pieces + more.pieces)


@lru_cache(maxsize=1024)
def parts_of(word: Word) -> tuple[Word, ...]:
    """Return the parts between which a long word may break, or the word alone."""
    text = _text_of(word)
    return tuple(cut_at(word, [chance.start() for chance in _CHANCE.finditer(text)]))


def letter_cuts(word: Word, limit: float) -> list[int]:
    """Return where to cut so that each part is as wide as it may be; accents stay on letters."""
    text = _text_of(word)
    widths = (map(advances(face).__getitem__, part) for part, face, _ in word.pieces)
    ends = [0.0, *accumulate(chain.from_iterable(widths))]
    cuts: list[int] = []
    start = 0
    while ends[-1] - ends[start] > limit:
        cut = bisect_right(ends, ends[start] + limit) - 1
        while cut > start + 1 and unicodedata.combining(text[cut]):
            cut -= 1
        start = max(cut, start + 1)
        if start == len(text):
            break
        cuts.append(start)
    return cuts


def cut_at(word: Word, cuts: Sequence[int]) -> list[Word]:
    """Return the word in parts, cut before the characters at the given, ascending places."""
    if not cuts:
        return [word]
    parts: list[list[Piece]] = [[]]
    places, position = iter((*cuts, float("inf"))), 0
    place = next(places)
    for text, face, _ in word.pieces:
        start = 0
        while place < position + len(text):
            end = int(place) - position
            if end > start:
                parts[-1].append(_piece(text[start:end], face))
            parts.append([])
            start, place = end, next(places)
        parts[-1].append(_piece(text[start:], face))
        position += len(text)
    found = [
        Word(sum([width for _, _, width in part]), 0.0, tuple(part), word.face) for part in parts
    ]
    return [*found[:-1], found[-1]._replace(blank=word.blank)]


def _text_of(word: Word) -> str:
    return "".join([text for text, _, _ in word.pieces])
