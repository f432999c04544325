"""What a file or a colleague says is shown as words, whatever markup it looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QLabel

from sopdesk.storage.office_file import open_file
from sopdesk.storage.presence import Presence
from ui.plain_words import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.editor import EditorPane
    from ui.window.main_window import MainWindow

FETCHED = '<img src="file:///secret.png"> & <b>x</b>'
UI = Path(__file__).resolve().parents[2] / "ui"


def as_shown(tip: str) -> str:
    """What a tool tip makes of its text."""
    if not TextQt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText().replace("\N{NO-BREAK SPACE}", " ")


def test_a_tip_shows_its_text_as_it_is() -> None:
    for text in ("", "a\nb", FETCHED, f"{FETCHED}\nb", "1 < 2", "<i"):
        assert as_shown(plain_tip(text)) == text


def test_titles_and_names_of_colleagues_fetch_nothing(
    show: Callable[..., MainWindow], office_path: Path
) -> None:
    with open_file(office_path) as file:
        stored = file.load(file.entries()[0].uuid)
        identity = replace(stored.sop.identity, title=FETCHED)
        file.save(replace(stored.sop, identity=identity), stored.rev)
    colleague = Presence(office_path, FETCHED)
    colleague.begin()
    window = show(office_path)
    colleagues = window.session.colleagues
    colleagues.touch()
    window.session._connection.file_thread.wait_until(lambda: colleagues._asked is None)
    colleague.leave()

    others = window.findChild(QLabel, "status_others")
    assert isinstance(others, QLabel)
    assert FETCHED in others.text()
    assert others.textFormat() == Qt.TextFormat.PlainText
    assert FETCHED in as_shown(others.toolTip())
    library = window.findChild(QAbstractItemView, "library_view")
    assert isinstance(library, QAbstractItemView)
    sops = library.model().match(
        library.model().index(0, 0), Qt.ItemDataRole.DisplayRole, FETCHED, 1,
        Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly,
    )  # fmt: skip
    assert FETCHED in as_shown(sops[0].data(Qt.ItemDataRole.ToolTipRole))


def test_a_lane_is_shown_as_it_is_named_and_its_tip_fetches_nothing(pane: EditorPane) -> None:
    (lane,) = pane._session.procedure.lanes
    for name, caption in (("Umum & Kepegawaian", "Umum && Kepegawaian"), (FETCHED, None)):
        named = replace(lane, name=name)
        pane._session.apply_to_procedure("", lambda table, one=named: replace(table, lanes=(one,)))
        tabs = pane._lanes.tabs
        assert tabs.tabText(0) == (caption or FETCHED.replace("&", "&&"))
        assert as_shown(tabs.tabToolTip(0)) == name


def test_every_label_of_the_window_is_plain_or_says_that_it_is_markup() -> None:
    made = re.compile(r"class \w+\(QLabel\)|\bQLabel\(")
    sources = {path: path.read_text(encoding="utf-8") for path in UI.rglob("*.py")}
    guilty = [
        path.relative_to(UI)
        for path, source in sources.items()
        if len(made.findall(source)) > source.count("setTextFormat(")
    ]
    assert guilty == []
