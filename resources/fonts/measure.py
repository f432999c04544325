"""Write sopdesk/sheet/advances.py: how far each character of each shipped font advances.

Layout reads that module and never opens a font. Run it after convert.py; needs fontTools.
"""

from __future__ import annotations

import textwrap
import unicodedata
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
MODULE = HERE.parents[1] / "sopdesk" / "sheet" / "advances.py"
FILES = {
    "sans": "LiberationSans-Regular.ttf",
    "sans-bold": "LiberationSans-Bold.ttf",
    "sans-italic": "LiberationSans-Italic.ttf",
    "sans-bold-italic": "LiberationSans-BoldItalic.ttf",
    "serif": "SOPDeskSerif-Regular.ttf",
    "serif-bold": "SOPDeskSerif-Bold.ttf",
    "serif-italic": "SOPDeskSerif-Italic.ttf",
    "serif-bold-italic": "SOPDeskSerif-BoldItalic.ttf",
    "symbols": "SOPDeskSymbols-Regular.ttf",
    "symbols-bold": "SOPDeskSymbols-Bold.ttf",
}
RIGHT_TO_LEFT = ("R", "AL", "AN")
HEADER = '''"""How far each character of the shipped fonts advances.

Written by resources/fonts/measure.py, do not edit. Per face: the units of an em, and runs of
characters as `first:advance advance*times`, apart by semicolons; `first` is hexadecimal. Characters
that are written from right to left are left out, since nothing here sets them so.
"""

ADVANCES: dict[str, tuple[int, str]] = {
'''


def advances(path: Path) -> tuple[int, dict[int, int]]:
    """Return the units of an em and the advance of each character that can be set."""
    font = TTFont(path)
    metrics = font["hmtx"].metrics
    found = {code: metrics[glyph][0] for code, glyph in sorted(font.getBestCmap().items())
             if _can_be_set(chr(code))}  # fmt: skip
    return font["head"].unitsPerEm, found


def _can_be_set(char: str) -> bool:
    is_visible = unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cn")
    return is_visible and unicodedata.bidirectional(char) not in RIGHT_TO_LEFT


def pack(found: dict[int, int]) -> str:
    """Return the table as text: neighbouring characters together, equal advances counted."""
    blocks = []
    for _, codes in groupby(enumerate(found), lambda pair: pair[1] - pair[0]):
        run = [code for _, code in codes]
        counted = [(advance, len(list(same))) for advance, same in groupby(found[c] for c in run)]
        words = (f"{advance}*{times}" if times > 1 else str(advance) for advance, times in counted)
        blocks.append(f"{run[0]:X}:{' '.join(words)}")
    return ";".join(blocks)


def module() -> str:
    """Return the text of the module."""
    parts = [HEADER]
    for face, file in FILES.items():
        em, found = advances(HERE / file)
        lines = textwrap.wrap(pack(found), 88, break_on_hyphens=False, drop_whitespace=False)
        packed = "\n".join(f'        "{line}"' for line in lines)
        parts.append(f'    "{face}": (\n        {em},\n{packed},\n    ),\n')
    return "".join([*parts, "}\n"])


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8")
