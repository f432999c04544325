from __future__ import annotations

import gc
import io
import struct
import zlib
from typing import TYPE_CHECKING

import pypdf
import pypdfium2
import pytest
from PIL import Image

from sopdesk.document.office import Office
from sopdesk.foundation.faults import UserError
from sopdesk.output.pdf import write_pdf
from sopdesk.sheet.faces import MM_PER_PT, ascent_mm, descent_mm
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.typeset import break_text
from sopdesk.sheet.values import (
    Connector,
    Page,
    Paper,
    Picture,
    Rect,
    Rule,
    Shape,
    Sheet,
    Text,
)
from tests.sheet.composed import Wish, composed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopdesk.sheet.typeset import TextLine

LANDSCAPE = Paper("f4", 330.0, 215.0, (15.0, 12.0, 12.0, 12.0))
PORTRAIT = Paper("a4", 210.0, 297.0, (15.0, 12.0, 12.0, 12.0))
SENTENCE = "Memeriksa **naskah dinas** dan *draft* surat ✓ (rangkap 3) lalu “setuju” → Ş \\ ya"
PLAIN = "Memeriksa naskah dinas dan draft surat ✓ (rangkap 3) lalu “setuju” → Ş \\ ya"


def placed(line: TextLine, x: float, y: float, font: str = "sans") -> Text:
    rect = Rect(x, y - ascent_mm(font, 9), x + line.width_mm, y + descent_mm(font, 9))
    return Text(x, y, 9, line.runs, "activity", rect, rect)


def page_of(*paragraphs: str, font: str = "sans", **parts: object) -> Page:
    y, texts = 20.0, []
    for paragraph in paragraphs:
        for line in break_text(paragraph, font, 9, 80):
            texts.append(placed(line, 20, y, font))
            y += 4
    return Page(1, "flow", 0, texts=tuple(texts), **parts)  # type: ignore[arg-type]


def sheet_of(*pages: Page, number: str = "01/2019", paper: Paper = LANDSCAPE) -> Sheet:
    return Sheet("u", number, "Surat Masuk", paper, pages)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "lembar.pdf"


def write(target: Path, *sheets: Sheet) -> pypdf.PdfReader:
    write_pdf(sheets, target, title="Buku SOP", author="Kantor Contoh")
    return pypdf.PdfReader(target)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


@pytest.mark.parametrize("font", ["sans", "serif"])
def test_every_word_is_found_in_order_by_two_readers(target: Path, font: str) -> None:
    reader = write(target, sheet_of(page_of(*[SENTENCE] * 5, font=font)))
    assert squeezed(reader.pages[0].extract_text()) == " ".join([PLAIN] * 5)
    document = pypdfium2.PdfDocument(target)
    text = document[0].get_textpage().get_text_bounded()
    assert squeezed(text) == " ".join([PLAIN] * 5)
    document.close()


def test_the_stretches_of_a_line_stay_on_one_line(target: Path) -> None:
    reader = write(target, sheet_of(page_of("meng-*input* **se**mua")))
    assert reader.pages[0].extract_text().strip() == "meng-input semua"


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / "a.pdf", tmp_path / "lain.pdf"]
    for file in files:
        write(file, sheet_of(page_of(SENTENCE), page_of("dua")))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_every_face_used_is_embedded_as_a_subset_and_no_other_listed(target: Path) -> None:
    reader = write(target, sheet_of(page_of(SENTENCE, "lain"), page_of(SENTENCE, font="serif")))
    fonts = {
        str(font["/BaseFont"]): font["/FontDescriptor"]
        for page in reader.pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert {name.split("+")[1] for name in fonts} == {
        "LiberationSans", "LiberationSans-Bold", "LiberationSans-Italic",
        "SOPDeskSerif-Regular", "SOPDeskSerif-Bold", "SOPDeskSerif-Italic",
        "SOPDeskSymbols-Regular",
    }  # fmt: skip
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())
    assert target.stat().st_size < 250_000


def test_a_line_ends_on_paper_where_the_layout_put_it(target: Path) -> None:
    page = page_of("Menyerahkan surat keputusan")
    write(target, sheet_of(page))
    document = pypdfium2.PdfDocument(target)
    textpage = document[0].get_textpage()
    (line,) = page.texts
    right = max(textpage.get_charbox(index, loose=True)[2] for index in range(len(line.text)))
    assert right * MM_PER_PT == pytest.approx(line.rect.right, abs=0.05)
    left = textpage.get_charbox(0, loose=True)[0]
    assert left * MM_PER_PT == pytest.approx(line.rect.left, abs=0.05)
    document.close()


def test_each_sop_has_an_entry_in_the_outline(target: Path) -> None:
    sheets = [
        sheet_of(page_of("a"), page_of("b"), number="01"),
        sheet_of(page_of("c"), number="02\n\x00"),
    ]
    reader = write(target, *sheets)
    entries = [(entry.title, reader.get_destination_page_number(entry))  # type: ignore[union-attr, arg-type]
               for entry in reader.outline]  # fmt: skip
    assert entries == [("01 Surat Masuk", 0), ("02 Surat Masuk", 2)]


def test_title_author_and_maker_are_named(target: Path) -> None:
    about = write(target, sheet_of(page_of("a"))).metadata
    assert about is not None
    assert (about.title, about.author) == ("Buku SOP", "Kantor Contoh")
    assert str(about.creator).startswith("SOPDesk")


def test_each_sheet_has_its_own_paper(target: Path) -> None:
    reader = write(target, sheet_of(page_of("a")), sheet_of(page_of("b"), paper=PORTRAIT))
    sizes = [(float(page.mediabox.width) * MM_PER_PT, float(page.mediabox.height) * MM_PER_PT)
             for page in reader.pages]  # fmt: skip
    assert sizes == [pytest.approx((330, 215), abs=0.01), pytest.approx((210, 297), abs=0.01)]


def test_text_may_read_upwards(target: Path) -> None:
    (line,) = break_text("Kepala *Bagian*", "sans", 9, 80)
    rect = Rect(46, 60, 50, 60 + line.width_mm)
    upwards = Text(50, rect.bottom, 9, line.runs, "lane", rect, rect, angle=90)
    write(target, sheet_of(Page(1, "flow", 0, texts=(upwards,))))
    document = pypdfium2.PdfDocument(target)
    left, bottom, right, top = document[0].get_objects().__next__().get_bounds()
    assert top - bottom > right - left
    document.close()


def ink(target: Path, scale: float = 2.0) -> Image.Image:
    document = pypdfium2.PdfDocument(target)
    picture = document[0].render(scale=scale).to_pil().convert("L")
    document.close()
    return picture


def dark(picture: Image.Image, x_mm: float, y_mm: float) -> bool:
    """Tell whether there is ink within a third of a millimetre."""
    x, y = round(x_mm * 2 / MM_PER_PT), round(y_mm * 2 / MM_PER_PT)
    return min(picture.crop((x - 2, y - 2, x + 3, y + 3)).get_flattened_data()) < 160  # type: ignore[attr-defined, no-any-return]


def test_lines_shapes_and_flows_are_where_the_sheet_says(target: Path) -> None:
    box = Rect(40, 40, 60, 50)
    outline = ((40.0, 40.0), (60.0, 40.0), (60.0, 50.0), (40.0, 50.0))
    points = ((50.0, 45.0), (50.0, 90.0))
    page = Page(
        1, "flow", 0,
        rules=(Rule((20.0, 100.0), (120.0, 100.0), 0.25),),
        shapes=(Shape("n1", "process", box, outline),),
        connectors=(Connector("n1", "n2", 0, points, True, "", None, ()),),
    )  # fmt: skip
    write(target, sheet_of(page))
    picture = ink(target)
    assert dark(picture, 70, 100)
    assert dark(picture, 40, 45)
    assert dark(picture, 50, 70)
    assert dark(picture, 50, 88.6)
    assert not dark(picture, 50, 45), "a symbol hides the line below it"
    assert not dark(picture, 70, 45)


def test_a_picture_fills_its_place_and_is_stored_once(target: Path) -> None:
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(stream, "png")
    picture = Picture(Rect(30, 30, 50, 50), stream.getvalue())
    page = page_of("a", pictures=(picture,))
    reader = write(target, sheet_of(page))
    once = target.stat().st_size
    write(target, *[sheet_of(page)] * 5)
    assert target.stat().st_size < once * 1.2
    assert len(reader.pages) == 1
    write(target, sheet_of(page))
    assert dark(ink(target), 40, 40)


def test_a_broken_picture_is_refused_and_nothing_written(target: Path) -> None:
    page = page_of("a", pictures=(Picture(Rect(0, 0, 9, 9), b"\x89PNG\r\n\x1a\nbroken"),))
    with pytest.raises(UserError, match="picture_unreadable"):
        write(target, sheet_of(page))
    assert not target.exists()


@pytest.mark.parametrize("side", [3_000, 20_000])
def test_a_picture_whose_second_head_belies_its_first_is_not_unpacked(
    target: Path, side: int
) -> None:
    heads = [chunk(b"IHDR", struct.pack(">IIBBBBB", s, s, 1, 0, 0, 0, 0)) for s in (10, side)]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(heads) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    page = page_of("a", pictures=(Picture(Rect(0, 0, 9, 9), data + chunk(b"IEND", b"")),))
    with pytest.raises(UserError, match="picture_unreadable"):
        write(target, sheet_of(page))


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def test_control_characters_do_not_reach_the_file(target: Path) -> None:
    page = page_of("satu")
    (text,) = page.texts
    (run,) = text.runs
    odd = text._replace(runs=(run._replace(text="sa\x01tu\x7f\u202e"),))
    reader = write(target, sheet_of(Page(1, "flow", 0, texts=(odd,))))
    assert reader.pages[0].extract_text().strip() == "satu"


def test_progress_counts_sheets(target: Path) -> None:
    seen: list[int] = []
    sheets = [sheet_of(page_of("a"))] * 3
    write_pdf(sheets, target, title="", author="", progress=seen.append)
    assert seen == [1, 2, 3]


def test_nothing_to_print_leaves_the_old_file(target: Path) -> None:
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="nothing_to_print"):
        write_pdf([], target, title="", author="")
    assert target.read_bytes() == b"old"


def test_a_fault_half_way_leaves_the_old_file(target: Path) -> None:
    def broken() -> Iterator[Sheet]:
        yield sheet_of(page_of("a"))
        raise RuntimeError("stopped")

    target.write_bytes(b"old")
    with pytest.raises(RuntimeError, match="stopped"):
        write_pdf(broken(), target, title="", author="")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_the_collector_of_cycles_rests_while_sheets_come_and_goes_on_after_a_fault(
    target: Path,
) -> None:
    seen: list[bool] = []

    def sheets() -> Iterator[Sheet]:
        seen.append(gc.isenabled())
        yield sheet_of(page_of("a"))

    write_pdf(sheets(), target, title="", author="")
    assert seen == [False]
    assert gc.isenabled()
    with pytest.raises(UserError, match="nothing_to_print"):
        write_pdf([], target, title="", author="")
    assert gc.isenabled()


def test_a_print_leaves_no_cycles(target: Path) -> None:
    sops = [composed(seed, Wish(steps=8)) for seed in range(4)]
    write_pdf((lay_out(sop, Office()) for sop in sops), target, title="", author="")
    gc.collect()
    more = [composed(seed, Wish(steps=8)) for seed in range(4, 8)]
    write_pdf((lay_out(sop, Office()) for sop in more), target, title="", author="")
    assert gc.collect() == 0
