from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import procedures, texts

from sopdesk.document.cells import COLUMNS, cell_text, set_cell, shown_numbers
from sopdesk.document.edits import connect, delete_steps, insert_step, move_step
from sopdesk.document.reading import arrows_from
from sopdesk.document.validity import faults_of_procedure
from sopdesk.document.values import (
    Flow,
    Kind,
    Lane,
    Line,
    Procedure,
    Side,
    Spans,
    Step,
    Symbol,
)
from sopdesk.foundation.faults import UserError

WORDS = {
    Kind.START: "Mulai",
    Kind.PROCESS: "Proses",
    Kind.DECISION: "Keputusan",
    Kind.END: "Selesai",
}
LANES = (Lane("a", "Staf"), Lane("b", "Kasubag"), Lane("c", "Kabag"))


def table(*kinds: Kind, flows: tuple[Flow, ...] = ()) -> Procedure:
    """Steps s1, s2 ... with a symbol n1, n2 ... each, in the first lane."""
    return Procedure(
        LANES,
        tuple(Step(f"s{n}") for n in range(1, len(kinds) + 1)),
        tuple(Symbol(f"s{n}", ("a",), kind, id=f"n{n}") for n, kind in enumerate(kinds, 1)),
        flows,
    )


@pytest.fixture
def branching() -> Procedure:
    kinds = (Kind.START, Kind.PROCESS, Kind.DECISION, Kind.PROCESS, Kind.END)
    return table(
        *kinds,
        flows=(
            Flow("n1", "n2"),
            Flow("n2", "n3"),
            Flow("n3", "n4", "Ya", exit=Side.BOTTOM),
            Flow("n3", "n2", "Tidak"),
            Flow("n4", "n5"),
        ),
    )


def text(procedure: Procedure, step: str, column: str) -> str:
    return cell_text(procedure, step, column, WORDS)


def put(procedure: Procedure, step: str, column: str, typed: str) -> Procedure:
    return set_cell(procedure, step, column, typed, WORDS)


def refused(procedure: Procedure, step: str, column: str, typed: str) -> str:
    with pytest.raises(UserError) as caught:
        put(procedure, step, column, typed)
    return caught.value.code


# --- every column --------------------------------------------------------------------------------


@given(procedures())
def test_a_cell_that_is_left_as_it_is_changes_nothing(procedure: Procedure) -> None:
    for step in procedure.steps:
        for column in COLUMNS:
            assert put(procedure, step.id, column, text(procedure, step.id, column)) is procedure


@given(procedures(), st.sampled_from(COLUMNS), st.integers(0, 9), st.data())
def test_what_is_typed_is_refused_or_leaves_a_valid_table(
    procedure: Procedure, column: str, row: int, data: st.DataObject
) -> None:
    if not procedure.steps:
        return
    others = [text(procedure, step.id, column) for step in procedure.steps]
    typed = data.draw(texts | st.sampled_from(others) | st.sampled_from(
        ["1", "#2", "Ya: 1; Tidak: #3", "Mulai\nSelesai", "Staf + Baru", "Staf\nKasubag", "p"]
    ))  # fmt: skip
    try:
        after = put(procedure, procedure.steps[row % len(procedure.steps)].id, column, typed)
    except UserError:
        return
    assert list(faults_of_procedure(after)) == []


@given(
    procedures(), st.sampled_from(["activity", "requirements", "outputs", "remarks", "duration"])
)
def test_words_read_back_as_they_were_understood(procedure: Procedure, column: str) -> None:
    """Set once, a text is shown in a form that means the same again."""
    for step in procedure.steps:
        typed = text(procedure, step.id, column) + "\n- a\n  b"
        after = put(procedure, step.id, column, typed)
        shown = text(after, step.id, column)
        again = put(put(after, step.id, column, ""), step.id, column, shown)
        assert text(again, step.id, column) == shown


# --- number --------------------------------------------------------------------------------------


def test_automatic_numbers_go_on_from_the_number_above() -> None:
    numbers = (None, "3.", None, "a)", None)
    procedure = Procedure(steps=tuple(Step(number=number) for number in numbers))
    assert shown_numbers(procedure) == ("1.", "3.", "4.", "a)", "5.")


def test_a_number_typed_stays_and_an_empty_one_is_automatic_again() -> None:
    procedure = put(table(Kind.START, Kind.END), "s2", "number", "7.")
    assert text(procedure, "s2", "number") == "7."
    assert text(put(procedure, "s2", "number", ""), "s2", "number") == "2."


# --- words ---------------------------------------------------------------------------------------


def test_lines_with_a_dash_are_the_items_of_an_activity() -> None:
    procedure = put(table(Kind.START), "s1", "activity", "Memeriksa:\n- konsep\n- lampiran\n  B")
    step = procedure.steps[0]
    assert (step.activity, step.activity_items) == ("Memeriksa:", ("konsep", "lampiran\nB"))
    assert text(procedure, "s1", "activity") == "Memeriksa:\n- konsep\n- lampiran\n  B"


def test_lists_hold_one_item_a_line_and_no_blank_ones() -> None:
    procedure = put(table(Kind.START), "s1", "requirements", "Surat\n\n Disposisi \r\n")
    assert procedure.steps[0].requirements == ("Surat", "Disposisi")


def test_a_row_under_a_merged_cell_shows_and_sets_it() -> None:
    steps = (Step("s1", duration="2 hari", spans=Spans(duration=2)), Step("s2"), Step("s3"))
    procedure = Procedure(steps=steps)
    assert text(procedure, "s2", "duration") == "2 hari"
    after = put(procedure, "s2", "duration", "3 hari")
    assert [step.duration for step in after.steps] == ["3 hari", "", ""]


# --- lanes ---------------------------------------------------------------------------------------


def test_a_name_moves_the_symbol_and_keeps_its_flows(branching: Procedure) -> None:
    after = put(branching, "s3", "lanes", "kasubag")
    assert after.symbols[2].lanes == ("b",)
    assert after.flows is branching.flows


def test_two_names_joined_are_one_wide_symbol_in_the_order_of_the_lanes() -> None:
    after = put(table(Kind.START), "s1", "lanes", "Kasubag + Staf")
    assert after.symbols[0].lanes == ("a", "b")
    assert text(after, "s1", "lanes") == "Staf + Kasubag"


def test_lanes_that_are_no_neighbours_cannot_be_joined() -> None:
    assert refused(table(Kind.START), "s1", "lanes", "Staf + Kabag") == "cell_lanes_apart"


def test_an_unknown_name_adds_a_lane_beside_the_one_it_is_typed_with() -> None:
    after = put(table(Kind.START), "s1", "lanes", "Kabag")
    after = put(after, "s1", "lanes", "Sekda")
    assert [lane.name for lane in after.lanes] == ["Staf", "Kasubag", "Kabag", "Sekda"]
    wide = put(table(Kind.START), "s1", "lanes", "Staf + Arsiparis")
    assert [lane.name for lane in wide.lanes] == ["Staf", "Arsiparis", "Kasubag", "Kabag"]


def test_a_lane_whose_name_holds_a_plus_is_found_whole() -> None:
    lanes = (Lane("x", "Staf + Kasubag"), *LANES)
    procedure = Procedure(lanes, (Step("s1"),), (Symbol("s1", ("a",), id="n1"),))
    assert put(procedure, "s1", "lanes", "Staf + Kasubag").symbols[0].lanes == ("x",)


def test_a_line_more_adds_a_symbol_and_a_line_less_removes_one() -> None:
    two = put(table(Kind.START, Kind.END, flows=(Flow("n1", "n2"),)), "s1", "lanes", "Kabag\nStaf")
    assert text(two, "s1", "lanes") == "Kabag\nStaf"
    assert {symbol.id for symbol in two.symbols} > {"n1", "n2"}
    assert text(put(two, "s1", "lanes", "Staf"), "s1", "lanes") == "Staf"
    assert put(two, "s1", "lanes", "Staf").flows == (Flow("n1", "n2"),)


def test_no_name_at_all_takes_the_symbol_out_of_the_flow(branching: Procedure) -> None:
    after = put(branching, "s2", "lanes", "")
    assert [(f.source, f.target, f.label) for f in after.flows] == [
        ("n1", "n3", ""), ("n3", "n4", "Ya"), ("n4", "n5", ""),
    ]  # fmt: skip


def test_naming_the_first_lanes_of_a_bare_table_draws_its_chart() -> None:
    procedure = Procedure(steps=(Step("s1"), Step("s2"), Step("s3")))
    for step, name in (("s1", "Staf"), ("s2", "Kasubag"), ("s3", "Staf")):
        procedure = put(procedure, step, "lanes", name)
    assert [text(procedure, step, "kind") for step in ("s1", "s2", "s3")] == [
        "Mulai", "Proses", "Selesai",
    ]  # fmt: skip
    assert [text(procedure, step, "next") for step in ("s1", "s2", "s3")] == ["2", "3", ""]


# --- kind ----------------------------------------------------------------------------------------


def test_a_kind_is_a_word_or_its_plain_beginning(branching: Procedure) -> None:
    assert put(branching, "s2", "kind", "keputusan").symbols[1].kind is Kind.DECISION
    assert put(branching, "s2", "kind", "Sel").symbols[1].kind is Kind.END
    assert put(branching, "s3", "kind", "").symbols[2].kind is Kind.PROCESS


def test_a_word_that_is_no_kind_or_a_line_too_many_is_refused(branching: Procedure) -> None:
    assert refused(branching, "s2", "kind", "Kotak") == "cell_kind_unknown"
    assert refused(branching, "s2", "kind", "Proses\nProses") == "cell_too_many_lines"


def test_a_kind_for_a_step_without_symbol_makes_one() -> None:
    procedure = Procedure(LANES, (Step("s1"),))
    assert text(put(procedure, "s1", "kind", "Keputusan"), "s1", "lanes") == "Staf"
    assert refused(Procedure(steps=(Step("s1"),)), "s1", "kind", "Proses") == "cell_no_lane"


# --- next ----------------------------------------------------------------------------------------


def test_the_way_on_is_shown_by_number_and_label(branching: Procedure) -> None:
    assert [text(branching, f"s{n}", "next") for n in range(1, 6)] == [
        "2", "3", "Ya: 4; Tidak: 2", "5", "",
    ]  # fmt: skip


def test_a_way_typed_is_kept_by_identity_when_rows_move_and_numbers_change(
    branching: Procedure,
) -> None:
    procedure = put(branching, "s3", "next", "Ya: 5; Tidak: 1")
    inserted = insert_step(procedure, Step("new"), 1)
    assert text(inserted, "s3", "next") == "Ya: 6; Tidak: 1"
    moved = move_step(branching, "s2", 0)
    assert text(moved, "s3", "next") == "Ya: 4; Tidak: 1"
    assert {f.target for f in arrows_from(moved, "n3")} == {"n4", "n2"}


def test_changing_one_way_keeps_the_other_flow_and_the_fixed_side(branching: Procedure) -> None:
    after = put(branching, "s3", "next", "Ya: 5; Tidak: 2")
    assert after.flows[2] == Flow("n3", "n5", "Ya", exit=Side.BOTTOM)
    assert after.flows[3] is branching.flows[3]
    worded = put(branching, "s3", "next", "Setuju: 4; Tidak: 2")
    assert worded.flows[2] == Flow("n3", "n4", "Setuju", exit=Side.BOTTOM)


def test_ways_are_shown_in_the_order_they_were_typed(branching: Procedure) -> None:
    after = put(branching, "s3", "next", "Tidak: 2; Ya: 4; Batal: 5")
    assert text(after, "s3", "next") == "Tidak: 2; Ya: 4; Batal: 5"


def test_an_empty_cell_ends_the_flow_there_but_keeps_plain_lines() -> None:
    line = Flow("n1", "n2", line=Line.PLAIN)
    procedure = table(Kind.START, Kind.PROCESS, flows=(line, Flow("n1", "n2")))
    assert put(procedure, "s1", "next", "").flows == (line,)


def test_rows_with_blank_or_repeated_numbers_go_by_their_row() -> None:
    procedure = table(Kind.START, Kind.PROCESS, Kind.PROCESS, flows=(Flow("n1", "n3"),))
    for step in ("s2", "s3"):
        procedure = put(procedure, step, "number", "2.")
    assert text(procedure, "s1", "next") == "#3"
    assert refused(procedure, "s1", "next", "2") == "cell_number_repeated"
    assert put(procedure, "s1", "next", "#2").flows == (Flow("n1", "n2"),)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9", "cell_number_unknown"), ("#9", "cell_number_unknown"), ("Ya: 9; Tidak: 2",
        "cell_number_unknown"), ("3", "cell_next_itself"), ("Ya:; Tidak: 2", "cell_next_unread"),
        ("Ya", "cell_next_unread"), ("4\n5", "cell_too_many_lines"),
    ],
)  # fmt: skip
def test_a_way_that_leads_nowhere_is_refused(branching: Procedure, typed: str, code: str) -> None:
    assert refused(branching, "s3", "next", typed) == code


def test_a_step_without_symbol_cannot_be_led_to(branching: Procedure) -> None:
    bare = Procedure(LANES, (*branching.steps, Step("s6")), branching.symbols, branching.flows)
    assert refused(bare, "s4", "next", "6") == "cell_step_without_symbol"


@pytest.mark.parametrize(
    "typed",
    [
        "ya 5 tidak 2", "Ya 5, Tidak 2", "ya 5; tidak 2", "ya=5 / tidak=2", "ya ke 5, tidak ke 2.",
        "Ya: 5, Tidak: 2", "ya -> #5 tidak -> #2",
    ],
)  # fmt: skip
def test_ways_are_read_as_one_would_say_them(branching: Procedure, typed: str) -> None:
    assert text(put(branching, "s3", "next", typed), "s3", "next") == "Ya: 5; Tidak: 2"


def test_a_label_with_a_number_in_it_is_no_way_of_its_own(branching: Procedure) -> None:
    written = "Tahap 1 selesai: 5; Tahap 2, lalu 3: 4"
    assert text(put(branching, "s3", "next", written), "s3", "next") == written


@pytest.mark.parametrize("typed", ["ya 5 tidak", "5 ya", "ya tidak", "ya 5 tidak 2 batal?"])
def test_what_names_no_step_for_a_label_is_not_guessed(branching: Procedure, typed: str) -> None:
    assert refused(branching, "s3", "next", typed) in ("cell_next_unread", "cell_number_unknown")


def test_a_way_leads_to_a_row_s_start_only_at_need() -> None:
    lines = table(Kind.PROCESS, Kind.START)
    assert arrows_from(put(lines, "s1", "next", "2"), "n1")[0].target == "n2"
    both = replace(lines, symbols=(*lines.symbols, Symbol("s2", ("b",), id="box")))
    assert arrows_from(put(both, "s1", "next", "2"), "n1")[0].target == "box"


def test_a_label_may_hold_a_semicolon(branching: Procedure) -> None:
    after = put(branching, "s3", "next", "Ya; lengkap: 4; Tidak: 2")
    assert [flow.label for flow in arrows_from(after, "n3")] == ["Ya; lengkap", "Tidak"]


def test_two_symbols_of_a_step_lead_on_line_by_line() -> None:
    procedure = Procedure(
        LANES,
        (Step("s1"), Step("s2")),
        (
            Symbol("s1", ("a",), Kind.START, id="n1"),
            Symbol("s1", ("a",), id="n2"),
            Symbol("s2", ("a",), Kind.END, id="n3"),
        ),
        (Flow("n1", "n2"), Flow("n2", "n3")),
    )
    assert text(procedure, "s1", "next") == "1\n2"
    after = put(procedure, "s1", "next", "2\n")
    assert after.flows == (Flow("n1", "n3"),)
    assert put(after, "s1", "next", "1\n2").flows == procedure.flows


def test_a_target_that_is_deleted_leads_on_to_what_followed(branching: Procedure) -> None:
    after = delete_steps(branching, ["s4"])
    assert text(after, "s3", "next") == "Ya: 4; Tidak: 2"
    assert connect(after, "n3", "n5", "Ya") is after
