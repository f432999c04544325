from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdesk.document.values import Side
from sopdesk.sheet.routing.grid import Grid, Link, Node
from sopdesk.sheet.routing.sides import wished_sides

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

BANDS = 12


def chain(*jumps: Link, lanes: tuple[int, ...] = (1,) * BANDS) -> Grid:
    """A chain of steps from band to band, and links that jump."""
    nodes = tuple(Node(band, lane, lane) for band, lane in enumerate(lanes))
    steps = tuple(Link(i, i + 1) for i in range(len(lanes) - 1))
    return Grid(3, len(lanes), nodes, (*steps, *jumps))


def interleave(one: Link, other: Link) -> bool:
    low, high = sorted(one[:2])
    first, last = sorted(other[:2])
    return low < first < high < last or first < low < last < high


@st.composite
def some_jumps(draw: DrawFn) -> tuple[Link, ...]:
    """Draw jumps from different symbols to different ones."""
    ends = draw(st.permutations(range(BANDS)))
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return tuple(Link(a, b, "Tidak") for a, b in pairs if b - a != 1)


def test_steps_from_band_to_band_need_no_side() -> None:
    assert not wished_sides(chain())


def test_a_band_without_symbols_is_no_jump() -> None:
    nodes = (Node(0, 0, 0), Node(3, 1, 1))
    assert not wished_sides(Grid(2, 4, nodes, (Link(0, 1),)))


def test_two_jumps_that_interleave_go_on_different_sides() -> None:
    sides = wished_sides(chain(Link(6, 1, "Tidak"), Link(9, 3, "Tidak")))
    assert set(sides.values()) == {Side.LEFT, Side.RIGHT}


def test_jumps_into_one_symbol_may_share_their_side() -> None:
    lanes = (0,) * BANDS
    sides = wished_sides(chain(Link(6, 1, "Tidak"), Link(9, 1, "Tidak"), lanes=lanes))
    assert set(sides.values()) == {Side.LEFT}


def test_two_exits_of_a_symbol_jump_on_different_sides() -> None:
    sides = wished_sides(chain(Link(6, 1, "Tidak"), Link(6, 3, "Ragu")))
    assert set(sides.values()) == {Side.LEFT, Side.RIGHT}


@pytest.mark.parametrize(("lane", "side"), [(0, Side.LEFT), (2, Side.RIGHT)])
def test_a_lone_jump_takes_the_shorter_way(lane: int, side: Side) -> None:
    lanes = (*(lane,) * 3, 1, *(lane,) * (BANDS - 4))
    assert set(wished_sides(chain(Link(6, 1, "Tidak"), lanes=lanes)).values()) == {side}


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_side_that_the_user_fixed_is_kept_and_its_rival_gives_way(side: Side) -> None:
    links = (Link(6, 1, "Tidak", exit=side), Link(9, 3, "Tidak"))
    sides = wished_sides(chain(*links))
    assert sides[BANDS - 1] is side
    assert sides[BANDS] is not side


@given(some_jumps())
def test_as_few_jumps_as_can_be_cross_on_their_sides(jumps: tuple[Link, ...]) -> None:
    sides = list(wished_sides(chain(*jumps)).values())
    rivals = [(i, j) for i, j in combinations(range(len(jumps)), 2)
              if interleave(jumps[i], jumps[j])]  # fmt: skip
    fewest = min(
        sum(choice[i] == choice[j] for i, j in rivals)
        for choice in product((0, 1), repeat=len(jumps))
    )
    assert sum(sides[i] is sides[j] for i, j in rivals) == fewest
