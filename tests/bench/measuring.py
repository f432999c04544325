"""How a figure is taken and shown. Ratios travel between machines; milliseconds do not."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, with its unit, and what it is to be held against."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    bound_is: str = ""

    def line(self) -> str:
        """The figure as one line of the report."""
        shown = f"{self.what:<58}{self.value:>10.2f} {self.unit:<8}"
        if self.bound is None:
            return shown.rstrip()
        return (
            f"{shown} {self.value / self.bound:>6.2f} of {self.bound:g} {self.unit} {self.bound_is}"
        )


def median_ms(work: Callable[[], object], times: int = 5) -> float:
    """Return the median time of the work, after one run that warms up."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
