"""Twelve sheets look as they did when somebody last looked at them.

`pytest tests/sheet/test_pictures.py --renew-pictures` takes them anew, to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from sopdesk.output.pdf import write_pdf
from sopdesk.sheet.layout import lay_out
from tests.sheet.sheets import faults_of
from tests.sheet.telling import OFFICE, SHEETS, Told

PICTURES = Path(__file__).parent / "pictures"
DOTS_PER_INCH = 66
GREYS = 16
GAP = 6
MOST_MEAN = 0.2
"""Of 255: how much lighter or darker a picture may be on average."""

STRONG = 64
MOST_STRONG = 0.0003
"""The share of dots that may differ by more than that: less than an arrow head or a short word."""


def taken(told: Told, folder: Path) -> Image.Image:
    """Return the picture of some pages of an SOP, one below the other, in few greys."""
    path = folder / "sheet.pdf"
    write_pdf([lay_out(told.sop, OFFICE)], path, title="", author="")
    document = pypdfium2.PdfDocument(path)
    pages = [
        document[number].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
        for number in told.pages
    ]
    document.close()
    height = sum(page.height + GAP for page in pages) - GAP
    picture = Image.new("L", (max(page.width for page in pages), height), 128)
    y = 0
    for page in pages:
        picture.paste(page, (0, y))
        y += page.height + GAP
    step = 255 // (GREYS - 1)
    return picture.point([round(grey / step) * step for grey in range(256)])


def are_alike(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures differ by no more than a rasterizer's roundings."""
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one, other)
    strong = sum(difference.histogram()[STRONG:]) / (one.width * one.height)
    return ImageStat.Stat(difference).mean[0] <= MOST_MEAN and strong <= MOST_STRONG


@pytest.mark.parametrize("name", SHEETS)
def test_a_telling_sheet_looks_as_it_did(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    picture, reference = taken(SHEETS[name], tmp_path), PICTURES / f"{name}.png"
    if request.config.getoption("--renew-pictures"):
        greys = picture.quantize(GREYS, dither=Image.Dither.NONE)
        greys.save(reference, optimize=True, bits=4)
    else:
        picture.save(tmp_path / f"{name}.png")
    assert are_alike(picture, Image.open(reference).convert("L")), f"see {tmp_path}"


@pytest.mark.parametrize("name", SHEETS)
def test_a_telling_sheet_has_no_fault(name: str) -> None:
    assert not faults_of(SHEETS[name].sop, OFFICE)


def test_there_is_no_picture_without_a_sheet() -> None:
    assert {path.stem for path in PICTURES.iterdir()} == set(SHEETS)


def test_a_line_of_text_more_or_less_is_seen(tmp_path: Path) -> None:
    picture = taken(SHEETS["rantai"], tmp_path)
    word = picture.copy()
    word.paste(255, (120, 150, 150, 158))
    head = picture.copy()
    head.paste(0, (20, 300, 24, 340))
    assert are_alike(picture, picture)
    assert not are_alike(picture, head)
    assert not are_alike(picture, picture.crop((0, 0, 300, 300)))
    assert not are_alike(picture, ImageChops.offset(picture, 1, 0))
