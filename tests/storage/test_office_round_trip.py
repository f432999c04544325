"""What is saved is loaded: for every value, and for the real ones."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import seed_sops
from strategies import sops

from sopdesk.document.ids import new_uuid
from sopdesk.storage.office_file import OfficeFile, create, open_file
from sopdesk.storage.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.values import Sop


@pytest.fixture(scope="module")
def shared_file() -> Iterator[OfficeFile]:
    """One file for many examples, for making one costs more than all of them."""
    with tempfile.TemporaryDirectory() as folder, create(Path(folder, "kantor.db")) as file:
        yield file


@given(sop=sops(), origin=st.none() | st.uuids().map(str))
def test_any_sop_loads_as_it_was_added(shared_file: OfficeFile, sop: Sop, origin: str) -> None:
    sop = replace(sop, uuid=new_uuid(), origin=origin)

    rev = shared_file.add(sop)

    stored = shared_file.load(sop.uuid)
    assert (stored.sop, stored.rev) == (sop, rev)
    shared_file.delete(sop.uuid)


@settings(max_examples=20)
@given(before=sops(), after=sops())
def test_any_sop_loads_as_it_was_saved(shared_file: OfficeFile, before: Sop, after: Sop) -> None:
    before = replace(before, uuid=new_uuid())
    after = replace(after, uuid=before.uuid)
    rev = shared_file.add(before)

    shared_file.save(after, rev)

    assert shared_file.load(before.uuid).sop == after
    assert shared_file.load_revision(before.uuid, rev) == before
    shared_file.delete(before.uuid)


@given(sop=sops())
def test_deleting_leaves_no_row_of_an_sop_behind(shared_file: OfficeFile, sop: Sop) -> None:
    sop = replace(sop, uuid=new_uuid())
    shared_file.add(sop)

    shared_file.delete(sop.uuid)

    tables = (*COLUMNS, "sop_search", "units")
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    assert shared_file._connection.execute(f"SELECT {counts}").fetchone() == (0,)


def test_the_real_sops_load_as_they_were_added(path: Path) -> None:
    seeds = list(seed_sops())
    with create(path) as file:
        file.add_new(seeds)
        one_by_one = [file.load(sop.uuid).sop for sop in seeds]

    with open_file(path, writable=False) as file:
        together = [stored.sop for stored in file.load_all()]
        listed = [(entry.number, entry.title) for entry in file.entries()]

    assert one_by_one == seeds
    assert together == seeds
    assert listed == [(sop.identity.number, sop.identity.title) for sop in seeds]
