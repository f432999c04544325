"""What every test relies on: no screen, no dialog, nobody's settings, the same examples again."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from sopdesk.foundation.wording import use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["SOPDESK_NO_DIALOGS"] = "1"

settings.register_profile(
    "steady",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", parent=settings.get_profile("steady"), derandomize=False,
                          max_examples=2000)  # fmt: skip
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_HOME = tempfile.TemporaryDirectory(prefix="sopdesk-tests-")
for _name in ("CONFIG", "DATA", "STATE", "CACHE"):
    os.environ[f"XDG_{_name}_HOME"] = os.path.join(_HOME.name, _name.lower())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-pictures", action="store_true", help="take the reference pictures of sheets anew"
    )
    parser.addoption(
        "--soak", action="store_true", help="run the whole of tests/soak, not a tenth; long"
    )


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    """Begin and leave each test in the language that the program begins in."""
    use_language("id")
    yield
    use_language("id")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in English; what comes back is its exit code, its output and its errors."""
    from sopdesk.cli import main

    def run_it(*arguments: object) -> tuple[int, str, str]:
        code = main([*map(str, arguments), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_it
