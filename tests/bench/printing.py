"""Laying out and printing."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.office import Office
from sopdesk.output.pdf import write_pdf
from sopdesk.sheet.layout import lay_out
from tests.bench.material import forty_two, many, office_file
from tests.bench.measuring import Figure, median_ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopdesk.document.values import Sop


def figures(folder: Path) -> Iterator[Figure]:
    """Yield the command's time for 42 SOPs, its parts, and one keystroke's layout."""
    path = office_file(folder / "printed.db", forty_two())
    yield Figure("42 SOPs printed by one process, all in all", _command(path), "s", 2)
    sops, office = forty_two(), Office()
    began = time.perf_counter()
    sheets = [lay_out(sop, office) for sop in sops]
    yield Figure("42 SOPs laid out, in it", time.perf_counter() - began, "s")
    pages = sum(len(sheet.pages) for sheet in sheets)

    def write() -> None:
        write_pdf(sheets, folder / "again.pdf", title="", author="")

    yield Figure("pages painted into a PDF", pages / median_ms(write, 3) * 1000, "pages/s")
    yield Figure(
        "a keystroke in an SOP of 24 steps, laid out", _keystroke(many(3)[2], office), "ms"
    )


def _command(path: Path) -> float:
    began = time.perf_counter()
    output = path.with_suffix(".pdf")
    command = [sys.executable, "-m", "ui.start", "print", str(path), "-o", str(output)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _keystroke(sop: Sop, office: Office) -> float:
    """Return the milliseconds of a layout after one letter more in the first activity."""
    typed = sop

    def type_letter() -> None:
        nonlocal typed
        table, *others = typed.procedures
        step, *steps = table.steps
        step = replace(step, activity=step.activity + "a")
        table = replace(table, steps=(step, *steps))
        typed = replace(typed, procedures=(table, *others))
        lay_out(typed, office)

    return median_ms(type_letter, 20)
