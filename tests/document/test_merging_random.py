"""Whatever two clerks make of one SOP: nothing is lost by merging, and the result is valid."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from random_edits import EDITS, Edit, apply
from strategies import sops

from sopdesk.document.comparison import differences
from sopdesk.document.edits import replace_procedure
from sopdesk.document.form import canonical, from_form, to_form
from sopdesk.document.merging import choose, merge
from sopdesk.document.validity import faults
from sopdesk.document.values import Kind, Spans, Status, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DrawFn

    from sopdesk.document.values import Procedure, Sop

    Edited = Callable[[Sop], Sop]


def edited(sop: Sop, chosen: list[Edit]) -> Sop:
    """The SOP after edits of its flow tables, in turn."""
    tables = list(sop.procedures)
    for number, edit in enumerate(chosen):
        tables[number % len(tables)] = apply(tables[number % len(tables)], edit)
    return replace(sop, procedures=tuple(tables))


@st.composite
def three_versions(draw: DrawFn) -> tuple[Sop, Sop, Sop]:
    """A base and what two clerks made of it: by edits, by other fields, by other tables."""
    base = draw(sops(most_steps=4))
    mine, theirs = edited(base, draw(EDITS)), edited(base, draw(EDITS))
    other = draw(sops(most_steps=2))
    if draw(st.booleans()):
        theirs = replace(theirs, identity=other.identity, closing=other.closing, extra=other.extra)
    if draw(st.booleans()):
        mine = replace(mine, sheet=other.sheet, procedures=other.procedures + mine.procedures[1:])
    return base, mine, theirs


@st.composite
def strangers(draw: DrawFn) -> tuple[Sop, Sop, Sop]:
    """Three SOPs of one uuid that have only some ids in common."""
    base, mine, theirs = (draw(sops(most_steps=3)) for _ in range(3))
    return base, replace(mine, uuid=base.uuid), replace(theirs, uuid=base.uuid)


versions = three_versions() | strangers()


@given(versions)
def test_where_only_one_side_changed_the_result_is_that_side(found: tuple[Sop, Sop, Sop]) -> None:
    base, mine, theirs = found
    assert (merge(base, mine, base).sop, merge(base, mine, base).clashes) == (mine, ())
    assert (merge(base, base, theirs).sop, merge(base, base, theirs).clashes) == (theirs, ())


@given(versions)
def test_what_both_did_alike_is_no_clash(found: tuple[Sop, Sop, Sop]) -> None:
    base, mine, _ = found
    for known in (base, None):
        merged = merge(known, mine, mine)
        assert merged.sop is mine
        assert merged.clashes == ()


@given(versions)
def test_without_a_base_the_clashes_hold_every_difference(found: tuple[Sop, Sop, Sop]) -> None:
    _, mine, theirs = found
    merged = merge(None, mine, theirs)
    assert merged.sop == mine
    assert choose(merged, {clash.key: "theirs" for clash in merged.clashes}) == theirs
    assert bool(merged.clashes) == (mine != theirs)


@given(versions, st.integers(0, 9999))
def test_whatever_is_chosen_the_result_is_valid_and_can_be_stored(
    found: tuple[Sop, Sop, Sop], seed: int
) -> None:
    base, mine, theirs = found
    chance = Random(seed)
    for known in (base, None):
        merged = merge(known, mine, theirs)
        keys = [clash.key for clash in merged.clashes]
        chosen = choose(merged, {key: chance.choice(["mine", "theirs"]) for key in keys})
        assert len(keys) == len(set(keys))
        for sop in (merged.sop, chosen):
            assert faults(sop) == ()
            assert canonical(from_form(to_form(sop))[0]) == canonical(sop)


@given(versions)
def test_a_clash_shows_what_taking_either_side_gives(found: tuple[Sop, Sop, Sop]) -> None:
    """Told by comparing the two outcomes: they differ in what the clashes name, and only there."""
    merged = merge(*found)
    theirs = choose(merged, {clash.key: "theirs" for clash in merged.clashes})
    told = {(clash.field, clash.mine, clash.theirs) for clash in merged.clashes}
    for one in differences(merged.sop, theirs):
        if one.part == "identity":
            assert (one.field, one.before, one.after) in told


# Edits that do not touch each other


def on_table(index: int, change: Callable[[Procedure], Procedure]) -> Edited:
    return lambda sop: replace_procedure(sop, index, change(sop.procedures[index]))


def on_thing(index: int, things: str, wanted: str, **fields: object) -> Edited:
    def change(table: Procedure) -> Procedure:
        changed = (replace(o, **fields) if o.id == wanted else o for o in getattr(table, things))
        return replace(table, **{things: tuple(changed)})  # type: ignore[arg-type]

    return on_table(index, change)


def on_identity(**fields: object) -> Edited:
    return lambda sop: replace(sop, identity=replace(sop.identity, **fields))  # type: ignore[arg-type]


def on_approval(**fields: object) -> Edited:
    def change(sop: Sop) -> Sop:
        approval = replace(sop.identity.approved_by, **fields)  # type: ignore[arg-type]
        return on_identity(approved_by=approval)(sop)

    return change


def row_behind(index: int, name: str | None) -> Edited:
    """Add a row behind a step, at the top for None."""

    def change(table: Procedure) -> Procedure:
        place = next((row for row, step in enumerate(table.steps, 1) if step.id == name), 0)
        step = Step(f"behind {name}", activity="Baris baru")
        return replace(table, steps=(*table.steps[:place], step, *table.steps[place:]))

    return on_table(index, change)


def separate_edits(sop: Sop) -> list[Edited]:
    """Edits of which no two touch the same part."""
    is_final = sop.status is Status.FINAL
    found: list[Edited] = [
        on_identity(title="Judul lain"),
        on_identity(number="99/baru"),
        on_identity(legal_basis=("Perda baru",)),
        on_approval(rank="IV/z"),
        on_approval(name="Baru"),
        lambda sop: replace(sop, status=Status.DRAFT if is_final else Status.FINAL),
        lambda sop: replace(sop, sheet=replace(sop.sheet, size_pt=11.5)),
        lambda sop: replace(sop, sheet=replace(sop.sheet, margins_mm=(9.0, 9.0, 9.0, 9.0))),
    ]
    for index, table in enumerate(sop.procedures):
        found += edits_of_table(index, table)
    return found


def edits_of_table(index: int, table: Procedure) -> Iterator[Edited]:
    yield on_table(index, lambda table: replace(table, notes=("Catatan baru",)))
    yield on_table(index, lambda table: replace(table, title="Bagian baru"))
    for lane in table.lanes:
        yield on_thing(index, "lanes", lane.id, name="Pelaksana baru")
    for step in table.steps:
        yield on_thing(index, "steps", step.id, activity="Kegiatan baru")
        yield on_thing(index, "steps", step.id, outputs=("Keluaran baru",))
    for symbol in table.symbols:
        other = Kind.PROCESS if symbol.kind is Kind.DECISION else Kind.DECISION
        yield on_thing(index, "symbols", symbol.id, kind=other)
        yield on_thing(index, "symbols", symbol.id, text="teks baru")
    if all(step.spans == Spans() for step in table.steps):
        yield from (row_behind(index, name) for name in (None, *(s.id for s in table.steps)))


@given(sops(), st.integers(0, 9999))
def test_edits_that_do_not_touch_all_arrive(base: Sop, seed: int) -> None:
    mine = theirs = both = base
    chance = Random(seed)
    for edit in separate_edits(base):
        whose = chance.choice(["mine", "theirs", "nobody"])
        mine = edit(mine) if whose == "mine" else mine
        theirs = edit(theirs) if whose == "theirs" else theirs
        both = edit(both) if whose != "nobody" else both
    merged = merge(base, mine, theirs)
    assert merged.clashes == ()
    assert merged.sop == both
