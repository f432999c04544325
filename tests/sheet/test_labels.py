from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from sopdesk.document.values import Sop
from sopdesk.sheet.flow_labels import (
    Label,
    Obstacles,
    label_texts,
    meets,
    place_label,
    segment_bounds,
    set_label,
)
from sopdesk.sheet.look import look_of
from sopdesk.sheet.values import Point, Rect
from tests.sheet.generated import plain_grid
from tests.sheet.geometry.plane import distance
from tests.sheet.sheets import OFFICE, listed, sop_of

LOOK = look_of(Sop(), OFFICE)
AREA = Rect(0.0, 0.0, 200.0, 200.0)
DIAMOND = ((100.0, 90.0), (107.0, 94.5), (100.0, 99.0), (93.0, 94.5))
LEVEL: tuple[Point, ...] = ((107.0, 94.5), (130.0, 94.5), (130.0, 120.0))
UPRIGHT: tuple[Point, ...] = ((100.0, 99.0), (100.0, 130.0))


def placed(
    path: tuple[Point, ...], text: str = "Ya", area: Rect = AREA, rects: list[Rect] | None = None,
    segments: list[tuple[Point, Point]] | None = None,
) -> Rect | None:  # fmt: skip
    lines = [*pairwise(path), *(segments or [])]
    bounds = [segment_bounds(start, end) for start, end in lines]
    obstacles = Obstacles([(Rect(93.0, 90.0, 107.0, 99.0), DIAMOND)], bounds, rects or [])
    return place_label(set_label(text, LOOK), path, obstacles, area)


def off(rect: Rect, path: tuple[Point, ...]) -> float:
    return min(
        distance(rect, (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
        for a, b in pairwise(path)
    )


@pytest.mark.parametrize("path", [LEVEL, UPRIGHT])
@pytest.mark.parametrize("text", ["Ya", "Teknis / Administratif", "Tidak lengkap"])
def test_a_label_stands_beside_its_line_near_the_diamond(
    path: tuple[Point, ...], text: str
) -> None:
    rect = placed(path, text)
    assert rect is not None
    assert 0.3 <= off(rect, path) <= 2.5
    assert distance(rect, (93.0, 90.0, 107.0, 99.0)) <= 12.0
    assert not meets(rect, DIAMOND)


def test_a_label_goes_to_the_other_side_of_what_stands_in_its_way() -> None:
    first = placed(LEVEL)
    assert first is not None
    second = placed(LEVEL, rects=[first])
    assert second is not None
    assert not (first.left < second.right and second.left < first.right
                and first.top < second.bottom and second.top < first.bottom)  # fmt: skip


def test_a_label_touches_no_foreign_line() -> None:
    foreign = ((90.0, 105.0), (150.0, 105.0))
    rect = placed(UPRIGHT, segments=[foreign])
    assert rect is not None
    assert not rect.top <= 105.0 <= rect.bottom


def test_a_label_stays_inside_the_lanes() -> None:
    rect = placed(LEVEL, area=Rect(90.0, 94.5, 200.0, 200.0))
    assert rect is not None
    assert rect.top >= 94.5


def test_a_label_without_room_has_no_place() -> None:
    assert placed(LEVEL, rects=[Rect(0.0, 0.0, 200.0, 200.0)]) is None


def test_a_label_stays_in_sight_of_a_short_line() -> None:
    path = ((107.0, 94.5), (108.5, 94.5), (108.5, 60.0))
    wall = Rect(80.0, 50.0, 111.4, 140.0)
    assert placed(path, "Tidak", rects=[wall]) is None


def test_long_labels_are_broken_and_stay_inside_their_rectangle() -> None:
    label = set_label("Teknis / Administratif atau keduanya", LOOK)
    assert len(label.lines) > 1
    rect = Rect(10.0, 10.0, 10.0 + label.width, 10.0 + label.height)
    for text in label_texts(label, rect, AREA, LOOK):
        assert rect.left <= text.rect.left <= text.rect.right <= rect.right + 1e-6
        assert rect.top - 1e-6 <= text.rect.top < text.rect.bottom <= rect.bottom + 1e-6


def test_the_words_of_a_label_are_all_set() -> None:
    label: Label = set_label("Tidak lengkap, kembali", LOOK)
    said = " ".join("".join(run.text for run in line.runs) for line in label.lines)
    assert said.split() == ["Tidak", "lengkap,", "kembali"]


def test_each_labelled_exit_says_its_label_once() -> None:
    found: dict[str, Any] = listed(sop_of(plain_grid(3, 16, 4, 0.5)))
    connectors = [c for page in found["pages"] for c in page["connectors"] if c["label"]]
    said = [t["text"] for page in found["pages"] for t in page["texts"] if t["role"] == "label"]
    assert len(connectors) > 4
    assert sorted(said) == sorted(c["label"] for c in connectors)
