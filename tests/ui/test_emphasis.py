"""Bold and italics by Ctrl+B and Ctrl+I while a text is typed, and on whole cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from sopdesk.document.markup import plain, runs
from ui.editor.emphasis import BOLD, ITALIC, emphasise, emphasise_cells
from ui.editor.identity_fields import LineField, LinesField
from ui.editor.marked_lines import marked_lines
from ui.editor.table_model import COLUMN_KEYS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.editor.marked_lines import Lines
    from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


def marked(line: str, start: int, end: int, mark: int) -> str:
    done = emphasise(line, start, end, mark)
    assert done is not None
    return line[: done.start] + done.text + line[done.end :]


@pytest.mark.parametrize(
    ("line", "selected", "mark", "after"),
    [
        ("surat masuk", "masuk", BOLD, "surat **masuk**"),
        ("surat masuk", "masuk", ITALIC, "surat *masuk*"),
        ("surat **masuk**", "masuk", BOLD, "surat masuk"),
        ("surat **masuk**", "**masuk**", BOLD, "surat masuk"),
        ("surat **masuk**", "masuk", ITALIC, "surat ***masuk***"),
        ("surat ***masuk***", "masuk", BOLD, "surat *masuk*"),
        ("surat masuk", " masuk", BOLD, "surat **masuk**"),
    ],
)
def test_a_selection_gains_and_loses_its_mark(
    line: str, selected: str, mark: int, after: str
) -> None:
    start = line.index(selected)
    assert marked(line, start, start + len(selected), mark) == after


def test_without_a_selection_it_is_the_word_at_the_cursor() -> None:
    assert marked("surat masuk", 8, 8, BOLD) == "surat **masuk**"
    assert emphasise("surat  masuk", 6, 6, BOLD) is None


@given(st.lists(st.sampled_from(["surat", "a", "ke-2"]), min_size=1, max_size=5), st.data())
def test_the_words_stay_and_twice_is_as_before(words: list[str], data: st.DataObject) -> None:
    line = " ".join(words)
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    mark = data.draw(st.sampled_from([BOLD, ITALIC]))
    done = emphasise(line, start, end, mark)
    if done is not None:
        once = line[: done.start] + done.text + line[done.end :]
        assert plain(once) == line
        assert any(run.is_bold if mark == BOLD else run.is_italic for run in runs(once))
        within = done.start + done.marks, done.start + len(done.text) - done.marks
        assert marked(once, *within, mark) == line


def test_a_field_of_one_line_is_edited_as_if_typed(qtbot: QtBot) -> None:
    field = LineField()
    qtbot.addWidget(field)
    field.setText("Laporan draft akhir")
    field.setSelection(8, 5)
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(field, Qt.Key.Key_I, CTRL)
    assert field.text() == "Laporan *draft* akhir"
    assert field.selectedText() == "draft"
    QTest.keyClick(field, Qt.Key.Key_I, CTRL)
    assert field.text() == "Laporan draft akhir"


def test_a_line_among_others_is_edited_as_if_typed(qtbot: QtBot) -> None:
    field = LinesField()
    qtbot.addWidget(field)
    field.show_texts(("Undang-Undang", "Peraturan Menteri"))
    cursor = field.textCursor()
    cursor.setPosition(len("Undang-Undang\nPeraturan M"))
    field.setTextCursor(cursor)
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(field, Qt.Key.Key_B, CTRL)
    assert field.texts() == ("Undang-Undang", "Peraturan **Menteri**")
    assert field.textCursor().selectedText() == "Menteri"


@pytest.mark.parametrize(
    ("texts", "mark", "after"),
    [
        (["surat masuk"], BOLD, ["**surat masuk**"]),
        (["surat **masuk** segera"], BOLD, ["**surat masuk segera**"]),
        (["**surat *masuk***", "**arsip**"], BOLD, ["surat *masuk*", "arsip"]),
        (["**surat**", "arsip"], BOLD, ["**surat**", "**arsip**"]),
        (["periksa:\n- nama\n- *alamat*"], ITALIC, ["*periksa:*\n- *nama*\n- *alamat*"]),
        (["**dua\nbaris**"], BOLD, ["dua\nbaris"]),
        (["5 * 3", ""], ITALIC, [r"*5 \* 3*", ""]),
    ],
)
def test_whole_cells_gain_and_lose_their_mark(
    texts: list[str], mark: int, after: list[str]
) -> None:
    assert emphasise_cells([marked_lines(text) for text in texts], mark) == after


@given(st.lists(st.text("ab *\\-\n", max_size=12), min_size=1, max_size=3))
def test_the_words_of_cells_stay_whatever_they_are(texts: list[str]) -> None:
    read = [marked_lines(text) for text in texts]
    for mark in (BOLD, ITALIC):
        again = [marked_lines(text) for text in emphasise_cells(read, mark)]
        assert [_words(lines) for lines in again] == [_words(lines) for lines in read]


def _words(lines: Lines) -> list[str]:
    return ["".join(run.text for run in line) for line in lines]


def test_selected_cells_become_bold_as_one_undo(pane: EditorPane, session: Session) -> None:
    table = pane.findChild(QTableView, "step_table")
    before, steps = session.procedure, session.procedure.steps
    table.setFocus()
    for row in (0, 1):
        for column in ("number", "activity"):
            index = table.model().index(row, COLUMN_KEYS.index(column))
            table.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(table, Qt.Key.Key_B, CTRL)
    assert [step.activity for step in session.procedure.steps] == [
        f"**{steps[0].activity}**", f"**{steps[1].activity}**", steps[2].activity
    ]  # fmt: skip
    QTest.keyClick(table, Qt.Key.Key_B, CTRL)
    assert session.procedure == before
    session.undo()
    session.undo()
    assert session.procedure is before
