"""Sheets as a PDF file: what `painting` draws, in vectors, with the shipped faces embedded.

Computes no position. The same sheets give the same bytes. ReportLab is loaded when first needed.
"""

from __future__ import annotations

import gc
import io
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from sopdesk import __version__
from sopdesk.document.office import MOST_LOGO_PIXELS
from sopdesk.foundation.atomic import replacing
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.resources import resource
from sopdesk.sheet.faces import FACES, MM_PER_PT
from sopdesk.sheet.painting import paint
from sopdesk.sheet.printable import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from sopdesk.sheet.painting import Move
    from sopdesk.sheet.values import Face, Picture, Point, Sheet, Text

_PT = 1 / MM_PER_PT
_VERBS = {"move": "m", "line": "l", "curve": "c"}
_FIRST_FACE = "sans"


def write_pdf(
    sheets: Iterable[Sheet],
    path: Path,
    *,
    title: str,
    author: str,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write the sheets to `path`, each under an entry of the outline; return the number of pages.

    The file is there whole or not at all. `progress` is called with the number of sheets done. What
    it raises, and what reading `sheets` raises, passes through and leaves `path` as it was.

    Raises:
        UserError: `nothing_to_print`, `picture_unreadable`, or as `atomic.replacing` raises.
    """
    with replacing(path) as temporary, _without_collector():
        canvas = _new_canvas(temporary, title, author)
        surface = _PdfSurface(canvas)
        done = pages = 0
        for done, sheet in enumerate(sheets, 1):
            _add_sheet(sheet, canvas, surface, f"sheet-{done}")
            pages += len(sheet.pages)
            if progress is not None:
                progress(done)
        if not done:
            raise UserError("nothing_to_print", path=str(path))
        canvas.save()
    return pages


@contextmanager
def _without_collector() -> Iterator[None]:
    """Stop the search for unreachable cycles meanwhile; it starts again as it was.

    It begins anew with every few hundred values, of which a sheet has thousands and none in a
    cycle; so it took a sixth of the time and found nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # What came meanwhile counts as old, which need not be searched at once.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _new_canvas(path: Path, title: str, author: str) -> Canvas:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # Streams need not pass for text anywhere any more, and are a quarter longer when they do.
    rl_config.useA85 = 0
    # A first face of our own keeps ReportLab from listing Helvetica, which is not embedded.
    _font(_FIRST_FACE)
    canvas = Canvas(
        str(path),
        invariant=1,
        pageCompression=1,
        initialFontName=_FIRST_FACE,  # type: ignore[arg-type]  # a name, whatever the stubs say
        lang="id-ID",
    )
    canvas.setTitle(one_line(title))
    canvas.setAuthor(one_line(author))
    canvas.setSubject("SOP")
    canvas.setCreator(f"SOPDesk {__version__}")
    # A sheet that a viewer shrinks to fit no longer has the size that the office asked for.
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.showOutline()
    return canvas


def _font(face: Face) -> TTFont:
    """Return the face as ReportLab knows it, read once in a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if face not in pdfmetrics.getRegisteredFontNames():
        file = str(resource("fonts", FACES[face].file))
        pdfmetrics.registerFont(TTFont(face, file, asciiReadable=True))
    return cast("TTFont", pdfmetrics.getFont(face))


def _add_sheet(sheet: Sheet, canvas: Canvas, surface: _PdfSurface, key: str) -> None:
    canvas.setPageSize((sheet.paper.width * _PT, sheet.paper.height * _PT))
    for index, page in enumerate(sheet.pages):
        if not index:
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(one_line(f"{sheet.number} {sheet.title}"), key)
        surface.begin(sheet.paper.height)
        paint(page, surface)
        surface.end()
        canvas.showPage()


class _PdfSurface:
    """The page that is being written, as a surface in mm; see `painting.Surface`."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._operators: list[str] = []
        self._emit = self._operators.append
        self._words = _EncodedWords(canvas)
        self._pictures: dict[bytes, str] = {}
        self.begin(0.0)

    def begin(self, height_mm: float) -> None:
        """Begin a page of this height."""
        self._height = height_mm
        self._width_in_use = -1.0
        self._font_in_use = ("", 0.0)

    def end(self) -> None:
        """Put what was drawn on the canvas."""
        if self._operators:
            self._canvas.addLiteral("\n".join(self._operators))
            self._operators.clear()

    def line(self, start: Point, end: Point, width: float) -> None:
        """Stroke a straight line in black."""
        self._use_width(width)
        (x1, y1), (x2, y2), height = start, end, self._height
        self._emit(f"{x1 * _PT:.2f} {(height - y1) * _PT:.2f} m"
                   f" {x2 * _PT:.2f} {(height - y2) * _PT:.2f} l S")  # fmt: skip

    def path(self, moves: Sequence[Move], width: float) -> None:
        """Stroke an open path in black."""
        self._use_width(width)
        parts = []
        for verb, numbers in moves:
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            parts.append(f"{' '.join([self._at(x, y) for x, y in pairs])} {_VERBS[verb]}")
        self._emit(f"{' '.join(parts)} S")

    def polygon(self, points: Sequence[Point], width: float, filled: bool) -> None:
        """Stroke a closed polygon over black or white."""
        first, *others = [self._at(x, y) for x, y in points]
        outline = f"{first} m {' '.join([f'{point} l' for point in others])} h"
        if not width:
            self._emit(f"{outline} f" if filled else f"1 g {outline} f 0 g")
            return
        self._use_width(width)
        self._emit(f"{outline} B" if filled else f"1 g {outline} B 0 g")

    def text(self, text: Text) -> None:
        """Draw one line of text, its stretches one after the other."""
        shown = []
        for offset, words, face in text.runs:
            if text.angle:
                shown.append(f"0 1 -1 0 {self._at(text.x, text.y - offset)} Tm")
            else:
                shown.append(f"1 0 0 1 {self._at(text.x + offset, text.y)} Tm")
            for font, code in self._words[words, face]:
                if self._font_in_use != (font, text.size_pt):
                    self._font_in_use = (font, text.size_pt)
                    shown.append(f"{font} {text.size_pt:g} Tf")
                shown.append(f"<{code}> Tj")
        self._emit(f"BT {' '.join(shown)} ET")

    def picture(self, picture: Picture) -> None:
        """Draw an image as large as its rectangle."""
        name = self._pictures.get(picture.data)
        if name is None:
            name = self._pictures[picture.data] = f"picture-{len(self._pictures) + 1}"
            self._keep_picture(name, picture.data)
        rect = picture.rect
        self._canvas.saveState()
        self._emit(f"{rect.width * _PT:.2f} 0 0 {rect.height * _PT:.2f}"
                   f" {self._at(rect.left, rect.bottom)} cm")  # fmt: skip
        self.end()
        self._canvas.doForm(name)
        self._canvas.restoreState()

    def _keep_picture(self, name: str, data: bytes) -> None:
        """Put an image into the file as a form of size 1, so that each page only names it."""
        from PIL.Image import DecompressionBombError
        from reportlab.lib.utils import ImageReader

        try:
            image = ImageReader(io.BytesIO(data))
            width, height = image.getSize()
            if width * height > MOST_LOGO_PIXELS:  # a second head may belie the first
                raise ValueError("too many pixels")
            image.getRGBData()  # type: ignore[no-untyped-call]
        except (OSError, SyntaxError, ValueError, DecompressionBombError) as error:
            raise UserError("picture_unreadable") from error
        self._canvas.beginForm(name, 0, 0, 1, 1)
        self._canvas.drawImage(image, 0, 0, 1, 1, mask="auto")
        self._canvas.endForm()

    def _use_width(self, width: float) -> None:
        if width != self._width_in_use:
            self._width_in_use = width
            self._emit(f"{width * _PT:.3f} w")

    def _at(self, x: float, y: float) -> str:
        return f"{x * _PT:.2f} {(self._height - y) * _PT:.2f}"


class _EncodedWords(dict[tuple[str, "Face"], list[tuple[str, str]]]):
    """Per text and face: the names of font subsets, and the text in their codes as hex.

    Offices repeat themselves: a text is encoded once for a file.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._codes: dict[Face, _Codes] = {}

    def __missing__(self, key: tuple[str, Face]) -> list[tuple[str, str]]:
        text, face = key
        if face not in self._codes:
            self._codes[face] = _Codes(face, self._canvas)
        codes = map(self._codes[face].__getitem__, printable(text))
        self[key] = [
            (font, "".join([code for _, code in same]))
            for font, same in groupby(codes, itemgetter(0))
        ]
        return self[key]


class _Codes(dict[str, tuple[str, str]]):
    """Per character of a face: the name of the font subset that has it, and its code as hex."""

    def __init__(self, face: Face, canvas: Canvas) -> None:
        super().__init__()
        self._font = _font(face)
        # Subsets belong to the document, for which ReportLab has no public name.
        self._document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001

    def __missing__(self, char: str) -> tuple[str, str]:
        ((subset, code),) = self._font.splitString(char, self._document)
        self[char] = self._font.getSubsetInternalName(subset, self._document), code.hex()
        return self[char]
