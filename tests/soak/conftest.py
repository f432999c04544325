"""How much of each row of the table is run, and the table itself.

Every day each row runs in a tenth of its size; with `--soak` the whole, and the table is printed.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scaling import Scale
from table import PROPERTY, table_of

from sopdesk.storage import savelock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MEMORY = Path("/dev/shm")


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Scale:
    """How much is run."""
    return Scale(request.config.getoption("--soak"))


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Put figures into the row of the table that the test's file is, or into a control of it."""

    def told(control: str = "", **figures: int | str) -> None:
        request.node.user_properties.append((PROPERTY, (control, figures)))

    return told


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where there is one: nothing here depends on what a disk does itself."""
    base = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=base, prefix="sopdesk-soak-") as name:
        found = Path(name, "kantor")
        found.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield found


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find out at once that the holder of a savelock has died, whatever it had written into it."""
    monkeypatch.setattr(savelock, "TORN_SECONDS", 0.05)
    monkeypatch.setattr(savelock, "_LOOK_SECONDS", 0.02)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if terminalreporter.config.getoption("--soak"):
        terminalreporter.section("soak")
        reports = [
            report
            for outcome in ("passed", "failed")
            for report in terminalreporter.stats.get(outcome, [])
            if report.when == "call" or report.failed
        ]
        for line in table_of(reports):
            terminalreporter.write_line(line)
