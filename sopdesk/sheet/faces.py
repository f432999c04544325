"""The shipped faces: which there are, how wide their texts run, which one sets a character.

Widths come from a generated table, so that layout opens no font file; a test compares the two.
Kerning and ligatures are off everywhere, so that a width is the sum of its characters' advances.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import count, groupby
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.sheet.advances import ADVANCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.sheet.values import Face

MM_PER_PT = 25.4 / 72
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Set where no shipped face has a character."""


class FaceFile(NamedTuple):
    """A face's file in `resources/fonts`, and how a font database names it."""

    file: str
    family: str
    is_bold: bool = False
    is_italic: bool = False


FACES: dict[Face, FaceFile] = {
    "sans": FaceFile("LiberationSans-Regular.ttf", "Liberation Sans"),
    "sans-bold": FaceFile("LiberationSans-Bold.ttf", "Liberation Sans", True),
    "sans-italic": FaceFile("LiberationSans-Italic.ttf", "Liberation Sans", False, True),
    "sans-bold-italic": FaceFile("LiberationSans-BoldItalic.ttf", "Liberation Sans", True, True),
    "serif": FaceFile("SOPDeskSerif-Regular.ttf", "SOPDesk Serif"),
    "serif-bold": FaceFile("SOPDeskSerif-Bold.ttf", "SOPDesk Serif", True),
    "serif-italic": FaceFile("SOPDeskSerif-Italic.ttf", "SOPDesk Serif", False, True),
    "serif-bold-italic": FaceFile("SOPDeskSerif-BoldItalic.ttf", "SOPDesk Serif", True, True),
    "symbols": FaceFile("SOPDeskSymbols-Regular.ttf", "SOPDesk Symbols"),
    "symbols-bold": FaceFile("SOPDeskSymbols-Bold.ttf", "SOPDesk Symbols", True),
}


class _Extent(NamedTuple):
    """Heights in ems: of the tallest Latin letter, of the deepest, and of a line."""

    ascent: float
    descent: float
    leading: float


_EXTENTS = {"sans": _Extent(0.906, 0.212, 1.149), "serif": _Extent(0.908, 0.268, 1.2)}


def face_of(font: str, bold: bool = False, italic: bool = False) -> Face:
    """Return the face of a font, `sans` or `serif`."""
    return f"{font}{'-bold' if bold else ''}{'-italic' if italic else ''}"


def fallback_of(face: Face) -> Face:
    """Return the face that sets what this one lacks."""
    return "symbols-bold" if "bold" in face else "symbols"


class Advances(dict[str, float]):
    """What each character of a face advances, in mm at 1 pt.

    A character that the face lacks counts as in the face that sets it instead; `in` tells whether
    the face has it.
    """

    def __init__(self, face: Face) -> None:
        super().__init__(_unpack(*ADVANCES[face]))
        self._fallback = fallback_of(face)

    def __missing__(self, char: str) -> float:
        """Return the advance in the fallback face, or that of the replacement there."""
        fallback = advances(self._fallback)
        return fallback[char if char in fallback else REPLACEMENT]


def _unpack(em: int, packed: str) -> dict[str, float]:
    widths: dict[str, float] = {}
    for block in packed.split(";"):
        first, counted = block.split(":")
        run: list[float] = []
        for word in counted.split():
            advance, _, times = word.partition("*")
            run += [int(advance) * MM_PER_PT / em] * int(times or 1)
        widths.update(zip(map(chr, count(int(first, 16))), run, strict=False))
    return widths


@cache
def advances(face: Face) -> Advances:
    """Return the advances of a face, unpacked when first asked for."""
    return Advances(face)


@cache
def _advance_of(face: Face) -> Callable[[str], float]:
    return advances(face).__getitem__


def text_width_mm(text: str, face: Face, size_pt: float) -> float:
    """Return how wide the text runs, in mm, each character in the face that sets it."""
    return sum(map(_advance_of(face), text)) * size_pt


def ascent_mm(font: str, size_pt: float) -> float:
    """Return how far the tallest Latin letter rises above the baseline."""
    return _EXTENTS[font].ascent * size_pt * MM_PER_PT


def descent_mm(font: str, size_pt: float) -> float:
    """Return how far the deepest Latin letter reaches below the baseline."""
    return _EXTENTS[font].descent * size_pt * MM_PER_PT


def leading_mm(font: str, size_pt: float) -> float:
    """Return the distance of two baselines; at least ascent and descent together."""
    return _EXTENTS[font].leading * size_pt * MM_PER_PT


def split_by_face(text: str, face: Face) -> tuple[tuple[str, Face], ...]:
    """Return the text as stretches in the faces that set them, in order.

    What no face has becomes `REPLACEMENT`. The parts are as wide together as the text.
    """
    if text.isascii():
        return ((text, face),) if text else ()
    return _split(text, face)


@lru_cache(maxsize=8192)
def _split(text: str, face: Face) -> tuple[tuple[str, Face], ...]:
    own, fallback = advances(face), advances(fallback_of(face))
    parts = []
    for is_own, chars in groupby(text, own.__contains__):
        if is_own:
            parts.append(("".join(chars), face))
        else:
            shown = (char if char in fallback else REPLACEMENT for char in chars)
            parts.append(("".join(shown), fallback_of(face)))
    return tuple(parts)
