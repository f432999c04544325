"""Words are found and replaced wherever a clerk has typed them, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import sops

from sopdesk.document.edits import Search, merge_cells, occurrences, replace_words
from sopdesk.document.validity import faults
from sopdesk.document.values import (
    Approval,
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Procedure,
    Sop,
    Step,
    Symbol,
)

IKU = Search("IKU")


def sop() -> Sop:
    """An SOP that says IKU in every place that can say it."""
    steps = (
        Step("a", "Menyusun IKU", activity_items=("data IKU",), requirements=("IKU",),
             duration="1 IKU", outputs=("Draf IKU", "Nota"), remarks="IKU berikut"),
        Step("b", "Mengikuti rapat"),
    )  # fmt: skip
    symbols = (
        Symbol("a", ("s",), Kind.DECISION, "IKU?", id="1"),
        Symbol("b", ("s",), id="2"),
    )
    lanes = (Lane("s", "Tim IKU", ("Urusan IKU",)), Lane("k", "Kabag", ("Urusan IKU",)))
    procedure = Procedure(
        lanes,
        steps,
        symbols,
        (Flow("1", "2", "IKU"),),
        title="Tabel IKU",
        notes=("IKU: indikator",),
    )
    identity = Identity(
        "Penyusunan IKU",
        "IKU/1",
        unit=("Bagian IKU",),
        institution=("DINAS IKU",),
        revision="IKU",
        approved_by=Approval(("Kepala IKU",), "IKU", "IKU", "IKU"),
        legal_basis=("Peraturan IKU", "Undang-Undang"),
    )
    return Sop(identity, (procedure,), closing=Closing("Kota IKU", ("Kepala IKU",)))


def said(value: Sop) -> list[str]:
    return [found.text for found in occurrences(value, IKU)]


def test_every_text_that_prints_is_looked_through_in_the_order_of_the_sheet() -> None:
    assert [(found.place.part, found.place.field) for found in occurrences(sop(), IKU)] == [
        ("identity", "institution"), ("identity", "number"), ("identity", "approved_by.position"),
        ("identity", "approved_by.name"), ("identity", "approved_by.rank"), ("identity", "title"),
        ("identity", "legal_basis"), ("table", "title"), ("lane", "group"), ("lane", "name"),
        ("step", "activity"), ("step", "activity_items"), ("step", "requirements"),
        ("step", "duration"), ("step", "outputs"), ("step", "remarks"), ("step", "text"),
        ("flow", "label"), ("table", "notes"), ("closing", "place_date"), ("closing", "position"),
    ]  # fmt: skip


def test_a_place_tells_where_the_words_stand() -> None:
    found = next(f for f in occurrences(sop(), IKU) if f.place.field == "remarks")
    assert found.place == ("step", "remarks", 0, "a")
    assert found.text[found.start : found.end] == "IKU"


def test_all_are_replaced_and_the_rest_stays() -> None:
    before = sop()
    after = replace_words(before, IKU, "LKjIP")
    assert said(after) == []
    assert after.procedures[0].steps[0].remarks == "LKjIP berikut"
    assert after.procedures[0].steps[1] is before.procedures[0].steps[1]
    assert after.identity.unit == ("Bagian IKU",)
    assert replace_words(after, Search("LKjIP"), "IKU") == before


@pytest.mark.parametrize("only", range(21))
def test_one_is_replaced_alone(only: int) -> None:
    before = said(sop())
    after = replace_words(sop(), IKU, "LKjIP", only)
    assert said(after) == before[:only] + before[only + 1 :]


@pytest.mark.parametrize(
    ("search", "count"),
    [
        (Search("iku"), 2),
        (Search("iku", is_exact=True), 0),
        (Search("iku", is_whole=False), 4),
        (Search("iku", is_whole=False, is_exact=True), 2),
        (Search("IKU dan  berkas"), 1),
        (Search("."), 0),
        (Search("  "), 0),
    ],
)
def test_words_are_whole_and_of_any_capitals_unless_asked_otherwise(
    search: Search, count: int
) -> None:
    text = "IKU dan\nberkas berikut, mengikuti (Iku)"
    value = Sop(procedures=(Procedure(steps=(Step("a", text),)),))
    assert len(occurrences(value, search)) == count


def test_an_item_that_is_left_empty_goes() -> None:
    after = replace_words(sop(), IKU, "")
    assert after.procedures[0].steps[0].requirements == ()
    assert after.procedures[0].steps[0].outputs == ("Draf ", "Nota")


def test_what_a_merged_cell_hides_is_left_alone() -> None:
    steps = (Step("a", duration="IKU"), Step("b", duration="IKU"))
    merged = merge_cells(Procedure(steps=steps), ("a", "b"), "duration")
    hidden = replace(merged, steps=(merged.steps[0], replace(merged.steps[1], duration="IKU")))
    assert [f.place.step for f in occurrences(Sop(procedures=(hidden,)), IKU)] == ["a"]


def test_nothing_found_leaves_the_very_same_sop() -> None:
    value = sop()
    assert replace_words(value, Search("nihil"), "ada") is value


@given(sops(), st.text("aeiu \\*", min_size=1, max_size=2), st.text(max_size=3))
def test_any_replacement_keeps_an_sop_valid(value: Sop, words: str, by: str) -> None:
    after = replace_words(value, Search(words, is_whole=False), by)
    assert faults(after) == faults(value)
