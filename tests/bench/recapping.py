"""The recap of a large government."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sopdesk.document.office import Office
from sopdesk.output.recap.writing import write_recap
from tests.bench.material import many
from tests.bench.measuring import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNT = 2000


def figures(folder: Path) -> Iterator[Figure]:
    """Yield the SOPs that the recap takes in a second."""
    sops = many(COUNT)
    began = time.perf_counter()
    write_recap([(Office(), sops)], folder / "rekap.xlsx")
    yield Figure(f"recap of {COUNT:,} SOPs", COUNT / (time.perf_counter() - began), "SOPs/s")
