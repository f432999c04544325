from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdesk.sheet.routing.tracks import CELL, Axis

axes = st.lists(st.integers(0, 4), min_size=2, max_size=5).map(lambda counts: Axis(tuple(counts)))


@given(axes)
def test_every_line_has_one_place(axis: Axis) -> None:
    places = [axis.place(line) for line in range(axis.length)]
    assert len(set(places)) == axis.length == sum(axis.counts) + CELL * (len(axis.counts) - 1)
    assert list(axis.nominal) == sorted(axis.nominal)
    for cell in range(len(axis.counts) - 1):
        assert axis.place(axis.cell(cell)) == (True, cell, 0)
        assert axis.place(axis.middle(cell)) == (True, cell, 2)
        assert axis.place(axis.far(cell)) == (True, cell, CELL - 1)
        assert [axis.place(line)[1] for line in axis.alley(cell)] == [cell] * axis.counts[cell]


def test_a_line_outside_has_no_place() -> None:
    with pytest.raises(ValueError, match="-1"):
        Axis.of(2, 3).place(-1)


@given(axes)
def test_connectors_turn_on_tracks_and_middles_only(axis: Axis) -> None:
    for line in range(axis.length):
        is_cell, _, offset = axis.place(line)
        assert axis.runnable >> line & 1 == (not is_cell or offset == 2)


@given(axes, st.data())
def test_stretching_keeps_used_tracks_in_order_with_a_free_one_on_either_side(
    axis: Axis, data: st.DataObject
) -> None:
    used = data.draw(st.integers(0, (1 << axis.length) - 1))
    wider, went = axis.stretched(used)
    taken = {went[line] for line in range(axis.length) if used >> line & 1}
    assert [line for line in went if line >= 0] == sorted(line for line in went if line >= 0)
    for line in range(axis.length):
        is_cell, index, offset = axis.place(line)
        if is_cell:
            assert wider.place(went[line]) == (True, index, offset)
        elif used >> line & 1:
            assert wider.place(went[line])[:2] == (False, index)
            assert not {went[line] - 1, went[line] + 1} & taken
            assert {went[line] - 1, went[line] + 1} <= set(wider.alley(index))
        else:
            assert went[line] == -1
