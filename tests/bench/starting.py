"""From the start of the process to the window's first frame, and the memory it then takes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.bench.material import many, office_file
from tests.bench.measuring import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WATCH = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
painted = []
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            app.removeEventFilter(self)
            painted.append(time.monotonic())
        return False
app = QApplication(["sopdesk"])
watch = Watch()
app.installEventFilter(watch)
"""
BARE = """
window = QMainWindow()
window.resize(1200, 800)
window.show()
"""
OURS = """
from ui.app import create
_, window = create(["sopdesk", sys.argv[1]])
"""
REPORT = """
while not painted:
    app.processEvents()
app.processEvents()
complete = time.monotonic()
try:
    status = open("/proc/self/status").read()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
except OSError:
    peak = 0
print(painted[0], complete, peak, flush=True)
os._exit(0)
"""


def figures(folder: Path) -> Iterator[Figure]:
    """Yield the start on a file of 1,000 SOPs, held against a bare window's."""
    path = office_file(folder / "thousand.db", many(1000))
    bare_ms, _, bare_mb = _start(BARE)
    first_ms, complete_ms, ours_mb = _start(OURS, str(path))
    twice = "(twice the bare window)"
    yield Figure("a bare window, to its first frame", bare_ms, "ms")
    yield Figure("the window on 1,000 SOPs, to its first frame", first_ms, "ms", 2 * bare_ms, twice)
    yield Figure("the window on 1,000 SOPs, to the drawn sheet", complete_ms, "ms")
    yield Figure("a bare window's memory", bare_mb, "MB")
    yield Figure("the window's memory on 1,000 SOPs", ours_mb, "MB", 200)


def _start(program: str, *arguments: str) -> tuple[float, float, float]:
    """Return the median ms to the first and to the last frame, and the largest MB, of five."""
    runs = []
    for _ in range(6):
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", WATCH + program + REPORT, *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        first, complete, peak = map(float, done.stdout.split())
        runs.append(((first - began) * 1000, (complete - began) * 1000, peak))
    firsts, completes, peaks = zip(*runs[1:], strict=True)
    return statistics.median(firsts), statistics.median(completes), max(peaks)
