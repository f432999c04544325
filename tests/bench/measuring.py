"""How a figure is taken and shown. Ratios travel between machines; milliseconds do not."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, with its unit, and what it is to be held against; 0 must be met."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    bound_is: str = ""
    digits: int = 2

    @property
    def is_broken(self) -> bool:
        """Whether something is there that must not be."""
        return self.bound == 0 and self.value > 0

    def line(self) -> str:
        """The figure as one line of the report."""
        shown = f"{self.what:<58}{self.value:>10.{self.digits}f} {self.unit:<8}"
        if not self.bound:
            verdict = "" if self.bound is None else "BROKEN" if self.is_broken else "kept"
            return f"{shown} {verdict} {self.bound_is}".rstrip()
        return (
            f"{shown} {self.value / self.bound:>6.2f} of {self.bound:g} {self.unit} {self.bound_is}"
        )


def peak_mb() -> float:
    """Return the most memory that this process ever had, in MB; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the processor's time for the work, which a busy machine does not lengthen."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def median_ms(work: Callable[[], object], times: int = 5) -> float:
    """Return the median time of the work, after one run that warms up."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
