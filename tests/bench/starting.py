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

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1200, 800)
window.show()
"""
OURS = """
import sys
from ui.app import create
app, window = create(["sopdesk", sys.argv[1]])
"""
FIRST_FRAME = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, lambda: app.exit())
        return False
watch = Watch()
window.installEventFilter(watch)
window.update()
app.exec()
shown = time.monotonic()
try:
    status = open("/proc/self/status").read()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
except OSError:
    peak = 0
print(shown, peak, flush=True)
import os
os._exit(0)
"""


def figures(folder: Path) -> Iterator[Figure]:
    """Yield the start on a file of 1,000 SOPs, held against a bare window's."""
    path = office_file(folder / "thousand.db", many(1000))
    bare_ms, bare_mb = _start(BARE)
    ours_ms, ours_mb = _start(OURS, str(path))
    yield Figure("a bare window, to its first frame", bare_ms, "ms")
    yield Figure("the window on 1,000 SOPs, to its first frame", ours_ms, "ms", 2 * bare_ms,
                 "(twice the bare window)")  # fmt: skip
    yield Figure("a bare window's memory", bare_mb, "MB")
    yield Figure("the window's memory on 1,000 SOPs", ours_mb, "MB", 200)


def _start(program: str, *arguments: str) -> tuple[float, float]:
    """Return the median of the milliseconds, and the largest of the megabytes, of five starts."""
    runs = []
    for _ in range(6):
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", program + FIRST_FRAME, *arguments],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        shown, peak = map(float, done.stdout.split())
        runs.append(((shown - began) * 1000, peak))
    return statistics.median(ms for ms, _ in runs[1:]), max(peak for _, peak in runs)
