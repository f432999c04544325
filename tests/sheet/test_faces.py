from __future__ import annotations

import importlib.util

import pytest
from fontTools.ttLib import TTFont as FontFile
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFont

from sopdesk.foundation.resources import resource
from sopdesk.sheet.advances import ADVANCES
from sopdesk.sheet.faces import (
    FACES,
    MM_PER_PT,
    REPLACEMENT,
    advances,
    ascent_mm,
    descent_mm,
    face_of,
    leading_mm,
    split_by_face,
    text_width_mm,
)
from sopdesk.sheet.printable import one_line, printable

FACE_KEYS = sorted(FACES)
SENTENCES = (
    "Menerima, meneliti & mendisposisi surat (rangkap 3)",
    "Peraturan Walikota Nomor 4 Tahun 2017 tentang Tata Kerja;",
    "±½ × 25 % – “Café Ünïcödé”, ñ, Ş, ğ…",
)


@pytest.fixture(scope="module")
def fonts() -> dict[str, TTFont]:
    return {key: TTFont(key, str(resource("fonts", face.file))) for key, face in FACES.items()}


@pytest.mark.parametrize("key", FACE_KEYS)
def test_the_table_says_what_the_font_file_says(key: str, fonts: dict[str, TTFont]) -> None:
    table, widths = advances(key), fonts[key].face.charWidths
    found = {char: widths[ord(char)] * MM_PER_PT / 1000 for char in table}
    assert found == pytest.approx(dict(table), abs=1e-9)


@pytest.mark.parametrize("key", FACE_KEYS)
def test_the_table_has_every_letter_and_sign_of_the_font(
    key: str, fonts: dict[str, TTFont]
) -> None:
    shown = {char for char in map(chr, fonts[key].face.charToGlyph)
             if char.isprintable() and not "\u0590" <= char <= "\u08ff"
             and not "\ufb1d" <= char <= "\ufb4f"}  # fmt: skip
    assert shown <= set(advances(key))


@pytest.mark.parametrize("key", FACE_KEYS)
def test_every_letter_stands_where_its_outline_is_drawn(key: str) -> None:
    font = FontFile(resource("fonts", FACES[key].file))
    glyphs, least = font["glyf"], 1.5 * font["head"].unitsPerEm / 2048
    moved = {name for name, (_, begins) in font["hmtx"].metrics.items()
             if abs(begins - getattr(glyphs[name], "xMin", 0)) > least}  # fmt: skip
    assert not moved


def test_the_generator_writes_the_table_that_is_committed() -> None:
    path = resource("fonts", "measure.py")
    spec = importlib.util.spec_from_file_location("measure", path)
    assert spec is not None
    assert spec.loader is not None
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    assert {key: file.file for key, file in FACES.items()} == measure.FILES
    assert measure.MODULE.read_text(encoding="utf-8") == measure.module()


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("key", [face_of(f, b, i) for f in ("sans", "serif")
                                 for b in (False, True) for i in (False, True)])  # fmt: skip
def test_a_sentence_is_as_wide_as_reportlab_sets_it(
    key: str, sentence: str, fonts: dict[str, TTFont]
) -> None:
    in_points = fonts[key].stringWidth(sentence, 11)
    assert text_width_mm(sentence, key, 11) == pytest.approx(in_points * MM_PER_PT, abs=0.01)


@given(text=st.text(max_size=30), key=st.sampled_from(FACE_KEYS))
@settings(max_examples=80)
def test_stretches_keep_the_order_and_the_width_and_can_all_be_set(text: str, key: str) -> None:
    parts = split_by_face(text, key)
    joined = "".join(part for part, _ in parts)
    assert len(joined) == len(text)
    assert all(after in (before, REPLACEMENT)
               for before, after in zip(text, joined, strict=True))  # fmt: skip
    assert all(set(part) <= set(advances(face)) for part, face in parts
               if not any(char < " " for char in part))  # fmt: skip
    apart = sum(text_width_mm(part, face, 9) for part, face in parts)
    assert apart == pytest.approx(text_width_mm(text, key, 9))


def test_what_the_face_lacks_comes_from_the_symbols_and_else_is_visibly_replaced() -> None:
    assert split_by_face("ya \u2713 \u4e2d", "serif-bold") == (
        ("ya ", "serif-bold"), ("\u2713", "symbols-bold"),
        (" ", "serif-bold"), (REPLACEMENT, "symbols-bold"),
    )  # fmt: skip


@pytest.mark.parametrize("font", ["sans", "serif"])
def test_a_line_holds_its_letters_and_lines_do_not_touch(font: str) -> None:
    assert leading_mm(font, 9) >= ascent_mm(font, 9) + descent_mm(font, 9)


def test_the_heavy_faces_are_told_apart() -> None:
    assert face_of("serif", bold=True, italic=True) == "serif-bold-italic"
    assert text_width_mm("Kegiatan", "sans-bold", 9) > text_width_mm("Kegiatan", "sans", 9)
    assert set(ADVANCES) == set(FACES)


def test_what_cannot_stand_on_paper_is_gone() -> None:
    assert printable("a\x00b\x1bc\u200bd\u202ee\ufeff") == "abcde"
    assert printable("a\tb\u2003c\u00a0d") == "a b c\u00a0d"
    assert printable("a\r\nb\u2028c") == "a\nb\nc"
    assert printable("e\u0301\ud800") == "\u00e9\ufffd"
    assert one_line("  dua \n baris\t") == "dua baris"
