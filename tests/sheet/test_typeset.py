from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopdesk.document.markup import plain
from sopdesk.document.values import ListStyle
from sopdesk.sheet import typeset, words
from sopdesk.sheet.faces import advances, text_width_mm
from sopdesk.sheet.typeset import (
    TextLine,
    break_evenly,
    break_text,
    natural_width_mm,
    set_list,
    widest_list_word_mm,
    widest_word_mm,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.values import Face
    from sopdesk.sheet.words import Word

WORDS = st.text(alphabet="abcXYZ-/.,*é→✓中 \n", max_size=60)
SENTENCES = st.lists(st.text(alphabet="aimoW", min_size=1, max_size=8), min_size=1, max_size=12)
FONTS = st.sampled_from(("sans", "serif"))
WIDTHS = st.floats(5, 120)
ALLOWED = 1e-5


def texts(lines: tuple[TextLine, ...]) -> list[str]:
    return [line.text for line in lines]


def squeezed(text: str) -> str:
    return "".join(text.split())


def end_of(line: TextLine, size_pt: float) -> float:
    last = line.runs[-1]
    return last.offset + text_width_mm(last.text, last.face, size_pt)


@given(text=WORDS, font=FONTS, width=WIDTHS, bold=st.booleans())
@settings(max_examples=200)
def test_no_line_is_too_wide_and_no_letter_is_lost(
    text: str, font: str, width: float, bold: bool
) -> None:
    lines = break_text(text, font, 9, width, bold)
    assert all(line.width_mm <= width + ALLOWED for line in lines)
    assert squeezed("".join(texts(lines))) == squeezed(plain(text)).replace("中", "\ufffd")
    assert all(line.text == line.text.rstrip() for line in lines)


@given(text=WORDS, width=WIDTHS)
@settings(max_examples=100)
def test_a_line_is_as_wide_as_its_stretches_which_follow_each_other(
    text: str, width: float
) -> None:
    for line in break_text(text, "sans", 9, width):
        position = 0.0
        for run in line.runs:
            assert run.offset == pytest.approx(position, abs=ALLOWED)
            assert set(run.text) <= set(advances(run.face))
            position += text_width_mm(run.text, run.face, 9)
        assert line.width_mm == pytest.approx(position, abs=ALLOWED)


@given(words=SENTENCES, width=st.floats(30, 120))
@settings(max_examples=100)
def test_a_line_is_full_before_the_next_begins(words: list[str], width: float) -> None:
    lines = texts(break_text(" ".join(words), "sans", 9, width))
    assert " ".join(lines) == " ".join(words)
    for line, following in pairwise(lines):
        longer = f"{line} {following.split(' ')[0]}"
        assert text_width_mm(longer, "sans", 9) > width


@given(text=WORDS, font=FONTS, bold=st.booleans())
@settings(max_examples=100)
def test_at_its_natural_width_only_its_own_lines_break(text: str, font: str, bold: bool) -> None:
    width = natural_width_mm(text, font, 9, bold)
    lines = break_text(text, font, 9, width, bold)
    assert texts(lines) == [line.rstrip() for line in _shown(text).split("\n") if lines]


def _shown(text: str) -> str:
    return plain(text.rstrip()).rstrip(" \n").replace("中", "\ufffd")


@given(words=SENTENCES, extra=st.floats(0, 20))
@settings(max_examples=100)
def test_where_the_widest_word_fits_no_word_is_split(words: list[str], extra: float) -> None:
    width = widest_word_mm(" ".join(words), "sans", 9) + extra
    lines = texts(break_text(" ".join(words), "sans", 9, width))
    assert " ".join(lines) == " ".join(words)


@given(words=st.lists(st.text("aimw", min_size=1, max_size=9), min_size=1), width=st.floats(8, 60))
def test_even_lines_are_as_few_and_no_wider(words: list[str], width: float) -> None:
    even, full = (each(" ".join(words), "sans", 9, width) for each in (break_evenly, break_text))
    assert len(even) == len(full)
    assert max(line.width_mm for line in even) <= max(line.width_mm for line in full)
    assert "".join(texts(even)).replace(" ", "") == "".join(words)


def test_no_word_is_left_over_on_an_even_last_line() -> None:
    name = "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU"
    assert texts(break_text(name, "sans", 11, 110))[1] == "SATU PINTU"
    first, last = break_evenly(name, "sans", 11, 110)
    assert last.width_mm > 0.8 * first.width_mm


def test_lines_break_at_blanks() -> None:
    assert texts(break_text("Menerima surat masuk", "sans", 9, 25)) == ["Menerima surat", "masuk"]


def test_a_long_word_breaks_after_a_slash_or_hyphen_between_letters_only() -> None:
    assert texts(break_text("Peralatan/Perlengkapan", "sans", 9, 25)) == [
        "Peralatan/",
        "Perlengkapan",
    ]
    assert texts(break_text("065/417.112/2019", "sans", 9, 40)) == ["065/417.112/2019"]
    width = text_width_mm("13-03-20", "sans", 9)
    assert texts(break_text("13-03-2018", "sans", 9, width)) == ["13-03-20", "18"]


def test_a_word_that_fits_a_line_is_kept_whole() -> None:
    assert texts(break_text("buku dan/atau map", "sans", 9, 18)) == ["buku", "dan/atau", "map"]


def test_a_word_that_fits_nowhere_is_cut_and_stays_whole_in_all() -> None:
    lines = texts(break_text("abcdefghijklmnop", "sans", 9, 8))
    assert len(lines) > 2
    assert "".join(lines) == "abcdefghijklmnop"


def test_an_accent_stays_on_its_letter() -> None:
    lines = texts(break_text("q\u0308" * 20, "sans", 9, 5))
    assert all(line.startswith("q") for line in lines)


def test_inner_and_leading_blanks_stay() -> None:
    assert texts(break_text("   Mei  2024  ", "sans", 9, 50)) == ["   Mei  2024"]


def test_empty_lines_inside_stay_and_no_text_has_no_line() -> None:
    assert texts(break_text("a\n\nb\n\n", "sans", 9, 50)) == ["a", "", "b"]
    assert break_text("", "sans", 9, 50) == ()
    assert break_text(" \n ", "sans", 9, 50) == ()


def test_marked_stretches_have_their_faces() -> None:
    (line,) = break_text("Surat *copy* **asli**", "serif", 9, 90)
    assert [(run.text, run.face) for run in line.runs] == [
        ("Surat ", "serif"),
        ("copy", "serif-italic"),
        (" ", "serif"),
        ("asli", "serif-bold"),
    ]
    (heading,) = break_text("Surat *copy*", "sans", 9, 90, bold=True)
    assert [run.face for run in heading.runs] == ["sans-bold", "sans-bold-italic"]


def test_a_face_may_change_inside_a_word() -> None:
    lines = break_text("meng-*input* **se**mua", "sans", 9, 17)
    assert texts(lines) == ["meng-input", "semua"]
    assert [run.face for run in lines[1].runs] == ["sans-bold", "sans"]


def test_however_long_a_word_is_its_letters_are_measured_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured = 0

    def counted(text: str, face: Face, size_pt: float) -> float:
        nonlocal measured
        measured += len(text)
        return text_width_mm(text, face, size_pt)

    for module in (words, typeset):
        monkeypatch.setattr(module, "text_width_mm", counted)
    lines = break_text("y" * 20_000, "sans", 9, 31)
    assert sum(len(line.text) for line in lines) == 20_000
    assert 20_000 <= measured <= 60_000


@pytest.mark.parametrize(
    ("style", "marks"),
    [
        (ListStyle.BULLETS, ["•", "•"]),
        (ListStyle.NUMBERS, ["1.", "2."]),
        (ListStyle.LETTERS, ["a.", "b."]),
        (ListStyle.DASHES, ["-", "-"]),
    ],
)
def test_texts_of_a_list_hang_beside_their_marks(style: ListStyle, marks: list[str]) -> None:
    lines = set_list(("Memahami tata naskah dinas", "Teliti"), style, "sans", 9, 36)
    assert [line.runs[0].text.strip() for line in lines if len(line.runs) > 1] == marks
    assert len({line.runs[-1].offset for line in lines}) == 1
    assert texts(lines)[0].startswith(f"{marks[0]} Memahami")


def test_a_plain_list_has_no_marks() -> None:
    assert texts(set_list(("satu", "", "dua"), ListStyle.PLAIN, "sans", 9, 50)) == ["satu", "dua"]


def test_letters_go_on_after_z() -> None:
    items = tuple("x" for _ in range(28))
    lines = texts(set_list(items, ListStyle.LETTERS, "sans", 9, 50))
    assert lines[25:28] == ["z. x", "aa. x", "ab. x"]


def test_sub_items_hang_deeper_and_are_not_counted() -> None:
    items = ("Mampu:", "- mengetik", "- menghitung", "Teliti")
    lines = set_list(items, ListStyle.NUMBERS, "sans", 9, 60)
    assert texts(lines) == ["1. Mampu:", "- mengetik", "- menghitung", "2. Teliti"]
    assert lines[1].runs[0].offset == lines[0].runs[1].offset
    assert lines[1].runs[1].offset > lines[1].runs[0].offset


def test_a_list_that_begins_with_a_dash_has_items_all_through() -> None:
    typed = ("- Surat", "- KTP", "Berkas:", "- asli")
    lines = texts(set_list(typed, ListStyle.BULLETS, "sans", 9, 60))
    assert lines == ["• Surat", "• KTP", "• Berkas:", "- asli"]


def test_an_intro_sentence_has_no_number() -> None:
    items = ("Pelaksana harus:", "teliti", "ramah")
    lines = texts(set_list(items, ListStyle.NUMBERS, "sans", 9, 60))
    assert lines == ["Pelaksana harus:", "1. teliti", "2. ramah"]


@given(
    items=st.lists(st.one_of(WORDS, WORDS.map("- {}".format)), max_size=6).map(tuple),
    style=st.sampled_from(ListStyle),
    width=WIDTHS,
)
@settings(max_examples=150)
def test_no_line_of_a_list_is_too_wide(
    items: tuple[str, ...], style: ListStyle, width: float
) -> None:
    for line in set_list(items, style, "sans", 9, width):
        assert line.width_mm <= width + ALLOWED
        if line.runs:
            assert end_of(line, 9) == pytest.approx(line.width_mm, abs=ALLOWED)


def test_a_list_as_wide_as_it_asks_splits_no_word() -> None:
    items = ("Pertanggungjawaban keuangan", "- Pendokumentasian")
    width = widest_list_word_mm(items, ListStyle.NUMBERS, "sans", 9)
    joined = " ".join(texts(set_list(items, ListStyle.NUMBERS, "sans", 9, width)))
    assert "Pertanggungjawaban" in joined
    assert "Pendokumentasian" in joined


def test_a_long_word_is_parted_once_for_all_widths(monkeypatch: pytest.MonkeyPatch) -> None:
    parted: list[Word] = []

    def count(word: Word, cuts: Sequence[int]) -> list[Word]:
        parted.append(word)
        return cut_at(word, cuts)

    cut_at = words.cut_at
    monkeypatch.setattr(words, "cut_at", count)
    for width_mm in (20, 30, 40):
        break_text("nota-dinas/surat-tugas/" * 20, "sans", 9, width_mm)
    assert len(parted) == 1
