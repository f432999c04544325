"""A symbol is as high as its text needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdesk.document.office import Office
from sopdesk.document.values import Kind, Lane, Procedure, Sop, Step, Symbol
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.symbols import Measures, offpage_size
from tests.sheet.generated import plain_grid
from tests.sheet.sheets import faults_of, sop_of


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("text", ["\n\n", " ", "**", "\u200b"])
def test_a_text_without_a_word_changes_no_symbol(kind: Kind, text: str) -> None:
    def rects(words: str) -> list[object]:
        symbols = (Symbol("s", ("a",), kind, words, "n"),)
        sop = Sop(procedures=(Procedure((Lane("a"),), (Step("s"),), symbols),))
        sheet = lay_out(sop, Office())
        return [shape.rect for page in sheet.pages for shape in page.shapes]

    assert len(rects(text)) == 1
    assert rects(text) == rects("")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("text", ["pertanggungjawaban" * 5, "kata " * 80])
def test_a_symbol_is_no_higher_than_a_page_can_hold(kind: Kind, text: str) -> None:
    procedure = plain_grid(1, 10, 14)
    symbols = [replace(each, kind=kind, text=text) for each in procedure.symbols[:2]]
    table = replace(procedure, symbols=(*symbols, *procedure.symbols[2:]))
    assert not faults_of(sop_of(table, size_pt=14.0))


@pytest.mark.parametrize("width", [3.0, 4.2, 14.0])
def test_lines_beside_symbols_keep_off_pentagons_too(width: float) -> None:
    assert offpage_size(Measures(width, width / 14.0, 5.5))[0] <= width
