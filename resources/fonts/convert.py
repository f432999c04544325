"""Make the shipped fonts from Debian's, as TrueType: ReportLab embeds no other outlines.

- Liberation Sans (metrically Arial) is copied as it is: its name is reserved for that.
- TeX Gyre Bonum (metrically Bookman) has cubic outlines; it becomes quadratic within a thousandth
  of an em, without its layout tables, and is renamed SOPDesk Serif.
- DejaVu Sans, from which a character is set that the others lack, keeps the scripts that need
  neither shaping nor a direction from right to left, and is renamed SOPDesk Symbols.

The same sources give the same bytes. Needs fontTools and Debian's packages fonts-liberation2,
fonts-texgyre and fonts-dejavu-core:

    python resources/fonts/convert.py
    python resources/fonts/measure.py
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

if TYPE_CHECKING:
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

HERE = Path(__file__).parent
LIBERATION = Path("/usr/share/fonts/truetype/liberation2")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
GYRE = Path("/usr/share/texmf/fonts/opentype/public/tex-gyre")
TOLERANCE_EM = 0.001
LAYOUT_TABLES = ("GDEF", "GPOS", "GSUB", "kern", "FFTM")
DRAWN_ALONE = (*range(0x20, 0x530), *range(0x1D00, 0x2C00), 0xFFFD)
"""Latin, Greek and Cyrillic, punctuation, arrows, mathematics, boxes, marks, and U+FFFD."""


def copy_sans() -> None:
    """Copy the four faces of Liberation Sans."""
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        shutil.copyfile(LIBERATION / f"LiberationSans-{style}.ttf",
                        HERE / f"LiberationSans-{style}.ttf")  # fmt: skip


def convert_serif() -> None:
    """Convert the four faces of TeX Gyre Bonum."""
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        font = TTFont(GYRE / f"texgyrebonum-{style.lower()}.otf", recalcTimestamp=False)
        characters = [code for code in font.getBestCmap() if code < 0xE000]
        _keep(font, characters)
        _even_blanks(font)
        _make_quadratic(font)
        _rename(font, "SOPDesk Serif", style)
        font.save(HERE / f"SOPDeskSerif-{style}.ttf")


def convert_symbols() -> None:
    """Cut DejaVu Sans down to the characters that stand for themselves."""
    for source, style in (("DejaVuSans.ttf", "Regular"), ("DejaVuSans-Bold.ttf", "Bold")):
        font = TTFont(DEJAVU / source, recalcTimestamp=False)
        _keep(font, DRAWN_ALONE)
        _rename(font, "SOPDesk Symbols", style)
        font.save(HERE / f"SOPDeskSymbols-{style}.ttf")


def _keep(font: TTFont, characters: tuple[int, ...] | list[int]) -> None:
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += LAYOUT_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _even_blanks(font: TTFont) -> None:
    """Make the blank that must not break as wide as the other; PDF writers take them for one."""
    for table in font["cmap"].tables:
        table.cmap[0xA0] = table.cmap[0x20]


def _make_quadratic(font: TTFont) -> None:
    """Replace the CFF outlines with quadratic ones that run the other way round."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    quadratic = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        error = TOLERANCE_EM * font["head"].unitsPerEm
        glyphs[name].draw(Cu2QuPen(pen, max_err=error, reverse_direction=True))
        quadratic[name] = pen.glyph()
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font.sfntVersion = "\x00\x01\x00\x00"
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = order
    font["glyf"].glyphs = quadratic
    _count(font["maxp"], len(order))
    font["post"].formatType = 3.0
    _begin_where_drawn(font)


def _begin_where_drawn(font: TTFont) -> None:
    """Say of each glyph where its outline begins: by what is said there a rasterizer moves it."""
    glyphs, metrics = font["glyf"], font["hmtx"].metrics
    for name, (advance, _) in metrics.items():
        glyph = glyphs[name]
        glyph.recalcBounds(glyphs)
        metrics[name] = advance, glyph.xMin


def _count(maxp: DefaultTable, glyphs: int) -> None:
    """Say that the glyphs carry no instructions; the points are counted when the font is saved."""
    maxp.tableVersion = 0x00010000
    maxp.numGlyphs = glyphs
    maxp.maxZones = 1
    for name in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                 "SizeOfInstructions", "ComponentElements"):  # fmt: skip
        setattr(maxp, f"max{name}", 0)


def _rename(font: TTFont, family: str, style: str) -> None:
    """Name the font, keep its copyright and licence entries, drop all other names."""
    spoken = style.replace("BoldItalic", "Bold Italic")
    postscript = f"{family.replace(' ', '')}-{style}"
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in (0, 13, 14)]
    new = {1: family, 2: spoken, 3: postscript, 4: f"{family} {spoken}", 6: postscript}
    for number, text in new.items():
        table.setName(text, number, 3, 1, 0x409)
    table.setName("Version 1.000", 5, 3, 1, 0x409)
    # Some sources forbid subsetting by mistake of their tools; all their licences allow it.
    font["OS/2"].fsType = 0


if __name__ == "__main__":
    copy_sans()
    convert_serif()
    convert_symbols()
