"""Values and their forms are the same thing twice; what is no valid form is refused by its path."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from seeds import seed_exchange, seed_sops
from strategies import sops

from sopdesk.document.form import canonical, from_form, to_form
from sopdesk.document.values import Sop


@given(sops())
def test_a_form_gives_the_same_value_back(sop: Sop) -> None:
    form = json.loads(json.dumps(to_form(sop)))
    back, _ = from_form(form)
    assert back == sop
    assert to_form(back) == form
    assert canonical(back) == canonical(sop)


def test_all_seeds_give_the_same_values_back() -> None:
    values = seed_sops()
    assert len(values) == 42
    for sop in values:
        assert from_form(to_form(sop)) == (sop, ())
