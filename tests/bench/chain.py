"""The whole chain from 42 SOPs to a PDF, against ReportLab painting the same primitives.

Each side runs in a process of its own, warmed up, so that its time and its peak memory are its
own. Run as `python -m tests.bench.chain FOLDER` it is the first of these processes; `floor` is the
other.
"""

from __future__ import annotations

import pickle
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.output.pdf import write_pdf
from sopdesk.sheet.faces import MM_PER_PT
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.painting import paint
from tests.bench.floor import PRIMITIVES, Primitives
from tests.bench.material import forty_two, many
from tests.bench.measuring import Figure, peak_mb
from tests.bench.zeros import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.sheet.values import Sheet

REQUIRED, AIMED = 0.34, 0.5
TIMES = 5
"""Runs of each side, in turn, so that a busy machine slows both."""


class _Run(NamedTuple):
    seconds: float
    megabytes: float


def chain_figures(folder: Path) -> Iterator[Figure]:
    """Yield pages a second of both, their ratio, and the ratio of their peak memory."""
    sheets = [lay_out(sop, OFFICE) for sop in forty_two()]
    pages = sum(len(sheet.pages) for sheet in sheets)
    (folder / PRIMITIVES).write_bytes(pickle.dumps(_primitives(sheets)))
    both = [(_run("chain", folder), _run("floor", folder)) for _ in range(TIMES)]
    ours, floor = (_middle(side) for side in zip(*both, strict=True))
    yield Figure("42 SOPs to PDF: layout, routing, PDF", pages / ours.seconds, "pages/s")
    yield Figure("ReportLab painting the same, precomputed", pages / floor.seconds, "pages/s")
    ratio = statistics.median(least.seconds / chain.seconds for chain, least in both)
    yield Figure("the chain's share of that floor", ratio, "", REQUIRED, "required", digits=3)
    yield Figure("the chain's share of that floor", ratio, "", AIMED, "aimed at", digits=3)
    yield Figure("peak memory of the chain", ours.megabytes, "MB", round(floor.megabytes),
                 "for ReportLab alone")  # fmt: skip


def _run(room: str, folder: Path) -> _Run:
    command = [sys.executable, "-m", f"tests.bench.{room}", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return _Run(*map(float, done.stdout.split()))


def _middle(runs: tuple[_Run, ...]) -> _Run:
    return _Run(*map(statistics.median, zip(*runs, strict=True)))


def _primitives(sheets: list[Sheet]) -> list[Primitives]:
    """Return each page's primitives in points, as ReportLab counts: from the bottom upwards."""
    recorded = []
    for sheet in sheets:
        size = (sheet.paper.width / MM_PER_PT, sheet.paper.height / MM_PER_PT)
        for page in sheet.pages:
            recorded.append(Primitives(*size))
            paint(page, recorded[-1])
    return recorded


def _print_sheets(folder: Path) -> float:
    write_pdf([lay_out(sop, OFFICE) for sop in many(3)], folder / "warm.pdf", title="", author="")
    sops = forty_two()
    began = time.process_time()
    sheets = (lay_out(sop, OFFICE) for sop in sops)
    write_pdf(sheets, folder / "chain.pdf", title="", author="")
    return time.process_time() - began


if __name__ == "__main__":
    print(_print_sheets(Path(sys.argv[1])), peak_mb())
