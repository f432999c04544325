"""Each rule of the exchange form, broken: refused with the exact path of the fault."""

from __future__ import annotations

import copy
import re
from typing import Any, Literal

import pytest

from sopdesk.document.form import from_form, office_from_form, settings_from_form, to_form
from sopdesk.document.texts import clean
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import use_language, word_fault

VALID: dict[str, Any] = {
    "uuid": "0b2c6f1e-5d3a-4c7b-9e8f-1a2b3c4d5e6f",
    "title": "Surat",
    "created_on": "2024-02-29",
    "sheet": {"margins_mm": [10, 10, 10, 10], "labels": {}, "widths_mm": {}},
    "procedures": [
        {"lanes": [], "steps": []},
        {
            "lanes": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
            "steps": [{"id": "s1", "spans": {"duration": 2}}, {"id": "s2"}],
            "symbols": [
                {"id": "n1", "step": "s1", "lanes": ["a"], "kind": "start"},
                {"id": "n2", "step": "s2", "lanes": ["b", "c"], "kind": "end"},
            ],
            "flows": [{"from": "n1", "to": "n2", "exit": "bottom", "entry": "top"}],
        },
    ],
}

P = "procedures[1]"

BROKEN: list[tuple[str, object, str, str]] = [
    # where the value is put, the value, the path that the fault names, its reason
    ("uuid", 5, "uuid", "not_text"),
    ("uuid", "n9", "uuid", "not_uuid"),
    ("uuid", "{0b2c6f1e-5d3a-4c7b-9e8f-1a2b3c4d5e6f}", "uuid", "not_uuid"),
    ("title", ["Surat"], "title", "not_text"),
    ("title", True, "title", "not_text"),
    ("title", {"a": 1}, "title", "not_text"),
    ("title", "x" * 32_768, "title", "too_long"),
    ("title", "a\x00b", "title", "bad_character"),
    ("title", "a\ud800b", "title", "bad_character"),
    ("number", "a\x1bb", "number", "bad_character"),
    ("status", "in force", "status", "unknown_word"),
    ("status", 1, "status", "not_text"),
    ("unit", "Sekretariat", "unit", "not_list"),
    ("unit", ["Sekretariat", 4], "unit[1]", "not_text"),
    ("legal_basis", ["x"] * 1_001, "legal_basis", "too_many"),
    ("legal_basis", ["", "a\ufffe"], "legal_basis[1]", "bad_character"),
    ("created_on", "2023-02-29", "created_on", "no_date"),
    ("revised_on", "2024-13", "revised_on", "no_date"),
    ("effective_on", "9 Mei 2019", "effective_on", "no_date"),
    ("effective_on", "0000", "effective_on", "no_date"),
    ("effective_on", 2019, "effective_on", "not_text"),
    ("approved_by", "Walikota", "approved_by", "not_object"),
    ("approved_by", {"position": "Walikota"}, "approved_by.position", "not_list"),
    ("approved_by", {"name": 1}, "approved_by.name", "not_text"),
    ("list_styles", [], "list_styles", "not_object"),
    ("list_styles", {"records": "roman"}, "list_styles.records", "unknown_word"),
    ("sheet", "a4", "sheet", "not_object"),
    ("sheet.paper", "a3", "sheet.paper", "unknown_word"),
    ("sheet.orientation", "sideways", "sheet.orientation", "unknown_word"),
    ("sheet.margins_mm", [1, 2, 3], "sheet.margins_mm", "wrong_count"),
    ("sheet.margins_mm", [1, 2, 3, 4, 5], "sheet.margins_mm", "too_many"),
    ("sheet.margins_mm", [1, 2, 3, "4"], "sheet.margins_mm[3]", "not_number"),
    ("sheet.margins_mm", [1, -2, 3, 4], "sheet.margins_mm[1]", "out_of_range"),
    ("sheet.margins_mm", [float("nan"), 2, 3, 4], "sheet.margins_mm[0]", "out_of_range"),
    ("sheet.margins_mm", 10, "sheet.margins_mm", "not_list"),
    ("sheet.font", 1, "sheet.font", "not_text"),
    ("sheet.size_pt", 0, "sheet.size_pt", "out_of_range"),
    ("sheet.size_pt", float("inf"), "sheet.size_pt", "out_of_range"),
    ("sheet.size_pt", 10**400, "sheet.size_pt", "out_of_range"),
    ("sheet.size_pt", True, "sheet.size_pt", "not_number"),
    ("sheet.size_pt", "9", "sheet.size_pt", "not_number"),
    ("sheet.columns", ["activity", "colour"], "sheet.columns[1]", "unknown_word"),
    ("sheet.columns", ["lanes", "lanes"], "sheet.columns[1]", "duplicate"),
    ("sheet.labels", {"title": 1}, "sheet.labels.title", "not_text"),
    ("sheet.labels", ["Judul"], "sheet.labels", "not_object"),
    ("sheet.widths_mm", {"lanes": 0}, "sheet.widths_mm.lanes", "out_of_range"),
    ("sheet.widths_mm", {"lanes": 1e9}, "sheet.widths_mm.lanes", "out_of_range"),
    ("sheet.number_row", 1, "sheet.number_row", "not_truth"),
    ("sheet.identity_on_same_page", "yes", "sheet.identity_on_same_page", "not_truth"),
    ("procedures", {}, "procedures", "not_list"),
    ("procedures", [None], "procedures[0]", "not_object"),
    ("procedures", [{}] * 201, "procedures", "too_many"),
    (f"{P}.lanes[1].id", "a", f"{P}.lanes[1].id", "duplicate"),
    (f"{P}.lanes[1].id", 1, f"{P}.lanes[1].id", "not_text"),
    (f"{P}.lanes[1].id", "x" * 201, f"{P}.lanes[1].id", "too_long"),
    (f"{P}.lanes[2]", "c", f"{P}.lanes[2]", "not_object"),
    (f"{P}.lanes[0].group", [[]], f"{P}.lanes[0].group[0]", "not_text"),
    (f"{P}.steps[1].id", "s1", f"{P}.steps[1].id", "duplicate"),
    (f"{P}.steps", [{}] * 5_001, f"{P}.steps", "too_many"),
    (f"{P}.steps[0].number", 1, f"{P}.steps[0].number", "not_text"),
    (f"{P}.steps[0].spans", [2], f"{P}.steps[0].spans", "not_object"),
    (f"{P}.steps[0].spans.duration", 0, f"{P}.steps[0].spans.duration", "out_of_range"),
    (f"{P}.steps[0].spans.duration", 1.5, f"{P}.steps[0].spans.duration", "not_whole"),
    (f"{P}.steps[0].spans.duration", 3, f"{P}.steps[0].spans.duration", "span_beyond"),
    (f"{P}.steps[1].spans", {"remarks": 2}, f"{P}.steps[1].spans.remarks", "span_beyond"),
    (f"{P}.steps[0].refers_to", "SOP lain", f"{P}.steps[0].refers_to", "not_uuid"),
    (f"{P}.symbols[1].id", "n1", f"{P}.symbols[1].id", "duplicate"),
    (f"{P}.symbols[0].step", "s9", f"{P}.symbols[0].step", "no_step"),
    (f"{P}.symbols[0].step", None, f"{P}.symbols[0].step", "missing"),
    (f"{P}.symbols[0].lanes", [], f"{P}.symbols[0].lanes", "missing"),
    (f"{P}.symbols[0].lanes", ["a", "z"], f"{P}.symbols[0].lanes[1]", "no_lane"),
    (f"{P}.symbols[0].lanes", ["a", "a"], f"{P}.symbols[0].lanes[1]", "duplicate"),
    (f"{P}.symbols[0].lanes", ["a", "c"], f"{P}.symbols[0].lanes", "lanes_apart"),
    (f"{P}.symbols[0].kind", "offpage", f"{P}.symbols[0].kind", "unknown_word"),
    (f"{P}.flows[0].to", "n9", f"{P}.flows[0].to", "no_symbol"),
    (f"{P}.flows[0].from", "s1", f"{P}.flows[0].from", "no_symbol"),
    (f"{P}.flows[0].from", None, f"{P}.flows[0].from", "missing"),
    (f"{P}.flows[0].exit", "top", f"{P}.flows[0].exit", "unknown_word"),
    (f"{P}.flows[0].entry", "bottom", f"{P}.flows[0].entry", "unknown_word"),
    (f"{P}.flows[0].line", "dotted", f"{P}.flows[0].line", "unknown_word"),
    (f"{P}.flows", "n1", f"{P}.flows", "not_list"),
    (f"{P}.notes", [1], f"{P}.notes[0]", "not_text"),
    ("closing", [], "closing", "not_object"),
    ("closing", {"place_date": 1}, "closing.place_date", "not_text"),
    ("unknown", float("inf"), "unknown", "not_number"),
    ("unknown", [1, 10**400], "unknown[1]", "not_number"),
    ("unknown", {"k": "\x00"}, "unknown.k", "bad_character"),
    ("unknown", {"k\x00": 1}, "unknown.k\\u0000", "bad_character"),
    ("k" * 201, 1, "k" * 59 + "…", "too_long"),
    ("sheet", dict.fromkeys(map(str, range(1_001)), 1), "sheet", "too_many"),
]


def put(form: dict[str, Any], where: str, value: object) -> None:
    """Put a value at a path; the last key may be new."""
    *way, last = [int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", where)]
    place: Any = form
    for part in way:
        place = place[part]
    place[last] = value


def test_the_form_that_is_broken_below_is_itself_valid() -> None:
    sop, notes = from_form(VALID, "sops[0]")
    assert notes == ()
    assert from_form(to_form(sop))[0] == sop


@pytest.mark.parametrize(("where", "value", "path", "reason"), BROKEN)
def test_a_broken_rule_is_refused_with_its_path(
    where: str, value: object, path: str, reason: str
) -> None:
    form = copy.deepcopy(VALID)
    put(form, where, value)
    with pytest.raises(UserError) as caught:
        from_form(form, "sops[3]")
    assert (caught.value.facts["path"], caught.value.code) == (
        f"sops[3].{path}",
        f"exchange_{reason}",
    )


@pytest.mark.parametrize("data", [None, "", 5, [], "sop"])
def test_what_is_no_object_is_no_sop(data: object) -> None:
    with pytest.raises(UserError) as caught:
        from_form(data, "sops[7]")
    assert (caught.value.code, caught.value.facts) == ("exchange_not_object", {"path": "sops[7]"})


def test_an_unknown_key_may_hold_only_so_many_levels() -> None:
    value: object = 1
    for _ in range(5_000):
        value = [value]
    with pytest.raises(UserError, match="exchange_too_deep"):
        from_form({"unknown": value})


def test_offices_and_settings_name_their_paths_too() -> None:
    with pytest.raises(UserError) as caught:
        office_from_form({"lines": ["a", 1]})
    assert caught.value.facts["path"] == "office.lines[1]"
    with pytest.raises(UserError) as caught:
        settings_from_form({"paper": "a0"}, "office.sheet")
    assert caught.value.facts["path"] == "office.sheet.paper"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_refusal_is_worded_with_its_path(language: Literal["id", "en"]) -> None:
    use_language(language)
    for where, value, path, _ in BROKEN:
        form = copy.deepcopy(VALID)
        put(form, where, value)
        with pytest.raises(UserError) as caught:
            from_form(form, "sops[3]")
        assert word_fault(caught.value).startswith(f"sops[3].{path}: ")


def test_the_wording_quotes_what_was_not_found() -> None:
    form = copy.deepcopy(VALID)
    put(form, f"{P}.flows[0].to", "n9")
    use_language("en")
    with pytest.raises(UserError) as caught:
        from_form(form, "sops[3]")
    assert 'sops[3].procedures[1].flows[0].to: no symbol "n9"' in word_fault(caught.value)


def test_a_quoted_value_is_short_and_printable() -> None:
    with pytest.raises(UserError) as caught:
        from_form({"status": "x\n" * 1_000})
    quoted = str(caught.value.facts["value"])
    assert len(quoted) < 250
    assert quoted.startswith("x\\u000ax\\u000a")


def test_cleaned_text_is_text_that_a_form_takes() -> None:
    text = "a\x00b\vc\r\nd\x7f\te\ud800"
    assert clean(text) == "ab\nc\nd\te"
    assert from_form({"title": clean(text)})[0].identity.title == clean(text)
