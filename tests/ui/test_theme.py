"""Icons and colours follow the scheme."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem

from sopdesk.foundation.resources import resource
from ui import theme
from ui.window.actions import SPECS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def ink(icon: QIcon) -> set[int]:
    """The colours of an icon's dots that are fully covered."""
    picture = icon.pixmap(48, 48).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    dots = (picture.pixel(x, y) for x in range(48) for y in range(48))
    return {dot & 0xFFFFFF for dot in dots if dot >> 24 == 255}


def test_every_action_has_the_icon_it_names() -> None:
    named = {spec.icon for spec in SPECS if spec.icon}
    assert {name for name in named if not resource("icons", f"{name}.svg").is_file()} == set()


def test_an_icon_is_drawn_in_the_ink_of_the_scheme(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    icon = theme.icon("save")
    light = ink(icon)
    monkeypatch.setattr(theme, "is_dark", lambda: True)
    assert int(theme.DARK.text[1:], 16) in ink(icon)
    assert int(theme.LIGHT.text[1:], 16) in light


def test_a_copied_icon_outlives_its_original(qtbot: QtBot) -> None:
    copies = []
    for _ in range(200):
        copy = QIcon(theme.icon("save"))
        copy.addPixmap(QPixmap(4, 4))
        copies.append(copy)
        gc.collect(0)
    assert all(not copy.pixmap(16, 16).isNull() for copy in copies)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_a_tick_stands_out_from_its_box(qtbot: QtBot, look: theme.Colors) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setStyleSheet(theme.style_sheet(look))
    box.setChecked(True)
    box.show()
    picture = box.grab().toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(16) for y in range(box.height())}
    assert {look.accent, look.on_accent} <= inks


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_a_list_to_tick_shows_that_it_is_out_of_use(qtbot: QtBot, look: theme.Colors) -> None:
    listed = QListWidget()
    qtbot.addWidget(listed)
    listed.setStyleSheet(theme.style_sheet(look))
    QListWidgetItem("Kegiatan", listed).setCheckState(Qt.CheckState.Checked)
    listed.setDisabled(True)
    listed.show()
    picture = listed.grab().toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(90) for y in range(24)}
    assert look.window in inks
    assert not {look.accent, look.text} & inks


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_words_stand_out_from_what_lies_behind_them(look: theme.Colors) -> None:
    inks = (look.text, look.faint, look.accent, look.error)
    papers = (look.base, look.panel, look.window, look.hover, look.selected)
    pairs = {(ink, paper) for ink in inks for paper in papers}
    pairs |= {(look.on_accent, look.accent), (look.window, look.text)}
    assert {pair for pair in pairs if contrast(*pair) < 4.5} == set()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as the web's guideline for readable text counts it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(color[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
