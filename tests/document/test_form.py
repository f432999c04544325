"""Values and their forms are the same thing twice; unknown keys come along."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeds import seed_sops
from strategies import closings, identities, list_styles, procedures, sheet_settings, sops

from sopdesk.document.form import (
    calendar_from_form,
    calendar_to_form,
    canonical,
    customs_from_form,
    customs_to_form,
    from_form,
    list_styles_from_form,
    list_styles_to_form,
    office_from_form,
    office_to_form,
    recap_from_form,
    recap_to_form,
    settings_from_form,
    settings_to_form,
    sha256,
    to_form,
)
from sopdesk.document.office import (
    OFFICE_LIST_STYLES,
    OFFICE_SHEET,
    Office,
    PrintCustoms,
    RecapForm,
    WorkCalendar,
)
from sopdesk.document.values import (
    Approval,
    Closing,
    Flow,
    Identity,
    Lane,
    ListStyle,
    ListStyles,
    Procedure,
    SheetSettings,
    Sop,
    Status,
    Step,
    Symbol,
)

Data = dict[str, Any]

SMALL = Sop(
    procedures=(
        Procedure(
            lanes=(Lane("a"), Lane("b")),
            steps=(Step("s1"), Step("s2")),
            symbols=(Symbol("s1", ("a",), id="n1"), Symbol("s2", ("a", "b"), id="n2")),
            flows=(Flow("n1", "n2"),),
        ),
    )
)


def read(form: Data) -> Sop:
    return from_form(form)[0]


def drop_empty(value: object) -> object:
    """The same form with every key left out that says nothing."""
    if isinstance(value, dict):
        items = {key: drop_empty(item) for key, item in value.items()}
        return {key: item for key, item in items.items() if item not in (None, "", [], {})}
    return [drop_empty(item) for item in value] if isinstance(value, list) else value


@given(sops())
def test_a_form_gives_the_same_value_back(sop: Sop) -> None:
    form = json.loads(json.dumps(to_form(sop)))
    assert read(form) == sop
    assert to_form(read(form)) == form


@given(sops())
def test_a_missing_key_null_and_an_empty_text_mean_the_same(sop: Sop) -> None:
    form = to_form(sop)
    as_text = json.loads(json.dumps(form).replace(": null", ': ""'))
    sparse = drop_empty(form)
    assert canonical(read(as_text)) == canonical(read(sparse)) == canonical(sop)


@given(sops())
def test_the_canonical_form_is_compact_sorted_json_of_the_same_sop(sop: Sop) -> None:
    content = canonical(sop)
    data = json.loads(content)
    assert (
        content
        == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert dataclasses.replace(read(data), uuid=sop.uuid) == sop


@given(sops(), identities, procedures(), sheet_settings, closings, st.sampled_from(Status))
def test_only_equal_sops_share_a_canonical_form(
    sop: Sop,
    identity: Identity,
    procedure: Procedure,
    sheet: SheetSettings,
    closing: Closing | None,
    status: Status,
) -> None:
    others = [
        dataclasses.replace(sop, identity=identity),
        dataclasses.replace(sop, procedures=(procedure,)),
        dataclasses.replace(sop, procedures=(*sop.procedures, procedure)),
        dataclasses.replace(sop, sheet=sheet),
        dataclasses.replace(sop, closing=closing),
        dataclasses.replace(sop, status=status),
    ]
    for other in others:
        assert (canonical(sop) == canonical(other)) == (sop == other)


def test_uuid_and_origin_are_no_part_of_the_canonical_form_but_ids_are() -> None:
    copy_of_it = dataclasses.replace(SMALL, uuid=Sop().uuid, origin=SMALL.uuid)
    assert canonical(copy_of_it) == canonical(SMALL)
    assert sha256(copy_of_it) == sha256(SMALL)
    assert canonical(SMALL) == (
        b'{"procedures":[{"flows":[{"from":"n1","to":"n2"}],"lanes":[{"id":"a"},{"id":"b"}],'
        b'"steps":[{"id":"s1"},{"id":"s2"}],"symbols":[{"id":"n1","lanes":["a"],"step":"s1"},'
        b'{"id":"n2","lanes":["a","b"],"step":"s2"}]}]}'
    )


def test_an_sop_that_says_nothing_has_an_empty_canonical_form() -> None:
    assert canonical(Sop()) == b"{}"
    assert canonical(read({})) == b"{}"


def test_two_empty_flow_tables_are_not_one() -> None:
    assert len(read(to_form(Sop(procedures=(Procedure(), Procedure())))).procedures) == 2


def test_a_number_is_the_same_with_and_without_its_zero() -> None:
    whole = read({"sheet": {"size_pt": 9, "widths_mm": {"lanes": 20}}, "x": [1, -0.0]})
    point = read({"sheet": {"size_pt": 9.0, "widths_mm": {"lanes": 20.0}}, "x": [1.0, 0]})
    assert canonical(whole) == canonical(point)
    assert b'"size_pt":9}' in canonical(whole) or b'"size_pt":9,' in canonical(whole)


def test_unknown_keys_are_reported_kept_and_written_back() -> None:
    form = to_form(SMALL)
    form["approved_by"]["email"] = "a"
    form["sheet"]["labels"] = {"title": "Judul", "unheard": "?"}
    form["closing"] = {"seal": [1]}
    form["colour"] = {"deep": [{}, {"er": False}, None, ""]}
    procedure = form["procedures"][0]
    procedure["steps"][1]["spans"]["number"] = 2
    procedure["flows"][0]["weight"] = 1.5
    before = copy.deepcopy(form)
    sop, notes = from_form(form, "sops[4]")
    assert form == before
    assert sorted(notes) == [
        "sops[4].approved_by.email",
        "sops[4].closing.seal",
        "sops[4].colour",
        "sops[4].procedures[0].flows[0].weight",
        "sops[4].procedures[0].steps[1].spans.number",
        "sops[4].sheet.labels.unheard",
    ]
    assert to_form(sop) == form
    assert canonical(sop) != canonical(SMALL)


def test_an_unknown_key_that_is_empty_is_as_good_as_missing() -> None:
    sop, notes = from_form({"colour": None, "shape": "", "sheet": {"x": [], "y": {"z": {}}}})
    assert notes == ()
    assert sop.extra == ()


def test_an_unknown_key_never_replaces_a_known_one() -> None:
    sop, _ = from_form({"approved_by": {"email": "a"}})
    named = dataclasses.replace(sop.identity, approved_by=Approval(name="Nama"))
    form = to_form(dataclasses.replace(sop, identity=named))
    assert form["approved_by"] == {
        "email": "a", "position": [], "name": "Nama", "rank": None, "employee_id": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "font"), [("sans", "sans"), ("Arial", "sans"), ("Bookman Old Style", "serif")]
)
def test_a_font_may_be_named_after_the_face_it_stands_for(name: str, font: str) -> None:
    assert from_form({"sheet": {"font": name}})[0].sheet.font == font


def test_a_font_that_we_do_not_have_is_reported_and_kept() -> None:
    sop, notes = from_form({"sheet": {"font": "Garamond"}})
    assert notes == ("sops[0].sheet.font",)
    assert sop.sheet.font is None
    assert to_form(sop)["sheet"] == {"font": "Garamond"}
    chosen = dataclasses.replace(sop, sheet=SheetSettings(font="serif"))
    assert to_form(chosen)["sheet"] == {"font": "serif"}


def test_lanes_steps_and_symbols_without_an_id_get_a_fresh_one() -> None:
    form = {
        "procedures": [
            {
                "lanes": [{"id": "a"}, {"name": "Staf"}],
                "steps": [{"id": "s"}, {"id": ""}, {}],
                "symbols": [{"step": "s", "lanes": ["a"]}, {"step": "s", "lanes": ["a"]}],
            }
        ]
    }
    procedure = read(form).procedures[0]
    ids = [item.id for item in (*procedure.lanes, *procedure.steps, *procedure.symbols)]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_the_lanes_of_a_wide_symbol_are_read_from_left_to_right() -> None:
    form = to_form(SMALL)
    form["procedures"][0]["symbols"][1]["lanes"] = ["b", "a"]
    assert read(form) == SMALL


def test_line_ends_of_other_systems_become_plain_ones() -> None:
    assert read({"title": "a\r\nb\rc"}).identity.title == "a\nb\nc"


def test_an_empty_signature_block_is_none() -> None:
    assert read({"closing": {"name": None, "position": []}}).closing is None


def test_an_sop_without_a_uuid_gets_a_new_one_each_time() -> None:
    assert read({}).uuid != read({}).uuid


def test_a_uuid_in_capitals_is_the_same_uuid() -> None:
    assert read({"uuid": SMALL.uuid.upper()}).uuid == SMALL.uuid


def test_all_seeds_give_the_same_values_back() -> None:
    values = seed_sops()
    assert len(values) == 42
    for sop in values:
        assert from_form(to_form(sop)) == (sop, ())


@given(sheet_settings)
def test_sheet_settings_give_the_same_value_back(settings: SheetSettings) -> None:
    assert settings_from_form(json.loads(json.dumps(settings_to_form(settings)))) == settings


@given(list_styles)
def test_list_styles_give_the_same_value_back(styles: ListStyles) -> None:
    assert list_styles_from_form(list_styles_to_form(styles)) == styles


def test_settings_that_are_absent_come_from_what_is_given_for_them() -> None:
    settings = settings_from_form({"paper": "a4", "number_row": False}, absent=OFFICE_SHEET)
    assert settings == dataclasses.replace(OFFICE_SHEET, paper="a4")
    styles = list_styles_from_form({"related": "letters"}, absent=OFFICE_LIST_STYLES)
    assert styles == dataclasses.replace(OFFICE_LIST_STYLES, related=ListStyle.LETTERS)


@given(st.integers(1, 24), st.floats(0.25, 7), st.integers(1, 31))
def test_a_calendar_gives_the_same_value_back(hours: int, days: float, month: int) -> None:
    calendar = WorkCalendar(hours, days, month)
    assert calendar_from_form(calendar_to_form(calendar)) == calendar
    assert calendar_from_form({}) == WorkCalendar()


def test_the_customs_of_an_office_give_the_same_value_back() -> None:
    customs = PrintCustoms("digits", "-", "code", 0.0, 14.5)
    assert customs_from_form(customs_to_form(customs)) == customs
    assert customs_from_form({}) == PrintCustoms()


def test_the_words_of_a_recap_give_the_same_value_back() -> None:
    recap = RecapForm("Rekapitulasi", "Kota", Approval(("Plt. Kepala",), "Nama", "", "1"))
    assert recap_from_form(recap_to_form(recap)) == recap
    assert recap_from_form({}) == RecapForm()


def test_of_an_office_only_the_letterhead_travels() -> None:
    office = Office(lines=("PEMERINTAH",), address=("Jalan",), city="Kota", logo=b"x")
    back, notes = office_from_form(office_to_form(office) | {"logo": "x"})
    assert back == dataclasses.replace(office, logo=None)
    assert notes == ("office.logo",)
