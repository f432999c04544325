from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdesk.document.values import Side
from sopdesk.sheet.routing.board import Board
from sopdesk.sheet.routing.grid import ENTRIES, EXITS, Grid, Link, Node
from sopdesk.sheet.routing.joining import joins_cleanly
from sopdesk.sheet.routing.router import Routes, route

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from sopdesk.sheet.routing.occupancy import Path
    from sopdesk.sheet.routing.search import Found

Point = tuple[int, int]


@st.composite
def nodes(draw: DrawFn, lanes: int, bands: int) -> tuple[Node, ...]:
    """Draw nodes that share no cell, some over two lanes."""
    cells = [(band, lane) for band in range(bands) for lane in range(lanes)]
    chosen = draw(st.permutations(cells))[: draw(st.integers(1, len(cells)))]
    free, found = set(chosen), []
    for band, lane in chosen:
        if (band, lane) not in free:
            continue
        is_wide = (band, lane + 1) in free and draw(st.booleans())
        free -= {(band, lane), (band, lane + 1)} if is_wide else {(band, lane)}
        found.append(Node(band, lane, lane + is_wide))
    return tuple(found)


@st.composite
def grids(draw: DrawFn, has_fixed_sides: bool = False) -> Grid:
    """Draw a small grid with up to three exits a node, self-links among them."""
    lanes, bands = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    placed = draw(nodes(lanes, bands))
    ends = st.integers(0, len(placed) - 1)
    some = st.sampled_from((None, *EXITS)) if has_fixed_sides else st.none()
    into = st.sampled_from((None, *ENTRIES)) if has_fixed_sides else st.none()
    links = st.builds(Link, ends, ends, st.sampled_from(("", "Ya", "Tidak")), some, into)
    return Grid(lanes, bands, placed, tuple(draw(st.lists(links, max_size=8))))


def points(path: Path) -> set[Point]:
    """Every point of the lines that a path covers."""
    return {
        (x, y)
        for (x1, y1), (x2, y2) in pairwise(path)
        for x in range(min(x1, x2), max(x1, x2) + 1)
        for y in range(min(y1, y2), max(y1, y2) + 1)
    }


def inside(node: Node, routes: Routes) -> set[Point]:
    """Every point of a node, edges included."""
    across, down = routes.across, routes.down
    return {
        (x, y)
        for x in range(across.cell(node.first), across.far(node.last) + 1)
        for y in range(down.cell(node.band), down.far(node.band) + 1)
    }


def side_of(point: Point, node: Node, routes: Routes) -> Side:
    """On which side of its node a path's end lies."""
    across, down = routes.across, routes.down
    x, y = point
    found = {
        Side.LEFT: x == across.cell(node.first),
        Side.RIGHT: x == across.far(node.last),
        Side.TOP: y == down.cell(node.band),
        Side.BOTTOM: y == down.far(node.band),
    }
    (side,) = [side for side, is_on in found.items() if is_on]
    return side


def edges(path: Path) -> set[tuple[Point, Point]]:
    """Every unit of line that a path covers."""
    found = set()
    for (x1, y1), (x2, y2) in pairwise(path):
        if x1 == x2:
            found |= {((x1, y), (x1, y + 1)) for y in range(min(y1, y2), max(y1, y2))}
        else:
            found |= {((x, y1), (x + 1, y1)) for x in range(min(x1, x2), max(x1, x2))}
    return found


@given(grids(has_fixed_sides=True))
def test_every_link_is_routed_level_and_upright_from_its_source_to_its_target(grid: Grid) -> None:
    routes = route(grid)
    assert len(routes.paths) == len(grid.links)
    for link, path in zip(grid.links, routes.paths, strict=True):
        assert path[0] in inside(grid.nodes[link.source], routes)
        assert path[-1] in inside(grid.nodes[link.target], routes)
        turns = [(a[0] == b[0], a[1] == b[1]) for a, b in pairwise(path)]
        assert all(sum(turn) == 1 for turn in turns)
        assert all(a != b for a, b in pairwise(turns))


@given(grids(has_fixed_sides=True))
def test_no_route_passes_a_node(grid: Grid) -> None:
    routes = route(grid)
    for path in routes.paths:
        for node in grid.nodes:
            assert points(path) & inside(node, routes) <= {path[0], path[-1]}


@given(grids())
def test_two_routes_share_a_line_only_at_one_target_or_from_one_exit(grid: Grid) -> None:
    routes = route(grid)
    for (a, one), (b, other) in combinations(zip(grid.links, routes.paths, strict=True), 2):
        if a.target == b.target:
            assert joins_cleanly(one, other, at_end=True)
        elif (a.source, a.label) == (b.source, b.label):
            assert joins_cleanly(one, other, at_end=False)
        else:
            assert not edges(one) & edges(other)


@given(grids())
def test_routes_that_share_no_end_never_touch_but_cross(grid: Grid) -> None:
    routes = route(grid)
    for (a, one), (b, other) in combinations(zip(grid.links, routes.paths, strict=True), 2):
        if a.target != b.target and (a.source, a.label) != (b.source, b.label):
            for x, y in points(one) & points(other):
                for path in (one, other):
                    assert (x, y) not in path


@given(grids())
def test_up_to_three_exits_leave_at_different_sides(grid: Grid) -> None:
    routes = route(grid)
    sides: dict[int, dict[str, set[Side]]] = {}
    for link, path in zip(grid.links, routes.paths, strict=True):
        side = side_of(path[0], grid.nodes[link.source], routes)
        sides.setdefault(link.source, {}).setdefault(link.label, set()).add(side)
    for exits in sides.values():
        for one, other in combinations(exits.values(), 2):
            assert not one & other


@given(st.lists(st.integers(0, 4), min_size=4, max_size=6), st.integers(0, 4))
def test_an_exit_to_several_symbols_leaves_sides_to_the_others(goals: list[int], at: int) -> None:
    placed = tuple(Node(band, band % 2, band % 2) for band in range(5))
    labels = ("Ya", "Ya", "Tidak", "Revisi", "Ya", "Tidak")
    chain = [Link(band, band + 1) for band in range(4) if band != at]
    exits = [Link(at, goal, label) for goal, label in zip(goals, labels, strict=False)]
    routes = route(Grid(2, 5, placed, (*chain, *exits)))
    sides: dict[str, set[Side]] = {label: set() for label in labels}
    for link, path in zip(exits, routes.paths[len(chain) :], strict=True):
        sides[link.label].add(side_of(path[0], placed[at], routes))
    assert sum(map(len, sides.values())) == len(set().union(*sides.values()))


@given(grids())
def test_a_side_of_a_symbol_keeps_room_for_a_label_of_its_exit(grid: Grid) -> None:
    routes = route(grid)
    used: dict[tuple[int, Side], set[Point]] = {}
    for link, path in zip(grid.links, routes.paths, strict=True):
        for name, end in ((link.source, path[0]), (link.target, path[-1])):
            node = grid.nodes[name]
            if node.first == node.last:
                used.setdefault((name, side_of(end, node, routes)), set()).add(end)
    assert all(len(ports) <= 2 for ports in used.values())


@given(grids())
def test_routes_leave_below_or_aside_and_enter_above_or_aside(grid: Grid) -> None:
    routes = route(grid)
    for link, path in zip(grid.links, routes.paths, strict=True):
        assert side_of(path[0], grid.nodes[link.source], routes) in EXITS
        assert side_of(path[-1], grid.nodes[link.target], routes) in ENTRIES


@pytest.mark.parametrize("exit_side", EXITS)
@pytest.mark.parametrize("entry_side", ENTRIES)
@pytest.mark.parametrize("target", [0, 1, 2, 3])
def test_a_fixed_exit_and_entry_are_kept(exit_side: Side, entry_side: Side, target: int) -> None:
    placed = (Node(0, 1, 1), Node(1, 1, 1), Node(1, 0, 0), Node(2, 2, 3))
    grid = Grid(4, 3, placed, (Link(0, target, "", exit_side, entry_side), Link(1, 2), Link(2, 3)))
    routes = route(grid)
    assert side_of(routes.paths[0][0], placed[0], routes) is exit_side
    assert side_of(routes.paths[0][-1], placed[target], routes) is entry_side


@pytest.mark.parametrize("side", EXITS)
def test_an_exit_leaves_a_side_to_another_that_is_tied_to_it(side: Side) -> None:
    placed = tuple(Node(band, 1, 1) for band in range(5))
    links = (Link(1, 2, "Ya"), Link(1, 0, "Ulang"), Link(1, 4, "Tidak", side))
    routes = route(Grid(3, 5, placed, links))
    sides = [side_of(path[0], placed[1], routes) for path in routes.paths]
    assert sides[2] is side
    assert len(set(sides)) == 3


def test_a_fixed_exit_is_kept_where_a_wide_symbol_closes_the_next_alley() -> None:
    placed = (Node(0, 2, 2), Node(1, 1, 2), Node(2, 1, 1), Node(2, 2, 2), Node(3, 1, 1))
    links = (Link(1, 4), Link(2, 4), Link(3, 4), Link(0, 4, "", Side.LEFT, Side.RIGHT))
    routes = route(Grid(3, 4, placed, links))
    assert side_of(routes.paths[3][0], placed[0], routes) is Side.LEFT
    assert side_of(routes.paths[3][-1], placed[4], routes) is Side.RIGHT


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_link_to_itself_goes_around_its_node(side: Side) -> None:
    for grid in (
        Grid(1, 1, (Node(0, 0, 0),), (Link(0, 0, "", None, side),)),
        Grid(1, 1, (Node(0, 0, 0),), (Link(0, 0, "", side, side),)),
    ):
        (path,) = route(grid).paths
        assert len(path) > 2
        assert path[0] != path[-1]


def test_a_side_where_another_flow_of_the_target_leaves_has_room_beside() -> None:
    both = (Link(0, 1, "a", Side.LEFT, Side.RIGHT), Link(1, 1, "a", Side.RIGHT, Side.LEFT))
    routes = route(Grid(1, 2, (Node(0, 0, 0), Node(1, 0, 0)), both))
    assert side_of(routes.paths[1][0], Node(1, 0, 0), routes) is Side.RIGHT
    assert routes.paths[0][-1] != routes.paths[1][0]


def test_more_links_than_a_side_has_ports_are_all_routed() -> None:
    names = "abcdefghijkl"
    for exit_side in (Side.RIGHT, None):
        links = tuple(Link(0, 1, name, exit_side, Side.TOP) for name in names)
        assert len(route(Grid(2, 2, (Node(0, 0, 0), Node(1, 1, 1)), links)).paths) == len(names)


def test_lines_that_a_side_has_no_port_for_go_by_other_sides() -> None:
    placed = (Node(0, 1, 1), *(Node(band, lane, lane) for band in (1, 2) for lane in range(3)))
    links = tuple(Link(0, target, str(target), Side.RIGHT) for target in range(1, 6))
    routes = route(Grid(3, 3, placed, links))
    sides = [side_of(path[0], placed[0], routes) for path in routes.paths]
    assert sides.count(Side.RIGHT) == 3
    for one, other in combinations(routes.paths, 2):
        assert not edges(one) & edges(other)


def test_a_step_to_the_next_below_is_one_straight_line() -> None:
    routes = route(Grid(1, 2, (Node(0, 0, 0), Node(1, 0, 0)), (Link(0, 1),)))
    assert len(routes.paths[0]) == 2


def test_a_wide_node_is_left_in_the_lane_of_its_target() -> None:
    for lane in (0, 1, 2):
        routes = route(Grid(3, 2, (Node(0, 0, 2), Node(1, lane, lane)), (Link(0, 1),)))
        assert len(routes.paths[0]) == 2
        assert routes.paths[0][0][0] == routes.across.middle(lane)


@pytest.mark.parametrize(("last", "middle"), [(1, (0, 1)), (2, (1,)), (3, (1, 2)), (4, (2,))])
def test_a_wide_node_with_tips_is_entered_and_left_in_its_middle(
    last: int, middle: tuple[int, ...]
) -> None:
    for lane in (0, last):
        placed = (Node(0, lane, lane), Node(1, 0, last, is_pointed=True), Node(2, lane, lane))
        links = Link(0, 1, entry=Side.TOP), Link(1, 2, "Ya", exit=Side.BOTTOM)
        routes = route(Grid(last + 1, 3, placed, links))
        (entry, _), (exit_, _) = routes.paths[0][-1], routes.paths[1][0]
        assert {entry, exit_} <= {routes.across.middle(each) for each in middle}


def test_the_second_exit_of_a_decision_goes_back_without_a_crossing() -> None:
    placed = (Node(0, 0, 0), Node(1, 0, 0), Node(2, 0, 0))
    links = (Link(0, 1), Link(1, 2, "Ya"), Link(1, 0, "Tidak"))
    routes = route(Grid(1, 3, placed, links))
    assert [len(path) for path in routes.paths] == [2, 2, 4]


@given(grids(has_fixed_sides=True))
def test_the_same_grid_gives_the_same_routes(grid: Grid) -> None:
    assert route.__wrapped__(grid) == route.__wrapped__(grid)


def test_routes_join_at_their_end_only_once() -> None:
    trunk = ((0, 0), (0, 5), (9, 5), (9, 9))
    assert joins_cleanly(((4, 1), (4, 5), (9, 5), (9, 9)), trunk, at_end=True)
    assert joins_cleanly(trunk, trunk, at_end=True)
    assert not joins_cleanly(((0, 2), (0, 3), (2, 3), (2, 5), (9, 5), (9, 9)), trunk, at_end=True)
    assert not joins_cleanly(((3, 1), (3, 5), (8, 5), (8, 7), (9, 7), (9, 9)), trunk, at_end=True)
    assert not joins_cleanly(((4, 1), (4, 5), (9, 5), (9, 9)), trunk, at_end=False)


def test_a_step_back_leaves_the_middles_of_sides_to_the_steps() -> None:
    nodes = tuple(Node(band, lane, lane) for band, lane in enumerate((1, 0, 1, 2, 3)))
    steps = tuple(Link(i, i + 1, "Ya" if i == 3 else "") for i in range(4))
    grid = Grid(4, 5, nodes, (*steps, Link(3, 2, "Tidak")))
    routes = route(grid)
    for link, path in zip(grid.links, routes.paths, strict=True):
        for node, point, beside in (
            (grid.nodes[link.source], path[0], path[1]),
            (grid.nodes[link.target], path[-1], path[-2]),
        ):
            middle = (routes.across.middle(node.first), routes.down.middle(node.band))
            assert point[point[1] == beside[1]] == middle[point[1] == beside[1]]


def test_three_exits_with_labels_take_three_sides_though_a_line_without_leaves_too() -> None:
    nodes = (Node(0, 0, 0), Node(1, 1, 1), Node(1, 0, 0), Node(2, 2, 2), Node(3, 1, 1))
    links = tuple(Link(1, i, label) for i, label in ((3, "Ya"), (4, "Tidak"), (0, "Ragu"), (2, "")))
    routes = route(Grid(3, 4, nodes, links))
    sides = {side_of(path[0], nodes[1], routes) for path in routes.paths[:3]}
    assert len(sides) == 3


def test_many_flows_back_to_one_symbol_are_laid_a_few_times_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    find = Board.find

    def counted(board: Board, index: int, *how: Any, **sides: Any) -> Found | None:
        asked.append(index)
        return find(board, index, *how, **sides)

    monkeypatch.setattr(Board, "find", counted)
    nodes = tuple(Node(band, band % 2, band % 2) for band in range(60))
    steps = tuple(Link(i, i + 1, "Ya") for i in range(59))
    route.__wrapped__(Grid(2, 60, nodes, (*steps, *(Link(i, i % 2, "") for i in range(3, 60)))))
    assert len(asked) < 5 * (59 + 57)


def test_the_same_flow_twice_is_one_line() -> None:
    nodes = (Node(0, 0, 0), Node(2, 1, 1), Node(1, 0, 0))
    links = (Link(0, 1, "Ya"), Link(0, 2), Link(0, 1, "Ya"), Link(0, 1, "Tidak"))
    paths = route(Grid(2, 3, nodes, links)).paths
    assert paths[0] == paths[2]
    assert len(set(paths)) == 3


def test_exits_to_one_symbol_beyond_the_sides_are_one_line() -> None:
    nodes = (Node(0, 0, 0), Node(1, 1, 1), Node(2, 0, 0))
    links = (*(Link(0, 1, str(i)) for i in range(3000)), Link(0, 2, "Lain"))
    paths = route(Grid(2, 3, nodes, links)).paths
    assert len(set(paths[:-1])) == 1
    assert paths[-1][0] != paths[0][0]


def test_lines_into_one_symbol_meet_rather_than_go_around_the_table() -> None:
    nodes = (Node(0, 5, 5), Node(1, 6, 6), Node(2, 7, 7), Node(3, 1, 1), Node(5, 7, 7))
    links = (
        Link(0, 1, "Sesuai"), Link(1, 2), Link(2, 3, "Setuju"),
        Link(0, 4, "Perbaiki"), Link(2, 4, "Tidak"),
    )  # fmt: skip
    routes = route(Grid(8, 6, nodes, links))
    assert side_of(routes.paths[3][0], nodes[0], routes) is Side.RIGHT
    assert min(x for x, _ in routes.paths[3]) >= routes.across.cell(5)


def test_a_fixed_side_is_kept_where_only_five_bends_lead_from_it() -> None:
    nodes = (Node(1, 1, 1), Node(1, 0, 0), Node(2, 0, 2), Node(4, 1, 1))
    links = (Link(0, 3, "", Side.LEFT, Side.TOP),)
    routes = route(Grid(3, 5, nodes, links))
    (path,) = routes.paths
    assert side_of(path[0], nodes[0], routes) is Side.LEFT
    assert side_of(path[-1], nodes[3], routes) is Side.TOP
    assert len(path) == 7
