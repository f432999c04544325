from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from strategies import sops

from sopdesk.document import edits
from sopdesk.document.comparison import Difference, differences
from sopdesk.document.dates import PartialDate
from sopdesk.document.values import (
    Approval,
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Procedure,
    SheetSettings,
    Sop,
    Status,
    Step,
    Symbol,
)

TABLE = Procedure(
    (Lane("a", "Staf"), Lane("b", "Kasubag")),
    tuple(Step(f"s{n}", activity=word) for n, word in enumerate(("Terima", "Paraf", "Kirim"), 1)),
    tuple(Symbol(f"s{n}", ("a",), id=f"n{n}") for n in (1, 2, 3)),
    (Flow("n1", "n2"), Flow("n2", "n3")),
)
OLD = Sop(Identity(title="Surat"), (TABLE,))


def changed(procedure: Procedure) -> list[tuple[str, str, str, str, str]]:
    found = differences(OLD, replace(OLD, procedures=(procedure,)))
    return [(d.change, d.part, d.field, d.before, d.after) for d in found]


@given(sops())
def test_a_value_does_not_differ_from_itself(sop: Sop) -> None:
    assert differences(sop, sop) == ()


@given(sops(), sops())
def test_any_two_values_can_be_compared(one: Sop, other: Sop) -> None:
    if one.identity != other.identity or one.status != other.status:
        assert differences(one, other)


def test_fields_differ_by_their_names_in_the_exchange_file() -> None:
    new = replace(
        OLD,
        identity=replace(
            OLD.identity,
            title="Surat Masuk",
            created_on=PartialDate(2024, 10),
            approved_by=Approval(rank="Pembina"),
            legal_basis=("Perda", "Perwal"),
        ),
        status=Status.FINAL,
        sheet=SheetSettings(paper="a4", widths_mm=(("lanes", 20.0),)),
    )
    found = differences(OLD, new)
    assert [(d.field, d.before, d.after) for d in found] == [
        ("title", "Surat", "Surat Masuk"),
        ("created_on", "", "2024-10"),
        ("approved_by.rank", "", "Pembina"),
        ("legal_basis", "", "Perda\nPerwal"),
        ("status", "draft", "final"),
        ("paper", "", "a4"),
        ("widths_mm", "", "lanes: 20.0"),
    ]


def test_a_closing_block_comes_or_goes_with_its_fields() -> None:
    new = replace(OLD, closing=Closing(name="Budi"))
    assert [(d.change, d.field, d.after) for d in differences(OLD, new)] == [
        ("added", "closing", ""),
        ("changed", "name", "Budi"),
    ]


def test_an_inserted_step_is_one_difference() -> None:
    after = edits.insert_step(TABLE, Step("new", activity="Catat"), 1)
    assert changed(after) == [("added", "step", "step", "", "2 Catat")]


def test_a_step_that_only_got_another_number_does_not_differ() -> None:
    after = edits.delete_steps(TABLE, ["s1"])
    assert changed(after) == [
        ("removed", "step", "step", "1 Terima", ""),
    ]


def test_cells_symbols_and_ways_differ_by_column() -> None:
    after = edits.change_step(TABLE, "s2", duration="1 jam")
    after = edits.move_symbol(after, "n2", ("b",))
    after = edits.set_kind(after, "n3", Kind.END)
    after = edits.set_label(after, 1, "Ya")
    assert changed(after) == [
        ("changed", "step", "duration", "", "1 jam"),
        ("changed", "step", "lanes", "Staf", "Kasubag"),
        ("changed", "step", "next", "3", "Ya: 3"),
        ("changed", "step", "kind", "process", "end"),
    ]


def test_the_one_step_that_moved_is_named() -> None:
    steps = (TABLE.steps[1], TABLE.steps[2], TABLE.steps[0])
    assert changed(replace(TABLE, steps=steps)) == [
        ("moved", "step", "step", "3 Terima", "3 Terima")
    ]


def test_a_renamed_lane_is_one_difference() -> None:
    assert changed(edits.rename_lane(TABLE, "a", "Arsiparis")) == [
        ("changed", "lane", "name", "Staf", "Arsiparis")
    ]


def test_the_same_steps_under_other_ids_are_the_same() -> None:
    copy = edits.paste_steps(Procedure(), edits.copy_steps(TABLE, ["s1", "s2", "s3"]), 0)
    copy = edits.add_lane(copy, Lane("z", "Kasubag"))
    assert changed(copy) == []


def test_steps_of_the_same_words_are_matched_one_by_one() -> None:
    typed = [Procedure(steps=(Step(activity="Paraf"), Step(activity="Paraf"))) for _ in range(2)]
    assert differences(Sop(procedures=(typed[0],)), Sop(procedures=(typed[1],))) == ()


def test_a_flow_table_more_or_less_is_told() -> None:
    two = replace(OLD, procedures=(TABLE, Procedure(title="Bagian B")))
    assert differences(OLD, two) == (Difference("table", "title", "", "Bagian B", "added", 1),)
    assert differences(two, OLD) == (Difference("table", "title", "Bagian B", "", "removed", 1),)
