"""What single edits do, as a clerk expects them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopdesk.document import edits
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

START, PROCESS, DECISION, END = Kind.START, Kind.PROCESS, Kind.DECISION, Kind.END
LANES = (Lane("a", "Staf"), Lane("b", "Kasubag"), Lane("c", "Kabag"))


def table(*symbols: str, flows: str = "") -> Procedure:
    """Build a table from words: `1a:start` is symbol n1 in row 1, lane a; `1-2` and `3-Ya-4` flows.

    A further symbol of a row takes a mark: `1b+x:end` is n1x. `a+b` is a wide symbol.
    """
    rows = 0
    found = []
    for word in symbols:
        place, _, kind = word.partition(":")
        row, rest = place[0], place[1:]
        lanes, _, mark = rest.partition("+")
        name = f"n{row}{mark}"
        found.append(Symbol(f"s{row}", tuple(lanes), Kind(kind or "process"), id=name))
        rows = max(rows, int(row))
    led = []
    for word in flows.split():
        source, *label, target = word.split("-")
        led.append(Flow(f"n{source}", f"n{target}", *label))
    steps = tuple(Step(f"s{n}") for n in range(1, rows + 1))
    return Procedure(LANES, steps, tuple(found), tuple(led))


def flows(procedure: Procedure) -> list[str]:
    """Return the flows as `table` reads them; a new symbol is `new`."""
    known = {symbol.id: symbol.id for symbol in procedure.symbols}
    known = {name: name[1:] if name[0] == "n" and len(name) < 4 else "new" for name in known}
    return [
        "-".join(filter(None, (known[f.source], f.label, known[f.target]))) for f in procedure.flows
    ]


def kinds(procedure: Procedure) -> list[str]:
    rows = [step.id for step in procedure.steps]
    ordered = sorted(procedure.symbols, key=lambda symbol: rows.index(symbol.step))
    return [symbol.kind.value for symbol in ordered]


@pytest.fixture
def plain() -> Procedure:
    return table("1a:start", "2b", "3a", "4c:end", flows="1-2 2-3 3-4")


@pytest.fixture
def branching() -> Procedure:
    return table(
        "1a:start", "2a", "3b:decision", "4a", "5c:end", flows="1-2 2-3 3-Ya-4 3-Tidak-2 4-5"
    )


# --- inserting -----------------------------------------------------------------------------------


def test_the_first_step_is_a_start_and_the_last_an_end() -> None:
    procedure = edits.add_lane(Procedure(), Lane("a"))
    seen = []
    for _ in range(3):
        procedure = edits.insert_step(procedure, Step(), len(procedure.steps))
        seen.append(kinds(procedure))
    assert seen == [["start"], ["start", "end"], ["start", "process", "end"]]


def test_a_step_divides_the_flow_it_stands_on_and_takes_the_lane_above(plain: Procedure) -> None:
    after = edits.insert_step(plain, Step("new"), 2)
    assert flows(after) == ["1-2", "2-new", "new-3", "3-4"]
    assert next(s for s in after.symbols if s.step == "new").lanes == ("b",)


def test_a_step_in_a_branch_leaves_the_label_at_its_decision(branching: Procedure) -> None:
    branching = replace(
        branching,
        flows=(
            *branching.flows[:2],
            Flow("n3", "n4", "Ya", exit=Side.BOTTOM, entry=Side.LEFT),
            *branching.flows[3:],
        ),
    )
    after = edits.insert_step(branching, Step(), 3, "c")
    assert flows(after) == ["1-2", "2-3", "3-Ya-new", "new-4", "3-Tidak-2", "4-5"]
    assert (after.flows[2].exit, after.flows[2].entry) == (Side.BOTTOM, None)
    assert after.flows[3].entry is Side.LEFT


def test_of_two_tracks_a_step_divides_the_one_in_its_lane() -> None:
    tracks = table("1a", "1b+x", "2a", "2b+x", flows="1-2 1x-2x")
    assert flows(edits.insert_step(tracks, Step(), 1, "b")) == ["1-2", "1x-new", "new-2x"]
    assert flows(edits.insert_step(tracks, Step(), 1, "a")) == ["1-new", "new-2", "1x-2x"]


def test_a_step_between_several_gathers_and_spreads_their_flows() -> None:
    many = table("1a:decision", "2a", "2b+x", flows="1-Ya-2 1-Tidak-2x")
    assert flows(edits.insert_step(many, Step(), 1)) == [
        "1-Ya-new", "new-2", "1-Tidak-new", "new-2x",
    ]  # fmt: skip


def test_a_step_below_one_that_jumps_or_goes_back_comes_into_its_way(
    branching: Procedure,
) -> None:
    jumping = table("1a:start", "2a", "3a", "4a:end", flows="1-3 3-4 2-4")
    assert flows(edits.insert_step(jumping, Step(), 2)) == ["1-3", "3-4", "2-new", "new-4"]
    back = table("1a:start", "2a:decision", "3b", "4a:end", flows="1-2 2-Ya-4 2-Tidak-3 3-2")
    assert "new-2" in flows(edits.insert_step(back, Step(), 3))


def test_a_step_below_a_decision_with_one_exit_is_its_second() -> None:
    half = table("1a:start", "2a:decision", flows="1-2 2-Tidak-1")
    after = edits.insert_step(half, Step(), 2)
    assert flows(after) == ["1-2", "2-Tidak-1", "2-new"]
    assert kinds(after)[-1] == "end"
    jumping = table("1a:start", "2a:decision", "3c", "4a:end", flows="1-2 2-Ya-4 3-4")
    after = edits.insert_step(jumping, Step(), 2)
    assert flows(after) == ["1-2", "2-Ya-4", "3-4", "2-new", "new-3"]


def test_a_step_after_the_end_becomes_the_end(plain: Procedure) -> None:
    after = edits.insert_step(plain, Step(), 4)
    assert kinds(after) == ["start", "process", "process", "process", "end"]
    assert flows(after)[-1] == "4-new"


def test_a_step_before_the_start_becomes_the_start(plain: Procedure) -> None:
    after = edits.insert_step(plain, Step(), 0)
    assert kinds(after) == ["start", "process", "process", "process", "end"]
    assert flows(after)[-1] == "new-1"
    assert after.symbols[0].lanes == ("a",)


def test_extra_capsules_move_to_the_new_first_and_last_step() -> None:
    capsules = table("1a+x:start", "1a", "2b", "2b+x:end", flows="1x-1 1-2 2-2x")
    first = edits.insert_step(capsules, Step("top"), 0, "c")
    assert flows(first) == ["1x-new", "new-1", "1-2", "2-2x"]
    assert [(s.step, s.lanes, s.kind) for s in first.symbols[:2]] == [
        ("top", ("c",), START),
        ("top", ("c",), PROCESS),
    ]
    last = edits.insert_step(capsules, Step("foot"), 2)
    assert flows(last) == ["1x-1", "1-2", "2-new", "new-2x"]
    assert [(s.step, s.kind) for s in last.symbols[-2:]] == [("foot", PROCESS), ("foot", END)]


def test_without_a_lane_a_step_has_no_symbol() -> None:
    after = edits.insert_step(Procedure(), Step(), 7)
    assert (len(after.steps), after.symbols) == (1, ())


def test_a_step_whose_id_is_taken_gets_a_fresh_one(plain: Procedure) -> None:
    after = edits.insert_step(plain, Step("s1"), 1)
    assert len({step.id for step in after.steps}) == 5


# --- deleting ------------------------------------------------------------------------------------


def test_deleting_a_step_joins_its_neighbours(plain: Procedure) -> None:
    after = edits.delete_steps(plain, ["s2"])
    assert flows(after) == ["1-3", "3-4"]
    assert after.flows[1] is plain.flows[2]
    assert after.symbols[0] is plain.symbols[0]


def test_a_decisions_exit_keeps_label_and_place_when_its_target_goes(branching: Procedure) -> None:
    assert flows(edits.delete_steps(branching, ["s4"])) == ["1-2", "2-3", "3-Ya-5", "3-Tidak-2"]
    assert flows(edits.delete_steps(branching, ["s2"])) == ["1-3", "3-Ya-4", "4-5"]


def test_of_a_deleted_decision_only_the_main_way_goes_on(branching: Procedure) -> None:
    assert flows(edits.delete_steps(branching, ["s3"])) == ["1-2", "2-4", "4-5"]


def test_a_branch_that_nothing_else_leads_to_survives_its_decision() -> None:
    fork = table("1a:start", "2a:decision", "3a", "3b+x", "4a:end",
                 flows="1-2 2-Ya-3 2-Tidak-3x 3-4 3x-4")  # fmt: skip
    assert flows(edits.delete_steps(fork, ["s2"])) == ["1-3", "1-3x", "3-4", "3x-4"]


def test_the_main_way_of_a_decision_is_the_nearest_below() -> None:
    fork = table("1a:start", "2b:decision", "3a", "4a", "5c:end",
                 flows="1-2 2-Batal-1 2-Tidak-5 2-Ya-3 3-4 4-3 4-5")  # fmt: skip
    assert flows(edits.delete_steps(fork, ["s2"])) == ["1-3", "3-4", "4-3", "4-5"]


def test_joined_flows_have_the_label_before_else_the_one_behind() -> None:
    behind = table("1a:start", "2b", "3a:end", flows="1-2 2-Lanjut-3")
    assert flows(edits.delete_steps(behind, ["s2"])) == ["1-Lanjut-3"]
    both = table("1a:decision", "2b", "3a:end", flows="1-Ya-2 2-Lanjut-3")
    assert flows(edits.delete_steps(both, ["s2"])) == ["1-Ya-3"]


def test_joining_makes_no_flow_twice() -> None:
    both = table("1a:start", "2a", "3a:end", flows="1-3 1-2 2-3")
    assert flows(edits.delete_steps(both, ["s2"])) == ["1-3"]


def test_start_and_end_pass_to_the_new_first_and_last_step(plain: Procedure) -> None:
    assert kinds(edits.delete_steps(plain, ["s1"])) == ["start", "process", "end"]
    assert kinds(edits.delete_steps(plain, ["s4"])) == ["start", "process", "end"]
    assert kinds(edits.delete_steps(plain, ["s1", "s2"])) == ["start", "end"]
    assert kinds(edits.delete_steps(plain, ["s3", "s4"])) == ["start", "end"]


def test_one_of_two_starts_passes_on_only_where_nothing_else_leads() -> None:
    two = table("1a:start", "1b+x:start", "2a", "2b+x", "3a:end", flows="1-2 1x-2x 2-3 2x-3")
    assert kinds(edits.delete_steps(two, ["s1"])) == ["start", "start", "end"]
    joined = table("1a:start", "2b+x:start", "3a", "4a:end", flows="1-3 2x-3 3-4")
    assert kinds(edits.delete_steps(joined, ["s1"])) == ["start", "process", "end"]


def test_the_end_does_not_pass_to_a_step_that_leads_on_elsewhere() -> None:
    two = table("1a:start", "2b", "3b:end", "4c:end", flows="1-2 2-3 2-4")
    assert kinds(edits.delete_steps(two, ["s3"])) == ["start", "process", "end"]


def test_capsules_move_on_when_the_step_of_their_box_goes() -> None:
    capsules = table("1a+x:start", "1a", "2b", "3c", "3c+x:end", flows="1x-1 1-2 2-3 3-3x")
    first = edits.delete_steps(capsules, ["s1"])
    assert flows(first) == ["1x-2", "2-3", "3-3x"]
    assert [(s.id, s.step, s.lanes) for s in first.symbols[:2]] == [
        ("n1x", "s2", ("b",)), ("n2", "s2", ("b",)),
    ]  # fmt: skip
    last = edits.delete_steps(capsules, ["s3"])
    assert flows(last) == ["1x-1", "1-2", "2-3x"]
    assert edits.delete_steps(capsules, ["s1", "s2", "s3"]).symbols == ()


def test_deleting_nothing_known_changes_nothing(plain: Procedure) -> None:
    assert edits.delete_steps(plain, ["nowhere"]) is plain


# --- merged cells --------------------------------------------------------------------------------


def spanned(*cells: tuple[str, int]) -> Procedure:
    return Procedure(
        steps=tuple(
            Step(f"s{n}", duration=text, spans=Spans(duration=span))
            for n, (text, span) in enumerate(cells, 1)
        )
    )


def durations(procedure: Procedure) -> list[tuple[str, int]]:
    return [(step.duration, step.spans.duration) for step in procedure.steps]


MERGED = (("1 jam", 1), ("3 hari", 3), ("", 1), ("", 1))


def test_a_merged_cell_shrinks_and_passes_to_its_next_row() -> None:
    assert durations(edits.delete_steps(spanned(*MERGED), ["s3"]))[1] == ("3 hari", 2)
    passed = edits.delete_steps(spanned(*MERGED), ["s2"])
    assert durations(passed) == [("1 jam", 1), ("3 hari", 2), ("", 1)]


def test_a_merged_cell_grows_around_a_row_that_comes_inside() -> None:
    inside = edits.insert_step(spanned(*MERGED), Step(), 2)
    assert durations(inside)[1] == ("3 hari", 4)
    below = edits.insert_step(spanned(*MERGED), Step(), 4)
    assert durations(below)[1] == ("3 hari", 3)


def test_a_row_with_words_of_its_own_ends_the_merged_cell_above_it() -> None:
    after = edits.insert_step(spanned(*MERGED), Step(duration="5 menit"), 2)
    assert durations(after)[1:3] == [("3 hari", 1), ("5 menit", 1)]


def test_rows_that_change_places_inside_a_merged_cell_stay_under_it() -> None:
    after = edits.move_step(spanned(*MERGED), "s2", 2)
    assert durations(after) == [("1 jam", 1), ("3 hari", 3), ("", 1), ("", 1)]
    assert [step.id for step in after.steps] == ["s1", "s3", "s2", "s4"]


def test_a_row_that_leaves_a_merged_cell_leaves_its_words_there() -> None:
    after = edits.move_step(spanned(*MERGED), "s2", 0)
    assert durations(after) == [("", 1), ("1 jam", 1), ("3 hari", 2), ("", 1)]


def test_cells_are_merged_and_parted_again() -> None:
    apart = spanned(("1 jam", 1), ("", 1), ("", 1))
    merged = edits.merge_cells(apart, ["s3", "s1"], "duration")
    assert durations(merged) == [("1 jam", 3), ("", 1), ("", 1)]
    assert edits.part_cell(merged, "s2", "duration") == apart


def test_a_merged_cell_holds_what_its_rows_held_and_nothing_twice() -> None:
    apart = spanned(("1 jam", 1), ("1 jam", 1), ("", 1), ("2 hari", 1))
    merged = edits.merge_cells(apart, ["s1", "s4"], "duration")
    assert durations(merged) == [("1 jam\n2 hari", 4), ("", 1), ("", 1), ("", 1)]
    listed = edits.change_step(apart, "s1", outputs=("Surat",))
    listed = edits.change_step(listed, "s2", outputs=("Surat", "Nota"))
    outputs = [s.outputs for s in edits.merge_cells(listed, ["s1", "s2"], "outputs").steps]
    assert outputs == [("Surat", "Nota"), (), (), ()]


def test_merging_takes_in_whole_merged_cells() -> None:
    merged = edits.merge_cells(spanned(*MERGED), ["s1", "s2"], "duration")
    assert durations(merged) == [("1 jam\n3 hari", 4), ("", 1), ("", 1), ("", 1)]


def test_merging_one_cell_or_parting_a_single_one_changes_nothing() -> None:
    procedure = spanned(*MERGED)
    assert edits.merge_cells(procedure, ["s1"], "duration") is procedure
    assert edits.merge_cells(procedure, ["s2", "s3"], "duration") is procedure
    assert edits.merge_cells(procedure, ["s1", "s2"], "activity") is procedure
    assert edits.part_cell(procedure, "s1", "duration") is procedure


# --- moving --------------------------------------------------------------------------------------


def test_the_automatic_flow_follows_the_new_order(plain: Procedure) -> None:
    after = edits.move_step(plain, "s2", 2)
    assert [step.id for step in after.steps] == ["s1", "s3", "s2", "s4"]
    assert flows(after) == ["1-3", "3-2", "2-4"]


def test_down_and_up_again_is_where_it_was(plain: Procedure) -> None:
    for step, to in (("s1", 1), ("s2", 2), ("s3", 3), ("s1", 3)):
        row = [one.id for one in plain.steps].index(step)
        there = edits.move_step(plain, step, to)
        back = edits.move_step(there, step, row)
        assert sorted(flows(back)) == sorted(flows(plain))
        assert kinds(back) == kinds(plain)
        assert back.steps == plain.steps


def test_start_and_end_stay_first_and_last(plain: Procedure) -> None:
    assert kinds(edits.move_step(plain, "s1", 1)) == ["start", "process", "process", "end"]
    assert kinds(edits.move_step(plain, "s4", 0)) == ["start", "process", "process", "end"]
    two = table("1a:start", "2b:end", flows="1-2")
    assert flows(edits.move_step(two, "s1", 1)) == ["2-1"]
    assert flows(edits.move_step(two, "s2", 0)) == ["2-1"]
    assert kinds(edits.move_step(two, "s2", 0)) == ["start", "end"]


def test_an_extra_capsule_stays_first_when_its_box_moves_down() -> None:
    capsules = table("1a+x:start", "1a", "2b", "3c:end", flows="1x-1 1-2 2-3")
    after = edits.move_step(capsules, "s1", 1)
    assert flows(after) == ["1x-2", "2-1", "1-3"]
    assert next(s for s in after.symbols if s.id == "n1x").step == "s2"


def test_labelled_and_backward_flows_keep_their_symbols(branching: Procedure) -> None:
    for step in branching.steps:
        for to in range(5):
            after = edits.move_step(branching, step.id, to)
            assert {"3-Ya-4", "3-Tidak-2"} <= set(flows(after))


def test_a_step_that_a_labelled_flow_ties_moves_with_all_its_flows(branching: Procedure) -> None:
    assert edits.move_step(branching, "s3", 1).flows is branching.flows
    assert edits.move_step(branching, "s4", 4).flows is branching.flows


def test_a_step_with_jumps_keeps_them() -> None:
    jump = table("1a:start", "2a", "3a", "4a", "5a:end", flows="1-2 2-3 3-4 4-5 1-4")
    assert "1-4" in flows(edits.move_step(jump, "s4", 1))


def test_moving_to_the_same_or_no_row_changes_nothing(plain: Procedure) -> None:
    assert edits.move_step(plain, "s2", 1) is plain
    assert edits.move_step(plain, "nowhere", 1) is plain
    assert edits.move_step(plain, "s4", 99) is plain


# --- symbols -------------------------------------------------------------------------------------


def test_removing_a_symbol_joins_its_neighbours_and_leaves_the_step(plain: Procedure) -> None:
    after = edits.remove_symbol(plain, "n2")
    assert flows(after) == ["1-3", "3-4"]
    assert after.steps is plain.steps


def test_who_works_together_takes_over_the_flow() -> None:
    pair = table("1a:start", "2a", "2b+x", "3a:end", flows="1-2 2-3")
    pair = edits.connect(pair, "n2", "n2x", line=Line.PLAIN)
    assert flows(edits.remove_symbol(pair, "n2")) == ["1-2x", "2x-3"]


def test_the_first_symbol_of_a_step_is_led_into_the_flow(plain: Procedure) -> None:
    bare = edits.remove_symbol(plain, "n2")
    assert flows(edits.add_symbol(bare, "s2", ("c",))) == ["1-new", "new-3", "3-4"]
    further = edits.add_symbol(plain, "s2", ("c",))
    assert flows(further) == flows(plain)
    assert len(further.symbols) == 5


def test_a_symbol_moves_with_its_flows(plain: Procedure) -> None:
    after = edits.move_symbol(plain, "n2", ("c", "b"), "s3")
    moved = after.symbols[1]
    assert (moved.step, moved.lanes) == ("s3", ("b", "c"))
    assert after.flows is plain.flows
    assert edits.move_symbol(plain, "n2", ("b",)) is plain
    assert edits.move_symbol(plain, "n2", ("nowhere",)) is plain


def test_kind_and_text_change_one_symbol_only(plain: Procedure) -> None:
    after = edits.set_symbol_text(edits.set_kind(plain, "n2", DECISION), "n2", "Lengkap?")
    assert (after.symbols[1].kind, after.symbols[1].text) == (DECISION, "Lengkap?")
    assert all(after.symbols[n] is plain.symbols[n] for n in (0, 2, 3))
    assert edits.set_kind(plain, "n2", PROCESS) is plain


# --- flows ---------------------------------------------------------------------------------------


def test_a_flow_is_added_led_elsewhere_labelled_and_removed(plain: Procedure) -> None:
    added = edits.connect(plain, "n3", "n1", "Tidak")
    assert flows(added)[-1] == "3-Tidak-1"
    assert flows(edits.reconnect(added, 3, target="n2"))[-1] == "3-Tidak-2"
    assert flows(edits.set_label(added, 3, "Batal"))[-1] == "3-Batal-1"
    assert edits.disconnect(added, 3).flows == plain.flows


def test_an_end_that_is_led_elsewhere_is_free_again(plain: Procedure) -> None:
    fixed = edits.set_sides(plain, 0, Side.RIGHT, Side.LEFT)
    led = edits.reconnect(fixed, 0, target="n3").flows[0]
    assert (led.exit, led.entry) == (Side.RIGHT, None)


def test_what_would_be_no_flow_or_one_twice_changes_nothing(plain: Procedure) -> None:
    assert edits.connect(plain, "n1", "n1") is plain
    assert edits.connect(plain, "n1", "n2") is plain
    assert edits.connect(plain, "n1", "nowhere") is plain
    assert edits.reconnect(plain, 0, target="n1") is plain
    assert edits.disconnect(plain, 9) is plain
    assert edits.set_sides(plain, 0, Side.TOP, Side.BOTTOM) is plain


# --- lanes ---------------------------------------------------------------------------------------


def test_the_symbols_of_a_removed_lane_move_to_its_neighbour(plain: Procedure) -> None:
    after = edits.remove_lane(plain, "b")
    assert [symbol.lanes for symbol in after.symbols] == [("a",), ("a",), ("a",), ("c",)]
    first = edits.remove_lane(plain, "a")
    assert [symbol.lanes for symbol in first.symbols] == [("b",), ("b",), ("b",), ("c",)]
    assert after.flows is plain.flows
    last = edits.remove_lane(plain, "c")
    assert [symbol.lanes for symbol in last.symbols] == [("a",), ("b",), ("a",), ("b",)]


def test_a_wide_symbol_shrinks_with_its_lane() -> None:
    wide = table("1abc:start")
    assert edits.remove_lane(wide, "b").symbols[0].lanes == ("a", "c")


def test_with_the_last_lane_the_symbols_go() -> None:
    procedure = replace(table("1a:start", "2a:end", flows="1-2"), lanes=LANES[:1])
    after = edits.remove_lane(procedure, "a")
    assert (after.symbols, after.flows, len(after.steps)) == ((), (), 2)


def test_a_wide_symbol_whose_lanes_come_apart_is_parted_and_no_actor_is_lost() -> None:
    wide = table("1ab:start", "2b:end", flows="1-2")
    after = edits.move_lane(wide, "c", 1)
    assert sorted(lane for s in after.symbols if s.step == "s1" for lane in s.lanes) == ["a", "b"]
    assert after.flows[0] is wide.flows[0]
    assert after.flows[1].line is Line.PLAIN
    assert edits.move_lane(wide, "c", 2) is wide


def test_lanes_are_added_renamed_and_grouped(plain: Procedure) -> None:
    after = edits.add_lane(plain, Lane("a", "Sekda"), 0)
    assert [lane.name for lane in after.lanes] == ["Sekda", "Staf", "Kasubag", "Kabag"]
    assert len({lane.id for lane in after.lanes}) == 4
    assert edits.rename_lane(plain, "b", "Kasi").lanes[1].name == "Kasi"
    assert edits.set_lane_group(plain, "b", ("Dinas",)).lanes[1].group == ("Dinas",)
    assert edits.rename_lane(plain, "b", "Kasubag") is plain


# --- copying -------------------------------------------------------------------------------------


def test_copied_steps_come_into_the_flow_under_fresh_ids(plain: Procedure) -> None:
    after = edits.paste_steps(plain, edits.copy_steps(plain, ["s2", "s3"]), 3)
    assert len({s.id for s in after.symbols}) == len({s.id for s in after.steps}) == 6
    assert kinds(after) == ["start", *["process"] * 4, "end"]
    assert sorted(flows(after)) == ["1-2", "2-3", "3-new", "new-4", "new-new"]


def test_a_copied_start_is_an_ordinary_step_between_others(plain: Procedure) -> None:
    after = edits.paste_steps(plain, edits.copy_steps(plain, ["s1"]), 2)
    assert kinds(after) == ["start", "process", "process", "process", "end"]
    capsules = table("1a+x:start", "1a", "2b:end", flows="1x-1 1-2")
    pasted = edits.paste_steps(capsules, edits.copy_steps(capsules, ["s1"]), 1)
    assert kinds(pasted) == ["start", "process", "process", "end"]


def test_into_an_empty_table_a_whole_chart_comes_as_it_is(branching: Procedure) -> None:
    fragment = edits.copy_steps(branching, [step.id for step in branching.steps])
    after = edits.paste_steps(Procedure(), fragment, 0)
    assert kinds(after) == kinds(branching)
    assert [flow.label for flow in after.flows] == [flow.label for flow in branching.flows]
    assert [lane.name for lane in after.lanes] == ["Staf", "Kasubag", "Kabag"]


def test_lanes_of_another_table_are_found_by_name_or_added(plain: Procedure) -> None:
    other = Procedure(lanes=(Lane("z", "KASUBAG"),))
    after = edits.paste_steps(other, edits.copy_steps(plain, ["s2", "s3"]), 0)
    assert [lane.name for lane in after.lanes] == ["KASUBAG", "Staf"]
    assert [symbol.lanes[0] for symbol in after.symbols] == ["z", after.lanes[1].id]


def test_a_copied_decision_keeps_its_exits(branching: Procedure) -> None:
    after = edits.paste_steps(branching, edits.copy_steps(branching, ["s3"]), 4)
    assert {"new-Tidak-2", "new-Ya-5", "4-new"} <= set(flows(after))


def test_a_copied_step_leaves_the_jumps_to_the_step_it_was_copied_from() -> None:
    jumping = table("1a:start", "2b", "3b", "4c:end", flows="1-2 2-4 3-4")
    after = edits.paste_steps(jumping, edits.copy_steps(jumping, ["s2"]), 1)
    assert sorted(flows(after)) == ["1-new", "2-4", "3-4", "new-2"]


# --- flow tables ---------------------------------------------------------------------------------


def test_an_sop_always_has_a_flow_table() -> None:
    sop = edits.new_sop("Surat", ("Umum",))
    assert (sop.identity.title, sop.identity.unit) == ("Surat", ("Umum",))
    two = edits.add_procedure(sop)
    assert len(two.procedures) == 2
    assert len(edits.remove_procedure(two, 0).procedures) == 1
    filled = edits.replace_procedure(sop, 0, table("1a:start"))
    assert edits.remove_procedure(filled, 0).procedures == (Procedure(),)
    assert edits.replace_procedure(filled, 0, filled.procedures[0]) is filled
