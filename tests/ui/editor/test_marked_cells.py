"""A cell shows its text as it prints, bold and italic; while it is edited it shows the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QPlainTextEdit, QTableView

from sopdesk.document.edits import change_step
from sopdesk.document.markup import Run
from ui.editor.fields.marked_lines import marked_items, marked_lines, plain_lines
from ui.editor.fields.text_block import text_block
from ui.editor.table.columns import COLUMN_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.editor import EditorPane
    from ui.editor.fields.marked_lines import Lines
    from ui.session import Session

BOLD, ITALIC = Run("a", is_bold=True), Run("b", is_italic=True)


@pytest.mark.parametrize(
    ("read", "text", "lines"),
    [
        (plain_lines, "**a**\n", ((Run("**a**"),), ())),
        (marked_lines, "**a**\n*b*", ((BOLD,), (ITALIC,))),
        (marked_lines, "**a\na**", ((BOLD,), (BOLD,))),
        (marked_lines, "5 * 3\n- 4 * 2", ((Run("5 * 3"),), (Run("- 4 * 2"),))),
        (marked_items, "**a\na**", ((Run("**a"),), (Run("a**"),))),
        (marked_items, "**a\n  a**", ((BOLD,), (Run("  a", is_bold=True),))),
        (marked_lines, r"\*a\*", ((Run("*a*"),),)),
    ],
)
def test_marks_are_read_as_the_sheet_reads_them(
    read: Callable[[str], Lines], text: str, lines: Lines
) -> None:
    assert read(text) == lines


def picture(text: str, read: Callable[[str], Lines]) -> QImage:
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    text_block(text, 300, QFont("Arimo", 12), read).paint(painter, QPointF(0, 0))
    painter.end()
    return image


def ink(image: QImage, left: int, right: int) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(left, right)
        for y in range(image.height())
    )


def test_bold_is_painted_bold_and_only_where_it_stands(qapp: object) -> None:
    plain, bold = picture("iiii llll", marked_lines), picture("iiii **llll**", marked_lines)
    assert ink(bold, 0, 300) > ink(plain, 0, 300)
    assert picture("🙂 *b*", marked_lines) != picture("🙂 b", marked_lines)
    assert picture("🙂 b", marked_lines) == picture("🙂 b", plain_lines)


def test_a_cell_shows_the_faces_and_its_field_the_marks(pane: EditorPane, session: Session) -> None:
    step = session.procedure.steps[0].id
    session.apply_to_procedure("", lambda p: change_step(p, step, activity="Memo **penting**"))
    table = pane.findChild(QTableView, "step_table")
    index = table.model().index(0, COLUMN_KEYS.index("activity"))
    rect = table.visualRect(index)
    with_marks = table.viewport().grab(rect).toImage()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Kegiatan: Memo penting"
    session.apply_to_procedure("", lambda p: change_step(p, step, activity="Memo penting"))
    assert table.viewport().grab(rect).toImage() != with_marks
    session.undo()
    table.edit_step(step)
    assert table.findChild(QPlainTextEdit).toPlainText() == "Memo **penting**"
