"""A large office file says so when it is opened, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.window import file_commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from ui.window.main_window import MainWindow


def hints_at_two_openings(window: MainWindow, path: Path) -> list[str]:
    said: list[str] = []
    window.toast.said.connect(said.append)
    assert window.files.open(path)
    assert window.files.open(path)
    return [message for message in said if "MB" in message]


def test_a_large_file_says_so_once_at_each_opening(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_commands, "BIG_BYTES", office_path.stat().st_size - 1)

    assert len(hints_at_two_openings(show(), office_path)) == 2


def test_a_file_at_the_limit_says_nothing(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_commands, "BIG_BYTES", office_path.stat().st_size)

    assert hints_at_two_openings(show(), office_path) == []
