"""How long a sheet takes to lay out, and to lay out again after one text was edited."""

from __future__ import annotations

import gc
import statistics
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.values import Sop
from sopdesk.sheet.layout import lay_out
from tests.bench.measuring import Figure, cpu_ms
from tests.bench.zeros import OFFICE
from tests.sheet.composed import Wish, composed
from tests.sheet.generated import plain_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = ((15, 5, 15.0, 15), (40, 9, 80.0, 9), (80, 12, 300.0, 5), (200, 16, 2000.0, 3))
"""Steps, lanes, the milliseconds that are aimed at, and how many are measured."""

EDIT_MS = 20.0


def time_figures() -> Iterator[Figure]:
    """Yield the median processor's times of sheets on F4 that were never laid out before."""
    _warm_up()
    for steps, lanes, aim, count in SIZES:
        took = [_milliseconds(Sop(procedures=(plain_grid(seed, steps, lanes, 0.2, 10),)))
                for seed in range(100, 100 + count)]  # fmt: skip
        yield Figure(f"{steps} steps x {lanes} lanes, a fifth decisions, laid out",
                     statistics.median(took), "ms", aim)  # fmt: skip
    took = [_milliseconds(composed(seed, Wish(40, 9))) for seed in range(100, 105)]
    yield Figure("40 x 9, composed with all that there is", statistics.median(took), "ms")
    for what, reach in (("any row", None), ("within 10 rows", 10)):
        edits = list(_edits(Sop(procedures=(plain_grid(200, 40, 9, 0.2, reach),))))
        yield Figure(f"40 x 9, exits to {what}, after one text", statistics.median(edits), "ms",
                     EDIT_MS, f"(longest {max(edits):.0f})")  # fmt: skip


def _warm_up() -> None:
    """Lay out something; and set aside what other figures left, or the collector walks it here."""
    for seed in range(3):
        lay_out(composed(900 + seed, Wish(20, 6)), OFFICE)
    gc.collect()
    gc.freeze()


def _milliseconds(sop: Sop) -> float:
    return cpu_ms(lambda: lay_out(sop, OFFICE))


def _edits(sop: Sop) -> Iterator[float]:
    """Yield the times of a word more in each row in turn, as it is typed."""
    lay_out(sop, OFFICE)
    for row in range(len(sop.procedures[0].steps)):
        (table,) = sop.procedures
        step = replace(table.steps[row], activity=f"{table.steps[row].activity} segera")
        steps = (*table.steps[:row], step, *table.steps[row + 1 :])
        sop = replace(sop, procedures=(replace(table, steps=steps),))
        yield _milliseconds(sop)
