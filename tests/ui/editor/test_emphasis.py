"""Bold and italics by Ctrl+B and Ctrl+I while a text is typed, and on whole cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

from sopdesk.document.markup import Run, plain, runs
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.fields.emphasis import BOLD, ITALIC, emphasise, emphasise_cells
from ui.editor.fields.line_fields import LineField, LinesField
from ui.editor.fields.marked_lines import marked_lines
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ui.editor import EditorPane
    from ui.editor.fields.marked_lines import Lines
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
    cursor.movePosition(cursor.MoveOperation.End)
    cursor.movePosition(cursor.MoveOperation.WordLeft, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(field, Qt.Key.Key_B, CTRL)
    assert field.texts() == ("Undang-Undang", "Peraturan **Menteri**")
    assert field.textCursor().selectedText() == "Menteri"


BOLD_KEY, ITALIC_KEY, BACK, LEFT = "[B]", "[I]", "[Back]", "[Left]"
PRESSED = {
    BOLD_KEY: (Qt.Key.Key_B, CTRL),
    ITALIC_KEY: (Qt.Key.Key_I, CTRL),
    BACK: (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    LEFT: (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
}


def press(field: QWidget, *keys: str) -> None:
    """Type words letter by letter, and press the keys in brackets."""
    for key in keys:
        if key in PRESSED:
            QTest.keyClick(field, *PRESSED[key])
        else:
            QTest.keyClicks(field, key)


TYPED = [
    (
        ("Mencari di depo arsip", BOLD_KEY, " sesuai", BOLD_KEY, " nomor"),
        "Mencari di depo arsip **sesuai** nomor",
    ),
    (("Surat ", ITALIC_KEY, "asli", ITALIC_KEY, " saja"), "Surat *asli* saja"),
    (("Surat", BOLD_KEY), "Surat"),
    (("Surat", BOLD_KEY, BOLD_KEY, " masuk"), "Surat masuk"),
    (("Surat ", BOLD_KEY, LEFT, "x"), "Suratx "),
    (("Surat ", BOLD_KEY, "a", BACK), "Surat "),
    (("Surat ", BOLD_KEY, "a", BACK, "b"), "Surat **b**"),
    (("Surat ", BOLD_KEY, "a", BOLD_KEY, BOLD_KEY, "b"), "Surat **ab**"),
    (("Surat ", BOLD_KEY, ITALIC_KEY, "a"), "Surat ***a***"),
    ((BOLD_KEY, "surat", LEFT, LEFT, BOLD_KEY, "x"), "**sur**x**at**"),
    ((BOLD_KEY, "surat", LEFT, LEFT, BOLD_KEY, "x", BACK), "**surat**"),
]


@pytest.mark.parametrize(("keys", "after"), TYPED)
def test_without_a_selection_what_is_typed_next_is_marked(
    qtbot: QtBot, keys: tuple[str, ...], after: str
) -> None:
    holder = QWidget()
    cell, line, lines = CellEditor(holder), LineField(), LinesField()
    for shown in (holder, line, lines):
        qtbot.addWidget(shown)
    for field in (cell, line, lines):
        press(field, *keys)
    assert (cell.toPlainText(), line.text(), lines.texts()) == (after, after, (after,))


@given(st.lists(st.sampled_from(["a", "b ", " c", BOLD_KEY, ITALIC_KEY]), max_size=14))
@settings(max_examples=150, deadline=None)
def test_no_mark_is_ever_printed_and_no_letter_lost(qapp: QApplication, keys: list[str]) -> None:
    field = LineField()
    press(field, *keys)
    assert plain(field.text()) == "".join(key for key in keys if key not in PRESSED)


def test_both_marks_end_one_by_one(qtbot: QtBot) -> None:
    field = LineField()
    qtbot.addWidget(field)
    press(field, "a", BOLD_KEY, ITALIC_KEY, "b", BOLD_KEY, "c", ITALIC_KEY, "d")
    assert runs(field.text()) == (Run("a"), Run("b", True, True), Run("c", False, True), Run("d"))


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
