"""What must never be on a sheet is on none, whatever SOP stands on whatever paper."""

from __future__ import annotations

from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from sopdesk.document.office import PAPERS
from tests.sheet.composed import Wish, composed
from tests.sheet.generated import plain_grid
from tests.sheet.sheets import faults_of, sop_of

Orientation = Literal["landscape", "portrait"]

papers = st.sampled_from(sorted(PAPERS))
orientations = st.sampled_from(("landscape", "portrait"))
seeds = st.integers(0, 10**6)
wishes = st.builds(
    Wish,
    steps=st.integers(10, 24),
    lanes=st.integers(2, 16),
    decisions=st.floats(0.0, 1 / 3),
    reach=st.sampled_from((3, 10, 24)),
    words=st.sampled_from((1, 40, 400)),
    tables=st.sampled_from((1, 1, 2)),
)


@settings(max_examples=30)
@given(seeds, wishes, papers, orientations)
def test_composed_sops_stand_without_a_fault(
    seed: int, wish: Wish, paper: str, orientation: Orientation
) -> None:
    assert not faults_of(composed(seed, wish), paper=paper, orientation=orientation)


@settings(max_examples=10)
@given(seeds, wishes)
def test_composed_sops_stand_without_a_fault_on_endless_pages(seed: int, wish: Wish) -> None:
    assert not faults_of(composed(seed, wish), endless=True)


@settings(max_examples=20)
@given(seeds, st.integers(10, 40), st.integers(2, 16), st.floats(0.0, 1 / 3), papers, orientations)
def test_grids_stand_without_a_fault(
    seed: int, steps: int, lanes: int, decisions: float, paper: str, orientation: Orientation
) -> None:
    sop = sop_of(plain_grid(seed, steps, lanes, decisions))
    assert not faults_of(sop, paper=paper, orientation=orientation)


def test_the_largest_sheets_stand_without_a_fault() -> None:
    assert not faults_of(composed(2, Wish(80, 12)))
    assert not faults_of(sop_of(plain_grid(1, 200, 16)))
