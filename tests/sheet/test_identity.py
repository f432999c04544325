from __future__ import annotations

import struct
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdesk.document.dates import PartialDate
from sopdesk.document.markup import plain
from sopdesk.document.office import OFFICE_SHEET, Office, PrintCustoms
from sopdesk.document.values import LISTS, Approval, Identity, Sop
from sopdesk.sheet.identity import lay_identity, picture_size
from sopdesk.sheet.look import SheetLook, look_of
from sopdesk.sheet.printable import printable
from sopdesk.sheet.values import Rect
from tests.strategies import sops

if TYPE_CHECKING:
    from sopdesk.sheet.blocks import Block

ALLOWED = 1e-4
FIELDS = {"number", "created_on", "revised_on", "effective_on", "approved_by", "title"}
OFFICE = Office(
    lines=("PEMERINTAH KOTA CONTOH", "DINAS PELAYANAN"), address=("Jalan Contoh Nomor 1",)
)
IDENTITY = Identity(
    title="Penerbitan Izin Contoh",
    number="065/01/2019",
    unit=("Bidang Contoh",),
    created_on=PartialDate(2019, 5, 9),
    revised_on=PartialDate(2018, 3, 13),
    revision="01",
    effective_on=PartialDate(2024, 10),
    approved_by=Approval(("a.n. WALI KOTA", "Sekretaris"), "NAMA CONTOH", "Pembina", "0000 00"),
    legal_basis=("Peraturan Contoh Nomor 1", "Peraturan Contoh Nomor 2"),
    equipment=("Komputer", "Printer"),
)
LAWS = tuple(
    f"Undang-Undang Nomor {number} Tahun 2014 tentang Contoh yang Panjang sekali, yang tidak "
    "muat pada satu baris dan karena itu dilanjutkan pada baris berikutnya"
    for number in range(60)
)


def laid(identity: Identity, office: Office = OFFICE, **asked: str) -> tuple[Block, ...]:
    look = look_of(Sop(identity=identity), office, **asked)  # type: ignore[arg-type]
    return lay_identity(identity, office, look, look.paper.frame)


def words(blocks: tuple[Block, ...]) -> list[str]:
    return [word for block in blocks for text in block.texts for word in text.text.split()]


def lines(blocks: tuple[Block, ...], role: str) -> list[str]:
    """Return the lines inside the boxes of this role."""
    return [
        text.text
        for block in blocks
        for box in block.boxes
        if box.role == role
        for text in block.texts
        if contains(box.rect, text.rect)
    ]


def contains(outer: Rect, inner: Rect) -> bool:
    return (
        inner.left >= outer.left - ALLOWED
        and inner.top >= outer.top - ALLOWED
        and inner.right <= outer.right + ALLOWED
        and inner.bottom <= outer.bottom + ALLOWED
    )


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.left < other.right - ALLOWED
        and other.left < one.right - ALLOWED
        and one.top < other.bottom - ALLOWED
        and other.top < one.bottom - ALLOWED
    )


def assert_sound(block: Block) -> None:
    left, top = block.left, block.top
    whole = Rect(left, top, left + block.width, top + block.height)
    for text in block.texts:
        assert contains(text.cell, text.rect)
        assert contains(whole, text.cell)
    for box in block.boxes:
        assert contains(whole, box.rect)
    assert not any(overlap(a.rect, b.rect) for a, b in combinations(block.texts, 2))
    assert not any(overlap(a.rect, b.rect) for a, b in combinations(block.boxes, 2))


@given(sop=sops(), share=st.floats(0.2, 1.0))
@settings(max_examples=60, deadline=None)
def test_nothing_is_cut_and_nothing_leaves_its_cell(sop: Sop, share: float) -> None:
    look = look_of(sop, OFFICE)
    left, top, right, bottom = look.paper.frame
    frame = Rect(left, top, right, top + share * (bottom - top))
    blocks = lay_identity(sop.identity, OFFICE, look, frame)
    for block in blocks:
        assert_sound(block)
        assert block.height <= frame.height + ALLOWED
    shown = "".join(words(blocks))
    for name in LISTS:
        for item in getattr(sop.identity, name):
            for word in printable(plain(item)).removeprefix("- ").split():
                assert word.isascii() is False or word in shown


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("paper", ["f4", "f4-210", "a4", "legal", "letter"])
def test_every_field_has_its_box_on_every_paper(paper: str, orientation: str) -> None:
    (block,) = laid(IDENTITY, paper=paper, orientation=orientation)
    assert_sound(block)
    assert Counter(box.role for box in block.boxes) == Counter({"letterhead", *FIELDS, *LISTS})


def test_an_empty_identity_is_a_form_with_room_for_the_pen() -> None:
    (block,) = laid(Identity(), Office())
    assert_sound(block)
    assert "Dasar" in words((block,))
    rects = {box.role: box.rect for box in block.boxes}
    assert all(rects[name].height >= 6 for name in FIELDS)
    assert all(rects[name].height >= 15 for name in LISTS)


def test_dates_and_revision_print_as_the_office_prints_them() -> None:
    blocks = laid(IDENTITY)
    assert "09 Mei 2019" in lines(blocks, "created_on")
    assert "01/13-03-2018" in lines(blocks, "revised_on")
    digits = replace(OFFICE, customs=PrintCustoms(date_form="digits", empty_date="-"))
    blocks = laid(replace(IDENTITY, revised_on=None, revision=""), digits)
    assert "09-05-2019" in lines(blocks, "created_on")
    assert "-" in lines(blocks, "revised_on")


def test_a_date_without_its_day_leaves_room_to_write_it() -> None:
    (block,) = laid(IDENTITY)
    (text,) = (text for text in block.texts if text.text.strip() == "Oktober 2024")
    assert text.text.startswith(" ")
    assert text.rect.width > 25


def test_the_name_is_underlined_and_its_number_named() -> None:
    (block,) = laid(IDENTITY)
    (name,) = (text for text in block.texts if text.text == "NAMA CONTOH")
    below = [rule for rule in block.rules
             if name.y < rule.start[1] == rule.end[1] < name.rect.bottom]  # fmt: skip
    assert [(rule.start[0], rule.end[0]) for rule in below] == [(name.rect.left, name.rect.right)]
    assert "NIP. 0000 00" in lines((block,), "approved_by")


def test_the_signature_has_its_room() -> None:
    small = laid(IDENTITY, replace(OFFICE, customs=PrintCustoms(signature_mm=18)))
    large = laid(IDENTITY, replace(OFFICE, customs=PrintCustoms(signature_mm=40)))
    assert large[0].height - small[0].height == pytest.approx(22)


def test_a_code_finds_room_where_a_pen_would_do_with_less() -> None:
    def height(**customs: object) -> float:
        office = replace(OFFICE, customs=PrintCustoms(**customs))  # type: ignore[arg-type]
        return laid(IDENTITY, office)[0].height

    narrow = height(signature_mm=10.0)
    assert height(signature_mm=10.0, signature="code") - narrow == pytest.approx(12)
    assert height(signature_mm=30.0, signature="code") == height(signature_mm=30.0)


def test_the_letterhead_is_the_sops_own_or_the_offices_with_the_unit() -> None:
    assert lines(laid(IDENTITY), "letterhead") == [
        "PEMERINTAH KOTA CONTOH",
        "DINAS PELAYANAN",
        "Bidang Contoh",
        "Jalan Contoh Nomor 1",
    ]
    own = laid(replace(IDENTITY, institution=("KECAMATAN CONTOH",)))
    assert lines(own, "letterhead") == ["KECAMATAN CONTOH", "Jalan Contoh Nomor 1"]


def test_a_unit_that_the_offices_lines_name_already_is_printed_once() -> None:
    below = laid(replace(IDENTITY, unit=("Dinas Pelayanan", "Bidang Contoh")))
    assert lines(below, "letterhead") == lines(laid(IDENTITY), "letterhead")


def test_labels_come_from_the_office() -> None:
    sheet = replace(OFFICE_SHEET, labels=(("title", "Judul SOP"),))
    assert "Judul SOP" in lines(laid(IDENTITY, replace(OFFICE, sheet=sheet)), "title")


def test_sixty_laws_go_on_over_pages_under_their_heading() -> None:
    blocks = laid(replace(IDENTITY, legal_basis=LAWS))
    assert len(blocks) > 2
    for block in blocks:
        assert_sound(block)
    assert lines(blocks[1:2], "legal_basis")[0] == "Dasar Hukum (lanjutan)"
    numbers = [line.split()[0] for line in lines(blocks, "legal_basis") if line[0].isdigit()]
    assert [number for number in numbers if number.endswith(".")] == [
        f"{number}." for number in range(1, 61)
    ]


def test_a_title_longer_than_a_page_is_set_in_full() -> None:
    title = " ".join(f"kata{number}" for number in range(3000))
    blocks = laid(replace(IDENTITY, title=title))
    for block in blocks:
        assert_sound(block)
    assert [word for word in words(blocks) if word.startswith("kata")] == title.split()


def test_alone_on_its_page_it_is_larger_than_beside_the_table() -> None:
    def sizes(sheet: SheetLook) -> float:
        (block,) = lay_identity(IDENTITY, OFFICE, sheet, Rect(15.0, 12.0, 315.0, 202.0))
        return next(text.size_pt for text in block.texts if text.text == "Nomor SOP")

    look = look_of(Sop(), OFFICE)
    assert sizes(look) == look.size_pt + 2
    assert sizes(replace(look, identity_on_same_page=True)) == look.size_pt


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">II", width, height)
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x0dIHDR" + head


def test_the_logo_keeps_its_shape_inside_the_letterhead() -> None:
    for size in ((300, 100), (100, 300)):
        (block,) = laid(IDENTITY, replace(OFFICE, logo=_png(*size)))
        (picture,) = block.pictures
        letterhead = next(box.rect for box in block.boxes if box.role == "letterhead")
        assert contains(letterhead, picture.rect)
        assert picture.rect.width / picture.rect.height == pytest.approx(size[0] / size[1])
        assert not any(overlap(picture.rect, text.rect) for text in block.texts)


def test_what_is_no_picture_is_no_logo() -> None:
    assert picture_size(b"GIF89a") is None
    assert picture_size(_png(0, 5)) is None
    assert picture_size(_png(2000, 2000)) == (2000, 2000)
    assert picture_size(_png(20_000, 20_000)) is None, "a bomb"
    (block,) = laid(IDENTITY, replace(OFFICE, logo=b"nothing"))
    assert block.pictures == ()


def test_a_block_placed_elsewhere_moves_whole() -> None:
    (block,) = laid(IDENTITY, replace(OFFICE, logo=_png(10, 10)))
    moved = block.placed(block.left + 7.0, block.top + 11.0)
    assert moved.height == block.height
    assert (moved.left, moved.top) == (block.left + 7, block.top + 11)
    for before, after in zip(block.texts, moved.texts, strict=True):
        assert (after.x, after.y) == (before.x + 7, before.y + 11)
        assert after.cell.left == before.cell.left + 7
    assert moved.boxes[0].rect.top == block.boxes[0].rect.top + 11
    assert moved.rules[0].end[0] == block.rules[0].end[0] + 7
    assert moved.pictures[0].rect.top == block.pictures[0].rect.top + 11
    assert block.placed(block.left, block.top) is block


def test_each_page_of_it_fills_its_frame_from_the_top() -> None:
    frame = look_of(Sop(), OFFICE).paper.frame
    blocks = laid(replace(IDENTITY, legal_basis=LAWS))
    assert len(blocks) > 1
    for block in blocks:
        assert (block.left, block.top, block.width) == (frame.left, frame.top, frame.width)
        assert min(box.rect.top for box in block.boxes) == frame.top
