"""The keys that the help names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLabel

from ui.dialogs import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from ui.window.main_window import MainWindow


def test_the_keys_of_steps_and_cells_are_named_beside_those_of_the_menus(
    show: Callable[..., MainWindow], office_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QLabel))

    monkeypatch.setattr(asking, "run", read)
    show(office_path).commands["keys"].trigger()
    assert {"Del", "Ctrl+C, X, V", "Alt+↓", "Ctrl+Enter", "Ctrl+S"} <= set(said)
    assert "Menyalin, memotong, dan menempel langkah, juga dari Excel" in said
