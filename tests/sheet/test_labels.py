from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.values import Flow, Kind, Lane, Procedure, Side, Sop, Step, Symbol
from sopdesk.sheet import band_labels, page_labels
from sopdesk.sheet.flow_labels import label_texts, set_label, settings
from sopdesk.sheet.label_places import Way, place_label
from sopdesk.sheet.look import look_of
from sopdesk.sheet.neighbourhood import FAR, Neighbourhood
from sopdesk.sheet.page_labels import trunk_of
from sopdesk.sheet.painting import HOP_RADIUS_MM, arrow_head
from sopdesk.sheet.values import Point, Rect
from tests.sheet.generated import plain_grid, wild
from tests.sheet.sheets import OFFICE, faults_of, flow_pages, listed, sop_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOK = look_of(Sop(), OFFICE)
BOUNDS = Rect(93.0, -4.5, 107.0, 4.5)
DIAMOND = ((100.0, -4.5), (107.0, 0.0), (100.0, 4.5), (93.0, 0.0))
LEVEL: tuple[Point, ...] = ((107.0, 0.0), (130.0, 0.0), (130.0, FAR))
UPRIGHT: tuple[Point, ...] = ((100.0, 4.5), (100.0, FAR))
LONG = "Teknis / Administratif"


def bounds(a: Point, b: Point) -> Rect:
    return Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def around(
    path: Sequence[Point], solids: Sequence[Rect] = (), lines: Sequence[Rect] = ()
) -> Neighbourhood:
    found = Neighbourhood(200.0, [80.0, 120.0], 6.5)
    found.add_outline(DIAMOND)
    for solid in solids:
        found.add_solid(solid)
    for line in (*(bounds(a, b) for a, b in pairwise(path)), *lines):
        found.add_line(line)
    return found


def placed(
    path: Sequence[Point],
    text: str = "Ya",
    symbol: Rect = BOUNDS,
    others: Sequence[Rect] = (),
    **more: Any,
) -> Rect | None:
    return place_label(set_label(text, LOOK), Way(path, symbol), around(path, **more), others)


def apart(a: Rect, b: Rect) -> float:
    dx = max(a.left - b.right, b.left - a.right, 0.0)
    dy = max(a.top - b.bottom, b.top - a.bottom, 0.0)
    return float((dx * dx + dy * dy) ** 0.5)


def off(rect: Rect, path: Sequence[Point]) -> float:
    return min(apart(rect, bounds(a, b)) for a, b in pairwise(path))


@pytest.mark.parametrize("path", [LEVEL, UPRIGHT])
@pytest.mark.parametrize("text", ["Ya", LONG, "Tidak lengkap"])
def test_a_label_stands_beside_its_line_near_the_diamond(
    path: tuple[Point, ...], text: str
) -> None:
    rect = placed(path, text)
    assert rect is not None
    assert 0.3 <= off(rect, path) <= 2.5
    assert apart(rect, BOUNDS) <= 1.0


@pytest.mark.parametrize("path", [LEVEL, UPRIGHT])
def test_a_label_stands_farther_off_where_all_will_be_drawn_smaller(
    path: tuple[Point, ...],
) -> None:
    usual = placed(path)
    rect = place_label(set_label("Ya", LOOK), Way(path, BOUNDS, spread=2.0), around(path))
    assert usual is not None
    assert rect is not None
    assert off(rect, path) == pytest.approx(2.0 * off(usual, path))


@pytest.mark.parametrize("path", [LEVEL, UPRIGHT])
def test_a_label_is_nearer_to_its_own_line_than_to_a_foreign_one(path: tuple[Point, ...]) -> None:
    first = placed(path)
    assert first is not None
    close = Rect(*first)._replace(top=first.top - 0.35, bottom=first.top - 0.35)
    beside = Rect(*first)._replace(left=first.right + 0.35, right=first.right + 0.35)
    assert placed(path, lines=[close, beside]) == first
    other = placed(path, lines=[close, beside], others=[close, beside])
    assert other is not None
    assert off(other, path) < min(apart(other, close), apart(other, beside))


def test_a_label_goes_to_the_other_side_of_what_stands_in_its_way() -> None:
    first = placed(LEVEL)
    assert first is not None
    second = placed(LEVEL, solids=[first])
    assert second is not None
    assert apart(first, second) >= 0.3 - 1e-9


def test_a_label_touches_no_foreign_line() -> None:
    foreign = Rect(108.0, -FAR, 108.0, FAR)
    rect = placed(LEVEL, "Tidak", lines=[foreign])
    assert rect is not None
    assert apart(rect, foreign) >= 0.3 - 1e-9


@pytest.mark.parametrize(("rule", "least"), [(114.5, 0.8), (114.0, 0.3)])
def test_a_label_keeps_off_a_rule_as_far_as_it_may(rule: float, least: float) -> None:
    way = ((107.0, 0.0), (111.0, 0.0), (111.0, -FAR))
    space = Neighbourhood(200.0, [80.0, rule], 6.5)
    space.add_outline(DIAMOND)
    for a, b in pairwise(way):
        space.add_line(bounds(a, b))
    rect = place_label(set_label("Tidak", LOOK), Way(way, BOUNDS), space)
    assert rect is not None
    assert rect.top > 0.0
    assert rule - rect.right >= least - 1e-9


def test_a_label_without_room_further_out_stands_over_the_slope_of_its_diamond() -> None:
    way = ((107.0, 0.0), (109.5, 0.0), (109.5, -FAR))
    walls = [Rect(110.0, -FAR, 110.0, FAR)]
    rect = placed(way, "Tidak", lines=walls)
    assert rect is not None
    assert rect.left < 107.0
    assert rect.right <= 109.2
    assert 0.3 <= off(rect, way) <= 2.5


def test_no_label_stands_farther_from_its_diamond_than_it_may() -> None:
    way = ((107.0, 0.0), (118.7, 0.0), (118.7, FAR))
    walls = [Rect(80.0, y, 118.7, y) for y in (-0.9, 0.9)]
    label, space = set_label("Ya", LOOK), around(way, lines=walls)
    tall = BOUNDS._replace(top=-8.0, bottom=8.0)
    free = place_label(label, Way(way, tall), space)
    assert free is not None
    assert free.left > 118.7
    outline = ((100.0, -8.0), (107.0, 0.0), (100.0, 8.0), (93.0, 0.0))
    assert place_label(label, Way(way, tall, outline), space) is None


def test_no_other_line_runs_between_a_label_and_its_own_unless_there_is_no_other_place() -> None:
    fence = [Rect(0.0, y, 200.0, y) for y in (-1.5, 1.5)]
    label, space = set_label("Ya", LOOK), around(LEVEL[:2], lines=fence)
    assert place_label(label, Way(LEVEL[:2], BOUNDS), space) is None
    rect = place_label(label, Way(LEVEL[:2], BOUNDS), space, is_next=False)
    assert rect is not None
    assert off(rect, LEVEL[:2]) <= 2.5


def test_a_label_past_another_line_fits_between_it_and_what_comes_next() -> None:
    label = set_label("Y", LOOK)
    edge = 1.35 + label.width
    fence = [Rect(100.0 + x, 4.5, 100.0 + x, 200.0) for x in (-0.6, 0.6)]
    solids = [Rect(0.0, -50.0, 100.0 - edge, 200.0), Rect(100.0 + edge, -50.0, 200.0, 200.0)]
    space = around(UPRIGHT, solids=solids, lines=fence)
    rect = place_label(label, Way(UPRIGHT, BOUNDS), space, is_next=False)
    assert rect is not None
    assert all(apart(rect, wall) >= 0.3 - 1e-9 for wall in (*fence, *solids))


def test_a_label_stays_inside_the_lanes() -> None:
    way = ((7.0, 0.0), (2.0, 0.0), (2.0, FAR))
    rect = placed(way, "Tidak", Rect(7.0, -4.5, 21.0, 4.5))
    assert rect is not None
    assert rect.left >= 0.0


def test_a_label_rather_stands_on_no_rule() -> None:
    way = ((115.0, 0.0), (160.0, 0.0))
    rect = placed(way, "Tidak")
    assert rect is not None
    assert rect.left >= 120.0 or rect.right <= 120.0


def test_a_label_without_room_has_no_place() -> None:
    assert placed(LEVEL, solids=[Rect(0.0, -FAR, 200.0, FAR)]) is None


def test_a_label_stays_in_sight_of_a_short_line() -> None:
    way = ((107.0, 0.0), (108.5, 0.0), (108.5, -40.0))
    assert placed(way, "Tidak", solids=[Rect(80.0, -50.0, 111.4, 50.0)]) is None


@pytest.mark.parametrize("exit_x", [109.0, 140.0])
def test_a_label_stands_at_a_later_run_only_where_that_is_near(exit_x: float) -> None:
    way = ((107.0, 0.0), (exit_x, 0.0), (exit_x, FAR))
    filled = [Rect(80.0, -50.0, exit_x + 0.3, 5.0)]
    rect = placed(way, "Tidak", solids=filled)
    assert (rect is not None) == (exit_x == 109.0)
    assert rect is None or apart(rect, BOUNDS) <= 12.0


def test_long_labels_are_broken_and_stay_inside_their_rectangle() -> None:
    label = set_label("Teknis / Administratif atau keduanya", LOOK)
    assert len(label.lines) > 1
    rect = Rect(10.0, 10.0, 10.0 + label.width, 10.0 + label.height)
    for text in label_texts(label, rect, rect, LOOK):
        assert rect.left <= text.rect.left <= text.rect.right <= rect.right + 1e-6
        assert rect.top - 1e-6 <= text.rect.top < text.rect.bottom <= rect.bottom + 1e-6


def words_of(lines: Sequence[Any]) -> list[str]:
    return " ".join("".join(run.text for run in line.runs) for line in lines).split()


def test_a_label_gives_way_in_width_then_in_size_and_breaks_words_at_the_last() -> None:
    found = list(settings("Tidak lengkap, kembali", LOOK))
    whole = [words_of(label.lines) == ["Tidak", "lengkap,", "kembali"] for label in found]
    sizes = [label.size_pt for label in found]
    assert whole[:3] == [True] * 3
    assert not any(whole[4:])
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 5.5
    assert found[-1].width < 2.0


def test_each_labelled_exit_says_its_label_once() -> None:
    found: dict[str, Any] = listed(sop_of(plain_grid(3, 16, 4, 0.5)))
    connectors = [c for page in found["pages"] for c in page["connectors"] if c["label"]]
    said = [t["text"] for page in found["pages"] for t in page["texts"] if t["role"] == "label"]
    assert len(connectors) > 4
    assert sorted(said) == sorted(c["label"] for c in connectors)


def decision(label: str, exit_side: Side) -> Sop:
    """A decision in the middle of three lanes, one exit labelled."""
    lanes = tuple(Lane(name) for name in "abc")
    steps = tuple(Step(f"s{i}") for i in range(3))
    kinds = (Kind.START, Kind.DECISION, Kind.END)
    symbols = tuple(Symbol(f"s{i}", ("b",), kind, "", f"n{i}") for i, kind in enumerate(kinds))
    flows = (Flow("n0", "n1"), Flow("n1", "n2", label, exit=exit_side))
    return sop_of(Procedure(lanes, steps, symbols, flows))


def row_height(sop: Sop) -> float:
    rows: list[dict[str, float]] = flow_pages(listed(sop))[0]["rows"]
    return rows[1]["bottom"] - rows[1]["top"]


def test_a_short_label_beside_a_diamond_makes_no_row_higher() -> None:
    assert row_height(decision("Tidak", Side.RIGHT)) == row_height(decision("", Side.RIGHT))


def test_a_label_below_a_diamond_has_its_room_in_the_row() -> None:
    sop = decision("Teknis / Administratif / lainnya", Side.BOTTOM)
    (page,) = flow_pages(listed(sop))
    (rect,) = [c["label_rect"] for c in page["connectors"] if c["label"]]
    row = page["rows"][1]
    assert row["top"] <= rect[1]
    assert rect[3] <= row["bottom"]
    assert row_height(sop) > row_height(decision("", Side.BOTTOM))


@pytest.mark.parametrize(
    ("other", "trunk"),
    [
        (((0, 0), (9, 0), (9, 5)), ((0, 0), (9, 0), (9, 5))),
        (((0, 0), (4, 0), (4, 7)), ((0, 0), (4, 0))),
        (((0, 0), (9, 0), (9, -3)), ((0, 0), (9, 0))),
        (((0, 0), (9, 0), (9, 2), (0, 2)), ((0, 0), (9, 0), (9, 2))),
    ],
)
def test_routes_of_one_exit_share_their_way_up_to_the_fork(
    other: tuple[tuple[int, int], ...], trunk: tuple[tuple[int, int], ...]
) -> None:
    path = ((0, 0), (9, 0), (9, 5))
    assert trunk_of([path, other]) == trunk_of([other, path]) == trunk


def test_the_label_of_an_exit_that_forks_stands_where_its_lines_are_one() -> None:
    lanes, steps = tuple(Lane(name) for name in "abc"), tuple(Step(f"s{i}") for i in range(4))
    places = (("b", Kind.START), ("b", Kind.DECISION), ("a", Kind.PROCESS), ("c", Kind.END))
    symbols = tuple(
        Symbol(f"s{i}", (lane,), kind, "", f"n{i}") for i, (lane, kind) in enumerate(places)
    )
    goals = ("n2", "n3")
    flows = tuple(Flow("n1", goal, "Ya", exit=Side.BOTTOM) for goal in goals)
    sop = sop_of(Procedure(lanes, steps, symbols, flows))
    (page,) = flow_pages(listed(sop))
    both = [c for c in page["connectors"] if c["label"]]
    assert len({tuple(c["label_rect"]) for c in both}) == 1
    assert all(0.3 <= off(Rect(*c["label_rect"]), c["points"]) <= 2.5 for c in both)


@pytest.mark.parametrize(("steps", "lanes"), [(10, 2), (20, 4), (12, 8)])
@pytest.mark.parametrize("seed", range(3))
def test_labels_on_crowded_sheets_collide_with_nothing(seed: int, steps: int, lanes: int) -> None:
    sop = wild(seed, steps, lanes)
    found = faults_of(sop) + faults_of(sop, paper="a4", orientation="portrait")
    assert not [fault for fault in found if "label" in fault]


def is_met(a: Rect, b: Rect) -> bool:
    """Whether two rectangles have more in common than an edge."""
    across, down = (min(a[k + 2], b[k + 2]) - max(a[k], b[k]) for k in (0, 1))
    return min(across, down) > 0.005


@pytest.mark.parametrize("seed", range(12))
def test_no_arrow_head_and_no_hop_reaches_a_label(seed: int) -> None:
    for page in flow_pages(listed(wild(seed, 20, 6))):
        labels = [Rect(*c["label_rect"]) for c in page["connectors"] if c["label_rect"]]
        drawn = [arrow_head(c["points"]) for c in page["connectors"] if c["arrow"]]
        for x, y in (jump for c in page["connectors"] for jump in c["jumps"]):
            drawn.append(((x - HOP_RADIUS_MM, y), (x, y - HOP_RADIUS_MM), (x + HOP_RADIUS_MM, y)))
        for points in drawn:
            xs, ys = zip(*points, strict=True)
            ink = Rect(min(xs), min(ys), max(xs), max(ys))
            assert not any(is_met(ink, label) for label in labels)


def test_a_decision_of_very_many_exits_has_all_its_labels() -> None:
    lanes = Lane("a", "Staf"), Lane("b", "Kepala")
    steps = Step("s0", activity="Memilih"), Step("s1", activity="Selesai")
    symbols = (
        Symbol("s0", ("a",), Kind.DECISION, "", "n0"),
        Symbol("s1", ("b",), Kind.END, "", "n1"),
    )
    flows = tuple(Flow("n0", "n1", str(i)) for i in range(400))
    (page,) = flow_pages(listed(sop_of(Procedure(lanes, steps, symbols, flows))))
    assert [c["label"] for c in page["connectors"]] == [str(i) for i in range(400)]
    assert all(0.3 <= off(Rect(*c["label_rect"]), c["points"]) <= 2.5 for c in page["connectors"])


def test_an_edit_of_a_text_places_no_label_again(monkeypatch: pytest.MonkeyPatch) -> None:
    table = plain_grid(5, 20, 5)
    listed(sop_of(table))
    words = replace(table.steps[3], activity=table.steps[3].activity[::-1])
    steps = (*table.steps[:3], words, *table.steps[4:])
    monkeypatch.setattr(page_labels, "place_labels", None)
    listed(sop_of(replace(table, steps=steps)))


def test_labels_of_a_band_are_placed_once_for_the_same_surroundings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = listed(sop_of(plain_grid(5, 20, 5)))
    monkeypatch.setattr(band_labels, "place_label", None)
    assert listed(sop_of(plain_grid(5, 20, 5)))["pages"] == before["pages"]
