from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from seeds import seed_sops
from strategies import sops

from sopdesk.document.dates import PartialDate
from sopdesk.document.findings import Finding, findings, mend
from sopdesk.document.office import Office
from sopdesk.document.validity import faults
from sopdesk.document.values import (
    Approval,
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    Procedure,
    SheetSettings,
    Sop,
    Spans,
    Status,
    Step,
    Symbol,
)
from sopdesk.foundation.wording import tr, use_language

OFFICE = Office()
FULL = Identity(
    title="Surat Masuk",
    number="1",
    created_on=PartialDate(2024, 1, 2),
    effective_on=PartialDate(2024, 2),
    approved_by=Approval(position=("Camat",)),
    legal_basis=("Perda",),
    qualifications=("Teliti",),
)
SOUND = Procedure(
    (Lane("a", "Staf"), Lane("b", "Kasubag")),
    tuple(Step(f"s{n}", activity="Memeriksa surat", duration="1 jam") for n in range(1, 5)),
    (
        Symbol("s1", ("a",), Kind.START, id="n1"),
        Symbol("s2", ("a",), id="n2"),
        Symbol("s3", ("b",), Kind.DECISION, id="n3"),
        Symbol("s4", ("a",), Kind.END, id="n4"),
    ),
    (
        Flow("n1", "n2"),
        Flow("n2", "n3"),
        Flow("n3", "n4", "Ya"),
        Flow("n3", "n2", "Tidak"),
    ),
)


def sop_of(procedure: Procedure) -> Sop:
    return Sop(FULL, (procedure,))


def found(procedure: Procedure) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.step) for finding in findings(sop_of(procedure), OFFICE)]


def mended(procedure: Procedure) -> Procedure:
    """Mend the only finding, after which there is none."""
    sop = sop_of(procedure)
    (finding,) = findings(sop, OFFICE)
    after = mend(sop, finding)
    assert findings(after, OFFICE) == ()
    return after.procedures[0]


def with_step(number: int, /, **fields: object) -> Procedure:
    steps = list(SOUND.steps)
    steps[number - 1] = replace(steps[number - 1], **fields)
    return replace(SOUND, steps=tuple(steps))


def with_kind(number: int, kind: Kind) -> Procedure:
    symbols = list(SOUND.symbols)
    symbols[number - 1] = replace(symbols[number - 1], kind=kind)
    return replace(SOUND, symbols=tuple(symbols))


def without_flow(index: int) -> Procedure:
    return replace(SOUND, flows=SOUND.flows[:index] + SOUND.flows[index + 1 :])


# --- all of them ---------------------------------------------------------------------------------


def test_a_sound_sop_has_no_finding() -> None:
    assert findings(sop_of(SOUND), OFFICE) == ()


@given(sops())
def test_every_finding_is_worded_and_every_mend_keeps_the_sop_valid(sop: Sop) -> None:
    for finding in findings(sop, OFFICE):
        for language in ("id", "en"):
            use_language(language)
            assert not tr(f"finding.{finding.code}", **finding.facts).startswith("finding.")
        assert faults(mend(sop, finding)) == ()


@given(sops(), sops())
def test_a_mend_that_comes_too_late_does_no_harm(sop: Sop, other: Sop) -> None:
    for finding in findings(sop, OFFICE):
        assert faults(mend(other, finding)) == ()


def test_without_a_mend_nothing_changes() -> None:
    sop = sop_of(SOUND)
    assert mend(sop, Finding("title_missing", "error")) is sop


def test_the_real_sops_have_no_error() -> None:
    for sop in seed_sops():
        errors = [f for f in findings(sop, OFFICE) if f.severity == "error"]
        assert errors == [], sop.identity.title


# --- identity ------------------------------------------------------------------------------------


def test_a_title_is_missed_and_other_fields_are_only_mentioned() -> None:
    in_identity = findings(Sop(procedures=(SOUND,)), OFFICE)
    assert [finding.code for finding in in_identity if finding.severity == "error"] == [
        "title_missing"
    ]
    assert {f.facts["field"] for f in in_identity if f.code == "identity_empty"} == {
        "number", "created_on", "effective_on", "approved_by", "legal_basis", "qualifications",
    }  # fmt: skip
    assert {finding.part for finding in in_identity} == {"identity"}


def test_an_empty_field_is_called_as_on_the_sheet() -> None:
    sheet = SheetSettings(labels=(("number", "No. Dokumen"),))
    sop = Sop(replace(FULL, number=""), (SOUND,), sheet=sheet)
    assert findings(sop, OFFICE)[0].facts["label"] == "No. Dokumen"


@pytest.mark.parametrize(
    ("effective", "codes"),
    [
        (PartialDate(2024, 1, 1), ["effective_before_created"]),
        (PartialDate(2023), ["effective_before_created"]),
        (PartialDate(2024, 1), []),
        (PartialDate(2024, 1, 2), []),
    ],
)
def test_dates_are_compared_as_far_as_they_are_filled_in(
    effective: PartialDate, codes: list[str]
) -> None:
    sop = Sop(replace(FULL, effective_on=effective), (SOUND,))
    assert [finding.code for finding in findings(sop, OFFICE)] == codes


def test_a_revision_before_the_making_is_doubtful() -> None:
    sop = Sop(replace(FULL, revised_on=PartialDate(2020)), (SOUND,))
    assert [finding.code for finding in findings(sop, OFFICE)] == ["revised_before_created"]


def test_of_a_planned_sop_only_the_title_is_asked() -> None:
    assert findings(Sop(Identity(title="Arsip"), status=Status.PLANNED), OFFICE) == ()
    (finding,) = findings(Sop(status=Status.PLANNED), OFFICE)
    assert finding.code == "title_missing"


def test_a_draft_without_steps_is_not_finished() -> None:
    assert found(Procedure()) == [("no_steps", None)]


# --- the flow ------------------------------------------------------------------------------------


def test_without_a_start_or_an_end_the_first_or_last_becomes_it() -> None:
    no_start = with_kind(1, Kind.PROCESS)
    assert found(no_start) == [("no_start", "s1")]
    assert mended(no_start) == SOUND
    no_end = with_kind(4, Kind.PROCESS)
    assert found(no_end) == [("no_end", "s4"), ("symbol_without_way_out", "s4")]
    sop = sop_of(no_end)
    assert mend(sop, findings(sop, OFFICE)[0]).procedures[0] == SOUND


def test_a_symbol_that_no_way_leads_to_or_from_is_found() -> None:
    cut = without_flow(0)
    assert {code for code, _ in found(cut)} == {"symbol_unreachable", "symbol_without_way_out"}
    sop = sop_of(cut)
    for code in ("symbol_unreachable", "symbol_without_way_out"):
        finding = next(f for f in findings(sop, OFFICE) if f.code == code)
        assert set(mend(sop, finding).procedures[0].flows) == set(SOUND.flows)


def test_who_works_together_with_one_who_is_reached_is_reached_too() -> None:
    helper = Symbol("s2", ("b",), id="n5")
    line = Flow("n5", "n2", line=Line.PLAIN)
    pair = replace(SOUND, symbols=(*SOUND.symbols, helper), flows=(*SOUND.flows, line))
    assert found(pair) == []


def test_a_decision_with_one_exit_gets_the_other() -> None:
    half = without_flow(3)
    assert found(half) == [("decision_one_exit", "s3")]
    assert findings(sop_of(half), OFFICE)[0].facts == {"label": "Tidak"}
    assert mended(half) == SOUND


def test_a_decisions_exits_get_the_labels_they_lack() -> None:
    bare = tuple(replace(flow, label="") for flow in SOUND.flows)
    assert mended(replace(SOUND, flows=bare)) == SOUND
    lower = (*SOUND.flows[:3], replace(SOUND.flows[3], label="tidak"))
    half = (*lower[:2], replace(lower[2], label=""), lower[3])
    assert mended(replace(SOUND, flows=half)).flows == (
        *lower[:2],
        replace(lower[2], label="ya"),
        lower[3],
    )


def test_exits_with_one_label_are_doubtful() -> None:
    same = (*SOUND.flows[:3], replace(SOUND.flows[3], label="ya"))
    assert ("decision_labels_equal", "s3") in found(replace(SOUND, flows=same))


def test_a_start_that_is_returned_to_gets_a_symbol_of_its_own() -> None:
    back = (*SOUND.flows[:3], replace(SOUND.flows[3], target="n1"))
    after = mended(replace(SOUND, flows=back))
    assert [s.kind for s in after.symbols if s.step == "s1"] == [Kind.START, Kind.PROCESS]


def test_an_end_that_leads_on_is_a_process() -> None:
    early = with_kind(2, Kind.END)
    assert found(early) == [("end_left", "s2")]
    assert mended(early) == SOUND


# --- steps and lanes -----------------------------------------------------------------------------


def test_a_step_without_symbol_gets_one_in_the_flow() -> None:
    steps = (
        *SOUND.steps[:2],
        Step("new", activity="Menyimpan", duration="1 jam"),
        *SOUND.steps[2:],
    )
    bare = replace(SOUND, steps=steps)
    assert found(bare) == [("step_without_symbol", "new")]
    assert [s.lanes for s in mended(bare).symbols if s.step == "new"] == [("a",)]


def test_empty_and_unreadable_cells_are_found() -> None:
    assert found(with_step(2, activity="")) == [("step_without_activity", "s2")]
    assert found(with_step(2, activity="", refers_to="another")) == []
    assert found(with_step(2, duration=" ")) == [("duration_missing", "s2")]
    assert found(with_step(2, duration="Segera")) == [("duration_unreadable", "s2")]


def test_a_cell_under_a_merged_one_is_not_empty() -> None:
    steps = list(with_step(2, duration="").steps)
    steps[0] = replace(steps[0], spans=Spans(duration=2))
    assert found(replace(SOUND, steps=tuple(steps))) == []


def test_columns_that_are_not_printed_have_no_findings() -> None:
    sheet = SheetSettings(columns=("activity", "lanes"))
    procedure = with_step(2, duration="", number="9.")
    assert findings(Sop(FULL, (procedure,), sheet=sheet), OFFICE) == ()


def test_numbers_that_repeat_or_skip_are_made_automatic() -> None:
    assert found(with_step(2, number="1")) == [("number_repeated", "s2")]
    assert mended(with_step(2, number="1")) == SOUND
    assert found(with_step(2, number="3.")) == [("number_skipped", "s2")]
    assert mended(with_step(2, number="3.")) == SOUND
    assert found(with_step(2, number="1a")) == []


def test_lanes_without_a_step_or_a_name_are_found() -> None:
    empty = replace(SOUND, lanes=(*SOUND.lanes, Lane("c", "Sekda")))
    assert found(empty) == [("lane_without_symbol", None)]
    assert mended(empty) == SOUND
    unnamed = replace(SOUND, lanes=(SOUND.lanes[0], Lane("b", " ")))
    assert found(unnamed) == [("lane_unnamed", None)]


def test_the_order_of_the_lanes_is_the_office_s_own() -> None:
    assert found(replace(SOUND, lanes=SOUND.lanes[::-1])) == []


# --- writing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", ["Staf memeriksa surat", "STAFF Memeriksa surat"])
def test_an_activity_does_not_name_its_actor(activity: str) -> None:
    named = with_step(1, activity=activity)
    assert found(named) == [("activity_names_actor", "s1")]
    assert mended(named) == SOUND


@pytest.mark.parametrize(
    "activity", ["Mengirim", "Menyusun konsep", "Berkoordinasi", "Siapkan berkas", "Periksa",
                 "*Meng-input* data"],
)  # fmt: skip
def test_an_active_verb_is_known_by_its_form(activity: str) -> None:
    assert found(with_step(1, activity=activity)) == []


@pytest.mark.parametrize(
    "activity", ["Penomoran surat", "Surat diterima", "Berkas lengkap", "Menteri", "12"]
)
def test_what_begins_otherwise_gets_a_hint(activity: str) -> None:
    assert found(with_step(1, activity=activity)) == [("activity_without_verb", "s1")]
