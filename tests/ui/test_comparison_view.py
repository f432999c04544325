"""Two versions side by side: every difference has its words, and the words that differ a mark."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QTabWidget

from sopdesk.document import edits
from sopdesk.document.dates import PartialDate
from sopdesk.document.office import Office
from sopdesk.document.values import (
    Approval,
    Closing,
    Identity,
    Kind,
    ListStyle,
    ListStyles,
    SheetSettings,
    Spans,
    Status,
    Step,
    Symbol,
)
from tests.ui.conftest import sop_of
from ui.comparison import page
from ui.comparison.comparison_dialog import ComparisonDialog
from ui.comparison.comparison_view import ComparisonView
from ui.comparison.marking import marked
from ui.comparison.sheet_pair import SheetPair
from ui.comparison.words import field_word, value_word
from ui.conflict.words import place_of
from ui.sheets import lay_out

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop

OLD = sop_of("Surat Masuk", ("Umum",), ("Menerima surat", "Mencatat surat", "Mengarsipkan"))
NAMES = ("Kemarin", "Sekarang")


def with_first_step(sop: Sop, **changes: object) -> Sop:
    table = sop.procedures[0]
    steps = (replace(table.steps[0], **changes), *table.steps[1:])
    return edits.replace_procedure(sop, 0, replace(table, steps=steps))


@pytest.fixture
def view(qtbot: QtBot) -> ComparisonView:
    view = ComparisonView()
    qtbot.addWidget(view)
    return view


class TestWordsThatDiffer:
    def test_are_marked_on_both_sides(self) -> None:
        assert marked("Menerima surat masuk", "Menerima berkas masuk") == (
            "Menerima <del>surat</del> masuk",
            "Menerima <ins>berkas</ins> masuk",
        )

    def test_that_follow_each_other_have_one_mark(self) -> None:
        before, after = marked("Catat surat di buku", "Catat berkas masuk pada buku")
        assert before == "Catat <del>surat di</del> buku"
        assert after == "Catat <ins>berkas masuk pada</ins> buku"

    def test_are_texts_and_never_markup(self) -> None:
        assert marked("", "<b>&") == ("", "<ins>&lt;b&gt;&amp;</ins>")

    def test_of_a_huge_text_are_marked_whole(self) -> None:
        before, after = marked("kata " * 3000, "lain " * 3000)
        assert before.startswith("<del>kata")
        assert after.startswith("<ins>lain")

    @given(st.text("ab \n<", max_size=30), st.text("ab \n<", max_size=30))
    def test_leave_both_texts_whole(self, before: str, after: str) -> None:
        for text, shown in zip((before, after), marked(before, after), strict=True):
            for tag in ("<del>", "</del>", "<ins>", "</ins>"):
                shown = shown.replace(tag, "")
            assert shown.replace("<br>", "\n").replace("&lt;", "<") == text


class TestEveryField:
    @pytest.mark.parametrize(
        ("part", "value"),
        [
            ("identity", Identity()),
            ("sheet", SheetSettings()),
            ("closing", Closing()),
        ],
    )
    def test_of_the_sheet_has_its_word(self, part: str, value: object) -> None:
        for field in fields(value):  # type: ignore[arg-type]
            if field.name not in ("approved_by", "list_styles"):
                assert field_word(part, field.name)

    def test_of_a_nested_value_has_its_word(self) -> None:
        for owner, value in (("approved_by", Approval()), ("list_styles", ListStyles()),
                             ("spans", Spans())):  # fmt: skip
            for field in fields(value):
                assert field_word("step", f"{owner}.{field.name}")

    def test_of_a_step_has_its_word(self) -> None:
        for field in fields(Step()):
            if field.name not in ("id", "extra", "spans"):
                assert field_word("step", field.name)

    @pytest.mark.parametrize(
        ("field", "text", "said"),
        [
            ("status", "review", "Direviu"),
            ("kind", "start\ndecision", "Mulai\nKeputusan"),
            ("list_styles.records", "letters", "a. b. c."),
            ("effective_on", "2019-05-19", "19 Mei 2019"),
            ("orientation", "portrait", "Tegak"),
            ("number_row", "True", "Ya"),
            ("activity", "Menerima", "Menerima"),
            ("remarks", "", ""),
            ("refers_to", "u-1", "SOP dari berkas lain"),
        ],
    )
    def test_shows_its_value_in_words(self, field: str, text: str, said: str) -> None:
        assert value_word(field, text) == said

    @pytest.mark.parametrize("kind", Kind)
    def test_knows_every_kind(self, kind: Kind) -> None:
        assert value_word("kind", kind.value)

    @pytest.mark.parametrize("style", ListStyle)
    def test_knows_every_list_style(self, style: ListStyle) -> None:
        assert value_word("list_styles.related", style.value)


class TestTheView:
    def test_tells_fields_and_steps_under_the_versions_names(self, view: ComparisonView) -> None:
        new = with_first_step(OLD, activity="Menerima berkas")
        new = replace(new, status=Status.REVIEW)
        view.show_versions(OLD, new, NAMES)
        said = view.toPlainText()
        for word in (*NAMES, "Status", "Direviu", "Langkah 1", "Kegiatan", "Menerima berkas"):
            assert word in said

    def test_says_that_nothing_differs(self, view: ComparisonView) -> None:
        view.show_versions(OLD, OLD, NAMES)
        assert view.toPlainText() == "Kedua versi ini sama."

    def test_shows_texts_as_they_are(self, view: ComparisonView) -> None:
        new = with_first_step(OLD, remarks="<script>x</script> & <b>")
        view.show_versions(OLD, new, NAMES)
        assert "<script>x</script> & <b>" in view.toPlainText()

    def test_tells_how_many_differences_it_leaves_out(
        self, view: ComparisonView, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(page, "MOST_ROWS", 1)
        new = with_first_step(OLD, activity="Menerima berkas", remarks="baru", duration="1 jam")
        view.show_versions(OLD, new, NAMES)
        assert "Masih ada 2 perbedaan lagi." in view.toPlainText()

    def test_names_a_step_without_the_marks_of_its_words(self, view: ComparisonView) -> None:
        old = with_first_step(OLD, activity="Memeriksa **berkas** surat")
        new = with_first_step(old, remarks="Segera")
        view.show_versions(old, new, NAMES)
        said = view.toPlainText()
        assert "Memeriksa berkas surat" in said
        assert "**" not in said
        assert "**" not in place_of(view.differences[0])

    def test_tells_every_kind_of_difference(self, view: ComparisonView) -> None:
        table = OLD.procedures[0]
        steps = (table.steps[1], table.steps[0], Step(activity="Langkah baru"))
        symbols = tuple(s for s in table.symbols if s.step != table.steps[2].id)
        ids = {symbol.id for symbol in symbols}
        flows = tuple(f for f in table.flows if {f.source, f.target} <= ids)
        extra = Symbol(steps[2].id, (table.lanes[0].id,), Kind.DECISION)
        changed = replace(table, steps=steps, symbols=(*symbols, extra), flows=flows)
        identity = replace(
            OLD.identity,
            effective_on=PartialDate.from_iso("2024"),
            list_styles=ListStyles(records=ListStyle.DASHES),
        )
        new = replace(
            OLD, identity=identity, procedures=(changed, table), closing=Closing(name="Nama")
        )
        view.show_versions(OLD, new, NAMES)
        said = view.toPlainText()
        for word in ("dihapus", "ditambahkan", "dipindah", "Langkah baru", "Tabel alir 2", "2024"):
            assert word in said


def test_the_sheets_are_laid_out_at_the_first_look(qtbot: QtBot) -> None:
    laid_out: list[Sop] = []

    def lay(sop: Sop) -> object:
        laid_out.append(sop)
        return lay_out(sop, Office(), {})

    new = with_first_step(OLD, activity="Menerima berkas")
    dialog = ComparisonDialog((OLD, new), NAMES, lay, None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert laid_out == []
    tabs = dialog.findChild(QTabWidget)
    tabs.setCurrentIndex(1)
    assert laid_out == [OLD, new]
    assert isinstance(tabs.currentWidget(), SheetPair)
    tabs.setCurrentIndex(0)
    tabs.setCurrentIndex(1)
    assert laid_out == [OLD, new]
