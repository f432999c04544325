from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopdesk.sheet.routing.grid import Grid, Node
from sopdesk.sheet.routing.occupancy import Occupancy, span
from sopdesk.sheet.routing.tracks import Axis

ACROSS, DOWN = Axis.of(2, 3), Axis.of(2, 3)
GRID = Grid(2, 2, (Node(0, 0, 1), Node(1, 1, 1)), ())
places = st.integers(0, ACROSS.length - 1)
paths = st.lists(places, min_size=3, max_size=6).map(
    lambda turns: tuple((turns[i + i % 2], turns[i + 1 - i % 2]) for i in range(len(turns) - 2))
)


def state(occupancy: Occupancy) -> tuple[list[int], ...]:
    return tuple(
        list(lines)
        for lines in (
            occupancy.taken_across, occupancy.taken_down, occupancy.columns_at, occupancy.rows_at
        )
    )  # fmt: skip


def test_a_span_holds_both_its_ends_in_either_order() -> None:
    assert span(2, 4) == span(4, 2) == 0b11100
    assert span(3, 3) == 0b1000


def test_a_node_blocks_all_its_cells_and_nothing_else() -> None:
    occupancy = Occupancy(GRID, ACROSS, DOWN)
    wide = span(ACROSS.cell(0), ACROSS.far(1))
    assert occupancy.blocked_across[DOWN.middle(0)] == wide
    assert occupancy.blocked_across[DOWN.far(0) + 1] == 0
    assert occupancy.blocked_down[ACROSS.middle(0)] == span(DOWN.cell(0), DOWN.far(0))
    assert occupancy.blocked_down[ACROSS.alley(1)[0]] == span(DOWN.cell(0), DOWN.far(0))


@given(st.lists(paths, min_size=1, max_size=6))
def test_what_is_laid_can_be_taken_up_again(some: list[tuple[tuple[int, int], ...]]) -> None:
    occupancy = Occupancy(GRID, ACROSS, DOWN)
    before = []
    for link, path in enumerate(some):
        before.append(state(occupancy))
        occupancy.add(link, path)
    for link in reversed(range(len(some))):
        occupancy.remove(link, some[link])
        assert state(occupancy) == before[link]


@given(st.lists(paths, max_size=5), st.lists(paths, max_size=5))
def test_what_is_laid_can_be_brought_to_other_routes(
    some: list[tuple[tuple[int, int], ...]], others: list[tuple[tuple[int, int], ...]]
) -> None:
    occupancy, fresh = Occupancy(GRID, ACROSS, DOWN), Occupancy(GRID, ACROSS, DOWN)
    for link, path in enumerate(some):
        occupancy.add(link, path)
    occupancy.bring_to(dict(enumerate(others)))
    for link, path in enumerate(others):
        fresh.add(link, path)
    assert state(occupancy) == state(fresh)


@given(st.lists(paths, min_size=2, max_size=5))
def test_what_others_take_is_known_without_the_chosen(
    some: list[tuple[tuple[int, int], ...]],
) -> None:
    occupancy, others = Occupancy(GRID, ACROSS, DOWN), Occupancy(GRID, ACROSS, DOWN)
    for link, path in enumerate(some):
        occupancy.add(link, path)
        if link:
            others.add(link, path)
    lines, columns = occupancy.without({0: some[0]})
    for line in range(DOWN.length):
        assert lines.get(line, occupancy.taken_across[line]) == others.taken_across[line]
    for line in range(ACROSS.length):
        assert columns.get(line, occupancy.taken_down[line]) == others.taken_down[line]


def test_a_trunk_that_several_share_is_crossed_once() -> None:
    occupancy = Occupancy(GRID, ACROSS, DOWN)
    occupancy.add(0, ((5, 0), (5, 9)))
    occupancy.add(1, ((5, 2), (5, 9)))
    assert occupancy.crossings(((0, 4), (8, 4))) == 1
    assert occupancy.crossings(((5, 4), (8, 4))) == 0
