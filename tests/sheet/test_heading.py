from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.values import Lane
from sopdesk.sheet.columns import Columns
from sopdesk.sheet.heading import lane_edges, lay_heading
from sopdesk.sheet.look import look_of
from sopdesk.sheet.values import Rect, Text
from tests.sheet.sheets import OFFICE, sop_of

if TYPE_CHECKING:
    from sopdesk.sheet.blocks import Block

COLUMNS = Columns(
    (
        ("number", 0.0, 10.0),
        ("activity", 10.0, 80.0),
        ("lanes", 80.0, 140.0),
        ("requirements", 140.0, 170.0),
        ("duration", 170.0, 190.0),
        ("outputs", 190.0, 220.0),
        ("remarks", 220.0, 240.0),
    )
)
LANES = (Lane("a", "Staf"), Lane("b", "Kasi"), Lane("c", "Kadis"))


def heading(lanes: tuple[Lane, ...] = LANES, columns: Columns = COLUMNS, **asked: Any) -> Block:
    return lay_heading(lanes, look_of(sop_of(**asked), OFFICE), columns)


def text(block: Block, words: str) -> Text:
    (found,) = [text for text in block.texts if text.text == words]
    return found


def test_the_standard_of_quality_stands_over_its_three_columns() -> None:
    block = heading()
    standard = text(block, "Mutu Baku").cell
    assert (standard.left, standard.right) == (140.0, 220.0)
    assert text(block, "Output").cell.top == standard.bottom


def test_a_standard_column_elsewhere_has_its_own_heading_above() -> None:
    columns = Columns((("outputs", 0.0, 60.0), ("lanes", 60.0, 120.0), ("duration", 120.0, 180.0)))
    cells = [t.cell for t in heading(columns=columns).texts if t.text == "Mutu Baku"]
    assert [(cell.left, cell.right) for cell in cells] == [(0.0, 60.0), (120.0, 180.0)]


def test_the_other_columns_reach_from_top_to_bottom() -> None:
    block = heading()
    assert text(block, "Kegiatan").cell == Rect(10.0, 0.0, 80.0, block.height)


def test_groups_stand_over_their_lanes_outermost_first() -> None:
    lanes = (
        Lane("a", "Staf", ("Dinas", "Seksi")),
        Lane("b", "Kasi", ("Dinas", "Seksi")),
        Lane("c", "Kadis", ("Dinas",)),
    )
    block = heading(lanes)
    dinas, seksi, kadis = (text(block, name) for name in ("Dinas", "Seksi", "Kadis"))
    assert (dinas.cell.left, dinas.cell.right) == (80.0, 140.0)
    assert (seksi.cell.left, seksi.cell.right) == (80.0, 120.0)
    assert dinas.cell.bottom == seksi.cell.top == kadis.cell.top
    assert kadis.cell.bottom == text(block, "Staf").cell.bottom == block.height


def test_equal_groups_that_lie_apart_are_two() -> None:
    lanes = (Lane("a", "Staf", ("Tim",)), LANES[1], Lane("c", "Kadis", ("Tim",)))
    assert len([t for t in heading(lanes).texts if t.text == "Tim"]) == 2


def test_a_name_with_a_word_wider_than_its_lane_stands_upright_inside_its_cell() -> None:
    lanes = (Lane("a", "Penanggungjawab Penyelenggaraan Pemerintahan"), *LANES[1:])
    columns = Columns((("activity", 0.0, 80.0), ("lanes", 80.0, 116.0)))
    block = heading(lanes, columns)
    upright = [t for t in block.texts if t.angle == 90]
    assert " ".join(t.text for t in upright) == lanes[0].name
    for one in upright:
        assert one.cell.left <= one.rect.left < one.rect.right <= one.cell.right
        assert one.cell.top <= one.rect.top < one.rect.bottom <= one.cell.bottom
    for left, right in pairwise(upright):
        assert left.rect.right <= right.rect.left
    assert text(block, "Kasi").angle == 0


def test_every_column_and_lane_has_its_number_where_asked() -> None:
    numbers = [t.text for t in heading(number_row=True).texts if t.text.startswith("(")]
    assert numbers == [f"({number})" for number in range(1, 10)]
    assert heading(number_row=True).height > heading().height


def test_the_words_are_the_offices() -> None:
    block = heading(labels=(("column_activity", "Uraian Prosedur"),))
    assert text(block, "Uraian Prosedur").role == "heading"


def test_no_lane_leaves_an_empty_cell() -> None:
    block = heading(())
    assert not [t for t in block.texts if t.role == "lane"]
    assert text(block, "Pelaksana").cell.bottom < block.height


@pytest.mark.parametrize("lanes", [LANES, ()])
def test_rules_run_at_every_edge_of_a_column_and_lane(lanes: tuple[Lane, ...]) -> None:
    edges = lane_edges(lanes, COLUMNS)
    assert edges == tuple(sorted(edges))
    assert len(edges) == 7 + max(1, len(lanes))
    uprights = {rule.start[0] for rule in heading(lanes).rules if rule.start[0] == rule.end[0]}
    assert uprights == set(edges)


def page_height(**asked: Any) -> float:
    return look_of(sop_of(**asked), OFFICE).paper.frame.height


@pytest.mark.parametrize("words", ["Kepala Bagian " * 2000, "a" * 30_000])
@pytest.mark.parametrize("where", ["name", "group", "label", "standard"])
def test_a_heading_of_any_length_leaves_room_for_rows(words: str, where: str) -> None:
    lanes, asked = LANES, {}
    if where == "name":
        lanes = (Lane("a", words), *LANES[1:])
    elif where == "group":
        lanes = (Lane("a", "Staf", (words, words)), *LANES[1:])
    else:
        column = "column_standard" if where == "standard" else "column_duration"
        asked = {"labels": ((column, words),)}
    block = heading(lanes, **asked)
    assert block.height < page_height() * 0.8
    assert [t for t in block.texts if t.text == "…"]
    for one in block.texts:
        assert one.cell.top <= one.rect.top < one.rect.bottom <= one.cell.bottom
        assert one.cell.left <= one.rect.left < one.rect.right <= one.cell.right


@pytest.mark.parametrize("width", [2.0, 3.3, 6.0])
def test_an_upright_word_stays_inside_however_narrow_its_column_is(width: float) -> None:
    spans = (("number", 0.0, width), ("lanes", width, 60.0), ("activity", 60.0, 120.0))
    word = text(heading(columns=Columns(spans), size_pt=14.0), "No")
    assert word.angle == 90
    assert word.cell.left <= word.rect.left <= word.rect.right <= word.cell.right


def test_a_long_upright_name_is_not_shortened_as_long_as_it_has_room() -> None:
    name = "Kepala Subbagian Penyelenggaraan, Pertanggungjawaban dan Pelaporan Keuangan Daerah"
    columns = Columns((("activity", 0.0, 80.0), ("lanes", 80.0, 107.0)))
    block = heading((Lane("a", name), *LANES[1:]), columns)
    shown = " ".join(t.text for t in block.texts if t.angle == 90)
    assert shown.startswith(name)


def test_groups_deeper_than_a_heading_shows_stand_together() -> None:
    block = heading((Lane("a", "Staf", tuple("ABCDEFG")), *LANES[1:]))
    assert [t.text for t in block.texts if t.role == "group"] == ["A", "B", "C", "D / E / F / G"]


@pytest.mark.parametrize(("name", "lines"), [("Kepala Seksi", 2), ("Inspektoratnya", 1)])
def test_a_name_keeps_off_the_rules_where_its_words_are_short_enough(name: str, lines: int) -> None:
    columns = Columns((("lanes", 0.0, 21.2),))
    texts = [text for text in heading((Lane("a", name),), columns).texts if text.role == "lane"]
    assert len(texts) == lines
    assert all(text.rect.left - text.cell.left >= 0.8 - 1e-6 for text in texts)


@pytest.mark.parametrize("width", [36.0, 45.0, 60.0])
def test_groups_of_long_names_over_one_lane_are_shown_whole(width: float) -> None:
    groups = ("Dinas Kependudukan dan Pencatatan Sipil", "Bidang Penyelenggaraan Pelayanan")
    columns = Columns((("activity", 0.0, 80.0), ("lanes", 80.0, 80.0 + width)))
    block = heading((Lane("a", "Staf", groups), *LANES[1:]), columns)
    shown = "".join(t.text for t in block.texts if t.role == "group")
    assert shown.replace(" ", "") == "".join(groups).replace(" ", "")
