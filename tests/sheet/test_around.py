from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.office import Office
from sopdesk.document.values import Closing, Sop
from sopdesk.sheet.around import lay_tail, lay_title
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.look import look_of
from tests.sheet.generated import plain_grid

if TYPE_CHECKING:
    from sopdesk.sheet.blocks import Block

OFFICE = Office()
LOOK = look_of(Sop(), OFFICE)
CLOSING = Closing("Contoh, 9 Mei 2019", ("KEPALA DINAS",), "NAMA CONTOH", "", "0000")
PAGE_MM = LOOK.paper.frame.height


def tail(*notes: str, closing: Closing | None = None) -> tuple[Block, ...]:
    return lay_tail(notes, closing, LOOK, 200.0, PAGE_MM)


def words(blocks: tuple[Block, ...]) -> list[str]:
    return " ".join(text.text for block in blocks for text in block.texts).split()


def assert_inside(block: Block) -> None:
    for text in block.texts:
        assert 0 <= text.cell.left <= text.rect.left < text.rect.right <= block.width + 1e-6
        assert 0 <= text.cell.top <= text.rect.top < text.rect.bottom <= block.height


def test_title_notes_and_signature_stay_inside_their_blocks() -> None:
    for block in (lay_title("Pelayanan Langsung", LOOK, 200.0), *tail("*) Kaki", closing=CLOSING)):
        assert block.texts
        assert_inside(block)
    assert [text.role for text in lay_title("A", LOOK, 50.0).texts] == ["title"]


def test_notes_and_signature_stand_clear_of_the_table() -> None:
    (note,), (signature,) = tail("*) Kaki"), tail(closing=CLOSING)
    assert min(text.rect.top for text in note.texts) >= 2.0
    assert min(text.rect.top for text in signature.texts) >= 5.0


def test_nothing_takes_no_room() -> None:
    assert tail() == ()
    assert lay_title("", LOOK, 100.0).height == 0.0


def test_a_title_of_any_length_leaves_room_for_its_table() -> None:
    block = lay_title("Pelayanan " * 3000, LOOK, 200.0)
    assert block.height < PAGE_MM / 4
    assert block.texts[-1].text == "…"
    assert_inside(block)


def test_notes_longer_than_a_page_go_on_and_lose_no_word() -> None:
    notes = tuple(f"Catatan{number} " + "kata " * 200 for number in range(30))
    blocks = tail(*notes, closing=CLOSING)
    assert len(blocks) > 1
    for block in blocks:
        assert block.height <= PAGE_MM
        assert_inside(block)
    assert words(blocks)[: len(" ".join(notes).split())] == " ".join(notes).split()
    assert [box.role for box in blocks[-1].boxes][-1] == "closing"


def test_a_signature_goes_to_the_next_page_whole() -> None:
    lines = int(PAGE_MM / 4.2)
    blocks = tail(*(f"Catatan {number}" for number in range(lines)), closing=CLOSING)
    assert [[box.role for box in block.boxes] for block in blocks] == [["note"], ["closing"]]


def test_a_signature_higher_than_a_page_is_torn_and_whole() -> None:
    closing = Closing(position=tuple(f"Baris{number}" for number in range(200)))
    blocks = tail(closing=closing)
    assert len(blocks) > 1
    assert all(block.height <= PAGE_MM for block in blocks)
    assert words(blocks) == list(closing.position)


@pytest.mark.parametrize("lines", [1, 30, 400])
def test_the_paper_stays_what_it_is_however_long_the_notes(lines: int) -> None:
    table = plain_grid(1, 4, 3)
    notes = tuple(f"Catatan{number}" for number in range(lines))
    sheet = lay_out(Sop(procedures=(replace(table, notes=notes),), closing=CLOSING), OFFICE)
    assert sheet.paper == LOOK.paper
    shown = [text for page in sheet.pages for text in page.texts if text.role == "note"]
    assert [text.text for text in shown] == list(notes)
    assert all(text.rect.bottom <= LOOK.paper.frame.bottom for text in shown)
