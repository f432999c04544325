"""The table of what an office file must stand: each row runs by its name, `make soak ROW=kills`.

A row is a test file; its controls take one protection away and must then see harm done.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

PROPERTY = "soak"
"""Under this name a test notes its (control, figures); the control is empty for the row itself."""

WIDTHS = (13, 29, 37, 44, 7)
HEADS = ("row", "how", "required", "reached", "time")


class Row(NamedTuple):
    """How something is tried, and what is required then."""

    how: str
    required: str


ROWS = {
    "kills": Row(
        "SIGKILL within 15 ms of a save, to a process forked from a warm one",
        "2,000 kills: nothing acknowledged is lost, no corruption, next open within 2 s",
    ),
    "power_cuts": Row(
        "SQLite's calls to the disk recorded; every prefix replayed, unsynced writes dropped,"
        " kept or torn",
        "10,000 states: 0 lost, 0 corrupt",
    ),
    "io_faults": Row(
        "the n-th call fails: in SQLite's VFS, once or from then on; of what the program itself"
        " asks; in the system, by strace; with EIO, ENOSPC, ENOLCK, EACCES, ESTALE",
        "every n: 0 corrupt, 0 lost, 0 wrong verdicts",
    ),
    "disk_full": Row(
        "RLIMIT_FSIZE for every kilobyte; a small tmpfs, also under a window's session",
        "the old revision intact, the draft kept, the message within 2 s",
    ),
    "fuzzed_files": Row(
        "bits, bytes, pages and headers changed, ends cut off; read in a child process, and some"
        " rescued",
        "50,000 files: no crash, none over 5 s, no changed content shown as good, or rescued",
    ),
    "hostile_files": Row(
        "made to harm; read in a child process of limited time and memory",
        "40 databases, 40 archives, 30 pictures, 20 exchange files: all refused within 5 s and"
        " 300 MB",
    ),
    "many_writers": Row(
        "8 processes change 12 SOPs",
        "10,000 edits: acknowledgements = revisions, every conflict shown, nobody sees BUSY",
    ),
    "broken_locks": Row(
        "4 processes save and others read on SQLite's `unix-none`, which locks nothing; and on two"
        " mounts by FUSE that know nothing of each other's locks",
        "200 runs on each: 0 corrupt",
    ),
    "migration": Row(
        "4 processes open an old file at once, some are killed; every released version",
        "300 runs: every file arrives, every backup opens",
    ),
}


@dataclass
class _Reached:
    """What the tests of a row, or of one control of it, have come to."""

    figures: dict[str, int | str] = field(default_factory=dict)
    seconds: float = 0.0
    failed: int = 0

    def add(self, figures: dict[str, int | str]) -> None:
        """Add the figures of one more test: numbers up, words beside."""
        for name, value in figures.items():
            before = self.figures.get(name, 0)
            both = isinstance(value, int) and isinstance(before, int)
            self.figures[name] = before + value if both else value  # type: ignore[operator]

    def __str__(self) -> str:
        parts = (f"{name.replace('_', ' ')} {found}" for name, found in self.figures.items())
        told = ", ".join(parts)
        return f"{self.failed} FAILED. {told}" if self.failed else told


def table_of(reports: Iterable[pytest.TestReport]) -> Iterator[str]:
    """Yield the lines of the table, made from the reports of tests that have run."""
    reached: dict[tuple[str, str], _Reached] = {}
    for report in reports:
        row = PurePosixPath(report.nodeid.split("::")[0]).stem.removeprefix("test_")
        control, figures = dict(report.user_properties).get(PROPERTY, ("", {}))
        found = reached.setdefault((row, control), _Reached())
        found.add(figures)
        found.seconds += report.duration
        found.failed += report.failed
    yield from _lines(HEADS)
    for row, told in ROWS.items():
        for (name, control), found in reached.items():
            if name == row:
                how, required = (f"control: {control}", "harm is seen") if control else told
                yield from _lines((row, how, required, str(found), f"{found.seconds:.0f} s"))


def _lines(cells: Iterable[str]) -> Iterator[str]:
    """Yield one row of cells, each broken into the width of its column, and a line below."""
    broken = [textwrap.wrap(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    for parts in zip_longest(*broken, fillvalue=""):
        padded = (f"{part:{width}}" for part, width in zip(parts, WIDTHS, strict=True))
        yield "  ".join(padded).rstrip()
    yield "  ".join("-" * width for width in WIDTHS)
