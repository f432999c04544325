"""The program's entry: when the command line runs, and when the window opens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sopdesk.cli import COMMANDS
from sopdesk.cli.contract import NOT_DONE
from ui import start
from ui.start import has_screen, is_for_command_line

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_for_the_command_line(name: str) -> None:
    assert is_for_command_line([name])
    assert is_for_command_line([name, "kantor.db"])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["kantor.db"], False),
        (["folder/kantor baru.db"], False),
        ([str(ROOT / "LICENSE")], False),
        (["lsit"], True),
        (["merge"], True),
        (["--help"], True),
        (["--version"], True),
        (["--lang", "en", "list", "kantor.db"], True),
        (["list", "kantor.db", "--lang=en"], True),
        (["--lang", "de", "kantor.db"], True),
        (["--lang", "en", "kantor.db"], False),
        (["kantor.db", "--lang=en"], False),
        (["--lang", "en"], False),
    ],
)
def test_nothing_or_one_file_is_for_the_window(arguments: list[str], expected: bool) -> None:
    assert is_for_command_line(arguments) is expected


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "en", "kantor.db"], ["--lang=en", "kantor.db"], ["kantor.db", "--lang", "en"]],
)
def test_the_window_opens_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    opened: list[object] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("ui.app.run", lambda argv, language: opened.extend((*argv[1:], language)))
    start.main(arguments)
    assert opened == ["kantor.db", "en"]


def test_an_interruption_before_anything_has_begun_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "is_for_command_line", interrupted)
    assert start.main(["list", "kantor.db"]) == NOT_DONE
    assert capsys.readouterr() == ("", "")


def test_nothing_of_the_program_is_imported_before_an_interruption_is_awaited() -> None:
    code = "import sys, ui.start; print([n for n in sys.modules if n.startswith('sopdesk')])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
    ],
)
def test_a_screen_is_known_before_qt_is_asked(
    platform: str, environment: dict[str, str], expected: bool
) -> None:
    assert has_screen(platform, environment) is expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_without_a_screen_one_sentence_says_so() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ran = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in screens},
    )
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
    assert b"layar" in ran.stderr
