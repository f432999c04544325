"""The help on the exchange file tells the truth: its example is read, and no key is missing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.form import office_to_form, to_form
from sopdesk.document.form.limits import MOST_FLOWS, MOST_LANES, MOST_SOPS, MOST_STEPS
from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.office import FONTS, PAPERS, Office
from sopdesk.document.values import (
    COLUMNS,
    Closing,
    Flow,
    Kind,
    Lane,
    Line,
    ListStyle,
    Procedure,
    Sop,
    Status,
    Step,
    Symbol,
)
from sopdesk.foundation.resources import resource
from sopdesk.intake.exchange import read_exchange

if TYPE_CHECKING:
    from pathlib import Path

HELP = resource("help", "exchange.md").read_text(encoding="utf-8")


def example(text: str) -> str:
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_the_example_is_an_exchange_file(tmp_path: Path) -> None:
    (tmp_path / "contoh.json").write_text(example(HELP), encoding="utf-8")
    found = read_exchange(tmp_path / "contoh.json")
    assert found.notes == ()
    assert found.sops[0].procedures[0].symbols[2].lanes == ("p", "c")


def test_every_key_and_word_of_the_format_is_described() -> None:
    procedure = Procedure((Lane(),), (Step(),), (Symbol("s", ("a",)),), (Flow("n", "n"),))
    written = keys(to_form(Sop(procedures=(procedure,), closing=Closing("Kota"))))
    words = written | keys(office_to_form(Office())) | set(DEFAULT_LABELS) | set(COLUMNS)
    for vocabulary in (Status, Kind, Line, ListStyle, PAPERS, FONTS):
        words |= set(vocabulary)
    described = set(re.findall(r"`(\w[\w-]*)`", HELP))
    assert words - described == set()


@pytest.mark.parametrize("limit", [MOST_SOPS, MOST_LANES, MOST_STEPS, MOST_FLOWS])
def test_the_limits_are_the_ones_that_hold(limit: int) -> None:
    assert re.search(rf"\b{limit:,}\b", HELP)


def test_the_example_of_a_listing_is_json() -> None:
    listing = json.loads(example(resource("help", "layout.md").read_text(encoding="utf-8")))
    assert (listing["format"], listing["version"]) == ("sopdesk-layout", 1)
