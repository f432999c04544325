"""The sheets themselves: what must never be on them, how well lines run, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.chain import chain_figures
from tests.bench.courses import course_figures, steadiness_figures
from tests.bench.laying import time_figures
from tests.bench.zeros import zero_figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.measuring import Figure


def figures(folder: Path) -> Iterator[Figure]:
    """Yield what is counted first, then what is timed."""
    yield from zero_figures()
    yield from course_figures()
    yield from steadiness_figures(folder)
    yield from time_figures()
    yield from chain_figures(folder)
