"""Two clerks changed one SOP: what comes together by itself, and what somebody must decide."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.edits.steps import insert_rows
from sopdesk.document.merging import choose, merge
from sopdesk.document.reading import symbols_of
from sopdesk.document.validity import faults
from sopdesk.document.values import (
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Procedure,
    Sop,
    Status,
    Step,
    Symbol,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.merging import Merged

WORDS = ("Terima", "Catat", "Paraf", "Kirim", "Simpan")
KINDS = (Kind.START, Kind.PROCESS, Kind.PROCESS, Kind.PROCESS, Kind.END)
TABLE = Procedure(
    (Lane("a", "Staf"), Lane("b", "Kasubag"), Lane("c", "Sekretaris")),
    tuple(Step(f"s{n}", activity=word) for n, word in enumerate(WORDS, 1)),
    tuple(Symbol(f"s{n}", ("a",), kind, id=f"n{n}") for n, kind in enumerate(KINDS, 1)),
    tuple(Flow(f"n{n}", f"n{n + 1}") for n in range(1, 5)),
)
BASE = Sop(Identity(title="Surat Masuk"), (TABLE,))


def with_table(table: Procedure) -> Sop:
    return replace(BASE, procedures=(table,))


def titled(title: str) -> Sop:
    return replace(BASE, identity=replace(BASE.identity, title=title))


def merged_tables(mine: Procedure, theirs: Procedure) -> Merged:
    merged = merge(BASE, with_table(mine), with_table(theirs))
    assert faults(merged.sop) == ()
    return merged


def ways(sop: Sop) -> list[tuple[str, str]]:
    """Which activity leads to which."""
    (table,) = sop.procedures
    names = {symbol.id: step.activity for step in table.steps
             for symbol in symbols_of(table, step.id)}  # fmt: skip
    return [(names[flow.source], names[flow.target]) for flow in table.flows]


def activities(sop: Sop) -> list[str]:
    return [step.activity for step in sop.procedures[0].steps]


def all_theirs(merged: Merged) -> Sop:
    return choose(merged, {clash.key: "theirs" for clash in merged.clashes})


# Fields


def test_a_field_that_both_changed_is_a_clash_and_mine_until_chosen() -> None:
    merged = merge(BASE, titled("Surat Masuk Dinas"), titled("Surat Masuk Umum"))
    (clash,) = merged.clashes
    assert (clash.part, clash.field) == ("identity", "title")
    assert (clash.base, clash.mine, clash.theirs) == (
        "Surat Masuk", "Surat Masuk Dinas", "Surat Masuk Umum",
    )  # fmt: skip
    assert merged.sop.identity.title == "Surat Masuk Dinas"
    assert choose(merged, {clash.key: "theirs"}).identity.title == "Surat Masuk Umum"
    assert choose(merged, {}) == merged.sop


def test_a_list_is_one_field() -> None:
    mine = replace(BASE, identity=replace(BASE.identity, equipment=("Komputer",)))
    theirs = replace(BASE, identity=replace(BASE.identity, equipment=("Printer",)))
    assert [clash.field for clash in merge(BASE, mine, theirs).clashes] == ["equipment"]


def test_uuid_and_origin_are_mine() -> None:
    theirs = replace(BASE, uuid="2", origin=BASE.uuid, status=Status.FINAL)
    merged = merge(BASE, BASE, theirs)
    assert merged.sop == replace(BASE, status=Status.FINAL)


def test_a_closing_block_that_one_removed_and_the_other_changed_is_one_clash() -> None:
    base = replace(BASE, closing=Closing(name="A", rank="Pembina"))
    mine, theirs = replace(base, closing=None), replace(base, closing=Closing(name="B"))
    merged = merge(base, mine, theirs)
    (clash,) = merged.clashes
    assert (clash.field, clash.base, clash.mine, clash.theirs) == ("closing", "A\nPembina", "", "B")
    assert merged.sop.closing is None
    assert all_theirs(merged).closing == Closing(name="B")


def test_without_a_base_one_can_choose_part_by_part() -> None:
    mine = replace(titled("Judul saya"), status=Status.FINAL)
    theirs = replace(titled("Judul mereka"), status=Status.REVIEW)
    merged = merge(None, mine, theirs)
    keys = {clash.field: clash.key for clash in merged.clashes}
    assert set(keys) == {"title", "status"}
    chosen = choose(merged, {keys["title"]: "theirs"})
    assert (chosen.identity.title, chosen.status) == ("Judul mereka", Status.FINAL)


# Steps and their ways


def test_cells_of_one_step_come_from_both_sides() -> None:
    mine = edits.change_step(TABLE, "s2", duration="10 menit")
    theirs = edits.move_symbol(edits.change_step(TABLE, "s2", remarks="ya"), "n2", ("b",))
    merged = merged_tables(mine, theirs)
    assert merged.clashes == ()
    assert merged.sop == with_table(edits.change_step(theirs, "s2", duration="10 menit"))


def test_a_cell_that_both_changed_names_its_step() -> None:
    mine = edits.change_step(TABLE, "s2", duration="10 menit")
    theirs = edits.change_step(TABLE, "s2", duration="1 jam")
    (clash,) = merged_tables(mine, theirs).clashes
    assert (clash.part, clash.field, clash.name, clash.procedure) == (
        "step", "duration", "2 Catat", 0,
    )  # fmt: skip


def test_steps_added_at_two_places_stand_where_they_were_added_and_are_led_through() -> None:
    mine = edits.insert_step(TABLE, Step("x", activity="Mine"), 1)
    theirs = edits.insert_step(TABLE, Step("y", activity="Theirs"), 3)
    merged = merged_tables(mine, theirs)
    assert merged.clashes == ()
    order = ["Terima", "Mine", "Catat", "Paraf", "Theirs", "Kirim", "Simpan"]
    assert activities(merged.sop) == order
    assert sorted(ways(merged.sop)) == sorted(itertools.pairwise(order))


def test_steps_added_at_one_place_stand_mine_first_and_the_way_there_is_a_clash() -> None:
    mine = edits.insert_step(TABLE, Step("x", activity="Mine"), 2)
    theirs = edits.insert_step(TABLE, Step("y", activity="Theirs"), 2)
    merged = merged_tables(mine, theirs)
    assert activities(merged.sop) == [
        "Terima",
        "Catat",
        "Mine",
        "Theirs",
        "Paraf",
        "Kirim",
        "Simpan",
    ]
    (clash,) = merged.clashes
    assert (clash.field, clash.name, clash.base) == ("next", "2 Catat", "3")
    assert ("Catat", "Mine") in ways(merged.sop)
    assert ("Catat", "Theirs") in ways(all_theirs(merged))


def test_neighbours_that_two_deleted_are_both_gone_and_the_flow_is_whole() -> None:
    merged = merged_tables(edits.delete_steps(TABLE, ["s2"]), edits.delete_steps(TABLE, ["s3"]))
    assert merged.clashes == ()
    assert ways(merged.sop) == [("Terima", "Kirim"), ("Kirim", "Simpan")]


def test_a_step_deleted_here_and_changed_there_is_a_clash_and_comes_back_with_its_ways() -> None:
    mine = edits.delete_steps(TABLE, ["s2"])
    theirs = edits.change_step(TABLE, "s2", duration="1 jam")
    merged = merged_tables(mine, theirs)
    (clash,) = merged.clashes
    assert (clash.part, clash.field, clash.mine, clash.theirs) == ("step", "step", "", "2 Catat")
    assert merged.sop == with_table(mine)
    assert all_theirs(merged) == with_table(theirs)


def test_a_step_changed_here_and_deleted_there_stays_with_its_ways_until_chosen() -> None:
    mine = edits.set_kind(TABLE, "n2", Kind.DECISION)
    theirs = edits.delete_steps(TABLE, ["s2"])
    merged = merged_tables(mine, theirs)
    assert [clash.field for clash in merged.clashes] == ["step"]
    assert merged.sop == with_table(mine)
    assert all_theirs(merged) == with_table(theirs)


def test_a_step_added_behind_one_that_is_gone_is_a_clash_since_nothing_leads_there() -> None:
    mine = edits.delete_steps(TABLE, ["s2"])
    theirs = edits.insert_step(TABLE, Step("x", activity="Theirs"), 2)
    merged = merged_tables(mine, theirs)
    assert [(clash.field, clash.name) for clash in merged.clashes] == [("step", "2 Catat")]
    assert activities(merged.sop) == ["Terima", "Theirs", "Paraf", "Kirim", "Simpan"]
    assert all_theirs(merged) == with_table(theirs)


def test_rows_under_a_merged_cell_are_no_change_of_the_step_that_it_begins_in() -> None:
    start = edits.merge_cells(TABLE, ["s2", "s3"], "duration")
    mine = edits.delete_steps(start, ["s2"])
    theirs = insert_rows(start, (Step("x"),), 2)
    merged = merge(with_table(start), with_table(mine), with_table(theirs))
    assert merged.clashes == ()
    assert [step.id for step in merged.sop.procedures[0].steps] == ["s1", "x", "s3", "s4", "s5"]


def test_a_way_drawn_to_a_step_that_is_gone_is_led_on() -> None:
    mine = edits.delete_steps(TABLE, ["s3"])
    theirs = edits.connect(TABLE, "n1", "n3", "Ya")
    merged = merged_tables(mine, theirs)
    assert merged.clashes == ()
    assert ("Terima", "Kirim") in ways(merged.sop)


def test_a_step_that_one_moved_stays_moved_beside_one_that_the_other_added() -> None:
    mine = edits.move_step(TABLE, "s4", 1)
    theirs = edits.insert_step(TABLE, Step("y", activity="Theirs"), 1)
    merged = merged_tables(mine, theirs)
    assert [a for a in activities(merged.sop) if a != "Theirs"] == activities(with_table(mine))
    assert activities(merged.sop).index("Theirs") == 1


def test_two_orders_are_one_clash() -> None:
    mine = replace(TABLE, steps=(TABLE.steps[1], TABLE.steps[0], *TABLE.steps[2:]))
    theirs = replace(TABLE, steps=(*TABLE.steps[:3], TABLE.steps[4], TABLE.steps[3]))
    merged = merged_tables(mine, theirs)
    (clash,) = merged.clashes
    assert (clash.part, clash.field) == ("table", "steps")
    assert clash.mine.splitlines()[0] == "1 Catat"
    assert all_theirs(merged) == with_table(theirs)


def test_what_both_had_already_is_ordered_by_the_one_who_moved_something() -> None:
    """The base that is known may be older than the version that both were made from."""
    theirs = edits.insert_step(TABLE, Step("x", activity="Baru"), 2)
    mine = replace(theirs, steps=(theirs.steps[1], theirs.steps[0], *theirs.steps[2:]))
    merged = merged_tables(mine, theirs)
    assert (merged.sop, merged.clashes) == (with_table(mine), ())


def test_a_merged_cell_covers_the_rows_that_both_added_within_it() -> None:
    start = edits.merge_cells(TABLE, ["s2", "s3"], "duration")
    mine = edits.insert_step(start, Step("x"), 2)
    theirs = edits.insert_step(start, Step("y"), 2)
    merged = merge(with_table(start), with_table(mine), with_table(theirs))
    (table,) = merged.sop.procedures
    assert [step.spans.duration for step in table.steps] == [1, 4, 1, 1, 1, 1, 1]


def test_a_symbol_is_not_lost_when_it_is_chosen_into_a_step_that_is_chosen_away() -> None:
    mine = edits.move_symbol(TABLE, "n2", ("a",), "s4")
    theirs = edits.move_symbol(edits.delete_steps(TABLE, ["s4"]), "n2", ("a",), "s5")
    merged = merged_tables(mine, theirs)
    keys = {clash.field: clash.key for clash in merged.clashes}
    assert {"step", "lanes"} <= set(keys)
    (table,) = choose(merged, {keys["step"]: "theirs", keys["lanes"]: "mine"}).procedures
    assert [symbol.step for symbol in table.symbols if symbol.id == "n2"] == ["s5"]


# Lanes


def test_a_removed_lane_that_the_other_put_a_symbol_into_is_a_clash() -> None:
    mine = edits.remove_lane(TABLE, "b")
    theirs = edits.move_symbol(TABLE, "n3", ("b",))
    merged = merged_tables(mine, theirs)
    (clash,) = merged.clashes
    assert (clash.part, clash.field, clash.name) == ("lane", "lane", "Kasubag")
    assert merged.sop == with_table(mine)
    assert all_theirs(merged) == with_table(theirs)


def test_a_symbol_in_a_lane_that_is_gone_stands_in_the_one_beside_it() -> None:
    mine = edits.remove_lane(TABLE, "c")
    theirs = edits.insert_step(TABLE, Step("y", activity="Theirs"), 3, "c")
    merged = merged_tables(mine, theirs)
    (symbol,) = symbols_of(merged.sop.procedures[0], "y")
    assert symbol.lanes == ("b",)


def test_a_wide_symbol_whose_lanes_come_apart_is_parted() -> None:
    mine = edits.move_lane(TABLE, "c", 1)
    theirs = edits.move_symbol(TABLE, "n3", ("a", "b"))
    merged = merged_tables(mine, theirs)
    lanes = {symbol.lanes for symbol in symbols_of(merged.sop.procedures[0], "s3")}
    assert lanes == {("a",), ("b",)}


# Flow tables

OTHER = Procedure((Lane("z", "Camat"),), (Step("t1", activity="Lain"),), title="B")


def test_tables_that_both_added_are_both_there() -> None:
    mine = replace(BASE, procedures=(TABLE, OTHER))
    theirs = replace(BASE, procedures=(TABLE, Procedure(title="C")))
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == ()
    assert [table.title for table in merged.sop.procedures] == ["", "B", "C"]


def test_a_table_of_a_title_alone_that_both_added_comes_once() -> None:
    mine = replace(BASE, procedures=(TABLE, Procedure(title="C")))
    theirs = replace(BASE, procedures=(TABLE, OTHER, Procedure(title="C")))
    merged = merge(BASE, mine, theirs)
    assert [table.title for table in merged.sop.procedures] == ["", "B", "C"]
    assert merged.clashes == ()


def test_a_table_is_found_again_by_its_steps_wherever_it_stands() -> None:
    base = replace(BASE, procedures=(TABLE, OTHER))
    mine = replace(base, procedures=(OTHER,))
    theirs = replace(base, procedures=(TABLE, replace(OTHER, notes=("Catatan",))))
    merged = merge(base, mine, theirs)
    assert merged.clashes == ()
    assert merged.sop.procedures == (replace(OTHER, notes=("Catatan",)),)


def test_a_clash_in_one_table_decides_nothing_in_another_with_the_same_ids() -> None:
    base = replace(BASE, procedures=(TABLE, TABLE))
    mine = replace(
        base, procedures=(edits.delete_steps(TABLE, ["s2"]), edits.set_kind(TABLE, "n3", Kind.END))
    )
    theirs = replace(
        base,
        procedures=(edits.change_step(TABLE, "s2", remarks="x"), edits.set_label(TABLE, 1, "Ya")),
    )
    merged = merge(base, mine, theirs)
    assert [clash.procedure for clash in merged.clashes] == [0]
    assert merged.sop.procedures[1].flows[1].label == "Ya"


def test_a_table_deleted_here_and_changed_there_is_a_clash() -> None:
    base = replace(BASE, procedures=(TABLE, OTHER))
    theirs = replace(base, procedures=(TABLE, replace(OTHER, title="B2")))
    merged = merge(base, BASE, theirs)
    assert [(clash.part, clash.field) for clash in merged.clashes] == [("table", "table")]
    assert merged.sop == replace(BASE, uuid=base.uuid)
    assert all_theirs(merged) == theirs


def test_an_sop_keeps_a_table_when_both_are_deleted() -> None:
    base = replace(BASE, procedures=(TABLE, OTHER))
    mine, theirs = replace(base, procedures=(TABLE,)), replace(base, procedures=(OTHER,))
    assert merge(base, mine, theirs).sop.procedures == (Procedure(),)


def test_the_clashes_of_one_step_stand_together() -> None:
    def changed(word: str, kind: Kind) -> Callable[[Procedure], Procedure]:
        return lambda table: edits.set_kind(
            edits.change_step(table, "s2", duration=word), "n2", kind
        )

    def both(word: str, kind: Kind) -> Procedure:
        table = changed(word, kind)(TABLE)
        return edits.change_step(table, "s4", remarks=word)

    merged = merged_tables(both("1 jam", Kind.DECISION), both("2 jam", Kind.END))
    assert [(clash.name, clash.field) for clash in merged.clashes] == [
        ("2 Catat", "duration"), ("2 Catat", "kind"), ("4 Kirim", "remarks"),
    ]  # fmt: skip
