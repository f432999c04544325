"""How much of each row of the table is run, and the table itself.

Every day each row runs in a tenth of its size; with `--soak` the whole, and the table is printed.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from scaling import Scale

from sopdesk.storage import savelock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PROPERTY = "soak"
_MEMORY = Path("/dev/shm")


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Scale:
    """How much is run."""
    return Scale(request.config.getoption("--soak"))


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Put a row into the table: what was tested, and its figures by name."""

    def told(row: str, **figures: int | str) -> None:
        request.node.user_properties.append((_PROPERTY, (row, figures)))

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


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    # Some die between making the savelock and writing into it: that is no reason to wait here.
    monkeypatch.setattr(savelock, "TORN_SECONDS", 0.05)
    monkeypatch.setattr(savelock, "_LOOK_SECONDS", 0.02)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not terminalreporter.config.getoption("--soak"):
        return
    table: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            told = [value for name, value in report.user_properties if name == _PROPERTY]
            for row, figures in told if report.when == "call" else []:
                _add(table[row], {**figures, outcome: 1})
    if table:
        terminalreporter.section("soak")
    for row, figures in sorted(table.items()):
        text = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())
        terminalreporter.write_line(f"{row:{max(map(len, table))}}  {text}")


def _add(row: dict[str, Any], figures: dict[str, int | str]) -> None:
    """Add the figures of one more test to a row: numbers up, words beside."""
    for name, value in figures.items():
        row[name] = row[name] + value if isinstance(value, int) and name in row else value
