from __future__ import annotations

import sys

import pytest

from tests.bench.measuring import Figure, peak_mb
from tests.bench.zeros import ROWS
from tests.sheet.test_geometry import FAULTS, PAGING_FAULTS


@pytest.mark.parametrize(("count", "verdict"), [(0, "kept"), (3, "BROKEN through a text 3")])
def test_what_must_be_zero_is_broken_by_anything_else(count: int, verdict: str) -> None:
    detail = f"through a text {count}" if count else ""
    figure = Figure("lines", count, "faults", 0, detail, digits=0)
    assert figure.is_broken == bool(count)
    assert figure.line().endswith(verdict)


def test_a_time_is_shown_against_its_bound_and_breaks_nothing() -> None:
    figure = Figure("a sheet", 30, "ms", 20)
    assert not figure.is_broken
    assert "1.50 of 20 ms" in figure.line()


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_a_peak_of_memory_never_falls() -> None:
    before = peak_mb()
    kept = bytes(4_000_000)
    assert peak_mb() >= before > len(kept) / 2**20


@pytest.mark.parametrize("fault", [*FAULTS, *PAGING_FAULTS])
def test_every_fault_has_its_row_in_the_table(fault: str) -> None:
    assert any(fault.startswith(begins) for begins in ROWS.values())
